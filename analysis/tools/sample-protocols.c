/* SPDX-License-Identifier: GPL-3.0-or-later */
/* S7, Modbus and EtherNet/IP messages of the sample plant. RFC 1006, Modbus Messaging Guide V1.0b, CIP Volume 1 and 2. */
#include "analysis/tools/sample-protocols.h"

#include <string.h>

static GByteArray *
append (GByteArray *self,
        GByteArray *more)
{
  if (more)
    {
      g_byte_array_append (self, more->data, more->len);
      g_byte_array_unref (more);
    }
  return self;
}

/* Text padded with blanks to @n bytes. */
static GByteArray *
padded (const char *text,
        guint n,
        guint8 fill)
{
  GByteArray *bytes = sample_bytes ("{s}", text);

  while (bytes->len < n)
    g_byte_array_append (bytes, &fill, 1);
  return bytes;
}

static GByteArray *
make_cotp_connect (uint16_t called_tsap,
                   gboolean confirm)
{
  return confirm ? sample_bytes ("03 00 0016 11 d0 0001 0002 00 c0 01 0a c1 02 0100 c2 02 {w}", called_tsap)
                 : sample_bytes ("03 00 0016 11 e0 0000 0001 00 c1 02 0100 c2 02 {w} c0 01 0a", called_tsap);
}

static GByteArray *
s7_message (uint8_t kind,
            uint16_t reference,
            const GByteArray *parameters,
            const GByteArray *data)
{
  int n = (int) (parameters ? parameters->len : 0), m = (int) (data ? data->len : 0);
  gboolean answer = kind == 3;
  GByteArray *bytes = sample_bytes ("03 00 {w} 02 f0 80 32 {b} 0000 {w} {w} {w}", 7 + 10 + (answer ? 2 : 0) + n + m, kind, reference, n, m);

  if (answer)
    append (bytes, sample_bytes ("0000"));
  if (parameters)
    g_byte_array_append (bytes, parameters->data, parameters->len);
  if (data)
    g_byte_array_append (bytes, data->data, data->len);
  return bytes;
}

static GByteArray *
make_s7_job (uint16_t reference,
             const GByteArray *parameters,
             const GByteArray *data)
{
  return s7_message (1, reference, parameters, data);
}

static GByteArray *
make_s7_answer (uint16_t reference,
                const GByteArray *parameters,
                const GByteArray *data)
{
  return s7_message (3, reference, parameters, data);
}

void
sample_s7_connect (Sample *s,
                   int64_t time,
                   SampleTcp *tcp,
                   uint16_t called_tsap)
{
  g_autoptr(GByteArray) ask = sample_bytes ("f0 00 0001 0001 01e0");
  g_autoptr(GByteArray) answer = sample_bytes ("f0 00 0001 0001 00f0");

  sample_tcp_exchange (s, time, 2 * MS, tcp, make_cotp_connect (called_tsap, FALSE), make_cotp_connect (called_tsap, TRUE));
  sample_tcp_exchange (s, time + 5 * MS, 2 * MS, tcp, make_s7_job (0, ask, NULL), make_s7_answer (0, answer, NULL));
}

void
sample_s7_read (Sample *s,
                int64_t time,
                SampleTcp *tcp,
                uint16_t reference,
                uint16_t block,
                uint16_t bytes)
{
  g_autoptr(GByteArray) ask = sample_bytes ("04 01 12 0a 10 02 {w} {w} 84 000000", bytes, block);
  g_autoptr(GByteArray) parameters = sample_bytes ("04 01");
  g_autoptr(GByteArray) data = sample_values (sample_bytes ("ff 04 {w}", 8 * bytes), bytes, reference);

  sample_tcp_exchange (s, time, 3 * MS, tcp, make_s7_job (reference, ask, NULL), make_s7_answer (reference, parameters, data));
}

void
sample_s7_write (Sample *s,
                 int64_t time,
                 SampleTcp *tcp,
                 uint16_t reference,
                 uint16_t block,
                 uint32_t value)
{
  g_autoptr(GByteArray) ask = sample_bytes ("05 01 12 0a 10 02 0004 {w} 84 000050", block);
  g_autoptr(GByteArray) what = sample_bytes ("00 04 0020 {d}", (int) value);
  g_autoptr(GByteArray) parameters = sample_bytes ("05 01");
  g_autoptr(GByteArray) data = sample_bytes ("ff");

  sample_tcp_exchange (s, time, 3 * MS, tcp, make_s7_job (reference, ask, what), make_s7_answer (reference, parameters, data));
}

static void
s7_read_list (Sample *s,
              int64_t time,
              SampleTcp *tcp,
              uint16_t reference,
              uint16_t list,
              uint16_t entry_length,
              GByteArray *entries)
{
  g_autoptr(GByteArray) ask = sample_bytes ("000112 04 11 44 01 00");
  g_autoptr(GByteArray) which = sample_bytes ("ff 09 0004 {w} 0000", list);
  g_autoptr(GByteArray) parameters = sample_bytes ("000112 08 12 84 01 01 00 00 0000");
  g_autoptr(GByteArray) data = sample_bytes ("ff 09 {w} {w} 0000 {w} {w}", 8 + (int) entries->len, list, entry_length, (int) entries->len / entry_length);

  append (data, entries);
  sample_tcp_exchange (s, time, 4 * MS, tcp, s7_message (7, reference, ask, which), s7_message (7, reference, parameters, data));
}

void
sample_s7_identify (Sample *s,
                    int64_t time,
                    SampleTcp *tcp,
                    uint16_t reference,
                    const char *order_number,
                    const char *name,
                    const char *module,
                    const char *serial)
{
  GByteArray *modules = g_byte_array_new (), *names = g_byte_array_new ();

  /* SZL 0x0011: order number, type, versions of the module (1), the hardware (6) and the firmware (7). */
  append (append (append (modules, sample_bytes ("0001")), padded (order_number, 20, ' ')), sample_bytes ("00c0 0004 0001"));
  append (append (append (modules, sample_bytes ("0006")), padded (order_number, 20, ' ')), sample_bytes ("00c0 0004 0001"));
  append (append (append (modules, sample_bytes ("0007")), padded (order_number, 20, ' ')), sample_bytes ("00c0 5603 0309"));
  s7_read_list (s, time, tcp, reference, 0x0011, 28, modules);
  /* SZL 0x001c: name of the system (1), of the module (2), serial number (5), type of the module (7). */
  append (append (names, sample_bytes ("0001")), padded (name, 32, 0));
  append (append (names, sample_bytes ("0002")), padded (name, 32, 0));
  append (append (names, sample_bytes ("0005")), padded (serial, 32, 0));
  append (append (names, sample_bytes ("0007")), padded (module, 32, 0));
  s7_read_list (s, time + 50 * MS, tcp, (uint16_t) (reference + 1), 0x001c, 34, names);
}

void
sample_s7_plain (Sample *s,
                 int64_t time,
                 SampleTcp *tcp,
                 uint16_t reference,
                 GByteArray *parameters,
                 gboolean by_server)
{
  g_autoptr(GByteArray) confirm = sample_bytes ("{b}", parameters->data[0]);
  GByteArray *ask = make_s7_job (reference, parameters, NULL);
  GByteArray *answer;

  if (parameters->data[0] == 0x1b) /* a block's bytes come with the answer */
    {
      g_autoptr(GByteArray) code = sample_values (sample_bytes ("00c8 00fb 7070"), 0xc6, reference);
      g_autoptr(GByteArray) more = sample_bytes ("1b 00");

      answer = make_s7_answer (reference, more, code);
    }
  else
    answer = make_s7_answer (reference, confirm, NULL);
  sample_tcp_send (s, time, tcp, !by_server, ask);
  sample_tcp_send (s, time + 5 * MS, tcp, by_server, answer);
  g_byte_array_unref (parameters);
}

void
sample_modbus_read (Sample *s,
                    int64_t time,
                    SampleTcp *tcp,
                    uint16_t transaction,
                    uint8_t unit,
                    uint16_t first,
                    uint16_t count)
{
  GByteArray *answer = sample_bytes ("{w} 0000 {w} {b} 03 {b}", transaction, 3 + 2 * count, unit, 2 * count);

  sample_values (answer, 2u * count, transaction);
  sample_tcp_exchange (s, time, 5 * MS, tcp, sample_bytes ("{w} 0000 0006 {b} 03 {w} {w}", transaction, unit, first, count), answer);
}

void
sample_modbus_write (Sample *s,
                     int64_t time,
                     SampleTcp *tcp,
                     uint16_t transaction,
                     uint8_t unit,
                     uint16_t at,
                     uint16_t value,
                     uint8_t exception)
{
  GByteArray *answer = exception ? sample_bytes ("{w} 0000 0003 {b} 86 {b}", transaction, unit, exception)
                                 : sample_bytes ("{w} 0000 0006 {b} 06 {w} {w}", transaction, unit, at, value);

  sample_tcp_exchange (s, time, 5 * MS, tcp, sample_bytes ("{w} 0000 0006 {b} 06 {w} {w}", transaction, unit, at, value), answer);
}

void
sample_modbus_identify (Sample *s,
                        int64_t time,
                        SampleTcp *tcp,
                        uint16_t transaction,
                        uint8_t unit,
                        const char *vendor,
                        const char *code,
                        const char *revision)
{
  int n = (int) (strlen (vendor) + strlen (code) + strlen (revision)) + 6;
  GByteArray *answer = sample_bytes ("{w} 0000 {w} {b} 2b 0e 01 01 00 00 03 00 {b} {s} 01 {b} {s} 02 {b} {s}", transaction, 8 + n, unit,
                                     (int) strlen (vendor), vendor, (int) strlen (code), code, (int) strlen (revision), revision);

  sample_tcp_exchange (s, time, 8 * MS, tcp, sample_bytes ("{w} 0000 0005 {b} 2b 0e 01 00", transaction, unit), answer);
}

static GByteArray *
enip (uint16_t command,
      uint32_t session,
      GByteArray *payload)
{
  return append (sample_bytes ("{lw} {lw} {ld} 00000000 49737468 6d757300 00000000", command, payload ? (int) payload->len : 0, (int) session), payload);
}

/* An unconnected CIP message in SendRRData. */
static GByteArray *
send_data (uint32_t session,
           GByteArray *message)
{
  GByteArray *items = sample_bytes ("00000000 0000 {lw} 0000 0000 b200 {lw}", 2, (int) message->len);

  return enip (0x6f, session, append (items, message));
}

static GByteArray *
identity_attributes (const SampleCip *identity)
{
  return sample_bytes ("{lw} {lw} {lw} {b} {b} 3000 {ld} {b} {s}", identity->vendor, identity->type, identity->product, identity->major,
                       identity->minor, (int) identity->serial, (int) strlen (identity->name), identity->name);
}

void
sample_enip_identify (Sample *s,
                      int64_t time,
                      const SampleHost *asker,
                      const SampleHost *device,
                      const SampleCip *identity)
{
  GByteArray *item = append (sample_bytes ("0100 0002 af12 {b}{b}{b}{b} 00000000 00000000", device->ip[0], device->ip[1], device->ip[2], device->ip[3]),
                             append (identity_attributes (identity), sample_bytes ("03")));
  GByteArray *answer = append (sample_bytes ("0100 0c00 {lw}", (int) item->len), item);

  sample_udp (s, time, asker, 50222, device, 44818, enip (0x63, 0, NULL));
  sample_udp (s, time + 4 * MS, device, 44818, asker, 50222, enip (0x63, 0, answer));
}

void
sample_enip_connect (Sample *s,
                     int64_t time,
                     SampleTcp *tcp,
                     uint32_t session)
{
  sample_tcp_exchange (s, time, 2 * MS, tcp, enip (0x65, 0, sample_bytes ("0100 0000")), enip (0x65, session, sample_bytes ("0100 0000")));
}

void
sample_cip_identity (Sample *s,
                     int64_t time,
                     SampleTcp *tcp,
                     uint32_t session,
                     const SampleCip *identity)
{
  sample_tcp_exchange (s, time, 4 * MS, tcp, send_data (session, sample_bytes ("01 02 20 01 24 01")),
                       send_data (session, append (sample_bytes ("81 00 00 00"), identity_attributes (identity))));
}

void
sample_cip_read_tag (Sample *s,
                     int64_t time,
                     SampleTcp *tcp,
                     uint32_t session,
                     const char *tag,
                     uint32_t step)
{
  int n = (int) strlen (tag), words = (n + 3) / 2;
  GByteArray *ask = sample_bytes ("4c {b} 91 {b} {s}", words, n, tag);

  if (n % 2)
    append (ask, sample_bytes ("00"));
  append (ask, sample_bytes ("0100"));
  sample_tcp_exchange (s, time, 4 * MS, tcp, send_data (session, ask), send_data (session, sample_values (sample_bytes ("cc 00 00 00 c400"), 4, step)));
}
