/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts over the whole snapshot: what there is, how much of it has a name, what crosses, what needs someone, and what is not known. */
#include "app/views/overview-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/figures.h"
#include "app/format.h"

#define CROSSINGS_MAX 12 /* the others are in Traffic */
#define CROSSINGS_TILE 3
#define N_LEVELS 8

struct _IsthOverviewView
{
  IsthView parent_instance;

  GtkFlowBox *tiles;
  GtkWidget *alerts_group, *crossings_group, *bars;
  GtkListBox *alerts, *crossings;
  IsthCrossingList *shown; /* the crossings that the rows tell, counted */
  GtkBox *levels, *kinds;
  guint counts[N_LEVELS + ISTH_N_KINDS]; /* that the bars show */
  GtkLabel *health;
};

G_DEFINE_FINAL_TYPE (IsthOverviewView, isth_overview_view, ISTH_TYPE_VIEW)

static const IsthLevel all_levels[N_LEVELS] = {
  ISTH_LEVEL_5, ISTH_LEVEL_4, ISTH_LEVEL_DMZ, ISTH_LEVEL_3, ISTH_LEVEL_2, ISTH_LEVEL_1, ISTH_LEVEL_0, ISTH_LEVEL_UNKNOWN,
};

/* The table finds them by what it says in their column. */
static void
on_crossings_tile (IsthOverviewView *self)
{
  isth_session_set_filter (isth_view_get_session (ISTH_VIEW (self)), _("IT/OT"));
}

/* A tile leads to the view where its number comes from. */
static void
add_tile (IsthOverviewView *self,
          guint             index,
          const char       *number,
          const char       *what,
          const char       *view)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->tiles, (int) index);
  g_autofree char *name = g_strdup_printf ("%s %s", number, what);
  GtkWidget *tile, *box, *big, *small;

  if (!child)
    {
      tile = gtk_button_new ();
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
      gtk_button_set_child (GTK_BUTTON (tile), box);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (tile), "win.view");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (tile), "s", view);
      gtk_widget_add_css_class (tile, "card");
      gtk_widget_add_css_class (tile, "tile");
      if (index == CROSSINGS_TILE)
        g_signal_connect_object (tile, "clicked", G_CALLBACK (on_crossings_tile), self, G_CONNECT_SWAPPED);
      gtk_flow_box_append (self->tiles, tile);
      child = gtk_flow_box_get_child_at_index (self->tiles, (int) index);
      gtk_widget_set_focusable (GTK_WIDGET (child), FALSE); /* the button is */
    }
  tile = gtk_flow_box_child_get_child (child);
  big = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (tile)));
  gtk_label_set_text (GTK_LABEL (big), number);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (big)), what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
fill_tiles (IsthOverviewView    *self,
            const IsthFigureSet *figures)
{
  const IsthSnapshot *snapshot = figures->snapshot;
  g_autofree char *assets = isth_format_count (snapshot->n_assets);
  g_autofree char *identified = snapshot->n_assets > 0 ? g_strdup_printf ("%u %%", figures->identified * 100 / snapshot->n_assets)
                                                   : g_strdup ("–");
  g_autofree char *links = isth_format_count (snapshot->n_links);
  g_autofree char *crossings = isth_format_count (figures->crossings);
  g_autofree char *sessions = isth_format_count (snapshot->n_sessions);
  g_autofree char *alerts = isth_format_count (figures->unacknowledged);

  add_tile (self, 0, assets, g_dngettext (GETTEXT_PACKAGE, "asset", "assets", snapshot->n_assets), "assets");
  add_tile (self, 1, identified, _("known by name or model"), "assets");
  add_tile (self, 2, links, g_dngettext (GETTEXT_PACKAGE, "link", "links", snapshot->n_links), "traffic");
  add_tile (self, CROSSINGS_TILE, crossings, g_dngettext (GETTEXT_PACKAGE, "crosses the IT/OT boundary", "cross the IT/OT boundary", figures->crossings), "traffic");
  add_tile (self, 4, sessions, g_dngettext (GETTEXT_PACKAGE, "remote session", "remote sessions", snapshot->n_sessions), "access");
  add_tile (self, 5, alerts, g_dngettext (GETTEXT_PACKAGE, "alert not acknowledged", "alerts not acknowledged", figures->unacknowledged), "timeline");
}

/* Leads to the assets that it counts: a word which Find knows. */
static void
on_bar (GtkButton        *button,
        IsthOverviewView *self)
{
  isth_session_set_filter (isth_view_get_session (ISTH_VIEW (self)), g_object_get_data (G_OBJECT (button), "word"));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.view", "s", "assets");
}

/* @size_groups: of names and of numbers, so that the bars stand below one another. @word is taken. */
static void
add_bar (IsthOverviewView *self,
         GtkBox           *box,
         GtkSizeGroup     *size_groups[2],
         const char       *title,
         guint             n,
         guint             most,
         char             *word)
{
  GtkWidget *button = gtk_button_new (), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *name = gtk_label_new (title), *number;
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, MAX (most, 1));
  g_autofree char *text = isth_format_count (n);
  g_autofree char *label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s: %s asset", "%s: %s assets", n), title, text);

  number = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (bar, "plain-bar");
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), n);
  gtk_size_group_add_widget (size_groups[0], name);
  gtk_size_group_add_widget (size_groups[1], number);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), bar);
  gtk_box_append (GTK_BOX (row), number);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "bar-button");
  gtk_widget_set_tooltip_text (button, _("Show these assets"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "word", word, g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_bar), self, 0);
  gtk_box_append (box, button);
}

static guint
count_level (const IsthFigureSet *figures,
             IsthLevel            level)
{
  return level == ISTH_LEVEL_UNKNOWN ? figures->no_level : figures->levels[level];
}

static void
fill_levels (IsthOverviewView    *self,
             const IsthFigureSet *figures)
{
  g_autoptr(GtkSizeGroup) names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL), numbers = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkSizeGroup *size_groups[] = { names, numbers };
  guint most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all_levels); i++)
    most = MAX (most, count_level (figures, all_levels[i]));
  for (guint i = 0; i < G_N_ELEMENTS (all_levels); i++)
    if (count_level (figures, all_levels[i]) > 0)
      add_bar (self, self->levels, size_groups, isth_format_level (all_levels[i]), count_level (figures, all_levels[i]), most,
               g_strconcat (ISTH_WORD_LEVEL, isth_level_name (all_levels[i]), NULL));
}

/* The largest first. */
static void
fill_kinds (IsthOverviewView    *self,
            const IsthFigureSet *figures)
{
  g_autoptr(GtkSizeGroup) names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL), numbers = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkSizeGroup *size_groups[] = { names, numbers };
  gboolean done[ISTH_N_KINDS] = { FALSE };
  guint most = 0;

  while (TRUE)
    {
      guint best = ISTH_N_KINDS;

      for (guint i = 0; i < ISTH_N_KINDS; i++)
        if (!done[i] && figures->kinds[i] > 0 && (best == ISTH_N_KINDS || figures->kinds[i] > figures->kinds[best]))
          best = i;
      if (best == ISTH_N_KINDS)
        return;
      done[best] = TRUE;
      most = MAX (most, figures->kinds[best]);
      add_bar (self, self->kinds, size_groups, _(isth_kind_title (best)), figures->kinds[best], most,
               g_strconcat (ISTH_WORD_KIND, isth_kind_name (best), NULL));
    }
}

/* Made anew only where a number is another one: somebody may have the keyboard there. */
static void
fill_bars (IsthOverviewView    *self,
           const IsthFigureSet *figures)
{
  guint counts[G_N_ELEMENTS (self->counts)] = { 0 };
  GtkWidget *child;

  for (guint i = 0; i < G_N_ELEMENTS (all_levels); i++)
    counts[i] = count_level (figures, all_levels[i]);
  for (guint i = 0; i < ISTH_N_KINDS; i++)
    counts[G_N_ELEMENTS (all_levels) + i] = figures->kinds[i];
  if (memcmp (counts, self->counts, sizeof counts) == 0)
    return;

  memcpy (self->counts, counts, sizeof counts);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->levels))))
    gtk_box_remove (self->levels, child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->kinds))))
    gtk_box_remove (self->kinds, child);
  fill_levels (self, figures);
  fill_kinds (self, figures);
}

/* The last row of a list that is too short for all of them: where the others are. */
static GtkWidget *
make_way (const char *text,
          const char *view)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.view");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", view);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static void
fill_alerts (IsthOverviewView    *self,
             const IsthFigureSet *figures)
{
  IsthSession *session = isth_view_get_session (ISTH_VIEW (self));
  const IsthAlert *const *worst = figures->worst;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->alerts))))
    gtk_list_box_remove (self->alerts, row);
  for (guint i = 0; i < figures->n_worst; i++)
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
  if (figures->unacknowledged > figures->n_worst)
    {
      g_autofree char *count = isth_format_count (figures->unacknowledged);
      g_autofree char *text = g_strdup_printf (_("All %s alerts, in Timeline"), count);

      row = make_way (text, "timeline");
      gtk_list_box_append (self->alerts, row);
    }
  gtk_widget_set_visible (self->alerts_group, figures->n_worst > 0);
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

      row = make_way (text, "traffic");
      gtk_list_box_append (self->crossings, row);
    }
}

static void
fill_health (IsthOverviewView    *self,
             const IsthFigureSet *figures)
{
  const IsthHealth *health = figures->snapshot->health;
  g_autoptr(GString) text = g_string_new (figures->summary);

  if (figures->empty && !(health && health->n_not_decoded > 0)) /* else a warning says it */
    g_string_append_printf (text, "\n• %s", figures->empty);
  for (char **warning = figures->warnings; *warning; warning++)
    g_string_append_printf (text, "\n• %s", *warning);
  if (figures->silent > 0)
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "\n• %u asset was addressed but never seen to speak.",
                                         "\n• %u assets were addressed but never seen to speak.", figures->silent),
                            figures->silent);
  g_string_append (text, _("\n• What did not pass the place where the captures were taken cannot be seen in them."));
  gtk_label_set_text (self->health, text->str);
}

static void
update (IsthOverviewView *self)
{
  const IsthFigureSet *figures = isth_figures_get (isth_session_get_figures (isth_view_get_session (ISTH_VIEW (self))));

  if (!figures)
    return;

  gtk_widget_set_visible (self->bars, figures->snapshot->n_assets > 0);
  fill_tiles (self, figures);
  fill_bars (self, figures);
  fill_alerts (self, figures);
  fill_crossings (self, figures->snapshot);
  fill_health (self, figures);
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

  if (id)
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
  g_signal_connect_object (isth_session_get_figures (session), "changed", G_CALLBACK (on_changed), view, G_CONNECT_SWAPPED);
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
