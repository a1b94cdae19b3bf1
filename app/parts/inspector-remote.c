/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inspector's page of a remote session, and the group of an asset's. */
#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/parts/inspector-parts.h"
#include "app/parts/remote-text.h"

static char *
make_about (IsthSession             *session,
            const IsthRemoteSession *remote)
{
  return g_strdup_printf ("%s %s %s", isth_session_get_asset_name (session, remote->from), remote->proof ? "→" : "–",
                          isth_session_get_asset_name (session, remote->to));
}

static void
add_tunnel (AdwPreferencesGroup     *group,
            const IsthRemoteSession *remote)
{
  g_autoptr(GString) reasons = g_string_new (NULL);

  if (!remote->tunnel)
    return;
  g_string_append_printf (reasons, _("%u of 100, because:"), remote->tunnel);
  for (const char **reason = remote->tunnel_reasons; *reason; reason++)
    g_string_append_printf (reasons, "\n• %s", *reason);
  isth_inspector_add_row (group, _("Likely a reverse tunnel"), reasons->str);
}

static void
add_ends (GtkBox                  *box,
          IsthSession             *session,
          const IsthRemoteSession *remote)
{
  const IsthRemoteSession *in = remote->came_by ? isth_session_get_remote (session, remote->came_by) : NULL;
  AdwPreferencesGroup *group = isth_inspector_add_group (box, _("From where to where"));

  isth_inspector_add_link (group, session, isth_session_get_asset_name (session, remote->from),
                           remote->proof ? _("Opened the connection") : _("One end; who opened it was not seen"), ISTH_SELECTED_ASSET, remote->from);
  isth_inspector_add_link (group, session, isth_session_get_asset_name (session, remote->to), remote->proof ? _("Was asked") : _("The other end"),
                           ISTH_SELECTED_ASSET, remote->to);
  if (*remote->relay)
    isth_inspector_add_row (group, remote->relay, _("An outside relay carries it: who is behind it is not seen"));
  if (remote->link)
    isth_inspector_add_link (group, session, _("All their traffic in this protocol"), NULL, ISTH_SELECTED_LINK, remote->link);
  if (in)
    {
      g_autofree char *about = make_about (session, in);
      g_autofree char *title = g_strdup_printf (_("Likely reached by: %s"), about);
      g_autoptr(GString) reasons = g_string_new (NULL);

      g_string_append_printf (reasons, _("%u of 100, because:"), remote->score);
      for (const char **reason = remote->reasons; *reason; reason++)
        g_string_append_printf (reasons, "\n• %s", *reason);
      isth_inspector_add_link (group, session, title, reasons->str, ISTH_SELECTED_REMOTE, in->id);
    }
  add_tunnel (group, remote);
}

static void
add_onward (GtkBox            *box,
            IsthSession       *session,
            const IsthRelated *related)
{
  AdwPreferencesGroup *group;

  if (related->sessions->len == 0)
    return;

  group = isth_inspector_add_group (box, _("Likely went on"));
  for (guint i = 0; i < MIN (related->sessions->len, ISTH_INSPECTOR_ROWS); i++)
    {
      const IsthRemoteSession *out = g_ptr_array_index (related->sessions, i);
      g_autofree char *about = make_about (session, out);
      g_autofree char *score = g_strdup_printf (_("%s · %u of 100"), isth_format_protocol (out->protocol), out->score);

      isth_inspector_add_link (group, session, about, score, ISTH_SELECTED_REMOTE, out->id);
    }
  isth_inspector_add_rest (group, related->sessions->len);
}

static const char *
describe_end (const IsthRemoteSession *remote)
{
  switch (remote->end)
    {
    case ISTH_SESSION_CLOSED:
      return _("Ended: closed");
    case ISTH_SESSION_SILENT:
      return _("Last packet: then it fell silent");
    default:
      return _("Last packet: still open when the capture ended");
    }
}

static void
add_course (GtkBox                  *box,
            IsthSession             *session,
            const IsthRemoteSession *remote)
{
  AdwPreferencesGroup *group = isth_inspector_add_group (box, _("Course"));
  g_autofree char *about = make_about (session, remote), *first = isth_format_time (remote->first), *last = isth_format_time (remote->last);
  g_autofree char *span = isth_remote_text_span (remote), *idle = isth_format_span ((gint64) remote->idle), *pause = isth_format_span ((gint64) remote->pause);
  g_autofree char *there = isth_format_size (remote->bytes[0]), *back = isth_format_size (remote->bytes[1]);
  g_autofree char *pauses = g_strdup_printf (_("%s without a packet, at most %s at a stretch"), idle, pause);
  g_autofree char *bytes = g_strdup_printf (_("%s there, %s back"), there, back);

  isth_inspector_add_fact (group, session, first, remote->begun ? _("Began") : _("First packet: its beginning was not seen"),
                           isth_fact_new (about, _("First frame of the session"), first, isth_format_protocol (remote->protocol), -1,
                                          isth_session_get_snapshot (session), &remote->evidence));
  isth_inspector_add_row (group, last, describe_end (remote));
  isth_inspector_add_row (group, span, _("Duration"));
  isth_inspector_add_row (group, pauses, _("Pauses, measured in steps of a second or longer"));
  isth_inspector_add_row (group, bytes, _("Traffic"));
  if (remote->shape != ISTH_SHAPE_UNKNOWN)
    isth_inspector_add_row (group, remote->shape == ISTH_SHAPE_TRANSFER ? _("Looks like a transfer") : _("Looks interactive"), _("By the size of its packets"));
}

static const char *
describe_word (const IsthSessionWord *word)
{
  switch (word->kind)
    {
    case ISTH_REMARK_LOGIN:
      return word->outcome == ISTH_OUTCOME_OK ? _("Login, done") : word->outcome == ISTH_OUTCOME_REFUSED ? _("Login, refused") : _("Login, answer not seen");
    case ISTH_REMARK_OPENING:
      return word->outcome == ISTH_OUTCOME_OK ? _("Opened") : word->outcome == ISTH_OUTCOME_REFUSED ? _("Opening, refused") : _("Opening, answer not seen");
    case ISTH_REMARK_SOFTWARE:
      return _("Program");
    default:
      return _("Name");
    }
}

static void
add_words (GtkBox                  *box,
           IsthSession             *session,
           const IsthRemoteSession *remote)
{
  AdwPreferencesGroup *group = isth_inspector_add_group (box, _("Who"));
  g_autofree char *about = make_about (session, remote);

  for (uint32_t i = 0; i < remote->n_words; i++)
    {
      const IsthSessionWord *word = &remote->words[i];
      g_autofree char *subtitle = g_strdup_printf ("%s · %s", describe_word (word),
                                                   isth_session_get_asset_name (session, word->of_client ? remote->from : remote->to));

      isth_inspector_add_fact (group, session, word->text, subtitle,
                               isth_fact_new (about, describe_word (word), word->text, isth_format_protocol (word->protocol), -1,
                                              isth_session_get_snapshot (session), &word->evidence));
    }
  if (remote->n_words == 0)
    isth_inspector_add_row (group, NULL, _("Nothing in it says who it was: it is encrypted, or its beginning was not captured."));
}

static void
add_deed (AdwPreferencesGroup     *group,
          IsthSession             *session,
          const IsthRemoteSession *remote,
          const IsthSessionDeed   *deed)
{
  const char *host = isth_session_get_asset_name (session, deed->carried ? remote->from : remote->host);
  const char *target = isth_session_get_asset_name (session, deed->target);
  g_autofree char *about = g_strdup_printf ("%s → %s", host, target), *count = isth_format_count (deed->count);
  g_autofree char *title = g_strdup_printf ("%s %s×%s → %s", isth_format_verb (deed->verb), deed->exact ? "" : "≥ ", count, target);
  g_autofree char *first = isth_format_time (deed->first), *span = isth_format_span (deed->last - deed->first);
  g_autoptr(GString) subtitle = g_string_new (deed->carried ? _("Carried by this connection") : _("Coincident: same host, same time"));

  g_string_append_printf (subtitle, "\n%s%s%s\n%s", isth_format_protocol (deed->protocol), *deed->object ? " · " : "", deed->object, first);
  if (deed->last > deed->first)
    g_string_append_printf (subtitle, _(", over %s"), span);
  if (deed->habit)
    g_string_append (subtitle, _("\nIt did the same before the session began"));
  isth_inspector_add_fact (group, session, title, subtitle->str,
                           isth_fact_new (about, isth_format_verb (deed->verb), deed->object, isth_format_protocol (deed->protocol), -1,
                                          isth_session_get_snapshot (session), &deed->evidence));
}

static void
add_deeds (GtkBox                  *box,
           IsthSession             *session,
           const IsthRemoteSession *remote)
{
  AdwPreferencesGroup *group = isth_inspector_add_group (box, _("What was done meanwhile"));

  for (uint32_t i = 0; i < MIN (remote->n_deeds, ISTH_INSPECTOR_ROWS); i++)
    add_deed (group, session, remote, &remote->deeds[i]);
  if (remote->n_deeds == 0)
    isth_inspector_add_row (group, NULL,
                            remote->host ? _("Nothing that was captured: the host asked nothing of plant equipment while the session ran.")
                                         : _("What went through a tunnel is not seen here."));
  if (remote->n_deeds + remote->more_deeds > ISTH_INSPECTOR_ROWS)
    isth_inspector_add_rest (group, remote->n_deeds + remote->more_deeds);
}

void
isth_inspector_fill_remote (GtkBox            *box,
                            IsthSession       *session,
                            const IsthRelated *related)
{
  const IsthRemoteSession *remote = related->record;
  g_autofree char *kind = isth_remote_text_kind (remote), *about = make_about (session, remote);
  g_autofree char *sentence = isth_remote_text_sentence (session, remote);

  isth_inspector_add_head (box, about, kind);
  isth_inspector_add_row (isth_inspector_add_group (box, _("Remote session")), NULL, sentence);
  add_ends (box, session, remote);
  add_words (box, session, remote);
  add_deeds (box, session, remote);
  add_onward (box, session, related);
  add_course (box, session, remote);
}

void
isth_inspector_add_remotes (GtkBox            *box,
                            IsthSession       *session,
                            const IsthRelated *related)
{
  const IsthAsset *asset = related->record;
  AdwPreferencesGroup *group;

  if (related->sessions->len == 0)
    return;

  group = isth_inspector_add_group (box, _("Remote sessions"));
  for (guint i = 0; i < MIN (related->sessions->len, ISTH_INSPECTOR_ROWS); i++)
    {
      const IsthRemoteSession *remote = g_ptr_array_index (related->sessions, i);
      guint64 peer = remote->from == asset->id ? remote->to : remote->from;
      g_autofree char *kind = isth_remote_text_kind (remote), *first = isth_format_time (remote->first), *span = isth_remote_text_span (remote);
      g_autofree char *title = g_strdup_printf ("%s %s%s%s", remote->proof == 0 ? "–" : remote->from == asset->id ? "→" : "←",
                                                isth_session_get_asset_name (session, peer), *remote->user ? " · " : "", remote->user);
      g_autofree char *subtitle = g_strdup_printf ("%s\n%s, %s", kind, first, span);

      isth_inspector_add_link (group, session, title, subtitle, ISTH_SELECTED_REMOTE, remote->id);
    }
  isth_inspector_add_way (group, session, related->sessions->len, "access", asset->name);
}
