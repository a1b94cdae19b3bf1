/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cryptographic message syntax, as far as signed data has certificates: RFC 5652, 3, 5.1 and 5.3. */
#include "analysis/dissectors/cms.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/x509.h"

#define INTEGER 0x02
#define OBJECT_ID 0x06
#define SEQUENCE 0x30
#define SET 0x31
#define EXPLICIT_0 0xa0 /* the content; the certificates; the version in one of them */
#define MOST_CERTIFICATES 8
#define MOST_FIELDS 8

static const uint8_t signed_data[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02 };

/* Issuer and serial number together name a certificate. */
typedef struct
{
  IsthCursor issuer, serial;
} Name;

static bool
is_same (const IsthCursor *a,
         const IsthCursor *b)
{
  return a->length > 0 && a->length == b->length && memcmp (a->data, b->data, a->length) == 0;
}

/* RFC 5280, 4.1: a version, perhaps, the number, an algorithm, the issuer. */
static Name
read_certificate_name (IsthCursor certificate)
{
  IsthCursor tbs, algorithm;
  Name name = { 0 };
  uint32_t tag;

  if (!isth_ber_next (&certificate, &tag, &tbs) || !isth_ber_next (&tbs, &tag, &name.serial))
    return name;
  if (tag == EXPLICIT_0)
    isth_ber_next (&tbs, &tag, &name.serial);
  if (isth_ber_next (&tbs, &tag, &algorithm))
    isth_ber_next (&tbs, &tag, &name.issuer);
  return name;
}

/* 5.3: of the first of those who signed; nothing when it is named by its key. */
static Name
read_signer_name (IsthCursor signers)
{
  IsthCursor signer, version, id;
  Name name = { 0 };
  uint32_t tag;

  if (isth_ber_next (&signers, &tag, &signer) && isth_ber_next (&signer, &tag, &version) && isth_ber_next (&signer, &tag, &id) && tag == SEQUENCE &&
      isth_ber_next (&id, &tag, &name.issuer))
    isth_ber_next (&id, &tag, &name.serial);
  return name;
}

void
isth_cms_read_certificates (IsthDissectContext *ctx,
                            IsthCursor message)
{
  IsthCursor content, id, data, field, certificates = { 0 }, signers = { 0 }, rest, inner;
  Name signer, name;
  uint32_t tag;

  if (!isth_ber_next (&message, &tag, &content) || tag != SEQUENCE || !isth_ber_next (&content, &tag, &id) || tag != OBJECT_ID ||
      id.length != sizeof signed_data || memcmp (id.data, signed_data, sizeof signed_data) != 0 || !isth_ber_next (&content, &tag, &data) ||
      tag != EXPLICIT_0 || !isth_ber_next (&data, &tag, &content) || tag != SEQUENCE)
    return;
  for (int n = 0; n < MOST_FIELDS && isth_ber_next (&content, &tag, &field); n++)
    if (tag == EXPLICIT_0)
      certificates = field;
    else if (tag == SET) /* the last: the first are algorithms */
      signers = field;
  signer = read_signer_name (signers);
  rest = certificates;
  for (int n = 0; n < MOST_CERTIFICATES && rest.data && isth_cursor_left (&rest) > 0; n++)
    {
      const uint8_t *at = rest.data + rest.position;

      if (!isth_ber_next (&rest, &tag, &inner) || tag != SEQUENCE || inner.length < inner.wire)
        return;
      name = read_certificate_name (inner);
      isth_x509_read (ctx, isth_cursor_new (at, (uint32_t) (inner.data + inner.length - at), 0),
                      is_same (&name.serial, &signer.serial) && is_same (&name.issuer, &signer.issuer));
    }
}
