/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the map widget knows: immutable nodes, edges, lanes, groups. */
#pragma once

#include <gtk/gtk.h>

#define ISTH_TYPE_SCENE (isth_scene_get_type ())
G_DECLARE_FINAL_TYPE (IsthScene, isth_scene, ISTH, SCENE, GObject)

/* Size of the cards; a small one is a module or child. One unit is one CSS pixel at zoom 1. */
#define ISTH_SCENE_NODE_WIDTH 160
#define ISTH_SCENE_NODE_HEIGHT 44
#define ISTH_SCENE_SMALL_WIDTH 136
#define ISTH_SCENE_SMALL_HEIGHT 26

/* What an edge does, the weakest first: shown by line shape, not by colour alone. */
typedef enum
{
  ISTH_SCENE_TALK,    /* thin line: traffic, nothing known of it */
  ISTH_SCENE_READ,    /* thin line with a small open arrow at the asked end */
  ISTH_SCENE_WRITE,   /* thicker, filled arrow */
  ISTH_SCENE_PROGRAM, /* double line, filled arrow: program, firmware, start/stop, configuration */
} IsthSceneAction;

#define ISTH_SCENE_NO_GROUP G_MAXUINT32

typedef struct
{
  guint64 id;
  float x, y;            /* centre */
  const char *label;     /* owned by the scene, like all strings here; never NULL */
  const char *sublabel;  /* vendor and model, or address */
  const char *detail;    /* some lines for the tooltip and the screen reader */
  const char *icon;      /* symbolic icon name */
  guint32 group;         /* index; ISTH_SCENE_NO_GROUP: none */
  guint8 alert;          /* 0 calm, else 1 + severity (info 1 … critical 5) */
  guint8 identified;     /* vendor or model known: a filled body; otherwise a dashed outline */
  guint8 small;          /* a module or child: drawn smaller */
  guint8 faded;          /* does not match the filter or the time window */
} IsthSceneNode;

typedef struct
{
  guint64 id;
  guint32 from, to;      /* indices of nodes */
  guint8 action;         /* IsthSceneAction */
  guint8 crossing;       /* crosses the IT/OT boundary */
  guint8 guess;          /* direction not known: no arrow */
  guint8 faded;
  const char *label;     /* protocols */
} IsthSceneEdge;

typedef struct
{
  graphene_rect_t bounds;
  const char *label;     /* "Level 1" */
  const char *sublabel;  /* "Control" */
  guint32 count;
} IsthSceneLane;

typedef struct
{
  graphene_rect_t bounds;
  const char *label;     /* "10.1.2.0/24" */
} IsthSceneGroup;

struct _IsthScene
{
  GObject parent_instance;

  IsthSceneNode *nodes;
  guint n_nodes;
  IsthSceneEdge *edges;
  guint n_edges;
  IsthSceneLane *lanes;
  guint n_lanes;
  IsthSceneGroup *groups;
  guint n_groups;
  float boundary;        /* y of the IT/OT boundary; NAN: none */
  graphene_rect_t bounds;
  GStringChunk *strings; /* owns all labels */
};

/* An empty scene to be filled in by its maker before anybody else sees it. Arrays are g_malloc'ed and become the scene's. */
IsthScene *isth_scene_new (void);

static inline graphene_size_t
isth_scene_node_size (const IsthSceneNode *node)
{
  return node->small ? GRAPHENE_SIZE_INIT (ISTH_SCENE_SMALL_WIDTH, ISTH_SCENE_SMALL_HEIGHT)
                     : GRAPHENE_SIZE_INIT (ISTH_SCENE_NODE_WIDTH, ISTH_SCENE_NODE_HEIGHT);
}
