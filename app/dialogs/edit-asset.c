/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only what differs from before becomes an edit, so that a look at the dialog sets nothing in stone. */
#include "app/dialogs/edit-asset.h"

#include <glib/gi18n-lib.h>

#include "app/decisions.h"
#include "app/format.h"
#include "app/parts/names.h"

static const IsthAttribute attributes[] = {
  ISTH_ATTRIBUTE_NAME, ISTH_ATTRIBUTE_KIND, ISTH_ATTRIBUTE_LEVEL, ISTH_ATTRIBUTE_NOTE,
};
enum { NAME, KIND, LEVEL, NOTE, N_FIELDS = G_N_ELEMENTS (attributes) };

static const IsthLevel levels[] = {
  ISTH_LEVEL_5, ISTH_LEVEL_4, ISTH_LEVEL_DMZ, ISTH_LEVEL_3, ISTH_LEVEL_2, ISTH_LEVEL_1, ISTH_LEVEL_0,
};

typedef struct
{
  IsthSession *session;
  guint64 id;
  char *name;             /* as shown when the dialog came up */
  char *before[N_FIELDS]; /* what a person had said; "" nothing */
  GtkWidget *rows[N_FIELDS];
} Edit;

static void
edit_free (gpointer data,
           GClosure *closure)
{
  Edit *self = data;

  for (guint i = 0; i < N_FIELDS; i++)
    g_free (self->before[i]);
  g_free (self->name);
  g_object_unref (self->session);
  g_free (self);
}

static const char *
get_said (const IsthAsset *asset,
          IsthAttribute    attribute)
{
  for (uint32_t i = 0; i < asset->n_claims; i++)
    if (asset->claims[i].attribute == attribute && g_str_equal (asset->claims[i].protocol, "person"))
      return asset->claims[i].value;

  return "";
}

/* What the fields say now, in the words of an edit; lent. */
static const char *
get_value (Edit *self,
           guint field)
{
  guint chosen;

  if (field == NAME || field == NOTE)
    return gtk_editable_get_text (GTK_EDITABLE (self->rows[field]));

  chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->rows[field]));
  if (chosen == 0 || chosen == GTK_INVALID_LIST_POSITION) /* as the captures show */
    return "";

  return field == KIND ? isth_kind_name (chosen) : isth_level_name (levels[chosen - 1]);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Edit             *self)
{
  IsthDecision steps[N_FIELDS] = { 0 };
  g_autofree char *words = NULL;
  guint n = 0;
  gboolean renamed = FALSE;

  if (!g_str_equal (response, "save"))
    return;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      const char *value = get_value (self, i);

      if (g_str_equal (value, self->before[i]) || (i == NAME && !*self->before[i] && g_str_equal (value, self->name)))
        continue;
      renamed |= i == NAME && *value;
      steps[n++] = (IsthDecision) { ISTH_DECISION_EDIT, self->id, attributes[i], self->before[i], value };
    }
  words = renamed ? g_strdup_printf (_("%s renamed to %s"), self->name, get_value (self, NAME)) : g_strdup_printf (_("%s changed"), self->name);
  isth_decisions_decide (isth_session_get_decisions (self->session), words, steps, n);
}

static GtkWidget *
make_entry (const char *title,
            const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);

  return row;
}

static GtkWidget *
make_choice (const char *title,
             const char *found)
{
  g_autofree char *automatic = found ? g_strdup_printf (_("Found: %s"), found) : g_strdup (_("As found"));
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_string_list_append (words, automatic);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));

  return row;
}

static void
add_choice (GtkWidget  *row,
            const char *word,
            gboolean    chosen)
{
  GtkStringList *words = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (row)));

  gtk_string_list_append (words, word);
  if (chosen)
    adw_combo_row_set_selected (ADW_COMBO_ROW (row), g_list_model_get_n_items (G_LIST_MODEL (words)) - 1);
}

static GtkWidget *
make_fields (Edit            *self,
             const IsthAsset *asset)
{
  GtkWidget *group = adw_preferences_group_new ();
  gboolean kind_said = *self->before[KIND] != '\0', level_said = *self->before[LEVEL] != '\0';

  self->rows[NAME] = make_entry (_("Name"), *self->before[NAME] ? self->before[NAME] : asset->name);
  self->rows[KIND] = make_choice (_("Kind"), kind_said ? NULL : _(isth_kind_title (asset->kind)));
  self->rows[LEVEL] = make_choice (_("Level"), level_said ? NULL : isth_format_level (asset->level));
  self->rows[NOTE] = make_entry (_("Note"), self->before[NOTE]);
  for (guint i = 1; i < ISTH_N_KINDS; i++)
    add_choice (self->rows[KIND], _(isth_kind_title (i)), g_str_equal (isth_kind_name (i), self->before[KIND]));
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    add_choice (self->rows[LEVEL], isth_format_level (levels[i]), g_str_equal (isth_level_name (levels[i]), self->before[LEVEL]));
  for (guint i = 0; i < N_FIELDS; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->rows[i]);

  return group;
}

void
isth_edit_asset_present (GtkWindow   *parent,
                         IsthSession *session)
{
  guint64 id = isth_session_get_selected_asset (session);
  const IsthAsset *asset = isth_session_get_asset (session, id);
  GtkWidget *dialog;
  Edit *self;

  if (!asset)
    return;

  self = g_new0 (Edit, 1);
  self->session = g_object_ref (session);
  self->id = id;
  self->name = g_strdup (asset->name);
  for (guint i = 0; i < N_FIELDS; i++)
    self->before[i] = g_strdup (get_said (asset, attributes[i]));

  dialog = adw_message_dialog_new (parent, _("Edit asset"),
                                   _("What you say here comes before what the captures show. What they show stays in sight."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_fields (self, asset));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Apply"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_set_default_size (GTK_WINDOW (dialog), 440, -1);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), self, edit_free, 0);
  isth_names_set (gtk_widget_get_parent (self->rows[NAME]), GTK_TYPE_LIST_BOX, _("Edit asset"));
  isth_names_mend (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}
