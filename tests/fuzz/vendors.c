/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of MAC prefixes, which are other people's files: any bytes as one. Sees the insides of the reader, which reads once in a program's life. */
#include "analysis/world/vendor.c"
#include "tests/fuzz/target.h"

/* A byte that chooses the form (Debian's CSV or our own list), then the file. */
static void
run_vendors (gconstpointer what,
             const uint8_t *data,
             size_t size)
{
  bool csv = size > 0 && data[0] & 1;
  g_autofree char *text = g_strndup (size > 1 ? (const char *) data + 1 : "", size > 1 ? size - 1 : 0);

  GArray *real[G_N_ELEMENTS (lengths)]; /* the program's own lists, when it has read them */
  GStringChunk *real_names = names;
  IsthPool known;

  memcpy (real, entries, sizeof real);
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    entries[i] = g_array_new (FALSE, FALSE, sizeof (Entry));
  names = g_string_chunk_new (64);
  isth_pool_init (&known);
  parse_list (&known, text, csv ? ',' : '\t', csv);
  isth_pool_clear (&known);
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    isth_sort_array (entries[i], prefix_key, compare_names, NULL);
  mark_split ();
  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      for (guint k = 0; k < entries[i]->len; k++)
        {
          const Entry *entry = &g_array_index (entries[i], Entry, k);
          g_autofree char *shorter = g_utf8_validate (entry->name, -1, NULL) ? isth_vendor_shorten (entry->name) : NULL;

          g_assert (find_entry (entries[i], entry->prefix) && entry->prefix >> lengths[i] == 0);
          g_assert (!shorter || (g_utf8_validate (shorter, -1, NULL) && g_utf8_strlen (shorter, -1) <= ISTH_VENDOR_SHORT));
        }
      g_array_unref (entries[i]);
    }
  g_string_chunk_free (names);
  memcpy (entries, real, sizeof real);
  names = real_names;
}

static void
seed_vendors (gconstpointer what,
              GPtrArray *seeds)
{
  static const char *const files[] = {
    "\1Registry,Assignment,Organization Name,Organization Address\r\nMA-L,002272,\"American Micro-Fuel Device Corp.\",\"2181 Buchanan \"\"Loop\"\"\"\r\n",
    "\1MA-M,B8D8126,\"MOXA TECHNOLOGIES CORP., LTD.\",x\nMA-S,70B3D5A01,  Two   blanks ,y\nIAB,0050C2001,\"open",
    "\0000E8C\tSiemens AG\n00A045\tPhoenix Contact GmbH & Co. KG\n70B3D5001\tSHORT\n",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    g_ptr_array_add (seeds, g_bytes_new (files[i], 1 + strlen (files[i] + 1)));
}

const IsthFuzzTarget isth_fuzz_vendors[] = {
  { "vendors", run_vendors, seed_vendors, NULL },
  { NULL },
};
