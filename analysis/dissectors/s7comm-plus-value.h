/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, values and addresses as S7comm-plus writes them. Helper of s7comm-plus.c; claims nothing. */
#pragma once

#include "analysis/base/cursor.h"
#include "analysis/base/text.h"

enum
{
  S7P_BOOL = 0x01,
  S7P_UDINT = 0x04,
  S7P_BLOB = 0x14,
  S7P_STRING = 0x15,
  S7P_STRUCT = 0x17,
};

/* One value: the number of a whole number, the bytes of a string or blob; neither of anything else. */
typedef struct
{
  uint8_t flags, type;
  bool is_number;
  uint64_t number;
  const uint8_t *bytes;
  uint32_t n_bytes;
} IsthS7pValue;

/* Seven bits a byte, the highest first, the top bit says that more follow; at most five bytes, or nine with eight bits in the last. */
uint32_t isth_s7p_u32 (IsthCursor *c);
uint64_t isth_s7p_u64 (IsthCursor *c);

/* Steps over one value (flags, type, content); of an array @value is the first element. False when the bytes contradict themselves. */
bool isth_s7p_read_value (IsthCursor *c, IsthS7pValue *value);

/* The element @id of the structure at @c, which stands behind flags and type: false when it is not there. */
bool isth_s7p_find_element (IsthCursor c, uint32_t id, IsthS7pValue *value);

/* "DB3", "M", "object 52". */
const char *isth_s7p_describe_object (char *text, size_t size, uint32_t id);

/* What the addresses of a request that reads or writes many variables are. */
typedef struct
{
  uint32_t count;      /* variables asked for */
  uint32_t state_item; /* which of them, from 1, is the operating state; 0: none */
} IsthS7pAddresses;

/* Reads the addresses of @count variables ("DB3 LID 10, Q LID 9 and 2 more"). False when they contradict themselves. */
bool isth_s7p_read_addresses (IsthCursor *c, uint32_t count, IsthS7pAddresses *addresses, char *text, size_t size);
