/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remote sessions: which connections are one, who they were, by which another was reached, and what was done in them. */
#include <string.h>

#include "analysis/world/world.h"

#define S INT64_C (1000000000)
#define T0 (INT64_C (1700000000) * S)

/* A capture in sentences ended by ";":
 *   rdp 1>2 40000 10-600 [open|syn|reset|none] [up=N:SIZE] [down=N:SIZE] [pause=N]   a session; active in each bucket, or every N seconds; of "?" the
 *                                               protocol was not recognised; "2<1": told as if the other end had asked
 *   @rdp 1>2 40000 12 login|software|host|opening TEXT                               said in it by the first ("_" is a blank); ">" turned: "2<1" of the server
 *   s7comm 2>3 20 program 5 10                                                  an operation, 5 times, 10 s apart
 *   next                                                                        another capture */
static const struct
{
  const char *name, *script, *sessions;
} cases[] = {
  { "plain", "rdp 1>2 40000 10-600 syn", "rdp 1>2 10-600 desktop closed unknown" },
  { "open", "rdp 1>2 40000 10-600 open", "rdp 1>2 10-600 desktop open unknown" },
  { "middle", "rdp 1>2 40000 10-600 none", "rdp 1-2 10-600 desktop open unknown late" },
  { "one-way", "ssh 1>2 40000 10-60 syn up=100:90 down=0:0", "ssh 1>2 10-60 shell closed interactive" },
  { "interactive", "ssh 1>2 40000 10-60 syn up=100:90 down=120:180", "ssh 1>2 10-60 shell closed interactive" },
  { "upload", "ssh 1>2 40000 10-60 syn up=1000:1400 down=600:66", "ssh 1>2 10-60 shell closed transfer" },
  { "download", "ssh 1>2 40000 10-60 syn up=600:66 down=1000:1400", "ssh 1>2 10-60 shell closed transfer" },
  { "screen", "rdp 1>2 40000 10-60 syn up=600:90 down=1000:1200", "rdp 1>2 10-60 desktop closed interactive" },
  { "words", "@rdp 1>2 40000 11 login user_“bob”; @rdp 1>2 40000 11 login user_“bob”; @rdp 2<1 40000 12 host jump01; rdp 1>2 40000 10-60 syn",
    "rdp 1>2 10-60 desktop closed unknown user=bob from:login='user “bob”' to:host='jump01'" },
  { "program-that-logs-in", "@ssh 1>2 40000 11 login SSH-2.0-x; @ssh 1>2 40000 12 software SSH-2.0-x; ssh 1>2 40000 10-60 syn",
    "ssh 1>2 10-60 shell closed unknown from:software='SSH-2.0-x'" },
  { "ports-again", "@rdp 1>2 40000 11 login user_“bob”; rdp 1>2 40000 10-60 syn; @rdp 1>2 40000 71 login user_“eve”; rdp 1>2 40000 70-90 syn",
    "rdp 1>2 10-60 desktop closed unknown user=bob from:login='user “bob”'; rdp 1>2 70-90 desktop closed unknown user=eve from:login='user “eve”'" },
  { "said-in-both", "@rdp 1>2 40000 11 login user_“bob”; rdp 1>2 40000 10-60 syn; @rdp 1>2 40000 71 login user_“bob”; rdp 1>2 40000 70-90 syn",
    "rdp 1>2 10-60 desktop closed unknown user=bob from:login='user “bob”'; rdp 1>2 70-90 desktop closed unknown user=bob from:login='user “bob”'" },
  { "side-by-side", "@rdp 1>2 40000 11 login user_“bob”; rdp 1>2 40000 10-60 syn; @rdp 1>2 40001 12 login user_“eve”; rdp 1>2 40001 11-60 syn",
    "rdp 1>2 10-60 desktop closed unknown user=bob from:login='user “bob”'; rdp 1>2 11-60 desktop closed unknown user=eve from:login='user “eve”'" },
  /* Deeds. */
  { "download-through-host", "rdp 1>2 40000 10-600 syn; s7comm 2>3 100 program 5 10",
    "rdp 1>2 10-600 desktop closed unknown coincident:program s7comm 3 5 100-140" },
  { "begun-before", "rdp 1>2 40000 100-600 syn; s7comm 2>3 50 write 10 20",
    "rdp 1>2 100-600 desktop closed unknown coincident:write s7comm 3 7 110-230 habit" },
  { "polling", "rdp 1>2 40000 100-600 syn; s7comm 2>3 50 read 100 10", "rdp 1>2 100-600 desktop closed unknown" },
  { "polling-begun", "rdp 1>2 40000 100-600 syn; s7comm 2>3 500 read 100 10", "rdp 1>2 100-600 desktop closed unknown coincident:read s7comm 3 >=1 500-500" },
  { "after", "rdp 1>2 40000 100-600 syn; s7comm 2>3 700 program 1 1", "rdp 1>2 100-600 desktop closed unknown" },
  { "of-others", "rdp 1>2 40000 100-600 syn; s7comm 4>3 200 program 1 1", "rdp 1>2 100-600 desktop closed unknown" },
  { "office", "rdp 1>2 40000 100-600 syn; dns 2>3 200 read 1 1", "rdp 1>2 100-600 desktop closed unknown" },
  { "heavy-first", "rdp 1>2 40000 10-600 syn; s7comm 2>3 100 write 1 1; s7comm 2>3 200 firmware 1 1; modbus 2>4 90 write 2 1",
    "rdp 1>2 10-600 desktop closed unknown coincident:firmware s7comm 3 1 200-200 coincident:write modbus 4 2 90-91 coincident:write s7comm 3 1 100-100" },
  { "carried", "smb 1>2 40000 10-60 syn; smb 1>2 20 control 2 1", "smb 1>2 10-60 administration closed unknown carried:control smb 2 2 20-21" },
  { "carried-by-one-of-two", "smb 1>2 40000 10-60 syn; smb 1>2 40001 10-70 syn; smb 1>2 20 control 1 1",
    "smb 1>2 10-60 administration closed unknown coincident:control smb 2 1 20-20; smb 1>2 10-70 administration closed unknown coincident:control smb 2 1 20-20" },
  { "tunnel", "openvpn 1>2 40000 10-60 syn; s7comm 2>3 20 program 1 1", "openvpn 1>2 10-60 vpn closed unknown" },
  { "datagrams", "wireguard 1>2 40000 10-60 rest", "wireguard 1>2 10-60 vpn closed unknown late" },
  { "datagrams-begun", "@wireguard 1>2 40000 11 opening handshake-initiation; wireguard 1>2 40000 10-60 rest",
    "wireguard 1>2 10-60 vpn closed unknown from:opening='handshake-initiation'" },
  { "connection-begun-before", "@openvpn 1>2 40000 11 opening again; openvpn 1>2 40000 10-60 rest", "openvpn 1>2 10-60 vpn closed unknown late from:opening='again'" },
  { "files", "ftp 1>2 40000 10-60 syn; s7comm 2>3 20 program 1 1", "ftp 1>2 10-60 file closed unknown" },
  { "relay", "@remote-relay 1>2 40000 11 login TeamViewer,_by_router3.teamviewer.com; remote-relay 1>2 40000 10-60 syn; s7comm 1>3 20 program 1 1",
    "remote-relay 1>2 10-60 relay closed unknown relay=TeamViewer from:login='TeamViewer, by router3.teamviewer.com' coincident:program s7comm 3 1 20-20" },
  { "tunnel-to-a-relay", "relay 9 Ewon_Talk2M; openvpn 1>9 40000 10-60 syn; s7comm 1>3 20 program 1 1",
    "openvpn 1>9 10-60 vpn closed unknown relay=Ewon Talk2M coincident:program s7comm 3 1 20-20" },
  { "tunnel-to-what-is-called-so-inside", "relay 2 Ewon_Talk2M; openvpn 1>2 40000 10-60 syn; s7comm 1>3 20 program 1 1", "openvpn 1>2 10-60 vpn closed unknown" },
  /* Hops. */
  { "hop", "rdp 1>2 40000 10-600 syn pause=20; rdp 2>3 41000 110-510 syn pause=20; s7comm 3>4 200 program 1 1",
    "rdp 1>2 10-600 desktop closed unknown; "
    "rdp 2>3 110-510 desktop closed unknown by=10 likely=90 at-work within rhythm size coincident:program s7comm 4 1 200-200" },
  { "hop-ends-together", "rdp 1>2 40000 10-600 syn pause=20; vnc 2>3 41000 110-595 syn pause=20",
    "rdp 1>2 10-600 desktop closed unknown; vnc 2>3 110-595 desktop closed unknown by=10 likely=95 at-work within together rhythm size" },
  { "no-hop-before", "rdp 1>2 40000 100-600 syn; rdp 2>3 41000 50-500 syn", "rdp 2>3 50-500 desktop closed unknown; rdp 1>2 100-600 desktop closed unknown" },
  { "no-hop-after", "rdp 1>2 40000 100-200 syn; rdp 2>3 41000 250-500 syn", "rdp 1>2 100-200 desktop closed unknown; rdp 2>3 250-500 desktop closed unknown" },
  { "no-hop-back", "rdp 1>2 40000 100-600 syn pause=20; rdp 2>1 41000 140-500 syn pause=20",
    "rdp 1>2 100-600 desktop closed unknown; rdp 2>1 140-500 desktop closed unknown" },
  { "two-that-might-be", "rdp 1>2 40000 10-600 syn pause=20; rdp 5>2 40001 15-610 syn pause=20; rdp 2>3 41000 110-510 syn pause=20",
    "rdp 1>2 10-600 desktop closed unknown; rdp 5>2 15-610 desktop closed unknown; "
    "rdp 2>3 110-510 desktop closed unknown by=15 likely=80 at-work within rhythm size rivals" },
  { "chain", "rdp 1>2 40000 10-600 syn pause=20; ssh 2>3 41000 110-510 syn pause=20; ssh 3>4 42000 150-400 syn pause=20",
    "rdp 1>2 10-600 desktop closed unknown; ssh 2>3 110-510 shell closed unknown by=10 likely=90 at-work within rhythm size; "
    "ssh 3>4 150-400 shell closed unknown by=110 likely=90 at-work within rhythm size" },
  { "by-relay", "@remote-relay 1>2 40000 11 login AnyDesk; remote-relay 1>2 40000 10-600 syn pause=20; rdp 1>3 41000 110-510 syn pause=20",
    "remote-relay 1>2 10-600 relay closed unknown relay=AnyDesk from:login='AnyDesk'; "
    "rdp 1>3 110-510 desktop closed unknown by=10 likely=90 at-work within rhythm size" },
  /* Reverse tunnels; hosts 8 and 9 are outside. */
  { "turned-shell", "ssh 1>9 40000 10-900 syn up=300:260 down=300:96", "ssh 1>9 10-900 shell closed interactive tunnel=65 shell alive" },
  { "turned-for-hours", "ssh 1>9 40000 10-5000 syn up=900:260 down=900:96 pause=90", "ssh 1>9 10-5000 shell closed interactive tunnel=70 shell alive long" },
  { "turned-with-pauses", "ssh 1>9 40000 10-5000 syn up=900:260 down=900:96 pause=900", "ssh 1>9 10-5000 shell closed interactive tunnel=60 shell long" },
  { "turned-inside", "ssh 1>2 40000 10-900 syn up=300:260 down=300:96", "ssh 1>2 10-900 shell closed interactive" },
  { "turned-inwards", "ssh 9>1 40000 10-900 syn up=300:260 down=300:96", "ssh 9>1 10-900 shell closed interactive" },
  { "client-at-work", "ssh 1>9 40000 10-900 syn up=300:96 down=300:260", "ssh 1>9 10-900 shell closed interactive" },
  { "file-brought", "ssh 1>9 40000 10-900 syn up=3000:1400 down=1600:66", "ssh 1>9 10-900 shell closed transfer" },
  { "turned-shortly", "ssh 1>9 40000 10-300 syn up=300:260 down=300:96", "ssh 1>9 10-300 shell closed interactive" },
  { "turned-with-few-keys", "ssh 1>9 40000 10-900 syn up=40:260 down=40:96", "ssh 1>9 10-900 shell closed interactive" },
  { "nobody-saw-who-asked", "ssh 1>9 40000 10-900 none up=300:260 down=300:96", "ssh 1-9 10-900 shell open unknown late" },
  { "turned-and-on", "tls 1>9 40000 10-2000 syn up=300:260 down=300:96 pause=60; rdp 1>3 41000 130-1500 syn pause=60",
    "tls 1>9 10-2000 relay closed interactive tunnel=60 alive onward; rdp 1>3 130-1500 desktop closed unknown by=10 likely=80 at-work within rhythm" },
  { "telemetry", "tls 1>9 40000 10-2000 syn up=300:260 down=300:96 pause=60", "" },
  { "telemetry-beside-work", "tls 1>9 40000 10-2000 syn up=300:260 down=300:96; rdp 1>3 41000 130-1500 syn pause=60",
    "rdp 1>3 130-1500 desktop closed unknown" },
  { "on-while-it-slept", "tls 1>9 40000 10-2000 syn up=300:260 down=300:96 pause=600; rdp 1>3 41000 330-1500 syn pause=60",
    "rdp 1>3 330-1500 desktop closed unknown" },
  { "web-push", "tls 1>9 40000 10-2000 syn up=90:80 down=200:300 pause=60; rdp 1>3 41000 130-1500 syn pause=60", "rdp 1>3 130-1500 desktop closed unknown" },
  /* More captures. */
  { "both-sides-of-a-router", "rdp 1>2 40000 10-600 syn; rdp 1>2 40000 10-600 syn", "rdp 1>2 10-600 desktop closed unknown" },
  { "two-taps", "rdp 1>2 40000 10-600 syn; next; rdp 1>2 40000 10-600 syn up=8:100", "rdp 1>2 10-600 desktop closed unknown parts=10-600:9/9,10-600:8/9" },
  { "rest", "rdp 1>2 40000 10-600 open; next; rdp 1>2 40000 601-900 rest", "rdp 1>2 10-900 desktop closed unknown parts=10-600:9/9,601-900:9/9" },
  { "rest-not-recognised", "ssh 1>2 40000 10-600 open; next; ? 1>2 40000 700-900 none; next; ? 1>2 40000 950-990 rest",
    "ssh 1>2 10-990 shell closed unknown parts=10-600:9/9,700-900:9/9,950-990:9/9" },
  { "rest-turned", "ssh 1>2 40000 10-600 open; next; ? 2<1 40000 700-900 none up=3:100 down=5:100", "ssh 1>2 10-900 shell open unknown parts=10-600:9/9,700-900:5/3" },
  { "rest-that-knows-who-asked", "rdp 1>2 40000 10-600 none up=3:100; next; rdp 2<1 40000 601-900 rest up=4:100", "rdp 2>1 10-900 desktop closed unknown late parts=10-600:9/3,601-900:4/9" },
  { "rest-too-late", "ssh 1>2 40000 10-600 open; next; ? 1>2 40000 9000-9100 none", "ssh 1>2 10-600 shell open unknown" },
  { "rest-of-another", "ssh 1>2 40000 10-600 open; next; ? 1>2 40001 700-900 none", "ssh 1>2 10-600 shell open unknown" },
  { "rest-of-an-ended-one", "ssh 1>2 40000 10-600 syn; next; ? 1>2 40000 700-900 none", "ssh 1>2 10-600 shell closed unknown" },
  { "rest-in-the-same-capture", "ssh 1>2 40000 10-600 open; ? 1>2 40000 700-900 none", "ssh 1>2 10-600 shell open unknown" },
  { "rest-of-nothing", "? 1>2 40000 700-900 none; next; ? 1>2 40000 950-990 none", "" },
  { "far-rest", "rdp 1>2 40000 10-600 open; next; rdp 1>2 40000 9000-9100 rest",
    "rdp 1>2 10-600 desktop open unknown; rdp 1>2 9000-9100 desktop closed unknown late" },
  { "done-elsewhere", "rdp 1>2 40000 10-600 syn; next; s7comm 2>3 100 program 1 1", "rdp 1>2 10-600 desktop closed unknown coincident:program s7comm 3 1 100-100" },
};

static IsthEndpoint
host (int number)
{
  static const uint8_t inside[3] = { 10, 0, 0 }, outside[3] = { 93, 184, 216 };
  const uint8_t *net = number == 8 || number == 9 ? outside : inside;

  return (IsthEndpoint) { .ip = isth_address_ipv4 ((uint8_t[4]) { net[0], net[1], net[2], (uint8_t) number }) };
}

static int
find_number (char **words,
             const char *key,
             int otherwise)
{
  for (; *words; words++)
    if (g_str_has_prefix (*words, key) && (*words)[strlen (key)] == '=')
      return atoi (*words + strlen (key) + 1);
  return otherwise;
}

static uint8_t
get_transport (const char *protocol)
{
  return strstr (protocol, "wireguard") ? 17 : 6;
}

static void
add_session (IsthFacts *facts,
             char **words,
             uint64_t frame)
{
  const char *edges = words[4];
  char *const dash = strchr (words[3], '-');
  int first = atoi (words[3]), last = atoi (dash + 1), pause = find_number (words, "pause", 0);
  bool turned = words[1][1] == '<', unknown = g_str_equal (words[0], "?");
  IsthTraffic traffic = {
    .protocol = unknown ? NULL : g_intern_string (words[0]),
    .remote = unknown ? NULL : g_intern_string (words[0]),
    .rest = unknown,
    .transport = get_transport (words[0]),
    .proof = g_str_equal (edges, "none") ? 0 : 2,
    .closed = g_str_equal (edges, "syn") ? 8 | 3 : g_str_equal (edges, "rest") ? 3 : g_str_equal (edges, "open") ? 8 : 0,
    .endpoint = { host (words[1][0] - '0'), host (words[1][2] - '0') },
    .port = { turned ? 3389 : (uint16_t) atoi (words[2]), turned ? (uint16_t) atoi (words[2]) : 3389 },
    .flags = { 7, 7 },
    .first_frame = { frame, frame + 1 },
    .first = T0 + first * S,
    .last = T0 + last * S,
  };

  for (int side = 0; side < 2; side++)
    {
      const char *sizes = NULL;

      for (char **word = words; *word; word++)
        if (g_str_has_prefix (*word, side ? "down=" : "up="))
          sizes = strchr (*word, '=') + 1;
      traffic.packets[side] = sizes ? (uint64_t) atoi (sizes) : 9;
      traffic.bytes[side] = traffic.packets[side] * (sizes ? (uint64_t) atoi (strchr (sizes, ':') + 1) : 1000);
    }
  for (int t = first; t <= last; t += pause ? pause : 1)
    isth_activity_add (&traffic.activity, T0 + t * S);
  isth_activity_add (&traffic.activity, traffic.last);
  isth_facts_add_traffic (facts, &traffic);
}

static void
add_remark (IsthFacts *facts,
            char **words,
            uint64_t frame)
{
  static const char *const kinds[] = { "login", "software", "host", "opening" };
  bool of_client = words[1][1] == '>';
  uint16_t port = (uint16_t) atoi (words[2]);
  IsthRemark remark = {
    .protocol = g_intern_string (words[0] + 1),
    .about = host (words[1][0] - '0'),
    .other = host (words[1][2] - '0'),
    .port = { of_client ? port : 3389, of_client ? 3389 : port },
    .transport = get_transport (words[0]),
    .text = g_strdelimit (words[5], "_", ' '),
    .evidence = { .frame = frame, .time = T0 + atoi (words[3]) * S },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (words[4], kinds[i]))
      remark.kind = (IsthRemarkKind) i;
  isth_facts_remark (&remark, facts);
}

static void
add_operations (IsthFacts *facts,
                char **words,
                uint64_t frame)
{
  IsthEndpoint from = host (words[1][0] - '0'), to = host (words[1][2] - '0');
  IsthTraffic traffic = {
    .protocol = g_intern_string (words[0]),
    .transport = 6,
    .proof = 3,
    .endpoint = { from, to },
    .port = { 45000, 102 },
    .flags = { 7, 7 },
    .packets = { 9, 9 },
    .first = T0 + atoi (words[2]) * S,
    .last = T0 + (atoi (words[2]) + atoi (words[4]) * atoi (words[5])) * S,
  };

  for (int i = 0; i < atoi (words[4]); i++)
    isth_facts_observe (&(IsthObservation) {
      .kind = ISTH_OBSERVE_OPERATION,
      .protocol = g_intern_string (words[0]),
      .subject = from,
      .target = to,
      .evidence = { .frame = frame + (uint64_t) i, .time = T0 + (atoi (words[2]) + i * atoi (words[5])) * S },
      .mutual = true,
      .operation = { isth_op_from_name (words[3]), -1, "deed", "" },
    }, facts);
  isth_facts_add_traffic (facts, &traffic);
}

/* The captures of @script; @order turns their order round, and that of the sentences. */
/* DNS told that a host is one of a relay's. */
static void
add_relay (IsthFacts *facts,
           char **words,
           uint64_t frame)
{
  g_autofree char *product = g_strdelimit (g_strdup (words[2]), "_", ' ');
  IsthObservation o = { .kind = ISTH_OBSERVE_ROLE, .protocol = "dns", .subject = host (atoi (words[1])), .evidence = { .frame = frame, .time = T0 } };

  o.role.role = "remote-relay";
  isth_facts_observe (&o, facts);
  o.kind = ISTH_OBSERVE_CLAIM;
  o.claim.attribute = ISTH_ATTRIBUTE_DESCRIPTION;
  o.claim.value = product;
  o.claim.confidence = ISTH_CONFIDENCE_PREFIX;
  isth_facts_observe (&o, facts);
}

static IsthWorld *
build (const char *script,
       bool reverse)
{
  IsthWorld *world = isth_world_new ();
  g_auto(GStrv) captures = g_strsplit (script, "next;", 0);

  for (guint c = 0, n = g_strv_length (captures); c < n; c++)
    {
      g_auto(GStrv) sentences = g_strsplit (captures[reverse ? n - 1 - c : c], ";", 0);
      g_autoptr(IsthFacts) facts = isth_facts_new ();
      IsthFactCapture *about = isth_facts_get_capture (facts);

      about->fingerprint = reverse ? n - c : c + 1;
      about->first = T0 + (int64_t) about->fingerprint;
      about->last = T0 + 1000 * S;
      about->complete = true;
      for (guint i = 0, m = g_strv_length (sentences); i < m; i++)
        {
          guint number = reverse ? m - 1 - i : i;
          g_auto(GStrv) words = g_strsplit (g_strstrip (sentences[number]), " ", 0);
          uint64_t frame = 1000 * (number + 1);

          if (!words[0] || !words[0][0])
            continue;
          if (words[0][0] == '@')
            add_remark (facts, words, frame);
          else if (g_str_equal (words[0], "relay"))
            add_relay (facts, words, frame);
          else if (strchr (words[3], '-'))
            add_session (facts, words, frame);
          else
            add_operations (facts, words, frame);
        }
      isth_world_add_facts (world, facts);
    }
  return world;
}

static int
number_of (const IsthSnapshot *snapshot,
           uint64_t id)
{
  const IsthAsset *asset = isth_snapshot_get_asset (snapshot, id);

  return asset && asset->n_interfaces ? asset->interfaces[0].ips[0].bytes[3] : 0;
}

static int
second_of (int64_t time)
{
  return (int) ((time - T0) / S);
}

static int
compare_first (const void *a,
               const void *b)
{
  const IsthRemoteSession *x = *(IsthRemoteSession *const *) a, *y = *(IsthRemoteSession *const *) b;

  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  return x->last < y->last ? -1 : x->last > y->last;
}

static void
add_hop (GString *text,
         const IsthSnapshot *snapshot,
         const IsthRemoteSession *session)
{
  static const struct { const char *part, *word; } words[] = {
    { "in use", "at-work" }, { "outlast", "within" }, { "ended within", "together" }, { "paused", "rhythm" }, { "as much", "size" }, { "others", "rivals" },
  };
  const IsthRemoteSession *in = isth_snapshot_get_session (snapshot, session->came_by);

  if (!in)
    return;
  g_string_append_printf (text, " by=%d likely=%u", second_of (in->first), session->score);
  for (const char **reason = session->reasons; *reason; reason++)
    for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
      if (strstr (*reason, words[i].part))
        g_string_append_printf (text, " %s", words[i].word);
}

static void
add_tunnel (GString *text,
            const IsthRemoteSession *session)
{
  static const struct { const char *part, *word; } words[] = {
    { "command line", "shell" }, { "never silent", "alive" }, { "an hour", "long" }, { "another session", "onward" }, { "the plant", "plant" },
  };

  if (session->tunnel == 0)
    return;
  g_string_append_printf (text, " tunnel=%u", session->tunnel);
  for (const char **reason = session->tunnel_reasons; *reason; reason++)
    for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
      if (strstr (*reason, words[i].part))
        g_string_append_printf (text, " %s", words[i].word);
}

static char *
format_sessions (const IsthSnapshot *snapshot)
{
  g_autofree IsthRemoteSession **sessions = g_memdup2 (snapshot->sessions, MAX (snapshot->n_sessions, 1) * sizeof *sessions);
  GString *text = g_string_new (NULL);

  qsort (sessions, snapshot->n_sessions, sizeof *sessions, compare_first);
  for (uint32_t i = 0; i < snapshot->n_sessions; i++)
    {
      const IsthRemoteSession *s = sessions[i];

      g_assert_true (isth_snapshot_get_session (snapshot, s->id) == s);
      g_assert_cmpuint (s->evidence.frame, >, 0);
      g_string_append_printf (text, "%s%s %d%c%d %d-%d %s %s %s%s", i ? "; " : "", s->protocol, number_of (snapshot, s->from), s->proof ? '>' : '-',
                              number_of (snapshot, s->to), second_of (s->first), second_of (s->last), isth_remote_name (s->kind),
                              isth_session_end_name (s->end), isth_session_shape_name (s->shape), s->begun ? "" : " late");
      if (s->user[0])
        g_string_append_printf (text, " user=%s", s->user);
      if (s->relay[0])
        g_string_append_printf (text, " relay=%s", s->relay);
      for (uint32_t w = 0; w < s->n_words; w++)
        g_string_append_printf (text, " %s:%s='%s'", s->words[w].of_client ? "from" : "to", isth_remark_name (s->words[w].kind), s->words[w].text);
      for (uint32_t p = 0; p < s->n_parts && s->n_parts > 1; p++)
        g_string_append_printf (text, "%s%d-%d:%d/%d", p ? "," : " parts=", second_of (s->parts[p].first), second_of (s->parts[p].last), (int) s->parts[p].packets[0],
                                (int) s->parts[p].packets[1]);
      add_hop (text, snapshot, s);
      add_tunnel (text, s);
      for (uint32_t d = 0; d < s->n_deeds; d++)
        g_string_append_printf (text, " %s:%s %s %d %s%d %d-%d%s", s->deeds[d].carried ? "carried" : "coincident", isth_op_name (s->deeds[d].verb),
                                s->deeds[d].protocol, number_of (snapshot, s->deeds[d].target), s->deeds[d].exact ? "" : ">=", (int) s->deeds[d].count,
                                second_of (s->deeds[d].first), second_of (s->deeds[d].last), s->deeds[d].habit ? " habit" : "");
    }
  return g_string_free (text, FALSE);
}

static void
test_case (const void *data)
{
  size_t i = GPOINTER_TO_SIZE (data);

  for (int reverse = 0; reverse < 2; reverse++)
    {
      g_autoptr(IsthWorld) world = build (cases[i].script, reverse);
      g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, NULL, NULL), again = isth_world_resolve (world, NULL, NULL);
      g_autofree char *text = format_sessions (snapshot);

      g_assert_cmpstr (text, ==, cases[i].sessions);
      g_assert_cmpuint (again->n_sessions, ==, snapshot->n_sessions);
      for (uint32_t s = 0; s < again->n_sessions; s++)
        g_assert_true (again->sessions[s] == snapshot->sessions[s]);
    }
}

/* What a provisional round shows is taken back. */
static void
test_provisional (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  char *words[] = { (char[]) { "rdp" }, (char[]) { "1>2" }, (char[]) { "40000" }, (char[]) { "10-60" }, (char[]) { "open" }, NULL };

  for (int round = 0; round < 3; round++)
    {
      isth_facts_begin_provisional (facts);
      add_session (facts, words, 1);
      isth_facts_end_provisional (facts);
      g_assert_cmpuint (isth_facts_view (facts).n_sessions, ==, 1);
    }
  isth_facts_drop_provisional (facts);
  g_assert_cmpuint (isth_facts_view (facts).n_sessions, ==, 0);
  add_session (facts, words, 1);
  g_assert_cmpuint (isth_facts_view (facts).n_sessions, ==, 1);
}

/* Connections, remarks, and rows of one session beyond their ceilings. */
static void
test_ceilings (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthSnapshot) snapshot = NULL;
  char *words[] = { (char[]) { "rdp" }, (char[]) { "1>2" }, (char[]) { "40000" }, (char[]) { "10-60" }, (char[]) { "open" }, NULL };
  const IsthRemoteSession *most = NULL;
  uint64_t told = 0;

  for (uint32_t i = 0; i < ISTH_LIMIT_SESSIONS + 5; i++)
    {
      g_autofree char *port = g_strdup_printf ("%u", 40000 + i % 20000);

      words[2] = i == 0 ? words[2] : port;
      add_session (facts, words, i + 1);
    }
  for (uint32_t i = 0; i < ISTH_LIMIT_REMARKS + 7; i++)
    {
      g_autofree char *text = g_strdup_printf ("name%u", i);
      char *said[] = { (char[]) { "@rdp" }, (char[]) { "1>2" }, (char[]) { "40000" }, (char[]) { "11" }, (char[]) { "login" }, text, NULL };

      add_remark (facts, said, i + 1);
    }
  for (char i = 0; i < ISTH_LIMIT_SESSION_DEEDS + 9; i++)
    {
      char ends[] = { '2', '>', (char) ('3' + i), '\0' };
      char *done[] = { (char[]) { "modbus" }, ends, (char[]) { "20" }, (char[]) { "write" }, (char[]) { "1" }, (char[]) { "1" }, NULL };

      add_operations (facts, done, 1000);
    }
  g_assert_cmpuint (isth_facts_view (facts).n_sessions, ==, ISTH_LIMIT_SESSIONS);
  g_assert_cmpuint (isth_facts_view (facts).n_remarks, ==, ISTH_LIMIT_REMARKS);
  isth_world_add_facts (world, facts);
  snapshot = isth_world_resolve (world, NULL, NULL);
  for (uint32_t i = 0; i < snapshot->health->n_limits; i++)
    if (g_str_equal (snapshot->health->limits[i].what, isth_limit_text (ISTH_REACHED_SESSIONS)))
      told = snapshot->health->limits[i].count;
  g_assert_cmpuint (told, ==, 12);
  for (uint32_t i = 0; i < snapshot->n_sessions; i++)
    if (snapshot->sessions[i]->port[0] == 40000)
      most = snapshot->sessions[i];
  g_assert_nonnull (most);
  g_assert_cmpuint (most->n_words, ==, ISTH_LIMIT_SESSION_WORDS);
  g_assert_cmpuint (most->n_deeds, ==, ISTH_LIMIT_SESSION_DEEDS);
  g_assert_cmpuint (most->more_deeds, ==, 9);
}

/* Perhaps the rest of something: rows beyond their ceiling; and a session in more captures than are named. */
static void
test_parts (void)
{
  g_autoptr(IsthFacts) facts = isth_facts_new ();
  g_autoptr(GString) script = g_string_new ("ssh 1>2 40000 10-20 open");
  g_autoptr(IsthWorld) world = NULL;
  g_autoptr(IsthSnapshot) snapshot = NULL;
  char *words[] = { (char[]) { "?" }, (char[]) { "1>2" }, (char[]) { "40000" }, (char[]) { "10-60" }, (char[]) { "none" }, NULL };

  for (uint32_t i = 0; i < ISTH_LIMIT_RESTS + 5; i++)
    add_session (facts, words, i + 1);
  g_assert_cmpuint (isth_facts_view (facts).n_sessions, ==, ISTH_LIMIT_RESTS);
  for (int i = 1; i <= ISTH_LIMIT_SESSION_PARTS; i++)
    g_string_append_printf (script, "; next; ? 1>2 40000 %d-%d none", 10 + 20 * i, 20 + 20 * i);
  world = build (script->str, false);
  snapshot = isth_world_resolve (world, NULL, NULL);
  g_assert_cmpuint (snapshot->n_sessions, ==, 1);
  g_assert_cmpuint (snapshot->sessions[0]->n_parts, ==, ISTH_LIMIT_SESSION_PARTS);
  g_assert_cmpuint (snapshot->sessions[0]->packets[0], ==, 9 * (ISTH_LIMIT_SESSION_PARTS + 1));
}

/* Out of a project come the rows that went in, and none that refers to what is not there. */
static void
test_load (void)
{
  g_autoptr(IsthWorld) world = build (cases[8].script, false);
  g_autoptr(IsthFacts) loaded = isth_facts_new ();
  IsthFactsView view = isth_facts_view (isth_world_get_facts (world)->pdata[0]);
  IsthFactSession session = view.sessions[0];
  IsthFactRemark remark = view.remarks[0];

  for (uint32_t s = 1; s < view.n_strings; s++)
    isth_facts_intern (loaded, isth_facts_string (isth_world_get_facts (world)->pdata[0], s));
  for (uint32_t s = 0; s < view.n_stations; s++)
    {
      IsthStation station = isth_facts_view_station (&view, s);

      g_assert_true (isth_facts_load_station (loaded, &station));
    }
  session.server = 99;
  g_assert_false (isth_facts_load_session (loaded, &session));
  session.server = view.sessions[0].server;
  session.inner = 99;
  g_assert_false (isth_facts_load_session (loaded, &session));
  g_assert_true (isth_facts_load_session (loaded, &view.sessions[0]));
  remark.kind = ISTH_N_REMARKS;
  g_assert_false (isth_facts_load_remark (loaded, &remark));
  remark.kind = view.remarks[0].kind;
  remark.text = 99;
  g_assert_false (isth_facts_load_remark (loaded, &remark));
  g_assert_true (isth_facts_load_remark (loaded, &view.remarks[0]));
  g_assert_false (isth_facts_load_remark (loaded, &view.remarks[0]));
}

static void
test_protocols (void)
{
  static const struct { const char *id; IsthRemote kind; bool by_deed; } protocols[] = {
    { "ssh", ISTH_REMOTE_SHELL, false }, { "vnc", ISTH_REMOTE_DESKTOP, false }, { "smb", ISTH_REMOTE_ADMINISTRATION, true },
    { "modbus", ISTH_REMOTE_NOT, false }, { "", ISTH_REMOTE_NOT, false },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      uint8_t number = isth_remote_find (protocols[i].id);

      g_assert_cmpint (isth_protocol_get_remote (protocols[i].id), ==, protocols[i].kind);
      g_assert_true (isth_remote_is_by_deed (protocols[i].id) == protocols[i].by_deed);
      g_assert_cmpstr (isth_remote_get_protocol (number), ==, protocols[i].kind ? protocols[i].id : NULL);
    }
  g_assert_cmpstr (isth_remote_get_product ("anydesk"), ==, "AnyDesk");
  g_assert_cmpstr (isth_remote_get_product ("rdp"), ==, "");
  for (unsigned int number = 1; isth_remote_get_protocol ((uint8_t) number); number++)
    g_assert_cmpint (isth_remote_find (isth_remote_get_protocol ((uint8_t) number)), ==,
                     isth_remote_is_by_shape (isth_remote_get_protocol ((uint8_t) number)) ? 0 : (int) number);
  g_assert_true (isth_remote_is_by_shape ("tls"));
  g_assert_false (isth_remote_is_by_shape ("ssh"));
  for (IsthRemote kind = 0; kind < ISTH_N_REMOTES; kind++)
    g_assert_cmpstr (isth_remote_title (kind), !=, "");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/world/sessions/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/world/sessions/provisional", test_provisional);
  g_test_add_func ("/world/sessions/ceilings", test_ceilings);
  g_test_add_func ("/world/sessions/parts", test_parts);
  g_test_add_func ("/world/sessions/load", test_load);
  g_test_add_func ("/world/sessions/protocols", test_protocols);
  return g_test_run ();
}
