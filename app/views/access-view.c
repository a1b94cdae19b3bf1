/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of the table of remote sessions. */
#include "app/views/access-view.h"

#include <glib/gi18n-lib.h>

#include "app/format.h"
#include "app/parts/remote-text.h"
#include "app/parts/table.h"

#define DEEDS 3 /* kinds of deeds named in a cell */

struct _IsthAccessView
{
  IsthView parent_instance;

  IsthTable *table;
};

G_DEFINE_FINAL_TYPE (IsthAccessView, isth_access_view, ISTH_TYPE_VIEW)

static const IsthRemoteSession *
get_remote (const IsthRow *row)
{
  return row->record;
}

static const char *
peek_from (const IsthRow *row)
{
  return isth_row_get_asset_name (row, get_remote (row)->from);
}

static const char *
peek_to (const IsthRow *row)
{
  return isth_row_get_asset_name (row, get_remote (row)->to);
}

static char *
dup_user (const IsthRow *row)
{
  const IsthRemoteSession *remote = get_remote (row);

  if (!*remote->user)
    return g_strdup (remote->refused ? _("refused") : _("not seen"));
  return remote->refused ? g_strdup_printf (_("%s, refused"), remote->user) : g_strdup (remote->user);
}

static const char *
peek_protocol (const IsthRow *row)
{
  return isth_format_protocol (get_remote (row)->protocol);
}

static const char *
peek_kind (const IsthRow *row)
{
  return _(isth_remote_title (get_remote (row)->kind));
}

static const char *
peek_shape (const IsthRow *row)
{
  switch (get_remote (row)->shape)
    {
    case ISTH_SHAPE_INTERACTIVE:
      return _("interactive");
    case ISTH_SHAPE_TRANSFER:
      return _("transfer");
    default:
      return _("not known");
    }
}

static const char *
peek_end (const IsthRow *row)
{
  switch (get_remote (row)->end)
    {
    case ISTH_SESSION_CLOSED:
      return _("closed");
    case ISTH_SESSION_SILENT:
      return _("fell silent");
    default:
      return _("still open");
    }
}

static char *
dup_way (const IsthRow *row)
{
  return isth_remote_text_way (row->snapshot, get_remote (row));
}

static char *
dup_deeds (const IsthRow *row)
{
  return isth_remote_text_deeds (row->snapshot, get_remote (row), DEEDS);
}

static char *
dup_service (const IsthRow *row)
{
  const IsthRemoteSession *remote = get_remote (row);

  return isth_format_service (remote->protocol, remote->transport, remote->port[1]);
}

static char *
dup_span (const IsthRow *row)
{
  return isth_remote_text_span (get_remote (row));
}

static gint64
get_span (const IsthRow *row)
{
  const IsthRemoteSession *remote = get_remote (row);

  return remote->first == ISTH_NO_TIME ? 0 : remote->last - remote->first;
}

#define NUMBER(name, value, format)                                   \
  static gint64 get_##name (const IsthRow *row)                            \
  {                                                                   \
    const IsthRemoteSession *remote = get_remote (row);    \
    return (gint64) (value);                                          \
  }                                                                   \
  static char *dup_##name (const IsthRow *row)                             \
  {                                                                   \
    const IsthRemoteSession *remote = get_remote (row);    \
    return format (value);                                            \
  }

NUMBER (first, remote->first, isth_format_time)
NUMBER (last, remote->last, isth_format_time)
NUMBER (bytes, remote->bytes[0] + remote->bytes[1], isth_format_size)
NUMBER (bytes_there, remote->bytes[0], isth_format_size)
NUMBER (bytes_back, remote->bytes[1], isth_format_size)
NUMBER (pause, (gint64) remote->pause, isth_format_span)

static const IsthTableColumn columns[] = {
  { "first", N_("Began"), .text = dup_first, .number = get_first, .chars = 23 },
  { "from", N_("From"), .peek = peek_from, .chars = 17, .least = 15 },
  { "user", N_("User"), .text = dup_user, .chars = 11, .least = 8 },
  { "to", N_("To"), .peek = peek_to, .chars = 17, .least = 15 },
  { "protocol", N_("Protocol"), .peek = peek_protocol, .chars = 18, .least = 14 },
  { "span", N_("Duration"), .text = dup_span, .number = get_span, .chars = 18, .least = 15 },
  { "deeds", N_("Done meanwhile"), .text = dup_deeds, .chars = 28, .least = 14 },
  { "way", N_("Came through"), .text = dup_way, .chars = 24, .least = 12 },
  { "bytes", N_("Bytes"), .text = dup_bytes, .number = get_bytes, .chars = 9, .right = TRUE },
  { "kind", N_("Kind"), .peek = peek_kind, .chars = 16, .least = 10, .hidden = TRUE },
  { "shape", N_("Looks"), .peek = peek_shape, .chars = 11, .hidden = TRUE },
  { "end", N_("End"), .peek = peek_end, .chars = 11, .hidden = TRUE },
  { "last", N_("Last packet"), .text = dup_last, .number = get_last, .chars = 23, .hidden = TRUE },
  { "pause", N_("Longest pause"), .text = dup_pause, .number = get_pause, .chars = 12, .right = TRUE, .hidden = TRUE },
  { "bytes-there", N_("Bytes there"), .text = dup_bytes_there, .number = get_bytes_there, .chars = 10, .right = TRUE, .hidden = TRUE },
  { "bytes-back", N_("Bytes back"), .text = dup_bytes_back, .number = get_bytes_back, .chars = 10, .right = TRUE, .hidden = TRUE },
  { "service", N_("Service"), .text = dup_service, .chars = 12, .hidden = TRUE },
};

static void
isth_access_view_attach (IsthView    *view,
                         IsthSession *session)
{
  isth_table_set_up (ISTH_ACCESS_VIEW (view)->table, session, ISTH_SELECTED_REMOTE, columns, G_N_ELEMENTS (columns), NULL,
                     _("No remote session was seen. Only a connection whose content shows a protocol of remote access is taken for one; what began before "
                       "the capture, or did not pass the place where it was taken, may be missing."));
}

static void
isth_access_view_select_first (IsthView *view)
{
  isth_table_select_first (ISTH_ACCESS_VIEW (view)->table);
}

static void
isth_access_view_class_init (IsthAccessViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  ISTH_VIEW_CLASS (class)->attach = isth_access_view_attach;
  ISTH_VIEW_CLASS (class)->select_first = isth_access_view_select_first;
  g_type_ensure (ISTH_TYPE_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/isthmus/Isthmus/views/access-view.ui");
  gtk_widget_class_bind_template_child (widget_class, IsthAccessView, table);
}

static void
isth_access_view_init (IsthAccessView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
