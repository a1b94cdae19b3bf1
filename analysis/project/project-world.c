/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole project into a world, and a world into a new project. A world is touched only when all of the facts could be read. */
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

static void
add_review (const IsthReview *review,
            gpointer          user_data)
{
  isth_world_add_review (user_data, review);
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
         && isth_project_read_acknowledged (self, add_acknowledged, world, error)
         && isth_project_read_reviews (self, add_review, world, error);
}

static bool
save_reviews (IsthProject     *self,
              const IsthWorld *world,
              GError         **error)
{
  IsthReviewList *list = isth_world_get_reviews (world);
  bool fine = true;

  for (uint32_t i = 0; i < list->n_reviews && fine; i++)
    fine = isth_project_save_review (self, &list->reviews[i], error);
  isth_record_unref (list);
  return fine;
}

bool
isth_project_save_world (IsthProject     *self,
                         const IsthWorld *world,
                         const char      *author,
                         int64_t          time,
                         GError         **error)
{
  GPtrArray *facts = isth_world_get_facts (world);
  uint32_t n_edits;
  const IsthEdit *edits = isth_world_get_edits (world, &n_edits);
  GHashTableIter iter;
  gpointer alert;

  for (guint i = 0; i < facts->len; i++)
    if (!isth_project_save_facts (self, facts->pdata[i], error))
      return false;
  for (uint32_t i = 0; i < n_edits; i++)
    if (!isth_project_save_edit (self, &edits[i], error))
      return false;
  g_hash_table_iter_init (&iter, isth_world_get_acknowledged (world));
  while (g_hash_table_iter_next (&iter, &alert, NULL))
    if (!isth_project_save_acknowledged (self, *(uint64_t *) alert, true, author, time, error))
      return false;
  return save_reviews (self, world, error);
}
