/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole project into a world; the world is touched only when all of the facts could be read. */
#include "analysis/project/project-private.h"

static void
add_edit (const IsthEdit *edit,
          gpointer        user_data)
{
  isth_world_add_edit (user_data, edit);
}

static void
add_acknowledged (uint64_t alert,
                  gpointer user_data)
{
  isth_world_acknowledge (user_data, alert, true);
}

bool
isth_project_load (IsthProject *self,
                   IsthWorld   *world,
                   GError     **error)
{
  g_autoptr(GPtrArray) all = isth_project_read_facts (self, error);

  if (!all)
    return false;
  for (guint i = 0; i < all->len; i++)
    isth_world_add_facts (world, all->pdata[i]);
  return isth_project_read_edits (self, add_edit, world, error)
         && isth_project_read_acknowledged (self, add_acknowledged, world, error);
}
