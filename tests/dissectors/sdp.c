/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session descriptions: media, where they go and how they are coded; too many, cut and lying ones. */
#include "analysis/dissectors/sdp.h"

#define HEAD "v=0\r\no=bob 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\n"

static const struct { const char *name, *text, *media; uint64_t memo; } cases[] = {
  { "fixed", HEAD "m=audio 49170 RTP/AVP 0 8\r\n", "audio PCMU at 10.0.0.1 port 49170", 0 },
  { "coded", HEAD "m=video 51372 RTP/AVP 99\r\na=rtpmap:98 VP8/90000\r\na=rtpmap:99 H264/90000\r\n", "video H264/90000 at 10.0.0.1 port 51372", 1 << 8 | 99 },
  { "own-address", HEAD "m=audio 2 RTP/AVP 8\nc=IN IP4 239.1.2.3/127\n", "audio PCMA at 239.1.2.3 port 2", 8 },
  { "elsewhere", "v=0\nm=video 0 RTP/AVP 96\n", "video type 96", 96 },
  { "none", HEAD, "", 0 },
  { "not-one", "<xml>m=audio 1 RTP/AVP 0</xml>\n", "", 0 },
  { "nothing-told", "v=0\nm=\nm=a\nc=\na=rtpmap:\n", "a PCMU", 0 },
  { "numbers-lie", "v=0\nm=audio 99999999999 RTP/AVP 99999\n", "audio type 255 at port 65535", 255 },
  { "many", "v=0\nm=a 1 R 0\nm=b 1 R 0\nm=c 1 R 0\nm=d 1 R 0\nm=e 1 R 0\n", "a PCMU at port 1; b PCMU at port 1; c PCMU at port 1; d PCMU at port 1", 0 },
};

static void
test_case (const void *data)
{
  size_t i = GPOINTER_TO_SIZE (data), length = strlen (cases[i].text);
  g_autoptr(GString) got = g_string_new (NULL);

  for (uint32_t cut = 0; cut <= length; cut++)
    {
      g_autofree char *bytes = g_memdup2 (cases[i].text, cut);
      IsthSdpMedia media[ISTH_SDP_MEDIA];
      uint32_t n = isth_sdp_read (isth_cursor_new (bytes, cut, cut), media);
      char text[ISTH_LIMIT_TEXT];

      g_assert_cmpuint (n, <=, ISTH_SDP_MEDIA);
      for (uint32_t k = 0; cut == length && k < n; k++)
        g_string_append_printf (got, "%s%s", k ? "; " : "", isth_sdp_describe (&media[k], text, sizeof text));
      if (cut == length && n > 0)
        g_assert_cmpuint (isth_sdp_make_memo (&media[0]), ==, cases[i].memo);
    }
  g_assert_cmpstr (got->str, ==, cases[i].media);
}

static void
test_coding (void)
{
  g_assert_cmpstr (isth_sdp_get_coding (1 << 8 | 99, 99), ==, "H264");
  g_assert_null (isth_sdp_get_coding (1 << 8 | 99, 98));
  g_assert_null (isth_sdp_get_coding (0xff << 8 | 99, 99));
  g_assert_cmpstr (isth_sdp_type_name (8), ==, "PCMA");
  g_assert_null (isth_sdp_type_name (96));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sdp/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/sdp/coding", test_coding);
  return g_test_run ();
}
