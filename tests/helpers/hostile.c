/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile captures by name. */
#include "tests/helpers/hostile.h"

const IsthTestHostile *const isth_test_hostile[] = { isth_test_hostile_files, isth_test_hostile_packets, isth_test_hostile_messages,
                                                     isth_test_hostile_names, NULL };

GByteArray *
isth_test_hostile_make (const char *name,
                        size_t size)
{
  for (size_t list = 0; isth_test_hostile[list]; list++)
    for (const IsthTestHostile *one = isth_test_hostile[list]; one->name; one++)
      if (g_str_equal (one->name, name))
        return one->make (size);
  g_assert_not_reached ();
}
