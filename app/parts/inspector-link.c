/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inspector's pages of a link and of an alert. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "app/decisions.h"
#include "app/format.h"
#include "app/parts/inspector-parts.h"

static void
add_end (AdwPreferencesGroup *group,
         IsthSession         *session,
         guint64              id,
         const char          *role)
{
  const IsthAsset *asset = isth_session_get_asset (session, id);
  g_autofree char *subtitle = NULL;

  if (!asset)
    return;

  subtitle = g_strdup_printf ("%s · %s", role, isth_format_level (asset->level));
  isth_inspector_add_link (group, session, asset->name, subtitle, ISTH_SELECTED_ASSET, id);
}

static const char *
describe_proof (const IsthLink *link)
{
  switch (link->proof)
    {
    case 3:
      return _("Who asks whom is known from the protocol itself.");
    case 2:
      return _("Who asks whom is known from the TCP handshake.");
    case 1:
      return _("Who asks whom is a guess: one side spoke first.");
    default:
      return _("Nobody can tell from these captures who asks whom.");
    }
}

void
isth_inspector_fill_link (GtkBox            *box,
                          IsthSession       *session,
                          const IsthRelated *related)
{
  const IsthLink *link = related->record;
  g_autofree char *service = isth_format_service (link->protocol, link->transport, link->port);
  g_autofree char *first = isth_format_time (link->first);
  g_autofree char *last = isth_format_time (link->last);
  g_autofree char *there = isth_format_count (link->packets[0]);
  g_autofree char *back = isth_format_count (link->packets[1]);
  g_autofree char *size = isth_format_size (link->bytes[0] + link->bytes[1]);
  g_autofree char *packets = g_strdup_printf (_("%s packets there, %s back, %s"), there, back, size);
  const char *protocol = isth_format_protocol (link->protocol);
  AdwPreferencesGroup *group;
  guint n = 0;

  isth_inspector_add_head (box, *protocol ? protocol : *service ? service : _("Traffic"), *protocol ? service : "");
  group = isth_inspector_add_group (box, _("Between"));
  add_end (group, session, link->from, link->proof > 0 ? _("asks") : _("one side"));
  add_end (group, session, link->to, link->proof > 0 ? _("is asked") : _("other side"));
  isth_inspector_add_row (group, NULL, describe_proof (link));
  if (link->crossing)
    isth_inspector_add_row (group, _("Crosses the IT/OT boundary"), _("Its two ends are on different sides"));

  isth_inspector_add_transfers (box, session, related);
  if (link->n_operations > 0)
    {
      group = isth_inspector_add_group (box, _("Operations"));
      isth_inspector_add_operations (group, session, link, &n);
      isth_inspector_add_rest (group, n);
    }

  group = isth_inspector_add_group (box, _("Seen"));
  if (link->packets[0] + link->packets[1] > 0)
    isth_inspector_add_row (group, packets, _("Traffic"));
  else
    isth_inspector_add_row (group, "–", _("Its packets are counted on the link that carries it, such as the one to the gateway"));
  isth_inspector_add_row (group, first, _("First"));
  isth_inspector_add_row (group, last, _("Last"));
}

static void
on_acknowledge (AdwActionRow *row,
                IsthSession  *session)
{
  const guint64 *id = g_object_get_data (G_OBJECT (row), "alert");
  const IsthAlert *alert = isth_session_get_alert (session, *id);

  if (alert)
    isth_decisions_acknowledge (isth_session_get_decisions (session), *id, !alert->acknowledged);
}

static void
add_acknowledge (AdwPreferencesGroup *group,
                 IsthSession         *session,
                 const IsthAlert     *alert)
{
  AdwActionRow *row = isth_inspector_add_row (group, alert->acknowledged ? _("Take acknowledgement back") : _("Acknowledge"),
                                              alert->acknowledged ? _("Somebody has seen this alert")
                                                                  : _("Say that you have seen this alert"));
  guint64 *id = g_new (guint64, 1);

  *id = alert->id;
  g_object_set_data_full (G_OBJECT (row), "alert", id, g_free);
  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_acknowledge), session, 0);
}

void
isth_inspector_fill_alert (GtkBox          *box,
                           IsthSession     *session,
                           const IsthAlert *alert)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  gboolean plant_first = isth_session_get_wording (session) != ISTH_WORDING_IT;
  g_autofree char *first = isth_format_time_exact (alert->first);
  g_autofree char *last = isth_format_time_exact (alert->last);
  g_autofree char *count = isth_format_count (alert->count);
  g_autofree char *detail = isth_alert_describe_detail (alert);
  g_autofree char *rule = g_strdup_printf (_("the rule “%s”"), alert->title);
  g_autofree char *attack = alert->attack ? g_strjoinv (", ", (char **) alert->attack) : g_strdup ("");
  AdwPreferencesGroup *group;

  isth_inspector_add_head (box, alert->title, detail);
  group = isth_inspector_add_group (box, _("What it means"));
  for (int i = 0; i < 2; i++)
    if (plant_first == (i == 0))
      {
        g_autofree char *sentence = isth_alert_describe (alert, alert->plant_form);
        g_autofree char *text = g_strdup_printf (_("For the plant: %s"), _(isth_severity_title (alert->process_severity)));

        isth_inspector_add_row (group, sentence, text);
      }
    else
      {
        g_autofree char *sentence = isth_alert_describe (alert, alert->security_form);
        g_autofree char *text = g_strdup_printf (_("For security: %s"), _(isth_severity_title (alert->cyber_severity)));

        isth_inspector_add_row (group, sentence, text);
      }
  add_acknowledge (group, session, alert);

  group = isth_inspector_add_group (box, _("About"));
  add_end (group, session, alert->subject, _("subject"));
  add_end (group, session, alert->peer, _("other side"));

  group = isth_inspector_add_group (box, _("Evidence"));
  for (uint32_t i = 0; i < alert->n_evidence; i++)
    {
      const IsthEvidence *evidence = &alert->evidence[i];
      g_autofree char *title = g_strdup_printf (_("Frame %" PRIu64), evidence->frame);
      g_autofree char *time = isth_format_time_exact (evidence->time);

      isth_inspector_add_fact (group, session, title, time,
                               isth_fact_new (isth_session_get_asset_name (session, alert->subject), alert->title,
                                              detail, rule, -1, snapshot, evidence));
    }
  isth_inspector_add_row (group, count, _("Times"));
  isth_inspector_add_row (group, first, _("First"));
  isth_inspector_add_row (group, last, _("Last"));
  isth_inspector_add_row (group, alert->detection, _("Rule"));
  if (*attack)
    isth_inspector_add_row (group, attack, _("MITRE ATT&CK for ICS"));
}
