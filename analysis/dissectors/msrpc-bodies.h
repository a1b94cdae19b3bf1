/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read of the bodies of a few remote procedure calls: what they are about, where services are found, what a computer calls itself. */
#pragma once

#include "analysis/dissectors/dcerpc.h"
#include "analysis/dissectors/dissector.h"

/* A name that a call is about, and the program that it installs; empty when there is none. Of command lines the program alone: a password may follow. Lent. */
typedef struct
{
  IsthCursor name, program;
  bool wide;   /* both are UTF-16 */
  bool sought; /* the call has one, whether or not it could be read */
} IsthMsrpcSubject;

/* @interface: its name in msrpc-tables.h; NULL: the body cannot be read. 64-bit NDR is not read. */
IsthMsrpcSubject isth_msrpc_find_subject (const char *interface, uint16_t number, IsthCursor stub, bool little);

/* How much of the message that @body is read from, from its first byte, is to be shown: up to what the call is about; all of it
 * when it is a call of which nothing is sought. */
uint32_t isth_msrpc_subject_end (const IsthMsrpcSubject *self, const IsthCursor *body);

/* "svcctl, “PSEXESVC” runs “%SystemRoot%\\PSEXESVC.exe”"; @interface alone when there is nothing to add. */
const char *isth_msrpc_subject_text (const IsthMsrpcSubject *self, const char *interface, char *text, size_t size);

/* Says of the sender where its services are found: an answer of the endpoint mapper (C706, appendix L). @name: that of an interface, NULL unknown. */
void isth_msrpc_read_towers (IsthDissectContext *ctx, IsthCursor stub, const char *(*name) (const IsthUuid *interface));

/* Says of the sender the name and addresses in DUALSTRINGARRAY (MS-DCOM, 2.2.19), behind the version in an answer to ServerAlive2. */
void isth_msrpc_read_bindings (IsthDissectContext *ctx, IsthCursor c, bool little);
