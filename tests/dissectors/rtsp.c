/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RTSP: streams that are asked for, logins (never the password, not in the URL either), what is streamed in between. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_rtsp;

static const IsthDissectCase cases[] = {
  { "login",
    "\"DESCRIBE rtsp://bob:secret@cam/1?tok=2 RTSP/1.0\" 0d0a \"CSeq: 2\" 0d0a \"User-Agent: Viewer/3.0\" 0d0a0d0a\n"
    "< \"RTSP/1.0 401 Unauthorized\" 0d0a \"CSeq: 2\" 0d0a \"Server: Acme Cam/1.2\" 0d0a \"WWW-Authenticate: Basic realm=\" "
    "2263616d220d0a0d0a\n"
    "\"DESCRIBE rtsp://cam/1 RTSP/1.0\" 0d0a \"CSeq: 3\" 0d0a \"Authorization: Basic Ym9iOnNlY3JldA==\" 0d0a0d0a\n"
    "< \"RTSP/1.0 200 OK\" 0d0a \"CSeq: 3\" 0d0a \"Content-Length: 5\" 0d0a0d0a763d300d0a\n"
    "\"SETUP rtsp://cam/1/t RTSP/1.0\" 0d0a \"CSeq: 4\" 0d0a \"Authorization: Basic Ym9iOnNlY3JldA==\" 0d0a0d0a\n"
    "< \"RTSP/1.0 200 OK\" 0d0a \"CSeq: 4\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role rtsp-client\n"
    "software = Viewer/3.0 (60)\n"
    "identify - DESCRIBE (rtsp://cam/1)\n"
    "role rtsp-server\n"
    "software = Acme Cam/1.2 (60)\n"
    "realm = Basic realm=\"cam\" (90)\n"
    "= refused: 401 Unauthorized\n"
    "authenticate - basic-login (user “bob”, password in clear (under 8 characters))\n"
    "identify - DESCRIBE (rtsp://cam/1)\n"
    "= ok\n"
    "subscribe - SETUP (rtsp://cam/1/t)\n"
    "= ok" },
  { "interleaved",
    "\"PLAY rtsp://cam/1 RTSP/1.0\" 0d0a \"CSeq: 5\" 0d0a \"Authorization: Digest username=\" 22616d79220d0a0d0a\n"
    "< \"RTSP/1.0 100 Continue\" 0d0a \"CSeq: 5\" 0d0a0d0a\n"
    "< 24000004 \"abcd\"\n"
    "< 24000010 80600001 00000001 deadbeef a5*4\n"
    "< 24000010 80e00002 00000002 deadbeef a5*4\n"
    "< 2401000c 80c80001 deadbeef a5*4\n"
    "< 24020010 80080001 00000001 00c0ffee a5*4\n"
    "24000004 \"abcd\"",
    ISTH_DISSECT_OK,
    "role rtsp-client\n"
    "authenticate - digest-login (user “amy”)\n"
    "read - PLAY (rtsp://cam/1)\n"
    "role rtsp-server\n"
    "rtp: report 96 stream (channel 0, payload type 96)\n"
    "rtp: report 96 stream (channel 0, payload type 96)\n"
    "rtp: report 8 stream (channel 2, payload type 8)", .pieces = true },
  { "options",
    "\"OPTIONS * RTSP/1.0\" 0d0a \"CSeq: 1\" 0d0a \"Authorization: NTLM x\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role rtsp-client\n"
    "other - OPTIONS (*)" },
  { "stream-alone",
    "< 24000004 \"abcd\"",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
  { "no-target",
    "\"PLAY RTSP/1.0\" 0d0a0d0a",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"DESCRIBE rtsp://bob:secret@cam/1?tok=2 RTSP/1.0\" 0d0a \"CSeq: 2\" 0d0a \"User-Agent: Viewer/3.0\" 0d0a0d0a", ISTH_PROBE_STRONG },
    { "\"RTSP/1.0 401 Unauthorized\" 0d0a \"CSeq: 2\" 0d0a \"Server: Acme Cam/1.2\" 0d0a \"WWW-Authenticate: Basic realm=\" 2263616d220d0a0d0a", ISTH_PROBE_STRONG },
    { "\"OPTIONS * HTTP/1.1\" 0d0a0d0a", ISTH_PROBE_NO },
    { "\"PLAY rtsp://x\"", ISTH_PROBE_NO },
    { "24000004 \"abcd\"", ISTH_PROBE_NO },
    { "01*20", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_rtsp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_rtsp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/rtsp/probe", test_probe);
  return g_test_run ();
}
