/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each rule of identity has a row: a few facts, and the assets that they are. */
#include <stdlib.h>

#include "tests/world/script.h"

static const struct
{
  const char *name;
  const char *script;
  const char *assets;
} cases[] = {
  { "two-hosts", "flow m1/10.0.0.1 m2/10.0.0.2", "m1/10.0.0.1\nm2/10.0.0.2" },
};

static void
test_case (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr(IsthWorld) world = isth_script_build (cases[i].script, NULL);
  g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, NULL, NULL);
  g_autofree char *dump = isth_script_dump (snapshot);

  g_assert_cmpstr (dump, ==, cases[i].assets);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/world/resolve/%s", cases[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
