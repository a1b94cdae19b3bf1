/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vendor of a MAC address: IEEE registration authority, MA-L (24 bit), MA-M (28 bit), MA-S and IAB (36 bit). */
#pragma once

#include "analysis/base/address.h"

/* Reads the lists now (some 20 ms) and not when the first maker is asked for. Any thread. */
void isth_vendor_prepare (void);

/* The registered organisation or NULL: longest prefix wins; locally administered and group addresses have none. Any
 * thread; reads the lists once (Debian's ieee-data, or the project's own short list where that is not installed). */
const char *isth_vendor_from_mac (const IsthAddress *mac);

/* A registered name as people say it, for names and tables: "MOXA TECHNOLOGIES CORP., LTD." is "MOXA Technologies". Without the legal form, at
 * most ISTH_VENDOR_SHORT characters; free with g_free(). */
char *isth_vendor_shorten (const char *vendor);

#define ISTH_VENDOR_SHORT 20
