/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times, spans, counts and sizes as people read them, in the viewer's zone and the locale's form. */
#pragma once

#include <glib.h>

#include "analysis/isthmus.h"

/* All return a new string; "" for ISTH_NO_TIME. */

/* "2026-01-31 13:00:03 CET" */
char *isth_format_time (gint64 ns);

/* "2026-01-31 13:00:03.123456 CET" */
char *isth_format_time_exact (gint64 ns);

/* "2026-01-31 12:00:03.123456789 UTC" */
char *isth_format_time_utc (gint64 ns);

/* "7 h 00", "12 min 30 s", "3.2 s", "5 ms", "2 d 4 h" */
char *isth_format_span (gint64 ns);

/* With the locale's thousands: "1,234,567" */
char *isth_format_count (guint64 count);

/* Three digits and a prefix: "998", "12.3 k", "1.10 M" */
char *isth_format_count_short (guint64 count);

/* "1.2 GB" */
char *isth_format_size (guint64 bytes);

/* Where @protocol ("" not known) was spoken: "TCP 502", "UDP 53", "Ethernet"; and without a protocol also "ARP", "EtherType 0x8892". "" when nothing is
 * known. isth_service_describe() says the protocol with it. */
char *isth_format_service (const char *protocol, guint8 transport, guint16 port);

/* What people call a link type of libpcap: "Ethernet" for "EN10MB"; @name itself where it says enough. */
const char *isth_format_link_type (const char *name);

/* The proper name of a protocol by its id: "Modbus/TCP"; the id itself when no dissector has it; "" for "" */
const char *isth_format_protocol (const char *id);

/* What a source of claims is called: a protocol's name, or words for "person", "ieee-ra". */
const char *isth_format_source (const char *id);

/* "certain", "reported by others", …, by the steps of observation.h */
const char *isth_format_confidence (int confidence);

/* "Level 1 · control" … "Level not known" */
const char *isth_format_level (IsthLevel level);

/* All addresses of an asset of one sort, ", " between. */
char *isth_format_ips (const IsthAsset *asset);
char *isth_format_macs (const IsthAsset *asset);

/* The verbs of a link's mask, ", " between, the weighty ones first. */
char *isth_format_verbs (guint32 verbs);

/* One verb, as people say it. */
const char *isth_format_verb (IsthOp verb);
