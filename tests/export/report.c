/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report of a snapshot made by hand, line by line; times; and a disk that is full. */
#include "analysis/export/report.h"

#include <string.h>

#include "analysis/base/error.h"
#include "analysis/base/time.h"

static const struct
{
  int64_t time;
  const char *text;
} times[] = {
  { 0, "1970-01-01T00:00:00.000000000Z" },
  { 1, "1970-01-01T00:00:00.000000001Z" },
  { -1, "1969-12-31T23:59:59.999999999Z" },
  { -1000000000, "1969-12-31T23:59:59.000000000Z" },
  { 1709210096123456789, "2024-02-29T12:34:56.123456789Z" },
  { INT64_MAX, "2262-04-11T23:47:16.854775807Z" },
  { INT64_MIN + 1, "1677-09-21T00:12:43.145224193Z" },
  { ISTH_NO_TIME, "" },
};

static void
test_times (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (times); i++)
    {
      char text[40];

      g_assert_cmpstr (isth_report_time (times[i].time, text), ==, times[i].text);
      if (times[i].time != ISTH_NO_TIME)
        {
          int64_t time = 0;

          g_assert_true (isth_report_parse_time (text, &time));
          g_assert_cmpint (time, ==, times[i].time);
        }
    }
}

static void
clear_nothing (gpointer self)
{
}

static const char expected[] =
  "{\n\"schema\":\"isthmus-report/1\",\n\"captures\":[\n"
  "{\"id\":\"c1\",\"path\":\"a.pcap\",\"sha256\":null,\"format\":\"pcap\",\"link_types\":[],\"packets\":3,\"bytes\":180,"
  "\"first\":\"1970-01-01T00:00:01.000000000Z\",\"last\":null,\"dropped\":null,\"truncated\":false,\"cut_frames\":0,\"complete\":true,\"notes\":[]}],\n"
  "\"assets\":[\n"
  "{\"id\":\"a0000000000000007\",\"name\":\"plc \\\"1\\\"\",\"kind\":\"plc\",\"kind_reason\":null,\"kind_confidence\":0,\"kind_reasons\":[],\"kind_runner_up\":null,\"side\":\"ot\",\"level\":\"1\",\"level_reason\":null,\"level_confidence\":0,"
  "\"parent\":null,\"behind\":null,\"silent\":false,\"interfaces\":[{\"mac\":\"02:00:00:00:00:01\",\"ipv4\":[\"10.0.0.1\"],\"ipv6\":[],\"vlans\":[]}],"
  "\"other_addresses\":[],\"roles\":[],\"protocols\":[],\"services\":[{\"transport\":\"tcp\",\"port\":502,\"protocol\":\"modbus\"},"
  "{\"transport\":\"ip-89\",\"port\":0,\"protocol\":null}],"
  "\"claims\":[{\"attribute\":\"vendor\",\"value\":\"ACME\",\"confidence\":90,\"source\":\"modbus\",\"shown\":true,\"conflict\":false,\"capture\":\"c1\",\"frame\":2},"
  "{\"attribute\":\"name\",\"value\":\"Press\",\"confidence\":100,\"source\":\"person\",\"shown\":false,\"conflict\":false,\"capture\":null,\"frame\":null}],"
  "\"first\":null,\"last\":null,\"packets_sent\":2,\"packets_received\":1,\"bytes_sent\":120,\"bytes_received\":60}],\n"
  "\"links\":[\n"
  "{\"from\":\"a0000000000000007\",\"to\":\"a0000000000000007\",\"protocol\":\"modbus\",\"transport\":\"tcp\",\"port\":502,\"direction\":\"handshake\","
  "\"crossing\":true,\"packets\":3,\"bytes\":180,\"first\":null,\"last\":null,\"operations\":["
  "{\"verb\":\"write\",\"function\":6,\"name\":\"write-single-register\",\"count\":5,\"ok\":3,\"refused\":1,\"cycle_us\":10000,\"jitter_us\":100},"
  "{\"verb\":\"write\",\"function\":null,\"name\":\"other\",\"count\":1,\"ok\":0,\"refused\":0,\"cycle_us\":null,\"jitter_us\":null}]}],\n"
  "\"transfers\":[\n{\"from\":\"a0000000000000007\",\"to\":\"a0000000000000008\",\"protocol\":\"s7comm\",\"verb\":\"program\",\"object\":\"block OB1\","
  "\"state\":\"broken-off\",\"reason\":\"no room\",\"begun\":true,\"steps\":4,\"bytes\":200,\"announced\":1000,\"first\":null,\"last\":null,"
  "\"capture\":\"c1\",\"frame\":3}],\n"
  "\"sessions\":[\n{\"id\":\"s0000000000000005\",\"from\":\"a0000000000000008\",\"to\":\"a0000000000000007\",\"host\":\"a0000000000000007\","
  "\"protocol\":\"rdp\",\"inner\":\"tls\",\"kind\":\"desktop\",\"relay\":null,\"user\":\"bob\",\"refused\":false,\"transport\":\"tcp\",\"from_port\":40000,\"port\":3389,"
  "\"direction\":\"handshake\",\"first\":\"1970-01-01T00:00:01.000000000Z\",\"last\":\"1970-01-01T00:00:02.000000000Z\",\"begun\":true,\"end\":\"closed\","
  "\"shape\":\"interactive\",\"idle_seconds\":1,\"longest_pause_seconds\":0,\"packets_from\":3,\"packets_to\":4,\"bytes_from\":300,\"bytes_to\":400,"
  "\"capture\":\"c1\",\"frame\":1,\"parts\":[{\"first\":\"1970-01-01T00:00:01.000000000Z\",\"last\":\"1970-01-01T00:00:02.000000000Z\",\"packets_from\":3,\"packets_to\":4,"
  "\"bytes_from\":300,\"bytes_to\":400,\"capture\":\"c1\",\"frame\":1}],\"came_by\":{\"session\":\"s0000000000000004\",\"certainty\":\"likely\",\"score\":80,\"reasons\":[\"it was open\"]},"
  "\"reverse_tunnel\":{\"certainty\":\"likely\",\"score\":55,\"reasons\":[\"it was open\"]},"
  "\"words\":[{\"what\":\"login\",\"about\":\"from\",\"protocol\":\"rdp\",\"text\":\"user “bob”\",\"outcome\":\"ok\",\"answer\":\"done\",\"capture\":\"c1\",\"frame\":2}],"
  "\"deeds\":[{\"grade\":\"coincident\",\"verb\":\"program\",\"protocol\":\"s7comm\",\"target\":\"a0000000000000009\",\"name\":\"download\",\"object\":\"block OB1\",\"count\":2,"
  "\"exact\":true,\"habit\":false,\"first\":null,\"last\":null,\"capture\":\"c1\",\"frame\":3}],\"more_deeds\":0}],\n"
  "\"crossings\":[\n{\"from\":\"a0000000000000008\",\"to\":\"a0000000000000007\",\"from_side\":\"it\",\"to_side\":\"ot\",\"direct\":true,"
  "\"protocol\":\"modbus\",\"transport\":\"tcp\",\"port\":502,\"direction\":\"handshake\",\"packets\":3,\"bytes\":180,\"first\":null,\"last\":null,"
  "\"verbs\":{\"read\":2,\"write\":6},\"refused\":1}],\n"
  "\"alerts\":[],\n\"decisions\":[\n{\"about\":\"link\",\"subject\":\"l0000000000000009\",\"from\":\"a0000000000000007\",\"to\":\"a0000000000000007\","
  "\"protocol\":\"modbus\",\"outcome\":\"change\",\"it_owner\":\"Ann\",\"ot_owner\":\"Olaf\",\"due\":null,\"dissent\":\"\",\"note\":\"through the DMZ\","
  "\"author\":\"ann\",\"time\":\"1970-01-01T00:00:05.000000000Z\"}],\n\"site_ranges\":[\n\"8.8.0.0/16\"],\n\"networks\":[\n{\"network\":\"10.0.0.0/22\",\"width_reason\":\"2 hosts were told so, or say so\",\"nature\":\"control\","
  "\"nature_reason\":\"At least a third of its hosts are control devices, or work with one\",\"addresses\":5,\"control_devices\":2,\"vlans\":[7,9],"
  "\"untagged\":true,\"on_the_segment\":true,\"behind\":[],\"gateways\":[\"a0000000000000007\",\"a0000000000000009\"],\"routers\":[\"a0000000000000007\"],\"translators\":[],"
  "\"dhcp_servers\":[\"a0000000000000008\"],\"dhcp_first\":\"10.0.0.1\",\"dhcp_last\":null}],\n"
  "\"health\":{\n\"frames\":3,\n\"frames_between_assets\":1,\n\"frames_to_groups\":2,\n\"frames_within_assets\":0,\n\"frames_of_nobody\":0,\n\"frames_half_addressed\":0,\n\"frames_not_kept\":0,\n\"frames_also_in_tunnels\":0,\n\"missing_bytes\":9,\n\"lossy_connections\":1,\n\"captured_twice\":7,\n\"macs_of_nobody\":2,\n\"not_decoded\":[{\"what\":\"x\",\"count\":4}],\n\"malformed\":[],\n\"limits_reached\":[]}}\n";

static void
test_by_hand (void)
{
  static char path[] = "a.pcap", format[] = "pcap";
  IsthCapture capture = { .path = path, .format = format, .frames = 3, .bytes = 180, .first = 1000000000, .last = ISTH_NO_TIME, .complete = true };
  IsthAddress ip = isth_address_ipv4 ((const uint8_t *) "\12\0\0\1");
  IsthInterface interface = { .mac = isth_address_mac ((const uint8_t *) "\2\0\0\0\0\1"), .ips = &ip, .n_ips = 1 };
  IsthService services[] = { { .transport = 6, .port = 502, .protocol = "modbus" }, { .transport = 89, .protocol = "" } };
  IsthAssetClaim claims[] = {
    { .attribute = ISTH_ATTRIBUTE_VENDOR, .value = "ACME", .confidence = 90, .protocol = "modbus", .shown = true, .evidence = { .frame = 2 } },
    { .attribute = ISTH_ATTRIBUTE_NAME, .value = "Press", .confidence = 100, .protocol = "person" },
  };
  IsthAsset asset = {
    .id = 7, .name = "plc \"1\"", .kind = ISTH_KIND_PLC, .side = ISTH_SIDE_OT, .level = ISTH_LEVEL_1, .interfaces = &interface, .n_interfaces = 1,
    .services = services, .n_services = 2, .claims = claims, .n_claims = 2, .first = ISTH_NO_TIME, .last = ISTH_NO_TIME,
    .packets_sent = 2, .packets_received = 1, .bytes_sent = 120, .bytes_received = 60,
  };
  /* One function's objects become one row. */
  IsthLinkOperation operations[] = {
    { .verb = ISTH_OP_WRITE, .function = 6, .name = "write-single-register", .object = "1", .count = 2, .ok = 2 },
    { .verb = ISTH_OP_WRITE, .function = 6, .name = "write-single-register", .object = "2", .count = 3, .ok = 1, .refused = 1,
      .cycle = { .n = 4, .sum = 4000, .squares = 4 * 1000 * 1000 + 400 } },
    { .verb = ISTH_OP_WRITE, .function = -1, .name = "other", .object = "", .count = 1 },
  };
  IsthLink link = {
    .id = 9, .from = 7, .to = 7, .protocol = "modbus", .transport = 6, .proof = 2, .port = 502, .crossing = true, .packets = { 2, 1 },
    .bytes = { 120, 60 }, .first = ISTH_NO_TIME, .last = ISTH_NO_TIME, .operations = operations, .n_operations = 3,
  };
  IsthTransferEvent event = {
    .from = 7, .to = 8, .protocol = "s7comm", .verb = ISTH_OP_PROGRAM, .state = ISTH_TRANSFER_BROKEN_OFF, .begun = true, .object = "block OB1",
    .text = "no room", .steps = 4, .bytes = 200, .total = 1000, .first = ISTH_NO_TIME, .last = ISTH_NO_TIME, .evidence = { .frame = 3 },
  };
  IsthTransferList transfers = { .events = &event, .n_events = 1 };
  const char *reasons[] = { "it was open", NULL };
  IsthSessionWord word = { .kind = ISTH_REMARK_LOGIN, .of_client = true, .outcome = ISTH_OUTCOME_OK, .protocol = "rdp", .text = "user “bob”", .answer = "done", .evidence = { .frame = 2 } };
  IsthSessionDeed deed = { .verb = ISTH_OP_PROGRAM, .exact = true, .protocol = "s7comm", .name = "download", .object = "block OB1", .target = 9, .count = 2, .first = ISTH_NO_TIME,
                           .last = ISTH_NO_TIME, .evidence = { .frame = 3 } };
  IsthSessionPart part = { .packets = { 3, 4 }, .bytes = { 300, 400 }, .first = 1000000000, .last = 2000000000, .evidence = { .frame = 1 } };
  IsthRemoteSession session = {
    .id = 5, .from = 8, .to = 7, .host = 7, .protocol = "rdp", .inner = "tls", .relay = "", .user = "bob", .kind = ISTH_REMOTE_DESKTOP, .end = ISTH_SESSION_CLOSED,
    .shape = ISTH_SHAPE_INTERACTIVE, .transport = 6, .proof = 2, .begun = true, .port = { 40000, 3389 }, .packets = { 3, 4 }, .bytes = { 300, 400 },
    .first = 1000000000, .last = 2000000000, .idle = 1100000000, .evidence = { .frame = 1 }, .came_by = 4, .score = 80, .reasons = reasons, .tunnel = 55, .tunnel_reasons = reasons, .words = &word,
    .parts = &part, .n_parts = 1, .n_words = 1, .deeds = &deed, .n_deeds = 1,
  };
  IsthRemoteSession *sessions[] = { &session };
  IsthCrossing crossing = {
    .from = 8, .to = 7, .protocol = "modbus", .from_side = ISTH_SIDE_IT, .to_side = ISTH_SIDE_OT, .transport = 6, .proof = 2, .port = 502, .direct = true,
    .packets = 3, .bytes = 180, .counts = { [ISTH_OP_READ] = 2, [ISTH_OP_WRITE] = 6 }, .refused = 1, .first = ISTH_NO_TIME, .last = ISTH_NO_TIME,
  };
  IsthCrossingList crossings = { .crossings = &crossing, .n_crossings = 1 };
  IsthNetwork network = {
    .network = isth_address_ipv4 ((const uint8_t *) "\12\0\0\0"), .bits = 22, .told = 2, .nature = ISTH_SUBNET_CONTROL, .addresses = 5, .devices = 2, .near = true,
    .vlans = { 7, 9 }, .untagged = true, .gateways = { 7, 9 }, .routers = { 7 }, .dhcp_servers = { 8 }, .dhcp_first = ip,
  };
  IsthReview review = { .about = ISTH_ABOUT_LINK, .subject = 9, .outcome = ISTH_VERDICT_CHANGE, .it_owner = "Ann", .ot_owner = "Olaf", .dissent = "",
                        .note = "through the DMZ", .author = "ann", .due = ISTH_NO_TIME, .time = 5000000000 };
  IsthReviewList reviews = { .reviews = &review, .n_reviews = 1 };
  char *site_ranges[] = { (char *) "8.8.0.0/16", NULL };
  IsthNetworkList networks = { .networks = &network, .n_networks = 1, .site_ranges = site_ranges };
  IsthHealthCount trouble = { "x", 4 };
  IsthHealth health = { .frames = 3, .tally = { .between = 1, .to_groups = 2 }, .missing_bytes = 9, .lossy_connections = 1, .copies = 7, .blind_macs = 2, .not_decoded = &trouble, .n_not_decoded = 1 };
  IsthCapture *captures[] = { &capture };
  IsthAsset *assets[] = { &asset };
  IsthLink *links[] = { &link };
  g_autoptr(IsthSnapshot) snapshot = isth_record_new (sizeof *snapshot, clear_nothing);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  size_t length;
  FILE *file = open_memstream (&text, &length);

  snapshot->captures = captures;
  snapshot->assets = assets;
  snapshot->links = links;
  snapshot->n_captures = snapshot->n_assets = snapshot->n_links = 1;
  snapshot->transfers = &transfers;
  snapshot->sessions = sessions;
  snapshot->n_sessions = 1;
  snapshot->crossings = &crossings;
  snapshot->reviews = &reviews;
  snapshot->health = &health;
  snapshot->networks = &networks;
  g_assert_true (isth_report_write_json (snapshot, file, &error));
  fclose (file);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_full_disk (void)
{
  IsthTransferList transfers = { 0 };
  IsthCrossingList crossings = { 0 };
  IsthHealth health = { 0 };
  g_autoptr(IsthSnapshot) snapshot = isth_record_new (sizeof *snapshot, clear_nothing);
  g_autoptr(GError) error = NULL;
  FILE *file = fopen ("/dev/full", "w");

  snapshot->transfers = &transfers;
  snapshot->crossings = &crossings;
  snapshot->health = &health;
  g_assert_nonnull (file);
  g_assert_false (isth_report_write_json (snapshot, file, &error));
  g_assert_error (error, ISTH_ERROR, ISTH_ERROR_FILE);
  fclose (file);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/times", test_times);
  g_test_add_func ("/report/by-hand", test_by_hand);
  g_test_add_func ("/report/full-disk", test_full_disk);
  return g_test_run ();
}
