/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations that others announced: known by their ends, not for ever, and not more of them than there is room for. */
#include "analysis/base/time.h"
#include "analysis/dissectors/dispatch-private.h"

#include "tests/helpers/dissect-runner.h"

#define CLIENT "\12\0\0\1"
#define SERVER "\12\0\0\2"
#define OTHER "\12\0\0\3"
#define QUESTION "0001 \"mix.csv\" 00 \"octet\" 00"
#define ACKNOWLEDGEMENT "0004 0000" /* which nobody knows for what it is */

static uint64_t
observe_nothing (const IsthObservation *o,
                 void *user_data)
{
  (void) user_data;
  return o->kind == ISTH_OBSERVE_OPERATION;
}

/* One datagram of a conversation of its own, @seconds after the beginning (below 0: nobody knows); what it was taken for. */
static const char *
say (IsthDispatch *dispatch,
     double seconds,
     const char *from,
     uint16_t source_port,
     const char *to,
     uint16_t target_port,
     const char *hex)
{
  g_autoptr(GByteArray) bytes = isth_test_bytes (hex);
  IsthStreamPool pool = { 0 };
  IsthFlow flow = { 0 };
  IsthPacket packet = {
    .time = seconds < 0 ? ISTH_NO_TIME : (int64_t) (seconds * 1e9),
    .number = 1,
    .frame = bytes->data,
    .frame_length = bytes->len,
    .source = isth_address_ipv4 ((const uint8_t *) from),
    .target = isth_address_ipv4 ((const uint8_t *) to),
    .layer = ISTH_LAYER_UDP,
    .ip_protocol = 17,
    .source_port = source_port,
    .target_port = target_port,
    .payload = isth_cursor_new (bytes->data, bytes->len, bytes->len),
  };
  const char *protocol;

  isth_dispatch_packet (dispatch, &flow, &pool, &packet);
  protocol = isth_flow_get_protocol (&flow);
  isth_dispatch_finish (dispatch, &flow, &pool);
  return protocol;
}

static void
test_ends (void)
{
  g_autoptr(IsthDispatch) dispatch = isth_dispatch_new (&(IsthSink){ .observe = observe_nothing });

  g_assert_null (say (dispatch, 0, SERVER, 50000, CLIENT, 40000, ACKNOWLEDGEMENT));
  g_assert_cmpstr (say (dispatch, 1, CLIENT, 40000, SERVER, 69, QUESTION), ==, "tftp");
  g_assert_cmpstr (say (dispatch, 1, SERVER, 50000, CLIENT, 40000, ACKNOWLEDGEMENT), ==, "tftp");
  g_assert_cmpstr (say (dispatch, 1, CLIENT, 40000, SERVER, 50000, ACKNOWLEDGEMENT), ==, "tftp");
  g_assert_null (say (dispatch, 1, SERVER, 50000, CLIENT, 40001, ACKNOWLEDGEMENT));
  g_assert_null (say (dispatch, 1, OTHER, 50000, CLIENT, 40000, ACKNOWLEDGEMENT));
  g_assert_null (say (dispatch, 1, CLIENT, 50000, SERVER, 40000, ACKNOWLEDGEMENT));
}

/* ISTH_LIMIT_EXPECTED_TIME; and nothing of one capture is expected in the next. */
static void
test_time (void)
{
  IsthSink sink = { .observe = observe_nothing };
  g_autoptr(IsthDispatch) dispatch = isth_dispatch_new (&sink);

  say (dispatch, 0, CLIENT, 40000, SERVER, 69, QUESTION);
  g_assert_cmpstr (say (dispatch, 299, SERVER, 50000, CLIENT, 40000, ACKNOWLEDGEMENT), ==, "tftp");
  g_assert_null (say (dispatch, 301, SERVER, 50000, CLIENT, 40000, ACKNOWLEDGEMENT));
  say (dispatch, 302, CLIENT, 40000, SERVER, 69, QUESTION);
  g_assert_cmpstr (say (dispatch, 303, SERVER, 50000, CLIENT, 40000, ACKNOWLEDGEMENT), ==, "tftp");
  isth_dispatch_set_sink (dispatch, &sink);
  g_assert_null (say (dispatch, 303, SERVER, 50000, CLIENT, 40000, ACKNOWLEDGEMENT));
}

/* A packet without a time is taken for one of the same moment, an announcement without one for one of long ago. */
static void
test_no_time (void)
{
  g_autoptr(IsthDispatch) dispatch = isth_dispatch_new (&(IsthSink){ .observe = observe_nothing });

  say (dispatch, 1, CLIENT, 40000, SERVER, 69, QUESTION);
  g_assert_cmpstr (say (dispatch, -1, SERVER, 50000, CLIENT, 40000, ACKNOWLEDGEMENT), ==, "tftp");
  say (dispatch, -1, CLIENT, 40001, SERVER, 69, QUESTION);
  g_assert_cmpstr (say (dispatch, -1, SERVER, 50000, CLIENT, 40001, ACKNOWLEDGEMENT), ==, "tftp");
  g_assert_null (say (dispatch, 1, SERVER, 50000, CLIENT, 40001, ACKNOWLEDGEMENT));
}

/* The oldest gives its place. */
static void
test_room (void)
{
  g_autoptr(IsthDispatch) dispatch = isth_dispatch_new (&(IsthSink){ .observe = observe_nothing });

  for (uint16_t i = 0; i <= ISTH_LIMIT_EXPECTED; i++)
    say (dispatch, 0, CLIENT, (uint16_t) (40000 + i), SERVER, 69, QUESTION);
  g_assert_null (say (dispatch, 0, SERVER, 50000, CLIENT, 40000, ACKNOWLEDGEMENT));
  for (uint16_t i = 1; i <= ISTH_LIMIT_EXPECTED; i++)
    g_assert_cmpstr (say (dispatch, 0, SERVER, 50000, CLIENT, (uint16_t) (40000 + i), ACKNOWLEDGEMENT), ==, "tftp");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expected/ends", test_ends);
  g_test_add_func ("/expected/time", test_time);
  g_test_add_func ("/expected/no-time", test_no_time);
  g_test_add_func ("/expected/room", test_room);
  return g_test_run ();
}
