/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Basic, Digest and Bearer. */
#include "analysis/dissectors/authorization.h"

#include "analysis/base/text.h"
#include "analysis/dissectors/secret.h"

#define LONGEST 256 /* of a name and its password */

/* base64 (RFC 4648) of "name:password". */
static const char *
read_basic (const IsthPiece *value,
            char *object,
            size_t size)
{
  uint8_t bytes[LONGEST];
  char user[128];
  const uint8_t *end;
  int state = 0;
  guint save = 0;
  size_t n, secret;

  n = g_base64_decode_step ((const char *) value->bytes + 6, MIN (value->length - 6, (LONGEST / 3 - 1) * 4), bytes, &state, &save);
  end = memchr (bytes, ':', n);
  isth_text_from_bytes (user, sizeof user, bytes, end ? (size_t) (end - bytes) : 0);
  secret = end ? (size_t) (bytes + n - end - 1) : 0;
  memset (bytes, 0, n); /* what stands behind the name is nobody's business */
  isth_text_format (object, size, end ? "user “%s”, password in clear (%s)" : "user “%s”, password in clear", user, isth_secret_class (secret));
  return "basic-login";
}

const char *
isth_authorization_read (const IsthPiece *value,
                         char *object,
                         size_t size)
{
  char user[128];
  IsthPiece name = { value->bytes, 0 };

  if (isth_piece_starts (value, "Basic "))
    return read_basic (value, object, size);
  if (isth_piece_starts (value, "Digest "))
    {
      if (!isth_piece_between (value, "username=\"", "\"", &name))
        name.length = 0;
      isth_text_format (object, size, "user “%s”", isth_text_from_bytes (user, sizeof user, name.bytes, name.length));
      return "digest-login";
    }
  if (isth_piece_starts (value, "Bearer "))
    {
      isth_text_format (object, size, "token in clear");
      return "bearer-login";
    }
  return NULL;
}
