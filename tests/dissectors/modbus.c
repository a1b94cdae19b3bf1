/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each Modbus function, asked, answered and refused; what units say they are; and PDUs that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_modbus;

#define CLIENT "role modbus-client\n"
#define SERVER "\nrole modbus-server"
#define UNIT17 "\nchild modbus-unit:17"

static const IsthDissectCase cases[] = {
  { "read-coils", "0001 0000 0006 11 01 0013 0025\n< 0001 0000 0008 11 01 05 cd6bb20e1b", ISTH_DISSECT_OK,
    CLIENT "read 1 read-coils (coils 19–55) @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "read-discrete-inputs", "0001 0000 0006 ff 02 00c4 0016\n< 0001 0000 0006 ff 02 03 acdb35", ISTH_DISSECT_OK,
    CLIENT "read 2 read-discrete-inputs (discrete inputs 196–217)\n= ok" SERVER },
  { "read-holding-registers", "0001 0000 0006 00 03 0000 000a\n< 0001 0000 0017 00 03 14 00*20", ISTH_DISSECT_OK,
    CLIENT "read 3 read-holding-registers (holding registers 0–9)\n= ok" SERVER },
  { "read-input-registers", "0001 0000 0006 00 04 0008 0001\n< 0001 0000 0005 00 04 02 000a", ISTH_DISSECT_OK,
    CLIENT "read 4 read-input-registers (input registers 8)\n= ok" SERVER },
  { "write-single-coil", "0001 0000 0006 00 05 00ac ff00\n< 0001 0000 0006 00 05 00ac ff00", ISTH_DISSECT_OK,
    CLIENT "write 5 write-single-coil (coils 172)\n= ok" SERVER },
  { "write-single-register", "0001 0000 0006 00 06 0001 0003\n< 0001 0000 0006 00 06 0001 0003", ISTH_DISSECT_OK,
    CLIENT "write 6 write-single-register (holding registers 1)\n= ok" SERVER },
  { "read-exception-status", "0001 0000 0002 00 07\n< 0001 0000 0003 00 07 6d", ISTH_DISSECT_OK,
    CLIENT "diagnose 7 read-exception-status\n= ok" SERVER },
  { "echo", "0001 0000 0006 00 08 0000 a537\n< 0001 0000 0006 00 08 0000 a537", ISTH_DISSECT_OK,
    CLIENT "diagnose 8 return-query-data\n= ok" SERVER },
  { "restart", "0001 0000 0006 00 08 0001 0000", ISTH_DISSECT_OK, CLIENT "control 8 restart-communications" },
  { "listen-only", "0001 0000 0006 00 08 0004 0000", ISTH_DISSECT_OK, CLIENT "control 8 force-listen-only-mode" },
  { "clear-counters", "0001 0000 0006 00 08 000a 0000", ISTH_DISSECT_OK, CLIENT "configure 8 clear-counters" },
  { "diagnostics-unknown", "0001 0000 0006 00 08 0063 0000", ISTH_DISSECT_OK,
    CLIENT "diagnose 8 diagnostics (sub-function 99)" },
  { "comm-event-counter", "0001 0000 0002 00 0b\n< 0001 0000 0006 00 0b ffff 0108", ISTH_DISSECT_OK,
    CLIENT "diagnose 11 get-comm-event-counter\n= ok" SERVER },
  { "comm-event-log", "0001 0000 0002 00 0c\n< 0001 0000 000b 00 0c 08 0000 0108 0121 2000", ISTH_DISSECT_OK,
    CLIENT "diagnose 12 get-comm-event-log\n= ok" SERVER },
  { "write-multiple-coils", "0001 0000 0009 00 0f 0013 000a 02 cd01\n< 0001 0000 0006 00 0f 0013 000a", ISTH_DISSECT_OK,
    CLIENT "write 15 write-multiple-coils (coils 19–28)\n= ok" SERVER },
  { "write-multiple-registers", "0001 0000 000b 11 10 0001 0002 04 000a 0102\n< 0001 0000 0006 11 10 0001 0002",
    ISTH_DISSECT_OK, CLIENT "write 16 write-multiple-registers (holding registers 1–2) @modbus-unit:17\n= ok" SERVER UNIT17 },
  { "read-file-record", "0001 0000 0011 00 14 0e 06 0004 0001 0002 06 0003 0009 0002\n"
    "< 0001 0000 000f 00 14 0c 05 06 0dfe 0020 05 06 33cd 0040", ISTH_DISSECT_OK,
    CLIENT "read 20 read-file-record (file 4 records 1–2 and 1 more)\n= ok" SERVER },
  { "write-file-record", "0001 0000 0010 00 15 0d 06 0004 0007 0003 06af 04be 100d\n"
    "< 0001 0000 0010 00 15 0d 06 0004 0007 0003 06af 04be 100d", ISTH_DISSECT_OK,
    CLIENT "write 21 write-file-record (file 4 records 7–9)\n= ok" SERVER },
  { "write-file-record-lies", "0001 0000 0011 00 15 0e 06 0004 0007 ffff 06 0004 0007 0003", ISTH_DISSECT_OK,
    CLIENT "write 21 write-file-record (file 4 records 7–65541)" },
  { "mask-write-register", "0001 0000 0008 00 16 0004 00f2 0025\n< 0001 0000 0008 00 16 0004 00f2 0025", ISTH_DISSECT_OK,
    CLIENT "write 22 mask-write-register (holding registers 4)\n= ok" SERVER },
  { "read-write", "0001 0000 0011 00 17 0003 0006 000e 0003 06 00ff 00ff 00ff\n< 0001 0000 000f 00 17 0c 00*12", ISTH_DISSECT_OK,
    CLIENT "write 23 read-write-multiple-registers (holding registers read 3–8, write 14–16)\n= ok" SERVER },
  { "read-fifo", "0001 0000 0004 00 18 04de\n< 0001 0000 000a 00 18 0006 0002 01b8 1284", ISTH_DISSECT_OK,
    CLIENT "read 24 read-fifo-queue (FIFO 1246)\n= ok" SERVER },
  { "canopen", "0001 0000 0005 00 2b 0d 00 00", ISTH_DISSECT_OK, CLIENT "other 43 canopen-general-reference" },
  { "mei-unknown", "0001 0000 0003 00 2b 63", ISTH_DISSECT_OK, CLIENT "other 43 encapsulated-interface (MEI type 99)" },
  { "legacy", "0001 0000 0003 00 7e 00", ISTH_DISSECT_OK, CLIENT "program 126 program-584" },
  { "user-defined", "0001 0000 0003 00 41 00", ISTH_DISSECT_OK, CLIENT "other 65 user-defined" },
  { "unassigned", "0001 0000 0003 00 63 00\n< 0001 0000 0003 00 e3 01", ISTH_DISSECT_OK,
    CLIENT "other 99 unassigned\n= refused: illegal function" SERVER },

  /* 6.21: the vendor's URL, and objects above 6, which the vendor defines. */
  { "device-identification",
    "0001 0000 0005 00 2b 0e 03 00\n< 0001 0000 0033 00 2b 0e 03 83 00 00 06"
    "00 04 \"Acme\" 01 05 \"PM800\" 02 04 \"V1.2\" 05 07 \"Meter 8\" 03 08 \"acme.org\" 80 03 \"own\"",
    ISTH_DISSECT_OK,
    CLIENT "identify 43 read-device-identification (extended from object 0)\n= ok" SERVER
    "\nvendor = Acme (90)\nmodel = PM800 (80)\nproduct_code = PM800 (90)\nfirmware = V1.2 (90)\nmodel = Meter 8 (90)"
    "\nbanner = acme.org (60)\nbanner = object 128: own (60)" },
  { "device-identification-of-unit", "0001 0000 0005 07 2b 0e 01 00\n< 0001 0000 000e 07 2b 0e 01 81 00 00 01 00 04 \"Acme\"",
    ISTH_DISSECT_OK,
    CLIENT "identify 43 read-device-identification (basic from object 0) @modbus-unit:7\n= ok" SERVER
    "\nchild modbus-unit:7\nvendor = Acme (90) @modbus-unit:7" },
  { "device-identification-lies", "0001 0000 0005 00 2b 0e 01 00\n< 0001 0000 000e 00 2b 0e 01 81 00 00 09 00 04 \"Acme\"",
    ISTH_DISSECT_MALFORMED,
    CLIENT "identify 43 read-device-identification (basic from object 0)\n= ok" SERVER "\nvendor = Acme (90)" },

  /* The byte count is no part of the id, though Wireshark 4.0 shows it as the first byte of "modbus.data". */
  { "server-id", "0001 0000 0002 0a 11\n< 0001 0000 000d 0a 11 0a 00ff \"Wingpath\"", ISTH_DISSECT_OK,
    CLIENT "identify 17 report-server-id @modbus-unit:10\n= ok" SERVER "\nchild modbus-unit:10"
    "\nslave_id = Wingpath (90) @modbus-unit:10\nstate = run (90) @modbus-unit:10" },
  { "server-id-run-last", "0001 0000 0002 00 11\n< 0001 0000 000a 00 11 07 \"PM 800\" 00", ISTH_DISSECT_OK,
    CLIENT "identify 17 report-server-id\n= ok" SERVER "\nslave_id = PM 800 (90)\nstate = stop (90)" },
  { "server-id-binary", "0001 0000 0002 00 11\n< 0001 0000 0005 00 11 02 09 ff", ISTH_DISSECT_OK,
    CLIENT "identify 17 report-server-id\n= ok" SERVER "\nslave_id = 09ff (90)\nstate = run (90)" },

  /* What is inside is said as of its own protocol, beside the function that carries it. */
  { "umas", "0001 0000 0005 00 5a 05 41 ff\n< 0001 0000 0004 00 5a 05 fe", ISTH_DISSECT_OK,
    CLIENT "other 90 umas\numas: control 65 stop-plc\n= ok" SERVER "\numas: = ok\numas: state = stop (90)" },
  { "umas-of-unit", "0001 0000 0004 11 5a 00 10\n< 0001 0000 0004 11 5a 00 fd", ISTH_DISSECT_OK,
    CLIENT "other 90 umas @modbus-unit:17\numas: configure 16 take-reservation @modbus-unit:17\numas: role engineering\n= ok" SERVER UNIT17
    "\numas: = refused: error" },
  { "umas-long", "0001 0000 0105 00 5a 05 31 00*257", ISTH_DISSECT_OK, CLIENT "other 90 umas\numas: program 49 download-block (program)" },
  { "umas-short", "0001 0000 0003 00 5a 05", ISTH_DISSECT_OK, CLIENT "other 90 umas" },

  { "exception", "0001 0000 0006 11 03 0000 0001\n< 0001 0000 0003 11 83 02", ISTH_DISSECT_OK,
    CLIENT "read 3 read-holding-registers (holding registers 0) @modbus-unit:17\n= refused: illegal data address" SERVER UNIT17 },
  /* It dialled out, and its exceptions are too long by a byte: it is the server all the same. */
  { "exception-first", "0001 0000 0004 0a 81 06 00\n> 0001 0000 0005 0a 2a 0e0401", ISTH_DISSECT_OK, "role modbus-server\nchild modbus-unit:10" },
  { "exception-acknowledge", "0001 0000 0006 00 06 0000 0001\n< 0001 0000 0003 00 86 05", ISTH_DISSECT_OK,
    CLIENT "write 6 write-single-register (holding registers 0)\n= ok: acknowledge" SERVER },
  { "exception-unknown", "0001 0000 0006 00 06 0000 0001\n< 0001 0000 0003 00 86 63", ISTH_DISSECT_OK,
    CLIENT "write 6 write-single-register (holding registers 0)\n= refused: exception 99" SERVER },
  /* The gateway answers for a unit that does not: no such child. */
  { "gateway-no-unit", "0001 0000 0006 11 03 0000 0001\n< 0001 0000 0003 11 83 0b", ISTH_DISSECT_OK,
    CLIENT "read 3 read-holding-registers (holding registers 0) @modbus-unit:17"
    "\n= refused: gateway target device failed to respond" SERVER },
  { "units-once", "0001 0000 0006 11 03 0000 0001\n< 0001 0000 0005 11 03 02 0000\n"
    "0002 0000 0006 11 03 0000 0001\n< 0002 0000 0005 11 03 02 0000\n0003 0000 0006 12 03 0000 0001\n< 0003 0000 0005 12 03 02 0000",
    ISTH_DISSECT_OK,
    CLIENT "read 3 read-holding-registers (holding registers 0) @modbus-unit:17\n= ok" SERVER UNIT17
    "\nread 3 read-holding-registers (holding registers 0) @modbus-unit:17\n= ok"
    "\nread 3 read-holding-registers (holding registers 0) @modbus-unit:18\n= ok\nchild modbus-unit:18" },

  /* Without a handshake: shapes, then pairs, then the port as a guess. */
  { "mid-stream-answer", "< 0001 0000 0005 00 03 02 0000", ISTH_DISSECT_OK, "role modbus-server", .mid_stream = true },
  { "mid-stream-pair", "0001 0000 0006 00 06 0001 0003\n< 0001 0000 0006 00 06 0001 0003", ISTH_DISSECT_OK,
    CLIENT "write 6 write-single-register (holding registers 1)\n= ok" SERVER, .mid_stream = true },
  { "mid-stream-echo", "< 0001 0000 0006 00 06 0001 0003", ISTH_DISSECT_OK, "role modbus-server", .mid_stream = true },
  /* The same six bytes are a request for coils from 768 on and an answer of three bytes. */
  { "ambiguous", "0001 0000 0006 00 01 0300 0010\n< 0001 0000 0006 00 01 03 000010", ISTH_DISSECT_OK,
    CLIENT "read 1 read-coils (coils 768–783)\n= ok" SERVER },
  /* A remote device that opens the connection itself and is then asked over it. */
  { "dialled-out", "< 0001 0000 0006 00 03 0000 0001\n> 0001 0000 0005 00 03 02 0000\n< 0002 0000 0006 00 06 0000 0001",
    ISTH_DISSECT_OK,
    CLIENT "read 3 read-holding-registers (holding registers 0)\n= ok" SERVER
    "\nwrite 6 write-single-register (holding registers 0)" },

  /* An exception is an answer, whoever opened the connection; Wireshark goes by the port alone. */
  { "exception-of-wrong-length", "0001 0000 0004 0a 81 0600", ISTH_DISSECT_MALFORMED, "" },
  { "function-zero", "0001 0000 0006 01 00 0000 0000\n< 0001 0000 0003 01 80 01", ISTH_DISSECT_OK,
    CLIENT "other 0 unassigned @modbus-unit:1\n= refused: illegal function" SERVER "\nchild modbus-unit:1" },
  { "request-of-wrong-shape", "0001 0000 0009 00 03 0000 0001 000000", ISTH_DISSECT_MALFORMED,
    CLIENT "read 3 read-holding-registers" },
  { "answer-of-wrong-shape", "0001 0000 0006 00 03 0000 0001\n< 0001 0000 0005 00 03 04 0000", ISTH_DISSECT_MALFORMED,
    CLIENT "read 3 read-holding-registers (holding registers 0)" },
  { "count-lies", "0001 0000 0009 00 10 0001 0001 7f 000a", ISTH_DISSECT_MALFORMED, CLIENT "write 16 write-multiple-registers" },
  { "longer-than-there", "0001 0000 0009 11 03 00", ISTH_DISSECT_MALFORMED, "" },
  { "cut-short", "0001 0000 0009 11", ISTH_DISSECT_MALFORMED, "" },
  { "not-mbap", "0001 0007 0002 11 03", ISTH_DISSECT_NOT_MINE, "" },
};

/* How sure the probe is, and where it says a PDU ends. */
static const IsthProbeCase probes[] = {
  { "0001 0000 0006 00 03 0000 0001", ISTH_PROBE_STRONG, 12 },
  { "0001 0000 0005 00 03 02 0000", ISTH_PROBE_STRONG, 11 },
  { "0001 0000 0003 00 83 02", ISTH_PROBE_STRONG, 9 },
  { "0001 0000 0005 00 2b 0e 01 00", ISTH_PROBE_STRONG, 11 },
  { "0001 0000 0006 00 03 0000 0001 0002 0000", ISTH_PROBE_WEAK, 12 }, /* another one follows */
  { "0001 0000 0006 00 63 0000 0001", ISTH_PROBE_WEAK, 12 },
  { "0001 0000 0006 00 00 0000 0001", ISTH_PROBE_WEAK, 12 },
  { "0001 0000 0004 00 83 0200", ISTH_PROBE_WEAK, 10 },
  { "0001 0000 0009 00 03 0000 0001 000000", ISTH_PROBE_WEAK, 15 },
  { "0001 0000 0004 00 5a 0002", ISTH_PROBE_STRONG, 10 }, /* UMAS */
  { "0001 0000 0006 00 5a 0000 0000", ISTH_PROBE_WEAK, 12 }, /* a scanner's */
  { "0001 0000 0005 00 5a 0002 00 0001 0000", ISTH_PROBE_WEAK, 11 }, /* more than the header says */
  { "0000 0000 0000 00 00 0000 0000", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "1603 0100 c701 0000 c303 0300", ISTH_PROBE_NO, ISTH_PDU_INVALID }, /* TLS */
  { "0001 0000 00ff 00 03 0000 0001", ISTH_PROBE_NO, ISTH_PDU_INVALID },
  { "0001 0000 00", ISTH_PROBE_NO, ISTH_PDU_MORE },
  { "00", ISTH_PROBE_NO, ISTH_PDU_MORE },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_modbus, NULL, probes, G_N_ELEMENTS (probes), true);
}

#define ASK(n) "00" n " 0000 0006 00 03 0000 00" n " "

/* Segments of one direction, one a line, each behind its first byte's place in the stream; and the objects asked for. */
static const struct
{
  const char *name;
  const char *segments;
  const char *objects;
} streams[] = {
  { "several-in-one", "0 " ASK ("02") ASK ("03"), "0–1 0–2 " },
  { "one-in-several", "0 0002\n2 0000 0006 00\n7 03 0000 0002", "0–1 " },
  { "out-of-order", "0 " ASK ("02") "\n24 " ASK ("04") "\n12 " ASK ("03"), "0–1 0–2 0–3 " },
  /* Wireshark calls the whole segment a retransmission and reads none of it. */
  { "repeated-and-more", "0 " ASK ("02") "\n0 " ASK ("02") ASK ("03") ASK ("04"), "0–1 0–2 0–3 " },
  { "lost", "0 " ASK ("02") "\n40 " ASK ("03"), "0–1 0–2 " },
  /* One PDU of nonsense is one failure, not one for each of its bytes. */
  { "nonsense-between", "0 " ASK ("02") "\n12 0000 0200 0003 01 a201\n21 " ASK ("03"), "0–1 0–2 " },
};

static uint64_t
note_object (const IsthObservation *o,
             void *user_data)
{
  if (o->kind == ISTH_OBSERVE_OPERATION)
    g_string_append_printf (user_data, "%s ", o->operation.object + strlen ("holding registers "));
  return 1;
}

static void
feed_segments (const char *segments,
               IsthDispatch *dispatch,
               IsthFlow *flow,
               IsthStreamPool *pool)
{
  g_auto(GStrv) rows = g_strsplit (segments, "\n", -1);

  for (guint i = 0; rows[i]; i++)
    {
      char *hex;
      uint32_t place = (uint32_t) g_ascii_strtoull (rows[i], &hex, 10);
      g_autoptr(GByteArray) bytes = isth_test_bytes (hex);
      IsthPacket packet = {
        .number = i + 1,
        .layer = ISTH_LAYER_TCP,
        .ip_protocol = 6,
        .source_port = 40000,
        .target_port = 502,
        .sequence = 1000 + place,
        .tcp_flags = ISTH_TCP_ACK | ISTH_TCP_PSH,
        .payload = isth_cursor_new (bytes->data, bytes->len, bytes->len),
      };

      isth_dispatch_packet (dispatch, flow, pool, &packet);
    }
  isth_dispatch_finish (dispatch, flow, pool);
}

static void
test_streams (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      g_autoptr(GString) objects = g_string_new (NULL);
      IsthSink sink = { .observe = note_object, .user_data = objects };
      g_autoptr(IsthDispatch) dispatch = isth_dispatch_new (&sink);
      IsthStreamPool pool = { 0 };
      IsthFlow flow = { .client = ISTH_CLIENT_A, .proof = ISTH_PROOF_HANDSHAKE };

      g_test_message ("%s", streams[i].name);
      feed_segments (streams[i].segments, dispatch, &flow, &pool);
      g_assert_cmpstr (objects->str, ==, streams[i].objects);
    }
}

static uint64_t
note_outcome (const IsthObservation *o,
              void *user_data)
{
  if (o->kind == ISTH_OBSERVE_OPERATION)
    g_string_append_printf (user_data, "asked in %" G_GUINT64_FORMAT " ", o->evidence.frame);
  else if (o->kind == ISTH_OBSERVE_OUTCOME)
    g_string_append_printf (user_data, "%s in %" G_GUINT64_FORMAT " ", isth_outcome_name (o->outcome.result), o->evidence.frame);
  return 1;
}

/* A question behind lost bytes is read when its answer acknowledges it, so that the two find each other. */
static void
test_answer_behind_gap (void)
{
  g_autoptr(GString) said = g_string_new (NULL);
  IsthSink sink = { .observe = note_outcome, .user_data = said };
  g_autoptr(IsthDispatch) dispatch = isth_dispatch_new (&sink);
  g_autoptr(GByteArray) question = isth_test_bytes (ASK ("02"));
  g_autoptr(GByteArray) answer = isth_test_bytes ("0002 0000 0007 00 03 04 0000 0000");
  IsthStreamPool pool = { 0 };
  IsthFlow flow = { .client = ISTH_CLIENT_A, .proof = ISTH_PROOF_HANDSHAKE };
  const uint32_t places[] = { 1000, 1040 };

  for (size_t i = 0; i < G_N_ELEMENTS (places); i++)
    {
      IsthPacket packet = {
        .number = 1 + 2 * i, .layer = ISTH_LAYER_TCP, .ip_protocol = 6, .source_port = 40000, .target_port = 502,
        .sequence = places[i], .tcp_flags = ISTH_TCP_ACK | ISTH_TCP_PSH,
        .payload = isth_cursor_new (question->data, question->len, question->len),
      };

      flow.side = 0;
      isth_dispatch_packet (dispatch, &flow, &pool, &packet);
      isth_stream_buffer_acknowledge (flow.waiting, 0, places[i] + question->len);
      packet = (IsthPacket){
        .number = 2 + 2 * i, .layer = ISTH_LAYER_TCP, .ip_protocol = 6, .source_port = 502, .target_port = 40000,
        .sequence = (uint32_t) (5000 + i * answer->len), .tcp_flags = ISTH_TCP_ACK | ISTH_TCP_PSH,
        .payload = isth_cursor_new (answer->data, answer->len, answer->len),
      };
      flow.side = 1;
      isth_dispatch_packet (dispatch, &flow, &pool, &packet);
    }
  isth_dispatch_finish (dispatch, &flow, &pool);
  g_assert_cmpstr (said->str, ==, "asked in 1 ok in 2 asked in 3 ok in 4 ");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_modbus, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/modbus/probe", test_probe);
  g_test_add_func ("/modbus/streams", test_streams);
  g_test_add_func ("/modbus/answer-behind-gap", test_answer_behind_gap);
  return g_test_run ();
}
