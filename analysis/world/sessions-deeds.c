/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done in a remote session.
 *
 * What was done in the session's own connection is carried by it. What the host on which somebody worked did to plant equipment while the session ran
 * coincides with it, and no more than that is said. A habit that began before is listed only where single operations of it are known by time. */
#include <string.h>

#include "analysis/world/sessions.h"

#define SLACK INT64_C (1000000000) /* ns of what a session and a deed have in common */
#define MOST_LINKS 4096            /* of one host that are looked at for one session */

static int
compare_from (const void *a,
              const void *b,
              void *user_data)
{
  const IsthSnapshot *snapshot = user_data;
  const IsthLink *x = snapshot->links[*(const uint32_t *) a], *y = snapshot->links[*(const uint32_t *) b];
  int order = isth_compare_numbers (x->from, y->from);

  if (order == 0)
    order = isth_compare_numbers (x->to, y->to);
  return order ? order : isth_compare_numbers (x->id, y->id);
}

uint32_t
isth_session_links_find (const IsthSessionLinks *self,
                         uint64_t from,
                         uint64_t to)
{
  uint32_t low = 0, high = self->n;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;
      const IsthLink *link = self->snapshot->links[self->by_from[middle]];

      if (link->from < from || (link->from == from && link->to < to))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

const IsthLink *
isth_session_links_get (const IsthSessionLinks *self,
                       uint32_t place,
                       uint64_t from)
{
  const IsthLink *link = place < self->n ? self->snapshot->links[self->by_from[place]] : NULL;

  return link && link->from == from ? link : NULL;
}

void
isth_session_links_init (IsthSessionLinks *self,
                         const IsthSnapshot *snapshot,
                         const IsthSessions *sessions)
{
  IsthIndex ends = { .key_size = sizeof (uint64_t) };

  for (uint32_t i = 0; i < sessions->drafts->len; i++)
    {
      isth_index_add (&ends, &isth_sessions_get (sessions, i)->from);
      isth_index_add (&ends, &isth_sessions_get (sessions, i)->to);
    }
  self->snapshot = snapshot;
  self->by_from = g_new (uint32_t, MAX (snapshot->n_links, 1));
  self->n = 0;
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    if (isth_index_find (&ends, &snapshot->links[i]->from) != ISTH_NONE)
      self->by_from[self->n++] = i;
  isth_index_clear (&ends);
  g_qsort_with_data (self->by_from, (int) self->n, sizeof *self->by_from, compare_from, (gpointer) snapshot);
}

void
isth_session_links_clear (IsthSessionLinks *self)
{
  g_clear_pointer (&self->by_from, g_free);
}

/* What weighs most comes first. */
static int
weigh (IsthOp verb)
{
  static const IsthOp heavy[] = { ISTH_OP_FIRMWARE, ISTH_OP_PROGRAM, ISTH_OP_CONTROL, ISTH_OP_CONFIGURE, ISTH_OP_WRITE, ISTH_OP_UPLOAD, ISTH_OP_FILE };

  for (size_t i = 0; i < G_N_ELEMENTS (heavy); i++)
    if (heavy[i] == verb)
      return (int) i;
  return (int) G_N_ELEMENTS (heavy) + (int) verb;
}

static int
compare_deeds (const void *a,
               const void *b)
{
  const IsthSessionDeed *x = a, *y = b;
  int order = (int) y->carried - (int) x->carried;

  if (order == 0)
    order = weigh (x->verb) - weigh (y->verb);
  if (order == 0)
    order = isth_compare_times (x->first, y->first);
  if (order == 0)
    order = isth_compare_numbers (x->target, y->target);
  return order ? order : strcmp (x->protocol, y->protocol);
}

/* What of @operation happened from @from to @to; false: nothing that is known. */
static bool
take_part (const IsthLinkOperation *operation,
           int64_t from,
           int64_t to,
           IsthSessionDeed *deed)
{
  uint32_t n = 0;

  deed->name = operation->name;
  deed->object = operation->object;
  deed->habit = operation->first < from;
  deed->first = deed->last = ISTH_NO_TIME;
  if (operation->first >= from && operation->last <= to)
    {
      deed->exact = true;
      deed->count = operation->count;
      deed->first = operation->first;
      deed->last = operation->last;
      deed->evidence = operation->evidence;
      return true;
    }
  for (uint32_t i = 0; i < operation->n_events; i++)
    if (operation->events[i].evidence.time >= from && operation->events[i].evidence.time <= to)
      {
        if (n++ == 0)
          deed->evidence = operation->events[i].evidence;
        isth_span_add (&deed->first, &deed->last, operation->events[i].evidence.time, operation->events[i].evidence.time);
      }
  deed->exact = n > 0 && operation->n_events == operation->count;
  deed->count = n;
  if (n == 0 && operation->first >= from && operation->first <= to)
    {
      deed->count = 1;
      deed->first = deed->last = operation->first;
      deed->evidence = operation->evidence;
    }
  return deed->count > 0;
}

/* Folded by verb, protocol and target. */
static void
add_deed (GArray *deeds,
          const IsthSessionDeed *deed)
{
  for (uint32_t i = 0; i < deeds->len; i++)
    {
      IsthSessionDeed *other = &g_array_index (deeds, IsthSessionDeed, i);

      if (other->verb != deed->verb || other->target != deed->target || other->carried != deed->carried || !isth_same_text (other->protocol, deed->protocol))
        continue;
      other->count += deed->count;
      other->exact &= deed->exact;
      other->habit |= deed->habit;
      isth_span_add (&other->first, &other->last, deed->first, deed->last);
      if (isth_evidence_compare (&deed->evidence, &other->evidence) < 0)
        {
          other->evidence = deed->evidence;
          other->name = deed->name;
          other->object = deed->object;
        }
      return;
    }
  if (deeds->len < 4 * ISTH_LIMIT_SESSION_DEEDS)
    g_array_append_val (deeds, *deed);
}

static void
add_deeds_of_link (GArray *deeds,
                   const IsthLink *link,
                   const IsthDraftSession *draft,
                   bool own,
                   bool carried)
{
  if (link->last < draft->first - SLACK || link->first > draft->last + SLACK)
    return;
  for (uint32_t i = 0; i < link->n_operations; i++)
    {
      const IsthLinkOperation *operation = &link->operations[i];
      IsthSessionDeed deed = { .verb = operation->verb, .carried = carried, .protocol = link->protocol, .target = link->to };

      if (operation->verb == ISTH_OP_OTHER || operation->verb == ISTH_OP_REPORT || operation->verb == ISTH_OP_TIME_SYNC)
        continue;
      if (own && operation->verb == ISTH_OP_AUTHENTICATE)
        continue;
      if (take_part (operation, draft->first - SLACK, draft->last + SLACK, &deed))
        add_deed (deeds, &deed);
    }
}

/* Whether another session between the same two in the same protocol ran at the same time: then nobody knows in which of them something was done. */
static bool
is_alone (const IsthSessions *self,
          uint32_t number)
{
  const IsthDraftSession *draft = isth_sessions_get (self, number);

  for (int way = -1; way <= 1; way += 2)
    for (uint32_t i = 1; i <= ISTH_LIMIT_SESSION_DEEDS; i++)
      {
        uint32_t other_number = number + (uint32_t) way * i;
        const IsthDraftSession *other = other_number < self->drafts->len ? isth_sessions_get (self, other_number) : NULL;

        if (!other || other->ends != draft->ends)
          break;
        if (other->protocol == draft->protocol && other->first <= draft->last && other->last >= draft->first)
          return false;
      }
  return true;
}

void
isth_session_links_gather (const IsthSessionLinks *self,
                           const IsthSessions *sessions,
                           const IsthResolve *resolve,
                           uint32_t number,
                           GArray *deeds)
{
  const IsthDraftSession *draft = isth_sessions_get (sessions, number);
  const char *protocol = isth_resolve_text (resolve, draft->protocol), *inner = isth_resolve_text (resolve, draft->inner);
  const IsthLink *link;
  uint32_t n = 0;

  g_array_set_size (deeds, 0);
  if (draft->first == ISTH_NO_TIME)
    return;
  for (uint32_t i = isth_session_links_find (self, draft->from, draft->to); (link = isth_session_links_get (self, i, draft->from)) && link->to == draft->to; i++)
    if (strcmp (link->protocol, protocol) == 0 || strcmp (link->protocol, inner) == 0)
      add_deeds_of_link (deeds, link, draft, true, is_alone (sessions, number));
  for (uint32_t i = isth_session_links_find (self, draft->host, 0); draft->host != 0 && draft->kind != ISTH_REMOTE_FILE && n < MOST_LINKS && (link = isth_session_links_get (self, i, draft->host)); i++, n++)
    if (isth_protocol_get_control (link->protocol) != ISTH_CONTROL_NOT
        || (link->verbs & (1u << ISTH_OP_WRITE | 1u << ISTH_OP_PROGRAM | 1u << ISTH_OP_FIRMWARE | 1u << ISTH_OP_CONTROL)
            && isth_protocol_get_remote (link->protocol) == ISTH_REMOTE_NOT))
      add_deeds_of_link (deeds, link, draft, false, false);
  g_array_sort (deeds, compare_deeds);
}
