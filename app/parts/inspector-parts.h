/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the inspector is made of: groups of rows that open evidence or select something else. */
#pragma once

#include <adwaita.h>

#include "app/model/related.h"
#include "app/session.h"

/* Rows of one group shown at most: more are counted in a last row. */
#define ISTH_INSPECTOR_ROWS 60

AdwPreferencesGroup *isth_inspector_add_group (GtkBox *box, const char *title);

/* A row that says something; either text may be NULL. */
AdwActionRow *isth_inspector_add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle);

/* A row that opens the evidence of @fact (taken over). */
AdwActionRow *isth_inspector_add_fact (AdwPreferencesGroup *group,
                                       IsthSession         *session,
                                       const char          *title,
                                       const char          *subtitle,
                                       IsthFact            *fact);

/* A row that selects something else. */
AdwActionRow *isth_inspector_add_link (AdwPreferencesGroup *group,
                                       IsthSession         *session,
                                       const char          *title,
                                       const char          *subtitle,
                                       IsthSelected         kind,
                                       guint64              id);

/* "and 12 more", when @all is above ISTH_INSPECTOR_ROWS; with @view and @words ("" finds all) the row leads to where all of them are found. */
void isth_inspector_add_rest (AdwPreferencesGroup *group, guint all);
void isth_inspector_add_way (AdwPreferencesGroup *group, IsthSession *session, guint all, const char *view, const char *words);

/* Operations of @link, the weighty first, with a row for each that opens its evidence. */
void isth_inspector_add_operations (AdwPreferencesGroup *group, IsthSession *session, const IsthLink *link, guint *n);

/* Programs, firmware and files that went to and fro; nothing when there were none. */
void isth_inspector_add_transfers (GtkBox *box, IsthSession *session, const IsthRelated *related);

/* The remote sessions from and to an asset; nothing when there were none. */
void isth_inspector_add_remotes (GtkBox *box, IsthSession *session, const IsthRelated *related);

/* Pages: @related is gathered, and has its record. That of an asset is filled step by step, from 0 on until it says FALSE: a hundred rows and more are
 * too dear to be made at once. */
gboolean isth_inspector_fill_asset (GtkBox *box, IsthSession *session, const IsthRelated *related, guint step);
void isth_inspector_fill_link (GtkBox *box, IsthSession *session, const IsthRelated *related);
void isth_inspector_fill_remote (GtkBox *box, IsthSession *session, const IsthRelated *related);
void isth_inspector_fill_alert (GtkBox *box, IsthSession *session, const IsthAlert *alert);

/* The big line on top and what stands under it. */
void isth_inspector_add_head (GtkBox *box, const char *title, const char *subtitle);
