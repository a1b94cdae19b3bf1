/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small captures written as text: one frame a line, turned into a pcap file in memory. */
#pragma once

#include <glib.h>
#include <stdint.h>

/* Appends a pcap file header (ns, little-endian) for @link_type. */
void isth_test_pcap_begin (GByteArray *file, uint32_t link_type);

/* Appends one record. */
void isth_test_pcap_frame (GByteArray *file, int64_t time, const uint8_t *data, uint32_t captured, uint32_t wire);

/**
 * isth_test_pcap_from_text:
 *
 * "link N" sets the link type (first line, default 1), "# …" and empty lines are skipped; any other line is
 * "SECONDS[.FRACTION] HEX" with HEX as isth_test_bytes() reads it.
 */
GByteArray *isth_test_pcap_from_text (const char *text);
