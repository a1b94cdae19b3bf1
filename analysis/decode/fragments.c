/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fragments of one datagram are copied to their place in one buffer; a bit for each 8 bytes says what is there. */
#include "analysis/decode/fragments.h"

#include <glib/gi18n-lib.h>

#include "analysis/base/hash.h"
#include "analysis/base/time.h"

#define DATAGRAM_MAX 65535
#define FRAMES_MAX 65535                             /* of one datagram, copies of pieces included; it has 8192 pieces at most */
#define UNIT 8                                       /* fragment offsets count in these */
#define UNITS_MAX ((DATAGRAM_MAX + UNIT - 1) / UNIT)
#define LIFETIME_FRAMES 1024                         /* no datagram in the making is that many frames behind and over by its time as well */
#define LIFETIME (60 * (uint64_t) 1000000000)        /* ns; RFC 8200, 4.5 */

enum
{
  PROTOCOL_TCP = 6,
  PROTOCOL_UDP = 17,
};

typedef struct
{
  IsthFragmentKey key; /* first, so that a pointer to it is one to the datagram */
  GList link;          /* in age order */
  IsthPacket first;    /* its first fragment; its earlier frames are all others so far */
  uint8_t *data;
  uint32_t capacity;
  uint32_t total;      /* 0: the last fragment was not seen */
  uint32_t end;        /* of the furthest byte seen */
  uint32_t units;      /* of those present */
  uint8_t next;
  uint64_t present[(UNITS_MAX + 63) / 64];
} Datagram;

struct _IsthFragments
{
  GHashTable *table;   /* Datagram by its key */
  GQueue age;          /* oldest first */
  GPtrArray *lent;     /* buffers of finished datagrams */
  GArray *lost;        /* IsthPacket, of those that were given up */
  uint32_t max_datagrams;
  uint32_t max_bytes;
  uint32_t bytes;
  uint64_t *reached;
};

static guint
key_hash (gconstpointer key)
{
  return (guint) isth_hash_keyed (key, sizeof (IsthFragmentKey), isth_hash_seed ());
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  return memcmp (a, b, sizeof (IsthFragmentKey)) == 0;
}

IsthFragments *
isth_fragments_new (uint32_t max_datagrams,
                    uint32_t max_bytes,
                    uint64_t *reached)
{
  IsthFragments *self = g_new0 (IsthFragments, 1);

  self->table = g_hash_table_new (key_hash, key_equal);
  self->lent = g_ptr_array_new_with_free_func (g_free);
  self->lost = g_array_new (FALSE, FALSE, sizeof (IsthPacket));
  self->max_datagrams = max_datagrams;
  self->max_bytes = max_bytes;
  self->reached = reached;
  return self;
}

static void
drop (IsthFragments *self,
      Datagram *d)
{
  g_hash_table_remove (self->table, d);
  g_queue_unlink (&self->age, &d->link);
  self->bytes -= (uint32_t) sizeof *d + d->capacity;
  g_free (d->data);
  g_free (d);
}

/* Of TCP and UDP the first piece tells the ports. */
static void
read_ports (const Datagram *d,
            IsthPacket *packet)
{
  IsthCursor c = isth_cursor_new (d->data, d->capacity, d->capacity);

  if ((d->present[0] & 1) == 0 || (d->next != PROTOCOL_TCP && d->next != PROTOCOL_UDP))
    return;
  packet->layer = d->next == PROTOCOL_TCP ? ISTH_LAYER_TCP : ISTH_LAYER_UDP;
  packet->ip_protocol = d->next;
  packet->source_port = isth_cursor_be16 (&c);
  packet->target_port = isth_cursor_be16 (&c);
}

static void
give_up (IsthFragments *self,
         Datagram *d)
{
  IsthPacket packet = d->first;

  read_ports (d, &packet);
  packet.fragment = ISTH_FRAGMENT_LOST;
  packet.frame = NULL;
  packet.frame_length = 0;
  packet.payload = isth_cursor_new (NULL, 0, packet.payload.wire);
  g_array_append_val (self->lost, packet);
  drop (self, d);
}

void
isth_fragments_give_up (IsthFragments *self)
{
  while (self->age.head != NULL)
    give_up (self, self->age.head->data);
}

const IsthPacket *
isth_fragments_get_lost (const IsthFragments *self,
                         uint32_t *n)
{
  *n = self->lost->len;
  return (const IsthPacket *) (gconstpointer) self->lost->data;
}

void
isth_fragments_reset (IsthFragments *self)
{
  while (self->age.head != NULL)
    drop (self, self->age.head->data);
}

void
isth_fragments_release (IsthFragments *self)
{
  if (G_UNLIKELY (self->lent->len > 0))
    g_ptr_array_set_size (self->lent, 0);
  if (G_UNLIKELY (self->lost->len > 0))
    g_array_set_size (self->lost, 0);
}

void
isth_fragments_free (IsthFragments *self)
{
  if (self == NULL)
    return;
  isth_fragments_reset (self);
  g_hash_table_unref (self->table);
  g_ptr_array_unref (self->lent);
  g_array_unref (self->lost);
  g_free (self);
}

/* Drops the oldest datagrams, but never @keep, until @more bytes and one entry fit. */
static void
make_room (IsthFragments *self,
           const Datagram *keep,
           uint32_t more)
{
  while (self->age.head != NULL && self->age.head->data != keep
         && (self->bytes + more > self->max_bytes
             || (keep == NULL && g_hash_table_size (self->table) >= self->max_datagrams)))
    {
      (*self->reached)++;
      give_up (self, self->age.head->data);
    }
}

static bool
is_over (const Datagram *d,
         int64_t time)
{
  int64_t began = d->first.time;

  return began != ISTH_NO_TIME && time > began && (uint64_t) time - (uint64_t) began > LIFETIME;
}

void
isth_fragments_expire (IsthFragments *self,
                       uint64_t number,
                       int64_t time)
{
  GList *next;

  for (GList *link = self->age.head; link != NULL; link = next)
    {
      Datagram *d = link->data;

      next = link->next;
      if (number - d->first.number >= LIFETIME_FRAMES && is_over (d, time))
        give_up (self, d);
    }
}

static Datagram *
find (IsthFragments *self,
      const IsthFragmentKey *key,
      const IsthPacket *packet)
{
  Datagram *d = g_hash_table_lookup (self->table, key);

  if (d != NULL && (is_over (d, packet->time) || d->first.earlier + packet->earlier + 1u > FRAMES_MAX))
    {
      give_up (self, d); /* the id came round again */
      d = NULL;
    }
  if (d != NULL)
    return d;

  make_room (self, NULL, sizeof *d);
  d = g_new0 (Datagram, 1);
  d->key = *key;
  d->first = *packet;
  d->link.data = d;
  self->bytes += (uint32_t) sizeof *d;
  g_hash_table_add (self->table, d);
  g_queue_push_tail_link (&self->age, &d->link);
  return d;
}

static void
grow (IsthFragments *self,
      Datagram *d,
      uint32_t end)
{
  uint32_t capacity = MIN (MAX (end, d->capacity * 2), DATAGRAM_MAX);

  if (end <= d->capacity)
    return;
  /* The datagram in hand goes to the young end, so that room is made at the cost of others. */
  g_queue_unlink (&self->age, &d->link);
  g_queue_push_tail_link (&self->age, &d->link);
  make_room (self, d, capacity - d->capacity);
  self->bytes += capacity - d->capacity;
  d->data = g_realloc (d->data, capacity);
  d->capacity = capacity;
}

static void
copy (Datagram *d,
      uint32_t offset,
      const uint8_t *bytes,
      uint32_t length)
{
  for (uint32_t at = 0; at < length; at += UNIT)
    {
      uint32_t unit = (offset + at) / UNIT;
      uint64_t bit = 1ull << (unit % 64);

      if (d->present[unit / 64] & bit)
        continue;
      d->present[unit / 64] |= bit;
      d->units++;
      memcpy (d->data + offset + at, bytes + at, MIN (UNIT, length - at));
    }
}

/* @self stands for @other as well. */
static void
add_frames (IsthPacket *self,
            const IsthPacket *other)
{
  self->earlier += other->earlier + 1u;
  self->earlier_wire += other->earlier_wire + other->wire;
}

/* Why a piece cannot belong to any datagram, or to this one; NULL when it can. */
static IsthTrouble
check (const Datagram *d,
       uint32_t offset,
       bool more,
       uint32_t length)
{
  if (length == 0 || offset % UNIT != 0 || (more && length % UNIT != 0))
    return N_("IP fragment of an impossible length");
  if (offset + length > DATAGRAM_MAX)
    return N_("IP fragment beyond 65535 bytes");
  if (d != NULL && d->total != 0 && offset + length > d->total)
    return N_("IP fragment behind the last one");
  if (d != NULL && !more && (offset + length < d->end || (d->total != 0 && d->total != offset + length)))
    return N_("IP fragments that contradict one another");
  return NULL;
}

bool
isth_fragments_add (IsthFragments *self,
                    const IsthFragmentKey *key,
                    IsthPacket *packet,
                    uint32_t offset,
                    bool more,
                    uint8_t next,
                    const IsthCursor *piece,
                    IsthCursor *whole,
                    uint8_t *first_next)
{
  uint32_t length = isth_cursor_left (piece);
  IsthTrouble wrong = check (NULL, offset, more, length);
  Datagram *d;

  if (wrong == NULL)
    {
      d = find (self, key, packet);
      wrong = check (d, offset, more, length);
    }
  if (wrong != NULL)
    {
      packet->fragment = ISTH_FRAGMENT_LOST;
      packet->trouble = wrong;
      return false;
    }

  if (d->units > 0)
    add_frames (&d->first, packet);
  grow (self, d, offset + length);
  copy (d, offset, piece->data + piece->position, length);
  d->end = MAX (d->end, offset + length);
  if (!more)
    d->total = offset + length;
  if (offset == 0)
    d->next = next;
  if (d->total == 0 || d->units < (d->total + UNIT - 1) / UNIT)
    {
      packet->fragment = ISTH_FRAGMENT_WAITS;
      return false;
    }

  packet->reassembled = true;
  packet->earlier = d->first.earlier;
  packet->earlier_wire = d->first.earlier_wire + d->first.wire - packet->wire;
  *whole = isth_cursor_new (d->data, d->total, d->total);
  *first_next = d->next;
  g_ptr_array_add (self->lent, g_steal_pointer (&d->data));
  drop (self, d);
  return true;
}
