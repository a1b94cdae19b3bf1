/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inspector's page of an asset. */
#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/parts/inspector-parts.h"
#include "app/parts/names.h"

static IsthFact *
make_fact (IsthSession          *session,
           const IsthAsset      *asset,
           const IsthAssetClaim *claim)
{
  IsthFact *fact = isth_fact_new (asset->name, _(isth_attribute_title (claim->attribute)), claim->value,
                                  isth_format_source (claim->protocol), claim->confidence,
                                  isth_session_get_snapshot (session), &claim->evidence);

  for (uint32_t i = 0; i < asset->n_claims; i++)
    {
      const IsthAssetClaim *other = &asset->claims[i];

      if (other != claim && other->attribute == claim->attribute)
        isth_fact_add_rival (fact, other->value, isth_format_source (other->protocol), other->confidence,
                             other->conflict && !g_str_equal (other->value, claim->value));
    }

  return fact;
}

static void
add_identity (GtkBox          *box,
              IsthSession     *session,
              const IsthAsset *asset)
{
  AdwPreferencesGroup *group = isth_inspector_add_group (box, _("Identity"));
  guint n = 0;

  for (uint32_t i = 0; i < asset->n_claims; i++)
    {
      const IsthAssetClaim *claim = &asset->claims[i];
      g_autoptr(GString) subtitle = g_string_new (_(isth_attribute_title (claim->attribute)));
      AdwActionRow *row;

      if ((!claim->shown && !claim->conflict) || n++ >= ISTH_INSPECTOR_ROWS)
        continue;
      g_string_append_printf (subtitle, " · %s · %s", isth_format_source (claim->protocol),
                              isth_format_confidence (claim->confidence));
      row = isth_inspector_add_fact (group, session, claim->value, subtitle->str, make_fact (session, asset, claim));
      if (claim->conflict)
        {
          GtkWidget *mark = gtk_label_new (_("conflict"));

          gtk_widget_add_css_class (mark, "severity-medium");
          gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
          adw_action_row_add_suffix (row, mark);
        }
    }
  if (n == 0)
    isth_inspector_add_row (group, NULL, _("It said nothing about itself in these captures, and nobody else did."));
  isth_inspector_add_rest (group, n);
}

static void
add_addresses (GtkBox          *box,
               const IsthAsset *asset)
{
  AdwPreferencesGroup *group = isth_inspector_add_group (box, _("Addresses"));
  char buffer[ISTH_ADDRESS_TEXT];
  guint n = 0;

  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    {
      const IsthInterface *interface = &asset->interfaces[i];
      g_autoptr(GString) ips = g_string_new (NULL);
      g_autoptr(GString) subtitle = g_string_new (isth_address_format (&interface->mac, buffer));

      for (uint32_t j = 0; j < interface->n_ips; j++)
        g_string_append_printf (ips, "%s%s", j > 0 ? "\n" : "", isth_address_format (&interface->ips[j], buffer));
      for (uint32_t j = 0; j < interface->n_vlans; j++)
        g_string_append_printf (subtitle, "%sVLAN %u", subtitle->len > 0 ? " · " : "", interface->vlans[j]);
      if (interface->mac.kind == ISTH_ADDRESS_NONE && interface->n_ips > 0)
        g_string_append_printf (subtitle, "%s%s", subtitle->len > 0 ? " · " : "", _("MAC address not seen"));
      if (n++ < ISTH_INSPECTOR_ROWS)
        isth_inspector_add_row (group, ips->len > 0 ? ips->str : subtitle->str, ips->len > 0 ? subtitle->str : NULL);
    }
  for (const char **address = asset->other_addresses; address && *address; address++)
    if (n++ < ISTH_INSPECTOR_ROWS)
      {
        g_autofree char *path = isth_child_path_describe (*address);
        isth_inspector_add_row (group, path, _("Address inside its protocol"));
      }
  if (n == 0)
    isth_inspector_add_row (group, NULL, _("It has no address of its own."));
  isth_inspector_add_rest (group, n);
}

static bool
lies_in (const IsthAsset   *asset,
         const IsthNetwork *network)
{
  const IsthSiteRange range = { network->network, network->bits };

  for (guint i = 0; i < asset->n_interfaces; i++)
    for (guint j = 0; j < asset->interfaces[i].n_ips; j++)
      if (isth_site_range_contains (&range, &asset->interfaces[i].ips[j]))
        return true;
  return false;
}

/* What it is for, how its width is known, and the routers that lead out of it. */
static char *
describe_network (const IsthSnapshot *snapshot,
                  const IsthNetwork  *network)
{
  g_autofree char *width = isth_network_describe_width (network);
  GString *text = g_string_new (isth_subnet_nature_reason (network->nature));

  g_string_append_printf (text, "\n%s", width);
  for (int i = 0; i < ISTH_NETWORK_IDS && network->gateways[i]; i++)
    {
      const IsthAsset *gateway = isth_snapshot_get_asset (snapshot, network->gateways[i]);
      g_autofree char *line = gateway ? g_strdup_printf (_("Gateway: %s"), gateway->name) : NULL;

      if (line)
        g_string_append_printf (text, "\n%s", line);
    }
  return g_string_free (text, FALSE);
}

static void
add_networks (GtkBox          *box,
              IsthSession     *session,
              const IsthAsset *asset)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  AdwPreferencesGroup *group = NULL;
  guint n = 0;

  for (guint i = 0; snapshot && snapshot->networks && i < snapshot->networks->n_networks && n < ISTH_INSPECTOR_ROWS; i++)
    {
      const IsthNetwork *network = &snapshot->networks->networks[i];
      const IsthSiteRange range = { network->network, network->bits };
      g_autofree char *name = NULL, *text = NULL;

      if (!lies_in (asset, network))
        continue;
      if (!group)
        group = isth_inspector_add_group (box, _("Network"));
      name = isth_site_range_format (&range);
      text = describe_network (snapshot, network);
      isth_inspector_add_row (group, name, text);
      n++;
    }
}

static void
add_services (GtkBox          *box,
              const IsthAsset *asset)
{
  AdwPreferencesGroup *group;

  if (asset->n_services == 0)
    return;

  group = isth_inspector_add_group (box, _("Services"));
  for (uint32_t i = 0; i < MIN (asset->n_services, ISTH_INSPECTOR_ROWS); i++)
    {
      const IsthService *service = &asset->services[i];
      g_autofree char *text = isth_format_service (service->protocol, service->transport, service->port);

      isth_inspector_add_row (group, *service->protocol ? isth_format_protocol (service->protocol) : text,
                              *service->protocol ? text : _("protocol not recognised"));
    }
  isth_inspector_add_rest (group, asset->n_services);
}

static void
add_family (GtkBox            *box,
            IsthSession       *session,
            const IsthRelated *related)
{
  const IsthAsset *asset = related->record;
  AdwPreferencesGroup *group;

  if (asset->parent)
    isth_inspector_add_link (isth_inspector_add_group (box, _("Part of")), session,
                             isth_session_get_asset_name (session, asset->parent), NULL, ISTH_SELECTED_ASSET,
                             asset->parent);
  if (related->parts->len == 0)
    return;

  group = isth_inspector_add_group (box, _("Inside or behind it"));
  for (guint i = 0; i < MIN (related->parts->len, ISTH_INSPECTOR_ROWS); i++)
    {
      const IsthAsset *part = g_ptr_array_index (related->parts, i);

      isth_inspector_add_link (group, session, part->name, _(isth_kind_title (part->kind)), ISTH_SELECTED_ASSET, part->id);
    }
  isth_inspector_add_way (group, session, related->parts->len, "assets", asset->name);
}

static void
add_peer (AdwPreferencesGroup *group,
          IsthSession         *session,
          const IsthAsset     *asset,
          const IsthLink      *link)
{
  guint64 peer = link->from == asset->id ? link->to : link->from;
  g_autofree char *verbs = isth_format_verbs (link->verbs);
  g_autofree char *service = isth_format_service (link->protocol, link->transport, link->port);
  g_autofree char *title = g_strdup_printf ("%s %s", link->proof == 0 ? "–" : link->from == asset->id ? "→" : "←",
                                            isth_session_get_asset_name (session, peer));
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s%s", *link->protocol ? isth_format_protocol (link->protocol) : service,
                                               link->crossing ? _(" · crosses IT/OT") : "", *verbs ? " · " : "", verbs);

  isth_inspector_add_link (group, session, title, subtitle, ISTH_SELECTED_LINK, link->id);
}

static void
add_peers (GtkBox            *box,
           IsthSession       *session,
           const IsthRelated *related)
{
  const IsthAsset *asset = related->record;
  AdwPreferencesGroup *group;

  if (related->links->len == 0)
    return;

  group = isth_inspector_add_group (box, _("Talks with"));
  for (guint i = 0; i < MIN (related->links->len, ISTH_INSPECTOR_ROWS); i++)
    add_peer (group, session, asset, g_ptr_array_index (related->links, i));
  isth_inspector_add_way (group, session, related->links->len, "traffic", asset->name);
}

static void
add_operations (GtkBox            *box,
                IsthSession       *session,
                const IsthRelated *related)
{
  AdwPreferencesGroup *operations = NULL;
  guint n = 0;

  for (guint i = 0; i < related->links->len; i++)
    {
      const IsthLink *link = g_ptr_array_index (related->links, i);

      if (link->n_operations == 0)
        continue;
      if (!operations)
        operations = isth_inspector_add_group (box, _("Operations"));
      isth_inspector_add_operations (operations, session, link, &n);
    }
  if (operations)
    isth_inspector_add_rest (operations, n);
}

static void
add_alerts (GtkBox            *box,
            IsthSession       *session,
            const IsthRelated *related)
{
  const IsthAsset *asset = related->record;
  AdwPreferencesGroup *group;

  if (related->alerts->len == 0)
    return;

  group = isth_inspector_add_group (box, _("Alerts"));
  for (guint i = 0; i < MIN (related->alerts->len, ISTH_INSPECTOR_ROWS); i++)
    {
      const IsthAlert *alert = g_ptr_array_index (related->alerts, i);
      g_autofree char *detail = isth_alert_describe_detail (alert), *time = isth_format_time (alert->last);
      g_autofree char *mark = g_strdup_printf (alert->acknowledged ? _("%s · %s · acknowledged") : "%s · %s",
                                               _(isth_severity_title (isth_session_get_severity (session, alert))), time);
      g_autofree char *subtitle = g_strdup_printf ("%s%s%s", detail, *detail ? "\n" : "", mark);

      isth_inspector_add_link (group, session, alert->title, subtitle, ISTH_SELECTED_ALERT, alert->id);
    }
  isth_inspector_add_way (group, session, related->alerts->len, "timeline", asset->name);
}

static void
add_seen (GtkBox          *box,
          const IsthAsset *asset)
{
  AdwPreferencesGroup *group = isth_inspector_add_group (box, _("Seen"));
  g_autofree char *first = isth_format_time (asset->first);
  g_autofree char *last = isth_format_time (asset->last);
  g_autofree char *sent = isth_format_size (asset->bytes_sent);
  g_autofree char *received = isth_format_size (asset->bytes_received);
  g_autofree char *traffic = g_strdup_printf (_("%s sent, %s received"), sent, received);

  if (*first)
    isth_inspector_add_row (group, first, _("First"));
  if (*last)
    isth_inspector_add_row (group, last, _("Last"));
  isth_inspector_add_row (group, traffic, asset->silent ? _("It was addressed, and never seen to speak") : _("Traffic"));
}

/* Why it is taken for what it is, how sure that is, and what else it may be. */
static char *
describe_kind (const IsthAsset *asset)
{
  g_autoptr(GString) reasons = g_string_new (asset->kind_reason);
  g_autofree char *sure = NULL;

  for (int i = 1; i < ISTH_KIND_RULES && asset->kind_rules[i]; i++)
    g_string_append_printf (reasons, ". %s", _(isth_kind_rule_get_reason (asset->kind_rules[i])));
  sure = asset->kind_confidence ? g_strdup_printf (_("%s (%u %% sure)"), reasons->str, asset->kind_confidence) : g_strdup (reasons->str);
  if (asset->other_kind == ISTH_KIND_UNKNOWN)
    return g_steal_pointer (&sure);
  return g_strdup_printf (_("%s\nOr: %s (%u %% sure). %s"), sure, _(isth_kind_title (asset->other_kind)), asset->other_confidence,
                          _(isth_kind_rule_get_reason (asset->other_rule)));
}

static char *
describe_level (const IsthAsset *asset)
{
  if (asset->level_confidence == 0)
    return g_strdup (asset->level_reason);
  return g_strdup_printf (_("%s (%u %% sure)"), asset->level_reason, asset->level_confidence);
}

static void
add_judged (AdwPreferencesGroup *group,
            const char          *title,
            const char          *reasons)
{
  AdwActionRow *row = isth_inspector_add_row (group, title, reasons);

  gtk_widget_set_tooltip_text (GTK_WIDGET (row), _("90 % sure: of a hundred assets of which as much is known, 90 are what they are said to be. Below 50 it is "
                                                   "unknown. A person's word comes before that (F2)."));
}

static void
add_place (GtkBox            *box,
           IsthSession       *session,
           const IsthRelated *related)
{
  const IsthAsset *asset = related->record;
  g_autofree char *under = *asset->behind ? g_strdup_printf (_("%s · behind %s"), _(isth_kind_title (asset->kind)),
                                                             asset->behind)
                                          : g_strdup (_(isth_kind_title (asset->kind)));
  g_autofree char *kind = describe_kind (asset);
  g_autofree char *level = describe_level (asset);
  GtkWidget *edit = gtk_button_new_with_mnemonic (_("_Edit…"));
  AdwPreferencesGroup *group;

  isth_inspector_add_head (box, asset->name, under);
  group = isth_inspector_add_group (box, _("Place"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (edit), "win.edit-asset");
  gtk_widget_set_tooltip_text (edit, _("Give it a name, a kind, a level or a note (F2)"));
  gtk_widget_add_css_class (edit, "flat");
  isth_names_mend (edit);
  adw_preferences_group_set_header_suffix (group, edit);
  add_judged (group, isth_format_level (asset->level), level);
  add_judged (group, _(isth_kind_title (asset->kind)), kind);
}

gboolean
isth_inspector_fill_asset (GtkBox            *box,
                           IsthSession       *session,
                           const IsthRelated *related,
                           guint              step)
{
  const IsthAsset *asset = related->record;

  switch (step)
    {
    case 0:
      add_place (box, session, related);
      add_alerts (box, session, related);
      return TRUE;
    case 1:
      isth_inspector_add_remotes (box, session, related);
      add_identity (box, session, asset);
      return TRUE;
    case 2:
      add_addresses (box, asset);
      add_networks (box, session, asset);
      add_family (box, session, related);
      add_services (box, asset);
      return TRUE;
    case 3:
      add_peers (box, session, related);
      return TRUE;
    case 4:
      isth_inspector_add_transfers (box, session, related);
      add_operations (box, session, related);
      return TRUE;
    default:
      add_seen (box, asset);
      return FALSE;
    }
}
