/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching records for words, without allocating for each record where the text is plain ASCII. */
#include "app/match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/format.h"

void
isth_needle_set (IsthNeedle *self,
                 const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto(GStrv) parts = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  isth_needle_clear (self);
  for (guint i = 0; parts[i]; i++)
    if (*parts[i])
      g_strv_builder_add (builder, parts[i]);
  self->words = g_strv_builder_end (builder);
  if (!self->words[0])
    isth_needle_clear (self);
}

void
isth_needle_clear (IsthNeedle *self)
{
  g_clear_pointer (&self->words, g_strfreev);
}

static bool
is_in (const char *word,
       const char *text)
{
  if (!text || !*text)
    return false;
  if (strcasestr (text, word))
    return true;
  if (!g_str_is_ascii (text))
    {
      g_autofree char *folded = g_utf8_casefold (text, -1);
      return strstr (folded, word) != NULL;
    }

  return false;
}

static bool
is_in_any (const char        *word,
           const char *const *texts)
{
  for (; texts && *texts; texts++)
    if (is_in (word, *texts))
      return true;

  return false;
}

static bool
is_in_address (const char        *word,
               const IsthAddress *address)
{
  char text[ISTH_ADDRESS_TEXT];

  return is_in (word, isth_address_format (address, text));
}

static bool
is_in_asset (const char      *word,
             const IsthAsset *asset)
{
  if (!asset)
    return false;
  if (is_in (word, asset->name) || is_in (word, _(isth_kind_title (asset->kind))))
    return true;

  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    {
      if (is_in_address (word, &asset->interfaces[i].mac))
        return true;
      for (uint32_t j = 0; j < asset->interfaces[i].n_ips; j++)
        if (is_in_address (word, &asset->interfaces[i].ips[j]))
          return true;
    }
  for (uint32_t i = 0; i < asset->n_claims; i++)
    if ((asset->claims[i].shown || asset->claims[i].conflict) && is_in (word, asset->claims[i].value))
      return true;

  return is_in_any (word, asset->other_addresses) || is_in_any (word, asset->roles) ||
         is_in_any (word, asset->protocols);
}

static bool
is_in_link (const char     *word,
            const IsthLink *link)
{
  char port[8];

  g_snprintf (port, sizeof port, "%u", link->port);
  if (is_in (word, link->protocol) || is_in (word, isth_format_protocol (link->protocol)) || (link->port > 0 && g_str_equal (port, word)))
    return true;
  for (uint32_t i = 0; i < link->n_operations; i++)
    if (is_in (word, link->operations[i].name) || is_in (word, link->operations[i].object) ||
        is_in (word, isth_op_name (link->operations[i].verb)))
      return true;

  return false;
}

bool
isth_needle_matches_asset (const IsthNeedle *self,
                           const IsthAsset  *asset)
{
  for (char **word = self->words; word && *word; word++)
    if (!is_in_asset (*word, asset))
      return false;

  return true;
}

bool
isth_needle_matches_link (const IsthNeedle *self,
                          const IsthLink   *link,
                          const IsthAsset  *from,
                          const IsthAsset  *to)
{
  for (char **word = self->words; word && *word; word++)
    if (!is_in_link (*word, link) && !is_in_asset (*word, from) && !is_in_asset (*word, to))
      return false;

  return true;
}

static bool
is_in_alert (const char      *word,
             const IsthAlert *alert)
{
  g_autofree char *plant = NULL, *security = NULL;

  if (is_in (word, alert->title) || is_in (word, alert->detail))
    return true;
  plant = isth_alert_describe (alert, alert->plant_form);
  security = isth_alert_describe (alert, alert->security_form);
  return is_in (word, plant) || is_in (word, security);
}

bool
isth_needle_matches_alert (const IsthNeedle *self,
                           const IsthAlert  *alert,
                           const IsthAsset  *subject,
                           const IsthAsset  *peer)
{
  for (char **word = self->words; word && *word; word++)
    if (!is_in_asset (*word, subject) && !is_in_asset (*word, peer) && !is_in_alert (*word, alert))
      return false;

  return true;
}

static bool
is_in_remote (const char              *word,
              const IsthRemoteSession *remote)
{
  if (is_in (word, remote->protocol) || is_in (word, isth_format_protocol (remote->protocol)) || is_in (word, remote->user) || is_in (word, remote->relay) || is_in (word, _(isth_remote_title (remote->kind))))
    return true;
  for (uint32_t i = 0; i < remote->n_words; i++)
    if (is_in (word, remote->words[i].text))
      return true;
  for (uint32_t i = 0; i < remote->n_deeds; i++)
    if (is_in (word, isth_op_name (remote->deeds[i].verb)) || is_in (word, remote->deeds[i].protocol) || is_in (word, remote->deeds[i].object))
      return true;

  return false;
}

bool
isth_needle_matches_remote (const IsthNeedle        *self,
                            const IsthRemoteSession *remote,
                            const IsthAsset         *from,
                            const IsthAsset         *to)
{
  for (char **word = self->words; word && *word; word++)
    if (!is_in_remote (*word, remote) && !is_in_asset (*word, from) && !is_in_asset (*word, to))
      return false;

  return true;
}
