/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkRecentManager, of which only our own files are of interest. */
#include "app/recent.h"

#define MOST 8 /* in the menu */

void
isth_recent_add (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GtkRecentData data = {
    .mime_type = g_str_has_suffix (path, ".isthmus") ? "application/x-isthmus" : "application/vnd.tcpdump.pcap",
    .app_name = "isthmus",
    .app_exec = "isthmus %f",
  };

  if (uri && !g_str_has_prefix (path, g_get_user_cache_dir ()))
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static void
fill (GMenu *menu)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  guint n = 0;

  g_menu_remove_all (menu);
  for (GList *l = items; l && n < MOST; l = l->next)
    {
      g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (l->data), NULL, NULL);
      g_autoptr(GMenuItem) item = NULL;

      if (!path || !gtk_recent_info_has_application (l->data, "isthmus"))
        continue;
      item = g_menu_item_new (gtk_recent_info_get_display_name (l->data), NULL);
      g_menu_item_set_action_and_target (item, "win.open-path", "s", path);
      g_menu_append_item (menu, item);
      n++;
    }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

void
isth_recent_keep_menu (GMenu *menu)
{
  fill (menu);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (fill), menu, G_CONNECT_SWAPPED);
}
