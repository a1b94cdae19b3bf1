/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cables: who says whom it hears at the other end of one of its own, and that one is an asset: a link without traffic, in the protocol that says it. The
 * other is told by its address (the fact of a neighbour, which becomes a claim as well), or by a name that an asset gives itself (the claim of a
 * neighbour), of which the MAC of its chassis is one; whoever is named by a name that two assets have, or that nobody has, makes none. */
#include <string.h>

#include "analysis/world/resolve.h"

/* A name that an asset gives itself. */
typedef struct
{
  uint32_t name; /* pool */
  uint32_t draft;
} Name;

static int
compare_names (const void *a,
               const void *b)
{
  const Name *x = a, *y = b;

  return x->name != y->name ? isth_compare_numbers (x->name, y->name) : isth_compare_numbers (x->draft, y->draft);
}

static bool
names_itself (const IsthDraftClaim *claim)
{
  switch (claim->attribute)
    {
    case ISTH_ATTRIBUTE_SERIAL:
    case ISTH_ATTRIBUTE_HOSTNAME:
    case ISTH_ATTRIBUTE_DEVICE_ID:
    case ISTH_ATTRIBUTE_CHASSIS:
      return claim->confidence >= ISTH_CONFIDENCE_PARSED;
    default:
      return false;
    }
}

static GArray *
gather_names (const IsthResolve *self)
{
  GArray *names = g_array_new (FALSE, FALSE, sizeof (Name));

  for (uint32_t i = 0; i < self->claims->len; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (self->claims, IsthDraftClaim, i);

      if (names_itself (claim))
        g_array_append_val (names, ((Name) { claim->value, claim->draft }));
    }
  g_array_sort (names, compare_names);
  return names;
}

/* The only asset that calls itself @name; ISTH_NONE: none does, or several. */
static uint32_t
find_name (const GArray *names,
           uint32_t name)
{
  uint32_t low = 0, high = names->len, found = ISTH_NONE;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (g_array_index (names, Name, middle).name < name)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < names->len && g_array_index (names, Name, low).name == name; low++)
    {
      uint32_t draft = g_array_index (names, Name, low).draft;

      if (found != ISTH_NONE && found != draft)
        return ISTH_NONE;
      found = draft;
    }
  return found;
}

/* Who is meant by "SW2 port Gi0/1". */
static uint32_t
find_neighbour (const IsthResolve *self,
                const GArray *names,
                const char *value)
{
  const char *port = g_strrstr (value, " port ");
  g_autofree char *name = port ? g_strndup (value, (gsize) (port - value)) : g_strdup (value);
  uint32_t number = isth_pool_find (&self->pool, name);

  return number == ISTH_NONE ? ISTH_NONE : find_name (names, number);
}

/* What is said of one cable; of its two ends @from has the lower rank. */
typedef struct
{
  uint32_t from, to; /* drafts */
  uint32_t protocol; /* pool */
  int64_t first, last;
} Saying;

static void
add_saying (const IsthResolve *self,
            GArray *sayings,
            uint32_t draft,
            uint32_t other,
            Saying saying)
{
  bool swap;

  if (draft == ISTH_NONE || other == ISTH_NONE || draft == other)
    return;
  swap = isth_resolve_precedes (self, other, draft);
  saying.from = swap ? other : draft;
  saying.to = swap ? draft : other;
  g_array_append_val (sayings, saying);
}

static void
gather_named (const IsthResolve *self,
              GArray **names,
              GArray *sayings)
{
  for (uint32_t i = 0; i < self->claims->len; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (self->claims, IsthDraftClaim, i);

      if (claim->attribute != ISTH_ATTRIBUTE_NEIGHBOUR)
        continue;
      if (!*names)
        *names = gather_names (self);
      add_saying (self, sayings, claim->draft, find_neighbour (self, *names, isth_resolve_text (self, claim->value)),
                  (Saying) { .protocol = claim->protocol, .first = claim->evidence.time, .last = claim->last });
    }
}

/* Who has that address: heard from it, or its chassis has it while the ports it sends from have others. */
static uint32_t
find_addressed (const IsthResolve *self,
                GArray **names,
                const IsthResolveStation *station)
{
  char text[ISTH_ADDRESS_TEXT];
  uint32_t name;

  if (station->draft != ISTH_NONE || station->mac == ISTH_NONE)
    return station->draft;
  if (!*names)
    *names = gather_names (self);
  name = isth_pool_find (&self->pool, isth_address_format (isth_resolve_mac (self, station->mac), text));
  return name == ISTH_NONE ? ISTH_NONE : find_name (*names, name);
}

static void
gather_addressed (const IsthResolve *self,
                  GArray **names,
                  GArray *sayings)
{
  for (uint32_t c = 0; c < self->n_captures; c++)
    for (uint32_t i = 0; i < self->captures[c].view.n_neighbours; i++)
      {
        const IsthFactNeighbour *row = &self->captures[c].view.neighbours[i];

        add_saying (self, sayings, isth_resolve_station (self, c, row->station)->draft, find_addressed (self, names, isth_resolve_station (self, c, row->other)),
                    (Saying) { .protocol = self->captures[c].strings[row->protocol], .first = row->evidence.time, .last = row->last });
      }
}

static int
compare_sayings (const void *a,
                 const void *b,
                 void *user_data)
{
  const IsthResolve *self = user_data;
  const Saying *x = a, *y = b;
  int order = isth_compare_numbers (self->draft_ranks[x->from], self->draft_ranks[y->from]);

  if (order == 0)
    order = isth_compare_numbers (self->draft_ranks[x->to], self->draft_ranks[y->to]);
  return order || x->protocol == y->protocol ? order : strcmp (isth_resolve_text (self, x->protocol), isth_resolve_text (self, y->protocol));
}

void
isth_resolve_add_neighbours (IsthResolve *self,
                             uint32_t c)
{
  const IsthResolveCapture *capture = &self->captures[c];

  for (uint32_t i = 0; i < capture->view.n_neighbours; i++)
    {
      const IsthFactNeighbour *row = &capture->view.neighbours[i];
      const IsthStation other = isth_facts_view_station (&capture->view, row->other);
      const char *port = isth_resolve_text (self, capture->strings[row->port]);
      IsthDraftClaim claim = { .draft = isth_resolve_station (self, c, row->station)->draft,
                               .protocol = capture->strings[row->protocol],
                               .attribute = ISTH_ATTRIBUTE_NEIGHBOUR,
                               .confidence = ISTH_CONFIDENCE_PARSED,
                               .count = row->count,
                               .last = row->last };
      char text[ISTH_ADDRESS_TEXT];

      if (claim.draft == ISTH_NONE)
        continue;
      isth_address_format (other.mac.kind ? &other.mac : &other.ip, text);
      claim.value = isth_resolve_keep (self, *port ? g_strdup_printf ("%s, own port %s", text, port) : g_strdup (text));
      claim.evidence = isth_resolve_evidence (self, c, &row->evidence);
      g_array_append_val (self->claims, claim);
    }
}

void
isth_resolve_cables (IsthResolve *self)
{
  g_autoptr(GArray) sayings = g_array_new (FALSE, FALSE, sizeof (Saying)), names = NULL;
  uint32_t cables = 0;

  gather_addressed (self, &names, sayings);
  gather_named (self, &names, sayings);
  g_array_sort_with_data (sayings, compare_sayings, self);
  for (uint32_t i = 0, next; i < sayings->len && cables < ISTH_LIMIT_CABLES; i = next, cables++)
    {
      const Saying *saying = &g_array_index (sayings, Saying, i);
      IsthDraftLink cable = { .from = saying->from, .to = saying->to, .protocol = saying->protocol, .first = ISTH_NO_TIME, .last = ISTH_NO_TIME };

      for (next = i; next < sayings->len && compare_sayings (saying, &g_array_index (sayings, Saying, next), self) == 0; next++)
        isth_span_add (&cable.first, &cable.last, g_array_index (sayings, Saying, next).first, g_array_index (sayings, Saying, next).last);
      cable.id = isth_resolve_link_id (self, &cable, 4);
      isth_activity_add_span (&cable.activity, cable.first, cable.last);
      g_array_append_val (self->links, cable);
    }
}
