/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which system a first segment tells of: by the shapes known here, by a file in the words of p0f, and what must tell of nothing. */
#include <glib.h>
#include <string.h>

#include "analysis/decode/walk.h"
#include "analysis/engine/syn-shapes.h"
#include "tests/helpers/sample-capture.h"

#define OF_WINDOWS "\x02\x04\x05\xb4\x01\x03\x03\x08\x01\x01\x04\x02"
#define OF_LINUX "\x02\x04\x05\xb4\x04\x02\x08\x0a\1\1\1\1\0\0\0\0\x01\x03\x03\x07"
#define OF_APPLE "\x02\x04\x05\xb4\x01\x03\x03\x05\x01\x01\x08\x0a\1\1\1\1\0\0\0\0\x04\x02\0\0"

static const char shapes[] =
  "; a comment\n"
  "classes = win,unix,other\n"
  "[mtu]\n"
  "label = Ethernet\n"
  "sig = 1500\n"
  "[tcp:request]\n"
  "label = g:unix:Linux:any\n"
  "sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0\n"
  "label = s:unix:Linux:3.11 and newer\n"
  "sig = *:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0\n"
  "label = s:!:NMap:SYN scan\n"
  "sig = *:128:0:*:*,*:mss,nop,ws,nop,nop,sok:df:0\n"
  "label = s:other:Odd:\n"
  "sig = *:255:0:1400:%4096,0:mss,nop,?19:df:0\n"
  "sig = nonsense\n"
  "sig = *:64-:0:*:*,*:mss,nop,nop,sok:df:0\n"
  "[tcp:response]\n"
  "label = s:other:Answers:1\n"
  "sig = *:64:0:*:mtu*2,0:mss,nop,nop,sok:df:0\n";

static const struct
{
  const char *name;
  const char *options;
  uint8_t length, ttl, flags;
  uint16_t window;
  const char *of_file, *of_ours; /* SOURCE: NAME; NULL: nothing */
} cases[] = {
  { "windows", OF_WINDOWS, 12, 128, ISTH_TCP_SYN, 64240, "tcp: Windows", "tcp: Windows" },
  { "windows-behind-routers", OF_WINDOWS, 12, 117, ISTH_TCP_SYN, 8192, "tcp: Windows", "tcp: Windows" },
  { "windows-with-a-TTL-of-Linux", OF_WINDOWS, 12, 64, ISTH_TCP_SYN, 64240, NULL, NULL },
  { "linux", OF_LINUX, 20, 64, ISTH_TCP_SYN, 29200, "p0f: Linux 3.11 and newer", "tcp: Linux" },
  { "linux-with-another-window", OF_LINUX, 20, 60, ISTH_TCP_SYN, 1000, "p0f: Linux any", "tcp: Linux" },
  { "apple", OF_APPLE, 24, 64, ISTH_TCP_SYN, 65535, "tcp: macOS or iOS", "tcp: macOS or iOS" },
  { "apple-with-longer-end", OF_APPLE "\0\0\0\0", 28, 64, ISTH_TCP_SYN, 65535, NULL, NULL },
  { "numbered-option", "\x02\x04\x05\x78\x01\x13\x03\x99", 8, 250, ISTH_TCP_SYN, 8192, "p0f: Odd", NULL },
  { "numbered-option-other-segment", "\x02\x04\x05\x79\x01\x13\x03\x99", 8, 250, ISTH_TCP_SYN, 8192, NULL, NULL },
  { "numbered-option-other-window", "\x02\x04\x05\x78\x01\x13\x03\x99", 8, 250, ISTH_TCP_SYN, 8191, NULL, NULL },
  { "answer", "\x02\x04\x05\xb4\x01\x01\x04\x02", 8, 64, ISTH_TCP_SYN | ISTH_TCP_ACK, 3000, "p0f: Answers 1", NULL },
  { "answer-is-no-question", "\x02\x04\x05\xb4\x01\x01\x04\x02", 8, 64, ISTH_TCP_SYN, 3000, NULL, NULL },
  { "segment-only", "\x02\x04\x05\xb4", 4, 64, ISTH_TCP_SYN, 8192, NULL, NULL },
  { "none", "", 0, 64, ISTH_TCP_SYN, 8192, NULL, NULL },
  { "lying-length", "\x02\x04\x05\xb4\x04\x40\x08\x0a", 8, 64, ISTH_TCP_SYN, 8192, NULL, NULL },
  { "length-of-nothing", "\x02\x04\x05\xb4\x04\x00\x08\x0a", 8, 64, ISTH_TCP_SYN, 8192, NULL, NULL },
  { "too-many", "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1", 40, 64, ISTH_TCP_SYN, 8192, NULL, NULL },
};

static uint64_t
note (const IsthObservation *o,
      void *user_data)
{
  GString *said = user_data;

  g_assert_cmpint (o->kind, ==, ISTH_OBSERVE_CLAIM);
  g_assert_cmpint (o->claim.attribute, ==, ISTH_ATTRIBUTE_OS);
  g_assert_cmpint (o->claim.confidence, ==, ISTH_CONFIDENCE_HINT);
  g_assert_cmpuint (o->evidence.offset, ==, 14 + 20 + 20);
  g_string_append_printf (said, "%s: %s\n", o->protocol, o->claim.value);
  return 0;
}

/* What @self says of row @i, asked twice, as from the host @host. */
static char *
ask (IsthSynShapes *self,
     size_t i,
     uint32_t host)
{
  uint32_t n = 14 + 20 + 20 + cases[i].length, ip = n - 14;
  uint8_t frame[14 + 20 + 20 + 40] = { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, (uint8_t) (ip >> 8), (uint8_t) ip };
  GString *said = g_string_new (NULL);
  const IsthSink sink = { .observe = note, .user_data = said };
  IsthPacket packet = { 0 };

  frame[14 + 8] = cases[i].ttl;
  frame[14 + 9] = 6;
  memcpy (frame + 14 + 12, ((const uint8_t[]){ 10, (uint8_t) (host >> 16), (uint8_t) (host >> 8), (uint8_t) host, 10, 0, 0, 2 }), 8);
  frame[34 + 12] = (uint8_t) ((20 + cases[i].length) / 4 << 4);
  frame[34 + 13] = cases[i].flags;
  frame[34 + 14] = (uint8_t) (cases[i].window >> 8);
  frame[34 + 15] = (uint8_t) cases[i].window;
  memcpy (frame + 54, cases[i].options, cases[i].length);
  g_assert_true (isth_decode_plain (&packet, frame, n, n));
  packet.frame = frame;
  packet.frame_length = n;
  for (int again = 0; again < 2; again++)
    isth_syn_shapes_look (self, &packet, true, &sink);
  if (said->len > 0)
    g_string_truncate (said, said->len - 1);
  return g_string_free (said, FALSE);
}

static void
test_shape (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  char *folder = isth_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "shapes.fp", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, shapes, -1, &error));
  for (int with = 0; with < 2; with++)
    {
      IsthSynShapes *self = isth_syn_shapes_new (with ? path : "/nonexistent/p0f.fp");
      g_autofree char *said = ask (self, i, 1);
      const char *expected = with ? cases[i].of_file : cases[i].of_ours;

      g_assert_cmpstr (said, ==, expected ? expected : "");
      isth_syn_shapes_free (self);
    }
  isth_test_remove_folder (folder);
}

/* Another host, or a new capture, is told of again. */
static void
test_again (void)
{
  IsthSynShapes *self = isth_syn_shapes_new (NULL);
  const uint8_t hosts[] = { 1, 1, 3, 1 };
  const char *const expected[] = { "tcp: Windows", "", "tcp: Windows", "tcp: Windows" };

  for (size_t i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *said = NULL;

      if (i == 3)
        isth_syn_shapes_begin (self);
      said = ask (self, 0, hosts[i]);
      g_assert_cmpstr (said, ==, expected[i]);
    }
  isth_syn_shapes_free (self);
}

/* After so many hosts nobody else is told of. */
static void
test_ceiling (void)
{
  IsthSynShapes *self = isth_syn_shapes_new (NULL);
  uint32_t told = 0;

  for (uint32_t host = 0; host < ISTH_LIMIT_HINTS + 100; host++)
    {
      g_autofree char *said = ask (self, 0, host);

      told += said[0] != '\0';
    }
  g_assert_cmpuint (told, ==, ISTH_LIMIT_HINTS);
  isth_syn_shapes_free (self);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/syn-shapes/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_shape);
    }
  g_test_add_func ("/syn-shapes/again", test_again);
  g_test_add_func ("/syn-shapes/ceiling", test_ceiling);
  return g_test_run ();
}
