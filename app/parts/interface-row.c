/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row stays while its interface comes and goes between up and down: it is filled anew each second. */
#include "app/parts/interface-row.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "app/format.h"
#include "widgets/activity-line.h"

#define ADDRESSES_MAX 3 /* shown; a laptop with containers has dozens */

struct _IsthInterfaceRow
{
  AdwActionRow parent_instance;

  char *name;
  GtkCheckButton *check;
  GtkLabel *rate;
  IsthActivityLine *line;
};

enum { PROP_0, PROP_CHOSEN, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (IsthInterfaceRow, isth_interface_row, ADW_TYPE_ACTION_ROW)

static void
append (GString    *text,
        const char *word)
{
  if (*word)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", word);
}

static char *
describe (const IsthListenInterface *shown)
{
  g_autoptr(GString) text = g_string_new (NULL);

  append (text, shown->description);
  append (text, !shown->up ? _("down") : !shown->running && !shown->loopback ? _("no link") : "");
  append (text, shown->loopback ? _("this computer only") : shown->wireless ? _("wireless") : "");
  for (guint i = 0; shown->addresses[i] && i < ADDRESSES_MAX; i++)
    append (text, shown->addresses[i]);
  if (g_strv_length (shown->addresses) > ADDRESSES_MAX)
    append (text, "…");
  append (text, isth_format_link_type (shown->link_type));
  if (shown->ability == ISTH_LISTEN_IMPOSSIBLE)
    append (text, shown->reason);
  else if (shown->ability == ISTH_LISTEN_NEEDS_RIGHTS)
    append (text, _("rights are missing"));

  return g_markup_escape_text (text->str, -1);
}

void
isth_interface_row_show (IsthInterfaceRow          *self,
                         const IsthListenInterface *shown)
{
  gboolean possible = shown->ability == ISTH_LISTEN_POSSIBLE && shown->up;
  g_autofree char *subtitle = describe (shown);
  g_autofree char *count = isth_format_count_short (shown->rate[ISTH_LISTEN_MOMENTS - 1]);
  /* Translators: frames a second */
  g_autofree char *rate = g_strdup_printf (_("%s/s"), count);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_label_set_text (self->rate, rate);
  isth_activity_line_set_rates (self->line, shown->rate, ISTH_LISTEN_MOMENTS);
  if (!possible)
    gtk_check_button_set_active (self->check, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self), possible);
}

const char *
isth_interface_row_get_name (IsthInterfaceRow *self)
{
  return self->name;
}

gboolean
isth_interface_row_get_chosen (IsthInterfaceRow *self)
{
  return gtk_check_button_get_active (self->check);
}

void
isth_interface_row_set_chosen (IsthInterfaceRow *self,
                               gboolean          chosen)
{
  gtk_check_button_set_active (self->check, chosen);
}

static void
on_toggled (IsthInterfaceRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

static void
isth_interface_row_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (id == PROP_CHOSEN)
    g_value_set_boolean (value, isth_interface_row_get_chosen (ISTH_INTERFACE_ROW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
isth_interface_row_finalize (GObject *object)
{
  g_free (ISTH_INTERFACE_ROW (object)->name);

  G_OBJECT_CLASS (isth_interface_row_parent_class)->finalize (object);
}

static void
isth_interface_row_class_init (IsthInterfaceRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = isth_interface_row_get_property;
  object_class->finalize = isth_interface_row_finalize;
  properties[PROP_CHOSEN] = g_param_spec_boolean ("chosen", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
isth_interface_row_init (IsthInterfaceRow *self)
{
  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  self->line = ISTH_ACTIVITY_LINE (isth_activity_line_new ());
  self->rate = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->check), GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (GTK_WIDGET (self->line), 12);
  gtk_label_set_width_chars (self->rate, 6);
  gtk_label_set_xalign (self->rate, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->rate), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->rate), "dim-label");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->rate), _("Frames a second that this computer sent and received here, and the last minute"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->line));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->rate));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 2);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
}

GtkWidget *
isth_interface_row_new (const char *name)
{
  IsthInterfaceRow *self = g_object_new (ISTH_TYPE_INTERFACE_ROW, NULL);

  self->name = g_strdup (name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);

  return GTK_WIDGET (self);
}
