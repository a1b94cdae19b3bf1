/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and neighbours of the sample plant: DNS (RFC 1035), NetBIOS (RFC 1002), DHCP (RFC 2131), LLDP (IEEE 802.1AB), PROFINET DCP. */
#include <string.h>

#include "analysis/tools/sample-protocols.h"

static const uint8_t everybody[6] = { 255, 255, 255, 255, 255, 255 };

static void
append_name (GByteArray *bytes,
             const char *name)
{
  g_auto(GStrv) labels = g_strsplit (name, ".", -1);

  for (guint i = 0; labels[i]; i++)
    {
      g_autoptr(GByteArray) label = sample_bytes ("{b} {s}", (int) strlen (labels[i]), labels[i]);

      g_byte_array_append (bytes, label->data, label->len);
    }
  g_byte_array_append (bytes, (const guint8[]){ 0, 0, 1, 0, 1 }, 5); /* end of name, A, IN */
}

void
sample_dns (Sample *s,
            int64_t time,
            const SampleHost *client,
            const SampleHost *server,
            const char *name,
            const uint8_t ip[4])
{
  uint16_t id = (uint16_t) (time / 1000 + client->ip[3]);
  uint16_t port = (uint16_t) (52000 + id % 1000);
  GByteArray *question = sample_bytes ("{w} 0100 0001 0000 0000 0000", id);
  GByteArray *answer = sample_bytes ("{w} 8580 0001 0001 0000 0000", id);
  g_autoptr(GByteArray) record = sample_bytes ("c00c 0001 0001 00000e10 0004 {b}{b}{b}{b}", ip[0], ip[1], ip[2], ip[3]);

  append_name (question, name);
  append_name (answer, name);
  g_byte_array_append (answer, record->data, record->len);
  sample_udp (s, time, client, port, server, 53, question);
  sample_udp (s, time + 2 * MS, server, 53, client, port, answer);
}

void
sample_nbns (Sample *s,
             int64_t time,
             const SampleHost *host,
             const char *name)
{
  SampleHost all = { "everybody", { 255, 255, 255, 255, 255, 255 }, { 192, 168, host->ip[2], 255 }, host->vlan, 0 };
  g_autofree char *padded = g_strdup_printf ("%-15s", name);
  GByteArray *bytes = sample_bytes ("{w} 2910 0001 0000 0000 0001 20", 0x4000 + host->ip[3]);
  g_autoptr(GByteArray) rest = sample_bytes ("00 0020 0001 c00c 0020 0001 000493e0 0006 0000 {b}{b}{b}{b}", host->ip[0], host->ip[1], host->ip[2],
                                             host->ip[3]);

  padded[15] = '\0';
  for (int i = 0; i < 16; i++)
    {
      guint8 byte = i < 15 ? (guint8) padded[i] : 0x00;

      g_byte_array_append (bytes, (const guint8[]){ (guint8) ('A' + (byte >> 4)), (guint8) ('A' + (byte & 15)) }, 2);
    }
  g_byte_array_append (bytes, rest->data, rest->len);
  sample_udp (s, time, host, 137, &all, 137, bytes);
}

/* The fixed part of a DHCP message, its options to be appended. */
static GByteArray *
dhcp (uint8_t op,
      uint32_t transaction,
      const SampleHost *client,
      gboolean with_address)
{
  static const uint8_t none[4];
  const uint8_t *ip = with_address ? client->ip : none;
  GByteArray *bytes = sample_bytes ("{b} 01 06 00 {d} 0000 0000 00000000 {b}{b}{b}{b} 00000000 00000000", op, (int) transaction, ip[0], ip[1], ip[2], ip[3]);
  guint at = bytes->len;

  g_byte_array_append (bytes, client->mac, 6);
  g_byte_array_set_size (bytes, at + 16 + 64 + 128);
  memset (bytes->data + at + 6, 0, bytes->len - at - 6);
  g_byte_array_append (bytes, (const guint8 *) "\x63\x82\x53\x63", 4);
  return bytes;
}

static GByteArray *
with_options (GByteArray *bytes,
              GByteArray *options)
{
  g_byte_array_append (bytes, options->data, options->len);
  g_byte_array_unref (options);
  return bytes;
}

void
sample_dhcp (Sample *s,
             int64_t time,
             const SampleHost *client,
             const SampleHost *server,
             const char *name,
             const char *class)
{
  SampleHost asking = *client, all = *server;
  uint32_t transaction = 0x5a000000u + client->ip[3];
  int n = (int) strlen (name), n_class = (int) strlen (class);
  const uint8_t *ip = client->ip, *own = server->ip;

  memset (asking.ip, 0, 4);
  memcpy (all.mac, everybody, 6);
  memset (all.ip, 255, 4);
  all.vlan = client->vlan;
  sample_udp (s, time, &asking, 68, &all, 67,
              with_options (dhcp (1, transaction, client, FALSE), sample_bytes ("35 01 01 0c {b} {s} 3c {b} {s} ff", n, name, n_class, class)));
  sample_udp (s, time + 9 * MS, server, 67, &all, 68,
              with_options (dhcp (2, transaction, client, TRUE), sample_bytes ("35 01 02 36 04 {b}{b}{b}{b} ff", own[0], own[1], own[2], own[3])));
  sample_udp (s, time + 15 * MS, &asking, 68, &all, 67,
              with_options (dhcp (1, transaction, client, FALSE), sample_bytes ("35 01 03 32 04 {b}{b}{b}{b} 36 04 {b}{b}{b}{b} 0c {b} {s} 3c {b} {s} ff", ip[0],
                                                                                ip[1], ip[2], ip[3], own[0], own[1], own[2], own[3], n, name, n_class, class)));
  sample_udp (s, time + 22 * MS, server, 67, &all, 68,
              with_options (dhcp (2, transaction, client, TRUE),
                            sample_bytes ("35 01 05 36 04 {b}{b}{b}{b} 01 04 ffffff00 03 04 {b}{b}{b} 01 33 04 00015180 ff", own[0], own[1], own[2], own[3], own[0],
                                          own[1], own[2])));
}

void
sample_lldp (Sample *s,
             int64_t time,
             const SampleHost *host,
             const char *port,
             const char *description)
{
  static const uint8_t nearest[6] = { 0x01, 0x80, 0xc2, 0, 0, 0x0e };
  int p = (int) strlen (port), n = (int) strlen (host->name), d = (int) strlen (description);
  g_autoptr(GByteArray) bytes = sample_bytes ("02 07 04 {b}{b}{b}{b}{b}{b} 04 {b} 07 {s} 06 02 0078 0a {b} {s} 0c {b} {s} 0e 04 0004 0004"
                                              "10 0c 05 01 {b}{b}{b}{b} 02 00000001 00 0000",
                                              host->mac[0], host->mac[1], host->mac[2], host->mac[3], host->mac[4], host->mac[5], p + 1, port, n, host->name, d,
                                              description, host->ip[0], host->ip[1], host->ip[2], host->ip[3]);

  sample_frame (s, time, 0, nearest, host->mac, 0x88cc, bytes);
}

/* A DCP block; its two bytes of block info are set where an answer needs them. */
static void
dcp_block (GByteArray *bytes,
           uint8_t option,
           uint8_t suboption,
           GByteArray *value)
{
  g_autoptr(GByteArray) head = sample_bytes ("{b} {b} {w} 0000", option, suboption, 2 + (int) value->len);

  g_byte_array_append (bytes, head->data, head->len);
  g_byte_array_append (bytes, value->data, value->len);
  if (value->len % 2)
    g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_byte_array_unref (value);
}

void
sample_dcp_identify (Sample *s,
                     int64_t time,
                     const SampleHost *asker,
                     const SampleHost *device,
                     const char *station,
                     const char *type,
                     uint16_t vendor,
                     uint16_t product,
                     uint8_t role)
{
  static const uint8_t all[6] = { 0x01, 0x0e, 0xcf, 0, 0, 0 };
  g_autoptr(GByteArray) question = sample_bytes ("fefe 05 00 00000301 0001 0004 ff ff 0000");
  g_autoptr(GByteArray) blocks = g_byte_array_new ();
  g_autoptr(GByteArray) answer = NULL;
  const uint8_t *ip = device->ip;

  dcp_block (blocks, 2, 2, sample_bytes ("{s}", station));
  dcp_block (blocks, 2, 1, sample_bytes ("{s}", type));
  dcp_block (blocks, 2, 3, sample_bytes ("{w} {w}", vendor, product));
  dcp_block (blocks, 2, 4, sample_bytes ("{b} 00", role));
  dcp_block (blocks, 1, 2, sample_bytes ("{b}{b}{b}{b} ffffff00 {b}{b}{b}{b}", ip[0], ip[1], ip[2], ip[3], ip[0], ip[1], ip[2], 1));
  answer = sample_bytes ("feff 05 01 00000301 0000 {w}", (int) blocks->len);
  g_byte_array_append (answer, blocks->data, blocks->len);
  sample_frame (s, time, asker->vlan, all, asker->mac, 0x8892, question);
  sample_frame (s, time + 8 * MS, device->vlan, asker->mac, device->mac, 0x8892, answer);
}
