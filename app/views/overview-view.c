/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts over the whole snapshot: what there is, how much of it has a name, what crosses, what needs someone, and what is not known. */
#include "app/views/overview-view.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/health.h"

#define ALERTS_MAX 6
#define CROSSINGS_MAX 12 /* the others are in Traffic */

struct _IsthOverviewView
{
  IsthView parent_instance;

  GtkFlowBox *tiles;
  GtkWidget *alerts_group, *crossings_group, *bars;
  GtkListBox *alerts, *crossings;
  IsthCrossingList *shown; /* the crossings that the rows tell, counted */
  GtkGrid *levels, *kinds;
  GtkLabel *health;
};

G_DEFINE_FINAL_TYPE (IsthOverviewView, isth_overview_view, ISTH_TYPE_VIEW)

static const IsthLevel all_levels[] = {
  ISTH_LEVEL_5, ISTH_LEVEL_4, ISTH_LEVEL_DMZ, ISTH_LEVEL_3, ISTH_LEVEL_2, ISTH_LEVEL_1, ISTH_LEVEL_0, ISTH_LEVEL_UNKNOWN,
};

typedef struct
{
  guint levels[G_N_ELEMENTS (all_levels)], kinds[ISTH_N_KINDS];
  guint assets, identified, silent, links, crossings, sessions, alerts, unacknowledged;
} Counts;

static Counts
count (const IsthSnapshot *snapshot)
{
  Counts counts = { .assets = snapshot->n_assets, .links = snapshot->n_links, .sessions = snapshot->n_sessions, .alerts = snapshot->n_alerts };

  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    {
      const IsthAsset *asset = snapshot->assets[i];
      guint level = G_N_ELEMENTS (all_levels) - 1;

      for (guint j = 0; j < G_N_ELEMENTS (all_levels); j++)
        if (all_levels[j] == asset->level)
          level = j;
      counts.levels[level]++;
      counts.kinds[asset->kind < ISTH_N_KINDS ? asset->kind : ISTH_KIND_UNKNOWN]++;
      counts.silent += asset->silent;
      counts.identified += *isth_asset_get (asset, ISTH_ATTRIBUTE_MODEL) || *isth_asset_get (asset, ISTH_ATTRIBUTE_HOSTNAME) ||
                           *isth_asset_get (asset, ISTH_ATTRIBUTE_ORDER_NUMBER) ||
                           *isth_asset_get (asset, ISTH_ATTRIBUTE_STATION) || *isth_asset_get (asset, ISTH_ATTRIBUTE_NAME);
    }
  for (uint32_t i = 0; i < snapshot->crossings->n_crossings; i++)
    counts.crossings += snapshot->crossings->crossings[i].direct;
  for (uint32_t i = 0; i < snapshot->n_alerts; i++)
    counts.unacknowledged += !snapshot->alerts[i]->acknowledged;

  return counts;
}

static void
add_tile (IsthOverviewView *self,
          guint             index,
          const char       *number,
          const char       *what)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->tiles, (int) index);
  GtkWidget *box, *big, *small;

  if (!child)
    {
      box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      big = gtk_label_new (NULL);
      small = gtk_label_new (NULL);
      gtk_widget_add_css_class (big, "tile-number");
      gtk_widget_add_css_class (big, "numeric");
      gtk_widget_add_css_class (small, "dim-label");
      gtk_label_set_wrap (GTK_LABEL (small), TRUE);
      gtk_label_set_justify (GTK_LABEL (small), GTK_JUSTIFY_CENTER);
      gtk_box_append (GTK_BOX (box), big);
      gtk_box_append (GTK_BOX (box), small);
      gtk_widget_add_css_class (box, "card");
      gtk_widget_add_css_class (box, "tile");
      gtk_flow_box_append (self->tiles, box);
      child = gtk_flow_box_get_child_at_index (self->tiles, (int) index);
      gtk_widget_set_focusable (GTK_WIDGET (child), FALSE);
    }
  box = gtk_flow_box_child_get_child (child);
  big = gtk_widget_get_first_child (box);
  gtk_label_set_text (GTK_LABEL (big), number);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (big)), what);
}

static void
fill_tiles (IsthOverviewView *self,
            const Counts     *counts)
{
  g_autofree char *assets = isth_format_count (counts->assets);
  g_autofree char *identified = counts->assets > 0 ? g_strdup_printf ("%u %%", counts->identified * 100 / counts->assets)
                                                   : g_strdup ("–");
  g_autofree char *links = isth_format_count (counts->links);
  g_autofree char *crossings = isth_format_count (counts->crossings);
  g_autofree char *sessions = isth_format_count (counts->sessions);
  g_autofree char *alerts = isth_format_count (counts->unacknowledged);

  add_tile (self, 0, assets, g_dngettext (GETTEXT_PACKAGE, "asset", "assets", counts->assets));
  add_tile (self, 1, identified, _("known by name or model"));
  add_tile (self, 2, links, g_dngettext (GETTEXT_PACKAGE, "link", "links", counts->links));
  add_tile (self, 3, crossings, g_dngettext (GETTEXT_PACKAGE, "crosses the IT/OT boundary", "cross the IT/OT boundary", counts->crossings));
  add_tile (self, 4, sessions, g_dngettext (GETTEXT_PACKAGE, "remote session", "remote sessions", counts->sessions));
  add_tile (self, 5, alerts, g_dngettext (GETTEXT_PACKAGE, "alert not acknowledged", "alerts not acknowledged", counts->unacknowledged));
}

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))))
    gtk_grid_remove (grid, child);
}

static void
add_bar (GtkGrid    *grid,
         int         row,
         const char *title,
         guint       n,
         guint       most)
{
  GtkWidget *name = gtk_label_new (title), *bar = gtk_level_bar_new_for_interval (0, MAX (most, 1)), *number;
  g_autofree char *text = isth_format_count (n);

  number = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (bar, "plain-bar");
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, bar, 1, row, 1, 1);
  gtk_grid_attach (grid, number, 2, row, 1, 1);
}

static void
fill_bars (IsthOverviewView *self,
           const Counts     *counts)
{
  gboolean done[ISTH_N_KINDS] = { FALSE };
  guint most = 0;
  int row = 0;

  clear_grid (self->levels);
  clear_grid (self->kinds);
  for (guint i = 0; i < G_N_ELEMENTS (all_levels); i++)
    most = MAX (most, counts->levels[i]);
  for (guint i = 0; i < G_N_ELEMENTS (all_levels); i++)
    if (counts->levels[i] > 0)
      add_bar (self->levels, row++, isth_format_level (all_levels[i]), counts->levels[i], most);

  for (row = 0, most = 0;; row++) /* the largest first */
    {
      guint best = ISTH_N_KINDS;

      for (guint i = 0; i < ISTH_N_KINDS; i++)
        if (!done[i] && counts->kinds[i] > 0 && (best == ISTH_N_KINDS || counts->kinds[i] > counts->kinds[best]))
          best = i;
      if (best == ISTH_N_KINDS)
        break;
      done[best] = TRUE;
      most = MAX (most, counts->kinds[best]);
      add_bar (self->kinds, row, _(isth_kind_title (best)), counts->kinds[best], most);
    }
}

static gboolean
is_worse (IsthSession     *session,
          const IsthAlert *a,
          const IsthAlert *b)
{
  IsthSeverity severity_a = isth_session_get_severity (session, a), severity_b = isth_session_get_severity (session, b);

  if (severity_a != severity_b)
    return severity_a > severity_b;
  if (a->last != b->last)
    return a->last > b->last;

  return a->id < b->id;
}

/* The worst ones that nobody has acknowledged. */
static guint
choose_alerts (IsthSession        *session,
               const IsthSnapshot *snapshot,
               const IsthAlert    *worst[ALERTS_MAX])
{
  guint n = 0;

  for (uint32_t i = 0; i < snapshot->n_alerts; i++)
    {
      const IsthAlert *alert = snapshot->alerts[i];
      guint at = n;

      if (alert->acknowledged || isth_session_get_severity (session, alert) < ISTH_SEVERITY_LOW)
        continue;
      while (at > 0 && is_worse (session, alert, worst[at - 1]))
        at--;
      if (at == ALERTS_MAX)
        continue;
      n = MIN (n + 1, ALERTS_MAX);
      for (guint j = n - 1; j > at; j--)
        worst[j] = worst[j - 1];
      worst[at] = alert;
    }

  return n;
}

static void
fill_alerts (IsthOverviewView   *self,
             const IsthSnapshot *snapshot)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const IsthAlert *worst[ALERTS_MAX];
  guint n = choose_alerts (session, snapshot, worst);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->alerts))))
    gtk_list_box_remove (self->alerts, row);
  for (guint i = 0; i < n; i++)
    {
      gboolean plant = isth_session_get_wording (session) != ISTH_WORDING_IT;
      g_autofree char *sentence = isth_alert_describe (worst[i], plant ? worst[i]->plant_form : worst[i]->security_form);
      guint64 *id = g_new (guint64, 1);

      *id = worst[i]->id;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sentence);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(isth_severity_title (isth_session_get_severity (session, worst[i]))));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "alert", id, g_free);
      gtk_list_box_append (self->alerts, row);
    }
  gtk_widget_set_visible (self->alerts_group, n > 0);
}

/* "read 12, write 3" and when. */
static char *
describe_crossing (const IsthCrossing *crossing)
{
  g_autofree char *first = isth_format_time (crossing->first), *last = isth_format_time (crossing->last);
  g_autoptr(GString) text = g_string_new (NULL);

  for (IsthOp verb = 0; verb < ISTH_N_OPS; verb++)
    if (crossing->counts[verb] > 0 && verb != ISTH_OP_OTHER)
      {
        g_autofree char *count = isth_format_count (crossing->counts[verb]);

        g_string_append_printf (text, "%s%s ×%s", text->len ? ", " : "", isth_format_verb (verb), count);
      }
  g_string_append_printf (text, "%s%s … %s", text->len ? " · " : "", first, last);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_crossing (IsthSession        *session,
               const IsthCrossing *crossing)
{
  GtkWidget *row = adw_action_row_new (), *mark = gtk_label_new (crossing->direct ? _("past the boundary") : _("at the boundary"));
  g_autofree char *service = isth_service_describe (crossing->protocol, crossing->transport, crossing->port), *subtitle = describe_crossing (crossing);
  g_autofree char *title = g_strdup_printf ("%s %s %s · %s", isth_session_get_asset_name (session, crossing->from), crossing->proof ? "→" : "–",
                                            isth_session_get_asset_name (session, crossing->to), service);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (mark, crossing->direct ? "severity-medium" : "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

/* Those that go past the boundary come first, as they are sorted. Rows stay while nothing changed. */
static void
fill_crossings (IsthOverviewView   *self,
                const IsthSnapshot *snapshot)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const IsthCrossingList *list = snapshot->crossings;
  GtkWidget *row;

  gtk_widget_set_visible (self->crossings_group, list->n_crossings > 0);
  if (list == self->shown)
    return;

  isth_record_unref (self->shown);
  self->shown = isth_record_ref (snapshot->crossings);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->crossings))))
    gtk_list_box_remove (self->crossings, row);
  for (uint32_t i = 0; i < MIN (list->n_crossings, CROSSINGS_MAX); i++)
    {
      guint64 *id = g_new (guint64, 1);

      *id = list->crossings[i].link;
      row = make_crossing (session, &list->crossings[i]);
      g_object_set_data_full (G_OBJECT (row), "link", id, g_free);
      gtk_list_box_append (self->crossings, row);
    }
  if (list->n_crossings > CROSSINGS_MAX)
    {
      g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more, in Traffic", "and %u more, in Traffic",
                                                            list->n_crossings - CROSSINGS_MAX),
                                               list->n_crossings - CROSSINGS_MAX);

      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      gtk_list_box_append (self->crossings, row);
    }
}

static void
fill_health (IsthOverviewView   *self,
             const IsthSnapshot *snapshot,
             const Counts       *counts)
{
  gboolean reading = isth_session_get_reading (isth_view_get_session (ISTH_VIEW (self)));
  g_autofree char *summary = isth_health_summarise (snapshot, reading);
  g_auto(GStrv) warnings = isth_health_warn (snapshot, reading);
  g_autofree char *empty = isth_health_explain_empty (snapshot);
  g_autoptr(GString) text = g_string_new (summary);

  if (empty && !(snapshot->health && snapshot->health->n_not_decoded > 0)) /* else a warning says it */
    g_string_append_printf (text, "\n• %s", empty);
  for (char **warning = warnings; *warning; warning++)
    g_string_append_printf (text, "\n• %s", *warning);
  if (counts->silent > 0)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "\n• %u asset was addressed but never seen to speak.",
                                         "\n• %u assets were addressed but never seen to speak.", counts->silent),
                            counts->silent);
  g_string_append (text, _("\n• What did not pass the place where the captures were taken cannot be seen in them."));
  gtk_label_set_text (self->health, text->str);
}

static void
update (IsthOverviewView *self)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (isth_view_get_session (ISTH_VIEW (self)));
  Counts counts;

  if (!snapshot)
    return;

  counts = count (snapshot);
  gtk_widget_set_visible (self->bars, counts.assets > 0);
  fill_tiles (self, &counts);
  fill_bars (self, &counts);
  fill_alerts (self, snapshot);
  fill_crossings (self, snapshot);
  fill_health (self, snapshot, &counts);
}

/* Not while another view is in front. */
static void
on_changed (IsthOverviewView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
on_alert_activated (IsthOverviewView *self,
                    GtkListBoxRow    *row)
{
  const guint64 *id = g_object_get_data (G_OBJECT (row), "alert");

  isth_session_select (isth_view_get_session (ISTH_VIEW (self)), ISTH_SELECTED_ALERT, *id);
}

/* The link is selected, and with it both its ends. */
static void
on_crossing_activated (IsthOverviewView *self,
                       GtkListBoxRow    *row)
{
  const guint64 *id = g_object_get_data (G_OBJECT (row), "link");

  if (id)
    isth_session_select (isth_view_get_session (ISTH_VIEW (self)), ISTH_SELECTED_LINK, *id);
}

static void
isth_overview_view_dispose (GObject *object)
{
  g_clear_pointer (&ISTH_OVERVIEW_VIEW (object)->shown, isth_record_unref);

  G_OBJECT_CLASS (isth_overview_view_parent_class)->dispose (object);
}

static void
isth_overview_view_attach (IsthView    *view,
                           IsthSession *session)
{
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_changed), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::wording", G_CALLBACK (on_changed), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::reading", G_CALLBACK (on_changed), view, G_CONNECT_SWAPPED);
  g_signal_connect (view, "map", G_CALLBACK (update), NULL);
}

static void
isth_overview_view_class_init (IsthOverviewViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = isth_overview_view_dispose;
  ISTH_VIEW_CLASS (class)->attach = isth_overview_view_attach;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/overview-view.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthOverviewView, tiles);
  gtk_widget_class_bind_template_child (widget_class, IsthOverviewView, alerts_group);
  gtk_widget_class_bind_template_child (widget_class, IsthOverviewView, alerts);
  gtk_widget_class_bind_template_child (widget_class, IsthOverviewView, crossings_group);
  gtk_widget_class_bind_template_child (widget_class, IsthOverviewView, crossings);
  gtk_widget_class_bind_template_child (widget_class, IsthOverviewView, bars);
  gtk_widget_class_bind_template_child (widget_class, IsthOverviewView, levels);
  gtk_widget_class_bind_template_child (widget_class, IsthOverviewView, kinds);
  gtk_widget_class_bind_template_child (widget_class, IsthOverviewView, health);
  gtk_widget_class_bind_template_callback (widget_class, on_alert_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_crossing_activated);
}

static void
isth_overview_view_init (IsthOverviewView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
