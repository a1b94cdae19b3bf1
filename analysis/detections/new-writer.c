/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A write on a link that had none: after the learning time, or to a device that another asset had been writing to for a minute. Two writers that began together are how the plant works. */
#include <glib/gi18n-lib.h>

#include "analysis/base/sort.h"
#include "analysis/detections/detection.h"

#define HEAD_START (60ll * 1000000000) /* ns that another writer must have been first */

/* The first write of a link. */
typedef struct
{
  const IsthLink *link;
  const IsthLinkOperation *operation;
} Writer;

static uint64_t
writer_key (const void *row)
{
  return ((const Writer *) row)->link->to;
}

/* To one device. */
static int
compare_writers (const void *a,
                 const void *b,
                 void *user_data)
{
  const Writer *x = a, *y = b;

  (void) user_data;
  if (x->operation->first != y->operation->first)
    return x->operation->first < y->operation->first ? -1 : 1;
  return (x->link->id > y->link->id) - (x->link->id < y->link->id);
}

static GArray *
find_writers (const IsthSnapshot *world)
{
  GArray *writers = g_array_new (FALSE, FALSE, sizeof (Writer));

  for (uint32_t i = 0; i < world->n_links; i++)
    {
      Writer writer = { world->links[i], NULL };

      for (uint32_t o = 0; o < writer.link->n_operations && writer.link->verbs & 1u << ISTH_OP_WRITE; o++)
        {
          const IsthLinkOperation *operation = &writer.link->operations[o];

          if (operation->verb == ISTH_OP_WRITE && operation->count > operation->refused &&
              (!writer.operation || operation->first < writer.operation->first))
            writer.operation = operation;
        }
      if (writer.operation)
        g_array_append_val (writers, writer);
    }
  isth_sort_array (writers, writer_key, compare_writers, NULL);
  return writers;
}

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  g_autoptr(GArray) writers = find_writers (world);
  const Writer *earliest = NULL;

  for (uint32_t i = 0; i < writers->len; i++)
    {
      const Writer *writer = &g_array_index (writers, Writer, i);
      bool second;

      if (!earliest || earliest->link->to != writer->link->to)
        earliest = writer;
      second = writer->link->from != earliest->link->from && writer->operation->first - earliest->operation->first >= HEAD_START;
      if (second || isth_detection_is_late (world, writer->operation->first))
        isth_alert_sink_raise (sink, self, writer->link->to, writer->link->from, writer->link->protocol, 1, &writer->operation->evidence);
    }
}

static const char *const attack[] = { "T0855", "T0848", "T0836", NULL };

const IsthDetection isth_detection_new_writer = {
  .id = "new-writer", /* stored in project files: never change it */
  .title = N_("New writer"),
  .plant = N_("{peer} writes to {subject} ({detail}), which it did not do before. Two sources of commands can work against one another."),
  .security = N_("{peer} began to send write commands to {subject} ({detail})."),
  .process_severity = ISTH_SEVERITY_MEDIUM,
  .cyber_severity = ISTH_SEVERITY_HIGH,
  .describe = isth_detection_describe_protocol,
  .attack = attack,
  .evaluate = evaluate,
};
