/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remote sessions in words. */
#pragma once

#include "app/session.h"

/* All return a new string. @snapshot: where names are looked up, or NULL. */

/* "Command line · SSH" */
char *isth_remote_text_kind (const IsthRemoteSession *remote);

/* "12 min 30 s", "12 min 30 s, still open", "not known" */
char *isth_remote_text_span (const IsthRemoteSession *remote);

/* How it came, as far as anybody can tell: "relay: TeamViewer", "likely from 203.0.113.77 (80 of 100)", "" */
char *isth_remote_text_way (const IsthSnapshot *snapshot, const IsthRemoteSession *remote);

/* What was done, the weightiest first: "write ×5 (gw-drives), …"; "" when nothing was seen. @most: how many kinds of it are named */
char *isth_remote_text_deeds (const IsthSnapshot *snapshot, const IsthRemoteSession *remote, guint most);

/* One or two sentences for those who read, by the wording in use. */
char *isth_remote_text_sentence (IsthSession *session, const IsthRemoteSession *remote);
