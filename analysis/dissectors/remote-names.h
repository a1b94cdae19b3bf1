/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of services by which makers of remote access let people in from afar, and of what vendors of machines build on them. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* What somebody who asks for host @name uses ("TeamViewer"), NULL: nothing that is known. Static. */
const char *isth_remote_name_find (const uint8_t *name, uint32_t length);

/* Says of the sender of the frame, who connects to @name, that it uses remote access: as a role, as software, and as the begin of a session with it
 * (protocol "remote-relay"); and of the receiver, when it itself is called so (@direct) and no proxy, that it is a relay. Nothing when it is no such name. */
void isth_remote_name_tell (IsthDissectContext *ctx, const uint8_t *name, uint32_t length, bool direct);

/* Says of @about, whom a name stands for, that it is a host of @product's service. */
void isth_remote_name_host (IsthDissectContext *ctx, const IsthEndpoint *about, const char *product, const uint8_t *at, uint32_t length);

/* The sender of the frame, a server, shows certificate @der: when makers of remote access issued it, that a session of theirs begins. */
void isth_remote_certificate_tell (IsthDissectContext *ctx, const IsthCursor *der);
