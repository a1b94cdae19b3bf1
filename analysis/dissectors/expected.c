/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations that others announced: the data connection of FTP, the port from which a TFTP server answers. Their payloads say nothing of what they are,
 * so they are known by their ends, and only between the two that spoke of them, or one of these and whom the other named. */
#include "analysis/base/hash.h"
#include "analysis/dissectors/dispatch-private.h"

/* One of two ends is at a port, the other at any. */
typedef struct
{
  IsthAddress at, with;
  uint16_t port;
  uint8_t layer;
} Ends;

typedef struct
{
  Ends ends;
  uint16_t dissector; /* 1 + index into isth_dissectors; 0: a free place */
  uint64_t memo;
  int64_t time;
} Expected;

struct _IsthExpected
{
  uint32_t next;      /* the oldest of @all when they are ISTH_LIMIT_EXPECTED, the next one to be taken otherwise */
  GHashTable *places; /* pointers into @all */
  Expected all[ISTH_LIMIT_EXPECTED];
};

static guint
hash_ends (gconstpointer key)
{
  const Ends *ends = key;
  uint64_t hash = isth_hash_mix (ends->at.words[0] ^ isth_hash_seed (), ends->at.words[1] ^ ((uint64_t) ends->port << 8 | ends->layer));

  return (guint) isth_hash_mix (hash ^ ends->with.words[0], ends->with.words[1]);
}

static gboolean
equal_ends (gconstpointer a,
            gconstpointer b)
{
  const Ends *x = a, *y = b;

  return x->port == y->port && x->layer == y->layer && isth_address_equal (&x->at, &y->at) && isth_address_equal (&x->with, &y->with);
}

void
isth_expected_free (IsthExpected *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->places);
  g_free (self);
}

/* A free place, or that of the oldest. */
static Expected *
take_place (IsthExpected *self,
            const Ends *ends)
{
  Expected *place = g_hash_table_lookup (self->places, ends);

  if (place)
    return place;
  place = &self->all[self->next];
  self->next = (self->next + 1) % ISTH_LIMIT_EXPECTED;
  if (place->dissector != 0)
    g_hash_table_remove (self->places, &place->ends);
  place->ends = *ends;
  g_hash_table_insert (self->places, &place->ends, place);
  return place;
}

void
isth_context_expect (IsthDissectContext *ctx,
                     const IsthExpectation *expectation)
{
  IsthDispatch *dispatch = ctx->dispatch;
  const IsthPacket *packet = ctx->packet;
  Ends ends = {
    .at = expectation->of_receiver ? packet->target : packet->source,
    .with = expectation->of_receiver ? packet->source : packet->target,
    .port = expectation->port,
    .layer = (uint8_t) expectation->layer,
  };
  Expected *place;

  if (expectation->at)
    {
      ends.at = *expectation->at;
      ends.with = packet->target;
    }
  if (!ctx->flow || expectation->port == 0 || !isth_address_is_ip (&ends.at) || !isth_address_is_ip (&ends.with))
    return;
  if (!dispatch->expected)
    {
      dispatch->expected = g_new0 (IsthExpected, 1);
      dispatch->expected->places = g_hash_table_new (hash_ends, equal_ends);
    }
  place = take_place (dispatch->expected, &ends);
  for (uint16_t i = 0; isth_dissectors[i]; i++)
    if (strcmp (isth_dissectors[i]->id, expectation->id) == 0)
      place->dissector = (uint16_t) (i + 1);
  place->memo = expectation->memo;
  place->time = packet->time;
}

/* @of_sender: who is at the port that was named. What was announced last counts: ports are used again. */
static const Expected *
find_expected (const IsthExpected *self,
               const IsthPacket *packet,
               bool *of_sender)
{
  Ends to = { .at = packet->target, .with = packet->source, .port = packet->target_port, .layer = packet->layer };
  Ends from = { .at = packet->source, .with = packet->target, .port = packet->source_port, .layer = packet->layer };
  const Expected *of_to = g_hash_table_lookup (self->places, &to), *of_from = g_hash_table_lookup (self->places, &from);
  const Expected *found;

  *of_sender = !of_to || (of_from && of_from->time > of_to->time);
  found = *of_sender ? of_from : of_to;
  return found && (packet->time <= found->time || (uint64_t) packet->time - (uint64_t) found->time <= ISTH_LIMIT_EXPECTED_TIME) ? found : NULL;
}

uint16_t
isth_expected_find (const IsthExpected *self,
                    const IsthPacket *packet)
{
  bool of_sender;
  const Expected *found = find_expected (self, packet, &of_sender);

  return found ? found->dissector : 0;
}

bool
isth_context_get_expected (const IsthDissectContext *ctx,
                           uint64_t *memo,
                           bool *of_sender)
{
  const Expected *found = ctx->dispatch->expected ? find_expected (ctx->dispatch->expected, ctx->packet, of_sender) : NULL;

  if (!found || isth_dissectors[found->dissector - 1] != ctx->dissector)
    return false;
  *memo = found->memo;
  return true;
}
