/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of text, ranges apart by blanks or commas: few sites have more than two. */
#include "app/dialogs/site-ranges.h"

#include <glib/gi18n-lib.h>

#include "app/decisions.h"
#include "app/parts/names.h"

typedef struct
{
  IsthSession *session;
  AdwMessageDialog *dialog;
  GtkWidget *entry, *problem;
  char **before;
} Ranges;

static void
ranges_free (gpointer  data,
             GClosure *closure)
{
  Ranges *self = data;

  g_strfreev (self->before);
  g_object_unref (self->session);
  g_free (self);
}

static char **
get_ranges (IsthSession *session)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);

  return snapshot && snapshot->networks ? g_strdupv (snapshot->networks->site_ranges) : g_new0 (char *, 1);
}

/* As the snapshot writes them, or NULL, and the first that is none in @bad. */
static GStrv
read_ranges (const char *text,
             char      **bad)
{
  g_auto(GStrv) words = g_strsplit_set (text, " ,;\t", -1);
  g_autoptr(GStrvBuilder) ranges = g_strv_builder_new ();

  for (char **word = words; *word; word++)
    {
      g_autofree char *formatted = NULL;
      IsthSiteRange range;

      if (!**word)
        continue;
      if (!isth_site_range_parse (&range, *word))
        {
          *bad = g_strdup (*word);
          return NULL;
        }
      formatted = isth_site_range_format (&range);
      g_strv_builder_add (ranges, formatted);
    }
  return g_strv_builder_end (ranges);
}

/* The ranges that are not among @others. */
static void
add_missing (GArray   *steps,
             char    **ranges,
             char    **others,
             gboolean  belongs)
{
  for (char **text = ranges; *text; text++)
    {
      IsthDecision step = { .kind = ISTH_DECISION_SITE_RANGE, .on = belongs };

      if (!g_strv_contains ((const char *const *) others, *text) && isth_site_range_parse (&step.range, *text))
        g_array_append_val (steps, step);
    }
}

/* Nothing that is no range can be applied: what it is about stands below the entry while it is written. */
static void
on_changed (Ranges *self)
{
  g_autofree char *bad = NULL, *text = NULL;
  g_auto(GStrv) ranges = read_ranges (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &bad);

  if (!ranges)
    text = g_strdup_printf (_("“%s” is no range of addresses. Write one as 198.18.0.0/15."), bad);
  gtk_label_set_text (GTK_LABEL (self->problem), text ? text : "");
  if (ranges)
    gtk_widget_remove_css_class (self->entry, "error");
  else
    gtk_widget_add_css_class (self->entry, "error");
  adw_message_dialog_set_response_enabled (self->dialog, "save", ranges != NULL);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Ranges           *self)
{
  g_autofree char *bad = NULL;
  g_auto(GStrv) ranges = NULL;
  g_autoptr(GArray) steps = g_array_new (FALSE, FALSE, sizeof (IsthDecision));

  if (!g_str_equal (response, "save"))
    return;
  ranges = read_ranges (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &bad);
  if (!ranges)
    return;

  add_missing (steps, self->before, ranges, FALSE); /* first what goes: a range may have become wider */
  add_missing (steps, ranges, self->before, TRUE);
  isth_decisions_decide (isth_session_get_decisions (self->session), _("Address ranges of the site changed"), (const IsthDecision *) (gpointer) steps->data,
                         steps->len);
}

void
isth_site_ranges_present (GtkWindow   *parent,
                          IsthSession *session)
{
  Ranges *self = g_new0 (Ranges, 1);
  g_autofree char *text = NULL;
  GtkWidget *dialog, *group = adw_preferences_group_new ();

  self->session = g_object_ref (session);
  self->before = get_ranges (session);
  text = g_strjoinv (" ", self->before);
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Ranges, separated by blanks"));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self->entry), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->entry);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_margin_top (self->problem, 6);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->problem);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed), self);

  dialog = adw_message_dialog_new (parent, _("Address ranges of the site"),
                                   _("Public addresses in these ranges belong to the site and do not count as external. For example: 198.51.100.0/24 "
                                     "2001:db8:7::/48. Private addresses never are external; they need not be listed."));
  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), group);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Apply"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_set_default_size (GTK_WINDOW (dialog), 440, -1);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), self, ranges_free, 0);
  isth_names_set (gtk_widget_get_parent (self->entry), GTK_TYPE_LIST_BOX, _("Address ranges of the site"));
  isth_names_mend (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}
