/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects that S7comm-plus creates: sessions, in which both ends say who they are, subscriptions, blocks of the program. Helper of s7comm-plus.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Classes of objects. */
enum
{
  S7P_CLASS_SESSION = 287,
  S7P_CLASS_SUBSCRIPTION = 1001,
  S7P_CLASS_DB = 2574,
};

typedef struct
{
  uint32_t class_id; /* of the outermost object; 0: there is none */
  char name[64];     /* of the same */
} IsthS7pObject;

/* Reads the object at @c. The attributes of a session become claims about the sender: @by_server says what they mean. */
void isth_s7p_read_object (IsthDissectContext *ctx, IsthCursor *c, bool by_server, IsthS7pObject *object);

/* Identification and maintenance data (record 0 of PROFINET and PROFIBUS), as a controller gives it out: claims about the sender. */
void isth_s7p_read_maintenance (IsthDissectContext *ctx, const uint8_t *bytes, uint32_t n);
