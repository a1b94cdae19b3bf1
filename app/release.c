/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread for the whole program, which comes and goes as there is something to do. */
#include "app/release.h"

typedef struct
{
  gpointer data;
  GDestroyNotify free_func;
} Load;

static void
release (gpointer data,
         gpointer user_data)
{
  g_autofree Load *load = data;

  load->free_func (load->data);
}

void
isth_release (gpointer       data,
              GDestroyNotify free_func)
{
  static gsize made;
  static GThreadPool *pool;
  Load *load;

  if (g_once_init_enter (&made))
    {
      pool = g_thread_pool_new (release, NULL, 1, FALSE, NULL);
      g_once_init_leave (&made, 1);
    }
  if (!data)
    return;

  load = g_new (Load, 1);
  *load = (Load) { data, free_func };
  g_thread_pool_push (pool, load, NULL);
}

void
isth_release_snapshot (IsthSnapshot *snapshot)
{
  isth_release (snapshot, (GDestroyNotify) isth_snapshot_unref);
}
