/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signed messages (RFC 5652): whose certificates come with them. Nothing is verified. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Says of the sender of the frame what stands in the certificates of @message, a ContentInfo of signed data; the signer's own is known by its number. */
void isth_cms_read_certificates (IsthDissectContext *ctx, IsthCursor message);
