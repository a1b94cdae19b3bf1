/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the map widget knows: immutable nodes, edges, lanes. */
#pragma once

#include <gtk/gtk.h>

#define ISTH_TYPE_SCENE (isth_scene_get_type ())
G_DECLARE_FINAL_TYPE (IsthScene, isth_scene, ISTH, SCENE, GObject)

/* What an edge does, the strongest first to last: shown by line shape, not by colour alone. */
typedef enum
{
  ISTH_SCENE_TALK,    /* thin line: traffic, nothing known of it */
  ISTH_SCENE_READ,    /* thin line with a small open arrow at the asked end */
  ISTH_SCENE_WRITE,   /* thicker, filled arrow */
  ISTH_SCENE_PROGRAM, /* double line, filled arrow: program, firmware, start/stop, configuration */
} IsthSceneAction;

typedef struct
{
  guint64 id;
  float x, y;            /* centre */
  const char *label;     /* owned by the scene */
  const char *sublabel;  /* vendor and model, or address */
  const char *icon;      /* symbolic icon name */
  guint8 alert;          /* 0 calm, else 1 + severity (info 1 … critical 5) */
  guint8 identified;     /* vendor or model known: a filled body; otherwise a dashed outline */
  guint8 small;          /* a module or child: drawn smaller */
} IsthSceneNode;

typedef struct
{
  guint64 id;
  guint32 from, to;      /* indices of nodes */
  guint8 action;         /* IsthSceneAction */
  guint8 crossing;       /* crosses the IT/OT boundary */
  guint8 guess;          /* direction not known: no arrow */
  const char *label;     /* protocol */
} IsthSceneEdge;

typedef struct
{
  graphene_rect_t bounds;
  const char *label;     /* "Level 1 · Control" */
  guint32 count;
} IsthSceneLane;

struct _IsthScene
{
  GObject parent_instance;

  IsthSceneNode *nodes;
  guint n_nodes;
  IsthSceneEdge *edges;
  guint n_edges;
  IsthSceneLane *lanes;
  guint n_lanes;
  float boundary;        /* y of the IT/OT boundary; NAN: none */
  graphene_rect_t bounds;
  GStringChunk *strings; /* owns all labels */
};

/* An empty scene to be filled in by its maker before anybody else sees it. Arrays are g_malloc'ed and become the scene's. */
IsthScene *isth_scene_new (void);
