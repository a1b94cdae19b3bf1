/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libndpi sees no frame of the capture, only payloads behind headers that are made here: ours have been read and held to their lengths already, and
 * an address must not be what it goes by. */
#include "analysis/engine/guesses.h"

#include <ndpi_api.h>

#include "analysis/base/time.h"
#include "analysis/dissectors/dissector.h"

#define IP_HEADER 20
#define TCP_HEADER 20
#define UDP_HEADER 8
#define MOST_PAYLOAD 1400 /* of one look: nobody's name stands further back */

/* Names of protocols that have another one here. */
static const struct
{
  uint16_t theirs;
  const char *ours;
} renamed[] = {
  { NDPI_PROTOCOL_DCERPC, "msrpc" },      { NDPI_PROTOCOL_ETHERNET_IP, "enip" }, { NDPI_PROTOCOL_FTP_CONTROL, "ftp" },  { NDPI_PROTOCOL_HTTP_CONNECT, "http" },
  { NDPI_PROTOCOL_HTTP_PROXY, "http" },   { NDPI_PROTOCOL_IEC60870, "iec104" },  { NDPI_PROTOCOL_MAIL_IMAP, "imap" },  { NDPI_PROTOCOL_MAIL_POP, "pop" },
  { NDPI_PROTOCOL_MAIL_SMTP, "smtp" },    { NDPI_PROTOCOL_MSSQL_TDS, "tds" },    { NDPI_PROTOCOL_NETBIOS, "nbns" },    { NDPI_PROTOCOL_ORACLE, "tns" },
  { NDPI_PROTOCOL_POSTGRES, "postgresql" }, { NDPI_PROTOCOL_SMBV1, "smb" },      { NDPI_PROTOCOL_SMBV23, "smb2" },     { NDPI_PROTOCOL_UBNTAC2, "ubnt" },
};

typedef struct
{
  GList link; /* in IsthGuesses.oldest */
  const IsthFlow *flow;
  struct ndpi_flow_struct *state;
} Look;

struct _IsthGuesses
{
  struct ndpi_detection_module_struct *module; /* NULL until a capture needs it: it takes 5 MB and 10 ms */
  GHashTable *looks;                           /* IsthFlow → Look */
  GQueue oldest;                               /* Look, the first begun first */
  uint32_t begun;
  uint64_t passed;
};

IsthGuesses *
isth_guesses_new (void)
{
  IsthGuesses *self = g_new0 (IsthGuesses, 1);

  self->looks = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->oldest);
  return self;
}

static void
end_look (IsthGuesses *self,
          Look *look)
{
  g_hash_table_remove (self->looks, look->flow);
  g_queue_unlink (&self->oldest, &look->link);
  ndpi_free_flow (look->state);
  g_free (look);
}

void
isth_guesses_begin (IsthGuesses *self)
{
  while (self->oldest.head)
    end_look (self, self->oldest.head->data);
  if (self->module)
    ndpi_exit_detection_module (g_steal_pointer (&self->module));
  self->begun = 0;
  self->passed = 0;
}

void
isth_guesses_free (IsthGuesses *self)
{
  if (!self)
    return;
  isth_guesses_begin (self);
  g_hash_table_unref (self->looks);
  g_free (self);
}

uint64_t
isth_guesses_take_passed (IsthGuesses *self)
{
  uint64_t passed = self->passed;

  self->passed = 0;
  return passed;
}

void
isth_guesses_forget (IsthGuesses *self,
                     const IsthFlow *flow)
{
  Look *look = g_hash_table_lookup (self->looks, flow);

  if (look)
    end_look (self, look);
}

static void
load_module (IsthGuesses *self)
{
  NDPI_PROTOCOL_BITMASK all;

  /* Its cryptography is for QUIC, which we read; lists of hosts would be addresses. */
  self->module = ndpi_init_detection_module (ndpi_dont_load_tor_hosts | ndpi_dont_init_libgcrypt);
  NDPI_BITMASK_SET_ALL (all);
  NDPI_BITMASK_DEL (all, NDPI_PROTOCOL_QUIC);
  ndpi_set_protocol_detection_bitmask2 (self->module, &all);
  ndpi_finalize_initialization (self->module);
}

static void
put16 (uint8_t *at,
       uint32_t value)
{
  at[0] = (uint8_t) (value >> 8);
  at[1] = (uint8_t) value;
}

/* An IPv4 packet around @payload, from 10.0.0.1 when A sends, from 10.0.0.2 when B does. */
static void
show (IsthGuesses *self,
      Look *look,
      bool from_b,
      const IsthPacket *packet,
      uint8_t tcp_flags,
      const uint8_t *payload,
      uint32_t length,
      ndpi_protocol *found)
{
  bool tcp = packet->layer == ISTH_LAYER_TCP;
  uint32_t headers = IP_HEADER + (tcp ? TCP_HEADER : UDP_HEADER);
  bool forth = from_b == look->flow->side; /* the packet in hand, or one that goes its way */
  uint8_t bytes[IP_HEADER + TCP_HEADER + MOST_PAYLOAD] = { 0x45 };
  uint8_t *transport = bytes + IP_HEADER;

  put16 (bytes + 2, headers + length);
  bytes[8] = 64;
  bytes[9] = tcp ? 6 : 17;
  bytes[12] = bytes[16] = 10;
  bytes[15] = from_b ? 2 : 1;
  bytes[19] = from_b ? 1 : 2;
  put16 (transport, forth ? packet->source_port : packet->target_port);
  put16 (transport + 2, forth ? packet->target_port : packet->source_port);
  if (tcp)
    {
      transport[12] = TCP_HEADER / 4 << 4;
      transport[13] = tcp_flags;
      put16 (transport + 14, packet->tcp_window);
    }
  else
    put16 (transport + 4, UDP_HEADER + length);
  if (length > 0)
    memcpy (bytes + headers, payload, length);
  *found = ndpi_detection_process_packet (self->module, look->state, bytes, (unsigned short) (headers + length),
                                          packet->time == ISTH_NO_TIME ? 0 : (uint64_t) packet->time / 1000000);
}

/* Much that it knows it only tells of connections whose handshake it saw. */
static void
show_handshake (IsthGuesses *self,
                Look *look,
                const IsthPacket *packet)
{
  bool client_is_b = look->flow->client == ISTH_CLIENT_B || (look->flow->client == ISTH_CLIENT_UNKNOWN && look->flow->side == 1);
  ndpi_protocol nothing;

  show (self, look, client_is_b, packet, ISTH_TCP_SYN, NULL, 0, &nothing);
  show (self, look, !client_is_b, packet, ISTH_TCP_SYN | ISTH_TCP_ACK, NULL, 0, &nothing);
  show (self, look, client_is_b, packet, ISTH_TCP_ACK, NULL, 0, &nothing);
}

static Look *
begin_look (IsthGuesses *self,
            const IsthFlow *flow,
            const IsthPacket *packet)
{
  const uint32_t size = ndpi_detection_get_sizeof_ndpi_flow_struct ();
  Look *look;

  if (self->begun >= ISTH_LIMIT_GUESSES)
    {
      self->passed++;
      return NULL;
    }
  if (!self->module)
    load_module (self);
  self->begun++;
  if (self->oldest.length >= ISTH_LIMIT_GUESSING)
    end_look (self, self->oldest.head->data);
  look = g_new0 (Look, 1);
  look->link.data = look;
  look->flow = flow;
  look->state = ndpi_flow_malloc (size);
  memset (look->state, 0, size);
  g_hash_table_insert (self->looks, (gpointer) flow, look);
  g_queue_push_tail_link (&self->oldest, &look->link);
  if (packet->layer == ISTH_LAYER_TCP)
    show_handshake (self, look, packet);
  return look;
}

/* A dissector of ours looks for it, by content and more strictly, and did not find it. */
static bool
is_ours (uint16_t id,
         const char *name)
{
  for (size_t i = 0; i < G_N_ELEMENTS (renamed); i++)
    if (renamed[i].theirs == id)
      name = renamed[i].ours;
  for (size_t i = 0; isth_dissectors[i]; i++)
    if (g_ascii_strcasecmp (isth_dissectors[i]->id, name) == 0)
      return true;
  return false;
}

static void
tell (const IsthFlow *flow,
      const IsthPacket *packet,
      const char *name,
      const IsthSink *sink)
{
  bool server_is_b = flow->client == ISTH_CLIENT_UNKNOWN ? flow->side == 1 : flow->client == ISTH_CLIENT_A;
  bool sender = server_is_b == flow->side;
  const uint8_t *at = packet->payload.data + packet->payload.position;
  uint32_t length = isth_cursor_left (&packet->payload);
  uint16_t port = sender ? packet->source_port : packet->target_port;
  g_autofree char *value = g_strdup_printf ("%s, %s/%u", name, packet->layer == ISTH_LAYER_TCP ? "tcp" : "udp", port);
  IsthObservation o = {
    .kind = ISTH_OBSERVE_CLAIM,
    .protocol = "ndpi",
    .subject = { .ip = sender ? packet->source : packet->target, .vlan = isth_packet_vlan (packet) },
    .evidence = { .frame = packet->number, .time = packet->time, .bytes = at, .n_bytes = MIN (length, ISTH_LIMIT_EVIDENCE) },
    .mutual = flow->packets[0] != 0 && flow->packets[1] != 0,
    .claim = { ISTH_ATTRIBUTE_APPLICATION, value, ISTH_CONFIDENCE_HINT },
  };

  if (packet->same_segment)
    o.subject.mac = sender ? packet->source_mac : packet->target_mac;
  o.target = o.subject;
  if (at >= packet->frame && at + length <= packet->frame + packet->frame_length)
    {
      o.evidence.offset = (uint32_t) (at - packet->frame);
      o.evidence.length = length;
    }
  sink->observe (&o, sink->user_data);
}

bool
isth_guesses_look (IsthGuesses *self,
                   const IsthFlow *flow,
                   unsigned int count,
                   const IsthPacket *packet,
                   const IsthSink *sink)
{
  Look *look = count == 0 ? begin_look (self, flow, packet) : g_hash_table_lookup (self->looks, flow);
  IsthCursor payload = packet->payload;
  ndpi_protocol found;
  uint16_t id;

  if (!look)
    return false;
  show (self, look, flow->side == 1, packet, ISTH_TCP_ACK | ISTH_TCP_PSH, payload.data + payload.position,
        MIN (isth_cursor_left (&payload), MOST_PAYLOAD), &found);
  id = found.app_protocol != NDPI_PROTOCOL_UNKNOWN ? found.app_protocol : found.master_protocol;
  if (id == NDPI_PROTOCOL_UNKNOWN)
    return true;
  if (look->state->confidence == NDPI_CONFIDENCE_DPI)
    {
      const char *name = ndpi_get_proto_name (self->module, id);

      if (!is_ours (id, name))
        tell (flow, packet, name, sink);
    }
  end_look (self, look);
  return false;
}
