/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EtherCAT mailboxes. ETG.1000.6, 5.6 (CoE), 5.8 (FoE).
 *
 * Frames go round: a question lies in a frame on its way out, its answer in a later one on its way back, and those two are different flows.
 * So a question has no outcome here; a refusal is reported by itself. A file that is carried is firmware when its name says so (.efw, ETG.5003): nothing else
 * does. Its parts fill the mailbox, but the last one. */
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

/* Of FoE. */
enum
{
  FILE_READ = 1,
  FILE_WRITE = 2,
  FILE_DATA = 3,
  FILE_ERROR = 5,
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

bool
isth_ethercat_holds_file (IsthCursor data)
{
  return (isth_cursor_peek (&data, 5) & 0x0f) == TYPE_FOE && isth_ethercat_is_mailbox (data);
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

/* ETG.1000.6, 5.8.6. */
static const char *
get_file_error (uint32_t code,
                char text[24])
{
  static const char *const errors[] = {
    "not defined",    "not found",         "access denied",  "disk full",         "illegal",   "wrong packet number",
    "already exists", "no user",           "bootstrap only", "not in bootstrap",  "no rights", "program error",
  };
  uint32_t i = code - 0x8000;

  return i < G_N_ELEMENTS (errors) ? errors[i] : isth_text_format (text, 24, "code 0x%08x", code);
}

static void
emit_file (IsthDissectContext *ctx,
           IsthTransferStep step,
           const IsthEndpoint *master,
           const IsthEndpoint *slave,
           IsthTransfer transfer)
{
  transfer.client = master;
  transfer.device = slave;
  isth_emit_transfer (ctx, step, &transfer);
}

/* A part; @room: how many bytes a full one has. An empty one ends a file that fills all parts. */
static void
read_part (IsthDissectContext *ctx,
           const IsthEndpoint *master,
           const IsthEndpoint *slave,
           const IsthCursor *part,
           uint32_t room,
           IsthOp verb)
{
  uint32_t bytes = isth_cursor_wire_left (part);

  emit_file (ctx, ISTH_TRANSFER_DATA, master, slave, (IsthTransfer){ .verb = verb, .bytes = bytes });
  if (bytes < room)
    emit_file (ctx, ISTH_TRANSFER_END, master, slave, (IsthTransfer){ .verb = verb });
}

/* What the master sends of FoE. @room: of a message in the mailbox. */
static void
read_file_request (IsthDissectContext *ctx,
                   const IsthEndpoint *master,
                   const IsthEndpoint *slave,
                   IsthCursor c,
                   uint32_t room,
                   bool *updating)
{
  uint8_t code = isth_cursor_u8 (&c);
  char object[ISTH_LIMIT_TEXT] = "";
  uint32_t size;

  isth_cursor_skip (&c, 5); /* reserved, password or number of the part */
  size = isth_cursor_left (&c);
  if (c.failed)
    return;
  if (code == FILE_DATA)
    read_part (ctx, master, slave, &c, room, *updating ? ISTH_OP_FIRMWARE : ISTH_OP_FILE);
  if (code != FILE_READ && code != FILE_WRITE)
    return;
  isth_text_from_string (object, sizeof object, isth_cursor_bytes (&c, size), size);
  *updating = code == FILE_WRITE && g_str_has_suffix (object, ".efw");
  ask (ctx, master, slave, *updating ? ISTH_OP_FIRMWARE : ISTH_OP_FILE, code, file_services[code], object);
  emit_file (ctx, ISTH_TRANSFER_BEGIN, master, slave, (IsthTransfer){ .verb = *updating ? ISTH_OP_FIRMWARE : ISTH_OP_FILE, .object = object });
}

/* What a slave sends of it: whether it is read or written, a refusal does not say. */
static void
read_file_response (IsthDissectContext *ctx,
                    const IsthEndpoint *master,
                    const IsthEndpoint *slave,
                    IsthCursor c,
                    uint32_t room)
{
  uint8_t code = isth_cursor_u8 (&c);
  char other[24];
  const char *text;
  uint32_t number;

  isth_cursor_skip (&c, 1);
  number = isth_cursor_le32 (&c);
  if (c.failed)
    return;
  if (code == FILE_DATA)
    read_part (ctx, master, slave, &c, room, ISTH_OP_FILE);
  if (code != FILE_ERROR)
    return;
  text = get_file_error (number, other);
  ask (ctx, slave, master, ISTH_OP_REPORT, code, file_services[code], text);
  emit_file (ctx, ISTH_TRANSFER_ABORT, master, slave, (IsthTransfer){ .verb = ISTH_OP_FILE, .text = text });
  emit_file (ctx, ISTH_TRANSFER_ABORT, master, slave, (IsthTransfer){ .verb = ISTH_OP_FIRMWARE, .text = text });
}

/* How many bytes of a file a mailbox has room for. */
static uint32_t
get_room (const IsthCursor *data)
{
  uint32_t wire = isth_cursor_wire_left (data);

  return wire > 2 * HEADER ? wire - 2 * HEADER : 0;
}

void
isth_ethercat_read_request (IsthDissectContext *ctx,
                            const IsthEndpoint *master,
                            const IsthEndpoint *slave,
                            IsthCursor data,
                            bool *updating)
{
  uint32_t room = get_room (&data);
  Mail mail;

  if (!read_mail (&data, &mail))
    return;
  if (mail.type == TYPE_COE)
    read_object_request (ctx, master, slave, mail.body);
  else if (mail.type == TYPE_FOE)
    read_file_request (ctx, master, slave, mail.body, room, updating);
}

void
isth_ethercat_read_response (IsthDissectContext *ctx,
                             const IsthEndpoint *master,
                             const IsthEndpoint *slave,
                             IsthCursor data)
{
  uint32_t room = get_room (&data);
  Mail mail;

  if (!read_mail (&data, &mail))
    return;
  if (mail.type == TYPE_COE)
    read_object_response (ctx, master, slave, mail.body);
  else if (mail.type == TYPE_FOE)
    read_file_response (ctx, master, slave, mail.body, room);
}
