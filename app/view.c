/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A view of the session: an AdwBin with one property, given by the window's template. */
#include "app/view.h"

typedef struct
{
  IsthSession *session;
} IsthViewPrivate;

enum { PROP_0, PROP_SESSION, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (IsthView, isth_view, ADW_TYPE_BIN)

static void
isth_view_set_property (GObject      *object,
                        guint         id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  IsthView *self = ISTH_VIEW (object);
  IsthViewPrivate *private = isth_view_get_instance_private (self);

  if (id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (!private->session && g_value_get_object (value))
    {
      private->session = g_value_dup_object (value);
      if (ISTH_VIEW_GET_CLASS (self)->attach)
        ISTH_VIEW_GET_CLASS (self)->attach (self, private->session);
    }
}

static void
isth_view_finalize (GObject *object)
{
  IsthViewPrivate *private = isth_view_get_instance_private (ISTH_VIEW (object));

  g_clear_object (&private->session);

  G_OBJECT_CLASS (isth_view_parent_class)->finalize (object);
}

static void
isth_view_class_init (IsthViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->set_property = isth_view_set_property;
  object_class->finalize = isth_view_finalize;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ISTH_TYPE_SESSION,
                                                  G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
isth_view_init (IsthView *self)
{
}

IsthSession *
isth_view_get_session (IsthView *self)
{
  IsthViewPrivate *private = isth_view_get_instance_private (self);

  return private->session;
}

gboolean
isth_view_select_first (IsthView *self)
{
  if (!ISTH_VIEW_GET_CLASS (self)->select_first)
    return FALSE;

  ISTH_VIEW_GET_CLASS (self)->select_first (self);
  return TRUE;
}
