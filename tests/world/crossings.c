/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What crosses the boundary: sides are people's words here. */
#include "tests/world/script.h"

#include <string.h>

#define HOSTS \
  "cap 0; at 1; word m1/10.0.0.1 level 1 a; word m2/10.0.0.2 level 3.5 a; word m4/10.0.0.4 level 4 a; word m5/10.0.0.5 level 5 a; " \
  "flow m9/10.0.0.9 m1/10.0.0.1 port=1; flow m9/10.0.0.9 m2/10.0.0.2 port=1; flow m9/10.0.0.9 m4/10.0.0.4 port=1; flow m9/10.0.0.9 m5/10.0.0.5 port=1; "

static const struct
{
  const char *name, *script, *crossings;
} cases[] = {
  { "office-to-plant", "flow m4/10.0.0.4 m1/10.0.0.1 modbus port=502", "it>ot direct modbus 502 10 packets 1 links" },
  { "boundary-to-plant", "flow m2/10.0.0.2 m1/10.0.0.1 modbus port=502", "boundary>ot modbus 502 10 packets 1 links" },
  { "outside-to-boundary", "flow m5/10.0.0.5 m2/10.0.0.2 ssh port=22", "external>boundary ssh 22 10 packets 1 links" },
  { "outside-to-office", "flow m5/10.0.0.5 m4/10.0.0.4 ssh port=22", "" },
  { "within", "flow m4/10.0.0.4 m4/10.0.0.4 ssh port=22", "" },
  { "neighbours", "flow m2/10.0.0.2 m1/10.0.0.1 arp transport=0 port=2054", "" },
  { "done",
    "flow m4/10.0.0.4 m1/10.0.0.1 modbus port=502; do m4/10.0.0.4 m1/10.0.0.1 modbus write f a ok 3; do m4/10.0.0.4 m1/10.0.0.1 modbus read g b ok 2; "
    "do m4/10.0.0.4 m1/10.0.0.1 modbus write f c refused 1",
    "it>ot direct modbus 502 10 packets 1 links read 2 write 4 refused 1" },
  { "two-captures", "flow m4/10.0.0.4 m1/10.0.0.1 modbus port=502; cap 1; flow m4/10.0.0.4 m1/10.0.0.1 modbus port=502",
    "it>ot direct modbus 502 20 packets 1 links" },
  { "services-apart", "flow m4/10.0.0.4 m1/10.0.0.1 modbus port=502; flow m4/10.0.0.4 m1/10.0.0.1 ssh port=22",
    "it>ot direct ssh 22 10 packets 1 links; it>ot direct modbus 502 10 packets 1 links" },
};

static char *
format_crossings (const IsthCrossingList *list)
{
  GString *text = g_string_new (NULL);

  for (uint32_t i = 0; i < list->n_crossings; i++)
    {
      const IsthCrossing *c = &list->crossings[i];

      if (c->port == 1)
        continue; /* of the one that only makes the hosts known */
      g_string_append_printf (text, "%s%s>%s%s %s %u %d packets %u links", text->len ? "; " : "", isth_side_name (c->from_side), isth_side_name (c->to_side),
                              c->direct ? " direct" : "", c->protocol, c->port, (int) c->packets, c->links);
      for (IsthOp verb = 0; verb < ISTH_N_OPS; verb++)
        if (c->counts[verb])
          g_string_append_printf (text, " %s %d", isth_op_name (verb), (int) c->counts[verb]);
      if (c->refused)
        g_string_append_printf (text, " refused %d", (int) c->refused);
    }
  return g_string_free (text, FALSE);
}

static void
test_case (const void *data)
{
  size_t i = GPOINTER_TO_SIZE (data);
  g_autofree char *script = g_strconcat (HOSTS, cases[i].script, NULL);
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 3; round++)
    {
      g_autoptr(IsthWorld) world = isth_script_build (script, round ? rand : NULL);
      g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, NULL, NULL), again = isth_world_resolve (world, NULL, NULL);
      g_autofree char *text = format_crossings (snapshot->crossings);

      g_assert_cmpstr (text, ==, cases[i].crossings);
      g_assert_true (again->crossings == snapshot->crossings);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/world/crossings/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
