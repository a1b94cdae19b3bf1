/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows and groups of the inspector. Nothing here is markup: names come from the network. */
#include "app/parts/inspector-parts.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "app/format.h"

static gboolean
is_cyclic (const IsthCycle *cycle)
{
  return cycle->n >= ISTH_CYCLE_TOLD && isth_cycle_jitter (cycle) < isth_cycle_mean (cycle) / 2;
}

void
isth_inspector_add_head (GtkBox     *box,
                         const char *title,
                         const char *subtitle)
{
  GtkWidget *head = gtk_label_new (title);
  GtkWidget *under = gtk_label_new (subtitle);

  gtk_label_set_wrap (GTK_LABEL (head), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (head), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (head), 0);
  gtk_label_set_selectable (GTK_LABEL (head), TRUE);
  gtk_widget_set_can_focus (head, FALSE);
  gtk_widget_add_css_class (head, "title-2");
  gtk_label_set_wrap (GTK_LABEL (under), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (under), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (under), 0);
  gtk_widget_add_css_class (under, "dim-label");
  gtk_box_append (box, head);
  if (*subtitle)
    gtk_box_append (box, under);
}

AdwPreferencesGroup *
isth_inspector_add_group (GtkBox     *box,
                          const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (box, group);

  return ADW_PREFERENCES_GROUP (group);
}

AdwActionRow *
isth_inspector_add_row (AdwPreferencesGroup *group,
                        const char          *title,
                        const char          *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle ? subtitle : "");
  adw_preferences_group_add (group, row);
  if (!title && subtitle) /* it is called by its title otherwise */
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, subtitle, -1);

  return ADW_ACTION_ROW (row);
}

static void
make_active (AdwActionRow *row,
             const char   *icon)
{
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_widget_add_css_class (image, "dim-label");
  adw_action_row_add_suffix (row, image);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

static void
on_fact_activated (AdwActionRow *row,
                   IsthSession  *session)
{
  isth_session_show_fact (session, g_object_get_data (G_OBJECT (row), "fact"));
}

AdwActionRow *
isth_inspector_add_fact (AdwPreferencesGroup *group,
                         IsthSession         *session,
                         const char          *title,
                         const char          *subtitle,
                         IsthFact            *fact)
{
  AdwActionRow *row = isth_inspector_add_row (group, title, subtitle);

  make_active (row, "view-more-horizontal-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), _("Show the evidence"));
  g_object_set_data_full (G_OBJECT (row), "fact", fact, g_object_unref);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_fact_activated), session, 0);

  return row;
}

typedef struct
{
  IsthSelected kind;
  guint64 id;
} Target;

static void
on_link_activated (AdwActionRow *row,
                   IsthSession  *session)
{
  const Target *target = g_object_get_data (G_OBJECT (row), "target");

  isth_session_select (session, target->kind, target->id);
}

AdwActionRow *
isth_inspector_add_link (AdwPreferencesGroup *group,
                         IsthSession         *session,
                         const char          *title,
                         const char          *subtitle,
                         IsthSelected         kind,
                         guint64              id)
{
  AdwActionRow *row = isth_inspector_add_row (group, title, subtitle);
  Target *target = g_new (Target, 1);

  *target = (Target) { kind, id };
  make_active (row, "go-next-symbolic");
  g_object_set_data_full (G_OBJECT (row), "target", target, g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_link_activated), session, 0);

  return row;
}

void
isth_inspector_add_rest (AdwPreferencesGroup *group,
                         guint                all)
{
  g_autofree char *text = NULL;

  if (all <= ISTH_INSPECTOR_ROWS)
    return;

  text = g_strdup_printf (_("and %u more"), all - ISTH_INSPECTOR_ROWS);
  isth_inspector_add_row (group, NULL, text);
}

static void
on_way_activated (AdwActionRow *row,
                  IsthSession  *session)
{
  isth_session_set_filter (session, g_object_get_data (G_OBJECT (row), "words"));
}

void
isth_inspector_add_way (AdwPreferencesGroup *group,
                        IsthSession         *session,
                        guint                all,
                        const char          *view,
                        const char          *words)
{
  g_autofree char *text = NULL;
  AdwActionRow *row;

  if (all <= ISTH_INSPECTOR_ROWS)
    return;

  text = g_strdup_printf (_("and %u more: find all %u"), all - ISTH_INSPECTOR_ROWS, all);
  row = isth_inspector_add_row (group, text, NULL);
  make_active (row, "edit-find-symbolic");
  g_object_set_data_full (G_OBJECT (row), "words", g_strdup (words), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_way_activated), session, 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.view");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", view);
}

static void
add_operation (AdwPreferencesGroup     *group,
               IsthSession             *session,
               const IsthLink          *link,
               const IsthLinkOperation *operation)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  const char *from = isth_session_get_asset_name (session, link->from);
  const char *to = isth_session_get_asset_name (session, link->to);
  g_autofree char *about = g_strdup_printf ("%s → %s", from, to);
  g_autofree char *count = isth_format_count (operation->count);
  g_autofree char *title = g_strdup_printf ("%s · %s", isth_format_verb (operation->verb), operation->name);
  g_autoptr(GString) subtitle = g_string_new (NULL);
  IsthFact *fact;

  if (*operation->object)
    g_string_append_printf (subtitle, "%s\n", operation->object);
  if (operation->count == 1)
    g_string_append (subtitle, _("once"));
  else
    g_string_append_printf (subtitle, _("%s times"), count);
  if (operation->refused > 0)
    g_string_append_printf (subtitle, _(" · %" PRIu64 " refused"), operation->refused);
  if (is_cyclic (&operation->cycle))
    {
      g_autofree char *cycle = isth_format_span ((gint64) (isth_cycle_mean (&operation->cycle) * 1e6));
      g_autofree char *jitter = isth_format_span ((gint64) (isth_cycle_jitter (&operation->cycle) * 1e6));

      g_string_append_printf (subtitle, _(" · every %s, give or take %s"), cycle, jitter);
    }
  if (operation->n_events > 0 && operation->n_events < operation->count)
    g_string_append_printf (subtitle, _(" · the first %u one by one"), operation->n_events);

  fact = isth_fact_new (about, title, operation->object, isth_format_protocol (link->protocol), -1, snapshot,
                        &operation->evidence);
  for (uint32_t i = 0; i < operation->n_events; i++)
    {
      const IsthLinkEvent *event = &operation->events[i];
      g_autofree char *time = isth_format_time_exact (event->evidence.time);
      char written[ISTH_WRITTEN_TEXT];
      g_autofree char *text = isth_written_describe (link->protocol, operation->verb, &event->evidence, written)
                                ? g_strdup_printf (_("%s, in frame %" PRIu64 ", %s"), written, event->evidence.frame, time)
                                : g_strdup_printf (_("frame %" PRIu64 ", %s"), event->evidence.frame, time);
      const char *outcome = event->outcome == ISTH_OUTCOME_OK        ? _("done")
                            : event->outcome == ISTH_OUTCOME_REFUSED ? (*event->text ? event->text : _("refused"))
                                                                     : _("no answer seen");

      isth_fact_add_rival (fact, text, outcome, -1, FALSE);
    }
  isth_inspector_add_fact (group, session, title, subtitle->str, fact);
}

void
isth_inspector_add_operations (AdwPreferencesGroup *group,
                               IsthSession         *session,
                               const IsthLink      *link,
                               guint               *n)
{
  for (int pass = 0; pass < 2; pass++)
    for (uint32_t i = 0; i < link->n_operations; i++)
      if (isth_op_is_notable (link->operations[i].verb) == (pass == 0))
        if ((*n)++ < ISTH_INSPECTOR_ROWS)
          add_operation (group, session, link, &link->operations[i]);
}

static const char *
describe_state (const IsthTransferEvent *transfer)
{
  switch (transfer->state)
    {
    case ISTH_TRANSFER_FINISHED:
      return _("finished");
    case ISTH_TRANSFER_BROKEN_OFF:
      return *transfer->text ? transfer->text : _("broken off");
    default:
      return _("its end was not seen");
    }
}

static void
add_transfer (AdwPreferencesGroup     *group,
              IsthSession             *session,
              const IsthTransferEvent *transfer)
{
  const IsthSnapshot *snapshot = isth_session_get_snapshot (session);
  const char *from = isth_session_get_asset_name (session, transfer->from);
  const char *to = isth_session_get_asset_name (session, transfer->to);
  g_autofree char *about = g_strdup_printf ("%s → %s", from, to);
  g_autofree char *time = isth_format_time (transfer->first);
  g_autofree char *took = isth_format_span (transfer->last - transfer->first);
  g_autofree char *bytes = isth_format_size (transfer->bytes);
  g_autofree char *all = isth_format_size (transfer->total);
  g_autofree char *title = g_strdup_printf ("%s%s%s", isth_format_verb (transfer->verb), *transfer->object ? " · " : "", transfer->object);
  g_autoptr(GString) subtitle = g_string_new (about);

  g_string_append_printf (subtitle, _("\n%s, took %s · %s"), time, took, describe_state (transfer));
  if (transfer->total > transfer->bytes)
    g_string_append_printf (subtitle, _(" · %s of %s"), bytes, all);
  else if (transfer->bytes > 0)
    g_string_append_printf (subtitle, " · %s", bytes);
  if (!transfer->begun)
    g_string_append (subtitle, _(" · its beginning was not seen"));
  isth_inspector_add_fact (group, session, title, subtitle->str,
                           isth_fact_new (about, title, transfer->object, isth_format_protocol (transfer->protocol), -1, snapshot,
                                          &transfer->evidence));
}

void
isth_inspector_add_transfers (GtkBox            *box,
                              IsthSession       *session,
                              const IsthRelated *related)
{
  AdwPreferencesGroup *group;

  if (related->transfers->len == 0)
    return;

  group = isth_inspector_add_group (box, _("Transfers"));
  for (guint i = 0; i < MIN (related->transfers->len, ISTH_INSPECTOR_ROWS); i++)
    add_transfer (group, session, g_ptr_array_index (related->transfers, i));
  isth_inspector_add_rest (group, related->transfers->len);
}
