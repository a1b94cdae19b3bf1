/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said in a connection of remote access besides: that somebody logs in, or does something; what program is at an end of it, what that host is called. */
#include "analysis/base/text.h"
#include "analysis/dissectors/dispatch-private.h"

/* To those who keep connections of remote access apart: something about one of their ends. */
static void
remark (IsthDissectContext *ctx,
        const IsthRemark *about)
{
  if (ctx->flow && ctx->dispatch->sink.remark && about->text && about->text[0])
    ctx->dispatch->sink.remark (about, ctx->dispatch->sink.user_data);
}

static IsthRemark
make_remark (IsthDissectContext *ctx,
             IsthRemarkKind kind,
             const IsthEndpoint *about,
             const uint8_t *at,
             uint32_t length)
{
  const IsthPacket *packet = ctx->packet;
  bool of_sender = !about || isth_address_equal (&about->ip, &packet->source);

  return (IsthRemark){
    .kind = kind,
    .protocol = ctx->dissector->id,
    .about = of_sender ? isth_context_sender (ctx) : isth_context_receiver (ctx),
    .other = of_sender ? isth_context_receiver (ctx) : isth_context_sender (ctx),
    .port = { of_sender ? packet->source_port : packet->target_port, of_sender ? packet->target_port : packet->source_port },
    .transport = packet->ip_protocol,
    .evidence = isth_context_make_evidence (ctx, at, length),
  };
}

static inline bool
is_deed (IsthOp verb)
{
  return verb == ISTH_OP_CONTROL || verb == ISTH_OP_PROGRAM || verb == ISTH_OP_CONFIGURE || verb == ISTH_OP_FIRMWARE;
}

void
isth_remark_request (IsthDissectContext *ctx,
                     const IsthRequest *request)
{
  uint8_t other = request->protocol ? isth_remote_find (request->protocol) : 0;
  IsthRemark self;

  if (ctx->flow && other != 0)
    isth_flow_get_owner (ctx->flow)->remote = other;
  else if (ctx->flow && ctx->remote == REMOTE_BY_DEED && is_deed (request->verb) && isth_flow_get_owner (ctx->flow)->remote == 0)
    isth_flow_get_owner (ctx->flow)->remote = isth_remote_find (ctx->dissector->id);
  if ((ctx->remote == 0 || request->verb != ISTH_OP_AUTHENTICATE) && other == 0)
    return;
  self = make_remark (ctx, request->opens ? ISTH_REMARK_OPENING : ISTH_REMARK_LOGIN, request->source, request->at, request->length);
  self.protocol = other ? request->protocol : self.protocol;
  self.text = request->object && request->object[0] ? request->object : request->name;
  remark (ctx, &self);
}

void
isth_remark_claim (IsthDissectContext *ctx,
                   const IsthEndpoint *about,
                   IsthAttribute attribute,
                   const char *value,
                   const uint8_t *at,
                   uint32_t length)
{
  char text[ISTH_LIMIT_TEXT];
  IsthRemark self;

  if (attribute != ISTH_ATTRIBUTE_SOFTWARE && attribute != ISTH_ATTRIBUTE_HOSTNAME)
    return;
  self = make_remark (ctx, attribute == ISTH_ATTRIBUTE_SOFTWARE ? ISTH_REMARK_SOFTWARE : ISTH_REMARK_HOST, about, at, length);
  self.text = value ? value : isth_text_from_string (text, sizeof text, at, length);
  remark (ctx, &self);
}
