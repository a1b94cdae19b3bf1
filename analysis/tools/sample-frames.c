/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames of the sample plant: Ethernet with VLAN tags, ARP, IPv4 with a router in between, UDP, TCP; checksums as they should be. */
#include "analysis/tools/sample.h"

#include <string.h>

typedef struct
{
  int64_t time;
  uint32_t number; /* keeps frames of one time in order */
  GBytes *bytes;
} Frame;

struct _Sample
{
  GArray *frames;
  GHashTable *greeted; /* who has asked for whose MAC already */
  uint16_t next_id;
  uint16_t next_port;
};

static void
frame_clear (gpointer data)
{
  g_bytes_unref (((Frame *) data)->bytes);
}

Sample *
sample_new (void)
{
  Sample *self = g_new0 (Sample, 1);

  self->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_array_set_clear_func (self->frames, frame_clear);
  self->greeted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->next_id = 1;
  self->next_port = 49152;
  return self;
}

void
sample_free (Sample *self)
{
  g_array_unref (self->frames);
  g_hash_table_unref (self->greeted);
  g_free (self);
}

static int
compare_frames (gconstpointer a,
                gconstpointer b)
{
  const Frame *one = a, *other = b;

  if (one->time != other->time)
    return one->time < other->time ? -1 : 1;
  return one->number < other->number ? -1 : one->number > other->number;
}

GByteArray *
sample_write (Sample *self,
              int64_t start)
{
  GByteArray *file = sample_bytes ("4d3cb2a1 0200 0400 00000000 00000000 {ld} {ld}", 262144, 1);

  g_array_sort (self->frames, compare_frames);
  for (guint i = 0; i < self->frames->len; i++)
    {
      const Frame *frame = &g_array_index (self->frames, Frame, i);
      int64_t time = start + frame->time * 1000;
      gsize length;
      const guint8 *bytes = g_bytes_get_data (frame->bytes, &length);
      g_autoptr(GByteArray) header = sample_bytes ("{ld} {ld} {ld} {ld}", (int) (time / 1000000000), (int) (time % 1000000000), (int) length, (int) length);

      g_byte_array_append (file, header->data, header->len);
      g_byte_array_append (file, bytes, (guint) length);
    }
  return file;
}

void
sample_frame (Sample *self,
              int64_t time,
              uint16_t vlan,
              const uint8_t target[6],
              const uint8_t source[6],
              uint16_t ether_type,
              const GByteArray *payload)
{
  static const uint8_t zeros[60];
  GByteArray *bytes = g_byte_array_new ();
  Frame frame = { time, self->frames->len, NULL };

  g_byte_array_append (bytes, target, 6);
  g_byte_array_append (bytes, source, 6);
  if (vlan)
    g_byte_array_append (bytes, (const guint8[]){ 0x81, 0, (guint8) (vlan >> 8), (guint8) vlan }, 4);
  g_byte_array_append (bytes, (const guint8[]){ (guint8) (ether_type >> 8), (guint8) ether_type }, 2);
  g_byte_array_append (bytes, payload->data, payload->len);
  if (bytes->len < 60)
    g_byte_array_append (bytes, zeros, 60 - bytes->len);
  frame.bytes = g_byte_array_free_to_bytes (bytes);
  g_array_append_val (self->frames, frame);
}

static SampleHost
get_router (uint16_t vlan)
{
  return (SampleHost){ "router", { 0x00, 0x09, 0x0f, 0x20, 0x26, 0x01 }, { 192, 168, (uint8_t) vlan, 1 }, vlan, 255 };
}

void
sample_arp (Sample *self,
            int64_t time,
            const SampleHost *asker,
            const uint8_t ip[4],
            const SampleHost *owner)
{
  static const uint8_t all[6] = { 255, 255, 255, 255, 255, 255 };
  g_autoptr(GByteArray) question = sample_bytes ("0001 0800 06 04 0001");
  g_autoptr(GByteArray) answer = sample_bytes ("0001 0800 06 04 0002");
  static const uint8_t nobody[6];

  g_byte_array_append (question, asker->mac, 6);
  g_byte_array_append (question, asker->ip, 4);
  g_byte_array_append (question, nobody, 6);
  g_byte_array_append (question, ip, 4);
  sample_frame (self, time, asker->vlan, all, asker->mac, 0x0806, question);
  if (!owner)
    return;
  g_byte_array_append (answer, owner->mac, 6);
  g_byte_array_append (answer, ip, 4);
  g_byte_array_append (answer, asker->mac, 6);
  g_byte_array_append (answer, asker->ip, 4);
  sample_frame (self, time + 200, asker->vlan, asker->mac, owner->mac, 0x0806, answer);
}

static uint32_t
add_words (uint32_t sum,
           const uint8_t *bytes,
           size_t n)
{
  for (size_t i = 0; i < n; i++)
    sum += i % 2 ? bytes[i] : (uint32_t) bytes[i] << 8;
  return sum;
}

static uint16_t
fold_sum (uint32_t sum)
{
  while (sum >> 16)
    sum = (sum & 0xffff) + (sum >> 16);
  return (uint16_t) ~sum;
}

static void
put_word (GByteArray *bytes,
          guint at,
          uint16_t value)
{
  bytes->data[at] = (guint8) (value >> 8);
  bytes->data[at + 1] = (guint8) value;
}

/* One leg of a packet's way: on @vlan, from one MAC to another. */
static void
send_leg (Sample *self,
          int64_t time,
          uint16_t vlan,
          const uint8_t target_mac[6],
          const uint8_t source_mac[6],
          uint8_t ttl,
          uint16_t id,
          uint8_t protocol,
          const SampleHost *from,
          const SampleHost *to,
          const GByteArray *segment)
{
  g_autoptr(GByteArray) packet = sample_bytes ("45 00 {w} {w} 4000 {b} {b} 0000", 20 + (int) segment->len, id, ttl, protocol);

  g_byte_array_append (packet, from->ip, 4);
  g_byte_array_append (packet, to->ip, 4);
  put_word (packet, 10, fold_sum (add_words (0, packet->data, 20)));
  g_byte_array_append (packet, segment->data, segment->len);
  sample_frame (self, time, vlan, target_mac, source_mac, 0x0800, packet);
}

static void
greet (Sample *self,
       int64_t time,
       const SampleHost *asker,
       const SampleHost *owner)
{
  char *key = g_strdup_printf ("%u.%u %u.%u", asker->vlan, asker->ip[3], owner->vlan, owner->ip[3]);

  if (g_hash_table_add (self->greeted, key))
    sample_arp (self, time - 600, asker, owner->ip, owner);
}

/* Sends a transport segment whose checksum field is at @sum_at. */
static void
send_segment (Sample *self,
              int64_t time,
              const SampleHost *from,
              const SampleHost *to,
              uint8_t protocol,
              GByteArray *segment,
              guint sum_at)
{
  uint32_t sum = add_words (add_words (0, from->ip, 4), to->ip, 4) + protocol + segment->len;
  uint16_t id = self->next_id++;
  SampleHost near = get_router (from->vlan), far = get_router (to->vlan);
  gboolean group = to->mac[0] & 1;

  put_word (segment, sum_at, fold_sum (add_words (sum, segment->data, segment->len)));
  if (group || from->vlan == to->vlan)
    {
      if (!group)
        greet (self, time, from, to);
      send_leg (self, time, from->vlan, to->mac, from->mac, from->ttl, id, protocol, from, to, segment);
      return;
    }
  if (from->vlan != OUTSIDE)
    {
      greet (self, time, from, &near);
      send_leg (self, time, from->vlan, near.mac, from->mac, from->ttl, id, protocol, from, to, segment);
    }
  if (to->vlan != OUTSIDE)
    {
      greet (self, time + 40, &far, to);
      send_leg (self, time + 40, to->vlan, to->mac, far.mac, (uint8_t) (from->ttl - 1), id, protocol, from, to, segment);
    }
}

void
sample_udp (Sample *self,
            int64_t time,
            const SampleHost *from,
            uint16_t from_port,
            const SampleHost *to,
            uint16_t to_port,
            GByteArray *payload)
{
  g_autoptr(GByteArray) segment = sample_bytes ("{w} {w} {w} 0000", from_port, to_port, 8 + (int) payload->len);

  g_byte_array_append (segment, payload->data, payload->len);
  g_byte_array_unref (payload);
  send_segment (self, time, from, to, 17, segment, 6);
}

static void
send_tcp (Sample *self,
          int64_t time,
          SampleTcp *tcp,
          gboolean by_client,
          uint8_t flags,
          const GByteArray *payload)
{
  uint32_t *sequence = by_client ? &tcp->client_sequence : &tcp->server_sequence;
  uint32_t acknowledged = by_client ? tcp->server_sequence : tcp->client_sequence;
  g_autoptr(GByteArray) segment = sample_bytes ("{w} {w} {d} {d} 50 {b} 2000 0000 0000", by_client ? tcp->client_port : tcp->server_port,
                                                by_client ? tcp->server_port : tcp->client_port, *sequence, flags & 0x10 ? acknowledged : 0, flags);

  if (payload)
    g_byte_array_append (segment, payload->data, payload->len);
  *sequence += (payload ? payload->len : 0) + (flags & 3 ? 1 : 0);
  send_segment (self, time, by_client ? tcp->client : tcp->server, by_client ? tcp->server : tcp->client, 6, segment, 16);
}

SampleTcp
sample_tcp_open (Sample *self,
                 int64_t time,
                 const SampleHost *client,
                 const SampleHost *server,
                 uint16_t port)
{
  SampleTcp tcp = { client, server, self->next_port++, port, 0, 0 };

  tcp.client_sequence = 1000003u * tcp.client_port;
  tcp.server_sequence = 7919u * tcp.client_port + port;
  send_tcp (self, time, &tcp, TRUE, 0x02, NULL);
  send_tcp (self, time + 400, &tcp, FALSE, 0x12, NULL);
  send_tcp (self, time + 800, &tcp, TRUE, 0x10, NULL);
  return tcp;
}

void
sample_tcp_send (Sample *self,
                 int64_t time,
                 SampleTcp *tcp,
                 gboolean by_client,
                 GByteArray *payload)
{
  send_tcp (self, time, tcp, by_client, 0x18, payload);
  send_tcp (self, time + 300, tcp, !by_client, 0x10, NULL);
  g_byte_array_unref (payload);
}

void
sample_tcp_exchange (Sample *self,
                     int64_t time,
                     int64_t delay,
                     SampleTcp *tcp,
                     GByteArray *question,
                     GByteArray *answer)
{
  send_tcp (self, time, tcp, TRUE, 0x18, question);
  send_tcp (self, time + delay, tcp, FALSE, 0x18, answer);
  send_tcp (self, time + delay + 300, tcp, TRUE, 0x10, NULL);
  g_byte_array_unref (question);
  g_byte_array_unref (answer);
}

void
sample_tcp_close (Sample *self,
                  int64_t time,
                  SampleTcp *tcp)
{
  send_tcp (self, time, tcp, TRUE, 0x11, NULL);
  send_tcp (self, time + 300, tcp, FALSE, 0x11, NULL);
  send_tcp (self, time + 600, tcp, TRUE, 0x10, NULL);
}

static void
append_number (GByteArray *bytes,
               uint32_t value,
               int size,
               gboolean little)
{
  for (int i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (value >> 8 * (little ? i : size - 1 - i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

GByteArray *
sample_bytes (const char *format,
              ...)
{
  GByteArray *bytes = g_byte_array_new ();
  va_list args;

  va_start (args, format);
  while (*format)
    {
      if (*format == '"' || *format == '{')
        {
          const char *end = strchr (format + 1, *format == '"' ? '"' : '}');

          if (*format == '"')
            g_byte_array_append (bytes, (const guint8 *) format + 1, (guint) (end - format - 1));
          else if (format[1] == 's')
            {
              const char *text = va_arg (args, const char *);
              g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
            }
          else
            {
              char size = end[-1];
              append_number (bytes, (uint32_t) va_arg (args, int), size == 'b' ? 1 : size == 'w' ? 2 : 4, format[1] == 'l');
            }
          format = end + 1;
        }
      else if (g_ascii_isspace (*format))
        format++;
      else
        {
          append_number (bytes, (uint32_t) (g_ascii_xdigit_value (format[0]) << 4 | g_ascii_xdigit_value (format[1])), 1, FALSE);
          format += 2;
        }
    }
  va_end (args);
  return bytes;
}

GByteArray *
sample_values (GByteArray *bytes,
               uint32_t n,
               uint32_t step)
{
  for (uint32_t i = 0; i < n; i++)
    {
      guint8 byte = i % 2 ? (guint8) (128 + 40 * ((step + 3 * i) % 5)) : (guint8) (i / 2);

      g_byte_array_append (bytes, &byte, 1);
    }
  return bytes;
}
