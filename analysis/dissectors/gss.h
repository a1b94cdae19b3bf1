/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Security tokens as SMB, LDAP, HTTP and DCE/RPC carry them: SPNEGO (RFC 4178) around NTLMSSP or Kerberos (RFC 4121), or these alone. */
#pragma once

#include "analysis/dissectors/dissector.h"

typedef enum
{
  ISTH_GSS_NONE,      /* nothing that is known */
  ISTH_GSS_OFFER,     /* a beginning: what is offered, no name yet */
  ISTH_GSS_CHALLENGE, /* of the server */
  ISTH_GSS_LOGIN,     /* who logs in, or with what */
} IsthGssKind;

/**
 * isth_gss_read:
 * @blob: the token
 * @object, @size: of a login "user “DOMAIN\NAME”", "anonymous" or "Kerberos ticket for SERVICE/HOST@REALM"; "" otherwise. Never what proves it
 *
 * Says of the sender of the frame what NTLMSSP tells, and of the receiver the host and realm for which a ticket was issued.
 */
IsthGssKind isth_gss_read (IsthDissectContext *ctx, IsthCursor blob, char *object, size_t size);

/* An identifier of Kerberos, PrincipalName (RFC 4120, 5.2.2): "krbtgt/EXAMPLE.COM". "" when it is none. */
const char *isth_gss_principal (IsthCursor name, char *text, size_t size);

/**
 * isth_gss_ticket:
 * @ticket: the contents of a Ticket (RFC 4120, 5.3), behind its application tag
 * @service, @realm: ISTH_LIMIT_TEXT bytes each
 * @etype: of its encryption
 *
 * False when it is none.
 */
bool isth_gss_ticket (IsthCursor ticket, char *service, char *realm, int *etype);
