/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remote sessions as records: who they were, how they went, and by which of them another was reached. */
#include "analysis/world/sessions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/hash.h"

#define SECOND INT64_C (1000000000)
#define STILL_OPEN (300 * SECOND) /* datagrams heard so shortly before the end are of an open session */
#define BEGUN 8                   /* of IsthFactSession.closed */
#define FEW 20                    /* packets from which nothing can be told */

/* The product whose maker's relay carries it, as what was said in it begins ("TeamViewer, by router3.teamviewer.com"), or ""; to be freed. */
static char *
get_relay (const IsthSessions *self,
           const IsthResolve *resolve,
           const IsthDraftSession *draft)
{
  const char *protocol = isth_resolve_text (resolve, draft->protocol);

  if (!g_str_equal (protocol, "remote-relay"))
    return g_strdup (draft->relay ? draft->relay : draft->host == draft->from ? isth_remote_get_product (protocol) : "");
  for (uint32_t i = 0; i < draft->n_words; i++)
    {
      const IsthDraftSessionWord *word = &g_array_index (self->words, IsthDraftSessionWord, draft->first_word + i);
      const char *text = isth_resolve_text (resolve, word->text);

      if ((word->kind == ISTH_REMARK_OPENING || word->kind == ISTH_REMARK_LOGIN) && word->protocol == draft->protocol)
        return g_strndup (text, strcspn (text, ","));
    }
  return g_strdup (protocol);
}

/* The product of remote access by whose names a host outside is known (as by an answer of DNS), or NULL: vendors of machines let their gateways open a
 * tunnel to it, in which no name stands. */
static const char *
find_relay (const IsthAsset *to)
{
  if (!to || to->side != ISTH_SIDE_EXTERNAL || !g_strv_contains (to->roles, "remote-relay"))
    return NULL;
  for (uint32_t i = 0; i < to->n_claims; i++)
    if (to->claims[i].attribute == ISTH_ATTRIBUTE_DESCRIPTION && to->claims[i].confidence == ISTH_CONFIDENCE_PREFIX)
      return to->claims[i].value;
  return NULL;
}

/* On which host somebody works: not on one outside that passes on what a product of its maker sends. */
static void
find_host (const IsthResolve *resolve,
           const IsthSnapshot *snapshot,
           IsthDraftSession *draft)
{
  const char *protocol = isth_resolve_text (resolve, draft->protocol);
  const IsthAsset *to = isth_snapshot_get_asset (snapshot, draft->to);
  bool outside = to && to->side == ISTH_SIDE_EXTERNAL && isth_remote_get_product (protocol)[0];

  draft->relay = find_relay (to);
  draft->kind = outside ? ISTH_REMOTE_RELAY : isth_protocol_get_remote (protocol);
  draft->host = draft->kind == ISTH_REMOTE_VPN ? 0 : draft->to;
  if (outside || draft->relay || g_str_equal (protocol, "remote-relay"))
    draft->host = draft->from;
}

/* The link that the session is part of; its ends may stand the other way round where nobody proved who asked. */
static uint64_t
find_link (const IsthSessionLinks *self,
           const IsthDraftSession *draft,
           const char *inner)
{
  for (int way = 0; way < 2; way++)
    {
      uint64_t from = way == 0 ? draft->from : draft->to, to = way == 0 ? draft->to : draft->from;
      const IsthLink *link;

      for (uint32_t i = isth_session_links_find (self, from, to); (link = isth_session_links_get (self, i, from)) && link->to == to; i++)
        if (link->transport == draft->transport && strcmp (link->protocol, inner) == 0
            && (link->port == 0 || link->port == draft->port[0] || link->port == draft->port[1]))
          return link->id;
    }
  return 0;
}

/* Not of the frame, which is another one where the same was captured twice, or cut to a window. */
static uint64_t
make_id (const IsthDraftSession *draft)
{
  uint64_t key[4] = { draft->from, draft->to, (uint64_t) draft->transport << 32 | (uint64_t) draft->port[0] << 16 | draft->port[1], (uint64_t) draft->first };

  return isth_hash_bytes (key, sizeof key, 0) | 1;
}

/* The operation's event that has this evidence; NULL. Events are sorted by time. */
static const IsthLinkEvent *
find_event (const IsthLinkOperation *operation,
            const IsthEvidence *evidence)
{
  uint32_t low = 0, high = operation->n_events;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (isth_evidence_compare (&operation->events[middle].evidence, evidence) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low < operation->n_events && isth_evidence_compare (&operation->events[low].evidence, evidence) == 0 ? &operation->events[low] : NULL;
}

/* Of a login that was not kept on its own: what became of all with its words, when that was the same. */
static IsthOutcome
get_common_outcome (const IsthLinkOperation *operation)
{
  if (operation->count == operation->refused)
    return ISTH_OUTCOME_REFUSED;
  return operation->count == operation->ok ? ISTH_OUTCOME_OK : ISTH_OUTCOME_UNKNOWN;
}

/* What became of a login or an opening. */
static IsthOutcome
find_outcome (const IsthSessionLinks *self,
              const IsthResolve *resolve,
              const IsthDraftSession *draft,
              IsthDraftSessionWord *word)
{
  const char *text = isth_resolve_text (resolve, word->text);
  IsthOutcome common = ISTH_OUTCOME_UNKNOWN;
  const IsthLink *link;

  for (uint32_t i = isth_session_links_find (self, draft->from, draft->to); (link = isth_session_links_get (self, i, draft->from)) && link->to == draft->to; i++)
    for (uint32_t j = 0; j < link->n_operations; j++)
      {
        const IsthLinkOperation *operation = &link->operations[j];
        const IsthLinkEvent *event = operation->verb == ISTH_OP_AUTHENTICATE ? find_event (operation, &word->evidence) : NULL;

        if (event)
          {
            word->answer = event->text;
            return event->outcome;
          }
        if (operation->verb == ISTH_OP_AUTHENTICATE && strcmp (operation->object, text) == 0)
          common = get_common_outcome (operation);
      }
  return common;
}

/* Dissectors say user “bob”, domain and ways of logging in behind it. */
static char *
get_user (const IsthSessions *self,
          const IsthResolve *resolve,
          const IsthDraftSession *draft)
{
  const char *found = NULL, *end;

  for (int refused = 0; refused < 2 && !found; refused++)
    for (uint32_t i = 0; i < draft->n_words && !found; i++)
      {
        const IsthDraftSessionWord *word = &g_array_index (self->words, IsthDraftSessionWord, draft->first_word + i);

        if (word->kind == ISTH_REMARK_OPENING || (word->kind == ISTH_REMARK_LOGIN && (refused || word->outcome != ISTH_OUTCOME_REFUSED)))
          found = strstr (isth_resolve_text (resolve, word->text), "user “");
      }
  if (!found)
    return g_strdup ("");
  found += strlen ("user “");
  end = strstr (found, "”");
  return end ? g_strndup (found, (gsize) (end - found)) : g_strdup (found);
}

static bool
is_refused (const IsthSessions *self,
            const IsthDraftSession *draft)
{
  uint32_t logins = 0, refused = 0;

  for (uint32_t i = 0; i < draft->n_words; i++)
    {
      const IsthDraftSessionWord *word = &g_array_index (self->words, IsthDraftSessionWord, draft->first_word + i);

      bool way_in = word->kind == ISTH_REMARK_LOGIN || word->kind == ISTH_REMARK_OPENING;

      logins += way_in;
      refused += way_in && word->outcome == ISTH_OUTCOME_REFUSED;
    }
  return logins > 0 && refused == logins;
}

static IsthSessionEnd
get_end (const IsthDraftSession *draft)
{
  if (draft->closed & 7)
    return ISTH_SESSION_CLOSED;
  if (draft->last == ISTH_NO_TIME || draft->heard_until == ISTH_NO_TIME)
    return ISTH_SESSION_OPEN;
  if (draft->transport == 6)
    return (uint64_t) draft->heard_until - (uint64_t) draft->last < ISTH_LIMIT_IDLE ? ISTH_SESSION_OPEN : ISTH_SESSION_SILENT;
  return draft->heard_until - draft->last < STILL_OPEN ? ISTH_SESSION_OPEN : ISTH_SESSION_SILENT;
}

/* By what its frames are on the average. A desktop sends full packets by itself, so there only what goes to it tells of a transfer. */
static IsthSessionShape
get_shape (const IsthDraftSession *draft)
{
  uint64_t up = draft->bytes[0] / MAX (draft->packets[0], 1), down = draft->bytes[1] / MAX (draft->packets[1], 1);
  bool desktop = draft->kind == ISTH_REMOTE_DESKTOP || draft->kind == ISTH_REMOTE_RELAY;

  if (draft->packets[0] + draft->packets[1] < FEW || draft->kind == ISTH_REMOTE_VPN || draft->proof == 0)
    return ISTH_SHAPE_UNKNOWN;
  if (up >= 700 && down <= 130)
    return ISTH_SHAPE_TRANSFER;
  if (!desktop && down >= 700 && up <= 130 && draft->bytes[1] > 65536)
    return ISTH_SHAPE_TRANSFER;
  if (draft->packets[0] >= FEW / 2 && up <= 300 && (desktop || down <= 500) && draft->last - draft->first >= 5 * SECOND)
    return ISTH_SHAPE_INTERACTIVE;
  return ISTH_SHAPE_UNKNOWN;
}

static void
measure_idle (const IsthActivity *activity,
              uint64_t *idle,
              uint64_t *pause)
{
  uint64_t run = 0;

  *idle = *pause = 0;
  if (activity->bits == 0)
    return;
  for (int i = 0; i < 64 - __builtin_clzll (activity->bits); i++)
    {
      run = activity->bits >> i & 1 ? 0 : run + (UINT64_C (1) << activity->shift);
      *pause = MAX (*pause, run);
      *idle += run ? UINT64_C (1) << activity->shift : 0;
    }
}

static const char **
make_reasons (IsthBench *bench,
              const IsthDraftSession *draft)
{
  static const struct
  {
    uint8_t sign;
    const char *text;
  } texts[] = {
    { ISTH_HOP_AT_WORK, N_("it was in use at the moment when this session began") },
    { ISTH_HOP_WITHIN, N_("this session did not outlast it") },
    { ISTH_HOP_TOGETHER, N_("both ended within ten seconds") },
    { ISTH_HOP_RHYTHM, N_("both were active and paused at the same times") },
    { ISTH_HOP_SIZE, N_("both carried about as much") },
  };
  const char **reasons = isth_bench_take (bench, (G_N_ELEMENTS (texts) + 3) * sizeof *reasons);
  uint32_t n = 0;

  if (draft->came_by == ISTH_NONE)
    return reasons;
  reasons[n++] = g_intern_string (_("it was open to the host from where this session began"));
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    if (draft->signs & texts[i].sign)
      reasons[n++] = g_intern_string (_(texts[i].text));
  if (draft->rivals > 0)
    reasons[n++] = g_intern_string (_("but others were open to that host at the time"));
  return reasons;
}

static const char **
make_tunnel_reasons (IsthBench *bench,
                     const IsthDraftSession *draft)
{
  static const struct
  {
    uint8_t sign;
    const char *text;
  } texts[] = {
    { ISTH_TUNNEL_SHELL, N_("of a command line the server would send more than who opened it") },
    { ISTH_TUNNEL_ALIVE, N_("it was never silent for three minutes") },
    { ISTH_TUNNEL_LONG, N_("it was open for more than an hour") },
    { ISTH_TUNNEL_ONWARD, N_("while it was in use, another session began on the host that opened it") },
    { ISTH_TUNNEL_PLANT, N_("it was opened in the plant") },
  };
  const char **reasons = isth_bench_take (bench, (G_N_ELEMENTS (texts) + 2) * sizeof *reasons);
  uint32_t n = 0;

  if (draft->tunnel == 0)
    return reasons;
  reasons[n++] = g_intern_string (_("it was opened outwards, and who was asked sent little at a time, which was answered with more"));
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    if (draft->tunnel_signs & texts[i].sign)
      reasons[n++] = g_intern_string (_(texts[i].text));
  return reasons;
}

static void
fill_words (IsthBench *bench,
            IsthRecordMaker *maker,
            const IsthSessions *sessions,
            const IsthDraftSession *draft,
            IsthRemoteSession *session)
{
  session->n_words = draft->n_words;
  session->words = isth_bench_take (bench, draft->n_words * sizeof *session->words);
  for (uint32_t i = 0; i < draft->n_words; i++)
    {
      const IsthDraftSessionWord *word = &g_array_index (sessions->words, IsthDraftSessionWord, draft->first_word + i);

      session->words[i] = (IsthSessionWord) {
        .kind = word->kind,
        .of_client = word->of_client,
        .outcome = word->outcome,
        .answer = isth_bench_text (bench, word->answer ? word->answer : ""),
        .protocol = isth_record_word (maker, word->protocol),
        .text = isth_bench_text (bench, isth_resolve_text (maker->resolve, word->text)),
        .evidence = isth_bench_evidence (bench, &word->evidence),
      };
      session->begun |= word->kind == ISTH_REMARK_OPENING && session->transport != 6; /* datagrams have no beginning of their own */
    }
}

static void
fill_parts (IsthBench *bench,
            const IsthSessions *sessions,
            const IsthDraftSession *draft,
            IsthRemoteSession *session)
{
  session->n_parts = draft->n_parts;
  session->parts = isth_bench_take (bench, draft->n_parts * sizeof *session->parts);
  for (uint32_t i = 0; i < draft->n_parts; i++)
    {
      const IsthDraftSessionPart *part = &g_array_index (sessions->parts, IsthDraftSessionPart, draft->first_part + i);

      session->parts[i] = (IsthSessionPart) { { part->packets[0], part->packets[1] }, { part->bytes[0], part->bytes[1] }, part->first, part->last, part->evidence };
    }
}

static bool
same_parts (const IsthRemoteSession *a,
            const IsthRemoteSession *b)
{
  if (a->n_parts != b->n_parts)
    return false;
  for (uint32_t i = 0; i < a->n_parts; i++)
    {
      const IsthSessionPart *x = &a->parts[i], *y = &b->parts[i];

      if (memcmp (x->packets, y->packets, sizeof x->packets) != 0 || memcmp (x->bytes, y->bytes, sizeof x->bytes) != 0 || x->first != y->first || x->last != y->last
          || !isth_same_evidence (&x->evidence, &y->evidence))
        return false;
    }
  return true;
}

static void
fill_deeds (IsthBench *bench,
            const GArray *deeds,
            IsthRemoteSession *session)
{
  session->n_deeds = MIN (deeds->len, ISTH_LIMIT_SESSION_DEEDS);
  session->more_deeds = deeds->len - session->n_deeds;
  session->deeds = isth_bench_take (bench, session->n_deeds * sizeof *session->deeds);
  for (uint32_t i = 0; i < session->n_deeds; i++)
    {
      session->deeds[i] = g_array_index (deeds, IsthSessionDeed, i);
      session->deeds[i].name = isth_bench_text (bench, session->deeds[i].name);
      session->deeds[i].object = isth_bench_text (bench, session->deeds[i].object);
      session->deeds[i].evidence = isth_bench_evidence (bench, &session->deeds[i].evidence);
    }
}

static void
fill_facts (IsthRemoteSession *session,
            IsthRecordMaker *maker,
            const IsthDraftSession *draft)
{
  session->id = draft->id;
  session->from = draft->from;
  session->to = draft->to;
  session->host = draft->host;
  session->link = draft->link;
  session->protocol = isth_record_word (maker, draft->protocol);
  session->inner = isth_record_word (maker, draft->inner);
  session->kind = draft->kind;
  session->end = get_end (draft);
  session->shape = get_shape (draft);
  session->transport = draft->transport;
  session->proof = draft->proof;
  session->begun = draft->closed & BEGUN;
  for (int side = 0; side < 2; side++)
    {
      session->port[side] = draft->port[side];
      session->packets[side] = draft->packets[side];
      session->bytes[side] = draft->bytes[side];
    }
  session->first = draft->first;
  session->last = draft->last;
  measure_idle (&draft->activity, &session->idle, &session->pause);
  session->activity = draft->activity;
  session->evidence = draft->evidence;
  session->score = draft->came_by != ISTH_NONE ? draft->score : 0;
  session->tunnel = draft->tunnel;
}

static bool
same_words (const IsthRemoteSession *a,
            const IsthRemoteSession *b)
{
  if (a->n_words != b->n_words)
    return false;
  for (uint32_t i = 0; i < a->n_words; i++)
    if (a->words[i].kind != b->words[i].kind || a->words[i].of_client != b->words[i].of_client || a->words[i].outcome != b->words[i].outcome
        || !isth_same_text (a->words[i].protocol, b->words[i].protocol) || !isth_same_text (a->words[i].text, b->words[i].text) || !isth_same_text (a->words[i].answer, b->words[i].answer)
        || !isth_same_evidence (&a->words[i].evidence, &b->words[i].evidence))
      return false;
  return true;
}

static bool
same_deeds (const IsthRemoteSession *a,
            const IsthRemoteSession *b)
{
  if (a->n_deeds != b->n_deeds || a->more_deeds != b->more_deeds)
    return false;
  for (uint32_t i = 0; i < a->n_deeds; i++)
    {
      const IsthSessionDeed *x = &a->deeds[i], *y = &b->deeds[i];

      if (x->verb != y->verb || x->carried != y->carried || x->exact != y->exact || x->habit != y->habit || x->target != y->target || x->count != y->count
          || x->first != y->first || x->last != y->last || !isth_same_text (x->protocol, y->protocol) || !isth_same_text (x->name, y->name) || !isth_same_text (x->object, y->object)
          || !isth_same_evidence (&x->evidence, &y->evidence))
        return false;
    }
  return true;
}

static bool
same_sessions (const IsthRemoteSession *a,
               const IsthRemoteSession *b)
{
  return a->id == b->id && a->from == b->from && a->to == b->to && a->host == b->host && a->link == b->link && isth_same_text (a->protocol, b->protocol)
         && isth_same_text (a->inner, b->inner) && isth_same_text (a->relay, b->relay) && isth_same_text (a->user, b->user) && a->kind == b->kind
         && a->end == b->end && a->shape == b->shape && a->proof == b->proof && a->begun == b->begun && a->refused == b->refused && a->packets[0] == b->packets[0]
         && a->packets[1] == b->packets[1] && a->bytes[0] == b->bytes[0] && a->bytes[1] == b->bytes[1] && a->first == b->first && a->last == b->last
         && isth_same_activity (&a->activity, &b->activity) && isth_same_evidence (&a->evidence, &b->evidence) && a->came_by == b->came_by && a->came_from == b->came_from
         && a->score == b->score && isth_same_texts (a->reasons, b->reasons) && a->tunnel == b->tunnel && isth_same_texts (a->tunnel_reasons, b->tunnel_reasons) && same_parts (a, b) && same_words (a, b) && same_deeds (a, b);
}

static IsthRemoteSession *
make_session (IsthRecordMaker *maker,
              const IsthSessions *sessions,
              const IsthDraftSession *draft,
              const GArray *deeds,
              IsthRemoteSession *before)
{
  IsthBench *bench = &maker->bench;
  IsthRemoteSession *session = isth_bench_begin (bench, sizeof *session);
  g_autofree char *user = get_user (sessions, maker->resolve, draft), *relay = get_relay (sessions, maker->resolve, draft);

  fill_facts (session, maker, draft);
  session->relay = isth_bench_text (bench, relay);
  session->user = isth_bench_text (bench, user);
  session->refused = is_refused (sessions, draft);
  session->came_by = draft->came_by != ISTH_NONE ? isth_sessions_get (sessions, draft->came_by)->id : 0;
  session->came_from = draft->came_by != ISTH_NONE ? isth_sessions_get (sessions, draft->came_by)->from : 0;
  session->reasons = make_reasons (bench, draft);
  session->tunnel_reasons = make_tunnel_reasons (bench, draft);
  fill_parts (bench, sessions, draft, session);
  fill_words (bench, maker, sessions, draft, session);
  fill_deeds (bench, deeds, session);
  if (before && same_sessions (session, before))
    return isth_record_ref (before);
  session = isth_bench_pack (bench);
  ISTH_BENCH_MOVE (bench, session->relay);
  ISTH_BENCH_MOVE (bench, session->user);
  ISTH_BENCH_MOVE (bench, session->reasons);
  ISTH_BENCH_MOVE (bench, session->tunnel_reasons);
  ISTH_BENCH_MOVE (bench, session->parts);
  ISTH_BENCH_MOVE (bench, session->words);
  ISTH_BENCH_MOVE (bench, session->deeds);
  for (uint32_t i = 0; i < session->n_words; i++)
    {
      ISTH_BENCH_MOVE (bench, session->words[i].text);
      ISTH_BENCH_MOVE (bench, session->words[i].answer);
      ISTH_BENCH_MOVE (bench, session->words[i].evidence.bytes);
    }
  for (uint32_t i = 0; i < session->n_deeds; i++)
    {
      ISTH_BENCH_MOVE (bench, session->deeds[i].name);
      ISTH_BENCH_MOVE (bench, session->deeds[i].object);
      ISTH_BENCH_MOVE (bench, session->deeds[i].evidence.bytes);
    }
  return session;
}

/* By content where two had the same id. */
static int
compare_ids (const void *a,
             const void *b,
             void *user_data)
{
  uint32_t x = ((const IsthRankRow *) a)->number, y = ((const IsthRankRow *) b)->number;

  (void) user_data;
  return isth_compare_numbers (x, y);
}

/* The session of @before with @id, or NULL. */
static IsthRemoteSession *
find_before (const IsthSnapshot *before,
             uint64_t id)
{
  return before ? isth_snapshot_get_session (before, id) : NULL;
}

void
isth_sessions_fill (IsthSnapshot *snapshot,
                    IsthSessions *self,
                    IsthRecordMaker *maker,
                    const IsthSnapshot *before)
{
  g_autoptr(GArray) deeds = g_array_new (FALSE, FALSE, sizeof (IsthSessionDeed));
  g_autofree IsthRankRow *rows = g_new (IsthRankRow, MAX (self->drafts->len, 1));
  IsthSessionLinks links;

  snapshot->sessions = g_new0 (IsthRemoteSession *, MAX (self->drafts->len, 1));
  for (uint32_t i = 0; i < self->drafts->len; i++)
    find_host (maker->resolve, snapshot, isth_sessions_get (self, i));
  isth_sessions_find_tunnels (self, snapshot, maker->resolve);
  snapshot->n_sessions = self->drafts->len;
  if (snapshot->n_sessions == 0)
    return;
  isth_session_links_init (&links, snapshot, self);
  for (uint32_t i = 0; i < self->drafts->len; i++)
    {
      IsthDraftSession *draft = isth_sessions_get (self, i);

      draft->link = find_link (&links, draft, isth_resolve_text (maker->resolve, draft->inner));
      for (uint32_t j = 0; j < draft->n_words; j++)
        {
          IsthDraftSessionWord *word = &g_array_index (self->words, IsthDraftSessionWord, draft->first_word + j);

          if (word->kind == ISTH_REMARK_LOGIN || word->kind == ISTH_REMARK_OPENING)
            word->outcome = find_outcome (&links, maker->resolve, draft, word);
        }
      rows[i] = (IsthRankRow) { make_id (draft), i };
    }
  isth_sessions_match (self);
  isth_resolve_rank (rows, self->drafts->len, compare_ids, NULL);
  for (uint32_t i = 0; i < self->drafts->len; i++)
    isth_sessions_get (self, rows[i].number)->id = rows[i].id;
  for (uint32_t i = 0; i < self->drafts->len; i++)
    {
      isth_session_links_gather (&links, self, maker->resolve, rows[i].number, deeds);
      snapshot->sessions[i] = make_session (maker, self, isth_sessions_get (self, rows[i].number), deeds, find_before (before, rows[i].id));
    }
  isth_session_links_clear (&links);
}
