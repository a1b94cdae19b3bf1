/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is: levels with the boundary drawn between them, assets with the reasons for their kind and level, networks. */
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "analysis/export/page-parts.h"

#define LEVEL_CHIPS 200

/* From the office down to the process; the ones the boundary is drawn under. */
static const struct
{
  IsthLevel level;
  const char *title;
  bool boundary;
} levels[] = {
  { ISTH_LEVEL_5, N_("Level 5 · external"), false },   { ISTH_LEVEL_4, N_("Level 4 · business"), false },
  { ISTH_LEVEL_DMZ, N_("Level 3.5 · DMZ"), true },     { ISTH_LEVEL_3, N_("Level 3 · operations"), false },
  { ISTH_LEVEL_2, N_("Level 2 · supervision"), false }, { ISTH_LEVEL_1, N_("Level 1 · control"), false },
  { ISTH_LEVEL_0, N_("Level 0 · process"), false },     { ISTH_LEVEL_UNKNOWN, N_("Level not known"), false },
};

static const char *
name_level (IsthLevel level)
{
  for (size_t i = 0; i < G_N_ELEMENTS (levels); i++)
    if (levels[i].level == level)
      return _(levels[i].title);
  return "";
}

const char *
isth_page_side (IsthSide side)
{
  switch (side)
    {
    case ISTH_SIDE_OT:
      return _("plant");
    case ISTH_SIDE_BOUNDARY:
      return _("boundary");
    case ISTH_SIDE_IT:
      return _("office");
    case ISTH_SIDE_EXTERNAL:
      return _("outside");
    case ISTH_SIDE_UNKNOWN:
    default:
      return _("not known");
    }
}

void
isth_page_write_levels (FILE *file,
                        const IsthSnapshot *snapshot)
{
  isth_page_begin_section (file, "levels", _("Levels"), snapshot->n_assets);
  for (size_t l = 0; l < G_N_ELEMENTS (levels); l++)
    {
      uint32_t n = 0;

      for (uint32_t i = 0; i < snapshot->n_assets; i++)
        n += snapshot->assets[i]->level == levels[l].level && !snapshot->assets[i]->parent;
      fprintf (file, "<div class=\"level%s\"><div>", levels[l].boundary ? " boundary" : "");
      isth_html_element (file, "b", NULL, _(levels[l].title));
      isth_html_printf (file, "span", "dim", g_dngettext (GETTEXT_PACKAGE, "%u asset", "%u assets", n), n);
      fputs ("</div><div>", file);
      n = 0;
      for (uint32_t i = 0; i < snapshot->n_assets; i++)
        if (snapshot->assets[i]->level == levels[l].level && !snapshot->assets[i]->parent && n++ < LEVEL_CHIPS)
          isth_html_element (file, "span", "chip", snapshot->assets[i]->name);
      isth_page_write_rest (file, n, LEVEL_CHIPS);
      fputs ("</div></div>\n", file);
    }
  isth_html_element (file, "p", "dim", _("The double line is the boundary between office (IT, above) and plant (OT, below). Modules and units are listed with "
                                         "their device under Assets."));
  isth_page_end_section (file);
}

/* By level from the process up, as the plant stands; then by name, then by id. */
static gint
compare_assets (gconstpointer a,
                gconstpointer b,
                gpointer user_data)
{
  const IsthAsset *left = *(IsthAsset *const *) a, *right = *(IsthAsset *const *) b;
  int left_level = left->level == ISTH_LEVEL_UNKNOWN ? G_MAXINT : (int) left->level;
  int right_level = right->level == ISTH_LEVEL_UNKNOWN ? G_MAXINT : (int) right->level;
  int order = left_level != right_level ? (left_level < right_level ? -1 : 1) : strcmp (left->name, right->name);

  return order ? order : left->id < right->id ? -1 : left->id > right->id;
}

static void
write_addresses (FILE *file,
                 const IsthAsset *asset)
{
  char text[ISTH_ADDRESS_TEXT];
  bool any = false;

  fputs ("<td>", file);
  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    {
      for (uint32_t j = 0; j < asset->interfaces[i].n_ips; j++, any = true)
        {
          fputs (any ? "<br>" : "", file);
          isth_html_text (file, isth_address_format (&asset->interfaces[i].ips[j], text));
        }
      if (asset->interfaces[i].mac.kind == ISTH_ADDRESS_MAC)
        {
          fputs (any ? "<br>" : "", file);
          isth_html_element (file, "span", "why", isth_address_format (&asset->interfaces[i].mac, text));
          any = true;
        }
    }
  for (const char **path = asset->other_addresses; path && *path; path++, any = true)
    {
      g_autofree char *words = isth_child_path_describe (*path);

      fputs (any ? "<br>" : "", file);
      isth_html_text (file, words);
    }
  fputs ("</td>", file);
}

/* A conclusion with its confidence and its reason; a person's word has none. */
static void
write_judged (FILE *file,
              const char *words,
              unsigned confidence,
              bool by_person,
              const char *reason)
{
  fputs ("<td>", file);
  isth_html_text (file, words);
  if (by_person)
    isth_html_printf (file, "div", "why", "%s", _("stated by a person"));
  else if (confidence && reason && *reason)
    isth_html_printf (file, "div", "why", _("%u of 100 · %s"), confidence, reason);
  else if (reason && *reason)
    isth_html_element (file, "div", "why", reason);
  fputs ("</td>", file);
}

/* The value, and below it those that contradict it. */
static void
write_attribute (FILE *file,
                 const IsthAsset *asset,
                 IsthAttribute attribute)
{
  const IsthAssetClaim *shown = isth_asset_get_claim (asset, attribute);

  fputs ("<td>", file);
  isth_html_text (file, isth_asset_get (asset, attribute));
  for (uint32_t i = 0; shown && shown->conflict && i < asset->n_claims; i++)
    if (asset->claims[i].attribute == attribute && asset->claims[i].conflict && !asset->claims[i].shown)
      isth_html_printf (file, "div", "why", _("contradicted: %s"), asset->claims[i].value);
  fputs ("</td>", file);
}

static void
write_asset (FILE *file,
             const IsthSnapshot *snapshot,
             const IsthAsset *asset)
{
  static const IsthAttribute attributes[] = { ISTH_ATTRIBUTE_VENDOR, ISTH_ATTRIBUTE_MODEL, ISTH_ATTRIBUTE_FIRMWARE, ISTH_ATTRIBUTE_SERIAL };
  const IsthAssetClaim *kind = isth_asset_get_claim (asset, ISTH_ATTRIBUTE_KIND);
  bool kind_by_person = kind && g_str_equal (kind->protocol, "person");

  fputs ("<tr><td>", file);
  isth_html_element (file, "b", NULL, asset->name);
  if (asset->parent)
    isth_html_printf (file, "div", "why", _("part of %s"), isth_page_name (snapshot, asset->parent));
  if (*isth_asset_get (asset, ISTH_ATTRIBUTE_NOTE))
    isth_html_element (file, "div", "why", isth_asset_get (asset, ISTH_ATTRIBUTE_NOTE));
  fputs ("</td>", file);
  write_judged (file, _(isth_kind_title (asset->kind)), asset->kind_confidence, kind_by_person, asset->kind_reason);
  write_judged (file, name_level (asset->level), asset->level_confidence, asset->level_by_person, asset->level_reason);
  write_addresses (file, asset);
  for (size_t i = 0; i < G_N_ELEMENTS (attributes); i++)
    write_attribute (file, asset, attributes[i]);
  fputs ("</tr>\n", file);
}

void
isth_page_write_assets (FILE *file,
                        const IsthSnapshot *snapshot)
{
  const char *heads[] = { _("Name"), _("Kind"), _("Level"), _("Addresses"), _("Vendor"), _("Model"), _("Firmware"), _("Serial number"), NULL };
  g_autofree IsthAsset **assets = g_memdup2 (snapshot->assets, snapshot->n_assets * sizeof *snapshot->assets);

  isth_page_begin_section (file, "assets", _("Assets"), snapshot->n_assets);
  if (assets)
    g_qsort_with_data (assets, (gint) snapshot->n_assets, sizeof *assets, compare_assets, NULL);
  if (isth_page_begin_rows (file, snapshot->n_assets, "assets", heads, _("The captures name no station.")))
    {
      for (uint32_t i = 0; i < MIN (snapshot->n_assets, PAGE_ROWS); i++)
        write_asset (file, snapshot, assets[i]);
      isth_html_end_table (file);
    }
  isth_page_write_rest (file, snapshot->n_assets, PAGE_ROWS);
  isth_page_end_section (file);
}

void
isth_page_write_networks (FILE *file,
                          const IsthSnapshot *snapshot)
{
  const char *heads[] = { _("Network"), _("Addresses"), _("Of these control devices"), _("What it is for"), _("Gateway"), NULL };
  const IsthNetworkList *list = snapshot->networks;
  uint32_t n = list ? list->n_networks : 0;
  char text[ISTH_ADDRESS_TEXT];

  isth_page_begin_section (file, "networks", _("Networks"), n);
  for (char **range = list ? list->site_ranges : NULL; range && *range; range++)
    isth_html_printf (file, "p", NULL, _("%s belongs to the site, as people say."), *range);
  if (isth_page_begin_rows (file, n, "networks", heads, _("No address of a network was seen.")))
    {
      for (uint32_t i = 0; i < MIN (n, PAGE_ROWS); i++)
        {
          const IsthNetwork *network = &list->networks[i];
          g_autofree char *width = isth_network_describe_width (network);

          fputs ("<tr><td>", file);
          isth_html_printf (file, "span", NULL, "%s/%u", isth_address_format (&network->network, text), network->bits);
          isth_html_element (file, "div", "why", width);
          fputs ("</td>", file);
          isth_html_printf (file, "td", "n", "%u", network->addresses);
          isth_html_printf (file, "td", "n", "%u", network->devices);
          isth_html_element (file, "td", NULL, isth_subnet_nature_reason (network->nature));
          isth_html_element (file, "td", NULL, isth_page_name (snapshot, network->gateways[0]));
          fputs ("</tr>\n", file);
        }
      isth_html_end_table (file);
    }
  isth_page_write_rest (file, n, PAGE_ROWS);
  isth_page_end_section (file);
}
