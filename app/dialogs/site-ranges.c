/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of text, ranges apart by blanks or commas: few sites have more than two. */
#include "app/dialogs/site-ranges.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  IsthSession *session;
  AdwToastOverlay *toasts;
  GtkWidget *entry;
  char **before;
} Ranges;

static void
ranges_free (gpointer  data,
             GClosure *closure)
{
  Ranges *self = data;

  g_strfreev (self->before);
  g_object_unref (self->session);
  g_object_unref (self->toasts);
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

static gboolean
set_missing (IsthSession *session,
             char       **ranges,
             char       **others,
             gboolean     belongs)
{
  gboolean any = FALSE;

  for (char **text = ranges; *text; text++)
    {
      IsthSiteRange range;

      if (g_strv_contains ((const char *const *) others, *text) || !isth_site_range_parse (&range, *text))
        continue;
      isth_session_set_site_range (session, &range, belongs);
      any = TRUE;
    }
  return any;
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Ranges           *self)
{
  g_autofree char *bad = NULL, *text = NULL;
  g_auto(GStrv) ranges = NULL;
  gboolean any;

  if (!g_str_equal (response, "save"))
    return;
  ranges = read_ranges (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &bad);
  if (!ranges)
    {
      text = g_markup_printf_escaped (_("“%s” is no range of addresses, so nothing was changed. Write one as 198.18.0.0/15."), bad);
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
      return;
    }
  any = set_missing (self->session, self->before, ranges, FALSE); /* first what goes: a range may have become wider */
  any |= set_missing (self->session, ranges, self->before, TRUE);
  if (any)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Address ranges of the site changed")));
}

void
isth_site_ranges_present (GtkWindow       *parent,
                          AdwToastOverlay *toasts,
                          IsthSession     *session)
{
  Ranges *self = g_new0 (Ranges, 1);
  g_autofree char *text = NULL;
  GtkWidget *dialog, *group = adw_preferences_group_new ();

  self->session = g_object_ref (session);
  self->toasts = g_object_ref (toasts);
  self->before = get_ranges (session);
  text = g_strjoinv (" ", self->before);
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Ranges, separated by blanks"));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self->entry), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->entry);

  dialog = adw_message_dialog_new (parent, _("Address ranges of the site"),
                                   _("Public addresses in these ranges belong to the site and do not count as external. For example: 198.51.100.0/24 "
                                     "2001:db8:7::/48. Private addresses never are external; they need not be listed."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), group);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Apply"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_set_default_size (GTK_WINDOW (dialog), 440, -1);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), self, ranges_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
