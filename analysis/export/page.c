/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Head, evidence and the order of the sections: first what needs somebody, then what is there, last what it rests on. */
#include "analysis/export/page.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "analysis/base/error.h"
#include "analysis/base/time.h"
#include "analysis/dissectors/dissector.h"
#include "analysis/export/page-parts.h"
#include "analysis/export/report.h"

#define NS 1000000000ll

/* Paper first: black on white, tables that repeat their heads, and words beside each colour. On a dark screen it is dark; on a narrow one tables scroll
 * by themselves instead of breaking words; names break anywhere only where a cell would not fit otherwise. */
static const char style[] =
  ":root{--fg:#1d1d1d;--bg:#fff;--dim:#5a5a5a;--line:#ddd;--edge:#bbb;--head:#f1f1f1;--bad:#a3151c;--warn:#7a4f00;--link:#0b57a4}"
  "@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--fg:#ececec;--bg:#1e1e1e;--dim:#ababab;--line:#3c3c3c;--edge:#5c5c5c;--head:#2b2b2b;"
  "--bad:#ff8f85;--warn:#eec060;--link:#8ab8ff}}"
  "body{font:14px/1.45 system-ui,sans-serif;color:var(--fg);background:var(--bg);max-width:1240px;margin:24px auto;padding:0 20px}a{color:var(--link)}"
  "h1{font-size:26px;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:19px;margin:34px 0 8px;border-bottom:2px solid var(--line);padding-bottom:4px}"
  "h2 span{color:var(--dim);font-weight:400}p{margin:6px 0;overflow-wrap:anywhere}.dim,.why{color:var(--dim)}.why{font-size:.9em}"
  "ul.facts{display:flex;flex-wrap:wrap;gap:10px;list-style:none;padding:0;margin:18px 0}"
  "ul.facts li{border:1px solid var(--edge);border-radius:8px;padding:8px 16px;min-width:110px}ul.facts b{display:block;font-size:22px;font-weight:500}"
  "table{border-collapse:collapse;width:100%;margin:8px 0;font-size:13px}th{text-align:left;background:var(--head)}"
  "th,td{padding:4px 8px;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}td.n{text-align:right;white-space:nowrap}"
  "td.t{white-space:nowrap}.captures td.why{overflow-wrap:anywhere;min-width:12em}.captures td:first-child,.alerts td:last-child{overflow-wrap:anywhere;min-width:8em}"
  ".crossings th:nth-child(5),.transfers th:nth-child(5),.networks th:nth-child(2),.networks th:nth-child(3),.captures th:nth-child(4){text-align:right}"
  "thead{display:table-header-group}tr,.level{break-inside:avoid}h2,thead{break-after:avoid}"
  ".critical,.high{color:var(--bad);font-weight:600}.medium{color:var(--warn);font-weight:600}"
  ".level{display:grid;grid-template-columns:170px 1fr;border-bottom:1px solid var(--line);padding:6px 0}.level b{display:block}"
  ".level.boundary{border-bottom:4px double var(--dim)}"
  ".chip{display:inline-block;border:1px solid var(--edge);border-radius:6px;padding:1px 8px;margin:2px;overflow-wrap:anywhere}"
  "nav{display:flex;flex-wrap:wrap;gap:4px 14px}"
  "@media screen{section{overflow-x:auto}table{min-width:860px}}"
  "@media screen and (max-width:600px){.level{grid-template-columns:1fr}}"
  "@page{size:landscape;margin:12mm}"
  "@media print{body{margin:0;padding:0;max-width:none;font-size:11px}table{font-size:9.5px}th,td{padding:3px 6px}nav{display:none}}";

const char *
isth_page_time (int64_t time,
                char text[PAGE_TIME])
{
  char exact[40];

  isth_report_time (time, exact);
  if (exact[0])
    {
      exact[10] = ' ';
      exact[19] = '\0';
    }
  g_snprintf (text, PAGE_TIME, exact[0] ? "%s UTC" : "%s", exact);
  return text;
}

char *
isth_page_span (int64_t ns)
{
  int64_t s = ns > 0 ? ns / NS : 0;

  if (s < 60)
    return g_strdup_printf (_("%" PRId64 " s"), s);
  if (s < 3600)
    return g_strdup_printf (_("%" PRId64 " min"), s / 60);
  if (s < 86400)
    return g_strdup_printf (_("%" PRId64 " h %" PRId64 " min"), s / 3600, s / 60 % 60);
  return g_strdup_printf (_("%" PRId64 " d %" PRId64 " h"), s / 86400, s / 3600 % 24);
}

const char *
isth_page_name (const IsthSnapshot *snapshot,
                uint64_t asset)
{
  const IsthAsset *found = asset ? isth_snapshot_get_asset (snapshot, asset) : NULL;

  return found ? found->name : "";
}

void
isth_page_begin_section (FILE *file,
                         const char *id,
                         const char *title,
                         uint64_t count)
{
  fprintf (file, "<section id=\"%s\"><h2>", id);
  isth_html_text (file, title);
  fprintf (file, " <span>%" PRIu64 "</span></h2>\n", count);
}

void
isth_page_end_section (FILE *file)
{
  fputs ("</section>\n", file);
}

bool
isth_page_begin_rows (FILE *file,
                      uint64_t n,
                      const char *class,
                      const char *const *heads,
                      const char *none)
{
  if (n > 0)
    isth_html_begin_table (file, class, heads);
  else
    isth_html_element (file, "p", NULL, none);
  return n > 0;
}

void
isth_page_write_rest (FILE *file,
                      uint64_t all,
                      uint64_t shown)
{
  if (all > shown)
    isth_html_printf (file, "p", "dim", _("%" PRIu64 " more are not listed here. The report as JSON has all of them."), all - shown);
}

static void
write_fact (FILE *file,
            uint64_t value,
            const char *unit,
            const char *what)
{
  fputs ("<li>", file);
  isth_html_printf (file, "b", NULL, "%" PRIu64 "%s", value, unit);
  isth_html_text (file, what);
  fputs ("</li>", file);
}

static void
write_facts (FILE *file,
             const IsthSnapshot *snapshot)
{
  uint64_t known = 0, direct = 0, open = 0;

  for (uint32_t i = 0; i < snapshot->n_assets; i++)
    known += snapshot->assets[i]->kind != ISTH_KIND_UNKNOWN;
  for (uint32_t i = 0; snapshot->crossings && i < snapshot->crossings->n_crossings; i++)
    direct += snapshot->crossings->crossings[i].direct;
  for (uint32_t i = 0; i < snapshot->n_alerts; i++)
    open += !snapshot->alerts[i]->acknowledged;
  fputs ("<ul class=\"facts\">", file);
  write_fact (file, snapshot->n_assets, "", g_dngettext (GETTEXT_PACKAGE, "asset", "assets", snapshot->n_assets));
  if (snapshot->n_assets)
    write_fact (file, known * 100 / snapshot->n_assets, " %", _("of known kind"));
  write_fact (file, snapshot->n_links, "", g_dngettext (GETTEXT_PACKAGE, "link", "links", snapshot->n_links));
  write_fact (file, direct, "", _("past the IT/OT boundary"));
  write_fact (file, snapshot->n_sessions, "", g_dngettext (GETTEXT_PACKAGE, "remote session", "remote sessions", snapshot->n_sessions));
  write_fact (file, open, "", g_dngettext (GETTEXT_PACKAGE, "alert not acknowledged", "alerts not acknowledged", (gulong) open));
  fputs ("</ul>\n", file);
}

static char *
make_title (const IsthSnapshot *snapshot)
{
  g_autofree char *name = snapshot->n_captures ? g_path_get_basename (snapshot->captures[0]->path) : NULL;

  if (!name)
    return g_strdup (_("Nothing was read"));
  if (snapshot->n_captures == 1)
    return g_steal_pointer (&name);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s and %u more", "%s and %u more", snapshot->n_captures - 1), name, snapshot->n_captures - 1);
}

/* The policy forbids what escaping already prevents: that anything in the page acts or fetches. */
static void
write_head (FILE *file,
            const IsthSnapshot *snapshot,
            const IsthPage *page)
{
  g_autofree char *made = page->title ? NULL : make_title (snapshot), *span = NULL;
  const char *title = page->title ? page->title : made;
  char first[PAGE_TIME], last[PAGE_TIME];
  bool window = page->from != ISTH_NO_TIME;
  int64_t from = window ? page->from : snapshot->first, to = window ? page->to : snapshot->last;

  /* translators: the code of your language, as browsers and screen readers know it: de, fr, pt-BR */
  fprintf (file, "<!DOCTYPE html>\n<html lang=\"%s\">", _("en"));
  fputs ("<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">", file);
  isth_html_element (file, "title", NULL, title);
  fprintf (file, "<style>%s</style></head>\n<body>", style);
  isth_html_element (file, "h1", NULL, title);
  if (from != ISTH_NO_TIME)
    {
      span = isth_page_span (to - from);
      isth_html_printf (file, "p", NULL, window ? _("Only what happened from %s to %s (%s)") : _("From %s to %s (%s)"), isth_page_time (from, first),
                        isth_page_time (to, last), span);
    }
  isth_html_printf (file, "p", "dim", _("What the captured traffic shows, made by Isthmus %s by listening only. What was not captured is not in it; what is "
                                        "concluded, and not said by a device itself, carries how many of a hundred such conclusions are right."),
                    ISTH_VERSION);
}

static void
write_links (FILE *file)
{
  static const char *const links[][2] = {
    { "decisions", N_("Decisions") }, { "alerts", N_("Alerts") },   { "crossings", N_("Crossings") }, { "sessions", N_("Remote sessions") }, { "transfers", N_("Transfers") },
    { "levels", N_("Levels") },   { "assets", N_("Assets") },       { "networks", N_("Networks") },        { "evidence", N_("Evidence") },
  };

  fputs ("<nav>", file);
  for (size_t i = 0; i < G_N_ELEMENTS (links); i++)
    {
      fprintf (file, "<a href=\"#%s\">", links[i][0]);
      isth_html_text (file, _(links[i][1]));
      fputs ("</a>", file);
    }
  fputs ("</nav>\n", file);
}

/* What is wrong with it, in words; "" when nothing is. */
static char *
describe_trouble (const IsthCapture *capture)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (capture->dropped)
    g_string_append_printf (text, _("%" PRIu64 " frames dropped. "), capture->dropped);
  else if (!capture->dropped_known)
    g_string_append (text, _("Drops not recorded. "));
  if (capture->cut_frames)
    g_string_append_printf (text, _("%" PRIu64 " frames cut short. "), capture->cut_frames);
  if (capture->damaged)
    g_string_append_printf (text, _("%" PRIu64 " places damaged. "), capture->damaged);
  if (capture->truncated)
    g_string_append (text, _("Ends early. "));
  if (!capture->complete)
    g_string_append (text, _("Not read to its end. "));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
write_captures (FILE *file,
                const IsthSnapshot *snapshot)
{
  const char *heads[] = { _("Capture"), _("From"), _("To"), _("Frames"), _("What is missing"), "SHA-256", NULL };
  char time[PAGE_TIME];

  if (!isth_page_begin_rows (file, snapshot->n_captures, "captures", heads, _("Nothing was read.")))
    return;
  for (uint32_t i = 0; i < MIN (snapshot->n_captures, PAGE_ROWS); i++)
    {
      const IsthCapture *capture = snapshot->captures[i];
      g_autofree char *name = g_path_get_basename (capture->path), *trouble = describe_trouble (capture);

      fputs ("<tr>", file);
      isth_html_element (file, "td", NULL, name);
      isth_html_element (file, "td", "t", isth_page_time (capture->first, time));
      isth_html_element (file, "td", "t", isth_page_time (capture->last, time));
      isth_html_printf (file, "td", "n", "%" PRIu64, capture->frames);
      isth_html_element (file, "td", NULL, trouble);
      isth_html_element (file, "td", "why", capture->sha256);
      fputs ("</tr>\n", file);
    }
  isth_html_end_table (file);
  isth_page_write_rest (file, snapshot->n_captures, PAGE_ROWS);
}

static void
write_counts (FILE *file,
              const char *title,
              const IsthHealthCount *counts,
              uint32_t n,
              bool protocols)
{
  for (uint32_t i = 0; i < n; i++)
    {
      const char *what = protocols ? isth_protocol_get_title (counts[i].what) : _(counts[i].what);

      isth_html_printf (file, "p", NULL, _("%s: %" PRIu64 " × %s"), title, counts[i].count, what ? what : counts[i].what);
    }
}

/* What lies between the packets, and what was there twice. */
static void
write_gaps (FILE *file,
            const IsthHealth *health)
{
  if (health->missing_bytes > 0)
    isth_html_printf (file, "p", NULL,
                      g_dngettext (GETTEXT_PACKAGE, "Of %" PRIu64 " TCP connection at least %" PRIu64 " bytes were not captured: what was said there is not known.",
                                   "Of %" PRIu64 " TCP connections at least %" PRIu64 " bytes were not captured: what was said there is not known.",
                                   (gulong) health->lossy_connections),
                      health->lossy_connections, health->missing_bytes);
  if (health->copies > 0)
    isth_html_printf (file, "p", NULL,
                      g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " packet was captured in two places: what it does is counted once.",
                                   "%" PRIu64 " packets were captured in two places: what they do is counted once.", (gulong) health->copies),
                      health->copies);
  if (health->blind_macs > 0)
    isth_html_printf (file, "p", NULL,
                      g_dngettext (GETTEXT_PACKAGE, "%" PRIu64 " MAC address stands for many hosts, as in a replayed capture: whose it is, nobody can tell.",
                                   "%" PRIu64 " MAC addresses stand for many hosts, as in a replayed capture: whose they are, nobody can tell.", (gulong) health->blind_macs),
                      health->blind_macs);
}

static void
write_evidence (FILE *file,
                const IsthSnapshot *snapshot)
{
  const IsthHealth *health = snapshot->health;

  isth_page_begin_section (file, "evidence", _("Evidence, and what it does not show"), snapshot->n_captures);
  write_captures (file, snapshot);
  if (health)
    {
      write_gaps (file, health);
      write_counts (file, _("Not decoded"), health->not_decoded, health->n_not_decoded, false);
      write_counts (file, _("Contradicts itself or ends too early"), health->malformed, health->n_malformed, true);
      write_counts (file, _("A limit was reached"), health->limits, health->n_limits, false);
    }
  isth_page_end_section (file);
}

bool
isth_report_write_page (const IsthSnapshot *snapshot,
                        const IsthPage *page,
                        FILE *file,
                        GError **error)
{
  write_head (file, snapshot, page);
  write_facts (file, snapshot);
  write_links (file);
  isth_page_write_reviews (file, snapshot);
  isth_page_write_alerts (file, snapshot);
  isth_page_write_crossings (file, snapshot);
  isth_page_write_sessions (file, snapshot);
  isth_page_write_transfers (file, snapshot);
  isth_page_write_levels (file, snapshot);
  isth_page_write_assets (file, snapshot);
  isth_page_write_networks (file, snapshot);
  write_evidence (file, snapshot);
  fputs ("</body></html>\n", file);

  if (fflush (file) != 0 || ferror (file))
    {
      g_set_error (error, ISTH_ERROR, ISTH_ERROR_FILE, _("The report could not be written: %s"), g_strerror (errno));
      return false;
    }
  return true;
}
