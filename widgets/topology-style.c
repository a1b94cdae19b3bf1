/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours and icons of the map, taken from the theme on the main thread so that a worker can paint with them. */
#include "widgets/topology-picture.h"

struct _IsthTopologyIcons
{
  gatomicrefcount references;
  GPtrArray *surfaces; /* each once */
  guint8 *of_node;     /* index of a surface */
  int size;
};

static gboolean
lookup (GtkWidget  *widget,
        const char *name,
        GdkRGBA    *color)
{
  return gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color);
}

/* @over painted on @below: opaque. */
static GdkRGBA
blend (GdkRGBA below,
       GdkRGBA over,
       float   alpha)
{
  alpha *= over.alpha;
  return (GdkRGBA) {
    below.red + (over.red - below.red) * alpha,
    below.green + (over.green - below.green) * alpha,
    below.blue + (over.blue - below.blue) * alpha,
    1,
  };
}

void
isth_topology_colors_read (IsthTopologyColors *self,
                           GtkWidget          *widget)
{
  static const char *const light[] = { "#000000", "#77767b", "#1a5fb4", "#b57f00", "#d9620a", "#c01c28" };
  static const char *const dark[] = { "#000000", "#9a9996", "#78aeed", "#f5c211", "#ff9a3c", "#ff6b6b" };
  GdkRGBA color;
  gboolean is_dark;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &self->foreground);
  is_dark = self->foreground.red + self->foreground.green + self->foreground.blue > 1.5f;
  gdk_rgba_parse (&self->background, is_dark ? "#1e1e1e" : "#ffffff");
  if (lookup (widget, "window_bg_color", &color) || lookup (widget, "theme_bg_color", &color))
    self->background = color;
  self->lane = blend (self->background, self->foreground, is_dark ? 0.035f : 0.03f);
  self->card = (GdkRGBA) { 1, 1, 1, is_dark ? 0.1f : 1.0f };
  self->card = blend (self->background, self->card, 1);
  gdk_rgba_parse (&self->accent, is_dark ? "#78aeed" : "#1c71d8");
  if (lookup (widget, "accent_color", &color) || lookup (widget, "theme_selected_bg_color", &color))
    self->accent = color;
  for (guint i = 0; i < G_N_ELEMENTS (light); i++)
    gdk_rgba_parse (&self->alerts[i], is_dark ? dark[i] : light[i]);
}

static cairo_surface_t *
make_mask (GtkWidget  *widget,
           const char *name,
           int         size)
{
  static const GdkRGBA colors[] = { { 0, 0, 0, 1 }, { 0, 0, 0, 1 }, { 0, 0, 0, 1 }, { 0, 0, 0, 1 } };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr(GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (theme, name, NULL, size, 1, GTK_TEXT_DIR_NONE, GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node;

  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size, colors, G_N_ELEMENTS (colors));
  node = gtk_snapshot_to_node (snapshot);
  if (node)
    gsk_render_node_draw (node, cr);
  g_clear_pointer (&node, gsk_render_node_unref);
  cairo_destroy (cr);
  return surface;
}

IsthTopologyIcons *
isth_topology_icons_new (GtkWidget *widget,
                         IsthScene *scene,
                         int        size)
{
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  IsthTopologyIcons *self = g_new0 (IsthTopologyIcons, 1);

  g_atomic_ref_count_init (&self->references);
  self->size = size;
  self->surfaces = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  self->of_node = g_new0 (guint8, scene->n_nodes + 1);
  for (guint i = 0; i < scene->n_nodes; i++)
    {
      const char *name = scene->nodes[i].icon ? scene->nodes[i].icon : "image-missing-symbolic";
      gpointer index;

      if (!g_hash_table_lookup_extended (known, name, NULL, &index))
        {
          index = GUINT_TO_POINTER (MIN (self->surfaces->len, G_MAXUINT8));
          if (self->surfaces->len < G_MAXUINT8)
            g_ptr_array_add (self->surfaces, make_mask (widget, name, size));
          g_hash_table_insert (known, (gpointer) name, index);
        }
      self->of_node[i] = (guint8) GPOINTER_TO_UINT (index);
    }
  return self;
}

IsthTopologyIcons *
isth_topology_icons_ref (IsthTopologyIcons *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
isth_topology_icons_unref (IsthTopologyIcons *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->surfaces);
  g_free (self->of_node);
  g_free (self);
}

cairo_surface_t *
isth_topology_icons_get (const IsthTopologyIcons *self,
                         guint                    node,
                         int                     *size)
{
  *size = self->size;
  return self->of_node[node] < self->surfaces->len ? g_ptr_array_index (self->surfaces, self->of_node[node]) : NULL;
}
