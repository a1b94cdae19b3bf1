/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections of remote access, of all captures.
 *
 *   - What is seen of one connection at the same time in two captures, or on both sides of a router in one, is that connection once, as it was seen where
 *     more of it was.
 *   - What follows in another capture on the same ports, without a beginning of its own and soon, is the rest of a connection, whether its protocol was
 *     recognised there or not; who asked is told by the part that shows it best. What is the rest of nothing, and was not recognised, is no session.
 *   - A remark belongs to the connections of its ends and ports in whose time it was made. */
#include <string.h>

#include "analysis/base/hash.h"
#include "analysis/base/sort.h"
#include "analysis/world/sessions.h"

#define BEGUN 8
#define ENDED 7
#define REST (3600 * INT64_C (1000000000)) /* within which the rest of a connection must follow */
#define LOOK_BACK 64                       /* remarks made earlier and perhaps again, that are looked at */

/* The same from both sides: the smaller end first. */
typedef struct
{
  uint32_t draft[2];
  uint32_t port[2];
  uint32_t transport;
} Wire;

typedef struct
{
  uint32_t wire;     /* number of its Wire */
  uint32_t capture, row;
  int64_t time;
} Note;

static Wire
make_wire (uint32_t a,
           uint32_t b,
           const uint16_t port[2],
           uint8_t transport)
{
  bool swap = a > b || (a == b && port[0] > port[1]);

  return (Wire){ { swap ? b : a, swap ? a : b }, { port[swap], port[!swap] }, transport };
}

/* The ends and ports of a piece, whoever of them asked. */
typedef struct
{
  uint64_t ends, ports;
} Place;

static Place
get_place (const IsthDraftSession *piece)
{
  uint32_t from = (uint32_t) (piece->ends >> 32), to = (uint32_t) piece->ends;
  bool swap = from > to || (from == to && piece->port[0] > piece->port[1]);

  return (Place){ swap ? (uint64_t) to << 32 | from : piece->ends, (uint64_t) piece->port[swap] << 16 | piece->port[!swap] };
}

static int
compare_pieces (const void *a,
                const void *b)
{
  const IsthDraftSession *x = a, *y = b;
  Place p = get_place (x), q = get_place (y);
  int order = isth_compare_numbers (p.ends, q.ends);

  if (order == 0)
    order = isth_compare_numbers (x->transport, y->transport);
  if (order == 0)
    order = isth_compare_numbers (p.ports, q.ports);
  if (order == 0)
    order = isth_compare_times (x->first, y->first);
  if (order == 0)
    order = isth_evidence_compare (&x->evidence, &y->evidence);
  if (order == 0)
    order = isth_compare_times (x->last, y->last);
  return order;
}

/* As others look through them: those that went one way between the same two beside one another. */
static int
compare_drafts (const void *a,
                const void *b)
{
  const IsthDraftSession *x = a, *y = b;
  int order = isth_compare_numbers (x->ends, y->ends);

  return order ? order : compare_pieces (a, b);
}

static GArray *
gather_pieces (const IsthResolve *self)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (IsthDraftSession));

  for (uint32_t c = 0; c < self->n_captures; c++)
    for (uint32_t i = 0; i < self->captures[c].view.n_sessions; i++)
      {
        const IsthFactSession *row = &self->captures[c].view.sessions[i];
        uint32_t from = isth_resolve_station (self, c, row->client)->draft, to = isth_resolve_station (self, c, row->server)->draft;
        IsthDraftSession piece = {
          .protocol = self->captures[c].strings[row->protocol],
          .inner = self->captures[c].strings[row->inner],
          .transport = row->transport,
          .proof = row->proof,
          .closed = row->closed,
          .port = { row->port[0], row->port[1] },
          .packets = { row->packets[0], row->packets[1] },
          .bytes = { row->bytes[0], row->bytes[1] },
          .first = row->first,
          .last = row->last,
          .heard_until = self->captures[c].about->last,
          .activity = row->activity,
          .evidence = isth_resolve_evidence (self, c, &row->evidence),
          .came_by = ISTH_NONE,
        };

        if (!isth_resolve_is_pair (self, c, row->client, row->server) || (piece.protocol == 0 && self->n_captures == 1))
          continue;
        piece.from = from; /* numbers, until the words are found */
        piece.to = to;
        piece.ends = (uint64_t) self->draft_ranks[from] << 32 | self->draft_ranks[to];
        g_array_append_val (pieces, piece);
      }
  g_array_sort (pieces, compare_pieces);
  return pieces;
}

#define TURN(type, pair) \
  do \
    { \
      type first_ = (pair)[0]; \
      (pair)[0] = (pair)[1]; \
      (pair)[1] = first_; \
    } \
  while (0)

/* The other end asked. */
static void
turn_piece (IsthDraftSession *self)
{
  uint64_t from = self->from;

  self->from = self->to;
  self->to = from;
  self->ends = self->ends >> 32 | self->ends << 32;
  self->closed = (uint8_t) ((self->closed & 12) | (self->closed & 1) << 1 | (self->closed & 2) >> 1);
  TURN (uint16_t, self->port);
  TURN (uint64_t, self->packets);
  TURN (uint64_t, self->bytes);
}

/* Whether @more is of the same connection as @self: @beside it, seen elsewhere, or behind it. */
static bool
belongs_to (const IsthDraftSession *self,
            const IsthDraftSession *more,
            bool *beside)
{
  Place p = get_place (self), q = get_place (more);
  bool same = p.ends == q.ends && p.ports == q.ports && self->transport == more->transport && (self->protocol == more->protocol || more->protocol == 0) &&
              self->first != ISTH_NO_TIME;

  *beside = same && more->first <= self->last;
  return *beside || (same && self->evidence.capture != more->evidence.capture && !(self->closed & ENDED) && !(more->closed & BEGUN) &&
                     more->first - self->last < REST);
}

static void
add_part (IsthSessions *sessions,
          IsthDraftSession *self,
          const IsthDraftSession *piece)
{
  IsthDraftSessionPart part = { .packets = { piece->packets[0], piece->packets[1] },
                                .bytes = { piece->bytes[0], piece->bytes[1] },
                                .first = piece->first,
                                .last = piece->last,
                                .evidence = piece->evidence };

  for (uint32_t i = 0; i < self->n_parts; i++)
    if (g_array_index (sessions->parts, IsthDraftSessionPart, self->first_part + i).evidence.capture == piece->evidence.capture)
      return; /* seen on both sides of a router */
  if (self->n_parts == ISTH_LIMIT_SESSION_PARTS)
    return;
  if (self->n_parts++ == 0)
    self->first_part = sessions->parts->len;
  g_array_append_val (sessions->parts, part);
}

/* Adds @more, of the same connection, to @self and its parts. */
static void
join_piece (IsthSessions *sessions,
            IsthDraftSession *self,
            IsthDraftSession *more,
            bool beside)
{
  if (self->ends != more->ends && more->proof > self->proof)
    {
      turn_piece (self);
      for (uint32_t i = self->first_part; i < self->first_part + self->n_parts; i++)
        {
          IsthDraftSessionPart *part = &g_array_index (sessions->parts, IsthDraftSessionPart, i);

          TURN (uint64_t, part->packets);
          TURN (uint64_t, part->bytes);
        }
    }
  else if (self->ends != more->ends || self->port[0] != more->port[0])
    turn_piece (more);
  for (int side = 0; side < 2; side++)
    {
      self->packets[side] = beside ? MAX (self->packets[side], more->packets[side]) : self->packets[side] + more->packets[side];
      self->bytes[side] = beside ? MAX (self->bytes[side], more->bytes[side]) : self->bytes[side] + more->bytes[side];
    }
  self->closed |= more->closed;
  self->proof = MAX (self->proof, more->proof);
  self->last = MAX (self->last, more->last);
  self->heard_until = MAX (self->heard_until, more->heard_until);
  isth_activity_merge (&self->activity, &more->activity);
  add_part (sessions, self, more);
}

static void
join_pieces (IsthSessions *sessions)
{
  GArray *pieces = sessions->drafts;
  uint32_t kept = 0;

  for (uint32_t i = 0; i < pieces->len; i++)
    {
      IsthDraftSession piece = g_array_index (pieces, IsthDraftSession, i);
      IsthDraftSession *before = kept ? &g_array_index (pieces, IsthDraftSession, kept - 1) : NULL;
      bool beside = false;

      if (before && belongs_to (before, &piece, &beside))
        join_piece (sessions, before, &piece, beside);
      else if (piece.protocol != 0)
        {
          add_part (sessions, &piece, &piece);
          g_array_index (pieces, IsthDraftSession, kept++) = piece;
        }
    }
  g_array_set_size (pieces, kept);
  g_array_sort (pieces, compare_drafts);
}

static const IsthFactRemark *
get_remark (const IsthResolve *self,
            const Note *note)
{
  return &self->captures[note->capture].view.remarks[note->row];
}

static int
compare_notes (const void *a,
               const void *b,
               void *user_data)
{
  const IsthResolve *self = user_data;
  const Note *x = a, *y = b;
  const IsthFactRemark *r = get_remark (self, x), *s = get_remark (self, y);
  int order = isth_compare_numbers (x->wire, y->wire);

  if (order == 0)
    order = isth_compare_times (x->time, y->time);
  if (order == 0)
    order = isth_compare_numbers (x->capture, y->capture);
  if (order == 0)
    order = isth_compare_numbers (r->evidence.frame, s->evidence.frame);
  if (order == 0)
    order = isth_compare_numbers (r->evidence.offset, s->evidence.offset);
  if (order == 0)
    order = isth_compare_numbers (r->kind, s->kind);
  return order ? order : strcmp (isth_resolve_text (self, self->captures[x->capture].strings[r->text]),
                                 isth_resolve_text (self, self->captures[y->capture].strings[s->text]));
}

/* The remarks of those wires that are among @wires, by wire and time. */
static GArray *
gather_notes (IsthResolve *self,
              const IsthIndex *wires)
{
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (Note));

  for (uint32_t c = 0; c < self->n_captures; c++)
    for (uint32_t i = 0; i < self->captures[c].view.n_remarks; i++)
      {
        const IsthFactRemark *row = &self->captures[c].view.remarks[i];
        Wire wire = make_wire (isth_resolve_station (self, c, row->about)->draft, isth_resolve_station (self, c, row->other)->draft, row->port, row->transport);
        Note note = { isth_index_find (wires, &wire), c, i, row->evidence.time };

        if (note.wire != ISTH_NONE)
          g_array_append_val (notes, note);
      }
  g_array_sort_with_data (notes, compare_notes, self);
  return notes;
}

/* The first note of @wire that was not made before @time. */
static uint32_t
find_note (const GArray *notes,
           uint32_t wire,
           int64_t time)
{
  uint32_t low = 0, high = notes->len;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;
      const Note *note = &g_array_index (notes, Note, middle);

      if (note->wire < wire || (note->wire == wire && note->time < time))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Said before in this session; or what began as a login or an opening is no more than the name of a program, which is then told as that. */
static bool
was_said (const IsthSessions *self,
          const IsthDraftSession *draft,
          const IsthDraftSessionWord *word)
{
  for (uint32_t i = draft->first_word; i < self->words->len; i++)
    {
      IsthDraftSessionWord *other = &g_array_index (self->words, IsthDraftSessionWord, i);

      if (other->of_client != word->of_client || other->text != word->text)
        continue;
      if ((other->kind == ISTH_REMARK_LOGIN || other->kind == ISTH_REMARK_OPENING) && word->kind == ISTH_REMARK_SOFTWARE)
        other->kind = ISTH_REMARK_SOFTWARE;
      if (other->kind == word->kind || other->kind == ISTH_REMARK_SOFTWARE)
        return true;
    }
  return false;
}

static void
add_words (IsthSessions *self,
           IsthResolve *resolve,
           const GArray *notes,
           IsthDraftSession *draft,
           uint32_t wire)
{
  uint32_t at = find_note (notes, wire, draft->first), back = 0;

  draft->first_word = self->words->len;
  while (back < LOOK_BACK && at > back && g_array_index (notes, Note, at - back - 1).wire == wire)
    back++;
  for (uint32_t i = at - back; i < notes->len && self->words->len - draft->first_word < ISTH_LIMIT_SESSION_WORDS; i++)
    {
      const Note *note = &g_array_index (notes, Note, i);
      const IsthFactRemark *row = get_remark (resolve, note);
      const IsthResolveCapture *capture = &resolve->captures[note->capture];
      IsthDraftSessionWord word = { .kind = row->kind, .protocol = capture->strings[row->protocol], .text = capture->strings[row->text] };

      if (note->wire != wire || (draft->last != ISTH_NO_TIME && note->time > draft->last))
        break;
      if (row->last < draft->first)
        continue;
      word.of_client = isth_resolve_station (resolve, note->capture, row->about)->draft == draft->from && row->port[0] == draft->port[0];
      word.evidence = isth_resolve_evidence (resolve, note->capture, &row->evidence);
      if (!was_said (self, draft, &word))
        g_array_append_val (self->words, word);
    }
  draft->n_words = self->words->len - draft->first_word;
}

IsthSessions
isth_sessions_gather (IsthResolve *resolve)
{
  IsthSessions self = { gather_pieces (resolve), g_array_new (FALSE, FALSE, sizeof (IsthDraftSessionWord)), g_array_new (FALSE, FALSE, sizeof (IsthDraftSessionPart)) };
  IsthIndex wires = { .key_size = sizeof (Wire) };
  g_autofree uint32_t *numbers = NULL;
  g_autoptr(GArray) notes = NULL;

  join_pieces (&self);
  if (self.drafts->len == 0)
    return self;
  numbers = g_new (uint32_t, self.drafts->len);
  for (uint32_t i = 0; i < self.drafts->len; i++)
    {
      const IsthDraftSession *draft = isth_sessions_get (&self, i);
      Wire wire = make_wire ((uint32_t) draft->from, (uint32_t) draft->to, draft->port, draft->transport);

      numbers[i] = isth_index_add (&wires, &wire);
    }
  notes = gather_notes (resolve, &wires);
  for (uint32_t i = 0; i < self.drafts->len; i++)
    {
      IsthDraftSession *draft = isth_sessions_get (&self, i);

      add_words (&self, resolve, notes, draft, numbers[i]);
      draft->from = resolve->drafts[draft->from].id;
      draft->to = resolve->drafts[draft->to].id;
    }
  isth_index_clear (&wires);
  return self;
}

void
isth_sessions_clear (IsthSessions *self)
{
  g_clear_pointer (&self->drafts, g_array_unref);
  g_clear_pointer (&self->words, g_array_unref);
  g_clear_pointer (&self->parts, g_array_unref);
}
