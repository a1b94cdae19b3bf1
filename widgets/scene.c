/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a map shows: filled in once, then only read, so that a thread may draw it. */
#include "widgets/scene.h"

#include <math.h>

G_DEFINE_FINAL_TYPE (IsthScene, isth_scene, G_TYPE_OBJECT)

static void
isth_scene_finalize (GObject *object)
{
  IsthScene *self = ISTH_SCENE (object);

  g_free (self->nodes);
  g_free (self->edges);
  g_free (self->lanes);
  g_free (self->groups);
  g_string_chunk_free (self->strings);

  G_OBJECT_CLASS (isth_scene_parent_class)->finalize (object);
}

static void
isth_scene_class_init (IsthSceneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = isth_scene_finalize;
}

static void
isth_scene_init (IsthScene *self)
{
  self->strings = g_string_chunk_new (4096);
  self->boundary = NAN;
}

IsthScene *
isth_scene_new (void)
{
  return g_object_new (ISTH_TYPE_SCENE, NULL);
}
