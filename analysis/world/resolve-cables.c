/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cables: who says whom it hears at the other end of one of its own (the claim of a neighbour), and that one is an asset that calls itself so: a link without
 * traffic, in the protocol that says it. Whoever is named by a name that two assets have, or that nobody has, makes none. */
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

/* The cable between those two in @protocol, said from either end. */
static IsthDraftLink *
need_cable (IsthResolve *self,
            uint32_t first,
            const IsthDraftLink *cable)
{
  for (uint32_t i = first; i < self->links->len; i++)
    {
      IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);

      if (link->from == cable->from && link->to == cable->to && link->protocol == cable->protocol)
        return link;
    }
  g_array_append_val (self->links, *cable);
  return &g_array_index (self->links, IsthDraftLink, self->links->len - 1);
}

void
isth_resolve_cables (IsthResolve *self)
{
  g_autoptr(GArray) names = NULL;
  uint32_t first = self->links->len;

  for (uint32_t i = 0; i < self->claims->len; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (self->claims, IsthDraftClaim, i);
      IsthDraftLink cable = { .from = claim->draft, .protocol = claim->protocol, .first = ISTH_NO_TIME, .last = ISTH_NO_TIME };
      IsthDraftLink *link;
      uint32_t other;

      if (claim->attribute != ISTH_ATTRIBUTE_NEIGHBOUR || self->links->len - first >= ISTH_LIMIT_CABLES)
        continue;
      if (!names)
        names = gather_names (self);
      other = find_neighbour (self, names, isth_resolve_text (self, claim->value));
      if (other == ISTH_NONE || other == claim->draft)
        continue;
      cable.to = other;
      if (isth_resolve_precedes (self, other, claim->draft))
        {
          cable.from = other;
          cable.to = claim->draft;
        }
      cable.id = isth_resolve_link_id (self, &cable, 4);
      link = need_cable (self, first, &cable);
      isth_span_add (&link->first, &link->last, claim->evidence.time, claim->last);
    }
  for (uint32_t i = first; i < self->links->len; i++)
    {
      IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);

      isth_activity_add_span (&link->activity, link->first, link->last);
    }
}
