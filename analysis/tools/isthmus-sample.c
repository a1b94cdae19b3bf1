/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the sample plant: eight minutes of a small bottling site, for the tour of new users and for tests. Every frame is made here; no such
 * site exists. The first five minutes are an ordinary day; then come the things that deserve a look. */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "analysis/tools/sample-protocols.h"

#define START 1772524800000000000ll /* 2026-03-03 08:00 UTC */
#define END (480 * S)

/* MAC prefixes are those of vendors that make such things; the rest is made up. */
static const SampleHost
    /* office, VLAN 10 */
    domain_controller = { "dc01", { 0x00, 0x15, 0x5d, 0x0a, 0x0a, 0x0a }, { 192, 168, 10, 10 }, 10, 128 },
    desk_anna = { "ws-anna", { 0x8c, 0xec, 0x4b, 0x10, 0x20, 0x31 }, { 192, 168, 10, 31 }, 10, 128 },
    desk_ben = { "ws-ben", { 0x8c, 0xec, 0x4b, 0x10, 0x20, 0x32 }, { 192, 168, 10, 32 }, 10, 128 },
    printer = { "printer", { 0x3c, 0xd9, 0x2b, 0x77, 0x01, 0x40 }, { 192, 168, 10, 40 }, 10, 64 },
    /* DMZ, VLAN 20 */
    historian = { "historian", { 0x00, 0x50, 0x56, 0x20, 0x00, 0x11 }, { 192, 168, 20, 11 }, 20, 128 },
    jump_host = { "jump01", { 0x00, 0x50, 0x56, 0x20, 0x00, 0x12 }, { 192, 168, 20, 12 }, 20, 128 },
    /* cell 1: filling, VLAN 101 */
    plc1 = { "plc-filling", { 0x00, 0x1b, 0x1b, 0x31, 0x01, 0x10 }, { 192, 168, 101, 10 }, 101, 64 },
    hmi1 = { "hmi-filling", { 0x00, 0x1c, 0x06, 0x31, 0x01, 0x20 }, { 192, 168, 101, 20 }, 101, 128 },
    io1 = { "io-filling-1", { 0x00, 0x30, 0xde, 0x31, 0x01, 0x30 }, { 192, 168, 101, 30 }, 101, 64 },
    switch1 = { "sw-filling", { 0x00, 0x0e, 0xcf, 0x31, 0x01, 0x02 }, { 192, 168, 101, 2 }, 101, 64 },
    laptop = { "eng-laptop", { 0x54, 0xe1, 0xad, 0x66, 0x07, 0x77 }, { 192, 168, 101, 77 }, 101, 128 },
    stranger = { "stranger", { 0xb8, 0x27, 0xeb, 0x12, 0x34, 0x56 }, { 192, 168, 101, 10 }, 101, 64 },
    /* cell 2: packing, VLAN 102 */
    plc2 = { "plc-packing", { 0x00, 0x00, 0xbc, 0x31, 0x02, 0x10 }, { 192, 168, 102, 10 }, 102, 64 },
    hmi2 = { "hmi-packing", { 0x00, 0x0c, 0x29, 0x31, 0x02, 0x20 }, { 192, 168, 102, 20 }, 102, 128 },
    gateway = { "gw-drives", { 0x00, 0x90, 0xe8, 0x31, 0x02, 0x30 }, { 192, 168, 102, 30 }, 102, 64 },
    switch2 = { "sw-packing", { 0x00, 0x90, 0xe8, 0x31, 0x02, 0x02 }, { 192, 168, 102, 2 }, 102, 64 },
    /* outside */
    vendor = { "vendor", { 0 }, { 192, 88, 99, 77 }, OUTSIDE, 52 }; /* once the anycast of 6to4 (RFC 7526): public, and nobody's */

static const SampleCip controller = { 1, 14, 95, 24, 11, 0x60a1b2c3, "1756-L72/B LOGIX5572" };

static void
play_office (Sample *s)
{
  for (int64_t t = 2 * S; t < END; t += 20 * S)
    {
      sample_dns (s, t, &desk_anna, &domain_controller, "historian.bottling.example", historian.ip);
      sample_dns (s, t + 3 * S, &desk_ben, &domain_controller, "printer.bottling.example", printer.ip);
    }
  sample_nbns (s, 4 * S, &desk_anna, "WS-ANNA");
  sample_nbns (s, 5 * S, &desk_ben, "WS-BEN");
  sample_dhcp (s, 8 * S, &printer, &domain_controller, "printer", "Hewlett-Packard JetDirect");

  for (int64_t t = 30 * S; t < END; t += 60 * S)
    {
      SampleTcp page = sample_tcp_open (s, t, &desk_anna, &historian, 80);

      sample_tcp_exchange (s, t + 5 * MS, 20 * MS, &page,
                           sample_bytes ("{s}", "GET /trend?tag=FILL_RATE HTTP/1.1\r\nHost: historian.bottling.example\r\nUser-Agent: Mozilla/5.0\r\n\r\n"),
                           sample_bytes ("{s}", "HTTP/1.1 200 OK\r\nServer: Microsoft-IIS/10.0\r\nContent-Type: text/html\r\nContent-Length: 27\r\n\r\n<title>Filling rate</title>"));
      sample_tcp_close (s, t + 60 * MS, &page);
    }
}

static void
play_filling (Sample *s)
{
  SampleTcp hmi = sample_tcp_open (s, 1 * S, &hmi1, &plc1, 102);
  SampleTcp io = sample_tcp_open (s, 1500 * MS, &plc1, &io1, 502);
  SampleTcp trend = sample_tcp_open (s, 2 * S, &historian, &plc1, 102);
  uint16_t n = 1;

  sample_s7_connect (s, 1 * S + 10 * MS, &hmi, 0x0202);
  sample_s7_identify (s, 1 * S + 100 * MS, &hmi, 0x0100, "6ES7 315-2EH14-0AB0", "plc-filling", "CPU 315-2 PN/DP", "S C-X4U421302009");
  sample_s7_connect (s, 2 * S + 10 * MS, &trend, 0x0202);
  sample_modbus_identify (s, 1600 * MS, &io, 1, 255, "WAGO Kontakttechnik", "750-352", "V1.02");
  for (int64_t t = 3 * S; t < END; t += 1 * S, n++)
    {
      if (t < 342 * S || t > 352 * S) /* it stands still while it gets a new program */
        {
          sample_s7_read (s, t, &hmi, (uint16_t) (0x200 + n), 1, 32);
          sample_modbus_read (s, t + 120 * MS, &io, (uint16_t) (10 + 2 * n), 255, 0, 8);
          sample_modbus_write (s, t + 150 * MS, &io, (uint16_t) (11 + 2 * n), 255, 512, (uint16_t) (n % 4), 0);
        }
      if (n % 10 == 0)
        sample_s7_read (s, t + 400 * MS, &trend, (uint16_t) (0x1000 + n), 2, 64);
      if (n % 60 == 30)
        sample_s7_write (s, t + 500 * MS, &hmi, (uint16_t) (0x4000 + n), 10, 40 + n % 7);
    }
  for (int64_t t = 6 * S; t < END; t += 30 * S)
    sample_lldp (s, t, &switch1, "port-008", "Siemens, SIMATIC NET, SCALANCE X208, 6GK5 208-0BA10-2AA3, HW: Version 3, FW: Version V04.05.00");
}

static void
play_packing (Sample *s)
{
  SampleTcp hmi = sample_tcp_open (s, 1200 * MS, &hmi2, &plc2, 44818);
  SampleTcp drives = sample_tcp_open (s, 1300 * MS, &hmi2, &gateway, 502);
  static const char *const tags[] = { "Conveyor_Speed", "Cartons_Total", "Jam" };
  uint32_t session = 0x1a2b0001;
  uint16_t n = 1;

  sample_enip_identify (s, 1 * S, &hmi2, &plc2, &controller);
  sample_enip_connect (s, 1210 * MS, &hmi, session);
  sample_cip_identity (s, 1230 * MS, &hmi, session, &controller);
  sample_modbus_identify (s, 1320 * MS, &drives, 1, 1, "Danfoss Drives", "FC-302", "7.51");
  for (int64_t t = 3200 * MS; t < END; t += 2 * S, n++)
    {
      for (int i = 0; i < 3; i++)
        {
          sample_cip_read_tag (s, t + i * 30 * MS, &hmi, session, tags[i], n);
          sample_modbus_read (s, t + 200 * MS + i * 40 * MS, &drives, (uint16_t) (3 * n + i), (uint8_t) (i + 1), 2810, 4);
        }
      if (n % 45 == 20)
        sample_modbus_write (s, t + 600 * MS, &drives, (uint16_t) (0x8000 + n), 2, 2809, (uint16_t) (800 + n), 0);
    }
  for (int64_t t = 7 * S; t < END; t += 30 * S)
    sample_lldp (s, t, &switch2, "Port 3", "MOXA EDS-408A, firmware V3.8");
}

/* 08:05:20: the engineer plugs in, finds the cell, stops the controller, loads two blocks, starts it again. */
static void
play_download (Sample *s)
{
  static const char *const blocks[] = { "_0800001P", "_0C00010P" };
  SampleTcp tcp;
  int64_t t = 342 * S;
  uint16_t n = 0x7000;

  sample_dhcp (s, 320 * S, &laptop, &domain_controller, "ENG-LAPTOP", "MSFT 5.0");
  sample_nbns (s, 321 * S, &laptop, "ENG-LAPTOP");
  sample_dcp_identify (s, 325 * S, &laptop, &plc1, "plc-filling", "S7-300", 0x002a, 0x0101, 2);
  sample_dcp_identify (s, 326 * S, &laptop, &io1, "io-filling-1", "750-375", 0x011d, 0x0177, 1);
  tcp = sample_tcp_open (s, 330 * S, &laptop, &plc1, 102);
  sample_s7_connect (s, 330 * S + 10 * MS, &tcp, 0x0102);
  sample_s7_identify (s, 331 * S, &tcp, n, "6ES7 315-2EH14-0AB0", "plc-filling", "CPU 315-2 PN/DP", "S C-X4U421302009");
  sample_s7_plain (s, t, &tcp, n + 10, sample_bytes ("29 00 00 00 00 00 09 \"P_PROGRAM\""), FALSE);
  for (int i = 0; i < 2; i++)
    {
      t += 2 * S;
      sample_s7_plain (s, t, &tcp, (uint16_t) (n + 20 + i),
                       sample_bytes ("1a 00 0100 00000000 09 {s} 0d 31 \"000240000180\"", blocks[i]), FALSE);
      sample_s7_plain (s, t + 100 * MS, &tcp, (uint16_t) (1 + i), sample_bytes ("1b 00 0100 00000000 09 {s}", blocks[i]), TRUE);
      sample_s7_plain (s, t + 300 * MS, &tcp, (uint16_t) (11 + i), sample_bytes ("1c 00 0000 00000000 09 {s}", blocks[i]), TRUE);
      sample_s7_plain (s, t + 500 * MS, &tcp, (uint16_t) (n + 30 + i), sample_bytes ("28 00 00 00 00 00 00 fd 000a 01 00 {s} 05 \"_INSE\"", blocks[i] + 1), FALSE);
    }
  sample_s7_plain (s, 351 * S, &tcp, n + 40, sample_bytes ("28 00 00 00 00 00 00 fd 0000 09 \"P_PROGRAM\""), FALSE);
  sample_tcp_close (s, 356 * S, &tcp);
}

/* TLS 1.2: the greeting of either side, with a certificate of nobody left out. */
static GByteArray *
make_hello (gboolean by_client)
{
  GByteArray *bytes = sample_bytes (by_client ? "16 0301 0036 01 000032 0303" : "16 0303 002a 02 000026 0303");

  bytes = sample_values (bytes, 32, by_client ? 7 : 8); /* random */
  if (by_client)
    g_byte_array_append (bytes, (const guint8 *) "\0\0\4\xc0\x2f\xc0\x30\1\0\0\5\xff\1\0\1\0", 16);
  else
    g_byte_array_append (bytes, (const guint8 *) "\0\xc0\x2f\0", 4);
  return bytes;
}

/* What a desktop over TLS looks like from outside: somebody types and points, the screen answers, and now and then he thinks. */
static void
play_screen (Sample *s,
             int64_t time,
             int seconds,
             SampleTcp *tcp)
{
  for (int i = 0; i < seconds; i++)
    {
      if (i % 12 >= 9)
        continue;
      sample_tcp_send (s, time + i * S, tcp, TRUE, sample_values (sample_bytes ("17 0303 003c"), 60, (uint32_t) i));
      sample_tcp_send (s, time + i * S + 90 * MS, tcp, FALSE, sample_values (sample_bytes ("17 0303 0384"), 900, (uint32_t) i));
    }
}

/* 08:06:40: the vendor comes in from outside to the jump host by remote desktop, goes on from there to the packing line's panel (RFB 3.8 with a password),
 * and the jump host writes into the line's drives. */
static void
play_vendor (Sample *s)
{
  SampleTcp remote = sample_tcp_open (s, 400 * S, &vendor, &jump_host, 3389);
  SampleTcp inside = sample_tcp_open (s, 415 * S, &jump_host, &gateway, 502);
  SampleTcp panel = sample_tcp_open (s, 406 * S, &jump_host, &hmi2, 5900);

  /* X.224 with a cookie and the wish for TLS; the consent; the two hellos. */
  sample_tcp_exchange (s, 400 * S + 40 * MS, 10 * MS, &remote, sample_bytes ("03 00 {w} {b} e0 0000 0000 00 {s} 01 00 0800 01000000", 46, 41, "Cookie: mstshash=drivetec\r\n"),
                       sample_bytes ("03 00 0013 0e d0 0000 1234 00 02 1f 0800 01000000"));
  sample_tcp_exchange (s, 400 * S + 80 * MS, 15 * MS, &remote, make_hello (TRUE), make_hello (FALSE));
  play_screen (s, 401 * S, 60, &remote);

  sample_tcp_send (s, 406 * S + 30 * MS, &panel, FALSE, sample_bytes ("\"RFB 003.008\" 0a"));
  sample_tcp_exchange (s, 406 * S + 40 * MS, 5 * MS, &panel, sample_bytes ("\"RFB 003.008\" 0a"), sample_bytes ("01 02"));
  sample_tcp_exchange (s, 406 * S + 60 * MS, 5 * MS, &panel, sample_bytes ("02"), sample_values (sample_bytes (""), 16, 3));
  sample_tcp_exchange (s, 406 * S + 80 * MS, 5 * MS, &panel, sample_values (sample_bytes (""), 16, 5), sample_bytes ("00000000"));
  sample_tcp_exchange (s, 406 * S + 90 * MS, 5 * MS, &panel, sample_bytes ("01"),
                       sample_bytes ("0400 0300 20 18 00 01 00ff 00ff 00ff 10 08 00 000000 0000000b \"HMI-PACKING\""));
  for (int i = 0; i < 45; i++)
    {
      if (i % 12 >= 3 && i % 12 < 6)
        continue;
      sample_tcp_send (s, 407 * S + i * S, &panel, TRUE, sample_bytes ("05 {b} {w} {w}", i % 5 == 0, 200 + 9 * i, 300 + 5 * i));
      sample_tcp_send (s, 407 * S + i * S + 40 * MS, &panel, FALSE, sample_values (sample_bytes ("00 00 0001 0010 0010 0010 000c 00000000"), 768, (uint32_t) i));
    }
  sample_tcp_close (s, 453 * S, &panel);

  sample_modbus_read (s, 416 * S, &inside, 1, 3, 2800, 10);
  for (int i = 0; i < 5; i++)
    sample_modbus_write (s, 418 * S + i * 2 * S, &inside, (uint16_t) (2 + i), 3, 2809, (uint16_t) (1500 - 10 * i), 0);
  sample_tcp_close (s, 440 * S, &inside);
}

/* Mistakes: an office desk tries a register it has no business with, and somebody's new device takes the filling controller's address. */
static void
play_mistakes (Sample *s)
{
  SampleTcp tcp = sample_tcp_open (s, 376 * S, &desk_ben, &gateway, 502);

  for (int i = 0; i < 3; i++)
    sample_modbus_write (s, 377 * S + i * S, &tcp, (uint16_t) (1 + i), 1, 4999, 1, 2);
  sample_tcp_close (s, 381 * S, &tcp);

  sample_arp (s, 450 * S, &hmi1, plc1.ip, &plc1);
  sample_arp (s, 450 * S + 900, &hmi1, stranger.ip, &stranger);
  sample_arp (s, 455 * S, &stranger, hmi1.ip, &hmi1);
}

int
main (int argc,
      char **argv)
{
  Sample *sample;
  g_autoptr(GByteArray) file = NULL;
  g_autoptr(GError) error = NULL;

  if (argc != 2 || argv[1][0] == '-')
    {
      fprintf (stderr, "usage: isthmus-sample FILE\n");
      return 2;
    }
  sample = sample_new ();
  play_office (sample);
  play_filling (sample);
  play_packing (sample);
  play_download (sample);
  play_vendor (sample);
  play_mistakes (sample);
  file = sample_write (sample, START);
  sample_free (sample);
  if (!g_file_set_contents (argv[1], (const char *) file->data, file->len, &error))
    {
      fprintf (stderr, "isthmus-sample: %s\n", error->message);
      return 1;
    }
  return 0;
}
