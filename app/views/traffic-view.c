/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of the table of links. */
#include "app/views/traffic-view.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/parts/table.h"

struct _IsthTrafficView
{
  IsthView parent_instance;

  IsthTable *table;
};

G_DEFINE_FINAL_TYPE (IsthTrafficView, isth_traffic_view, ISTH_TYPE_VIEW)

static const IsthLink *
get_link (const IsthRow *row)
{
  return row->record;
}

static const char *
peek_from (const IsthRow *row)
{
  return isth_row_get_asset_name (row, get_link (row)->from);
}

static const char *
peek_to (const IsthRow *row)
{
  return isth_row_get_asset_name (row, get_link (row)->to);
}

static const char *
peek_protocol (const IsthRow *row)
{
  return isth_format_protocol (get_link (row)->protocol);
}

static char *
dup_service (const IsthRow *row)
{
  const IsthLink *link = get_link (row);

  return isth_format_service (link->protocol, link->transport, link->port);
}

static char *
dup_verbs (const IsthRow *row)
{
  return isth_format_verbs (get_link (row)->verbs);
}

/* What changes something before what only reads, that before what was not read or only finds addresses (ARP); then by packets. */
static gint64
get_weight (const IsthRow *row)
{
  const IsthLink *link = get_link (row);
  gint64 rank = link->verbs != 0;

  for (IsthOp verb = 0; verb < ISTH_N_OPS; verb++)
    if ((link->verbs & 1u << verb) && isth_op_is_notable (verb))
      rank = 2;

  return rank << 56 | (gint64) MIN (link->packets[0] + link->packets[1], G_GUINT64_CONSTANT (1) << 55);
}

static const char *
peek_crossing (const IsthRow *row)
{
  return get_link (row)->crossing ? _("IT/OT") : "";
}

/* How it is known who asked whom. */
static const char *
peek_direction (const IsthRow *row)
{
  switch (get_link (row)->proof)
    {
    case 1:
      return _("spoke first");
    case 2:
      return _("handshake");
    case 3:
      return _("protocol");
    default:
      return _("not known");
    }
}

static guint64
packets (const IsthLink *link)
{
  return link->packets[0] + link->packets[1];
}

static guint64
bytes (const IsthLink *link)
{
  return link->bytes[0] + link->bytes[1];
}

#define NUMBER(name, value, format)                          \
  static gint64 get_##name (const IsthRow *row)                   \
  {                                                          \
    const IsthLink *link = get_link (row);        \
    return (gint64) (value);                                 \
  }                                                          \
  static char *dup_##name (const IsthRow *row)                    \
  {                                                          \
    const IsthLink *link = get_link (row);        \
    return format (value);                                   \
  }

/* A link without packets of its own: they are counted on the link that carries it, see the inspector. */
static char *
dup_carried (const IsthLink *link,
             char           *text)
{
  if (packets (link) > 0)
    return text;

  g_free (text);
  return g_strdup ("–");
}

#define OWN_COUNT(value) dup_carried (link, isth_format_count (value))
#define OWN_SIZE(value) dup_carried (link, isth_format_size (value))

NUMBER (packets, packets (link), OWN_COUNT)
NUMBER (packets_there, link->packets[0], OWN_COUNT)
NUMBER (packets_back, link->packets[1], OWN_COUNT)
NUMBER (bytes, bytes (link), OWN_SIZE)
NUMBER (flows, link->flows, isth_format_count)
NUMBER (first, link->first, isth_format_time)
NUMBER (last, link->last, isth_format_time)

static const IsthTableColumn columns[] = {
  { "from", N_("From"), .peek = peek_from, .chars = 22, .least = 17 },
  { "to", N_("To"), .peek = peek_to, .chars = 22, .least = 17 },
  { "protocol", N_("Protocol"), .peek = peek_protocol, .chars = 20, .least = 14 },
  { "service", N_("Service"), .text = dup_service, .chars = 16, .least = 9 },
  { "verbs", N_("Operations"), .text = dup_verbs, .number = get_weight, .chars = 20, .least = 14, .leads = TRUE },
  { "packets", N_("Packets"), .text = dup_packets, .number = get_packets, .chars = 10, .least = 9, .right = TRUE },
  { "bytes", N_("Bytes"), .text = dup_bytes, .number = get_bytes, .chars = 9, .right = TRUE },
  { "crossing", N_("Crossing"), .peek = peek_crossing, .chars = 8 },
  { "first", N_("First seen"), .text = dup_first, .number = get_first, .chars = 23 },
  { "last", N_("Last seen"), .text = dup_last, .number = get_last, .chars = 23 },
  { "packets-there", N_("Packets there"), .text = dup_packets_there, .number = get_packets_there, .chars = 11,
    .right = TRUE, .hidden = TRUE },
  { "packets-back", N_("Packets back"), .text = dup_packets_back, .number = get_packets_back, .chars = 11, .right = TRUE,
    .hidden = TRUE },
  { "flows", N_("Connections"), .text = dup_flows, .number = get_flows, .chars = 11, .right = TRUE, .hidden = TRUE },
  { "direction", N_("Direction known from"), .peek = peek_direction, .chars = 16, .least = 10, .hidden = TRUE },
};

static void
isth_traffic_view_attach (IsthView    *view,
                          IsthSession *session)
{
  isth_table_set_up (ISTH_TRAFFIC_VIEW (view)->table, session, ISTH_SELECTED_LINK, columns, G_N_ELEMENTS (columns), NULL,
                     _("The captures hold no conversation between two stations so far."));
}

static void
isth_traffic_view_select_first (IsthView *view)
{
  isth_table_select_first (ISTH_TRAFFIC_VIEW (view)->table);
}

static void
isth_traffic_view_class_init (IsthTrafficViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  ISTH_VIEW_CLASS (class)->attach = isth_traffic_view_attach;
  ISTH_VIEW_CLASS (class)->select_first = isth_traffic_view_select_first;
  g_type_ensure (ISTH_TYPE_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/traffic-view.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthTrafficView, table);
}

static void
isth_traffic_view_init (IsthTrafficView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
