/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EtherNet/IP encapsulation: sessions, lists, messages with and without a connection, and what looks like it. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_enip;

#define CONTEXT " 0102030405060708 00000000 "
#define SESSION "78563412 00000000" CONTEXT
#define IDENTITY "0100 0e00 3700 140b 3000 78563412 08 \"1756-L61\" 03"
#define IDENTITY_CLAIMS "vendor = Rockwell Automation/Allen-Bradley (90)\ndevice_type = Programmable Logic Controller (90)" \
  "\nproduct_code = 55 (90)\nfirmware = 20.11 (90)\nserial = 0x12345678 (90)\nmodel = 1756-L61 (90)"
/* One unconnected message of six bytes: a null address item and the message. */
#define ASK_IDENTITY "6f00 1600" SESSION "00000000 0a00 0200 0000 0000 b200 0600 01 02 2001 2401"
/* Opens a connection to a slot; both sides' ids and the serial number are given. */
#define OPEN(serial, slot, to_originator) \
  "6f00 4000" SESSION "00000000 0a00 0200 0000 0000 b200 3000 54 02 2006 2401 0a0e 00000000" to_originator serial \
  "4d00 78563412 00000000 80841e00 f443 80841e00 f443 a3 03 01" slot "2002 2401"
#define OPENED(serial, to_target, to_originator) \
  "\n< 6f00 2e00" SESSION "00000000 0000 0200 0000 0000 b200 1e00 d4 00 00 00" to_target to_originator serial \
  "4d00 78563412 80841e00 80841e00 00 00"
#define CONNECTED(id, sequence) "7000 1c00 78563412 00000000 00*8 00000000 00000000 0000 0200 a100 0400" id "b100 0800" sequence "01 02 2001 2401"
#define ANSWERED(id, sequence) \
  "\n< 7000 1a00 78563412 00000000 00*8 00000000 00000000 0000 0200 a100 0400" id "b100 0600" sequence "81 00 08 00"

static const IsthDissectCase cases[] = {
  { "legacy-address-query",
    "0100 0000 00*20\n0400 0000 00*20\n"
    "< 0100 2a00 00*20 0100 0100 2400 01000000 0002af12 c0a80a78 00*8 \"192.168.10.120\" 0000\n"
    "< 0400 1a00 00*20 0100 0001 1400 0100 2000 \"Communications\" 0000",
    ISTH_DISSECT_OK,
    "identify 1 legacy-address-query\n"
    "identify 4 list-services\n"
    "= ok\n"
    "= ok", .tcp = true },
  { "session", "6500 0400 00000000 00000000" CONTEXT "0100 0000\n< 6500 0400" SESSION "0100 0000", ISTH_DISSECT_OK,
    "other 101 register-session\n= ok" },
  { "session-refused", "6500 0400 00000000 00000000" CONTEXT "0900 0000\n< 6500 0400 00000000 69000000" CONTEXT "0100 0000", ISTH_DISSECT_OK,
    "other 101 register-session\n= refused: unsupported protocol revision" },
  { "session-ends", "6600 0000" SESSION, ISTH_DISSECT_OK, "other 102 unregister-session" },
  { "nop", "0000 0000 00000000 00000000" CONTEXT, ISTH_DISSECT_OK, "" },
  { "services", "0400 0000 00000000 00000000" CONTEXT
    "\n< 0400 1a00 00000000 00000000" CONTEXT "0100 0001 1400 0100 2000 \"Communications\" 0000", ISTH_DISSECT_OK,
    "identify 4 list-services\n= ok" },
  { "interfaces", "6400 0000 00000000 00000000" CONTEXT "\n< 6400 0200 00000000 00000000" CONTEXT "0000", ISTH_DISSECT_OK,
    "identify 100 list-interfaces\n= ok" },
  /* Without a body, but with a status: an answer all the same. */
  { "list-refused", "6400 0000 00000000 00000000" CONTEXT "\n< 6400 0000 00000000 01000000" CONTEXT, ISTH_DISSECT_OK,
    "identify 100 list-interfaces\n= refused: invalid command" },
  { "identity", "6300 0000 00000000 00000000" CONTEXT
    "\n< 6300 3000 00000000 00000000" CONTEXT "0100 0c00 2a00 0100 0002 af12 0a000002 00*8 " IDENTITY, ISTH_DISSECT_OK,
    "identify 99 list-identity\n= ok\n" IDENTITY_CLAIMS },
  { "identity-secure", "< 6300 3900 00000000 00000000" CONTEXT "0200 0c00 2a00 0100 0002 af12 0a000002 00*8 " IDENTITY " 8600 0500 0300 02 02 18",
    ISTH_DISSECT_OK, IDENTITY_CLAIMS "\nrole cip-security" },
  { "identity-not-secured", "< 6300 3900 00000000 00000000" CONTEXT "0200 0c00 2a00 0100 0002 af12 0a000002 00*8 " IDENTITY " 8600 0500 0300 00 00 1f",
    ISTH_DISSECT_OK, IDENTITY_CLAIMS },
  { "identity-unasked", "< 6300 3000 00000000 00000000" CONTEXT "0100 0c00 2a00 0100 0002 af12 0a000002 00*8 " IDENTITY, ISTH_DISSECT_OK,
    IDENTITY_CLAIMS },
  { "identity-name-lies", "< 6300 2700 00000000 00000000" CONTEXT
    "0100 0c00 2100 0100 0002 af12 0a000002 00*8 0100 0e00 3700 140b 3000 78563412 40", ISTH_DISSECT_MALFORMED,
    "vendor = Rockwell Automation/Allen-Bradley (90)\ndevice_type = Programmable Logic Controller (90)"
    "\nproduct_code = 55 (90)\nfirmware = 20.11 (90)\nserial = 0x12345678 (90)" },

  { "unconnected", ASK_IDENTITY "\n< 6f00 1400" SESSION "00000000 0000 0200 0000 0000 b200 0400 81 00 08 00", ISTH_DISSECT_OK,
    "cip: identify 1 get-attributes-all (Identity 1)\ncip: = refused: service not supported" },
  { "unconnected-mid-stream", ASK_IDENTITY "\n< 6f00 1400" SESSION "00000000 0000 0200 0000 0000 b200 0400 81 00 08 00", ISTH_DISSECT_OK,
    "cip: identify 1 get-attributes-all (Identity 1)\ncip: = refused: service not supported", .mid_stream = true },
  { "answer-to-another", ASK_IDENTITY "\n< 6f00 1400 78563412 00000000 99*8 00000000 00000000 0000 0200 0000 0000 b200 0400 81 00 08 00",
    ISTH_DISSECT_OK, "cip: identify 1 get-attributes-all (Identity 1)" },
  { "refused-as-a-whole", ASK_IDENTITY "\n< 6f00 0000 78563412 64000000" CONTEXT, ISTH_DISSECT_OK,
    "cip: identify 1 get-attributes-all (Identity 1)" },
  { "connected", CONNECTED ("11220000", "0100") ANSWERED ("01000180", "0100"), ISTH_DISSECT_OK,
    "cip: identify 1 get-attributes-all (Identity 1)\ncip: = refused: service not supported" },
  { "connected-to-slots", OPEN ("0100", "03", "01000180") OPENED ("0100", "11220000", "01000180") "\n> " OPEN ("0200", "04", "02000180")
      OPENED ("0200", "12220000", "02000180") "\n> " CONNECTED ("11220000", "0100") "\n> " CONNECTED ("12220000", "0100")
      ANSWERED ("01000180", "0100") ANSWERED ("02000180", "0100"),
    ISTH_DISSECT_OK,
    "cip: other 84 forward-open (messages to Message Router 1) @cip-slot:3\ncip: = ok"
    "\ncip: other 84 forward-open (messages to Message Router 1) @cip-slot:4\ncip: = ok"
    "\ncip: identify 1 get-attributes-all (Identity 1) @cip-slot:3"
    "\ncip: identify 1 get-attributes-all (Identity 1) @cip-slot:4\ncip: = refused: service not supported"
    "\ncip: = refused: service not supported" },
  /* A target counts its connections up from 1, an originator, too: the same number means two things. */
  { "same-id-both-ways", OPEN ("0100", "03", "02000000") OPENED ("0100", "01000000", "02000000") "\n> " OPEN ("0200", "04", "01000000")
      OPENED ("0200", "02000000", "01000000") "\n> " CONNECTED ("01000000", "0500") "\n> " CONNECTED ("02000000", "0500"),
    ISTH_DISSECT_OK,
    "cip: other 84 forward-open (messages to Message Router 1) @cip-slot:3\ncip: = ok"
    "\ncip: other 84 forward-open (messages to Message Router 1) @cip-slot:4\ncip: = ok"
    "\ncip: identify 1 get-attributes-all (Identity 1) @cip-slot:3"
    "\ncip: identify 1 get-attributes-all (Identity 1) @cip-slot:4" },
  { "id-used-again", OPEN ("0100", "03", "01000180") OPENED ("0100", "11220000", "01000180") "\n> " OPEN ("0200", "04", "02000180")
      OPENED ("0200", "11220000", "02000180") "\n> " CONNECTED ("11220000", "0100"),
    ISTH_DISSECT_OK,
    "cip: other 84 forward-open (messages to Message Router 1) @cip-slot:3\ncip: = ok"
    "\ncip: other 84 forward-open (messages to Message Router 1) @cip-slot:4\ncip: = ok"
    "\ncip: identify 1 get-attributes-all (Identity 1) @cip-slot:4" },

  /* Over a connection without messages stands what a message cannot be. */
  { "connected-other", "7000 1800 78563412 00000000 00*8 00000000 00000000 0000 0200 a100 0400 11220000 b100 0400 0100 ffff", ISTH_DISSECT_OK, "" },
  { "items-lie", "6f00 1200" SESSION "00000000 0a00 0200 0000 0000 b200 4000 01 02", ISTH_DISSECT_MALFORMED, "" },
  { "more-items-than-there-are", "6f00 1600" SESSION "00000000 0a00 ffff 0000 0000 b200 0600 01 02 2001 2401", ISTH_DISSECT_MALFORMED,
    "cip: identify 1 get-attributes-all (Identity 1)" },
  { "cut-short", "6500 0400", ISTH_DISSECT_MALFORMED, "" },
  { "not-enip", "1703 0300 20aa bbcc ddee ff00 1122 3344 5566 7788 99aa bbcc", ISTH_DISSECT_NOT_MINE, "" },
  { "options", "6500 0400 00000000 00000000 00*8 01000000 0100 0000", ISTH_DISSECT_NOT_MINE, "" },
};

static const struct
{
  const char *bytes;
  IsthLayer layer;
  IsthProbe probe;
  uint32_t length;
} probes[] = {
  { "6500 0400 00000000 00000000 00*8 00000000 0100 0000", ISTH_LAYER_TCP, ISTH_PROBE_STRONG, 28 },
  { "6500 0600 00000000 00000000 00*8 00000000 0100 0000 0000", ISTH_LAYER_TCP, ISTH_PROBE_NO, 30 },
  { "6f00 0500 00000000 00000000 00*8 00000000", ISTH_LAYER_TCP, ISTH_PROBE_NO, 29 },
  { "6300 0000 00000000 00000000 00*8 00000000", ISTH_LAYER_UDP, ISTH_PROBE_STRONG, 24 },
  { "6300 0000 00000000 00000000 00*8 00000000 00", ISTH_LAYER_UDP, ISTH_PROBE_NO, 24 },
  { "6300 0000 00000000 ff000000 00*8 00000000", ISTH_LAYER_UDP, ISTH_PROBE_NO, 24 },
  { "00*24", ISTH_LAYER_TCP, ISTH_PROBE_WEAK, 24 },
  /* Cyclic data over UDP 2222 (class 1) has items without a header. */
  { "0200 0280 0800 11220000 01000000 b100 0600 0100 00000000 00*8", ISTH_LAYER_UDP, ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "6500 0400", ISTH_LAYER_TCP, ISTH_PROBE_NO, 28 },
  { "6500 04", ISTH_LAYER_TCP, ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "1703 0300", ISTH_LAYER_TCP, ISTH_PROBE_NO, ISTH_PDU_INVALID },
};

static void
test_probe (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (probes[i].bytes);
      IsthPacket packet = { .layer = probes[i].layer };
      IsthCursor c = isth_cursor_new (bytes->data, bytes->len, bytes->len);

      g_assert_cmpint (isth_dissector_enip.probe (c, &packet), ==, probes[i].probe);
      g_assert_cmpuint (isth_dissector_enip.pdu_length (c), ==, probes[i].length);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_enip, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/enip/probe", test_probe);
  return g_test_run ();
}
