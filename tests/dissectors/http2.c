/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP/2: requests, hosts, programs, servers; padding and integers that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_http2;

static const IsthDissectCase cases[] = {
  { "session",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "0000060400*6 0300000064\n"
    "< 0000060400*6 0300000064\n"
    "0000390104000000018286448961091a6d47f9e600ff418daec2a10b97c8e9ae82dc780f037a8e9acac8b1180ae253faa0d55be7fb4082497f08 \"trailers\"\n"
    "< 000009010400000001887686849495812e1f\n"
    "< 000005000100000001 \"hello\"\n"
    "0000060104000000038286c1c0bfbe\n"
    "< 00000201040000000388be\n"
    "00001301040000000583845787ba51d85b141c644186081702e05c5f\n"
    "< 0000050104000000050803313030\n"
    "< 0000010104000000058d",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "software = grpc-c/1.2 (linux) (60)\n"
    "read - request (GET /status)\n"
    "software = Acme/2.1 (60)\n"
    "role http-server\n"
    "= ok\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "software = grpc-c/1.2 (linux) (60)\n"
    "read - request (GET /status)\n"
    "software = Acme/2.1 (60)\n"
    "= ok\n"
    "authenticate - login (credentials in clear)\n"
    "other - request (POST /)\n"
    "= refused: 404", .pieces = true },
  /* RFC 7541, C.4, and one more. */
  { "example-of-the-standard",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "000011010400000001828684418cf1e3c2e5f23a6ba0ab90f4ff\n"
    "00000c010400000003828684be5886a8eb10649cbf\n"
    "000018010400000005828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf\n"
    "000004010400000007828684c0",
    ISTH_DISSECT_OK,
    "role http-client\nhostname = www.example.com (75) about 10.0.0.2\nread - request (GET /)\nhostname = www.example.com (75) about 10.0.0.2\nread - request (GET /)\nhostname = www.example.com (75) about 10.0.0.2\nread - request (GET /index.html)\nhostname = www.example.com (75) about 10.0.0.2\nread - request (GET /)", .pieces = true },
  { "from-the-table",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "000021010400000001828644022f614109682e6578616d706c657a06746f6f6c2f314004782d69640137\n"
    "0000060104000000038286c1c0bfbe",
    ISTH_DISSECT_OK,
    "role http-client\nhostname = h.example (75) about 10.0.0.2\nsoftware = tool/1 (60)\nread - request (GET /a)\nhostname = h.example (75) about 10.0.0.2\nsoftware = tool/1 (60)\nread - request (GET /a)", .pieces = true },
  { "a-name-from-the-table",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "000021010400000001828644022f614109682e6578616d706c657a06746f6f6c2f314004782d69640137\n"
    "00000a01040000000382867f02022f62bec1c0",
    ISTH_DISSECT_OK,
    "role http-client\nhostname = h.example (75) about 10.0.0.2\nsoftware = tool/1 (60)\nread - request (GET /a)\nhostname = h.example (75) about 10.0.0.2\nsoftware = tool/1 (60)\nread - request (GET /b)", .pieces = true },
  { "block-in-three-frames",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "0000090101000000018286440a \"/long\" 00000b090000000001 \"/pathA\" 09 \"h.ex\" 00000d090400000001 \"amplez\" 06 \"tool/1\"\n"
    "0000050105000000038286c0bfbe",
    ISTH_DISSECT_OK, "role http-client\n"
    "hostname = h.example (75) about 10.0.0.2\n"
    "software = tool/1 (60)\n"
    "read - request (GET /long/path)\n"
    "hostname = h.example (75) about 10.0.0.2\n"
    "software = tool/1 (60)\n"
    "read - request (GET /long/path)", .pieces = true },
  { "pushed-block",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "0000090101000000018286440a \"/long\" 00000b090000000001 \"/pathA\" 09 \"h.ex\" 00000d090400000001 \"amplez\" 06 \"tool/1\"\n"
    "< 00001a0504000000010000000282864407 \"/pushedA\" 09 \"h.example\"\n"
    "< 000009010500000001887606 \"Acme/2\"\n"
    "0000050105000000038286c0bfbe\n"
    "< 00000201050000000388be",
    ISTH_DISSECT_OK, "role http-client\n"
    "hostname = h.example (75) about 10.0.0.2\n"
    "software = tool/1 (60)\n"
    "read - request (GET /long/path)\n"
    "software = Acme/2 (60)\n"
    "role http-server\n"
    "= ok\n"
    "hostname = h.example (75) about 10.0.0.2\n"
    "software = tool/1 (60)\n"
    "read - request (GET /long/path)\n"
    "software = Acme/2 (60)\n"
    "= ok", .pieces = true },
  { "table-emptied",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "000021010400000001828644022f614109682e6578616d706c657a06746f6f6c2f314004782d69640137\n"
    "000005010400000003208286c1c0",
    ISTH_DISSECT_OK,
    "role http-client\nhostname = h.example (75) about 10.0.0.2\nsoftware = tool/1 (60)\nread - request (GET /a)\nread - request (GET)", .pieces = true },
  { "table-made-small",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "000021010400000001828644022f614109682e6578616d706c657a06746f6f6c2f314004782d69640137\n"
    "0000070104000000033f3b8286bfbec0",
    ISTH_DISSECT_OK,
    "role http-client\nhostname = h.example (75) about 10.0.0.2\nsoftware = tool/1 (60)\nread - request (GET /a)\nsoftware = tool/1 (60)\nread - request (GET)", .pieces = true },
  { "entry-larger-than-the-table",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "000021010400000001828644022f614109682e6578616d706c657a06746f6f6c2f314004782d69640137\n"
    "0000090104000000033f0944052f6c6f6e67\n"
    "00000201040000000582be",
    ISTH_DISSECT_OK,
    "role http-client\nhostname = h.example (75) about 10.0.0.2\nsoftware = tool/1 (60)\nread - request (GET /a)\nread - request (/long)\nread - request (GET)", .pieces = true },
  { "login-not-kept",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "000015010400000001828644022f61570d42656172657220736563726574\n"
    "00000301040000000382bfbe",
    ISTH_DISSECT_OK,
    "role http-client\nauthenticate - login (credentials in clear)\nread - request (GET /a)\nauthenticate - login (credentials in clear)\nread - request (GET /a)", .pieces = true },
  { "goes-on",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "000021010000000001828644022f614109682e6578616d706c657a06746f6f6c2f314004782d69640137"
    "0000050904000000014001790131\n"
    "0000040104000000038286c1c0",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "hostname = h.example (75) about 10.0.0.2\n"
    "software = tool/1 (60)\n"
    "read - request (GET /a)\n"
    "hostname = h.example (75) about 10.0.0.2\n"
    "software = tool/1 (60)\n"
    "read - request (GET)", .pieces = true },
  { "string-that-is-not-known",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "000021010400000001828644022f614109682e6578616d706c657a06746f6f6c2f314004782d69640137\n"
    "000007010400000003824484ffffffff\n"
    "00000201040000000582bf",
    ISTH_DISSECT_OK,
    "role http-client\nhostname = h.example (75) about 10.0.0.2\nsoftware = tool/1 (60)\nread - request (GET /a)\nread - request (GET)\nread - request (GET)", .pieces = true },
  { "padded",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "00000a012c0000000702000000000782840000",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - request (GET /)", .pieces = true },
  { "padding-lies",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "000002010c00000009ff82",
    ISTH_DISSECT_MALFORMED,
    "", .pieces = true },
  { "integer-lies",
    "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a\n"
    "00000901040000000b7fffffffff0f616263\n"
    "00000601040000000d20824482ffff",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - request\n"
    "read - request (GET)", .pieces = true },
  { "frame-alone",
    "0000390104000000018286448961091a6d47f9e600ff418daec2a10b97c8e9ae82dc780f037a8e9acac8b1180ae253faa0d55be7fb4082497f08 \"trailers\"",
    ISTH_DISSECT_NOT_MINE,
    "", .pieces = true },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"PRI * HTTP/2.0\" 0d0a0d0a534d0d0a0d0a", ISTH_PROBE_STRONG },
    { "\"PRI * HTTP/2.0\" 0d0a0d0a534d", ISTH_PROBE_NO },
    { "0000390104000000018286448961091a6d47f9e600ff418daec2a10b97c8e9ae82dc780f037a8e9acac8b1180ae253faa0d55be7fb4082497f08 \"trailers\"", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_http2, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_http2, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/http2/probe", test_probe);
  return g_test_run ();
}
