/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The IEEE lists, read once into sorted arrays, one for each length of prefix; of the files only the names are kept. Debian's ieee-data has them as CSV (registry, assignment, organisation,
 * address); where it is not installed, our own short list mac-vendors.tsv (prefix, organisation) is read. The folder named by the environment variable
 * ISTHMUS_DATA stands in for both. */
#include "analysis/world/vendor.h"

#include <glib.h>
#include <string.h>

#include "analysis/base/sort.h"
#include "analysis/world/index.h"

#define IEEE_FOLDER "/usr/share/ieee-data"

typedef struct
{
  uint64_t prefix : 40; /* right-aligned */
  uint64_t split : 1;   /* there are longer prefixes that begin so */
  const char *name;     /* in names */
} Entry;

static const uint8_t lengths[] = { 36, 28, 24 }; /* bits; the longest first */
static GArray *entries[G_N_ELEMENTS (lengths)];
static GStringChunk *names;

static uint64_t
prefix_key (const void *row)
{
  return ((const Entry *) row)->prefix;
}

static int
compare_names (const void *a,
               const void *b,
               void *user_data)
{
  return strcmp (((const Entry *) a)->name, ((const Entry *) b)->name);
}

/* Nobody's name: the block is split up in a longer list, or its holder wants to stay unknown. */
static bool
is_nobody (const char *name)
{
  return *name == '\0' || g_str_equal (name, "IEEE Registration Authority") || g_ascii_strcasecmp (name, "Private") == 0;
}

/* Runs of blanks to one, none and no comma at the ends; otherwise as registered. In place. */
static void
tidy (char *name)
{
  char *to = name;

  for (const char *from = name; *from; from++)
    if (*from != ' ' || (to > name && to[-1] != ' '))
      *to++ = *from;
  while (to > name && (to[-1] == ' ' || to[-1] == ','))
    to--;
  *to = '\0';
}

/* @name as it is kept; @known: those that are. Many prefixes have one maker. */
static const char *
keep_name (IsthPool *known,
           const char *name)
{
  uint32_t number = isth_pool_find (known, name);

  if (number == ISTH_NONE)
    number = isth_pool_add (known, g_string_chunk_insert (names, name));
  return known->texts[number];
}

static void
add_entry (IsthPool *known,
           const char *digits,
           char *name)
{
  uint64_t prefix = 0;
  uint32_t n = 0;

  for (; g_ascii_isxdigit (*digits) && n < 9; digits++, n++)
    prefix = prefix << 4 | (uint64_t) g_ascii_xdigit_value (*digits);
  tidy (name);
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (n * 4 == lengths[i] && *digits == '\0')
      {
        Entry entry = { prefix, false, keep_name (known, name) };
        g_array_append_val (entries[i], entry);
      }
}

/* Ends the field at @text, quoted or not, and returns where the next begins. In place. */
static char *
end_field (char **text,
           char separator)
{
  char *from = *text, *to = *text;

  if (*from != '"')
    {
      char *end = strchr (from, separator);

      if (!end)
        return from + strlen (from);
      *end = '\0';
      return end + 1;
    }
  for (from++; *from && (*from != '"' || from[1] == '"'); from++)
    {
      from += *from == '"';
      *to++ = *from;
    }
  from += *from == '"';
  from += *from == separator;
  *to = '\0';
  return from;
}

/* Writes in @text. */
static void
parse_list (IsthPool *known,
            char *text,
            char separator,
            bool has_registry)
{
  for (char *line = text, *next; *line; line = next)
    {
      char *end = strchr (line, '\n');
      char *digits, *name;

      next = end ? end + 1 : line + strlen (line);
      if (end)
        *end = '\0';
      g_strchomp (line);
      digits = has_registry ? end_field (&line, separator) : line;
      name = end_field (&digits, separator);
      end_field (&name, separator);
      add_entry (known, digits, name);
    }
}

static bool
read_list (IsthPool *known,
           const char *folder,
           const char *file,
           char separator,
           bool has_registry)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return false;
  parse_list (known, text, separator, has_registry);
  return true;
}

static Entry *
find_entry (const GArray *list,
            uint64_t prefix)
{
  guint low = 0, high = list->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (list, Entry, middle).prefix < prefix)
        low = middle + 1;
      else
        high = middle;
    }
  return low < list->len && g_array_index (list, Entry, low).prefix == prefix ? &g_array_index (list, Entry, low) : NULL;
}

/* So that nobody has to look for a longer prefix where there is none. */
static void
mark_split (void)
{
  const size_t shortest = G_N_ELEMENTS (lengths) - 1;

  for (size_t i = 0; i < shortest; i++)
    for (guint e = 0; e < entries[i]->len; e++)
      {
        Entry *block = find_entry (entries[shortest], g_array_index (entries[i], Entry, e).prefix >> (lengths[i] - lengths[shortest]));

        if (block)
          block->split = true;
      }
}

static gpointer
read_lists (gpointer unused)
{
  static const char *const files[] = { "oui.csv", "mam.csv", "oui36.csv", "iab.csv" };
  const char *own = g_getenv ("ISTHMUS_DATA");
  bool found = false;
  IsthPool known;

  isth_pool_init (&known);
  names = g_string_chunk_new (65536);
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    entries[i] = g_array_new (FALSE, FALSE, sizeof (Entry));
  for (size_t i = 0; i < G_N_ELEMENTS (files) && !own; i++)
    found |= read_list (&known, IEEE_FOLDER, files[i], ',', true);
  if (own)
    read_list (&known, own, "mac-vendors.tsv", '\t', false);
  else if (!found && !read_list (&known, ISTH_DATA_FOLDER, "mac-vendors.tsv", '\t', false))
    read_list (&known, ISTH_SOURCE_DATA_FOLDER, "mac-vendors.tsv", '\t', false);
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    isth_sort_array (entries[i], prefix_key, compare_names, NULL);
  isth_pool_clear (&known);
  mark_split ();
  return NULL;
}

void
isth_vendor_prepare (void)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, read_lists, NULL);
}

const char *
isth_vendor_from_mac (const IsthAddress *mac)
{
  const Entry *entry = NULL, *block;
  uint64_t number = 0;

  static const uint8_t made_up[5] = { 0 }; /* 00:00:00:00:00:01: of a simulated network, or of a bus whose addresses have one byte */

  if (mac->kind != ISTH_ADDRESS_MAC || isth_address_is_group (mac) || isth_address_is_local_mac (mac) || memcmp (mac->bytes, made_up, sizeof made_up) == 0)
    return NULL;
  isth_vendor_prepare ();
  for (int i = 0; i < 6; i++)
    number = number << 8 | mac->bytes[i];
  block = find_entry (entries[G_N_ELEMENTS (lengths) - 1], number >> (48 - lengths[G_N_ELEMENTS (lengths) - 1]));
  for (size_t i = 0; i < G_N_ELEMENTS (lengths) - 1 && !entry && (!block || block->split); i++)
    entry = find_entry (entries[i], number >> (48 - lengths[i]));
  if (!entry)
    entry = block;
  return entry && !is_nobody (entry->name) ? entry->name : NULL;
}

/* Legal forms, in lower case and without dots. */
static bool
is_legal_form (const char *word)
{
  static const char *const forms[] = { "ab", "ag", "as", "a/s", "bv", "co", "company", "corp", "corporation", "ev", "gmbh", "inc", "incorporated", "kg", "kgaa",
                                       "limited", "llc", "ltd", "nv", "oy", "oyj", "plc", "pte", "pty", "sa", "sas", "se", "spa", "srl", "&", "+" };
  g_autoptr(GString) bare = g_string_new (NULL);

  for (; *word; word++)
    if (*word != '.')
      g_string_append_c (bare, g_ascii_tolower (*word));
  for (size_t i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i], bare->str))
      return true;
  return false;
}

/* "TECHNOLOGIES" to "Technologies"; short words in capitals are names ("MOXA", "IBM"). */
static void
calm_word (char *word)
{
  size_t n = strlen (word);

  for (size_t i = 0; i < n; i++)
    if (!g_ascii_isupper (word[i]))
      return;
  for (size_t i = 1; i < n && n > 4; i++)
    word[i] = g_ascii_tolower (word[i]);
}

char *
isth_vendor_shorten (const char *vendor)
{
  g_autofree char *head = g_strndup (vendor, strcspn (vendor, ","));
  g_auto(GStrv) words = g_strsplit (*g_strstrip (head) ? head : vendor, " ", -1);
  GString *text = g_string_new (NULL);
  guint n = g_strv_length (words);

  while (n > 1 && (!*words[n - 1] || is_legal_form (words[n - 1])))
    n--;
  for (guint i = 0; i < n; i++)
    {
      calm_word (words[i]);
      if (i && g_utf8_strlen (text->str, -1) + 1 + g_utf8_strlen (words[i], -1) > ISTH_VENDOR_SHORT)
        break;
      g_string_append_printf (text, "%s%s", i ? " " : "", words[i]);
    }
  if (g_utf8_strlen (text->str, -1) > ISTH_VENDOR_SHORT)
    {
      g_string_truncate (text, (gsize) (g_utf8_offset_to_pointer (text->str, ISTH_VENDOR_SHORT - 1) - text->str));
      g_string_append (text, "…");
    }
  return g_string_free (text, FALSE);
}
