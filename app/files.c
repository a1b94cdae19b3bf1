/* SPDX-License-Identifier: GPL-3.0-or-later */
/* File choosers as GTK 4.8 has them (GtkFileDialog came in 4.10), behind one call each. */
#include "app/files.h"

#include <glib/gi18n-lib.h>

#include "app/parts/names.h"

static void
on_chosen (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  GtkWindow *parent = gtk_native_dialog_get_transient_for (dialog);
  IsthFilesChosen chosen = (IsthFilesChosen) user_data;

  if (response == GTK_RESPONSE_ACCEPT && parent)
    {
      g_autoptr(GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
      g_auto(GStrv) paths = NULL;

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr(GFile) file = g_list_model_get_item (files, i);
          g_autofree char *path = g_file_get_path (file);
          g_autofree char *uri = g_file_get_uri (file);

          g_strv_builder_add (builder, path ? path : uri);
        }
      paths = g_strv_builder_end (builder);
      chosen (parent, paths[0] ? (const char *const *) paths : NULL);
    }
  else if (parent)
    chosen (parent, NULL);
  g_object_unref (dialog); /* the chooser is nobody's widget */
}

static void
add_filter (GtkFileChooser    *chooser,
            const char        *name,
            const char *const *patterns)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (; *patterns; patterns++)
    gtk_file_filter_add_pattern (filter, *patterns);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
isth_files_choose_captures (GtkWindow      *parent,
                            IsthFilesChosen chosen)
{
  static const char *const captures[] = {
    "*.pcap", "*.pcapng", "*.cap", "*.pcap.*", "*.pcapng.*", "*.cap.*", "*.dmp", "*.snoop", "*.isthmus", NULL,
  };
  static const char *const everything[] = { "*", NULL };
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Open captures or a project"), parent,
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  add_filter (GTK_FILE_CHOOSER (dialog), _("Captures and projects"), captures);
  add_filter (GTK_FILE_CHOOSER (dialog), _("All files"), everything); /* the content decides, not the name */
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chosen), chosen);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
choose_where_to_save (GtkWindow         *parent,
                      const char        *title,
                      const char        *kind,
                      const char *const *patterns,
                      const char        *name,
                      IsthFilesChosen    chosen)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  add_filter (GTK_FILE_CHOOSER (dialog), kind, patterns);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chosen), chosen);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
isth_files_choose_project (GtkWindow      *parent,
                           const char     *name,
                           IsthFilesChosen chosen)
{
  static const char *const projects[] = { "*.isthmus", NULL };

  choose_where_to_save (parent, _("Save the project"), _("Isthmus projects"), projects, name, chosen);
}

void
isth_files_choose_recording (GtkWindow      *parent,
                             const char     *name,
                             IsthFilesChosen chosen)
{
  static const char *const captures[] = { "*.pcapng", NULL };

  choose_where_to_save (parent, _("Save the recording"), _("Captures"), captures, name, chosen);
}

void
isth_files_choose_report (GtkWindow      *parent,
                          const char     *name,
                          gboolean        page,
                          IsthFilesChosen chosen)
{
  static const char *const pages[] = { "*.html", NULL }, *const data[] = { "*.json", NULL };

  choose_where_to_save (parent, _("Export the report"), page ? _("Pages (HTML)") : _("Data (JSON)"), page ? pages : data, name, chosen);
}

void
isth_files_choose_folder (GtkWindow      *parent,
                          IsthFilesChosen chosen)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Folder for recordings"), parent,
                                                              GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chosen), chosen);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_answered (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  void (*answered) (GtkWindow *parent, IsthLeave leave) = user_data;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (!parent)
    return;

  answered (parent, g_str_equal (response, "save")      ? ISTH_LEAVE_SAVE
                    : g_str_equal (response, "discard") ? ISTH_LEAVE_DISCARD
                                                        : ISTH_LEAVE_CANCEL);
}

void
isth_files_ask_leave (GtkWindow *parent,
                      void (*answered) (GtkWindow *parent, IsthLeave leave))
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Save this project?"), NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _("What was read from the captures, names given and alerts acknowledged are not saved yet."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "discard", _("_Discard"),
                                    "save", _("_Save…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_answered), answered);
  isth_names_mend (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}
