/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Niagara Fox: greetings, logins without their credentials, channels; blobs that hold or lie about the end. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_fox;

static const IsthDissectCase cases[] = {
  { "hello",
    "\"fox a 1 -1 fox hello\" 0a \"{\" 0a \"fox.version=s:1.0\" 0a \"hostName=s:a\" 0a \"app.name=s:Station\" 0a \"app.version=s:4.1\" 0a \"station.name=s:Hall\" 0a \"hostId=s:Qnx-TITAN-1\" 0a \"};;\" 0a\n"
    "< \"fox a 0 -1 fox hello\" 0a \"{\" 0a \"hostName=s:b\" 0a \"};;\" 0a",
    ISTH_DISSECT_OK,
    "hostname = a (90)\n"
    "station = Hall (90)\n"
    "serial = Qnx-TITAN-1 (90)\n"
    "product_code = TITAN (90)\n"
    "software = Station 4.1 (90)\n"
    "firmware = 4.1 (90)\n"
    "identify - hello\n"
    "= ok\n"
    "role fox-server\n"
    "role fox-client about 10.0.0.1\n"
    "hostname = b (90)" },
  /* The version of the protocol is nobody's software; a machine, a system and its version are one thing each. */
  { "versions",
    "\"fox a 1 -1 fox hello\" 0a \"{\" 0a \"fox.version=s:1.0\" 0a \"vm.name=s:J9\" 0a \"vm.version=s:2.3\" 0a \"os.name=s:QNX\" 0a \"os.version=s:6.3.2\" 0a \"};;\" 0a",
    ISTH_DISSECT_OK,
    "os = QNX 6.3.2 (90)\n"
    "software = J9 2.3 (90)\n"
    "identify - hello" },
  { "hello-mid-stream",
    "\"fox a 1 -1 fox hello\" 0a \"{\" 0a \"hostName=s:a\" 0a \"os.name=s:QNX\" 0a \"};;\" 0a",
    ISTH_DISSECT_OK,
    "hostname = a (90)\n"
    "os = QNX (90)\n"
    "identify - hello", .mid_stream = true },
  { "workbench",
    "\"fox a 1 -1 fox hello\" 0a \"{\" 0a \"app.name=s:Workbench\" 0a \"app.version=s:4.9\" 0a \"brandId=s:acme\" 0a \"};;\" 0a",
    ISTH_DISSECT_OK,
    "software = Workbench 4.9 (acme) (90)\n"
    "role engineering\n"
    "identify - hello" },
  { "no-texts",
    "\"fox a 1 -1 fox hello\" 0a \"{\" 0a \"hostName=i:7\" 0a \"hostId=s:Qnx\" 0a \"brandId=s:\" 0a \"};;\" 0a",
    ISTH_DISSECT_OK,
    "serial = Qnx (90)\n"
    "identify - hello" },
  { "login",
    "\"fox a 2 -1 fox login\" 0a \"{\" 0a \"username=s:bob\" 0a \"password=s:secret\" 0a \"};;\" 0a\n"
    "< \"fox a 2 -1 fox rejected\" 0a \"{\" 0a  \"};;\" 0a",
    ISTH_DISSECT_OK,
    "authenticate - login (user bob, password in clear (under 8 characters))\n"
    "= refused: rejected\n"
    "role fox-server\n"
    "role fox-client about 10.0.0.1" },
  { "challenge",
    "< \"fox a 1 -1 fox challenge\" 0a \"{\" 0a \"method=s:digest-md5\" 0a \"};;\" 0a",
    ISTH_DISSECT_OK,
    "role fox-server\n"
    "role fox-client about 10.0.0.1\n"
    "authenticate - challenge (digest-md5)" },
  { "challenge-met",
    "< \"fox a 1 -1 fox challenge\" 0a \"{\" 0a \"method=s:scram-sha256\" 0a \"nonce=b:4[ab\" 0a \"]]\" 0a \"};;\" 0a\n"
    "\"fox a 2 -1 fox authenticate\" 0a \"{\" 0a \"method=s:scram-sha256\" 0a \"username=s:eve\" 0a \"};;\" 0a\n"
    "< \"fox a 2 -1 fox authenticated\" 0a \"{\" 0a \"};;\" 0a",
    ISTH_DISSECT_OK,
    "role fox-server\n"
    "role fox-client about 10.0.0.1\n"
    "authenticate - challenge (scram-sha256)\n"
    "= ok\n"
    "authenticate - authenticate (scram-sha256, user eve)\n"
    "= ok\n"
    "role fox-server\n"
    "role fox-client about 10.0.0.1" },
  { "channel",
    "\"fox s 4 -1 file get\" 0a \"{\" 0a \"x=s:y\" 0a \"};;\" 0a\n"
    "< \"fox r 4 4 file get\" 0a \"{\" 0a  \"};;\" 0a\n"
    "< \"fox e 5 4 file get\" 0a \"{\" 0a  \"};;\" 0a",
    ISTH_DISSECT_OK,
    "other - message (file get)" },
  { "blob-with-an-end",
    "\"fox a 2 -1 fox authenticate\" 0a \"{\" 0a \"credentials=b:6[\" 0a \"};;\" 0a \"!]\" 0a \"username=s:eve\" 0a \"cookie=s:secret\" 0a \"};;\" 0a",
    ISTH_DISSECT_OK,
    "authenticate - authenticate (user eve)" },
  { "blob-lies",
    "\"fox a 2 -1 fox authenticate\" 0a \"{\" 0a \"credentials=b:99[x]\" 0a \"};;\" 0a",
    ISTH_DISSECT_MALFORMED,
    "authenticate - authenticate" },
  { "no-brace",
    "\"fox a 2 -1 fox hello\" 0a \"x=y\" 0a \"};;\" 0a",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "too-few-words",
    "\"fox a 2\" 0a \"{\" 0a \"};;\" 0a",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-short",
    "\"fox a 1 -1 fox hello\" 0a \"{\" 0a \"hostName=s:\" ",
    ISTH_DISSECT_MALFORMED,
    "identify - hello" },
  { "not-fox",
    "\"GET / HTTP/1.1\" 0d0a",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and where it says a PDU ends. */
static const IsthProbeCase probes[] = {
  { "\"fox a 1 -1 fox hello\" 0a \"{\" 0a \"};;\" 0a", ISTH_PROBE_STRONG, 27 },
  { "\"fox a 1 -1 fox hello\" 0a \"{\" 0a \"x=s:y\" 0a", ISTH_PROBE_STRONG, ISTH_PDU_MORE },
  { "\"fox a 1 -1 fox hello\"", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "\"fox\" 00", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "\"foxes are no fox\" 0a", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "\"fox a 1 -1 fox hello\" 0a \"{\" 0a \"nonsense\" 0a \"};;\" 0a", ISTH_PROBE_STRONG, ISTH_PDU_INVALID },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_fox, &(IsthPacket) { .layer = ISTH_LAYER_TCP, .source_port = 40000, .target_port = 0 }, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_fox, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/fox/probe", test_probe);
  return g_test_run ();
}
