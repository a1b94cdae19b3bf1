/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small captures made byte by byte, and one line of text that says what a source makes of them. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

void put_u16 (GByteArray *bytes, uint16_t value, bool big);
void put_u32 (GByteArray *bytes, uint32_t value, bool big);
void put_text (GByteArray *bytes, const char *text, size_t n);

/* A file header and records of @header bytes of record header. */
GByteArray *make_pcap (uint32_t magic, bool big, uint32_t version, uint32_t network);
void put_record (GByteArray *bytes, bool big, uint32_t header, uint32_t second, uint32_t fraction, uint32_t captured, uint32_t wire);

/* pcapng blocks; @body is padded and freed. */
void put_block (GByteArray *bytes, bool big, uint32_t type, GByteArray *body);
void put_section (GByteArray *bytes, bool big);
void put_interface (GByteArray *bytes, bool big, uint16_t link_type, uint8_t resolution, const char *name);
void put_packet (GByteArray *bytes, bool big, uint32_t interface, uint64_t ticks, uint32_t captured, uint32_t wire);
void put_option (GByteArray *body, bool big, uint16_t code, const void *value, uint16_t n);

GByteArray *make_snoop (uint32_t version, uint32_t type);
void put_snoop_record (GByteArray *bytes, uint32_t second, uint32_t captured, uint32_t dropped);

/* Named samples of every format with two to four frames each; NULL at the end of the list. */
GByteArray *make_sample (unsigned int index, const char **name);

/* "pcap 1@5.000001:4/60 …; cut; damaged 2", read in batches of @batch; or "refused: MESSAGE". Frees @bytes when asked. */
char *describe (const void *data, size_t n, size_t batch);
char *describe_take (GByteArray *bytes);
char *describe_file (const char *path);

/* @data behind one of libarchive's filters. */
GBytes *pack (const void *data, size_t n, const char *filter);
