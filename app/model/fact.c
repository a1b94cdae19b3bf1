/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A statement and its evidence, copied out of a snapshot so that it can stay on the screen while the world moves on. */
#include "app/model/fact.h"

struct _IsthFact
{
  GObject parent_instance;

  char *about, *title, *value, *source, *capture;
  int confidence;
  IsthEvidence evidence;
  GBytes *bytes; /* what evidence.bytes points into */
  IsthOffsets *offsets;
  GPtrArray *rivals;
};

G_DEFINE_FINAL_TYPE (IsthFact, isth_fact, G_TYPE_OBJECT)

static void
rival_free (gpointer data)
{
  IsthRival *rival = data;

  g_free (rival->value);
  g_free (rival->source);
  g_free (rival);
}

static void
isth_fact_finalize (GObject *object)
{
  IsthFact *self = ISTH_FACT (object);

  g_free (self->about);
  g_free (self->title);
  g_free (self->value);
  g_free (self->source);
  g_free (self->capture);
  isth_offsets_unref (self->offsets);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_ptr_array_unref (self->rivals);

  G_OBJECT_CLASS (isth_fact_parent_class)->finalize (object);
}

static void
isth_fact_class_init (IsthFactClass *class)
{
  G_OBJECT_CLASS (class)->finalize = isth_fact_finalize;
}

static void
isth_fact_init (IsthFact *self)
{
  self->rivals = g_ptr_array_new_with_free_func (rival_free);
}

IsthFact *
isth_fact_new (const char         *about,
               const char         *title,
               const char         *value,
               const char         *source,
               int                 confidence,
               const IsthSnapshot *snapshot,
               const IsthEvidence *evidence)
{
  IsthFact *self = g_object_new (ISTH_TYPE_FACT, NULL);

  self->about = g_strdup (about ? about : "");
  self->title = g_strdup (title ? title : "");
  self->value = g_strdup (value ? value : "");
  self->source = g_strdup (source ? source : "");
  self->confidence = confidence;
  self->evidence.time = ISTH_NO_TIME;

  if (evidence && evidence->frame > 0)
    {
      self->evidence = *evidence;
      self->bytes = g_bytes_new (evidence->bytes, evidence->n_bytes);
      self->evidence.bytes = g_bytes_get_data (self->bytes, NULL);
      if (snapshot && evidence->capture < snapshot->n_captures)
        {
          self->capture = g_strdup (snapshot->captures[evidence->capture]->path);
          self->offsets = isth_offsets_ref (snapshot->captures[evidence->capture]->offsets);
        }
    }
  if (!self->capture)
    self->capture = g_strdup ("");

  return self;
}

void
isth_fact_add_rival (IsthFact   *self,
                     const char *value,
                     const char *source,
                     int         confidence,
                     gboolean    conflict)
{
  IsthRival *rival = g_new0 (IsthRival, 1);

  rival->value = g_strdup (value);
  rival->source = g_strdup (source);
  rival->confidence = confidence;
  rival->conflict = conflict;
  g_ptr_array_add (self->rivals, rival);
}

const char *
isth_fact_get_about (IsthFact *self)
{
  return self->about;
}

const char *
isth_fact_get_title (IsthFact *self)
{
  return self->title;
}

const char *
isth_fact_get_value (IsthFact *self)
{
  return self->value;
}

const char *
isth_fact_get_source (IsthFact *self)
{
  return self->source;
}

int
isth_fact_get_confidence (IsthFact *self)
{
  return self->confidence;
}

GPtrArray *
isth_fact_get_rivals (IsthFact *self)
{
  return self->rivals;
}

const char *
isth_fact_get_capture (IsthFact *self)
{
  return self->capture;
}

const IsthEvidence *
isth_fact_get_evidence (IsthFact *self)
{
  return &self->evidence;
}

GBytes *
isth_fact_read_frame (IsthFact *self,
                      GError  **error)
{
  return isth_source_read_frame (self->capture, self->evidence.frame, self->offsets, error);
}
