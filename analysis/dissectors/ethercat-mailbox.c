/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EtherCAT mailboxes. ETG.1000.6, 5.6 (CoE), 5.8 (FoE).
 *
 * Frames go round: a question lies in a frame on its way out, its answer in a later one on its way back, and those two are different flows.
 * So a question has no outcome here; a refusal is reported by itself. The parts of a file are not counted. */
#include "analysis/dissectors/ethercat-mailbox.h"

#include <glib.h>

#include "analysis/dissectors/canopen-identity.h"

#define HEADER 6

enum
{
  TYPE_AOE = 1,
  TYPE_EOE = 2,
  TYPE_COE = 3,
  TYPE_FOE = 4,
  TYPE_SOE = 5,
  TYPE_VOE = 15,
};

/* Of CoE. */
enum
{
  SERVICE_EMERGENCY = 1,
  SERVICE_REQUEST = 2,
  SERVICE_RESPONSE = 3,
  SERVICE_INFORMATION = 8,
};

/* Commands of an SDO: the upper three bits. */
enum
{
  SDO_DOWNLOAD = 1,
  SDO_UPLOAD = 2,
  SDO_ABORT = 4,
};

static const char *const file_services[] = { NULL, "foe-read", "foe-write", "foe-data", "foe-acknowledge", "foe-error", "foe-busy" };

/* Some of the vendor ids that the EtherCAT Technology Group gave out. */
static const struct
{
  uint32_t id;
  const char *name;
} vendors[] = {
  { 0x0002, "Beckhoff" }, { 0x0083, "Omron" },    { 0x009a, "Elmo Motion Control" },
  { 0x00fb, "maxon" },    { 0x0539, "Yaskawa" },  { 0x066f, "Panasonic" },
};

typedef struct
{
  uint8_t type;
  IsthCursor body;
} Mail;

void
isth_ethercat_emit_vendor (IsthDissectContext *ctx,
                           const IsthEndpoint *slave,
                           uint32_t id,
                           const uint8_t *at)
{
  for (size_t i = 0; i < G_N_ELEMENTS (vendors); i++)
    if (vendors[i].id == id)
      isth_emit_claim (ctx, slave, ISTH_ATTRIBUTE_VENDOR, vendors[i].name, ISTH_CONFIDENCE_PARSED, at, 4);
}

/* Beckhoff's codes have the number of a terminal in their upper half, and its series in the lower one. */
void
isth_ethercat_emit_model (IsthDissectContext *ctx,
                          const IsthEndpoint *slave,
                          uint32_t product,
                          const uint8_t *at)
{
  uint16_t series = (uint16_t) product;
  char text[16];

  if (series == 0x3052 || series == 0x2c52)
    isth_emit_claim (ctx, slave, ISTH_ATTRIBUTE_MODEL, isth_text_format (text, sizeof text, "%s%u", series == 0x3052 ? "EL" : "EK", product >> 16),
                     ISTH_CONFIDENCE_BANNER, at, 4);
}

static bool
read_mail (IsthCursor *c,
           Mail *mail)
{
  uint16_t length = isth_cursor_le16 (c);

  isth_cursor_skip (c, 3); /* station, channel and priority */
  mail->type = isth_cursor_u8 (c) & 0x0f;
  if (c->failed || length < 2 || length > isth_cursor_wire_left (c))
    return false;
  mail->body = isth_cursor_take (c, length);
  return true;
}

bool
isth_ethercat_is_mailbox (IsthCursor data)
{
  Mail mail;
  uint16_t service;

  if (!read_mail (&data, &mail))
    return false;
  switch (mail.type)
    {
    case TYPE_COE:
      service = isth_cursor_le16 (&mail.body);
      return !mail.body.failed && (service & 0x0e00) == 0 && service >> 12 >= SERVICE_EMERGENCY && service >> 12 <= SERVICE_INFORMATION
             && isth_cursor_wire_left (&mail.body) >= 4;
    case TYPE_FOE:
      service = isth_cursor_u8 (&mail.body);
      return service >= 1 && service < G_N_ELEMENTS (file_services) && isth_cursor_u8 (&mail.body) == 0
             && isth_cursor_wire_left (&mail.body) >= 4;
    default:
      return false;
    }
}

static void
ask (IsthDissectContext *ctx,
     const IsthEndpoint *master,
     const IsthEndpoint *slave,
     IsthOp verb,
     int64_t function,
     const char *name,
     const char *object)
{
  isth_emit_request (ctx, &(IsthRequest){
                            .no_answer = true,
                            .source = master,
                            .target = slave,
                            .verb = verb,
                            .function = function,
                            .name = name,
                            .object = object,
                          });
}

static void
read_object_request (IsthDissectContext *ctx,
                     const IsthEndpoint *master,
                     const IsthEndpoint *slave,
                     IsthCursor c)
{
  uint16_t service = isth_cursor_le16 (&c) >> 12;
  uint8_t command = isth_cursor_u8 (&c);
  uint16_t index = isth_cursor_le16 (&c);
  uint8_t subindex = isth_cursor_u8 (&c);
  char object[32];

  if (c.failed)
    return;
  isth_text_format (object, sizeof object, "object 0x%04x:%u", index, subindex);
  if (service == SERVICE_INFORMATION)
    ask (ctx, master, slave, ISTH_OP_IDENTIFY, command & 0x7f, "sdo-information", NULL);
  else if (service == SERVICE_REQUEST && command >> 5 == SDO_UPLOAD)
    ask (ctx, master, slave, isth_canopen_is_identity (index) ? ISTH_OP_IDENTIFY : ISTH_OP_READ, command, "sdo-upload", object);
  else if (service == SERVICE_REQUEST && command >> 5 == SDO_DOWNLOAD)
    ask (ctx, master, slave, ISTH_OP_WRITE, command, "sdo-download", object);
}

/* An upload's answer: up to four bytes in place, or their number first and then they. */
static void
read_object_response (IsthDissectContext *ctx,
                      const IsthEndpoint *master,
                      const IsthEndpoint *slave,
                      IsthCursor c)
{
  uint16_t service = isth_cursor_le16 (&c) >> 12;
  uint8_t command = isth_cursor_u8 (&c);
  uint16_t index = isth_cursor_le16 (&c);
  uint8_t subindex = isth_cursor_u8 (&c);
  char object[64];

  if (c.failed)
    return;
  if (service == SERVICE_EMERGENCY) /* here these are an error code and a register */
    {
      isth_text_format (object, sizeof object, "error 0x%04x", command | (index & 0xff) << 8);
      ask (ctx, slave, master, ISTH_OP_REPORT, -1, "emergency", object);
    }
  else if (command >> 5 == SDO_ABORT && (service == SERVICE_RESPONSE || service == SERVICE_REQUEST))
    {
      uint32_t code = isth_cursor_le32 (&c);

      isth_text_format (object, sizeof object, "object 0x%04x:%u, code 0x%08x", index, subindex, code);
      ask (ctx, slave, master, ISTH_OP_REPORT, command, "sdo-abort", object);
    }
  else if (service == SERVICE_RESPONSE && command >> 5 == SDO_UPLOAD)
    {
      if (command & 2)
        isth_cursor_limit (&c, command & 1 ? 4u - (command >> 2 & 3) : 4);
      else
        isth_cursor_limit (&c, isth_cursor_le32 (&c));
      isth_canopen_emit_object (ctx, slave, index, subindex, isth_cursor_rest (&c));
    }
}

static void
read_file (IsthDissectContext *ctx,
           const IsthEndpoint *asker,
           const IsthEndpoint *asked,
           IsthCursor c)
{
  uint8_t code = isth_cursor_u8 (&c);
  char object[ISTH_LIMIT_TEXT] = "";
  uint32_t size;

  isth_cursor_skip (&c, 5); /* reserved, password */
  size = isth_cursor_left (&c);
  if (c.failed || code > 2)
    return; /* the content, which comes in many parts */
  isth_text_from_string (object, sizeof object, isth_cursor_bytes (&c, size), size);
  ask (ctx, asker, asked, ISTH_OP_FILE, code, file_services[code], object);
}

void
isth_ethercat_read_request (IsthDissectContext *ctx,
                            const IsthEndpoint *master,
                            const IsthEndpoint *slave,
                            IsthCursor data)
{
  Mail mail;

  if (!read_mail (&data, &mail))
    return;
  if (mail.type == TYPE_COE)
    read_object_request (ctx, master, slave, mail.body);
  else if (mail.type == TYPE_FOE)
    read_file (ctx, master, slave, mail.body);
}

void
isth_ethercat_read_response (IsthDissectContext *ctx,
                             const IsthEndpoint *master,
                             const IsthEndpoint *slave,
                             IsthCursor data)
{
  Mail mail;

  if (read_mail (&data, &mail) && mail.type == TYPE_COE)
    read_object_response (ctx, master, slave, mail.body);
}
