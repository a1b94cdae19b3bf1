/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes kept in the project are there at once; the whole frame is read again in a thread, when the capture still has it. */
#include "app/dialogs/evidence-window.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/hex.h"
#include "app/parts/names.h"

struct _IsthEvidenceWindow
{
  AdwWindow parent_instance;

  GtkLabel *statement, *details, *rivals, *note;
  GtkWidget *hex_frame;
  GtkTextView *hex;
  GtkWidget *wireshark;

  IsthFact *fact;
};

G_DEFINE_FINAL_TYPE (IsthEvidenceWindow, isth_evidence_window, ADW_TYPE_WINDOW)

static void
read_frame (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  IsthFact *fact = task_data;
  g_autoptr(GError) error = NULL;
  GBytes *bytes = isth_fact_read_frame (fact, &error);

  if (bytes)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
says_the_same (GBytes             *frame,
               const IsthEvidence *evidence)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (frame, &size);

  /* evidence as a whole frame, or out of several: nothing to compare */
  if (evidence->length == 0 || evidence->n_bytes == 0 || evidence->offset + evidence->n_bytes > size)
    return TRUE;

  return memcmp (data + evidence->offset, evidence->bytes, evidence->n_bytes) == 0;
}

static void
on_frame (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  IsthEvidenceWindow *self = ISTH_EVIDENCE_WINDOW (source);
  IsthFact *fact = g_task_get_task_data (G_TASK (result));
  const IsthEvidence *evidence = isth_fact_get_evidence (fact);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) frame = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *text = NULL;

  if (fact != self->fact)
    return; /* another one was asked for meanwhile */

  if (frame && !says_the_same (frame, evidence))
    text = g_strdup (_("The capture file says something else at that place now. The bytes below are those kept in the project."));
  else if (frame)
    {
      text = g_strdup_printf (evidence->length > 0
                                ? g_dngettext (GETTEXT_PACKAGE,
                                               "The whole frame; the %u byte that says so is marked.",
                                               "The whole frame; the %u bytes that say so are marked.", evidence->length)
                                : _("The whole frame."),
                              evidence->length);
      isth_hex_fill (gtk_text_view_get_buffer (self->hex), frame, 0, evidence->offset, evidence->length);
      gtk_widget_set_visible (self->hex_frame, TRUE);
    }
  else
    text = g_strdup_printf (_("%s The bytes below are those kept in the project."), error->message);
  gtk_label_set_text (self->note, text);
}

static void
show_bytes (IsthEvidenceWindow *self)
{
  const IsthEvidence *evidence = isth_fact_get_evidence (self->fact);
  g_autoptr(GTask) task = NULL;

  gtk_widget_set_visible (self->hex_frame, evidence->n_bytes > 0);
  gtk_label_set_text (self->note, evidence->frame > 0 ? "" : _("There are no bytes behind it: nobody read it from a frame."));
  if (evidence->n_bytes > 0)
    {
      g_autoptr(GBytes) kept = g_bytes_new_static (evidence->bytes, evidence->n_bytes);

      isth_hex_fill (gtk_text_view_get_buffer (self->hex), kept, evidence->offset, evidence->offset, evidence->n_bytes);
    }
  if (evidence->frame == 0 || !*isth_fact_get_capture (self->fact))
    return;

  gtk_label_set_text (self->note, _("Reading the frame…"));
  task = g_task_new (self, NULL, on_frame, NULL);
  g_task_set_task_data (task, g_object_ref (self->fact), g_object_unref);
  g_task_run_in_thread (task, read_frame);
}

static void
append_line (GString    *text,
             const char *title,
             const char *value)
{
  if (*value)
    {
      g_autofree char *line = g_markup_printf_escaped ("%s<span alpha='65%%'>%s</span>  %s", text->len > 0 ? "\n" : "", title,
                                                       value);
      g_string_append (text, line);
    }
}

static void
show_details (IsthEvidenceWindow *self)
{
  const IsthEvidence *evidence = isth_fact_get_evidence (self->fact);
  g_autofree char *capture = g_filename_display_name (isth_fact_get_capture (self->fact));
  g_autofree char *frame = evidence->frame > 0 ? g_strdup_printf ("%" G_GUINT64_FORMAT, evidence->frame) : g_strdup ("");
  g_autofree char *local = isth_format_time_exact (evidence->time);
  g_autofree char *utc = isth_format_time_utc (evidence->time);
  const char *zone = strrchr (local, ' ') ? strrchr (local, ' ') + 1 : "UTC";
  g_autofree char *confidence = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  if (isth_fact_get_confidence (self->fact) >= 0)
    confidence = g_strdup_printf ("%s (%d %%)", isth_format_confidence (isth_fact_get_confidence (self->fact)),
                                  isth_fact_get_confidence (self->fact));
  append_line (text, _("About"), isth_fact_get_about (self->fact));
  append_line (text, _("Said by"), isth_fact_get_source (self->fact));
  append_line (text, _("Confidence"), confidence ? confidence : "");
  append_line (text, _("Capture"), capture);
  append_line (text, _("Frame"), frame);
  append_line (text, _("Time"), local);
  if (g_strcmp0 (zone, "UTC") != 0)
    append_line (text, _("Time"), utc);
  gtk_label_set_markup (self->details, text->str);
}

static void
show_rivals (IsthEvidenceWindow *self)
{
  GPtrArray *rivals = isth_fact_get_rivals (self->fact);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < rivals->len; i++)
    {
      const IsthRival *rival = g_ptr_array_index (rivals, i);
      g_autofree char *line = g_markup_printf_escaped ("\n%s · %s%s%s", rival->value, rival->source,
                                                       rival->confidence >= 0 ? " · " : "",
                                                       rival->confidence >= 0 ? isth_format_confidence (rival->confidence) : "");

      if (i == 0)
        g_string_append_printf (text, "<b>%s</b>", rival->confidence >= 0 ? _("Others say") : _("One by one"));
      g_string_append (text, line);
      if (rival->conflict)
        g_string_append_printf (text, " · <b>%s</b>", _("conflict"));
    }
  gtk_label_set_markup (self->rivals, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->rivals), text->len > 0);
}

/* Only a person's click gets here: what Wireshark opens it reads itself, with its own rights. */
static void
on_wireshark (IsthEvidenceWindow *self)
{
  g_autofree char *program = g_find_program_in_path ("wireshark");
  g_autofree char *frame = g_strdup_printf ("%" G_GUINT64_FORMAT, isth_fact_get_evidence (self->fact)->frame);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) child = NULL;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program ? program : "wireshark", "-g", frame, "-r", isth_fact_get_capture (self->fact), NULL);
  if (child)
    return;

  gtk_label_set_text (self->note, error->message);
}

/* Not of a person's word, which has no frame. */
static void
show_wireshark (IsthEvidenceWindow *self)
{
  g_autofree char *program = g_find_program_in_path ("wireshark");

  gtk_widget_set_visible (self->wireshark, program && isth_fact_get_evidence (self->fact)->frame > 0 && *isth_fact_get_capture (self->fact));
}

static void
show_fact (IsthEvidenceWindow *self,
           IsthFact           *fact)
{
  const char *value = isth_fact_get_value (fact);
  g_autofree char *statement = g_strdup_printf ("%s%s%s", isth_fact_get_title (fact), *value ? ": " : "", value);

  g_set_object (&self->fact, fact);
  gtk_label_set_text (self->statement, statement);
  show_details (self);
  show_rivals (self);
  show_wireshark (self);
  show_bytes (self);
}

static void
isth_evidence_window_dispose (GObject *object)
{
  g_clear_object (&ISTH_EVIDENCE_WINDOW (object)->fact);

  G_OBJECT_CLASS (isth_evidence_window_parent_class)->dispose (object);
}

static void
isth_evidence_window_class_init (IsthEvidenceWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = isth_evidence_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/dialogs/evidence-window.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceWindow, statement);
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceWindow, details);
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceWindow, rivals);
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceWindow, note);
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceWindow, hex_frame);
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceWindow, hex);
  gtk_widget_class_bind_template_child (widget_class, IsthEvidenceWindow, wireshark);
  gtk_widget_class_bind_template_callback (widget_class, on_wireshark);
}

static void
isth_evidence_window_init (IsthEvidenceWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
isth_evidence_window_present (GtkWindow *parent,
                              IsthFact  *fact)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr(GtkWindow) window = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows) && !window; i++)
    {
      g_autoptr(GtkWindow) there = g_list_model_get_item (windows, i);

      if (ISTH_IS_EVIDENCE_WINDOW (there) && gtk_window_get_transient_for (there) == parent)
        window = g_steal_pointer (&there);
    }
  if (!window)
    window = g_object_ref (g_object_new (ISTH_TYPE_EVIDENCE_WINDOW, "transient-for", parent, NULL));

  show_fact (ISTH_EVIDENCE_WINDOW (window), fact);
  gtk_window_set_focus (window, GTK_WIDGET (ISTH_EVIDENCE_WINDOW (window)->hex)); /* a label would select all its text */
  isth_names_mend (GTK_WIDGET (window));
  gtk_window_present (window);
}
