/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outcome, owners on both sides, a day, a note, and who disagrees: all may stay open but what they are about. */
#include "app/dialogs/decide.h"

#include <glib/gi18n-lib.h>

#include "app/decisions.h"
#include "app/parts/names.h"
#include "app/parts/review-text.h"

enum { NOTE, IT_OWNER, OT_OWNER, DUE, DISSENT, N_ENTRIES };

typedef struct
{
  IsthSession *session;
  AdwMessageDialog *dialog;
  char *subject;
  IsthReview before; /* its texts owned */
  GtkWidget *outcome, *entries[N_ENTRIES], *problem;
} Decide;

static void
decide_free (gpointer  data,
             GClosure *closure)
{
  Decide *self = data;

  isth_review_clear (&self->before);
  g_free (self->subject);
  g_object_unref (self->session);
  g_free (self);
}

static const char *
get_text (Decide *self,
          guint   entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entries[entry]));
}

/* A day that is none cannot be applied: what is wrong stands below while it is written. */
static void
on_changed (Decide *self)
{
  gint64 due;
  gboolean fine = isth_review_text_parse_day (get_text (self, DUE), &due);

  gtk_label_set_text (GTK_LABEL (self->problem), fine ? "" : _("This is no day. Write it as 2026-12-01."));
  if (fine)
    gtk_widget_remove_css_class (self->entries[DUE], "error");
  else
    gtk_widget_add_css_class (self->entries[DUE], "error");
  adw_message_dialog_set_response_enabled (self->dialog, "save", fine);
}

/* The same as before is no decision. */
static gboolean
is_same (const IsthReview *a,
         const IsthReview *b)
{
  return a->outcome == b->outcome && a->due == b->due && g_str_equal (a->note, b->note) && g_str_equal (a->it_owner, b->it_owner)
         && g_str_equal (a->ot_owner, b->ot_owner) && g_str_equal (a->dissent, b->dissent);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Decide           *self)
{
  IsthDecision step = { .kind = ISTH_DECISION_REVIEW, .id = self->before.subject, .was = self->before, .becomes = self->before };
  g_autofree char *words = NULL;

  if (!g_str_equal (response, "save") || !isth_review_text_parse_day (get_text (self, DUE), &step.becomes.due))
    return;

  step.becomes.outcome = adw_combo_row_get_selected (ADW_COMBO_ROW (self->outcome));
  step.becomes.note = get_text (self, NOTE);
  step.becomes.it_owner = get_text (self, IT_OWNER);
  step.becomes.ot_owner = get_text (self, OT_OWNER);
  step.becomes.dissent = get_text (self, DISSENT);
  if (is_same (&step.was, &step.becomes))
    return;

  words = g_strdup_printf (_("%s: %s"), _(isth_verdict_title (step.becomes.outcome)), self->subject);
  isth_decisions_decide (isth_session_get_decisions (self->session), words, &step, 1);
}

static GtkWidget *
make_outcome (IsthVerdict chosen)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (IsthVerdict outcome = 0; outcome < ISTH_N_VERDICTS; outcome++)
    gtk_string_list_append (words, _(isth_verdict_title (outcome)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Outcome"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);

  return row;
}

static GtkWidget *
make_fields (Decide *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *due = isth_review_text_format_day (self->before.due);
  const struct
  {
    const char *title, *text;
  } entries[N_ENTRIES] = {
    [NOTE] = { _("Note"), self->before.note },
    [IT_OWNER] = { _("Who sees to it in IT"), self->before.it_owner },
    [OT_OWNER] = { _("Who sees to it in the plant (OT)"), self->before.ot_owner },
    [DUE] = { _("Until (year-month-day)"), due },
    [DISSENT] = { _("Who disagrees, and why"), self->before.dissent },
  };

  self->outcome = make_outcome (self->before.outcome);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->outcome);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      self->entries[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entries[i]), entries[i].title);
      gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), entries[i].text);
      adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self->entries[i]), TRUE);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->entries[i]);
    }
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_margin_top (self->problem, 6);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->problem);
  g_signal_connect_swapped (self->entries[DUE], "changed", G_CALLBACK (on_changed), self);

  return group;
}

void
isth_decide_present (GtkWindow   *parent,
                     IsthSession *session)
{
  IsthReview nothing = { .due = ISTH_NO_TIME };
  const IsthReview *review;
  IsthSelected kind = isth_session_get_selected (session, &nothing.subject);
  g_autofree char *subject = isth_review_text_subject (session, kind, nothing.subject);
  GtkWidget *dialog;
  Decide *self;

  if (!subject || !isth_review_text_get_about (kind, &nothing.about))
    return;

  review = isth_review_text_find (isth_session_get_snapshot (session), kind, nothing.subject);
  self = g_new0 (Decide, 1);
  self->session = g_object_ref (session);
  self->before = isth_review_copy (review ? review : &nothing);
  self->subject = g_steal_pointer (&subject);
  dialog = adw_message_dialog_new (parent, _("What was decided?"), self->subject);
  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_set_extra_child (self->dialog, make_fields (self));
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "save", _("_Write down"), NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "save");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  gtk_window_set_default_size (GTK_WINDOW (dialog), 480, -1);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), self, decide_free, 0);
  isth_names_set (gtk_widget_get_parent (self->outcome), GTK_TYPE_LIST_BOX, _("What was decided?"));
  isth_names_mend (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}
