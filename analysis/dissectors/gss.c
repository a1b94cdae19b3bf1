/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding NTLMSSP or a Kerberos ticket in a security token. The Kerberos message is looked for by its mechanism, since what stands around it differs. */
#include "analysis/dissectors/gss.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/ntlmssp.h"

#define FARTHEST 512 /* bytes in front of the Kerberos message that are looked through */
#define MOST_PARTS 8 /* of a principal's name */
#define TICKET 0x61
#define SEQUENCE 0x30

/* Version and type of an AP-REQ, with which its contents start (RFC 4120, 5.5.1). What stands in front differs: GSS-API's header, SPNEGO's, or none. */
static const uint8_t kerberos[] = { 0xa0, 0x03, 0x02, 0x01, 0x05, 0xa1, 0x03, 0x02, 0x01, 0x0e };

const char *
isth_gss_principal (IsthCursor name,
                    char *text,
                    size_t size)
{
  IsthCursor part, strings, value;
  uint32_t tag;
  size_t end = 0;

  text[0] = '\0';
  if (!isth_ber_next (&name, &tag, &part) || tag != SEQUENCE)
    return text;
  while (isth_ber_next (&part, &tag, &strings))
    if (tag == 0xa1)
      break;
  if (tag != 0xa1 || part.failed || !isth_ber_next (&strings, &tag, &part) || tag != SEQUENCE)
    return text;
  for (int i = 0; i < MOST_PARTS && isth_ber_next (&part, &tag, &value); i++)
    {
      char one[ISTH_LIMIT_TEXT];

      isth_text_from_bytes (one, sizeof one, value.data, value.length);
      isth_text_format (text + end, size - end, "%s%s", i > 0 ? "/" : "", one);
      end = strlen (text);
    }
  return text;
}

bool
isth_gss_ticket (IsthCursor ticket,
                 char *service,
                 char *realm,
                 int *etype)
{
  IsthCursor fields, field, value;
  uint32_t tag;
  uint64_t number;

  service[0] = realm[0] = '\0';
  *etype = 0;
  if (!isth_ber_next (&ticket, &tag, &fields) || tag != SEQUENCE)
    return false;
  while (isth_ber_next (&fields, &tag, &field))
    {
      if (tag == 0xa1 && isth_ber_next (&field, &tag, &value))
        isth_text_from_bytes (realm, ISTH_LIMIT_TEXT, value.data, value.length);
      else if (tag == 0xa2)
        isth_gss_principal (field, service, ISTH_LIMIT_TEXT);
      else if (tag == 0xa3 && isth_ber_next (&field, &tag, &value) && isth_ber_next (&value, &tag, &field) && tag == 0xa0 &&
               isth_ber_next (&field, &tag, &value) && isth_ber_unsigned (value, &number))
        *etype = (int) MIN (number, 255);
    }
  return realm[0] != '\0' && service[0] != '\0';
}

/* The ticket among the fields of an AP-REQ. */
static bool
read_ap_req (IsthDissectContext *ctx,
             IsthCursor fields,
             char *object,
             size_t size)
{
  IsthEndpoint server = isth_context_receiver (ctx);
  IsthCursor field, ticket;
  char service[ISTH_LIMIT_TEXT], realm[ISTH_LIMIT_TEXT], name[ISTH_LIMIT_TEXT];
  const char *host;
  uint32_t tag = 0;
  int etype;

  while (isth_ber_next (&fields, &tag, &field))
    if (tag == 0xa3)
      break;
  if (fields.failed || tag != 0xa3 || !isth_ber_next (&field, &tag, &ticket) || tag != TICKET || !isth_gss_ticket (ticket, service, realm, &etype))
    return false;
  isth_text_format (object, size, "Kerberos ticket for %.120s@%.100s", service, realm);
  isth_emit_claim (ctx, &server, ISTH_ATTRIBUTE_REALM, realm, ISTH_CONFIDENCE_REPORTED, ticket.data, MIN (ticket.length, ISTH_LIMIT_EVIDENCE));
  /* "cifs/host", "ldap/host/domain" */
  host = strchr (service, '/');
  if (!host || !host[1] || host[1] == '/')
    return true;
  host++;
  isth_text_format (name, sizeof name, "%.*s", (int) strcspn (host, "/:"), host);
  if (strspn (name, "0123456789.") != strlen (name))
    isth_emit_claim (ctx, &server, ISTH_ATTRIBUTE_HOSTNAME, name, ISTH_CONFIDENCE_REPORTED, ticket.data, MIN (ticket.length, ISTH_LIMIT_EVIDENCE));
  return true;
}

static bool
find_kerberos (IsthDissectContext *ctx,
               IsthCursor blob,
               char *object,
               size_t size)
{
  for (uint32_t i = 0; i < FARTHEST && isth_cursor_left (&blob) > sizeof kerberos; i++, isth_cursor_skip (&blob, 1))
    if (memcmp (blob.data + blob.position, kerberos, sizeof kerberos) == 0)
      {
        isth_cursor_skip (&blob, sizeof kerberos);
        return read_ap_req (ctx, isth_cursor_rest (&blob), object, size);
      }
  return false;
}

IsthGssKind
isth_gss_read (IsthDissectContext *ctx,
               IsthCursor blob,
               char *object,
               size_t size)
{
  object[0] = '\0';
  if (isth_cursor_left (&blob) == 0)
    return ISTH_GSS_NONE;
  switch (isth_ntlmssp_read (ctx, blob, object, size))
    {
    case ISTH_NTLMSSP_NEGOTIATE:
      return ISTH_GSS_OFFER;
    case ISTH_NTLMSSP_CHALLENGE:
      return ISTH_GSS_CHALLENGE;
    case ISTH_NTLMSSP_AUTHENTICATE:
      return ISTH_GSS_LOGIN;
    case ISTH_NTLMSSP_NONE:
      break;
    }
  return find_kerberos (ctx, blob, object, size) ? ISTH_GSS_LOGIN : ISTH_GSS_NONE;
}
