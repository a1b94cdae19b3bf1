/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nodes that identify themselves as the same thing are joined:
 *
 *   - MACs with the same MAC as LLDP chassis id (the ports of one switch), and the chassis MAC itself;
 *   - MACs of one maker block (the first five bytes) with the same PROFINET station name or other LLDP chassis name, whose serial numbers do not differ;
 *   - nodes with the same serial number and the same model (or vendor, where no model is known). A serial of zeros, of one repeated character, shorter
 *     than four characters, or shared by more than eight nodes joins nothing. A host name joins nothing: images are cloned. */
#include <string.h>

#include "analysis/world/resolve.h"

#define ISTH_SERIAL_MAX 8

/* A key that joins all nodes that have it. */
typedef struct
{
  const char *value, *of; /* the serial and the model; the name and "" */
  uint32_t node;
  uint8_t prefix[6];      /* zeroes where the maker does not matter */
} JoinKey;

static int
compare_identities (const void *a,
                    const void *b)
{
  const IsthIdentity *x = a, *y = b;

  if (x->node != y->node)
    return isth_compare_numbers (x->node, y->node);
  if (x->attribute != y->attribute)
    return isth_compare_numbers (x->attribute, y->attribute);
  return strcmp (x->value, y->value);
}

static bool
identifies (const IsthFactClaim *claim)
{
  switch (claim->attribute)
    {
    case ISTH_ATTRIBUTE_VENDOR:
    case ISTH_ATTRIBUTE_MODEL:
    case ISTH_ATTRIBUTE_ORDER_NUMBER:
    case ISTH_ATTRIBUTE_SERIAL:
    case ISTH_ATTRIBUTE_STATION:
    case ISTH_ATTRIBUTE_CHASSIS:
      return claim->confidence >= ISTH_CONFIDENCE_PARSED;
    default:
      return false;
    }
}

/* Identifying claims, sorted by node (its union as it is now). */
GArray *
isth_identities_gather (IsthResolve *self)
{
  GArray *identities = g_array_new (FALSE, FALSE, sizeof (IsthIdentity));

  for (uint32_t c = 0; c < self->n_captures; c++)
    {
      const IsthFactsView *view = &self->captures[c].view;

      for (uint32_t i = 0; i < view->n_claims; i++)
        {
          uint32_t node = isth_resolve_station (self, c, view->claims[i].station)->node;
          IsthIdentity identity;

          if (node == ISTH_NONE || !identifies (&view->claims[i]))
            continue;
          identity = (IsthIdentity) { isth_union_find (&self->nodes, node), view->claims[i].attribute,
                                  isth_facts_string (self->captures[c].facts, view->claims[i].value) };
          g_array_append_val (identities, identity);
        }
    }
  g_array_sort (identities, compare_identities);
  return identities;
}

static bool
is_serial (const char *value)
{
  size_t n = strlen (value);

  if (n < 4 || strspn (value, "0 x-:.") == n || strspn (value, "fF") == n)
    return false;
  for (size_t i = 1; i < n; i++)
    if (value[i] != value[0])
      return g_ascii_strcasecmp (value, "unknown") != 0 && g_ascii_strcasecmp (value, "none") != 0;
  return false;
}

static const char *
find_identity (const GArray *identities,
               uint32_t node,
               IsthAttribute attribute)
{
  IsthIdentity key = { node, (uint8_t) attribute, "" };
  uint32_t low = 0, high = identities->len;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (compare_identities (&g_array_index (identities, IsthIdentity, middle), &key) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == identities->len || g_array_index (identities, IsthIdentity, low).node != node ||
      g_array_index (identities, IsthIdentity, low).attribute != attribute)
    return NULL;
  return g_array_index (identities, IsthIdentity, low).value;
}

/* Both have a serial number, and not the same. */
bool
isth_identities_differ (const GArray *identities,
                        uint32_t a,
                        uint32_t b)
{
  const char *one = find_identity (identities, a, ISTH_ATTRIBUTE_SERIAL);
  const char *other = find_identity (identities, b, ISTH_ATTRIBUTE_SERIAL);

  return one && other && is_serial (one) && is_serial (other) && !g_str_equal (one, other);
}

static int
compare_join_keys (const void *a,
                   const void *b)
{
  const JoinKey *x = a, *y = b;
  int order = strcmp (x->value, y->value);

  if (order == 0)
    order = strcmp (x->of, y->of);
  if (order == 0)
    order = memcmp (x->prefix, y->prefix, sizeof x->prefix);
  return order ? order : isth_compare_numbers (x->node, y->node);
}

static bool
same_join_key (const JoinKey *a,
               const JoinKey *b)
{
  return g_str_equal (a->value, b->value) && g_str_equal (a->of, b->of) && memcmp (a->prefix, b->prefix, sizeof a->prefix) == 0;
}

/* Joins what has the same key, unless too many have it or serials differ (which @identities tells; NULL: need not be asked). */
static void
join_by_keys (IsthResolve *self,
              GArray *keys,
              const GArray *identities)
{
  g_array_sort (keys, compare_join_keys);
  for (uint32_t from = 0, to; from < keys->len; from = to)
    {
      const JoinKey *first = &g_array_index (keys, JoinKey, from);
      bool differ = false;

      for (to = from + 1; to < keys->len && same_join_key (first, &g_array_index (keys, JoinKey, to)); to++)
        if (identities)
          differ |= isth_identities_differ (identities, first->node, g_array_index (keys, JoinKey, to).node);
      if (differ || to - from > ISTH_SERIAL_MAX)
        continue;
      for (uint32_t i = from + 1; i < to; i++)
        isth_union_join (&self->nodes, first->node, g_array_index (keys, JoinKey, i).node);
    }
}

/* Distinct nodes that have the same serial number and make. */
void
isth_resolve_join_serials (IsthResolve *self)
{
  g_autoptr(GArray) identities = isth_identities_gather (self);
  g_autoptr(GArray) keys = g_array_new (FALSE, FALSE, sizeof (JoinKey));

  for (uint32_t i = 0; i < identities->len; i++)
    {
      const IsthIdentity *identity = &g_array_index (identities, IsthIdentity, i);
      const IsthIdentity *before = i ? identity - 1 : NULL;
      JoinKey key = { identity->value, NULL, identity->node, { 0 } };

      if (identity->attribute != ISTH_ATTRIBUTE_SERIAL || !is_serial (identity->value) ||
          (before && compare_identities (before, identity) == 0))
        continue;
      key.of = find_identity (identities, identity->node, ISTH_ATTRIBUTE_MODEL);
      if (!key.of)
        key.of = find_identity (identities, identity->node, ISTH_ATTRIBUTE_ORDER_NUMBER);
      if (!key.of)
        key.of = find_identity (identities, identity->node, ISTH_ATTRIBUTE_VENDOR);
      if (key.of)
        g_array_append_val (keys, key);
    }
  join_by_keys (self, keys, NULL);
}

/* PROFINET station names and LLDP chassis ids. */
void
isth_resolve_join_names (IsthResolve *self)
{
  g_autoptr(GArray) identities = isth_identities_gather (self);
  g_autoptr(GArray) keys = g_array_new (FALSE, FALSE, sizeof (JoinKey));

  for (uint32_t i = 0; i < identities->len; i++)
    {
      const IsthIdentity *identity = &g_array_index (identities, IsthIdentity, i);
      JoinKey key = { identity->value, "", identity->node, { 0 } };
      IsthAddress chassis;

      if (identity->attribute != ISTH_ATTRIBUTE_CHASSIS && identity->attribute != ISTH_ATTRIBUTE_STATION)
        continue;
      if (identity->node >= self->macs.n || strlen (identity->value) < 3 || (i && compare_identities (identity - 1, identity) == 0))
        continue;
      if (isth_address_parse (&chassis, identity->value))
        {
          uint32_t mac = isth_index_find (&self->macs, &chassis);

          if (identity->attribute != ISTH_ATTRIBUTE_CHASSIS || chassis.kind != ISTH_ADDRESS_MAC || !isth_address_is_host (&chassis))
            continue;
          if (mac != ISTH_NONE)
            isth_union_join (&self->nodes, identity->node, mac);
        }
      else
        memcpy (key.prefix, isth_resolve_mac (self, identity->node)->bytes, 5);
      g_array_append_val (keys, key);
    }
  join_by_keys (self, keys, identities);
}
