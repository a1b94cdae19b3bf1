/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened: alerts with both sentences, what crosses the boundary, who worked from afar, what was transferred. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "analysis/dissectors/dissector.h"
#include "analysis/export/page-parts.h"

static IsthSeverity
worst (const IsthAlert *alert)
{
  return MAX (alert->process_severity, alert->cyber_severity);
}

/* What nobody has seen yet first, then by severity, time and id. */
static gint
compare_alerts (gconstpointer a,
                gconstpointer b,
                gpointer user_data)
{
  const IsthAlert *left = *(IsthAlert *const *) a, *right = *(IsthAlert *const *) b;

  if (left->acknowledged != right->acknowledged)
    return left->acknowledged ? 1 : -1;
  if (worst (left) != worst (right))
    return worst (left) > worst (right) ? -1 : 1;
  if (left->first != right->first)
    return left->first < right->first ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

static void
write_severity (FILE *file,
                const char *whose,
                IsthSeverity severity)
{
  fputs ("<div>", file);
  isth_html_text (file, whose);
  fputs (" ", file);
  isth_html_element (file, "span", isth_severity_name (severity), _(isth_severity_title (severity)));
  fputs ("</div>", file);
}

/* "plant.pcapng, frame 1234": where anybody can look it up. */
static void
write_frames (FILE *file,
              const IsthSnapshot *snapshot,
              const IsthAlert *alert)
{
  fputs ("<td class=\"why\">", file);
  for (uint32_t i = 0, n = 0; i < alert->n_evidence && n < 3; i++)
    {
      const IsthEvidence *evidence = &alert->evidence[i];
      g_autofree char *name = NULL;

      if (evidence->frame == 0 || evidence->capture >= snapshot->n_captures)
        continue;
      name = g_path_get_basename (snapshot->captures[evidence->capture]->path);
      isth_html_printf (file, "div", NULL, _("%s, frame %" PRIu64), name, evidence->frame);
      n++;
    }
  fputs ("</td>", file);
}

static void
write_alert (FILE *file,
             const IsthSnapshot *snapshot,
             const IsthAlert *alert)
{
  g_autofree char *plant = isth_alert_describe (alert, alert->plant_form), *security = isth_alert_describe (alert, alert->security_form);
  char time[PAGE_TIME];

  fputs ("<tr><td class=\"t\">", file);
  write_severity (file, _("Plant:"), alert->process_severity);
  write_severity (file, _("Security:"), alert->cyber_severity);
  fputs ("</td><td>", file);
  isth_html_element (file, "b", NULL, alert->title);
  isth_html_element (file, "div", NULL, plant);
  isth_html_element (file, "div", NULL, security);
  if (alert->acknowledged)
    isth_html_element (file, "div", "why", _("acknowledged"));
  fputs ("</td><td class=\"t\">", file);
  isth_html_text (file, isth_page_time (alert->first, time));
  if (alert->count > 1)
    isth_html_printf (file, "div", "why", _("%" PRIu64 " times"), alert->count);
  fputs ("</td>", file);
  write_frames (file, snapshot, alert);
  fputs ("</tr>\n", file);
}

void
isth_page_write_alerts (FILE *file,
                        const IsthSnapshot *snapshot)
{
  const char *heads[] = { _("Severity"), _("What happened, for the plant and for security"), _("First seen"), _("Evidence"), NULL };
  g_autofree IsthAlert **alerts = g_memdup2 (snapshot->alerts, snapshot->n_alerts * sizeof *snapshot->alerts);

  isth_page_begin_section (file, "alerts", _("Alerts"), snapshot->n_alerts);
  if (!alerts)
    isth_html_element (file, "p", NULL, _("No detection found anything in these captures. That is no proof that nothing happened."));
  else
    {
      g_qsort_with_data (alerts, (gint) snapshot->n_alerts, sizeof *alerts, compare_alerts, NULL);
      isth_html_begin_table (file, "alerts", heads);
      for (uint32_t i = 0; i < MIN (snapshot->n_alerts, PAGE_ROWS); i++)
        write_alert (file, snapshot, alerts[i]);
      isth_html_end_table (file);
    }
  isth_page_write_rest (file, snapshot->n_alerts, PAGE_ROWS);
  isth_page_end_section (file);
}

/* An end of something, and on which side of the boundary it stands. */
static void
write_end (FILE *file,
           const IsthSnapshot *snapshot,
           uint64_t asset,
           const char *below)
{
  fputs ("<td>", file);
  isth_html_text (file, isth_page_name (snapshot, asset));
  isth_html_element (file, "div", "why", below);
  fputs ("</td>", file);
}

static char *
describe_counts (const uint64_t counts[ISTH_N_OPS])
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (int pass = 0; pass < 2; pass++)
    for (IsthOp op = 0; op < ISTH_N_OPS; op++)
      if (counts[op] && op != ISTH_OP_OTHER && isth_op_is_notable (op) == (pass == 0))
        g_string_append_printf (text, "%s%s ×%" PRIu64, text->len ? ", " : "", _(isth_op_name (op)), counts[op]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
isth_page_write_crossings (FILE *file,
                           const IsthSnapshot *snapshot)
{
  const char *heads[] = { _("From"), _("To"), _("Service"), _("What was done"), _("Packets"), _("Last seen"), _("Boundary"), NULL };
  const IsthCrossingList *list = snapshot->crossings;
  uint32_t n = list ? list->n_crossings : 0;
  char time[PAGE_TIME];

  isth_page_begin_section (file, "crossings", _("Crossings of the IT/OT boundary"), n);
  if (isth_page_begin_rows (file, n, "crossings", heads, _("Nothing was seen that crosses it. That is no proof that nothing can.")))
    {
      for (uint32_t i = 0; i < MIN (n, PAGE_ROWS); i++)
        {
          const IsthCrossing *crossing = &list->crossings[i];
          g_autofree char *service = isth_service_describe (crossing->protocol, crossing->transport, crossing->port);
          g_autofree char *done = describe_counts (crossing->counts);

          fputs ("<tr>", file);
          write_end (file, snapshot, crossing->from, isth_page_side (crossing->from_side));
          write_end (file, snapshot, crossing->to, isth_page_side (crossing->to_side));
          isth_html_element (file, "td", NULL, service);
          isth_html_element (file, "td", NULL, done);
          isth_html_printf (file, "td", "n", crossing->packets > 0 ? "%" PRIu64 : "–", crossing->packets); /* of a unit: counted with its gateway */
          isth_html_element (file, "td", "t", isth_page_time (crossing->last, time));
          isth_html_element (file, "td", crossing->direct ? "medium" : NULL, crossing->direct ? _("passed by") : _("one end is on it"));
          fputs ("</tr>\n", file);
        }
      isth_html_end_table (file);
    }
  isth_page_write_rest (file, n, PAGE_ROWS);
  isth_page_end_section (file);
}

static void
write_way (FILE *file,
           const IsthSnapshot *snapshot,
           const IsthRemoteSession *session)
{
  fputs ("<td>", file);
  if (*session->relay)
    isth_html_printf (file, "div", NULL, _("Through the relay %s"), session->relay);
  if (session->came_by)
    {
      isth_html_printf (file, "div", NULL, _("Likely from %s (%u of 100)"), isth_page_name (snapshot, session->came_from), session->score);
      for (const char **reason = session->reasons; reason && *reason; reason++)
        isth_html_element (file, "div", "why", *reason);
    }
  if (session->tunnel)
    {
      isth_html_printf (file, "div", NULL, _("Likely a reverse tunnel (%u of 100)"), session->tunnel);
      for (const char **reason = session->tunnel_reasons; reason && *reason; reason++)
        isth_html_element (file, "div", "why", *reason);
    }
  fputs ("</td>", file);
}

/* In the session itself, or only at the same time: the words keep the two apart. */
static void
write_deeds (FILE *file,
             const IsthSnapshot *snapshot,
             const IsthRemoteSession *session)
{
  fputs ("<td>", file);
  if (*session->user)
    isth_html_printf (file, "div", NULL, session->refused ? _("%s was refused") : _("%s logged in"), session->user);
  for (uint32_t i = 0; i < MIN (session->n_deeds, 5); i++)
    {
      const IsthSessionDeed *deed = &session->deeds[i];

      isth_html_printf (file, "div", NULL, deed->carried ? _("%s ×%" PRIu64 ": %s") : _("at the same time: %s ×%" PRIu64 ": %s"), _(isth_op_name (deed->verb)),
                        deed->count, isth_page_name (snapshot, deed->target));
    }
  isth_page_write_rest (file, (uint64_t) session->n_deeds + session->more_deeds, 5);
  fputs ("</td>", file);
}

void
isth_page_write_sessions (FILE *file,
                          const IsthSnapshot *snapshot)
{
  const char *heads[] = { _("From"), _("To"), _("By"), _("When"), _("How it came"), _("What was done"), NULL };
  char time[PAGE_TIME];

  isth_page_begin_section (file, "sessions", _("Remote sessions"), snapshot->n_sessions);
  if (isth_page_begin_rows (file, snapshot->n_sessions, "sessions", heads, _("No remote access was seen.")))
    {
      for (uint32_t i = 0; i < MIN (snapshot->n_sessions, PAGE_ROWS); i++)
        {
          const IsthRemoteSession *session = snapshot->sessions[i];
          g_autofree char *service = isth_service_describe (session->protocol, session->transport, session->port[1]);
          g_autofree char *span = isth_page_span (session->last - session->first);

          fputs ("<tr>", file);
          write_end (file, snapshot, session->from, "");
          write_end (file, snapshot, session->to, "");
          fputs ("<td>", file);
          isth_html_text (file, _(isth_remote_title (session->kind)));
          isth_html_element (file, "div", "why", service);
          fputs ("</td><td class=\"t\">", file);
          isth_html_text (file, isth_page_time (session->first, time));
          isth_html_printf (file, "div", "why", session->end == ISTH_SESSION_OPEN ? _("%s, still open") : "%s", span);
          fputs ("</td>", file);
          write_way (file, snapshot, session);
          write_deeds (file, snapshot, session);
          fputs ("</tr>\n", file);
        }
      isth_html_end_table (file);
    }
  isth_page_write_rest (file, snapshot->n_sessions, PAGE_ROWS);
  isth_page_end_section (file);
}

void
isth_page_write_transfers (FILE *file,
                           const IsthSnapshot *snapshot)
{
  static const char *const states[ISTH_N_TRANSFER_STATES] = {
    [ISTH_TRANSFER_OPEN] = N_("no end was seen"), [ISTH_TRANSFER_FINISHED] = N_("finished"), [ISTH_TRANSFER_BROKEN_OFF] = N_("broken off"),
  };
  const char *heads[] = { _("When"), _("Asked by"), _("Device"), _("What"), _("Bytes"), _("End"), NULL };
  const IsthTransferList *list = snapshot->transfers;
  uint32_t n = list ? list->n_events : 0;
  char time[PAGE_TIME];

  isth_page_begin_section (file, "transfers", _("Transfers of programs, firmware and files"), n);
  if (isth_page_begin_rows (file, n, "transfers", heads, _("None was seen.")))
    {
      for (uint32_t i = 0; i < MIN (n, PAGE_ROWS); i++)
        {
          const IsthTransferEvent *event = &list->events[i];

          fputs ("<tr>", file);
          isth_html_element (file, "td", "t", isth_page_time (event->first, time));
          isth_html_element (file, "td", NULL, isth_page_name (snapshot, event->from));
          isth_html_element (file, "td", NULL, isth_page_name (snapshot, event->to));
          isth_html_printf (file, "td", NULL, "%s %s", _(isth_op_name (event->verb)), event->object);
          isth_html_printf (file, "td", "n", "%" PRIu64, event->bytes);
          isth_html_printf (file, "td", NULL, *event->text ? "%s: %s" : "%s", _(states[event->state]), event->text);
          fputs ("</tr>\n", file);
        }
      isth_html_end_table (file);
    }
  isth_page_write_rest (file, n, PAGE_ROWS);
  isth_page_end_section (file);
}
