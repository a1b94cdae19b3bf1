/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading, keeping and asking the site's own address ranges. */
#include "analysis/world/site-ranges.h"

#include <string.h>

static uint8_t
most_bits (const IsthAddress *address)
{
  return address->kind == ISTH_ADDRESS_IPV4 ? 32 : 128;
}

static void
cut_to_prefix (IsthAddress *address,
               uint8_t bits)
{
  for (uint8_t i = 0; i < most_bits (address) / 8; i++)
    {
      int left = bits - i * 8;

      if (left < 8)
        address->bytes[i] &= (uint8_t) (left <= 0 ? 0 : 0xff << (8 - left));
    }
}

static bool
read_bits (const char *text,
           uint64_t most,
           uint8_t *bits)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 1, most, &value, NULL)) /* /0 would be everything */
    return false;
  *bits = (uint8_t) value;
  return true;
}

bool
isth_site_range_parse (IsthSiteRange *self,
                       const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "/", 2);
  IsthSiteRange range = { 0 };

  if (!parts[0] || !isth_address_parse (&range.network, parts[0]) || !isth_address_is_ip (&range.network))
    return false;
  range.bits = most_bits (&range.network);
  if (parts[1] && !read_bits (parts[1], most_bits (&range.network), &range.bits))
    return false;
  cut_to_prefix (&range.network, range.bits);
  *self = range;
  return true;
}

char *
isth_site_range_format (const IsthSiteRange *self)
{
  char text[ISTH_ADDRESS_TEXT];

  return g_strdup_printf ("%s/%u", isth_address_format (&self->network, text), self->bits);
}

bool
isth_site_range_contains (const IsthSiteRange *self,
                          const IsthAddress *ip)
{
  IsthAddress network = *ip;

  if (ip->kind != self->network.kind)
    return false;
  cut_to_prefix (&network, self->bits);
  return memcmp (network.bytes, self->network.bytes, most_bits (ip) / 8) == 0;
}

IsthEdit
isth_site_range_make_edit (const IsthSiteRange *self,
                           bool belongs,
                           const char *author,
                           int64_t time)
{
  return (IsthEdit) {
    .about = { .ip = self->network },
    .attribute = ISTH_ATTRIBUTE_SITE_RANGE,
    .value = belongs ? g_strdup_printf ("%u", self->bits) : g_strdup (""),
    .author = g_strdup (author),
    .time = time,
  };
}

void
isth_site_range_clear_edit (IsthEdit *edit)
{
  g_free ((char *) edit->value);
  g_free ((char *) edit->author);
}

static int
compare_ranges (const void *a,
                const void *b)
{
  const IsthSiteRange *x = a, *y = b;
  int order = isth_address_compare (&x->network, &y->network);

  return order ? order : x->bits - y->bits;
}

GArray *
isth_site_ranges_gather (const IsthEdit *edits,
                         uint32_t n)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (IsthSiteRange));

  for (uint32_t i = 0; i < n; i++)
    {
      IsthSiteRange range = { .network = edits[i].about.ip };

      if (edits[i].attribute != ISTH_ATTRIBUTE_SITE_RANGE || !isth_address_is_ip (&range.network) ||
          !read_bits (edits[i].value, most_bits (&range.network), &range.bits))
        continue;
      cut_to_prefix (&range.network, range.bits);
      g_array_append_val (ranges, range);
    }
  g_array_sort (ranges, compare_ranges);
  return ranges;
}

bool
isth_site_range_is_known (const IsthSiteRange *self,
                          const IsthWorld *world)
{
  uint32_t n;
  const IsthEdit *edits = isth_world_get_edits (world, &n);
  g_autoptr(GArray) ranges = isth_site_ranges_gather (edits, n);

  for (guint i = 0; i < ranges->len; i++)
    if (compare_ranges (self, &g_array_index (ranges, IsthSiteRange, i)) == 0)
      return true;
  return false;
}
