/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of the asset table. */
#include "app/views/assets-view.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/parts/table.h"

struct _IsthAssetsView
{
  IsthView parent_instance;

  IsthTable *table;
};

G_DEFINE_FINAL_TYPE (IsthAssetsView, isth_assets_view, ISTH_TYPE_VIEW)

static const IsthAsset *
get_asset (const IsthRow *row)
{
  return row->record;
}

static const char *
peek_name (const IsthRow *row)
{
  return get_asset (row)->name;
}

static const char *
peek_kind (const IsthRow *row)
{
  return _(isth_kind_title (get_asset (row)->kind));
}

static char *
dup_level (const IsthRow *row)
{
  const IsthAsset *asset = get_asset (row);

  return g_strdup (asset->level == ISTH_LEVEL_UNKNOWN ? "" : isth_level_name (asset->level));
}

static gint64
get_level (const IsthRow *row)
{
  IsthLevel level = get_asset (row)->level;

  return level == ISTH_LEVEL_UNKNOWN ? G_MAXINT : (int) level;
}

#define PEEK_ATTRIBUTE(name, attribute)                        \
  static const char *peek_##name (const IsthRow *row)               \
  {                                                            \
    return isth_asset_get (get_asset (row), attribute); \
  }

PEEK_ATTRIBUTE (vendor, ISTH_ATTRIBUTE_VENDOR)
PEEK_ATTRIBUTE (model, ISTH_ATTRIBUTE_MODEL)
PEEK_ATTRIBUTE (order_number, ISTH_ATTRIBUTE_ORDER_NUMBER)
PEEK_ATTRIBUTE (firmware, ISTH_ATTRIBUTE_FIRMWARE)
PEEK_ATTRIBUTE (hardware, ISTH_ATTRIBUTE_HARDWARE)
PEEK_ATTRIBUTE (serial, ISTH_ATTRIBUTE_SERIAL)
PEEK_ATTRIBUTE (hostname, ISTH_ATTRIBUTE_HOSTNAME)
PEEK_ATTRIBUTE (station, ISTH_ATTRIBUTE_STATION)
PEEK_ATTRIBUTE (os, ISTH_ATTRIBUTE_OS)
PEEK_ATTRIBUTE (location, ISTH_ATTRIBUTE_LOCATION)
PEEK_ATTRIBUTE (state, ISTH_ATTRIBUTE_STATE)

static char *
dup_ips (const IsthRow *row)
{
  return isth_format_ips (get_asset (row));
}

/* By the first address as a number: 10.0.0.9 before 10.0.0.10. IPv6 behind IPv4, none last. */
static gint64
get_ip (const IsthRow *row)
{
  const IsthAsset *asset = get_asset (row);

  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    for (uint32_t j = 0; j < asset->interfaces[i].n_ips; j++)
      {
        const IsthAddress *ip = &asset->interfaces[i].ips[j];
        guint64 number = 0;

        if (ip->kind == ISTH_ADDRESS_IPV4)
          return (gint64) ip->bytes[0] << 24 | ip->bytes[1] << 16 | ip->bytes[2] << 8 | ip->bytes[3];
        for (int k = 0; k < 8; k++)
          number = number << 8 | ip->bytes[k];
        return (gint64) (G_GUINT64_CONSTANT (1) << 62 | number >> 2);
      }

  return G_MAXINT64;
}

static char *
dup_macs (const IsthRow *row)
{
  return isth_format_macs (get_asset (row));
}

static char *
dup_protocols (const IsthRow *row)
{
  const IsthAsset *asset = get_asset (row);
  g_autoptr(GString) text = g_string_new (NULL);

  for (const char **protocol = asset->protocols; protocol && *protocol; protocol++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", isth_format_protocol (*protocol));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define NUMBER(name, field, format)                        \
  static gint64 get_##name (const IsthRow *row)                 \
  {                                                        \
    return (gint64) get_asset (row)->field;     \
  }                                                        \
  static char *dup_##name (const IsthRow *row)                  \
  {                                                        \
    return format (get_asset (row)->field);     \
  }

/* How surely it is of that kind, or on that level: so many of a hundred such assets are. Nothing for what is not known. */
static char *
format_confidence (guint confidence)
{
  return confidence > 0 ? g_strdup_printf ("%u", confidence) : g_strdup ("");
}

NUMBER (kind_sure, kind_confidence, format_confidence)
NUMBER (level_sure, level_confidence, format_confidence)
NUMBER (first, first, isth_format_time)
NUMBER (last, last, isth_format_time)
NUMBER (packets_sent, packets_sent, isth_format_count)
NUMBER (packets_received, packets_received, isth_format_count)
NUMBER (bytes_sent, bytes_sent, isth_format_size)
NUMBER (bytes_received, bytes_received, isth_format_size)

static const IsthTableColumn columns[] = {
  { "name", N_("Name"), .peek = peek_name, .chars = 26, .least = 23 },
  { "kind", N_("Kind"), .peek = peek_kind, .chars = 19, .least = 13 },
  { "level", N_("Level"), .text = dup_level, .number = get_level, .chars = 5 },
  { "kind-sure", N_("Kind, % sure"), .text = dup_kind_sure, .number = get_kind_sure, .chars = 8, .right = TRUE, .hidden = TRUE },
  { "level-sure", N_("Level, % sure"), .text = dup_level_sure, .number = get_level_sure, .chars = 8, .right = TRUE, .hidden = TRUE },
  { "ip", N_("IP addresses"), .text = dup_ips, .number = get_ip, .chars = 15 },
  { "vendor", N_("Vendor"), .peek = peek_vendor, .chars = 20, .least = 14 },
  { "model", N_("Model"), .peek = peek_model, .chars = 16, .least = 9 },
  { "order-number", N_("Order number"), .peek = peek_order_number, .chars = 19, .hidden = TRUE },
  { "firmware", N_("Firmware"), .peek = peek_firmware, .chars = 9, .least = 7 },
  { "hardware", N_("Hardware"), .peek = peek_hardware, .chars = 9, .least = 7, .hidden = TRUE },
  { "serial", N_("Serial number"), .peek = peek_serial, .chars = 14, .least = 9 },
  { "mac", N_("MAC addresses"), .text = dup_macs, .chars = 17 },
  { "hostname", N_("Host name"), .peek = peek_hostname, .chars = 15, .least = 10, .hidden = TRUE },
  { "station", N_("Station name"), .peek = peek_station, .chars = 15, .least = 10, .hidden = TRUE },
  { "os", N_("Operating system"), .peek = peek_os, .chars = 16, .least = 10, .hidden = TRUE },
  { "location", N_("Location"), .peek = peek_location, .chars = 14, .least = 8, .hidden = TRUE },
  { "state", N_("State"), .peek = peek_state, .chars = 8, .hidden = TRUE },
  { "protocols", N_("Protocols"), .text = dup_protocols, .chars = 20, .least = 10, .hidden = TRUE },
  { "first", N_("First seen"), .text = dup_first, .number = get_first, .chars = 23, .hidden = TRUE },
  { "last", N_("Last seen"), .text = dup_last, .number = get_last, .chars = 23 },
  { "packets-sent", N_("Packets sent"), .text = dup_packets_sent, .number = get_packets_sent, .chars = 12, .right = TRUE,
    .hidden = TRUE },
  { "packets-received", N_("Packets received"), .text = dup_packets_received, .number = get_packets_received,
    .chars = 12, .right = TRUE, .hidden = TRUE },
  { "bytes-sent", N_("Bytes sent"), .text = dup_bytes_sent, .number = get_bytes_sent, .chars = 10, .right = TRUE,
    .hidden = TRUE },
  { "bytes-received", N_("Bytes received"), .text = dup_bytes_received, .number = get_bytes_received, .chars = 10,
    .right = TRUE, .hidden = TRUE },
};

static void
isth_assets_view_attach (IsthView    *view,
                         IsthSession *session)
{
  isth_table_set_up (ISTH_ASSETS_VIEW (view)->table, session, ISTH_SELECTED_ASSET, columns, G_N_ELEMENTS (columns),
                     "asset-columns", _("The captures name no station so far."));
}

static void
isth_assets_view_select_first (IsthView *view)
{
  isth_table_select_first (ISTH_ASSETS_VIEW (view)->table);
}

static void
isth_assets_view_class_init (IsthAssetsViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  ISTH_VIEW_CLASS (class)->attach = isth_assets_view_attach;
  ISTH_VIEW_CLASS (class)->select_first = isth_assets_view_select_first;
  g_type_ensure (ISTH_TYPE_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/assets-view.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthAssetsView, table);
}

static void
isth_assets_view_init (IsthAssetsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
