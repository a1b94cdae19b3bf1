/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each detection fires where it should, stays calm where it should, folds its repeats, and names techniques that exist. */
#include "analysis/detections/detect.h"

#include <string.h>

#include "tests/world/script.h"

#define WRITES "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 proof=3; "
#define BUS "flow m1 m99 ethercat transport=0 got=0; child m1#ethercat-slave:1; child m1#ethercat-slave:2; at 1; "

static const struct
{
  const char *name;
  const char *script;
  const char *alerts; /* detection subject peer detail ×count, sorted */
} cases[] = {
  { "calm", WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write write-registers - ok 5", "" },
  { "new-asset", WRITES "at 400; flow m3/10.0.0.3 m2/10.0.0.2", "new-asset m3 - “” ×1" },
  { "new-asset-in-learning-time", WRITES "at 200; flow m3/10.0.0.3 m2/10.0.0.2", "" },
  { "new-asset-external", WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus read r - ok; at 400; flow m9/8.8.8.8 m2/10.0.0.2 ttl=57",
    "boundary-crossing m2 8.8.8.8 “tcp” ×1" },
  { "new-asset-silent", WRITES "at 400; flow m1/10.0.0.1 m3/10.0.0.3 got=0", "" },
  { "new-asset-with-modules", WRITES "at 400; flow m1/10.0.0.1 m3/10.0.0.3; child m3/10.0.0.3#cip-slot:1; child m3/10.0.0.3#cip-slot:2", "new-asset m3 - “” ×1" },
  { "new-module", WRITES "flow m1/10.0.0.1 m3/10.0.0.3; at 400; child m3/10.0.0.3#cip-slot:1; child m3/10.0.0.3#cip-slot:2", "" },
  { "program", WRITES "do m1/10.0.0.1 m2/10.0.0.2 s7comm program download-block DB1 ok 3", "program-change m2 m1 “download-block DB1” ×3" },
  { "program-one-transfer",
    WRITES "do m1/10.0.0.1 m2/10.0.0.2 s7comm program download-block DB1 ok; do m1/10.0.0.1 m2/10.0.0.2 s7comm program download-block OB1 ok;"
           "do m1/10.0.0.1 m2/10.0.0.2 s7comm program activate - ok",
    "program-change m2 m1 “download-block DB1, download-block OB1, activate” ×3" },
  { "program-many-blocks",
    WRITES "do m1/10.0.0.1 m2/10.0.0.2 cip program load 1 ok; do m1/10.0.0.1 m2/10.0.0.2 cip program load 2 ok; do m1/10.0.0.1 m2/10.0.0.2 cip program load 3 ok;"
           "do m1/10.0.0.1 m2/10.0.0.2 cip program load 4 ok; do m1/10.0.0.1 m2/10.0.0.2 cip program load 5 ok; do m1/10.0.0.1 m2/10.0.0.2 cip program load 6 ok;"
           "do m1/10.0.0.1 m2/10.0.0.2 cip program load 7 ok; do m1/10.0.0.1 m2/10.0.0.2 cip program load 8 ok; do m1/10.0.0.1 m2/10.0.0.2 cip program load 9 ok;"
           "do m1/10.0.0.1 m2/10.0.0.2 cip program load 10 ok",
    "program-change m2 m1 “load 1, load 2, load 3, load 4, load 5, load 6, load 7, load 8 and 2 more” ×10" },
  { "program-refused", WRITES "do m1/10.0.0.1 m2/10.0.0.2 s7comm program download-block DB1 refused 3", "" },
  { "stop", WRITES "do m1/10.0.0.1 m2/10.0.0.2 s7comm control stop", "controller-stop-start m2 m1 “stop” ×1" },
  { "stop-folded", WRITES "do m1/10.0.0.1 m2/10.0.0.2 s7comm control stop a ok 100; do m1/10.0.0.1 m2/10.0.0.2 s7comm control stop b ok 2",
    "controller-stop-start m2 m1 “stop” ×102" },
  { "bus-starts", BUS "do m1 m1#ethercat-slave:1 ethercat control request-state INIT -; do m1 m1#ethercat-slave:2 ethercat control request-state INIT -;"
    "at 2; do m1 m1#ethercat-slave:1 ethercat control request-state PRE-OP -; do m1 m1#ethercat-slave:2 ethercat control request-state PRE-OP -;"
    "at 3; do m1 m1#ethercat-slave:1 ethercat control request-state OP -; do m1 m1#ethercat-slave:2 ethercat control request-state OP -",
    "" },
  { "bus-stops", BUS "do m1 m1#ethercat-slave:1 ethercat control request-state OP -; do m1 m1#ethercat-slave:2 ethercat control request-state OP -;"
    "at 90; do m1 m1#ethercat-slave:1 ethercat control request-state INIT -; do m1 m1#ethercat-slave:2 ethercat control request-state INIT -",
    "bus-restarted m1 - “02:1b:1b:00:00:01 › EtherCAT station 1, 02:1b:1b:00:00:01 › EtherCAT station 2” ×2" },
  { "can-bus-starts", "flow m1 m3 canopen transport=0 got=0; flow m1 m4 canopen transport=0 got=0; at 1; do m1 m3 canopen control start-node 3 -; do m1 m4 canopen control start-node 4 -", "" },
  { "can-bus-stops",
    "flow m1 m3 canopen transport=0 got=0; flow m1 m4 canopen transport=0 got=0; at 1; do m1 m3 canopen control start-node 3 -; do m1 m4 canopen control start-node 4 -;"
    "at 90; do m1 m3 canopen control stop-node 3 -; do m1 m4 canopen control stop-node 4 -",
    "bus-restarted m1 - “02:1b:1b:00:00:03, 02:1b:1b:00:00:04” ×2" },
  { "can-node-stops", "flow m1 m3 canopen transport=0 got=0; at 1; do m1 m3 canopen control stop-node 3 -", "bus-restarted m1 - “02:1b:1b:00:00:03” ×1" },
  { "configured", "flow m1 m2 profinet-dcp transport=0 port=34962 proof=3; do m1 m2 profinet-dcp configure set-name plc1 ok",
    "device-configured m2 m1 “set-name” ×1" },
  { "configured-by-controller",
    "flow m1 m2 profinet-dcp transport=0 port=34962 proof=3; role m1 profinet-controller; do m1 m2 profinet-dcp configure set-ip - ok", "" },
  { "refused", WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write write-registers 1 refused 12", "refused-commands m2 m1 “modbus” ×12" },
  { "few-refused", WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write write-registers 1 refused 9", "" },
  { "refused-logins", "flow m1/10.0.0.1 m2/10.0.0.2 ftp port=21 proof=3; do m1/10.0.0.1 m2/10.0.0.2 ftp authenticate login bob refused 10",
    "login-guessing m2 m1 “ftp” ×10" },
  { "few-refused-logins", "flow m1/10.0.0.1 m2/10.0.0.2 ftp port=21 proof=3; do m1/10.0.0.1 m2/10.0.0.2 ftp authenticate login bob refused 9", "" },
  { "accepted-logins", "flow m1/10.0.0.1 m2/10.0.0.2 ftp port=21 proof=3; do m1/10.0.0.1 m2/10.0.0.2 ftp authenticate login bob ok 20", "" },
  { "second-writer",
    WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write write-registers 1 ok; at 70; flow m3/10.0.0.3 m2/10.0.0.2 modbus port=502 proof=3; "
           "do m3/10.0.0.3 m2/10.0.0.2 modbus write write-registers 1 ok",
    "new-writer m2 m3 “modbus” ×1" },
  { "two-writers-together",
    WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write write-registers 1 ok; flow m3/10.0.0.3 m2/10.0.0.2 modbus port=502 proof=3; "
           "do m3/10.0.0.3 m2/10.0.0.2 modbus write write-registers 1 ok",
    "" },
  { "late-writer", WRITES "at 400; do m1/10.0.0.1 m2/10.0.0.2 modbus write write-registers 1 ok", "new-writer m2 m1 “modbus” ×1" },
  { "conflict", "flow m1/10.0.0.1 m3/10.0.0.3; flow m2/10.0.0.1 m3/10.0.0.3; bind m1/10.0.0.1; bind m2/10.0.0.1; bind m1/10.0.0.1",
    "address-conflict m1 m2 “10.0.0.1” ×1" },
  { "moved", "flow m1/10.0.0.1 m3/10.0.0.3; flow m2/10.0.0.1 m3/10.0.0.3; bind m1/10.0.0.1; at 200; bind m2/10.0.0.1", "" },
  { "vrrp", "flow m1/10.0.0.1 m3/10.0.0.3; flow 00:00:5e:00:01:0a/10.0.0.1 m3/10.0.0.3; bind m1/10.0.0.1; bind 00:00:5e:00:01:0a/10.0.0.1", "" },
  { "crossing",
    WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write write-registers 1 ok; flow m9/8.8.8.8 m2/10.0.0.2 port=80 ttl=57; bind m9/10.0.0.9",
    "boundary-crossing m2 8.8.8.8 “tcp/80” ×1" },
  { "crossing-to-module",
    WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; flow m9/8.8.8.8 m2/10.0.0.2 modbus port=502 ttl=57; bind m9/10.0.0.9;"
           "do m9/8.8.8.8 m2/10.0.0.2#modbus-unit:1 modbus read r - ok; do m9/8.8.8.8 m2/10.0.0.2#modbus-unit:2 modbus read r - ok",
    "boundary-crossing m2 8.8.8.8 “modbus tcp/502” ×1" },
  { "remote-path",
    WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; bind m9/10.1.0.1; flow m9/8.8.8.8 m3/10.1.0.3 port=3389 ttl=57;"
           "flow m3/10.1.0.3 m2/10.0.0.2 modbus port=502; do m3/10.1.0.3 m2/10.0.0.2 modbus read r - ok",
    "remote-path m2 8.8.8.8 “through 10.1.0.3” ×1" },
  { "remote-path-before",
    WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; bind m9/10.1.0.1; flow m3/10.1.0.3 m2/10.0.0.2 modbus port=502; do m3/10.1.0.3 m2/10.0.0.2 modbus read r - ok;"
           "at 100; flow m9/8.8.8.8 m3/10.1.0.3 port=3389 ttl=57",
    "" },
  { "remote-path-after",
    WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; bind m9/10.1.0.1; flow m9/8.8.8.8 m3/10.1.0.3 port=3389 ttl=57;"
           "at 100; flow m3/10.1.0.3 m2/10.0.0.2 modbus port=502; do m3/10.1.0.3 m2/10.0.0.2 modbus read r - ok",
    "" },
  { "crossing-unanswered",
    WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write write-registers 1 ok; flow m9/8.8.8.8 m2/10.0.0.2 port=80 ttl=57 got=0; bind m9/10.0.0.9", "" },
};

static void
append_asset (GString *line,
              const IsthSnapshot *snapshot,
              uint64_t id)
{
  const IsthAsset *asset = id ? isth_snapshot_get_asset (snapshot, id) : NULL;
  char text[ISTH_ADDRESS_TEXT];

  if (!asset)
    g_string_append (line, " -");
  else if (asset->interfaces[0].mac.kind)
    g_string_append_printf (line, " m%u", asset->interfaces[0].mac.bytes[5]);
  else
    g_string_append_printf (line, " %s", isth_address_format (&asset->interfaces[0].ips[0], text));
}

static int
compare_lines (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
dump_alerts (const IsthSnapshot *snapshot)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (uint32_t i = 0; i < snapshot->n_alerts; i++)
    {
      const IsthAlert *alert = snapshot->alerts[i];
      GString *line = g_string_new (alert->detection);

      append_asset (line, snapshot, alert->subject);
      append_asset (line, snapshot, alert->peer);
      g_string_append_printf (line, " “%s” ×%" G_GUINT64_FORMAT, alert->detail, alert->count);
      g_ptr_array_add (lines, g_string_free (line, FALSE));

      g_assert_cmpuint (alert->n_evidence, >, 0);
      g_assert_cmpuint (alert->n_evidence, <=, ISTH_LIMIT_ALERT_EVIDENCE);
      for (int plant = 0; plant < 2; plant++)
        {
          g_autofree char *sentence = isth_alert_describe (alert, plant ? alert->plant_form : alert->security_form);

          g_assert_null (strchr (sentence, '{'));
        }
      g_assert_true (i == 0 || snapshot->alerts[i - 1]->id < alert->id);
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
test_case (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *first = NULL;

  for (int round = 0; round < 5; round++)
    {
      g_autoptr(IsthWorld) world = isth_script_build (cases[i].script, round ? rand : NULL);
      g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, isth_detect, world);
      g_autoptr(IsthSnapshot) again = isth_world_resolve (world, isth_detect, world);
      g_autofree char *dump = dump_alerts (snapshot);

      g_assert_cmpstr (dump, ==, cases[i].alerts);
      for (uint32_t a = 0; a < snapshot->n_alerts; a++)
        g_assert_true (snapshot->alerts[a] == again->alerts[a]);
    }
}

static gpointer *
hold (gpointer records,
      uint32_t n)
{
  gpointer *held = g_memdup2 (records, n * sizeof *held);

  for (uint32_t i = 0; i < n; i++)
    isth_record_ref (held[i]);
  return held;
}

static void
release (gpointer records,
         uint32_t n)
{
  for (uint32_t i = 0; i < n; i++)
    isth_record_unref (((gpointer *) records)[i]);
  g_free (records);
}

/* What is said in one run over captures is the same, and what somebody keeps of it stays as it is when all else is gone. */
static void
test_last (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr(IsthWorld) world = isth_script_build (cases[i].script, NULL);
  g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, isth_detect, world);
  g_autofree char *all = isth_script_dump_all (snapshot);

  for (int keep = 0; keep < 3; keep++)
    {
      IsthWorld *once = isth_script_build (cases[i].script, NULL);
      IsthSnapshot *last = isth_world_resolve_last (once, isth_detect, once);
      IsthSnapshot kept = { .n_assets = keep == 0 ? last->n_assets : 0, .n_links = keep == 1 ? last->n_links : 0, .n_alerts = keep == 2 ? last->n_alerts : 0 };
      g_autofree char *dump = isth_script_dump_all (last), *before = NULL, *after = NULL;

      g_assert_cmpstr (dump, ==, all);
      kept.assets = (IsthAsset **) hold (last->assets, kept.n_assets);
      kept.links = (IsthLink **) hold (last->links, kept.n_links);
      kept.alerts = (IsthAlert **) hold (last->alerts, kept.n_alerts);
      before = isth_script_dump_all (&kept);
      isth_snapshot_unref (last);
      isth_world_free (once);
      after = isth_script_dump_all (&kept);
      g_assert_cmpstr (after, ==, before);
      release (kept.assets, kept.n_assets);
      release (kept.links, kept.n_links);
      release (kept.alerts, kept.n_alerts);
    }
}

static void
test_acknowledge (void)
{
  g_autoptr(IsthWorld) world = isth_script_build (WRITES "do m1/10.0.0.1 m2/10.0.0.2 s7comm control stop", NULL);
  g_autoptr(IsthSnapshot) before = isth_world_resolve (world, isth_detect, world);
  g_autoptr(IsthSnapshot) after = NULL;

  g_assert_cmpuint (before->n_alerts, ==, 1);
  g_assert_false (before->alerts[0]->acknowledged);
  isth_world_acknowledge (world, before->alerts[0]->id, true);
  after = isth_world_resolve (world, isth_detect, world);
  g_assert_cmpuint (after->alerts[0]->id, ==, before->alerts[0]->id);
  g_assert_true (after->alerts[0]->acknowledged);
  g_assert_false (before->alerts[0]->acknowledged);
}

/* What people read instead of identifiers; the identifiers stay what they are. */
static void
test_details (void)
{
  static const struct { const char *detection, *detail, *text; } details[] = {
    { "boundary-crossing", "modbus tcp/502", "Modbus/TCP, port 502" },
    { "boundary-crossing", "snmp udp/161", "SNMP, UDP port 161" },
    { "boundary-crossing", "tcp/4711", "TCP port 4711" },
    { "boundary-crossing", "ip 47", "IP protocol 47" },
    { "boundary-crossing", "arp ip 0/2054", "ARP" },
    { "boundary-crossing", "ip 0/2054", "ARP" },
    { "boundary-crossing", "ip 0/4660", "EtherType 0x1234" },
    { "boundary-crossing", "what else", "what else" },
    { "boundary-crossing", "", "" },
    { "new-writer", "modbus", "Modbus/TCP" },
    { "new-writer", "nobody-knows", "nobody-knows" },
    { "remote-path", "through HMI", "through HMI" },
    { "controller-stop-start", "stop", "stop" },
    { "gone", "arp", "arp" },
  };
  g_autoptr(IsthWorld) world = isth_script_build (WRITES "do m1/10.0.0.1 m2/10.0.0.2 modbus write write-registers 1 refused 12", NULL);
  g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, isth_detect, world);
  g_autofree char *plant = isth_alert_describe (snapshot->alerts[0], snapshot->alerts[0]->plant_form);
  g_autofree char *security = isth_alert_describe (snapshot->alerts[0], snapshot->alerts[0]->security_form);

  for (size_t i = 0; i < G_N_ELEMENTS (details); i++)
    {
      const IsthAlert alert = { .detection = details[i].detection, .detail = details[i].detail };
      g_autofree char *text = isth_alert_describe_detail (&alert);

      g_assert_cmpstr (text, ==, details[i].text);
    }
  g_assert_cmpstr (snapshot->alerts[0]->detail, ==, "modbus");
  g_assert_nonnull (strstr (plant, "(Modbus/TCP)"));
  g_assert_nonnull (strstr (security, "(Modbus/TCP)"));
}

/* Every detection is whole, and names techniques of ATT&CK for ICS that exist. */
static void
test_table (void)
{
  g_autofree char *path = g_build_filename (ISTH_SOURCE_DATA_FOLDER, "attack-ics.tsv", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const IsthDetection *const *detection = isth_detections; *detection; detection++)
    {
      g_test_message ("%s", (*detection)->id);
      g_assert_true (detection == isth_detections || strcmp (detection[-1]->id, (*detection)->id) < 0);
      g_assert_nonnull ((*detection)->evaluate);
      g_assert_cmpuint (strlen ((*detection)->title), >, 0);
      g_assert_nonnull (strstr ((*detection)->plant, "{subject}"));
      g_assert_nonnull (strstr ((*detection)->security, "{subject}"));
      for (const char *const *id = (*detection)->attack; *id; id++)
        {
          g_autofree char *row = g_strdup_printf ("\n%s\t", *id);
          g_assert_nonnull (strstr (text, row));
        }
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/detections/%s", cases[i].name);
      g_autofree char *last = g_strdup_printf ("/detections/last/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
      g_test_add_data_func (last, GSIZE_TO_POINTER (i), test_last);
    }
  g_test_add_func ("/detections/acknowledge", test_acknowledge);
  g_test_add_func ("/detections/details", test_details);
  g_test_add_func ("/detections/table", test_table);
  return g_test_run ();
}
