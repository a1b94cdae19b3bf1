/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same facts in plant words and in security words. What is only likely, or only coincides, is called so in both. */
#include "app/parts/remote-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/format.h"

#define MOST_NAMED 3

static const char *
get_name (const IsthSnapshot *snapshot,
          guint64             id)
{
  const IsthAsset *asset = snapshot ? isth_snapshot_get_asset (snapshot, id) : NULL;

  return asset ? asset->name : "";
}

char *
isth_remote_text_kind (const IsthRemoteSession *remote)
{
  const char *kind = _(isth_remote_title (remote->kind)), *protocol = isth_format_protocol (remote->protocol);

  if (g_ascii_strncasecmp (kind, protocol, strlen (kind)) == 0)
    return g_strdup (protocol); /* "Remote Desktop (RDP)" says it */

  return g_strdup_printf ("%s · %s", kind, protocol);
}

char *
isth_remote_text_span (const IsthRemoteSession *remote)
{
  g_autofree char *span = remote->first == ISTH_NO_TIME ? NULL : isth_format_span (remote->last - remote->first);

  if (!span)
    return g_strdup (_("not known"));
  return remote->end == ISTH_SESSION_OPEN ? g_strdup_printf (_("%s, still open"), span) : g_strdup (span);
}

char *
isth_remote_text_way (const IsthSnapshot      *snapshot,
                      const IsthRemoteSession *remote)
{
  if (*remote->relay)
    return g_strdup_printf (_("outside relay: %s"), remote->relay);
  if (remote->came_by)
    return g_strdup_printf (_("likely from %s (%u of 100)"), get_name (snapshot, remote->came_from), remote->score);

  return g_strdup ("");
}

char *
isth_remote_text_deeds (const IsthSnapshot      *snapshot,
                        const IsthRemoteSession *remote,
                        guint                    most)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (uint32_t i = 0; i < remote->n_deeds && i < most; i++)
    {
      const IsthSessionDeed *deed = &remote->deeds[i];
      g_autofree char *count = isth_format_count (deed->count);

      g_string_append_printf (text, "%s%s %s×%s → %s", i > 0 ? ", " : "", isth_format_verb (deed->verb), deed->exact ? "" : "≥ ", count,
                              get_name (snapshot, deed->target));
    }
  if (remote->n_deeds + remote->more_deeds > most)
    g_string_append (text, ", …");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
all_carried (const IsthRemoteSession *remote)
{
  return remote->n_deeds > 0 && remote->deeds[remote->n_deeds - 1].carried;
}

static char *
make_plant (IsthSession             *session,
            const IsthRemoteSession *remote)
{
  const char *from = isth_session_get_asset_name (session, remote->from), *to = isth_session_get_asset_name (session, remote->to);
  g_autofree char *span = isth_remote_text_span (remote);
  g_autofree char *deeds = isth_remote_text_deeds (isth_session_get_snapshot (session), remote, MOST_NAMED);
  g_autoptr(GString) text = g_string_new (NULL);

  if (*remote->relay)
    g_string_append_printf (text, _("%s was reachable from outside through %s for %s; who worked there is not seen."), from, remote->relay, span);
  else if (remote->kind == ISTH_REMOTE_VPN)
    g_string_append_printf (text, _("A tunnel joined %s and %s for %s; what went through it is not seen."), from, to, span);
  else if (remote->refused)
    g_string_append_printf (text, _("Somebody at %s tried to come in to %s, and was refused."), from, to);
  else if (*remote->user)
    g_string_append_printf (text, _("%s at %s worked on %s for %s."), remote->user, from, to, span);
  else
    g_string_append_printf (text, _("Somebody at %s worked on %s for %s."), from, to, span);
  if (*deeds)
    g_string_append_printf (text, all_carried (remote) ? _(" What was done in it: %s.") : _(" Meanwhile %2$s did: %1$s."), deeds,
                            isth_session_get_asset_name (session, remote->host));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
make_security (IsthSession             *session,
               const IsthRemoteSession *remote)
{
  g_autofree char *way = isth_remote_text_way (isth_session_get_snapshot (session), remote), *deeds = isth_remote_text_deeds (isth_session_get_snapshot (session), remote, MOST_NAMED);
  g_autofree char *there = isth_format_size (remote->bytes[0]), *back = isth_format_size (remote->bytes[1]);
  g_autofree char *service = isth_format_service (remote->protocol, remote->transport, remote->port[1]);
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_append_printf (text, _("%s on %s, %s there and %s back"), isth_format_protocol (remote->protocol), service, there, back);
  if (*remote->user)
    g_string_append_printf (text, remote->refused ? _(", user %s, login refused") : _(", user %s"), remote->user);
  if (*way)
    g_string_append_printf (text, ", %s", way);
  if (remote->shape != ISTH_SHAPE_UNKNOWN)
    g_string_append_printf (text, ", %s", remote->shape == ISTH_SHAPE_TRANSFER ? _("looks like a transfer") : _("looks interactive"));
  g_string_append_c (text, '.');
  if (*deeds)
    g_string_append_printf (text, all_carried (remote) ? _(" Carried: %s.") : _(" Coincident: %s."), deeds);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
isth_remote_text_sentence (IsthSession             *session,
                           const IsthRemoteSession *remote)
{
  g_autofree char *plant = make_plant (session, remote), *security = make_security (session, remote);

  switch (isth_session_get_wording (session))
    {
    case ISTH_WORDING_IT:
      return g_steal_pointer (&security);
    case ISTH_WORDING_OT:
      return g_steal_pointer (&plant);
    case ISTH_WORDING_BOTH:
    default:
      return g_strdup_printf ("%s\n%s", plant, security);
    }
}
