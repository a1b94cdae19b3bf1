/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts as text, and random sayings. */
#include "tests/helpers/facts-text.h"

#include "analysis/base/hash.h"

#include <string.h>

static void
add_station (GString         *line,
             const IsthFacts *facts,
             uint32_t         row)
{
  IsthFactsView view = isth_facts_view (facts);
  IsthStation station;
  char text[ISTH_ADDRESS_TEXT];

  g_assert_cmpuint (row, <, view.n_stations);
  station = isth_facts_view_station (&view, row);
  g_string_append_printf (line, " (%s", isth_address_format (&station.mac, text));
  g_string_append_printf (line, " %s v%u %s)", isth_address_format (&station.ip, text), station.vlan,
                          isth_facts_string (facts, station.child));
}

static void
add_evidence (GString                *line,
              const IsthFacts        *facts,
              const IsthFactEvidence *evidence)
{
  uint32_t n;
  const uint8_t *bytes = isth_facts_bytes (facts, evidence->bytes, &n);

  g_string_append_printf (line, " @%" G_GINT64_FORMAT "/%" G_GUINT64_FORMAT "+%u:%u=", evidence->time, evidence->frame,
                          evidence->offset, evidence->length);
  for (uint32_t i = 0; i < n; i++)
    g_string_append_printf (line, "%02x", bytes[i]);
}

static void
add_activity (GString            *line,
              const IsthActivity *activity)
{
  g_string_append_printf (line, " [%" G_GINT64_FORMAT ">>%u %" G_GINT64_MODIFIER "x]", (int64_t) activity->start, activity->shift,
                          activity->bits);
}

static GString *
begin (GPtrArray  *lines,
       const char *kind,
       bool        numbered,
       uint32_t    row)
{
  GString *line = g_string_new (kind);

  if (numbered)
    g_string_append_printf (line, " #%06u", row);
  g_ptr_array_add (lines, line);
  return line;
}

static void
add_stations (GPtrArray       *lines,
              const IsthFacts *facts,
              bool             numbered)
{
  IsthFactsView view = isth_facts_view (facts);

  for (uint32_t i = 0; i < view.n_stations; i++)
    {
      IsthStation station = isth_facts_view_station (&view, i), *s = &station;
      GString *line = begin (lines, "station", numbered, i);

      add_station (line, facts, i);
      if (s->parent != ISTH_NOBODY)
        add_station (line, facts, s->parent);
      g_string_append_printf (line, " f%x ttl %u-%u sent %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT " got %" G_GUINT64_FORMAT
                              "/%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT " frame %" G_GUINT64_FORMAT, s->flags, s->ttl_min, s->ttl_max,
                              s->packets_sent, s->bytes_sent, s->packets_received, s->bytes_received, s->first, s->last, s->first_frame);
      add_activity (line, &s->activity);
    }
  for (uint32_t i = 0; i < view.n_conversations; i++)
    {
      const IsthConversation *c = &view.conversations[i];
      GString *line = begin (lines, "conversation", numbered, i);

      add_station (line, facts, c->client);
      add_station (line, facts, c->server);
      g_string_append_printf (line, " %s t%u p%u :%u %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                              "/%" G_GUINT64_FORMAT " flows %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT,
                              isth_facts_string (facts, c->protocol), c->transport, c->proof, c->port, c->packets[0], c->bytes[0],
                              c->packets[1], c->bytes[1], c->flows, c->first, c->last);
      add_activity (line, &c->activity);
    }
}

static void
add_standing (GPtrArray       *lines,
              const IsthFacts *facts,
              bool             numbered)
{
  IsthFactsView view = isth_facts_view (facts);
  GString *line;

  for (uint32_t i = 0; i < view.n_claims; i++)
    {
      const IsthFactClaim *c = &view.claims[i];

      line = begin (lines, "claim", numbered, i);
      add_station (line, facts, c->station);
      g_string_append_printf (line, " %u=%s by %s c%u n%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT, c->attribute,
                              isth_facts_string (facts, c->value), isth_facts_string (facts, c->protocol), c->confidence, c->count,
                              c->last);
      add_evidence (line, facts, &c->evidence);
    }
  for (uint32_t i = 0; i < view.n_bindings; i++)
    {
      const IsthFactBinding *b = &view.bindings[i];

      line = begin (lines, "binding", numbered, i);
      add_station (line, facts, b->station);
      g_string_append_printf (line, " by %s n%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT, isth_facts_string (facts, b->protocol),
                              b->count, b->last);
      add_evidence (line, facts, &b->evidence);
    }
  for (uint32_t i = 0; i < view.n_roles; i++)
    {
      const IsthFactRole *r = &view.roles[i];

      line = begin (lines, "role", numbered, i);
      add_station (line, facts, r->station);
      g_string_append_printf (line, " %s by %s n%" G_GUINT64_FORMAT, isth_facts_string (facts, r->role),
                              isth_facts_string (facts, r->protocol), r->count);
      add_evidence (line, facts, &r->evidence);
    }
  for (uint32_t i = 0; i < view.n_neighbours; i++)
    {
      const IsthFactNeighbour *n = &view.neighbours[i];

      line = begin (lines, "neighbour", numbered, i);
      add_station (line, facts, n->station);
      add_station (line, facts, n->other);
      g_string_append_printf (line, " %s by %s", isth_facts_string (facts, n->port), isth_facts_string (facts, n->protocol));
      add_evidence (line, facts, &n->evidence);
      g_string_append_printf (line, " n%" G_GUINT64_FORMAT " to %" G_GINT64_FORMAT, n->count, n->last);
    }
}

static void
add_operation (GString                 *line,
               const IsthFacts         *facts,
               const IsthFactOperation *o)
{
  add_station (line, facts, o->client);
  add_station (line, facts, o->server);
  g_string_append_printf (line, " %s %s %" G_GINT64_FORMAT " %s {%s}", isth_facts_string (facts, o->protocol),
                          isth_op_name (o->verb), o->function, isth_facts_string (facts, o->name),
                          isth_facts_string (facts, o->object));
}

static void
add_doing (GPtrArray       *lines,
           const IsthFacts *facts,
           bool             numbered)
{
  IsthFactsView view = isth_facts_view (facts);
  GString *line;

  for (uint32_t i = 0; i < view.n_operations; i++)
    {
      const IsthFactOperation *o = &view.operations[i];

      if (o->count == 0 && !numbered)
        continue;
      line = begin (lines, "operation", numbered, i);
      add_operation (line, facts, o);
      g_string_append_printf (line, " f%u n%" G_GUINT64_FORMAT " ok%" G_GUINT64_FORMAT " no%" G_GUINT64_FORMAT " e%u %"
                              G_GINT64_FORMAT "..%" G_GINT64_FORMAT, o->folded, o->count, o->ok, o->refused, o->events, o->first,
                              o->last);
      add_evidence (line, facts, &o->evidence);
    }
  for (uint32_t i = 0; i < view.n_events; i++)
    {
      const IsthFactEvent *e = &view.events[i];

      if (view.operations[e->operation].count == 0 && !numbered)
        continue;
      line = begin (lines, "event", numbered, i);
      add_operation (line, facts, &view.operations[e->operation]);
      g_string_append_printf (line, " %s (%s)", isth_outcome_name (e->outcome), isth_facts_string (facts, e->text));
      add_evidence (line, facts, &e->evidence);
    }
  for (uint32_t i = 0; i < view.n_health; i++)
    g_string_append_printf (begin (lines, "health", numbered, i), " %s %s n%" G_GUINT64_FORMAT,
                            isth_facts_string (facts, view.health[i].group), isth_facts_string (facts, view.health[i].what),
                            view.health[i].count);
}

static void
add_sessions (GPtrArray       *lines,
              const IsthFacts *facts,
              bool             numbered)
{
  IsthFactsView view = isth_facts_view (facts);
  GString *line;

  for (uint32_t i = 0; i < view.n_sessions; i++)
    {
      const IsthFactSession *s = &view.sessions[i];

      line = begin (lines, "session", numbered, i);
      add_station (line, facts, s->client);
      add_station (line, facts, s->server);
      g_string_append_printf (line, " %s %s :%u :%u t%u p%u c%u %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT
                              " %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT, isth_facts_string (facts, s->protocol), isth_facts_string (facts, s->inner),
                              s->port[0], s->port[1], s->transport, s->proof, s->closed, s->packets[0], s->bytes[0], s->packets[1], s->bytes[1], s->first,
                              s->last);
      add_activity (line, &s->activity);
      add_evidence (line, facts, &s->evidence);
    }
  for (uint32_t i = 0; i < view.n_remarks; i++)
    {
      const IsthFactRemark *r = &view.remarks[i];

      line = begin (lines, "remark", numbered, i);
      add_station (line, facts, r->about);
      add_station (line, facts, r->other);
      g_string_append_printf (line, " %s %s '%s' :%u :%u t%u ..%" G_GINT64_FORMAT, isth_facts_string (facts, r->protocol), isth_remark_name (r->kind),
                              isth_facts_string (facts, r->text), r->port[0], r->port[1], r->transport, r->last);
      add_evidence (line, facts, &r->evidence);
    }
}

static void
add_capture (GPtrArray *lines,
             IsthFacts *facts)
{
  const IsthFactCapture *c = isth_facts_get_capture (facts);
  const IsthHistogram *h = isth_facts_get_histogram (facts);
  g_autofree char *links = c->link_types ? g_strjoinv (",", c->link_types) : g_strdup ("");
  g_autofree char *notes = c->notes ? g_strjoinv (",", c->notes) : g_strdup ("");
  GString *line = begin (lines, "capture", false, 0);

  g_string_append_printf (line, " %s %s %s %" G_GINT64_MODIFIER "x %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                          " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %d%d%d %" G_GINT64_FORMAT
                          "..%" G_GINT64_FORMAT " %s %s", c->path, c->sha256, c->format, c->fingerprint, c->size, c->frames,
                          c->bytes, c->cut_frames, c->dropped, c->damaged, c->dropped_known, c->truncated, c->complete, c->first,
                          c->last, links, notes);
  g_string_append_printf (line, " histogram %d %" G_GINT64_FORMAT ">>%u", h->used, h->start, h->shift);
  for (int i = 0; i < ISTH_HISTOGRAM_BUCKETS; i++)
    if (h->frames[i])
      g_string_append_printf (line, " %d=%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, i, h->frames[i], h->bytes[i]);
}

static int
compare_lines (const void *a,
               const void *b)
{
  return strcmp ((*(GString *const *) a)->str, (*(GString *const *) b)->str);
}

static char *
to_text (const IsthFacts *facts,
         bool             numbered)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  add_capture (lines, (IsthFacts *) facts);
  add_stations (lines, facts, numbered);
  add_standing (lines, facts, numbered);
  add_doing (lines, facts, numbered);
  add_sessions (lines, facts, numbered);
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    {
      GString *line = lines->pdata[i];

      g_string_append_printf (text, "%s\n", line->str);
      g_string_free (line, TRUE);
    }
  return g_string_free (text, FALSE);
}

char *
isth_test_facts_text (const IsthFacts *facts)
{
  return to_text (facts, false);
}

char *
isth_test_facts_rows (const IsthFacts *facts)
{
  return to_text (facts, true);
}

static IsthEndpoint
random_endpoint (const char *child)
{
  int host = g_test_rand_int_range (0, 6);
  uint8_t mac[6] = { 0x00, 0x1b, 0x1b, 0, 0, (uint8_t) host };
  uint8_t ip[4] = { 10, 0, 0, (uint8_t) (host + 1) };
  IsthEndpoint endpoint = { .mac = isth_address_mac (mac), .vlan = (uint16_t) g_test_rand_int_range (0, 2) };

  if (host < 4)
    endpoint.ip = isth_address_ipv4 (ip);
  if (host == 3)
    endpoint.mac = (IsthAddress) { 0 };
  endpoint.child = child;
  return endpoint;
}

static void
make_observation (IsthTestSaying *saying,
                  int             objects)
{
  IsthObservation *o = &saying->observation;

  o->kind = (const IsthObservationKind[]) { ISTH_OBSERVE_OPERATION, ISTH_OBSERVE_OPERATION, ISTH_OBSERVE_OPERATION,
                                            ISTH_OBSERVE_CLAIM, ISTH_OBSERVE_BINDING, ISTH_OBSERVE_CHILD,
                                            ISTH_OBSERVE_NEIGHBOUR, ISTH_OBSERVE_ROLE }[g_test_rand_int_range (0, 8)];
  o->protocol = g_test_rand_bit () ? "modbus" : "s7comm";
  if (g_test_rand_bit () && o->kind != ISTH_OBSERVE_BINDING)
    g_snprintf (saying->child, sizeof saying->child, "modbus-unit:%d", g_test_rand_int_range (1, 4));
  o->subject = random_endpoint (o->kind == ISTH_OBSERVE_OPERATION ? NULL : saying->child);
  o->target = random_endpoint (o->kind == ISTH_OBSERVE_OPERATION ? saying->child : NULL);
  g_snprintf (saying->text, sizeof saying->text, "thing %d", g_test_rand_int_range (0, objects));
  switch (o->kind)
    {
    case ISTH_OBSERVE_OPERATION:
      o->operation.verb = g_test_rand_bit () ? ISTH_OP_WRITE : ISTH_OP_READ;
      o->operation.function = g_test_rand_int_range (-1, 2);
      o->operation.name = "function";
      o->operation.object = g_test_rand_int_range (0, 9) ? saying->text : NULL;
      break;
    case ISTH_OBSERVE_CLAIM:
      o->claim.attribute = g_test_rand_bit () ? ISTH_ATTRIBUTE_MODEL : ISTH_ATTRIBUTE_SERIAL;
      o->claim.confidence = (uint8_t) g_test_rand_int_range (20, 90);
      g_snprintf (saying->text, sizeof saying->text, "value %d", g_test_rand_int_range (0, 8));
      o->claim.value = saying->text;
      break;
    case ISTH_OBSERVE_NEIGHBOUR:
      o->neighbour.port = "port-001";
      break;
    case ISTH_OBSERVE_ROLE:
      o->role.role = "modbus-server";
      break;
    default:
      break;
    }
}

static void
make_traffic (IsthTestSaying *saying,
              int64_t         time)
{
  IsthTraffic *t = &saying->traffic;

  t->endpoint[0] = random_endpoint (NULL);
  t->endpoint[1] = random_endpoint (NULL);
  t->protocol = g_test_rand_bit () ? "modbus" : NULL;
  t->remote = g_test_rand_bit () ? NULL : g_test_rand_bit () ? "rdp" : "ssh";
  t->closed = (uint8_t) g_test_rand_int_range (0, 16);
  t->transport = 6;
  t->proof = (uint8_t) g_test_rand_int_range (0, 4);
  t->port[0] = (uint16_t) g_test_rand_int_range (40000, 40003);
  t->port[1] = 502;
  for (int i = 0; i < 2; i++)
    {
      t->packets[i] = (uint64_t) g_test_rand_int_range (0, 9);
      t->bytes[i] = t->packets[i] * 100;
      t->ttl_min[i] = t->ttl_max[i] = (uint8_t) g_test_rand_int_range (60, 65);
      t->flags[i] = (uint8_t) g_test_rand_int_range (0, 8);
    }
  t->first = time;
  t->first_frame[0] = (uint64_t) g_test_rand_int_range (0, 900);
  t->last = time + g_test_rand_int_range (0, 1000000000);
  isth_activity_add (&t->activity, t->first);
  isth_activity_add (&t->activity, t->last);
}

IsthTestSaying *
isth_test_sayings (uint32_t n,
                   int      objects)
{
  IsthTestSaying *sayings = g_new0 (IsthTestSaying, n);

  for (uint32_t i = 0; i < n; i++)
    {
      IsthTestSaying *saying = &sayings[i];
      int64_t time = INT64_C (1700000000000000000) + (int64_t) i * 700000000;

      saying->is_traffic = g_test_rand_int_range (0, 4) == 0;
      if (saying->is_traffic)
        {
          make_traffic (saying, time);
          continue;
        }
      make_observation (saying, objects);
      for (size_t b = 0; b < sizeof saying->bytes; b++)
        saying->bytes[b] = (uint8_t) (g_test_rand_int () & 3);
      saying->observation.evidence = (IsthEvidence) {
        .frame = i + 1,
        .time = time,
        .offset = (uint32_t) g_test_rand_int_range (0, 100),
        .length = 4,
        .bytes = saying->bytes,
        .n_bytes = (uint32_t) g_test_rand_int_range (0, 5),
      };
    }
  return sayings;
}

/* Some operations are answered; refused ones with a text. */
static void
answer (IsthFacts            *facts,
        const IsthTestSaying *saying,
        uint64_t              ticket)
{
  IsthObservation outcome = {
    .kind = ISTH_OBSERVE_OUTCOME,
    .outcome = { ticket, saying->bytes[1] & 1 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED, saying->bytes[1] & 1 ? NULL : "busy" },
  };

  if (saying->observation.kind == ISTH_OBSERVE_OPERATION && saying->bytes[0] & 1)
    isth_facts_observe (&outcome, facts);
}

/* In a connection of remote access somebody says who he is. */
static void
say_traffic (IsthFacts         *facts,
             const IsthTraffic *t)
{
  IsthRemark remark = {
    .kind = t->closed % ISTH_N_REMARKS,
    .protocol = t->remote,
    .about = t->endpoint[0],
    .other = t->endpoint[1],
    .port = { t->port[0], t->port[1] },
    .transport = t->transport,
    .text = t->packets[0] & 1 ? "user “ann”" : "user “ben”",
    .evidence = { .frame = (uint64_t) (t->first / 700000000), .time = t->first },
  };

  isth_facts_add_traffic (facts, t);
  if (t->remote)
    isth_facts_remark (&remark, facts);
}

void
isth_test_say (IsthFacts            *facts,
               const IsthTestSaying *saying)
{
  if (saying->is_traffic)
    say_traffic (facts, &saying->traffic);
  else
    answer (facts, saying, isth_facts_observe (&saying->observation, facts));
}

/* What decides an observation but for its evidence, as text. */
static uint64_t
make_key (const IsthTestSaying *saying)
{
  const IsthObservation *o = &saying->observation;
  bool operation = o->kind == ISTH_OBSERVE_OPERATION;
  char texts[4][ISTH_ADDRESS_TEXT];
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%d %s %s %s %d %s %s %d %s %s %d %d", o->kind, o->protocol, isth_address_format (&o->subject.mac, texts[0]),
                          isth_address_format (&o->subject.ip, texts[1]), o->subject.vlan, isth_address_format (&o->target.mac, texts[2]),
                          isth_address_format (&o->target.ip, texts[3]), o->target.vlan, saying->child, saying->text,
                          operation ? (int) o->operation.verb : (int) o->claim.attribute,
                          operation ? 2 * (int) o->operation.function + !o->operation.object : o->claim.confidence);
  return isth_hash_bytes (text, strlen (text), 0);
}

bool
isth_test_say_again (IsthFacts            *facts,
                     const IsthTestSaying *saying)
{
  IsthObservation keyed = saying->observation;
  uint64_t ticket;

  if (saying->is_traffic)
    {
      say_traffic (facts, &saying->traffic);
      return false;
    }
  keyed.key = make_key (saying);
  ticket = isth_facts_observe_again (keyed.key, &keyed.evidence, facts);
  if (ticket != 0)
    {
      answer (facts, saying, ticket);
      return true;
    }
  answer (facts, saying, isth_facts_observe (&keyed, facts));
  return false;
}
