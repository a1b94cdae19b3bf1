/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show: what captures or a project hold, tab-separated. */
#include <glib.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

static char *
join_addresses (const IsthAsset *asset,
                bool macs)
{
  GString *text = g_string_new (NULL);
  char buffer[ISTH_ADDRESS_TEXT];

  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    {
      const IsthInterface *interface = &asset->interfaces[i];

      if (macs && interface->mac.kind)
        g_string_append_printf (text, "%s%s", text->len ? " " : "", isth_address_format (&interface->mac, buffer));
      for (uint32_t k = 0; !macs && k < interface->n_ips; k++)
        g_string_append_printf (text, "%s%s", text->len ? " " : "", isth_address_format (&interface->ips[k], buffer));
    }
  return g_string_free (text, FALSE);
}

/* By the activity bits: what was active near the window may be listed, what was active in it is. */
static bool
is_active (const CliWindow *window,
           const IsthActivity *activity)
{
  return !window->given || isth_activity_touches (activity, window->from, window->to);
}

static void
show_assets (const IsthSnapshot *snapshot,
             const CliWindow *window)
{
  static const IsthAttribute columns[] = { ISTH_ATTRIBUTE_VENDOR, ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_FIRMWARE, ISTH_ATTRIBUTE_SERIAL };

  puts ("name\tkind\tlevel\tside\tvendor\tmodel\tfirmware\tserial\tip\tmac\tfirst\tlast\tpackets");
  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    {
      const IsthAsset *asset = snapshot->assets[i];
      g_autofree char *ips = join_addresses (asset, false);
      g_autofree char *macs = join_addresses (asset, true);

      if (!is_active (window, &asset->activity))
        continue;
      cli_print_field (asset->name, '\t');
      printf ("%s\t%s\t%s\t", isth_kind_name (asset->kind), isth_level_name (asset->level), isth_side_name (asset->side));
      for (size_t k = 0; k < G_N_ELEMENTS (columns); k++)
        cli_print_field (isth_asset_get (asset, columns[k]), '\t');
      printf ("%s\t%s\t", ips, macs);
      cli_print_time (asset->first, '\t');
      cli_print_time (asset->last, '\t');
      printf ("%" PRIu64 "\n", asset->packets_sent + asset->packets_received);
    }
}

static void
show_links (const IsthSnapshot *snapshot,
            const CliWindow *window)
{
  puts ("from\tto\tprotocol\tport\tpackets\tbytes\tcrossing\tverbs\tfirst\tlast");
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    {
      const IsthLink *link = snapshot->links[i];
      g_autoptr(GString) verbs = g_string_new (NULL);

      if (!is_active (window, &link->activity))
        continue;
      for (IsthOp op = 0; op < ISTH_N_OPS; op++)
        if (link->verbs & (1u << op))
          g_string_append_printf (verbs, "%s%s", verbs->len ? " " : "", isth_op_name (op));
      cli_print_field (cli_get_name (snapshot, link->from), '\t');
      cli_print_field (cli_get_name (snapshot, link->to), '\t');
      printf ("%s\t%u\t%" PRIu64 "\t%" PRIu64 "\t%s\t%s\t", link->protocol, link->port, link->packets[0] + link->packets[1],
              link->bytes[0] + link->bytes[1], link->crossing ? "yes" : "no", verbs->str);
      cli_print_time (link->first, '\t');
      cli_print_time (link->last, '\n');
    }
}

static void
show_alerts (const IsthSnapshot *snapshot,
             const CliWindow *window)
{
  puts ("time\tdetection\tprocess\tcyber\tcount\tsubject\tpeer\ttext");
  for (uint32_t i = 0; i < snapshot->n_alerts; i++)
    {
      const IsthAlert *alert = snapshot->alerts[i];
      g_autofree char *sentence = isth_alert_describe (alert, alert->security_form);

      if (!cli_window_touches (window, alert->first, alert->last))
        continue;
      cli_print_time (alert->first, '\t');
      printf ("%s\t%s\t%s\t%" PRIu64 "\t", alert->detection, isth_severity_name (alert->process_severity),
              isth_severity_name (alert->cyber_severity), alert->count);
      cli_print_field (cli_get_name (snapshot, alert->subject), '\t');
      cli_print_field (cli_get_name (snapshot, alert->peer), '\t');
      cli_print_field (sentence, '\n');
    }
}

static void
print_names (const IsthSnapshot *snapshot,
             const uint64_t ids[ISTH_NETWORK_IDS],
             char end)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (int i = 0; i < ISTH_NETWORK_IDS && ids[i]; i++)
    g_string_append_printf (text, "%s%s", i ? ", " : "", cli_get_name (snapshot, ids[i]));
  cli_print_field (text->str, end);
}

/* The window does not choose here: a network has no time of its own. */
static void
show_networks (const IsthSnapshot *snapshot,
               const CliWindow *window)
{
  (void) window;
  puts ("network\twidth\tnature\taddresses\tdevices\tvlans\tgateways\tbehind\ttranslators\tdhcp_servers\trouters");
  for (uint32_t i = 0; i < snapshot->networks->n_networks; i++)
    {
      const IsthNetwork *network = &snapshot->networks->networks[i];
      g_autofree char *width = isth_network_describe_width (network);
      g_autoptr(GString) vlans = g_string_new (network->untagged ? "untagged" : "");
      char text[ISTH_ADDRESS_TEXT];

      for (int v = 0; v < ISTH_NETWORK_VLANS && network->vlans[v]; v++)
        g_string_append_printf (vlans, "%s%u", vlans->len ? " " : "", network->vlans[v]);
      printf ("%s/%u\t", isth_address_format (&network->network, text), network->bits);
      cli_print_field (width, '\t');
      printf ("%s\t%u\t%u\t%s\t", isth_subnet_nature_name (network->nature), network->addresses, network->devices, vlans->str);
      print_names (snapshot, network->gateways, '\t');
      print_names (snapshot, network->behind, '\t');
      print_names (snapshot, network->translators, '\t');
      print_names (snapshot, network->dhcp_servers, '\t');
      print_names (snapshot, network->routers, '\n');
    }
}

static void
show_transfers (const IsthSnapshot *snapshot,
                const CliWindow *window)
{
  puts ("first\tlast\tfrom\tto\tprotocol\tverb\tobject\tstate\tbytes\tannounced\treason");
  for (uint32_t i = 0; i < snapshot->transfers->n_events; i++)
    {
      const IsthTransferEvent *transfer = &snapshot->transfers->events[i];

      if (!cli_window_touches (window, transfer->first, transfer->last))
        continue;
      cli_print_time (transfer->first, '\t');
      cli_print_time (transfer->last, '\t');
      cli_print_field (cli_get_name (snapshot, transfer->from), '\t');
      cli_print_field (cli_get_name (snapshot, transfer->to), '\t');
      printf ("%s\t%s\t", transfer->protocol, isth_op_name (transfer->verb));
      cli_print_field (transfer->object, '\t');
      printf ("%s\t%" PRIu64 "\t", isth_transfer_state_name (transfer->state), transfer->bytes);
      if (transfer->total > 0)
        printf ("%" PRIu64, transfer->total);
      putchar ('\t');
      cli_print_field (transfer->text, '\n');
    }
}

static void
show_captures (const IsthSnapshot *snapshot,
               const CliWindow *window)
{
  puts ("path\tformat\tframes\tbytes\tdropped\tfirst\tlast\tcomplete\tsha256");
  for (uint32_t i = 0; i < snapshot->n_captures; i++)
    {
      const IsthCapture *capture = snapshot->captures[i];

      if (!cli_window_touches (window, capture->first, capture->last))
        continue;
      cli_print_field (capture->path, '\t');
      printf ("%s\t%" PRIu64 "\t%" PRIu64 "\t", capture->format, capture->frames, capture->bytes);
      if (capture->dropped_known)
        printf ("%" PRIu64, capture->dropped);
      putchar ('\t');
      cli_print_time (capture->first, '\t');
      cli_print_time (capture->last, '\t');
      printf ("%s\t%s\n", capture->complete ? "yes" : "no", capture->sha256 ? capture->sha256 : "");
    }
}

static const struct
{
  const char *name;
  void (*show) (const IsthSnapshot *snapshot, const CliWindow *window);
} lists[] = { { "assets", show_assets }, { "links", show_links }, { "networks", show_networks }, { "transfers", show_transfers }, { "alerts", show_alerts }, { "captures", show_captures } };

typedef struct
{
  CliWindow window;
  char **paths;
  size_t list; /* of lists[] */
} Options;

static void
options_clear (Options *self)
{
  cli_window_clear (&self->window);
  g_strfreev (self->paths);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* The last of the paths is none: it names the list. */
static bool
take_list (Options *self)
{
  guint n = self->paths ? g_strv_length (self->paths) : 0;

  for (size_t i = 0; n > 1 && i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (self->paths[n - 1], lists[i].name))
      {
        g_clear_pointer (&self->paths[n - 1], g_free);
        self->list = i;
        return true;
      }
  return false;
}

static bool
parse_options (Options *self,
               int argc,
               char **argv)
{
  const GOptionEntry entries[] = {
    CLI_WINDOW_OPTIONS (&self->window),
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, "CAPTURE…|PROJECT assets|links|networks|transfers|alerts|captures" },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    cli_complain (error->message);
  else if (!take_list (self))
    cli_complain (_("show: give captures or a project file, and then one of assets, links, networks, transfers, alerts, captures."));
  else
    return cli_window_parse (&self->window);
  return false;
}

int
cli_show (int argc,
          char **argv)
{
  g_auto(Options) options = { 0 };
  g_autoptr(IsthWorld) world = isth_world_new ();
  g_autoptr(IsthSnapshot) snapshot = NULL;
  int status;

  if (!parse_options (&options, argc, argv))
    return CLI_USAGE;
  status = cli_read_world (options.paths, world);
  snapshot = isth_world_resolve (world, isth_detect, world);
  if (status == CLI_OK || snapshot->n_captures > 0)
    lists[options.list].show (snapshot, &options.window);
  return status;
}
