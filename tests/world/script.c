/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small language of script.h. */
#include "tests/world/script.h"

#include <stdlib.h>
#include <string.h>

#define N_CAPTURES 8
#define HOUR (3600ll * 1000000000)

static IsthEndpoint
read_endpoint (const char *word,
               char **child)
{
  g_autofree char *text = g_strdup (word);
  char *part;
  IsthEndpoint endpoint = { 0 };

  *child = NULL;
  if ((part = strchr (text, '#')))
    {
      *part++ = '\0';
      *child = g_strdelimit (g_strdup (part), "_", ' ');
      endpoint.child = *child;
    }
  if ((part = strchr (text, '@')))
    {
      *part++ = '\0';
      endpoint.vlan = (uint16_t) atoi (part);
    }
  if ((part = strchr (text, '/')))
    {
      *part++ = '\0';
      g_assert_true (isth_address_parse (&endpoint.ip, part));
    }
  if (text[0] == 'm')
    {
      uint32_t n = (uint32_t) atoi (text + 1);
      endpoint.mac = isth_address_mac ((uint8_t[6]) { 0x02, 0x1b, 0x1b, (uint8_t) (n >> 16), (uint8_t) (n >> 8), (uint8_t) n });
    }
  else if (!g_str_equal (text, "0"))
    g_assert_true (isth_address_parse (&endpoint.mac, text));
  return endpoint;
}

static const char *
find_option (char **words,
             const char *name,
             const char *otherwise)
{
  for (; *words; words++)
    if (g_str_has_prefix (*words, name) && (*words)[strlen (name)] == '=')
      return *words + strlen (name) + 1;
  return otherwise;
}

static void
add_flow (IsthFacts *facts,
          char **words,
          int64_t time,
          uint64_t frame)
{
  g_autofree char *child_a = NULL, *child_b = NULL;
  uint64_t sent = g_ascii_strtoull (find_option (words, "sent", "5"), NULL, 10);
  uint64_t got = g_ascii_strtoull (find_option (words, "got", "5"), NULL, 10);
  bool asked = find_option (words, "asked", NULL) != NULL;
  IsthTraffic traffic = {
    .transport = (uint8_t) atoi (find_option (words, "transport", "6")),
    .proof = (uint8_t) atoi (find_option (words, "proof", "2")),
    .port = { 50000, (uint16_t) atoi (find_option (words, "port", "0")) },
    .packets = { sent, got },
    .bytes = { sent * 100, got * 100 },
    .first = time,
    .last = time + 1000000000,
  };

  traffic.endpoint[0] = read_endpoint (words[1], &child_a);
  traffic.endpoint[1] = read_endpoint (words[2], &child_b);
  traffic.protocol = words[3] && !strchr (words[3], '=') ? g_intern_string (words[3]) : NULL;
  traffic.ttl_min[0] = traffic.ttl_max[0] = sent ? (uint8_t) atoi (find_option (words, "ttl", "64")) : 0;
  traffic.ttl_min[1] = traffic.ttl_max[1] = got ? (uint8_t) atoi (find_option (words, "back", "64")) : 0;
  traffic.first_frame[0] = sent ? frame : 0;
  traffic.first_frame[1] = got ? frame : 0;
  if (sent)
    traffic.flags[0] = ISTH_STATION_SPOKE | (asked ? 0 : ISTH_STATION_ANSWERED);
  if (got)
    traffic.flags[1] = ISTH_STATION_SPOKE | ISTH_STATION_ANSWERED;
  if (sent && !asked)
    traffic.flags[1] |= ISTH_STATION_ADDRESSED;
  if (got)
    traffic.flags[0] |= ISTH_STATION_ADDRESSED;
  isth_activity_add (&traffic.activity, time);
  isth_facts_add_traffic (facts, &traffic);
}

static void
add_operation (IsthFacts *facts,
               char **words,
               IsthObservation *observation)
{
  int count = words[6] && words[7] && words[8] ? atoi (words[8]) : 1;
  const char *outcome = words[6] && words[7] ? words[7] : "-";
  g_autofree char *child = NULL;

  observation->kind = ISTH_OBSERVE_OPERATION;
  observation->target = read_endpoint (words[2], &child);
  observation->protocol = g_intern_string (words[3]);
  observation->operation.verb = isth_op_from_name (words[4]);
  g_assert_cmpint (observation->operation.verb, <, ISTH_N_OPS);
  observation->operation.function = -1;
  observation->operation.name = g_intern_string (words[5]);
  observation->operation.object = words[6] && !g_str_equal (words[6], "-") ? words[6] : "";
  for (int i = 0; i < count; i++)
    {
      IsthObservation result = *observation;

      observation->evidence.frame += i;
      result.outcome.ticket = isth_facts_observe (observation, facts);
      result.kind = ISTH_OBSERVE_OUTCOME;
      result.outcome.result = g_str_equal (outcome, "ok") ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED;
      result.outcome.text = NULL;
      if (!g_str_equal (outcome, "-"))
        isth_facts_observe (&result, facts);
    }
}

static void
add_sentence (IsthWorld *world,
              IsthFacts *facts,
              char **words,
              int64_t time,
              uint64_t frame)
{
  g_autofree char *child = NULL;
  IsthObservation observation = { .evidence = { .frame = frame, .time = time } };
  IsthEdit edit;

  if (g_str_equal (words[0], "flow"))
    {
      add_flow (facts, words, time, frame);
      return;
    }
  observation.subject = read_endpoint (words[1], &child);
  if (g_str_equal (words[0], "say"))
    {
      observation.kind = ISTH_OBSERVE_CLAIM;
      observation.claim.attribute = isth_attribute_from_name (words[2]);
      g_assert_cmpint (observation.claim.attribute, <, ISTH_N_ATTRIBUTES);
      observation.claim.value = g_strdelimit (words[3], "_", ' ');
      observation.claim.confidence = words[4] ? (uint8_t) atoi (words[4]) : ISTH_CONFIDENCE_PARSED;
      observation.protocol = words[4] && words[5] ? g_intern_string (words[5]) : "test";
      isth_facts_observe (&observation, facts);
    }
  else if (g_str_equal (words[0], "bind") || g_str_equal (words[0], "child"))
    {
      observation.kind = words[0][0] == 'b' ? ISTH_OBSERVE_BINDING : ISTH_OBSERVE_CHILD;
      observation.protocol = words[2] ? g_intern_string (words[2]) : words[0][0] == 'b' ? "arp" : "modbus";
      isth_facts_observe (&observation, facts);
    }
  else if (g_str_equal (words[0], "role"))
    {
      observation.kind = ISTH_OBSERVE_ROLE;
      observation.role.role = g_intern_string (words[2]);
      observation.protocol = words[3] ? g_intern_string (words[3]) : "test";
      isth_facts_observe (&observation, facts);
    }
  else if (g_str_equal (words[0], "hears"))
    {
      g_autofree char *other = NULL;

      observation.kind = ISTH_OBSERVE_NEIGHBOUR;
      observation.target = read_endpoint (words[2], &other);
      observation.neighbour.port = g_str_equal (words[3], "-") ? "" : words[3];
      observation.protocol = words[4] ? g_intern_string (words[4]) : "test";
      isth_facts_observe (&observation, facts);
    }
  else if (g_str_equal (words[0], "do"))
    add_operation (facts, words, &observation);
  else if (g_str_equal (words[0], "word"))
    {
      edit = (IsthEdit) { observation.subject, isth_attribute_from_name (words[2]),
                          g_str_equal (words[3], "-") ? "" : g_strdelimit (words[3], "_", ' '), words[4], time };
      isth_world_add_edit (world, &edit);
    }
  else
    g_error ("unknown sentence “%s”", words[0]);
}

typedef struct
{
  char **words;
  int capture;
  int64_t time;
  uint64_t frame;
} Sentence;

static void
sentence_clear (gpointer data)
{
  g_strfreev (((Sentence *) data)->words);
}

/* The sentences with their times, which stay when the order does not. */
static GArray *
read_script (const char *script)
{
  g_auto(GStrv) parts = g_strsplit (script, ";", -1);
  GArray *sentences = g_array_new (FALSE, FALSE, sizeof (Sentence));
  int capture = 0;
  int64_t seconds = 0;
  uint64_t frame = 1;

  g_array_set_clear_func (sentences, sentence_clear);
  for (char **part = parts; *part; part++)
    {
      g_auto(GStrv) raw = g_strsplit_set (g_strstrip (*part), " \n", -1);
      GStrvBuilder *builder = g_strv_builder_new ();
      Sentence sentence;

      for (char **word = raw; *word; word++)
        if (**word)
          g_strv_builder_add (builder, *word);
      sentence.words = g_strv_builder_end (builder);
      g_strv_builder_unref (builder);
      sentence.capture = capture;
      sentence.time = capture * HOUR + seconds * 1000000000;
      sentence.frame = frame++;
      if (!sentence.words[0] || g_str_equal (sentence.words[0], "cap") || g_str_equal (sentence.words[0], "at"))
        {
          if (sentence.words[0] && sentence.words[0][0] == 'c')
            capture = atoi (sentence.words[1]);
          else if (sentence.words[0])
            seconds = atoi (sentence.words[1]);
          g_strfreev (sentence.words);
          continue;
        }
      seconds++;
      g_array_append_val (sentences, sentence);
    }
  return sentences;
}

IsthWorld *
isth_script_build (const char *script,
                   GRand *shuffle)
{
  g_autoptr(GArray) sentences = read_script (script);
  IsthFacts *captures[N_CAPTURES] = { NULL };
  IsthWorld *world = isth_world_new ();
  uint32_t start = shuffle ? (uint32_t) g_rand_int_range (shuffle, 0, N_CAPTURES) : 0;

  for (guint i = sentences->len; shuffle && i > 1; i--)
    {
      guint other = (guint) g_rand_int_range (shuffle, 0, (int) i);
      Sentence swap = g_array_index (sentences, Sentence, i - 1);

      g_array_index (sentences, Sentence, i - 1) = g_array_index (sentences, Sentence, other);
      g_array_index (sentences, Sentence, other) = swap;
    }
  for (guint i = 0; i < sentences->len; i++)
    {
      const Sentence *sentence = &g_array_index (sentences, Sentence, i);
      IsthFacts **facts = &captures[sentence->capture];
      g_auto(GStrv) words = g_strdupv (sentence->words);

      if (!*facts)
        *facts = isth_facts_new ();
      add_sentence (world, *facts, words, sentence->time, sentence->frame);
    }
  for (uint32_t i = 0; i < N_CAPTURES; i++)
    {
      IsthFacts *facts = captures[(i + start) % N_CAPTURES];
      IsthFactCapture *about = facts ? isth_facts_get_capture (facts) : NULL;

      if (!facts)
        continue;
      about->fingerprint = 100 + (i + start) % N_CAPTURES;
      about->first = (int64_t) ((i + start) % N_CAPTURES) * HOUR;
      about->last = about->first + HOUR / 2;
      about->path = g_strdup_printf ("%u.pcap", (i + start) % N_CAPTURES);
      isth_world_add_facts (world, facts);
      isth_facts_unref (facts);
    }
  return world;
}

static const char *
short_address (const IsthAddress *address,
               char text[ISTH_ADDRESS_TEXT])
{
  isth_address_format (address, text);
  if (g_str_has_prefix (text, "02:1b:1b:00:00:"))
    {
      guint64 n = g_ascii_strtoull (text + 15, NULL, 16);
      g_snprintf (text, ISTH_ADDRESS_TEXT, "m%u", (guint) n);
    }
  return text;
}

static void
dump_addresses (GString *line,
                const IsthSnapshot *snapshot,
                const IsthAsset *asset)
{
  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    {
      const IsthInterface *interface = &asset->interfaces[i];
      char text[ISTH_ADDRESS_TEXT];

      if (i)
        g_string_append_c (line, '+');
      g_string_append (line, interface->mac.kind ? short_address (&interface->mac, text) : "0");
      for (uint32_t a = 0; a < interface->n_ips; a++)
        g_string_append_printf (line, "/%s", isth_address_format (&interface->ips[a], text));
      for (uint32_t v = 0; v < interface->n_vlans; v++)
        g_string_append_printf (line, "@%u", interface->vlans[v]);
    }
  for (const char **path = asset->other_addresses; *path; path++)
    g_string_append_printf (line, "#%s", *path);
  if (asset->parent)
    {
      g_string_append (line, " in ");
      dump_addresses (line, snapshot, isth_snapshot_get_asset (snapshot, asset->parent));
    }
}

static int
compare_lines (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

char *
isth_script_dump (const IsthSnapshot *snapshot)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    {
      const IsthAsset *asset = snapshot->assets[i];
      GString *line = g_string_new (NULL);

      dump_addresses (line, snapshot, asset);
      if (*asset->behind)
        g_string_append_printf (line, " behind %s", asset->behind);
      if (asset->kind)
        g_string_append_printf (line, " %s", isth_kind_name (asset->kind));
      if (asset->level != ISTH_LEVEL_UNKNOWN)
        g_string_append_printf (line, " L%s", isth_level_name (asset->level));
      if (asset->silent)
        g_string_append (line, " silent");
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  return join_sorted (lines);
}

static void
dump_evidence (GString *line,
               const IsthEvidence *evidence)
{
  g_string_append_printf (line, "[%u:%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT ":%u+%u]", evidence->capture, evidence->frame, evidence->time,
                          evidence->offset, evidence->length);
  for (uint32_t i = 0; i < evidence->n_bytes; i++)
    g_string_append_printf (line, "%s%02x", i ? "" : "=", evidence->bytes[i]);
}

static char *
dump_asset (const IsthSnapshot *snapshot,
            const IsthAsset *asset)
{
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "asset %016" G_GINT64_MODIFIER "x “%s” by %s, %s (%s), %s L%s (%s), behind “%s” ", asset->id, asset->name,
                          asset->name_reason, isth_kind_name (asset->kind), asset->kind_reason, isth_side_name (asset->side),
                          isth_level_name (asset->level), asset->level_reason, asset->behind);
  g_string_append_printf (line, "sure %u %u, or %s %u by %u, rules", asset->kind_confidence, asset->level_confidence, isth_kind_name (asset->other_kind),
                          asset->other_confidence, asset->other_rule);
  for (int i = 0; i < ISTH_KIND_RULES; i++)
    g_string_append_printf (line, " %u", asset->kind_rules[i]);
  dump_addresses (line, snapshot, asset);
  for (const char **role = asset->roles; *role; role++)
    g_string_append_printf (line, " role:%s", *role);
  for (const char **protocol = asset->protocols; *protocol; protocol++)
    g_string_append_printf (line, " speaks:%s", *protocol);
  for (uint32_t i = 0; i < asset->n_services; i++)
    g_string_append_printf (line, " serves:%u/%u/%s", asset->services[i].transport, asset->services[i].port, asset->services[i].protocol);
  for (uint32_t i = 0; i < asset->n_claims; i++)
    {
      const IsthAssetClaim *claim = &asset->claims[i];

      g_string_append_printf (line, " %s%s%s=“%s” by %s %u ×%" G_GUINT64_FORMAT, claim->shown ? "*" : "", claim->conflict ? "!" : "",
                              isth_attribute_name (claim->attribute), claim->value, claim->protocol, claim->confidence, claim->count);
      dump_evidence (line, &claim->evidence);
    }
  for (uint32_t i = 0; i < asset->n_bindings; i++)
    {
      char ip[ISTH_ADDRESS_TEXT], mac[ISTH_ADDRESS_TEXT];

      g_string_append_printf (line, " bound:%s:%s:%s", isth_address_format (&asset->bindings[i].ip, ip),
                              isth_address_format (&asset->bindings[i].mac, mac), asset->bindings[i].protocol);
      dump_evidence (line, &asset->bindings[i].evidence);
    }
  g_string_append (line, " sight");
  dump_evidence (line, &(IsthEvidence) { .frame = asset->first_sight.frame, .time = asset->first_sight.time, .capture = asset->first_sight.capture });
  g_string_append_printf (line, " %" G_GINT64_FORMAT "…%" G_GINT64_FORMAT " %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, asset->first, asset->last,
                          asset->packets_sent, asset->packets_received);
  return g_string_free (line, FALSE);
}

static char *
dump_link (const IsthLink *link)
{
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "link %016" G_GINT64_MODIFIER "x %016" G_GINT64_MODIFIER "x→%016" G_GINT64_MODIFIER "x %s %u/%u proof %u%s %" G_GUINT64_FORMAT
                          "/%" G_GUINT64_FORMAT " flows %" G_GUINT64_FORMAT,
                          link->id, link->from, link->to, link->protocol, link->transport, link->port, link->proof, link->crossing ? " crossing" : "",
                          link->packets[0], link->packets[1], link->flows);
  for (uint32_t i = 0; i < link->n_operations; i++)
    {
      const IsthLinkOperation *operation = &link->operations[i];

      g_string_append_printf (line, " %s %s “%s” ×%" G_GUINT64_FORMAT " ok %" G_GUINT64_FORMAT, isth_op_name (operation->verb), operation->name,
                              operation->object, operation->count, operation->ok);
      dump_evidence (line, &operation->evidence);
      for (uint32_t e = 0; e < operation->n_events; e++)
        dump_evidence (line, &operation->events[e].evidence);
    }
  return g_string_free (line, FALSE);
}

char *
isth_script_dump_all (const IsthSnapshot *snapshot)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    g_ptr_array_add (lines, dump_asset (snapshot, snapshot->assets[i]));
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    g_ptr_array_add (lines, dump_link (snapshot->links[i]));
  for (uint32_t i = 0; i < snapshot->n_alerts; i++)
    {
      const IsthAlert *alert = snapshot->alerts[i];
      g_autofree char *plant = isth_alert_describe (alert, alert->plant_form), *security = isth_alert_describe (alert, alert->security_form);
      GString *line = g_string_new (NULL);

      g_string_append_printf (line, "alert %016" G_GINT64_MODIFIER "x %s: %s / %s ×%" G_GUINT64_FORMAT, alert->id, alert->detection, plant, security,
                              alert->count);
      for (uint32_t e = 0; e < alert->n_evidence; e++)
        dump_evidence (line, &alert->evidence[e]);
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  return join_sorted (lines);
}
