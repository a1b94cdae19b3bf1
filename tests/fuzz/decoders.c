/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoder, one target a family of headers: frames begin with headers of that family, and go on as the input says. "decode-plain" also holds the short way
 * against the long one, "decode-fragments" the reassembler against a naive one.
 *
 * An input is frames: a byte that chooses the beginning (top bit: the capture cut the frame), two bytes of length, and as many bytes. In "decode-any" two bytes
 * of link type come first. */
#include "analysis/decode/decoder.h"
#include "analysis/decode/fragments.h"
#include "analysis/decode/walk.h"
#include "tests/fuzz/target.h"
#include "tests/helpers/dissect-runner.h"

#define CUT 0x80
#define MACS "020000000002020000000001"
#define IP4(protocol) "450000000001000040" protocol "00000a0000010a000002" /* length 0: as long as the frame */
#define IP6(next) "6000000000ff" next "4020010db800000000000000000000000120010db8000000000000000000000002"
#define UDP4(source, target) IP4 ("11") source target "00000000"

typedef struct
{
  uint32_t link_type;
  const char *begin;
} Head;

typedef struct
{
  const Head *heads;
  size_t n;
  bool plain; /* hold isth_decode_plain() against the walk */
} Family;

static const Head link_heads[] = {
  { 0, "" }, { 6, "" }, { 9, "" }, { 12, "" }, { 50, "" }, { 51, "" }, { 101, "" }, { 104, "" }, { 107, "" }, { 108, "" },
  { 113, "" }, { 204, "" }, { 228, "" }, { 229, "" }, { 239, "" }, { 258, "" }, { 276, "" }, { 192, "" }, { 999, "" },
};
static const Head wireless_heads[] = {
  { 105, "" }, { 119, "" }, { 127, "" }, { 163, "" }, { 192, "" }, { 105, "0802000002000000000202000000000102000000000300 10" },
  { 127, "00000800" "00000000" "0801" }, { 127, "0000090002000000" "10" }, { 192, "0000080069000000" }, { 113, "0000032300060200000000010000" "0004" },
};
static const Head ethernet_heads[] = {
  { 1, "" }, { 1, MACS }, { 1, MACS "8100" }, { 1, MACS "88a8" }, { 1, MACS "892f" }, { 1, MACS "8926" }, { 1, MACS "8909" }, { 1, MACS "88e7" },
  { 1, MACS "8903" }, { 1, MACS "0028aaaa03" }, { 1, MACS "0010" }, { 1, MACS "88b8" },
};
static const Head ip_heads[] = {
  { 101, "" }, { 101, IP4 ("11") }, { 101, IP4 ("06") }, { 101, IP4 ("33") }, { 101, IP4 ("01") }, { 101, IP6 ("00") }, { 101, IP6 ("2c") },
  { 101, IP6 ("2b") }, { 101, IP6 ("06") }, { 101, IP6 ("11") }, { 101, "4500000000072000401100000a0000010a000002" }, { 101, "46" },
};
static const Head tunnel_heads[] = {
  { 101, UDP4 ("1000", "0868") }, { 101, UDP4 ("1000", "12b5") }, { 101, UDP4 ("1000", "147f") }, { 101, UDP4 ("147f", "1000") },
  { 101, UDP4 ("1000", "17c1") }, { 101, IP4 ("2f") }, { 101, IP4 ("04") }, { 101, IP4 ("29") }, { 101, IP4 ("89") }, { 101, IP4 ("2f") "000088be" },
  { 101, IP4 ("2f") "100022eb00000000" }, { 1, MACS "8847" }, { 1, MACS "8864" }, { 101, IP4 ("2f") "3081880b" }, { 101, IP4 ("2f") "00006558" MACS },
};
static const Head plain_heads[] = {
  { 1, MACS "0800" }, { 1, MACS "8100" }, { 1, MACS "0800450000" }, { 1, MACS "8100000708004500" }, { 1, MACS "08004500002800010000400600000a0000010a000002" },
  { 1, MACS "08004500002000010000401100000a0000010a000002" }, { 1, "" },
};

#define FAMILY(heads) &(const Family){ heads, G_N_ELEMENTS (heads), false }

/* Bounds that hold whatever the bytes are. */
static void
check_packet (const IsthPacket *p,
              const uint8_t *frame,
              uint32_t length,
              uint32_t wire)
{
  const IsthCursor *c = &p->payload;
  volatile uint32_t sum = 0;

  g_assert (c->length <= c->wire && c->position == 0 && !c->failed);
  g_assert (p->reassembled || (c->wire <= wire && c->data >= frame && c->data + c->length <= frame + length));
  g_assert (p->n_vlans <= ISTH_LIMIT_VLANS && p->layer <= ISTH_LAYER_UDP);
  g_assert (!p->trouble || p->trouble[0] != '\0');
  for (uint32_t i = 0; i < c->length; i++)
    sum += c->data[i]; /* the sanitizer looks on */
  (void) sum;
}

#define SAME(member) g_assert (memcmp (&plain.member, &walked.member, sizeof plain.member) == 0)

static void
check_plain (const uint8_t *frame,
             uint32_t length,
             uint32_t wire)
{
  uint64_t limits[ISTH_N_REACHED] = { 0 };
  const IsthCursor cursor = isth_cursor_new (frame, length, wire);
  g_autoptr(IsthFragments) fragments = NULL;
  IsthPacket plain = { 0 }, walked = { 0 };

  if (!isth_decode_plain (&plain, frame, length, wire))
    return;
  fragments = isth_fragments_new (4, 1 << 16, limits);
  isth_decode_walk (&walked, &cursor, ISTH_LINK_ETHERNET, fragments, limits);
  g_assert (isth_address_equal (&plain.source, &walked.source) && isth_address_equal (&plain.target, &walked.target));
  g_assert (isth_address_equal (&plain.source_mac, &walked.source_mac) && isth_address_equal (&plain.target_mac, &walked.target_mac));
  g_assert (plain.plain && !walked.plain && plain.same_segment == walked.same_segment && plain.fragment == walked.fragment);
  g_assert (plain.n_vlans == walked.n_vlans && plain.tcp_words == walked.tcp_words);
  g_assert (memcmp (plain.vlans, walked.vlans, plain.n_vlans * sizeof *plain.vlans) == 0);
  SAME (layer);
  SAME (ip_protocol);
  SAME (ttl);
  SAME (ether_type);
  SAME (llc_sap);
  SAME (snap_oui);
  SAME (source_port);
  SAME (target_port);
  SAME (tunnels);
  SAME (sequence);
  SAME (acknowledgment);
  SAME (tcp_window);
  SAME (tcp_flags);
  g_assert (plain.payload.data == walked.payload.data && plain.payload.length == walked.payload.length && plain.payload.wire == walked.payload.wire);
  g_assert (plain.trouble == walked.trouble);
}

/* @begin and @n bytes of @rest, decoded in a block of exactly their size. */
static void
decode (IsthDecoder *decoder,
        const Family *family,
        const Head *head,
        bool cut,
        const uint8_t *rest,
        uint32_t n)
{
  g_autoptr(GByteArray) begin = isth_test_bytes (head->begin);
  uint32_t length = begin->len + n, wire = length + (cut ? 60 : 0);
  uint8_t *frame = g_malloc (MAX (length, 1));
  IsthPacket packet;

  if (begin->len > 0)
    memcpy (frame, begin->data, begin->len);
  if (n > 0)
    memcpy (frame + begin->len, rest, n);
  isth_decoder_decode (decoder, head->link_type, frame, length, wire, 1, &packet);
  check_packet (&packet, frame, length, wire);
  if (family && family->plain)
    check_plain (frame, length, wire);
  g_free (frame);
}

/* Two bytes of length; never more than there is behind them. */
static uint32_t
take_length (IsthCursor *c)
{
  uint32_t n = isth_cursor_be16 (c);

  return MIN (n, isth_cursor_left (c));
}

static void
run_family (gconstpointer what,
            const uint8_t *data,
            size_t size)
{
  const Family *family = what;
  g_autoptr(IsthDecoder) decoder = isth_decoder_new ();
  IsthCursor c = isth_cursor_new (data, (uint32_t) size, (uint32_t) size);

  while (isth_cursor_left (&c) >= 3)
    {
      uint8_t how = isth_cursor_u8 (&c);
      uint32_t n = take_length (&c);

      decode (decoder, family, &family->heads[(how & ~CUT) % family->n], how & CUT, isth_cursor_bytes (&c, n), n);
    }
}

static void
run_any (gconstpointer what,
         const uint8_t *data,
         size_t size)
{
  g_autoptr(IsthDecoder) decoder = isth_decoder_new ();
  IsthCursor c = isth_cursor_new (data, (uint32_t) size, (uint32_t) size);
  Head head = { isth_cursor_be16 (&c), "" };

  while (!c.failed && isth_cursor_left (&c) >= 3)
    {
      uint8_t how = isth_cursor_u8 (&c);
      uint32_t n = take_length (&c);

      decode (decoder, NULL, &head, how & CUT, isth_cursor_bytes (&c, n), n);
    }
}

/* A reassembler without any thought: a byte and whether it is there. */
typedef struct
{
  uint8_t bytes[65536];
  bool there[65536];
  uint32_t end, total;
  uint8_t next;
} Naive;

static void
naive_reset (Naive *self)
{
  memset (self->there, 0, self->end * sizeof *self->there);
  self->end = self->total = 0;
}

/* Whether the datagram is whole. */
static bool
naive_add (Naive *self,
           uint32_t offset,
           bool more,
           uint8_t next,
           const IsthCursor *piece)
{
  for (uint32_t i = 0; i < piece->length; i++)
    if (!self->there[offset + i])
      {
        self->there[offset + i] = true;
        self->bytes[offset + i] = piece->data[i];
      }
  self->end = MAX (self->end, offset + piece->length);
  if (!more)
    self->total = offset + piece->length;
  if (offset == 0)
    self->next = next;
  for (uint32_t i = 0; i < self->total; i++)
    if (!self->there[i])
      return false;
  return self->total > 0;
}

/* Pieces: a byte (datagram, whether more follow), two of offset, two of length. */
static void
run_fragments (gconstpointer what,
               const uint8_t *data,
               size_t size)
{
  static Naive naive[4];
  uint64_t reached = 0;
  g_autoptr(IsthFragments) fragments = isth_fragments_new (8, 1u << 20, &reached);
  IsthCursor c = isth_cursor_new (data, (uint32_t) size, (uint32_t) size);

  while (isth_cursor_left (&c) >= 5)
    {
      uint8_t how = isth_cursor_u8 (&c), next = how >> 3, first_next = 0;
      uint32_t offset = isth_cursor_be16 (&c) * (how & 0x80 ? 1u : 8u);
      uint32_t n = take_length (&c);
      IsthCursor piece = isth_cursor_new (isth_cursor_bytes (&c, n), n, n), whole = { 0 };
      IsthFragmentKey key = { .id = how & 3, .protocol = 17 };
      Naive *model = &naive[how & 3];
      IsthPacket packet = { .time = 1, .wire = n, .payload = piece };
      bool complete = isth_fragments_add (fragments, &key, &packet, offset, how & 4, next, &piece, &whole, &first_next);

      if (packet.trouble)
        g_assert (!complete);
      else
        g_assert (complete == naive_add (model, offset, how & 4, next, &piece));
      if (complete)
        {
          g_assert (whole.length == model->total && memcmp (whole.data, model->bytes, whole.length) == 0 && first_next == model->next);
          naive_reset (model);
        }
      isth_fragments_release (fragments);
    }
  g_assert (reached == 0);
  for (size_t i = 0; i < G_N_ELEMENTS (naive); i++)
    naive_reset (&naive[i]);
}

static void
append (GByteArray *input,
        uint8_t how,
        const uint8_t *data,
        uint32_t n)
{
  const uint8_t head[] = { how, (uint8_t) (n >> 8), (uint8_t) n };

  g_byte_array_append (input, head, sizeof head);
  g_byte_array_append (input, data, n);
}

typedef struct
{
  GByteArray *input;
  uint8_t how;
  uint32_t skip; /* bytes at the beginning of each frame that the chosen beginning stands for */
} Seed;

static void
add_frame (uint32_t link_type,
           const uint8_t *data,
           uint32_t length,
           gpointer user_data)
{
  Seed *self = user_data;

  if (length > self->skip && self->input->len + length < 4000)
    append (self->input, self->how, data + self->skip, length - self->skip);
}

/* The frames of each golden capture behind each beginning: what follows the MAC addresses, the EtherType, or the IP header. */
static void
seed_family (gconstpointer what,
             GPtrArray *seeds)
{
  const Family *family = what;
  g_autoptr(GPtrArray) golden = isth_fuzz_golden ();

  for (size_t head = 0; head < family->n; head++)
    for (guint i = head % 2; i < golden->len; i += 2)
      {
        uint32_t begin = (uint32_t) strlen (family->heads[head].begin) / 2;
        Seed self = { g_byte_array_new (), (uint8_t) head, family->heads[head].link_type == 1 ? begin : MIN (begin, 20) + 14 };

        isth_fuzz_foreach_frame (golden->pdata[i], add_frame, &self);
        isth_fuzz_add_seed (seeds, self.input);
      }
}

static void
seed_any (gconstpointer what,
          GPtrArray *seeds)
{
  static const uint16_t types[] = { 0, 1, 6, 7, 9, 50, 51, 101, 104, 105, 107, 108, 113, 119, 127, 163, 192, 204, 228, 229, 239, 258, 276 };
  g_autoptr(GPtrArray) golden = isth_fuzz_golden ();

  for (size_t i = 0; i < G_N_ELEMENTS (types); i++)
    {
      Seed self = { g_byte_array_new (), 0, types[i] == 1 ? 0 : 14 };
      uint16_t type = GUINT16_TO_BE (types[i]);

      g_byte_array_append (self.input, (const uint8_t *) &type, sizeof type);
      isth_fuzz_foreach_frame (golden->pdata[i % golden->len], add_frame, &self);
      isth_fuzz_add_seed (seeds, self.input);
    }
}

static void
seed_fragments (gconstpointer what,
                GPtrArray *seeds)
{
  static const char *const scripts[] = {
    "8c00000008 0102030405060708 88000100030a0b0c", "8800020003 0a0b0c 0c00000010 0102030405060708090a0b0c0d0e0f10",
    "0c00000008 0102030405060708 0c00000008 1112131415161718 0800010001 aa 0d00010008 0102030405060708 0900020001 bb 0d00000008 0102030405060708",
    "041fff0008 0102030405060708 041ffe0010 01020304050607080102030405060708 00",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (scripts); i++)
    isth_fuzz_add_seed (seeds, isth_test_bytes (scripts[i]));
}

const IsthFuzzTarget isth_fuzz_decoders[] = {
  { "decode-any", run_any, seed_any, NULL },
  { "decode-ethernet", run_family, seed_family, FAMILY (ethernet_heads) },
  { "decode-fragments", run_fragments, seed_fragments, NULL },
  { "decode-ip", run_family, seed_family, FAMILY (ip_heads) },
  { "decode-link", run_family, seed_family, FAMILY (link_heads) },
  { "decode-plain", run_family, seed_family, &(const Family){ plain_heads, G_N_ELEMENTS (plain_heads), true } },
  { "decode-tunnel", run_family, seed_family, FAMILY (tunnel_heads) },
  { "decode-wireless", run_family, seed_family, FAMILY (wireless_heads) },
  { NULL },
};
