/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of decisions and a place in it. Each holds what was before, so that taking it back is one more word of the same kind to the engine. */
#include "app/decisions.h"

#include <glib/gi18n-lib.h>

#define MOST 200 /* decisions: as far back as anybody remembers */

typedef struct
{
  char *words;
  GArray *steps; /* of IsthDecision, its texts owned */
} Entry;

struct _IsthDecisions
{
  GObject parent_instance;

  IsthSession *session;
  IsthEngine *engine;
  GPtrArray *entries;
  guint done; /* so many of them stand; the others were taken back */
};

enum { DECIDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IsthDecisions, isth_decisions, G_TYPE_OBJECT)

static void
clear_step (gpointer data)
{
  IsthDecision *step = data;

  g_free ((char *) step->before);
  g_free ((char *) step->after);
  isth_review_clear (&step->was);
  isth_review_clear (&step->becomes);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->words);
  g_array_unref (entry->steps);
  g_free (entry);
}

static void
edit (IsthDecisions      *self,
      const IsthDecision *step,
      gboolean            back)
{
  const IsthAsset *asset = isth_session_get_asset (self->session, step->id);
  IsthEdit word = { .attribute = step->attribute, .value = back ? step->before : step->after };

  if (!asset)
    return;

  word.about = isth_asset_get_anchor (asset);
  word.author = g_get_user_name ();
  word.time = g_get_real_time () * 1000;
  isth_engine_edit (self->engine, &word);
}

static void
set_site_range (IsthDecisions      *self,
                const IsthDecision *step,
                gboolean            back)
{
  IsthEdit word = isth_site_range_make_edit (&step->range, step->on != back, g_get_user_name (), g_get_real_time () * 1000);

  isth_engine_edit (self->engine, &word);
  isth_site_range_clear_edit (&word);
}

static void
review (IsthDecisions      *self,
        const IsthDecision *step,
        gboolean            back)
{
  IsthReview word = back ? step->was : step->becomes;

  word.author = g_get_user_name ();
  word.time = g_get_real_time () * 1000;
  isth_engine_review (self->engine, &word);
}

static void
say (IsthDecisions      *self,
     const IsthDecision *step,
     gboolean            back)
{
  if (!self->engine)
    return;

  switch (step->kind)
    {
    case ISTH_DECISION_EDIT:
      edit (self, step, back);
      break;
    case ISTH_DECISION_SITE_RANGE:
      set_site_range (self, step, back);
      break;
    case ISTH_DECISION_REVIEW:
      review (self, step, back);
      break;
    case ISTH_DECISION_ALERT:
    default:
      isth_engine_acknowledge (self->engine, step->id, step->on != back);
    }
}

static void
tell (IsthDecisions *self,
      IsthDecided    what,
      const char    *words)
{
  g_signal_emit (self, signals[DECIDED], 0, (int) what, words);
}

void
isth_decisions_decide (IsthDecisions      *self,
                       const char         *words,
                       const IsthDecision *steps,
                       guint               n)
{
  Entry *entry;

  if (n == 0)
    return;

  g_ptr_array_set_size (self->entries, (int) self->done); /* what was taken back is gone with a new decision */
  if (self->done == MOST)
    g_ptr_array_remove_index (self->entries, 0);
  entry = g_new0 (Entry, 1);
  entry->words = g_strdup (words);
  entry->steps = g_array_new (FALSE, FALSE, sizeof (IsthDecision));
  g_array_set_clear_func (entry->steps, clear_step);
  for (guint i = 0; i < n; i++)
    {
      IsthDecision step = steps[i];

      step.before = g_strdup (steps[i].before);
      step.after = g_strdup (steps[i].after);
      step.was = isth_review_copy (&steps[i].was);
      step.becomes = isth_review_copy (&steps[i].becomes);
      g_array_append_val (entry->steps, step);
      say (self, &step, FALSE);
    }
  g_ptr_array_add (self->entries, entry);
  self->done = self->entries->len;
  tell (self, ISTH_DECIDED_NOW, entry->words);
}

void
isth_decisions_acknowledge (IsthDecisions *self,
                            guint64        id,
                            gboolean       acknowledged)
{
  const IsthAlert *alert = isth_session_get_alert (self->session, id);
  const IsthDecision step = { .kind = ISTH_DECISION_ALERT, .id = id, .on = acknowledged };
  g_autofree char *words = NULL;

  if (!alert)
    return;

  words = g_strdup_printf (acknowledged ? _("“%s” acknowledged") : _("“%s” not acknowledged any more"), alert->title);
  isth_decisions_decide (self, words, &step, 1);
}

void
isth_decisions_undo (IsthDecisions *self)
{
  const Entry *entry = self->done > 0 ? self->entries->pdata[self->done - 1] : NULL;

  if (!entry)
    return;

  for (guint i = entry->steps->len; i > 0; i--)
    say (self, &g_array_index (entry->steps, IsthDecision, i - 1), TRUE);
  self->done--;
  tell (self, ISTH_DECIDED_UNDONE, entry->words);
}

void
isth_decisions_redo (IsthDecisions *self)
{
  const Entry *entry = self->done < self->entries->len ? self->entries->pdata[self->done] : NULL;

  if (!entry)
    return;

  for (guint i = 0; i < entry->steps->len; i++)
    say (self, &g_array_index (entry->steps, IsthDecision, i), FALSE);
  self->done++;
  tell (self, ISTH_DECIDED_REDONE, entry->words);
}

const char *
isth_decisions_peek_undo (IsthDecisions *self)
{
  return self->done > 0 ? ((Entry *) self->entries->pdata[self->done - 1])->words : NULL;
}

const char *
isth_decisions_peek_redo (IsthDecisions *self)
{
  return self->done < self->entries->len ? ((Entry *) self->entries->pdata[self->done])->words : NULL;
}

void
isth_decisions_forget (IsthDecisions *self)
{
  self->done = 0;
  g_ptr_array_set_size (self->entries, 0);
  tell (self, ISTH_DECIDED_FORGOTTEN, NULL);
}

void
isth_decisions_close (IsthDecisions *self)
{
  self->engine = NULL;
}

static void
isth_decisions_finalize (GObject *object)
{
  g_ptr_array_unref (ISTH_DECISIONS (object)->entries);

  G_OBJECT_CLASS (isth_decisions_parent_class)->finalize (object);
}

static void
isth_decisions_class_init (IsthDecisionsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = isth_decisions_finalize;

  signals[DECIDED] = g_signal_new ("decided", ISTH_TYPE_DECISIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
}

static void
isth_decisions_init (IsthDecisions *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

IsthDecisions *
isth_decisions_new (IsthSession *session,
                    IsthEngine  *engine)
{
  IsthDecisions *self = g_object_new (ISTH_TYPE_DECISIONS, NULL);

  self->session = session;
  self->engine = engine;

  return self;
}
