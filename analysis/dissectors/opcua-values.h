/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built-in types of OPC UA binary (IEC 62541-6, 5.2.2). All read at the cursor; what is wrong there makes it fail. */
#pragma once

#include "analysis/base/cursor.h"
#include "analysis/base/limits.h"
#include "analysis/base/text.h"

/* A String or ByteString: lent bytes; NULL and 0 for a null one. */
typedef struct
{
  const uint8_t *bytes;
  uint32_t length;
} IsthOpcUaString;

/* A String or ByteString, lent from the frame: no bytes when it is null, and when it is longer than what there is (then the cursor fails). */
IsthOpcUaString isth_opcua_string (IsthCursor *c);

/* Into @text, cut to @size, as text to show; returns it. */
const char *isth_opcua_text (char *text, size_t size, const IsthOpcUaString *string);

/* The number of elements of an array; the cursor fails when so many cannot follow (each takes at least @least bytes). Null arrays have none. */
uint32_t isth_opcua_count (IsthCursor *c, uint32_t least);

/* A NodeId or ExpandedNodeId. @identifier: of numeric ones, UINT32_MAX otherwise; @name: of those that are strings. */
typedef struct
{
  uint16_t space;
  uint32_t identifier;
  uint8_t type; /* 'i', 's', 'g', 'b' */
  IsthOpcUaString name;
} IsthOpcUaNode;

IsthOpcUaNode isth_opcua_node (IsthCursor *c);

/* "i=2258", "ns=2;s=Tank.Level" (IEC 62541-6, 5.3.1.10) */
const char *isth_opcua_format_node (char *text, size_t size, const IsthOpcUaNode *node);

/* The text of a LocalizedText. */
IsthOpcUaString isth_opcua_localized (IsthCursor *c);

/* Steps over an ExtensionObject and returns its body; @type: its encoding's numeric id of namespace 0, 0 for others. */
IsthCursor isth_opcua_extension (IsthCursor *c, uint32_t *type);

/* What nobody here wants to know; of DiagnosticInfo also those inside it, to a depth at which the cursor fails. */
void isth_opcua_skip_qualified_name (IsthCursor *c);
void isth_opcua_skip_diagnostics (IsthCursor *c);

/* The header of all requests (IEC 62541-4, 7.28). */
void isth_opcua_skip_request_header (IsthCursor *c);

/* What a DataValue says, as far as it is one of a few simple types: @text for strings, @number for integers. */
typedef struct
{
  uint8_t type;    /* built-in type of the value; 0: none, or an array */
  uint32_t status; /* its StatusCode */
  IsthOpcUaString text;
  int64_t number;
  IsthCursor body; /* of an ExtensionObject */
  uint32_t body_type;
} IsthOpcUaValue;

IsthOpcUaValue isth_opcua_data_value (IsthCursor *c);
