/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates (RFC 5280, 4.1): whose they are, who vouches, how long. Nothing is verified: what is said here is what the certificate says. */
#pragma once

#include "analysis/dissectors/dissector.h"

/**
 * isth_x509_read:
 * @der: one certificate
 * @own: it is that of the sender; otherwise one of those that vouch for it
 *
 * Says of the sender the names in the certificate, the subject's own name first; of its own also issuer and validity in words, and that
 * it had expired when the frame was captured. False when it is broken.
 */
bool isth_x509_read (IsthDissectContext *ctx, IsthCursor der, bool own);

/* The common name of the subject of a certificate, of which nothing is said. False when there is none. */
bool isth_x509_get_user (IsthCursor der, char *text, size_t size);
