/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching records for words, without allocating for each record where the text is plain ASCII. */
#include "app/match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/format.h"
#include "app/parts/review-text.h"

#define SEARCHED (1u << 31)
#define WORDS_MAX 31 /* beside that bit; more are not looked for */

struct _IsthQuery
{
  IsthRecord record;
  char **words; /* NULL: matches everything */
  gint64 from, to;
};

/* The words of @text, folded; NULL when it has none. */
static char **
split (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto(GStrv) parts = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; parts[i] && n < WORDS_MAX; i++)
    if (*parts[i])
      {
        g_strv_builder_add (builder, parts[i]);
        n++;
      }
  return n > 0 ? g_strv_builder_end (builder) : NULL;
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
  if (g_str_has_prefix (word, ISTH_WORD_LEVEL))
    return g_str_equal (word + strlen (ISTH_WORD_LEVEL), isth_level_name (asset->level));
  if (g_str_has_prefix (word, ISTH_WORD_KIND))
    return g_str_equal (word + strlen (ISTH_WORD_KIND), isth_kind_name (asset->kind));
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
  if (link->crossing && is_in (word, _("IT/OT"))) /* what the table says of it */
    return true;
  if (is_in (word, link->protocol) || is_in (word, isth_format_protocol (link->protocol)) || (link->port > 0 && g_str_equal (port, word)))
    return true;
  for (uint32_t i = 0; i < link->n_operations; i++)
    if (is_in (word, link->operations[i].name) || is_in (word, link->operations[i].object) ||
        is_in (word, isth_op_name (link->operations[i].verb)))
      return true;

  return false;
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

/* Its sentences are made for who asks: last. */
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

/* A bit for each word that is in the record itself; @wanted: those that it is asked for. */
static guint32
find_words (const IsthQuery *self,
            IsthSelected     kind,
            gconstpointer    record,
            guint32          wanted)
{
  guint32 found = 0;

  for (guint i = 0; record && wanted >> i; i++)
    if (wanted >> i & 1 &&
        (kind == ISTH_SELECTED_ASSET    ? is_in_asset (self->words[i], record)
         : kind == ISTH_SELECTED_LINK   ? is_in_link (self->words[i], record)
         : kind == ISTH_SELECTED_REMOTE ? is_in_remote (self->words[i], record)
                                        : is_in_alert (self->words[i], record)))
      found |= 1u << i;

  return found;
}

/* What people settled about it: who sees to it is what a room looks for. */
static bool
is_in_review (const char       *word,
              const IsthReview *review)
{
  return is_in (word, _(isth_verdict_title (review->outcome))) || is_in (word, review->it_owner) || is_in (word, review->ot_owner)
         || is_in (word, review->note) || is_in (word, review->dissent);
}

static guint32
find_in_review (const IsthQuery *self,
                const IsthRow   *row,
                guint32          wanted)
{
  const IsthReview *review = isth_review_text_find (row->snapshot, row->kind, isth_record_id (row->record));
  guint32 found = 0;

  for (guint i = 0; review && wanted >> i; i++)
    if (wanted >> i & 1 && is_in_review (self->words[i], review))
      found |= 1u << i;

  return found;
}

static guint32
all_words (const IsthQuery *self)
{
  return self->words ? (1u << g_strv_length (self->words)) - 1 : 0;
}

static void
query_clear (gpointer data)
{
  g_strfreev (((IsthQuery *) data)->words);
}

IsthQuery *
isth_query_new (const char *text,
                gint64      from,
                gint64      to)
{
  IsthQuery *self = isth_record_new (sizeof *self, query_clear);

  self->words = split (text);
  self->from = from;
  self->to = to;

  return self;
}

bool
isth_query_is_narrow (const IsthQuery *self)
{
  return self->words || self->from != ISTH_NO_TIME;
}

static bool
is_in_window (const IsthQuery *self,
              const IsthRow   *row)
{
  const IsthAlert *alert = row->record;
  const IsthRemoteSession *remote = row->record;

  if (self->from == ISTH_NO_TIME)
    return true;

  switch (row->kind)
    {
    case ISTH_SELECTED_ASSET:
      return isth_activity_touches (&((const IsthAsset *) row->record)->activity, self->from, self->to);
    case ISTH_SELECTED_LINK:
      return isth_activity_touches (&((const IsthLink *) row->record)->activity, self->from, self->to);
    case ISTH_SELECTED_REMOTE:
      return remote->last >= self->from && remote->first <= self->to;
    case ISTH_SELECTED_ALERT:
    case ISTH_SELECTED_NOTHING:
    default:
      return alert->last >= self->from && alert->first <= self->to;
    }
}

/* The assets that the record names. */
static void
get_ends (const IsthRow *row,
          guint64        ends[2])
{
  ends[0] = ends[1] = 0;
  if (row->kind == ISTH_SELECTED_LINK)
    {
      ends[0] = ((const IsthLink *) row->record)->from;
      ends[1] = ((const IsthLink *) row->record)->to;
    }
  else if (row->kind == ISTH_SELECTED_REMOTE)
    {
      ends[0] = ((const IsthRemoteSession *) row->record)->from;
      ends[1] = ((const IsthRemoteSession *) row->record)->to;
    }
  else if (row->kind == ISTH_SELECTED_ALERT)
    {
      ends[0] = ((const IsthAlert *) row->record)->subject;
      ends[1] = ((const IsthAlert *) row->record)->peer;
    }
}

void
isth_matcher_init (IsthMatcher        *self,
                   const IsthQuery    *query,
                   const IsthSnapshot *snapshot)
{
  self->query = query;
  self->snapshot = snapshot;
  self->found = query->words ? g_new0 (guint32, snapshot->n_assets) : NULL;
}

void
isth_matcher_clear (IsthMatcher *self)
{
  g_clear_pointer (&self->found, g_free);
}

/* All words of the asset at once: another row may ask for others. */
static guint32
find_in_asset (IsthMatcher *self,
               guint64      id)
{
  uint32_t index = id ? isth_snapshot_find_asset (self->snapshot, id) : ISTH_NO_INDEX;

  if (index == ISTH_NO_INDEX)
    return 0;
  if (self->found[index] == 0)
    self->found[index] = SEARCHED | find_words (self->query, ISTH_SELECTED_ASSET, self->snapshot->assets[index], all_words (self->query));

  return self->found[index];
}

bool
isth_matcher_matches (IsthMatcher   *self,
                      const IsthRow *row)
{
  guint32 wanted = all_words (self->query);
  guint64 ends[2];

  if (!is_in_window (self->query, row))
    return false;
  if (row->snapshot->reviews && row->snapshot->reviews->n_reviews > 0)
    wanted &= ~find_in_review (self->query, row, wanted);
  if (wanted == 0 || row->kind == ISTH_SELECTED_ASSET)
    return (wanted & ~find_words (self->query, row->kind, row->record, wanted)) == 0;

  get_ends (row, ends);
  wanted &= ~find_in_asset (self, ends[0]);
  wanted &= ~find_in_asset (self, ends[1]);
  return (wanted & ~find_words (self->query, row->kind, row->record, wanted)) == 0;
}
