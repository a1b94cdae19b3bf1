/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing is empty or silent: everything skipped, cut, capped or unreadable gets its words here. */
#include "app/health.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "app/format.h"

#define REASONS_MAX 3

typedef struct
{
  guint64 frames, bytes, dropped, cut, damaged;
  guint truncated, incomplete, drops_unknown;
} Totals;

static Totals
count_captures (const IsthSnapshot *snapshot,
                gboolean            reading)
{
  Totals totals = { 0 };

  for (uint32_t i = 0; i < snapshot->n_captures; i++)
    {
      const IsthCapture *capture = snapshot->captures[i];

      totals.frames += capture->frames;
      totals.bytes += capture->bytes;
      totals.dropped += capture->dropped;
      totals.cut += capture->cut_frames;
      totals.damaged += capture->damaged;
      totals.truncated += capture->truncated;
      totals.incomplete += !capture->complete;
      totals.drops_unknown += !capture->dropped_known;
    }
  if (reading && totals.incomplete > 0) /* the one in hand is on its way */
    totals.incomplete--;

  return totals;
}

static int
compare_begin (gconstpointer a,
               gconstpointer b)
{
  const IsthCapture *one = *(IsthCapture *const *) a, *other = *(IsthCapture *const *) b;

  return (one->first > other->first) - (one->first < other->first);
}

/* How long captures were running, each moment once: captures of several days say little by when the first began and the last ended. */
static gint64
measure_covered (const IsthSnapshot *snapshot)
{
  g_autofree IsthCapture **captures = g_memdup2 (snapshot->captures, snapshot->n_captures * sizeof *captures);
  gint64 covered = 0, until = G_MININT64;

  qsort (captures, snapshot->n_captures, sizeof *captures, compare_begin);
  for (uint32_t i = 0; i < snapshot->n_captures; i++)
    if (captures[i]->first != ISTH_NO_TIME && captures[i]->last > until)
      {
        covered += captures[i]->last - MAX (captures[i]->first, until);
        until = captures[i]->last;
      }

  return covered;
}

static guint64
sum (const IsthHealthCount *counts,
     uint32_t               n)
{
  guint64 all = 0;

  for (uint32_t i = 0; i < n; i++)
    all += counts[i].count;

  return all;
}

/* Not every ceiling is a loss: repeats that are counted instead of kept one by one are the daily business of polling. */
static gboolean
is_loss (const IsthHealthCount *limit)
{
  return !g_str_equal (limit->what, isth_limit_text (ISTH_REACHED_EVENTS)) &&
         !g_str_equal (limit->what, isth_limit_text (ISTH_REACHED_OBJECTS));
}

/* Links of which one side alone was seen, among those where both should speak. */
static guint
count_one_way (const IsthSnapshot *snapshot,
               guint              *all)
{
  guint one_way = 0;

  *all = 0;
  for (uint32_t i = 0; i < snapshot->n_links; i++)
    {
      const IsthLink *link = snapshot->links[i];

      if (link->transport != 6 || link->packets[0] + link->packets[1] < 4)
        continue;
      (*all)++;
      one_way += link->packets[0] == 0 || link->packets[1] == 0;
    }

  return one_way;
}

static void
append_count (GString               *text,
              const IsthHealthCount *count,
              gboolean               protocol)
{
  g_autofree char *n = isth_format_count (count->count);

  if (text->len > 0)
    g_string_append (text, ", ");
  if (protocol)
    g_string_append_printf (text, "%s × %s", n, isth_format_protocol (count->what));
  else
    g_string_append (text, _(count->what));
}

/* The weightiest reasons why frames were not decoded, or the protocols with most malformed messages. */
static char *
list_weightiest (const IsthHealthCount *counts,
                 uint32_t               n_counts,
                 gboolean               protocols)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint64 below = G_MAXUINT64;
  guint n = 0;

  while (n < REASONS_MAX)
    {
      guint64 most = 0;

      for (uint32_t i = 0; i < n_counts; i++)
        if (counts[i].count < below)
          most = MAX (most, counts[i].count);
      if (most == 0)
        break;
      for (uint32_t i = 0; i < n_counts && n < REASONS_MAX; i++)
        if (counts[i].count == most)
          {
            append_count (text, &counts[i], protocols);
            n++;
          }
      below = most;
    }
  if (n < n_counts)
    g_string_append (text, _(" and others"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
isth_health_explain_empty (const IsthSnapshot *snapshot)
{
  Totals totals = count_captures (snapshot, FALSE);
  g_autofree char *frames = isth_format_count (totals.frames);
  const IsthHealth *health = snapshot->health;

  if (snapshot->n_assets > 0)
    return NULL;
  if (snapshot->n_captures == 0)
    return g_strdup (_("Nothing was read yet."));
  if (totals.frames == 0)
    return g_strdup (g_dngettext (GETTEXT_PACKAGE, "The capture is empty: it holds no frame.",
                                  "The captures are empty: they hold no frame.", snapshot->n_captures));
  if (health && sum (health->not_decoded, health->n_not_decoded) >= totals.frames)
    {
      g_autofree char *reasons = list_weightiest (health->not_decoded, health->n_not_decoded, FALSE);

      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Its %s frame could not be decoded: %s.",
                                           "None of its %s frames could be decoded: %s.", (gulong) totals.frames),
                              frames, reasons);
    }

  return g_strdup_printf (_("No frame of %s names a station: what a computer sends to itself (loopback), and what senders without "
                            "an address send, belongs to no asset."),
                          frames);
}

/* Projects made before version 5 of their schema hold no sessions; what was never kept cannot be told from them. */
char *
isth_health_explain_no_sessions (const IsthSnapshot *snapshot)
{
  const char *protocol = NULL;

  for (uint32_t i = 0; snapshot->n_sessions == 0 && i < snapshot->n_links && !protocol; i++)
    {
      const IsthLink *link = snapshot->links[i];

      if (isth_protocol_get_remote (link->protocol) && !isth_remote_is_by_deed (link->protocol) && link->packets[0] > 0 && link->packets[1] > 0)
        protocol = link->protocol;
    }
  if (!protocol)
    return NULL;

  return g_strdup_printf (_("There are connections of remote access (such as %s), but this project was made by an earlier version, which kept no sessions. "
                            "Open its captures in a window of their own (Ctrl+N) to see who worked on what from afar."),
                          isth_format_protocol (protocol));
}

GStrv
isth_health_warn (const IsthSnapshot *snapshot,
                  gboolean            reading)
{
  g_autoptr(GStrvBuilder) warnings = g_strv_builder_new ();
  Totals totals = count_captures (snapshot, reading);
  guint tcp, one_way = count_one_way (snapshot, &tcp);
  g_autofree char *text = NULL;

#define WARN(...) \
  g_free (text); \
  text = g_strdup_printf (__VA_ARGS__); \
  g_strv_builder_add (warnings, text)

  if (totals.dropped > 0)
    {
      g_autofree char *n = isth_format_count (totals.dropped);
      WARN (g_dngettext (GETTEXT_PACKAGE, "%s frame was dropped while capturing: what is missing here may still have happened.",
                         "%s frames were dropped while capturing: what is missing here may still have happened.", (gulong) totals.dropped),
            n);
    }
  if (totals.cut > 0)
    {
      g_autofree char *n = isth_format_count (totals.cut);
      WARN (g_dngettext (GETTEXT_PACKAGE, "%s frame was cut short when captured: what its end said is not known.",
                         "%s frames were cut short when captured: what their ends said is not known.", (gulong) totals.cut),
            n);
    }
  if (totals.damaged > 0 || totals.truncated > 0)
    {
      WARN (_("Files are damaged or end early: everything that could be read around the damage is shown."));
    }
  if (totals.incomplete > 0)
    {
      WARN (g_dngettext (GETTEXT_PACKAGE, "%u capture was not read to its end.", "%u captures were not read to their ends.",
                         totals.incomplete),
            totals.incomplete);
    }
  g_free (text);
  text = reading ? NULL : isth_health_explain_no_sessions (snapshot);
  if (text)
    g_strv_builder_add (warnings, text);
  if (one_way > 0 && one_way * 4 >= tcp)
    {
      WARN (g_dngettext (GETTEXT_PACKAGE, "%u of %u TCP links was seen in one direction only: check that the mirror port copies both.",
                         "%u of %u TCP links were seen in one direction only: check that the mirror port copies both.", one_way),
            one_way, tcp);
    }
  if (snapshot->health && snapshot->health->n_not_decoded > 0)
    {
      guint64 all = sum (snapshot->health->not_decoded, snapshot->health->n_not_decoded);
      g_autofree char *n = isth_format_count (all);
      g_autofree char *reasons = list_weightiest (snapshot->health->not_decoded, snapshot->health->n_not_decoded, FALSE);
      WARN (g_dngettext (GETTEXT_PACKAGE, "%s frame could not be decoded: %s.", "%s frames could not be decoded: %s.", (gulong) all),
            n, reasons);
    }
  if (snapshot->health && snapshot->health->missing_bytes > 0)
    {
      g_autofree char *size = isth_format_size (snapshot->health->missing_bytes);
      g_autofree char *n = isth_format_count (snapshot->health->lossy_connections);
      WARN (g_dngettext (GETTEXT_PACKAGE, "At least %s of %s TCP connection was not captured: what was said there is not known.",
                         "At least %s of %s TCP connections was not captured: what was said there is not known.",
                         (gulong) snapshot->health->lossy_connections),
            size, n);
    }
  if (snapshot->health && snapshot->health->n_malformed > 0)
    {
      guint64 all = sum (snapshot->health->malformed, snapshot->health->n_malformed);
      g_autofree char *which = list_weightiest (snapshot->health->malformed, snapshot->health->n_malformed, TRUE);
      WARN (g_dngettext (GETTEXT_PACKAGE, "A message is not as its protocol wants it: %s. What it said was left out.",
                         "Messages are not as their protocols want them: %s. What they said was left out.", (gulong) all),
            which);
    }
  for (uint32_t i = 0; snapshot->health && i < snapshot->health->n_limits; i++)
    if (is_loss (&snapshot->health->limits[i]))
      {
        g_autofree char *n = isth_format_count (snapshot->health->limits[i].count);
        WARN (g_dngettext (GETTEXT_PACKAGE, "A ceiling was reached %s time: %s.", "A ceiling was reached %s times: %s.",
                           (gulong) snapshot->health->limits[i].count),
              n, _(snapshot->health->limits[i].what));
      }
#undef WARN

  return g_strv_builder_end (warnings);
}

char *
isth_health_summarise (const IsthSnapshot *snapshot,
                       gboolean            reading)
{
  Totals totals = count_captures (snapshot, reading);
  g_autofree char *frames = isth_format_count_short (totals.frames);
  g_autofree char *dropped = isth_format_count_short (totals.dropped);
  g_autofree char *cut = isth_format_count_short (totals.cut);
  g_autoptr(GString) text = g_string_new (NULL);
  guint tcp, one_way = count_one_way (snapshot, &tcp);

  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "%u capture", "%u captures", snapshot->n_captures),
                          snapshot->n_captures);
  if (snapshot->first != ISTH_NO_TIME)
    {
      gint64 covered = snapshot->n_captures > 1 ? measure_covered (snapshot) : snapshot->last - snapshot->first;
      g_autofree char *span = isth_format_span (snapshot->last - snapshot->first), *together = isth_format_span (covered);

      if (covered < (snapshot->last - snapshot->first) / 10 * 9)
        g_string_append_printf (text, _(" · %s out of %s"), together, span);
      else
        g_string_append_printf (text, " · %s", span);
    }
  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, " · %s frame", " · %s frames", (gulong) totals.frames), frames);
  if (totals.drops_unknown < snapshot->n_captures)
    g_string_append_printf (text, _(" · %s dropped"), dropped);
  else
    g_string_append (text, _(" · drops not recorded"));
  if (totals.cut > 0)
    g_string_append_printf (text, _(" · %s cut short"), cut);
  if (totals.damaged > 0 || totals.truncated > 0)
    g_string_append (text, _(" · damaged"));
  if (totals.incomplete > 0)
    g_string_append (text, _(" · not read to the end"));
  if (one_way > 0 && one_way * 4 >= tcp)
    g_string_append (text, _(" · one-way traffic"));
  if (snapshot->health && snapshot->health->missing_bytes > 0)
    {
      g_autofree char *n = isth_format_size (snapshot->health->missing_bytes);
      g_string_append_printf (text, _(" · %s missing"), n);
    }
  if (snapshot->health && snapshot->health->n_malformed > 0)
    {
      g_autofree char *n = isth_format_count_short (sum (snapshot->health->malformed, snapshot->health->n_malformed));
      g_string_append_printf (text, _(" · %s malformed"), n);
    }
  for (uint32_t i = 0; snapshot->health && i < snapshot->health->n_limits; i++)
    if (is_loss (&snapshot->health->limits[i]))
      {
        g_string_append (text, _(" · ceiling reached"));
        break;
      }
  g_string_append (text, _(" · 0 frames sent"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
join_link_types (const IsthCapture *capture)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (char **type = capture->link_types; type && *type; type++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", isth_format_link_type (*type));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
describe_capture (GString           *text,
                  const IsthCapture *capture,
                  gboolean           reading)
{
  g_autofree char *name = g_filename_display_basename (capture->path);
  g_autofree char *path = g_filename_display_name (capture->path);
  g_autofree char *heading = g_markup_printf_escaped ("<b>%s</b>\n<small>%s</small>\n", name, path);
  g_autofree char *size = isth_format_size (capture->size);
  g_autofree char *frames = isth_format_count (capture->frames);
  g_autofree char *first = isth_format_time (capture->first);
  g_autofree char *last = isth_format_time (capture->last);
  g_autofree char *types = join_link_types (capture);
  g_autofree char *line = g_markup_printf_escaped (_("%s · %s · %s frames · %s\n"), capture->format ? capture->format : "",
                                                   size, frames, types);

  g_string_append (text, heading);
  g_string_append (text, line);
  if (*first)
    g_string_append_printf (text, _("%s – %s\n"), first, last);
  if (capture->sha256 && *capture->sha256)
    g_string_append_printf (text, "<small>SHA-256 <tt>%s</tt></small>\n", capture->sha256);
  if (capture->dropped_known)
    g_string_append_printf (text, _("%" PRIu64 " dropped, %" PRIu64 " cut short\n"),
                            capture->dropped, capture->cut_frames);
  for (char **note = capture->notes; note && *note; note++)
    {
      g_autofree char *escaped = g_markup_printf_escaped ("• %s\n", *note);
      g_string_append (text, escaped);
    }
  if (!capture->complete && !reading && capture->damaged == 0 && capture->truncated == 0) /* the notes tell of damage */
    g_string_append (text, _("• Not read to its end. Open it again to read all of it.\n"));
  g_string_append_c (text, '\n');
}

static void
describe_counts (GString               *text,
                 const char            *title,
                 const IsthHealthCount *counts,
                 uint32_t               n,
                 gboolean               protocols)
{
  if (n == 0)
    return;

  g_string_append_printf (text, "<b>%s</b>\n", title);
  for (uint32_t i = 0; i < n; i++)
    {
      g_autofree char *count = isth_format_count (counts[i].count);
      g_autofree char *line = g_markup_printf_escaped (
        "%s × %s\n", count, protocols ? isth_format_protocol (counts[i].what) : _(counts[i].what));

      g_string_append (text, line);
    }
  g_string_append_c (text, '\n');
}

/* A paragraph that begins with a number: @format, for so many, has one %s for it. Nothing when there is none. */
static void G_GNUC_PRINTF (3, 0)
describe_number (GString    *text,
                 guint64     n,
                 const char *format)
{
  g_autofree char *count = isth_format_count (n);

  if (n == 0)
    return;
  g_string_append_printf (text, format, count);
  g_string_append (text, "\n\n");
}

static void
describe_blind (GString *text,
                guint64  n)
{
  describe_number (text, n,
                   g_dngettext (GETTEXT_PACKAGE,
                                "%s MAC address stands for many hosts, as in a replayed capture: hosts there are known by their IP addresses",
                                "%s MAC addresses stand for many hosts, as in a replayed capture: hosts there are known by their IP addresses",
                                (gulong) n));
}

static void
describe_copies (GString *text,
                 guint64  n)
{
  describe_number (text, n,
                   g_dngettext (GETTEXT_PACKAGE,
                                "%s packet was captured in two places, as on both sides of a router: what it does is counted once",
                                "%s packets were captured in two places, as on both sides of a router: what they do is counted once",
                                (gulong) n));
}

/* Of a reading that broke off, connections that had not ended are in no link. */
static const char *
name_rest (const IsthSnapshot *snapshot,
           gboolean            reading)
{
  for (uint32_t i = 0; !reading && i < snapshot->n_captures; i++)
    if (!snapshot->captures[i]->complete)
      return N_("in conversations that went on when the reading broke off, or without any address that could be read");
  return N_("without any address that could be read");
}

/* Where the frames are: all of them. */
static void
describe_tally (GString            *text,
                const IsthSnapshot *snapshot,
                gboolean            reading)
{
  const IsthFrameTally *tally = &snapshot->health->tally;
  const guint64 placed = tally->between + tally->to_groups + tally->within + tally->of_nobody + tally->unnamed + tally->not_kept;
  const IsthHealthCount rows[] = {
    { N_("between two assets: in their links"), tally->between },
    { N_("to groups (multicast, broadcast): with the protocols of who sent them"), tally->to_groups },
    { N_("within one asset: between addresses of its own"), tally->within },
    { N_("to or from an address of which nothing shows that anybody lives there"), tally->of_nobody },
    { N_("to or from somebody without an address: with the other end alone"), tally->unnamed },
    { N_("not kept: a ceiling was reached"), tally->not_kept },
    { name_rest (snapshot, reading), snapshot->health->frames - MIN (placed, snapshot->health->frames) },
    { N_("of them in the link of a tunnel as well, for each time they were carried"), tally->carried },
  };
  IsthHealthCount there[G_N_ELEMENTS (rows)];
  guint32 n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].count > 0)
      there[n++] = rows[i];
  describe_counts (text, _("Frames"), there, n, FALSE);
}

char *
isth_health_describe (const IsthSnapshot *snapshot,
                      gboolean            reading)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_auto(GStrv) warnings = isth_health_warn (snapshot, reading);

  for (uint32_t i = 0; i < snapshot->n_captures; i++)
    describe_capture (text, snapshot->captures[i], reading);
  for (char **warning = warnings; *warning; warning++)
    {
      g_autofree char *line = g_markup_printf_escaped ("%s\n", *warning);
      g_string_append (text, line);
    }
  if (warnings[0])
    g_string_append_c (text, '\n');
  if (snapshot->health)
    {
      const IsthHealth *health = snapshot->health;

      describe_tally (text, snapshot, reading);
      describe_counts (text, _("Not decoded"), health->not_decoded, health->n_not_decoded, FALSE);
      describe_counts (text, _("Malformed"), health->malformed, health->n_malformed, TRUE);
      describe_copies (text, health->copies);
      describe_blind (text, health->blind_macs);
      describe_counts (text, _("Ceilings reached"), health->limits, health->n_limits, FALSE);
    }
  while (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
