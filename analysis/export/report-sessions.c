/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remote sessions and crossings in the report. */
#include <errno.h>
#include <glib/gi18n-lib.h>

#include "analysis/base/error.h"
#include "analysis/export/report-parts.h"

/* Pauses are measured in buckets of activity: whole seconds are more than that is worth. */
static void
write_seconds (IsthJson *json,
               const char *key,
               uint64_t time)
{
  isth_json_count (json, key, time / 1000000000);
}

static void
write_word (IsthJson *json,
            const IsthSessionWord *word)
{
  isth_json_begin_object (json, NULL);
  isth_json_string (json, "what", isth_remark_name (word->kind));
  isth_json_string (json, "about", word->of_client ? "from" : "to");
  isth_json_string (json, "protocol", word->protocol);
  isth_json_string (json, "text", word->text);
  isth_json_string (json, "outcome", word->outcome ? isth_outcome_name (word->outcome) : NULL);
  isth_json_string (json, "answer", word->answer[0] ? word->answer : NULL);
  isth_report_write_frame (json, &word->evidence);
  isth_json_end_object (json);
}

static void
write_deed (IsthJson *json,
            const IsthSessionDeed *deed)
{
  isth_json_begin_object (json, NULL);
  isth_json_string (json, "grade", deed->carried ? "carried" : "coincident");
  isth_json_string (json, "verb", isth_op_name (deed->verb));
  isth_json_string (json, "protocol", deed->protocol);
  isth_report_write_id (json, "target", 'a', deed->target);
  isth_json_string (json, "name", deed->name);
  isth_json_string (json, "object", deed->object);
  isth_json_count (json, "count", deed->count);
  isth_json_bool (json, "exact", deed->exact);
  isth_json_bool (json, "habit", deed->habit);
  isth_report_write_time (json, "first", deed->first);
  isth_report_write_time (json, "last", deed->last);
  isth_report_write_frame (json, &deed->evidence);
  isth_json_end_object (json);
}

static void
write_course (IsthJson *json,
              const IsthRemoteSession *session)
{
  isth_report_write_time (json, "first", session->first);
  isth_report_write_time (json, "last", session->last);
  isth_json_bool (json, "begun", session->begun);
  isth_json_string (json, "end", isth_session_end_name (session->end));
  isth_json_string (json, "shape", isth_session_shape_name (session->shape));
  write_seconds (json, "idle_seconds", session->idle);
  write_seconds (json, "longest_pause_seconds", session->pause);
  isth_json_count (json, "packets_from", session->packets[0]);
  isth_json_count (json, "packets_to", session->packets[1]);
  isth_json_count (json, "bytes_from", session->bytes[0]);
  isth_json_count (json, "bytes_to", session->bytes[1]);
}

static void
write_part (IsthJson *json,
            const IsthSessionPart *part)
{
  isth_json_begin_object (json, NULL);
  isth_report_write_time (json, "first", part->first);
  isth_report_write_time (json, "last", part->last);
  isth_json_count (json, "packets_from", part->packets[0]);
  isth_json_count (json, "packets_to", part->packets[1]);
  isth_json_count (json, "bytes_from", part->bytes[0]);
  isth_json_count (json, "bytes_to", part->bytes[1]);
  isth_report_write_frame (json, &part->evidence);
  isth_json_end_object (json);
}

static void
write_session (IsthJson *json,
               const IsthRemoteSession *session)
{
  char buffer[16];

  isth_json_begin_object (json, NULL);
  isth_report_write_id (json, "id", 's', session->id);
  isth_report_write_id (json, "from", 'a', session->from);
  isth_report_write_id (json, "to", 'a', session->to);
  isth_report_write_id (json, "host", 'a', session->host);
  isth_json_string (json, "protocol", session->protocol);
  isth_json_string (json, "inner", session->inner);
  isth_json_string (json, "kind", isth_remote_name (session->kind));
  isth_json_string (json, "relay", session->relay[0] ? session->relay : NULL);
  isth_json_string (json, "user", session->user[0] ? session->user : NULL);
  isth_json_bool (json, "refused", session->refused);
  isth_json_string (json, "transport", isth_report_get_transport (session->transport, buffer));
  isth_json_count (json, "from_port", session->port[0]);
  isth_json_count (json, "port", session->port[1]);
  isth_json_string (json, "direction", isth_report_get_proof (session->proof));
  write_course (json, session);
  isth_report_write_frame (json, &session->evidence);
  isth_json_begin_array (json, "parts");
  for (uint32_t i = 0; i < session->n_parts; i++)
    write_part (json, &session->parts[i]);
  isth_json_end_array (json);
  isth_json_begin_object (json, "came_by");
  isth_report_write_id (json, "session", 's', session->came_by);
  isth_json_string (json, "certainty", session->came_by ? "likely" : NULL);
  isth_json_count (json, "score", session->score);
  isth_json_strings (json, "reasons", session->reasons);
  isth_json_end_object (json);
  isth_json_begin_object (json, "reverse_tunnel");
  isth_json_string (json, "certainty", session->tunnel ? "likely" : NULL);
  isth_json_count (json, "score", session->tunnel);
  isth_json_strings (json, "reasons", session->tunnel_reasons);
  isth_json_end_object (json);
  isth_json_begin_array (json, "words");
  for (uint32_t i = 0; i < session->n_words; i++)
    write_word (json, &session->words[i]);
  isth_json_end_array (json);
  isth_json_begin_array (json, "deeds");
  for (uint32_t i = 0; i < session->n_deeds; i++)
    write_deed (json, &session->deeds[i]);
  isth_json_end_array (json);
  isth_json_count (json, "more_deeds", session->more_deeds);
  isth_json_end_object (json);
}

void
isth_report_write_sessions (IsthJson *json,
                            const char *key,
                            const IsthSnapshot *snapshot)
{
  isth_json_begin_array (json, key);
  for (uint32_t i = 0; i < snapshot->n_sessions; i++)
    write_session (json, snapshot->sessions[i]);
  isth_json_end_array (json);
}

static void
write_crossing (IsthJson *json,
                const IsthCrossing *crossing)
{
  char buffer[16];

  isth_json_begin_object (json, NULL);
  isth_report_write_id (json, "from", 'a', crossing->from);
  isth_report_write_id (json, "to", 'a', crossing->to);
  isth_json_string (json, "from_side", isth_side_name (crossing->from_side));
  isth_json_string (json, "to_side", isth_side_name (crossing->to_side));
  isth_json_bool (json, "direct", crossing->direct);
  isth_json_string (json, "protocol", crossing->protocol[0] ? crossing->protocol : NULL);
  isth_json_string (json, "transport", isth_report_get_transport (crossing->transport, buffer));
  isth_json_count (json, "port", crossing->port);
  isth_json_string (json, "direction", isth_report_get_proof (crossing->proof));
  isth_json_count (json, "packets", crossing->packets);
  isth_json_count (json, "bytes", crossing->bytes);
  isth_report_write_time (json, "first", crossing->first);
  isth_report_write_time (json, "last", crossing->last);
  isth_json_begin_object (json, "verbs");
  for (IsthOp verb = 0; verb < ISTH_N_OPS; verb++)
    if (crossing->counts[verb] > 0)
      isth_json_count (json, isth_op_name (verb), crossing->counts[verb]);
  isth_json_end_object (json);
  isth_json_count (json, "refused", crossing->refused);
  isth_json_end_object (json);
}

void
isth_report_write_crossings (IsthJson *json,
                             const char *key,
                             const IsthSnapshot *snapshot)
{
  isth_json_begin_array (json, key);
  for (uint32_t i = 0; i < snapshot->crossings->n_crossings; i++)
    write_crossing (json, &snapshot->crossings->crossings[i]);
  isth_json_end_array (json);
}

bool
isth_report_write_part (const IsthSnapshot *snapshot,
                        IsthReportPart part,
                        FILE *file,
                        GError **error)
{
  IsthJson json = { .file = file };

  if (part == ISTH_REPORT_SESSIONS)
    isth_report_write_sessions (&json, NULL, snapshot);
  else
    isth_report_write_crossings (&json, NULL, snapshot);
  fputc ('\n', file);
  if (fflush (file) == 0 && !ferror (file))
    return true;
  g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE, _("The report could not be written: %s"), g_strerror (errno));
  return false;
}
