/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report isthmus-report/1: everything a snapshot says, in the words of the project. */
#include "analysis/export/report.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/base/error.h"
#include "analysis/export/report-parts.h"

static void
write_capture (IsthJson *json,
               const IsthCapture *capture)
{
  isth_json_begin_object (json, NULL);
  isth_report_write_capture_id (json, "id", capture->id);
  isth_json_string (json, "path", capture->path);
  isth_json_string (json, "sha256", capture->sha256);
  isth_json_string (json, "format", capture->format);
  isth_json_strings (json, "link_types", (const char *const *) capture->link_types);
  isth_json_count (json, "packets", capture->frames);
  isth_json_count (json, "bytes", capture->bytes);
  isth_report_write_time (json, "first", capture->first);
  isth_report_write_time (json, "last", capture->last);
  if (capture->dropped_known)
    isth_json_count (json, "dropped", capture->dropped);
  else
    isth_json_null (json, "dropped");
  isth_json_bool (json, "truncated", capture->truncated);
  isth_json_count (json, "cut_frames", capture->cut_frames);
  isth_json_bool (json, "complete", capture->complete);
  isth_json_strings (json, "notes", (const char *const *) capture->notes);
  isth_json_end_object (json);
}

static void
write_interface (IsthJson *json,
                 const IsthInterface *interface)
{
  char text[ISTH_ADDRESS_TEXT];

  isth_json_begin_object (json, NULL);
  isth_json_string (json, "mac", interface->mac.kind ? isth_address_format (&interface->mac, text) : NULL);
  for (int kind = ISTH_ADDRESS_IPV4; kind <= ISTH_ADDRESS_IPV6; kind++)
    {
      isth_json_begin_array (json, kind == ISTH_ADDRESS_IPV4 ? "ipv4" : "ipv6");
      for (uint32_t i = 0; i < interface->n_ips; i++)
        if (interface->ips[i].kind == (uint64_t) kind)
          isth_json_string (json, NULL, isth_address_format (&interface->ips[i], text));
      isth_json_end_array (json);
    }
  isth_json_begin_array (json, "vlans");
  for (uint32_t i = 0; i < interface->n_vlans; i++)
    isth_json_count (json, NULL, interface->vlans[i]);
  isth_json_end_array (json);
  isth_json_end_object (json);
}

static void
write_claim (IsthJson *json,
             const IsthAssetClaim *claim)
{
  isth_json_begin_object (json, NULL);
  isth_json_string (json, "attribute", isth_attribute_name (claim->attribute));
  isth_json_string (json, "value", claim->value);
  isth_json_count (json, "confidence", claim->confidence);
  isth_json_string (json, "source", claim->protocol);
  isth_json_bool (json, "shown", claim->shown);
  isth_json_bool (json, "conflict", claim->conflict);
  if (claim->evidence.frame > 0)
    {
      isth_report_write_capture_id (json, "capture", claim->evidence.capture);
      isth_json_count (json, "frame", claim->evidence.frame);
    }
  else
    {
      isth_json_null (json, "capture");
      isth_json_null (json, "frame");
    }
  isth_json_end_object (json);
}

static void
write_services (IsthJson *json,
                const IsthAsset *asset)
{
  isth_json_begin_array (json, "services");
  for (uint32_t i = 0; i < asset->n_services; i++)
    {
      const IsthService *service = &asset->services[i];
      char buffer[16];

      isth_json_begin_object (json, NULL);
      isth_json_string (json, "transport", isth_report_get_transport (service->transport, buffer));
      isth_json_count (json, "port", service->port);
      isth_json_string (json, "protocol", service->protocol[0] ? service->protocol : NULL);
      isth_json_end_object (json);
    }
  isth_json_end_array (json);
}

/* What spoke for the kind, the strongest first, and what else it may be. */
static void
write_kind_reasons (IsthJson *json,
                    const IsthAsset *asset)
{
  isth_json_count (json, "kind_confidence", asset->kind_confidence);
  isth_json_begin_array (json, "kind_reasons");
  if (asset->kind_reason && asset->kind_rules[0] == 0)
    isth_json_string (json, NULL, asset->kind_reason);
  for (int i = 0; i < ISTH_KIND_RULES && asset->kind_rules[i]; i++)
    isth_json_string (json, NULL, _(isth_kind_rule_get_reason (asset->kind_rules[i])));
  isth_json_end_array (json);
  if (asset->other_kind == ISTH_KIND_UNKNOWN)
    {
      isth_json_null (json, "kind_runner_up");
      return;
    }
  isth_json_begin_object (json, "kind_runner_up");
  isth_json_string (json, "kind", isth_kind_name (asset->other_kind));
  isth_json_count (json, "confidence", asset->other_confidence);
  isth_json_string (json, "reason", _(isth_kind_rule_get_reason (asset->other_rule)));
  isth_json_end_object (json);
}

static void
write_asset (IsthJson *json,
             const IsthAsset *asset)
{
  isth_json_begin_object (json, NULL);
  isth_report_write_id (json, "id", 'a', asset->id);
  isth_json_string (json, "name", asset->name);
  isth_json_string (json, "kind", isth_kind_name (asset->kind));
  isth_json_string (json, "kind_reason", asset->kind_reason);
  write_kind_reasons (json, asset);
  isth_json_string (json, "side", isth_side_name (asset->side));
  isth_json_string (json, "level", isth_level_name (asset->level));
  isth_json_string (json, "level_reason", asset->level_reason);
  isth_json_count (json, "level_confidence", asset->level_confidence);
  isth_report_write_id (json, "parent", 'a', asset->parent);
  isth_json_string (json, "behind", asset->behind && asset->behind[0] ? asset->behind : NULL);
  isth_json_bool (json, "silent", asset->silent);
  isth_json_begin_array (json, "interfaces");
  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    write_interface (json, &asset->interfaces[i]);
  isth_json_end_array (json);
  isth_json_strings (json, "other_addresses", asset->other_addresses);
  isth_json_strings (json, "roles", asset->roles);
  isth_json_strings (json, "protocols", asset->protocols);
  write_services (json, asset);
  isth_json_begin_array (json, "claims");
  for (uint32_t i = 0; i < asset->n_claims; i++)
    write_claim (json, &asset->claims[i]);
  isth_json_end_array (json);
  isth_report_write_time (json, "first", asset->first);
  isth_report_write_time (json, "last", asset->last);
  isth_json_count (json, "packets_sent", asset->packets_sent);
  isth_json_count (json, "packets_received", asset->packets_received);
  isth_json_count (json, "bytes_sent", asset->bytes_sent);
  isth_json_count (json, "bytes_received", asset->bytes_received);
  isth_json_end_object (json);
}

/* How often the object of the function that comes again most often does. */
static void
write_cycle (IsthJson *json,
             const IsthCycle *cycle)
{
  if (cycle->n >= ISTH_CYCLE_TOLD)
    {
      isth_json_count (json, "cycle_us", (uint64_t) (isth_cycle_mean (cycle) * 1000));
      isth_json_count (json, "jitter_us", (uint64_t) (isth_cycle_jitter (cycle) * 1000));
      return;
    }
  isth_json_null (json, "cycle_us");
  isth_json_null (json, "jitter_us");
}

/* Operations of one function stand together: they are sorted by verb, function, object. */
static void
write_operations (IsthJson *json,
                  const IsthLink *link)
{
  isth_json_begin_array (json, "operations");
  for (uint32_t i = 0; i < link->n_operations;)
    {
      const IsthLinkOperation *first = &link->operations[i];
      const IsthCycle *cycle = &first->cycle;
      uint64_t count = 0, ok = 0, refused = 0;

      for (; i < link->n_operations && link->operations[i].verb == first->verb && link->operations[i].function == first->function
             && g_str_equal (link->operations[i].name, first->name);
           i++)
        {
          count += link->operations[i].count;
          ok += link->operations[i].ok;
          refused += link->operations[i].refused;
          if (link->operations[i].cycle.n > cycle->n)
            cycle = &link->operations[i].cycle;
        }
      isth_json_begin_object (json, NULL);
      isth_json_string (json, "verb", isth_op_name (first->verb));
      if (first->function >= 0)
        isth_json_number (json, "function", first->function);
      else
        isth_json_null (json, "function");
      isth_json_string (json, "name", first->name);
      isth_json_count (json, "count", count);
      isth_json_count (json, "ok", ok);
      isth_json_count (json, "refused", refused);
      write_cycle (json, cycle);
      isth_json_end_object (json);
    }
  isth_json_end_array (json);
}

static void
write_link (IsthJson *json,
            const IsthLink *link)
{
  char buffer[16];

  isth_json_begin_object (json, NULL);
  isth_report_write_id (json, "from", 'a', link->from);
  isth_report_write_id (json, "to", 'a', link->to);
  isth_json_string (json, "protocol", link->protocol[0] ? link->protocol : NULL);
  isth_json_string (json, "transport", isth_report_get_transport (link->transport, buffer));
  isth_json_count (json, "port", link->port);
  isth_json_string (json, "direction", isth_report_get_proof (link->proof));
  isth_json_bool (json, "crossing", link->crossing);
  isth_json_count (json, "packets", link->packets[0] + link->packets[1]);
  isth_json_count (json, "bytes", link->bytes[0] + link->bytes[1]);
  isth_report_write_time (json, "first", link->first);
  isth_report_write_time (json, "last", link->last);
  write_operations (json, link);
  isth_json_end_object (json);
}

static void
write_transfer (IsthJson *json,
                const IsthTransferEvent *transfer)
{
  isth_json_begin_object (json, NULL);
  isth_report_write_id (json, "from", 'a', transfer->from);
  isth_report_write_id (json, "to", 'a', transfer->to);
  isth_json_string (json, "protocol", transfer->protocol);
  isth_json_string (json, "verb", isth_op_name (transfer->verb));
  isth_json_string (json, "object", transfer->object);
  isth_json_string (json, "state", isth_transfer_state_name (transfer->state));
  isth_json_string (json, "reason", transfer->text[0] ? transfer->text : NULL);
  isth_json_bool (json, "begun", transfer->begun);
  isth_json_count (json, "steps", transfer->steps);
  isth_json_count (json, "bytes", transfer->bytes);
  if (transfer->total > 0)
    isth_json_count (json, "announced", transfer->total);
  else
    isth_json_null (json, "announced");
  isth_report_write_time (json, "first", transfer->first);
  isth_report_write_time (json, "last", transfer->last);
  isth_report_write_frame (json, &transfer->evidence);
  isth_json_end_object (json);
}

static void
write_alert (IsthJson *json,
             const IsthAlert *alert)
{
  g_autofree char *plant = isth_alert_describe (alert, alert->plant_form), *security = isth_alert_describe (alert, alert->security_form);

  isth_json_begin_object (json, NULL);
  isth_report_write_id (json, "id", 'l', alert->id);
  isth_json_string (json, "detection", alert->detection);
  isth_json_string (json, "title", alert->title);
  isth_json_string (json, "plant", plant);
  isth_json_string (json, "security", security);
  isth_json_string (json, "detail", alert->detail);
  isth_report_write_time (json, "time", alert->first);
  isth_report_write_time (json, "last", alert->last);
  isth_json_string (json, "process_severity", isth_severity_name (alert->process_severity));
  isth_json_string (json, "cyber_severity", isth_severity_name (alert->cyber_severity));
  isth_report_write_id (json, "subject", 'a', alert->subject);
  isth_report_write_id (json, "peer", 'a', alert->peer);
  isth_json_strings (json, "attack", alert->attack);
  isth_json_count (json, "count", alert->count);
  isth_json_begin_array (json, "evidence");
  for (uint32_t i = 0; i < alert->n_evidence; i++)
    if (alert->evidence[i].frame > 0)
      {
        isth_json_begin_object (json, NULL);
        isth_report_write_frame (json, &alert->evidence[i]);
        isth_json_end_object (json);
      }
  isth_json_end_array (json);
  isth_json_end_object (json);
}

static void
write_counts (IsthJson *json,
              const char *key,
              const char *word,
              const IsthHealthCount *counts,
              uint32_t n)
{
  isth_json_begin_array (json, key);
  for (uint32_t i = 0; i < n; i++)
    {
      isth_json_begin_object (json, NULL);
      isth_json_string (json, word, counts[i].what);
      isth_json_count (json, "count", counts[i].count);
      isth_json_end_object (json);
    }
  isth_json_end_array (json);
}

static void
write_health (IsthJson *json,
              const IsthHealth *health)
{
  isth_json_begin_object (json, "health");
  isth_json_count (json, "frames", health->frames);
  isth_json_count (json, "frames_between_assets", health->tally.between);
  isth_json_count (json, "frames_to_groups", health->tally.to_groups);
  isth_json_count (json, "frames_within_assets", health->tally.within);
  isth_json_count (json, "frames_of_nobody", health->tally.of_nobody);
  isth_json_count (json, "frames_half_addressed", health->tally.unnamed);
  isth_json_count (json, "frames_not_kept", health->tally.not_kept);
  isth_json_count (json, "frames_also_in_tunnels", health->tally.carried);
  isth_json_count (json, "missing_bytes", health->missing_bytes);
  isth_json_count (json, "lossy_connections", health->lossy_connections);
  isth_json_count (json, "captured_twice", health->copies);
  isth_json_count (json, "macs_of_nobody", health->blind_macs);
  write_counts (json, "not_decoded", "what", health->not_decoded, health->n_not_decoded);
  write_counts (json, "malformed", "protocol", health->malformed, health->n_malformed);
  write_counts (json, "limits_reached", "what", health->limits, health->n_limits);
  isth_json_end_object (json);
}

bool
isth_report_write_json (const IsthSnapshot *snapshot,
                        FILE *file,
                        GError **error)
{
  IsthJson json = { .file = file };

  isth_json_begin_object (&json, NULL);
  isth_json_string (&json, "schema", "isthmus-report/1");
  isth_json_begin_array (&json, "captures");
  for (uint32_t i = 0; i < snapshot->n_captures; i++)
    write_capture (&json, snapshot->captures[i]);
  isth_json_end_array (&json);
  isth_json_begin_array (&json, "assets");
  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    write_asset (&json, snapshot->assets[i]);
  isth_json_end_array (&json);
  isth_json_begin_array (&json, "links");
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    write_link (&json, snapshot->links[i]);
  isth_json_end_array (&json);
  isth_json_begin_array (&json, "transfers");
  for (uint32_t i = 0; i < snapshot->transfers->n_events; i++)
    write_transfer (&json, &snapshot->transfers->events[i]);
  isth_json_end_array (&json);
  isth_report_write_sessions (&json, "sessions", snapshot);
  isth_report_write_crossings (&json, "crossings", snapshot);
  isth_json_begin_array (&json, "alerts");
  for (uint32_t i = 0; i < snapshot->n_alerts; i++)
    write_alert (&json, snapshot->alerts[i]);
  isth_json_end_array (&json);
  isth_report_write_reviews (&json, snapshot);
  isth_report_write_networks (&json, snapshot->networks);
  write_health (&json, snapshot->health);
  isth_json_end_object (&json);
  fputc ('\n', file);

  if (fflush (file) != 0 || ferror (file))
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE, _("The report could not be written: %s"), g_strerror (errno));
      return false;
    }
  return true;
}
