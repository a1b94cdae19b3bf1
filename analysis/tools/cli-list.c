/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flows, operations: what a capture holds, a line each, tab-separated, for people's and programs' eyes. */
#include <glib.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

/* Prints @head and runs @pipeline over each capture; @done is called after each. */
static int
run_captures (IsthPipeline *pipeline,
              const char *head,
              int argc,
              char **argv,
              void (*done) (gpointer user_data),
              gpointer user_data)
{
  int status = CLI_OK;
  bool literal = argc > 1 && g_str_equal (argv[1], "--");
  int first = literal ? 2 : 1;

  if (argc <= first)
    {
      cli_complain (_("which capture? Give at least one file, or - for standard input."));
      return CLI_USAGE;
    }
  for (int i = first; i < argc && !literal; i++)
    if (argv[i][0] == '-' && argv[i][1] != '\0')
      {
        g_autofree char *message = g_strdup_printf (_("there is no option “%s” here. Of a file with such a name, write -- in front of it."), argv[i]);

        cli_complain (message);
        return CLI_USAGE;
      }
  cli_confine (argv + first, NULL);
  puts (head);
  for (int i = first; i < argc; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(IsthSource) source = isth_source_open (argv[i], &error);

      if (!source)
        {
          cli_complain (error->message);
          status = CLI_FAILED;
          continue;
        }
      isth_pipeline_run (pipeline, source, NULL);
      if (done)
        done (user_data);
      if (!cli_check_read (source))
        status = CLI_FAILED;
    }
  return status;
}

static void
print_flow (const IsthFlowRecord *flow,
            const char *protocol,
            gpointer user_data)
{
  const IsthFlowKey *key = &flow->key;
  char a[ISTH_ADDRESS_TEXT], b[ISTH_ADDRESS_TEXT], transport[24];

  switch (key->protocol)
    {
    case 0:
      g_snprintf (transport, sizeof transport, "ethernet-0x%04x", key->port[0]);
      break;
    case 6:
      g_strlcpy (transport, "tcp", sizeof transport);
      break;
    case 17:
      g_strlcpy (transport, "udp", sizeof transport);
      break;
    default:
      g_snprintf (transport, sizeof transport, "ip-%u", key->protocol);
    }
  printf ("%s\t%s\t%u\t%s\t%u\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t", transport, isth_address_format (&key->address[0], a),
          key->protocol ? key->port[0] : 0, isth_address_format (&key->address[1], b), key->protocol ? key->port[1] : 0, flow->count[0].packets,
          flow->count[0].bytes, flow->count[1].packets, flow->count[1].bytes);
  cli_print_time (flow->first, '\t');
  cli_print_time (flow->last, '\t');
  printf ("%s\n", protocol ? protocol : "");
}

int
cli_flows (int argc,
           char **argv)
{
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();

  isth_pipeline_set_flow_func (pipeline, print_flow, NULL);
  return run_captures (pipeline, "transport\taddress_a\tport_a\taddress_b\tport_b\tpackets_ab\tbytes_ab\tpackets_ba\tbytes_ba\tfirst\tlast\tprotocol",
                       argc, argv, NULL, NULL);
}

/* One request; its outcome comes later. */
typedef struct
{
  uint64_t frame;
  int64_t time;
  const char *protocol, *name;
  char *source, *target, *object, *answer;
  char written[ISTH_WRITTEN_TEXT];
  IsthOp verb;
  int64_t function;
} Row;

static void
row_clear (gpointer data)
{
  Row *self = data;

  g_free (self->source);
  g_free (self->target);
  g_free (self->object);
  g_free (self->answer);
}

static char *
name_endpoint (const IsthEndpoint *endpoint)
{
  char text[ISTH_ADDRESS_TEXT];

  isth_address_format (endpoint->ip.kind ? &endpoint->ip : &endpoint->mac, text);
  return endpoint->child && endpoint->child[0] ? g_strdup_printf ("%s > %s", text, endpoint->child) : g_strdup (text);
}

static uint64_t
collect_operation (const IsthObservation *o,
                   void *user_data)
{
  GArray *rows = user_data;
  Row row;

  if (o->kind == ISTH_OBSERVE_OUTCOME)
    {
      Row *asked = &g_array_index (rows, Row, o->outcome.ticket - 1);

      g_free (asked->answer);
      asked->answer = o->outcome.text[0] ? g_strdup_printf ("%s: %s", isth_outcome_name (o->outcome.result), o->outcome.text)
                                         : g_strdup (isth_outcome_name (o->outcome.result));
    }
  if (o->kind != ISTH_OBSERVE_OPERATION)
    return 0;

  row = (Row){
    .frame = o->evidence.frame,
    .time = o->evidence.time,
    .protocol = o->protocol,
    .name = o->operation.name,
    .source = name_endpoint (&o->subject),
    .target = name_endpoint (&o->target),
    .object = g_strdup (o->operation.object),
    .verb = o->operation.verb,
    .function = o->operation.function,
  };
  isth_written_describe (o->protocol, o->operation.verb, &o->evidence, row.written);
  g_array_append_val (rows, row);
  return rows->len;
}

static void
print_operations (gpointer user_data)
{
  GArray *rows = user_data;

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      printf ("%" PRIu64 "\t", row->frame);
      cli_print_time (row->time, '\t');
      printf ("%s\t%s\t%s\t%s\t", row->protocol, row->source, row->target, isth_op_name (row->verb));
      if (row->function >= 0)
        printf ("%" PRId64, row->function);
      printf ("\t%s\t", row->name);
      cli_print_field (row->object ? row->object : "", '\t');
      cli_print_field (row->answer ? row->answer : "", '\t');
      cli_print_field (row->written, '\n');
    }
  g_array_set_size (rows, 0);
}

int
cli_operations (int argc,
                char **argv)
{
  g_autoptr(IsthPipeline) pipeline = isth_pipeline_new ();
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  IsthSink sink = { .observe = collect_operation, .user_data = rows };

  g_array_set_clear_func (rows, row_clear);
  isth_pipeline_set_sink (pipeline, &sink);
  return run_captures (pipeline, "frame\ttime\tprotocol\tsource\ttarget\tverb\tfunction\tfunction_name\tobject\toutcome\twritten", argc, argv,
                       print_operations, rows);
}
