/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What hellos of switches and routers have in common: see hello.h. */
#include "analysis/dissectors/hello.h"

bool
isth_hello_next_part (IsthCursor *c,
                      uint16_t   *kind,
                      IsthCursor *part)
{
  uint16_t length;

  if (c->failed || isth_cursor_wire_left (c) < 4)
    return false;
  *kind = isth_cursor_be16 (c);
  length = isth_cursor_be16 (c);
  *part = isth_cursor_take (c, length < 4 ? 0 : length - 4u);
  c->failed |= length < 4 || part->length < part->wire;
  return !c->failed;
}

IsthEndpoint
isth_hello_router (const IsthDissectContext *ctx)
{
  IsthEndpoint router = isth_context_sender (ctx);

  if (isth_address_is_ip (&router.ip) && isth_address_is_virtual_router (&router.mac))
    router.mac = (IsthAddress){ 0 };
  return router;
}

void
isth_hello_virtual (IsthDissectContext *ctx,
                    const IsthAddress  *ip,
                    const uint8_t      *at,
                    uint32_t            length)
{
  IsthEndpoint virtual = isth_context_sender (ctx);

  virtual.ip = *ip;
  if (isth_address_is_virtual_router (&virtual.mac))
    isth_emit_binding (ctx, &virtual, at, length);
}

void
isth_hello_route_masked (IsthDissectContext *ctx,
                         const IsthEndpoint *router,
                         const uint8_t       network[4],
                         const uint8_t       mask[4],
                         const uint8_t      *at,
                         uint32_t            length)
{
  IsthAddress address = isth_address_ipv4 (network);
  char text[ISTH_ADDRESS_TEXT];

  if (isth_address_is_host (&address) && isth_address_format_network (&address, mask, text))
    isth_emit_claim (ctx, router, ISTH_ATTRIBUTE_ROUTE, text, ISTH_CONFIDENCE_PARSED, at, length);
}

void
isth_hello_route (IsthDissectContext *ctx,
                  const IsthEndpoint *router,
                  const uint8_t       network[4],
                  unsigned            bits,
                  const uint8_t      *at,
                  uint32_t            length)
{
  uint32_t ones = bits > 0 && bits < 32 ? UINT32_MAX << (32 - bits) : 0;
  const uint8_t mask[4] = { (uint8_t) (ones >> 24), (uint8_t) (ones >> 16), (uint8_t) (ones >> 8), (uint8_t) ones };

  isth_hello_route_masked (ctx, router, network, mask, at, length);
}

const char *
isth_hello_network_six (const uint8_t *prefix,
                        unsigned       bits,
                        char           text[ISTH_ADDRESS_TEXT + 8])
{
  uint8_t bytes[16] = { 0 };
  char name[ISTH_ADDRESS_TEXT];
  IsthAddress address;

  if (bits == 0 || bits > 127)
    return NULL;
  memcpy (bytes, prefix, (bits + 7) / 8);
  if (bits % 8)
    bytes[bits / 8] &= (uint8_t) (0xff << (8 - bits % 8));
  address = isth_address_ipv6 (bytes);
  if (!isth_address_is_host (&address) || isth_address_is_link_local (&address))
    return NULL;
  return isth_text_format (text, ISTH_ADDRESS_TEXT + 8, "%s/%u", isth_address_format (&address, name), bits);
}

void
isth_hello_route_six (IsthDissectContext *ctx,
                      const IsthEndpoint *router,
                      const uint8_t      *prefix,
                      unsigned            bits,
                      const uint8_t      *at,
                      uint32_t            length)
{
  char text[ISTH_ADDRESS_TEXT + 8];

  if (isth_hello_network_six (prefix, bits, text))
    isth_emit_claim (ctx, router, ISTH_ATTRIBUTE_ROUTE, text, ISTH_CONFIDENCE_PARSED, at, length);
}

bool
isth_hello_password (IsthDissectContext *ctx,
                     const uint8_t      *password,
                     uint32_t            size)
{
  const uint8_t *end = size > 0 ? memchr (password, 0, size) : NULL;
  size_t n = end ? (size_t) (end - password) : size;
  char object[64];

  if (n == 0)
    return false;
  if (n == 5 && memcmp (password, "cisco", n) == 0)
    isth_text_format (object, sizeof object, "the password of the factory, in clear");
  else
    isth_text_format (object, sizeof object, "password of %zu characters, in clear", n);
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_AUTHENTICATE, .function = -1, .name = "password", .object = object });
  return true;
}
