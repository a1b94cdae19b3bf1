/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZigBee's cluster library: attributes that are read, written and reported, commands to functions, what devices say of themselves in their basic cluster, and
 * firmware over the air. ZigBee cluster library (07-5123), 2.4, 3.2 and 11.
 *
 * Values of attributes are kept in the evidence only, and not where they are keys; of a lock's PIN is kept about how long it is. */
#include <glib.h>

#include "analysis/dissectors/secret.h"
#include "analysis/dissectors/zigbee-message.h"
#include "analysis/dissectors/zigbee-tables.h"

#define BASIC 0x0000
#define FIRMWARE 0x0019
#define LOCK 0x0101
#define TYPE_TEXT 0x42
#define TYPE_KEY 0xf1
#define MOST_NAMED 8

enum
{
  CONTROL_SPECIFIC = 0x03, /* two bits: 0 for all clusters, 1 of one */
  CONTROL_MAKER = 0x04,
  CONTROL_BY_SERVER = 0x08,
};

enum
{
  READ_ANSWER = 0x01,
  WRITE_ANSWER = 0x04,
  REPORT = 0x0a,
  DEFAULT_ANSWER = 0x0b,
};

enum
{
  QUERY_IMAGE = 0x01,
  QUERY_IMAGE_ANSWER = 0x02,
  IMAGE_BLOCK = 0x05,
  UPGRADE_END = 0x06,
  UPGRADE_END_ANSWER = 0x07,
};

/* A message of the library. */
typedef struct
{
  uint8_t control, number, command;
  bool specific, by_server;
  IsthCursor body;
} Message;

/* What is the same for all clusters. */
static const struct
{
  IsthOp verb;
  const char *name;
  bool answer;
  bool direction; /* a byte in front of each attribute */
} general[] = {
  [0x00] = { ISTH_OP_READ, "read-attributes", false, false },
  [0x01] = { ISTH_OP_READ, "read-attributes", true, false },
  [0x02] = { ISTH_OP_WRITE, "write-attributes", false, false },
  [0x03] = { ISTH_OP_WRITE, "write-attributes-undivided", false, false },
  [0x04] = { ISTH_OP_WRITE, "write-attributes", true, false },
  [0x05] = { ISTH_OP_WRITE, "write-attributes-no-response", false, false },
  [0x06] = { ISTH_OP_SUBSCRIBE, "configure-reporting", false, true },
  [0x07] = { ISTH_OP_SUBSCRIBE, "configure-reporting", true, false },
  [0x08] = { ISTH_OP_READ, "read-reporting-configuration", false, true },
  [0x09] = { ISTH_OP_READ, "read-reporting-configuration", true, false },
  [0x0a] = { ISTH_OP_REPORT, "report-attributes", false, false },
  [0x0b] = { ISTH_OP_OTHER, "default-response", true, false },
  [0x0c] = { ISTH_OP_IDENTIFY, "discover-attributes", false, false },
  [0x0d] = { ISTH_OP_IDENTIFY, "discover-attributes", true, false },
};

static const struct
{
  uint8_t code;
  const char *text;
} errors[] = {
  { 0x01, "failure" },                 { 0x7e, "not authorized" },         { 0x80, "malformed command" },       { 0x81, "unsupported cluster command" },
  { 0x82, "unsupported command" },     { 0x83, "unsupported command of the maker" }, { 0x84, "unsupported command of the maker" },
  { 0x85, "invalid field" },           { 0x86, "unsupported attribute" },  { 0x87, "invalid value" },           { 0x88, "read only" },
  { 0x89, "insufficient space" },      { 0x8a, "duplicate exists" },       { 0x8b, "not found" },               { 0x8c, "unreportable attribute" },
  { 0x8d, "invalid data type" },       { 0x8f, "write only" },             { 0x93, "action denied" },           { 0x94, "timeout" },
  { 0x95, "aborted" },                 { 0x96, "invalid image" },          { 0x97, "wait for data" },           { 0x98, "no image available" },
  { 0x99, "more image required" },     { 0xc0, "hardware failure" },       { 0xc1, "software failure" },        { 0xc3, "unsupported cluster" },
};

static const struct
{
  uint16_t number;
  IsthAttribute attribute;
  bool numeric; /* and not a text */
} identity[] = {
  { 0x0001, ISTH_ATTRIBUTE_SOFTWARE, true },      { 0x0003, ISTH_ATTRIBUTE_HARDWARE, true },  { 0x0004, ISTH_ATTRIBUTE_VENDOR, false },
  { 0x0005, ISTH_ATTRIBUTE_MODEL, false },        { 0x000a, ISTH_ATTRIBUTE_PRODUCT_CODE, false }, { 0x000d, ISTH_ATTRIBUTE_SERIAL, false },
  { 0x0010, ISTH_ATTRIBUTE_LOCATION, false },     { 0x4000, ISTH_ATTRIBUTE_FIRMWARE, false },
};

static const char *
tell_status (char *text,
             size_t size,
             uint8_t status)
{
  for (size_t i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].code == status)
      return errors[i].text;
  return status == 0 ? NULL : isth_text_format (text, size, "status 0x%02x", status);
}

/* A value of @type: how long it is, without what says so. UINT32_MAX: of a type that has no length of its own. */
static uint32_t
measure_value (IsthCursor *c,
               uint8_t type)
{
  uint32_t n;

  switch (type)
    {
    case 0x00:
    case 0xff:
      return 0;
    case 0x10:
    case 0x30:
      return 1;
    case 0x31:
    case 0x38:
    case 0xe8:
    case 0xe9:
      return 2;
    case 0x39:
    case 0xe0:
    case 0xe1:
    case 0xe2:
    case 0xea:
      return 4;
    case 0x3a:
    case 0xf0:
      return 8;
    case TYPE_KEY:
      return 16;
    case 0x41:
    case TYPE_TEXT:
      n = isth_cursor_u8 (c);
      return n == 0xff ? 0 : n;
    case 0x43:
    case 0x44:
      n = isth_cursor_le16 (c);
      return n == 0xffff ? 0 : n;
    default:
      return (type >= 0x08 && type <= 0x0f) || (type >= 0x18 && type <= 0x1f) || (type >= 0x20 && type <= 0x2f) ? (type & 7) + 1u : UINT32_MAX;
    }
}

static void
say_identity (IsthDissectContext *ctx,
              const IsthZigbeeMessage *m,
              uint16_t attribute,
              uint8_t type,
              const uint8_t *value,
              uint32_t n)
{
  char text[32];

  for (size_t i = 0; i < G_N_ELEMENTS (identity); i++)
    {
      if (identity[i].number != attribute)
        continue;
      if (!identity[i].numeric && (type == TYPE_TEXT || type == 0x41) && isth_text_is_printable (value, n))
        isth_emit_text (ctx, &m->source, identity[i].attribute, ISTH_CONFIDENCE_PARSED, value, n);
      else if (identity[i].numeric && n == 1)
        isth_emit_claim (ctx, &m->source, identity[i].attribute,
                         isth_text_format (text, sizeof text, identity[i].attribute == ISTH_ATTRIBUTE_SOFTWARE ? "application %u" : "%u", value[0]),
                         ISTH_CONFIDENCE_PARSED, value, n);
    }
}

/* Attributes with their values, as answers (then with what became of each) and reports have them. */
static void
read_values (IsthDissectContext *ctx,
             const IsthZigbeeMessage *m,
             const Message *l)
{
  IsthCursor c = l->body;
  const uint8_t *start = c.data + c.position;

  if (m->cluster != BASIC || l->control & CONTROL_MAKER || isth_emit_same (ctx, &m->source, isth_context_digest (ctx, l->command, start, isth_cursor_left (&c)), start))
    return;
  while (isth_cursor_left (&c) >= 3)
    {
      uint16_t attribute = isth_cursor_le16 (&c);
      uint8_t type, status = l->command == READ_ANSWER ? isth_cursor_u8 (&c) : 0;
      const uint8_t *value;
      uint32_t n;

      if (status != 0)
        continue;
      type = isth_cursor_u8 (&c);
      n = measure_value (&c, type);
      value = n == UINT32_MAX ? NULL : isth_cursor_bytes (&c, n);
      if (!value)
        break;
      say_identity (ctx, m, attribute, type, value, n);
    }
  isth_emit_same_end (ctx, !c.failed);
}

/* The numbers of the attributes that a request or report is about; how many, and whether one of them is a key. */
static size_t
list_attributes (const Message *l,
                 uint16_t numbers[MOST_NAMED],
                 bool *secret)
{
  IsthCursor c = l->body;
  size_t n = 0;
  uint32_t length;
  uint8_t type;

  *secret = false;
  while (isth_cursor_left (&c) >= 2)
    {
      uint16_t number;

      if (general[l->command].direction && isth_cursor_u8 (&c) != 0)
        break;
      number = isth_cursor_le16 (&c);
      if (general[l->command].verb == ISTH_OP_WRITE || general[l->command].verb == ISTH_OP_REPORT)
        {
          type = isth_cursor_u8 (&c);
          length = measure_value (&c, type);
          *secret |= type == TYPE_KEY;
          if (length != UINT32_MAX)
            isth_cursor_skip (&c, length);
          else
            isth_cursor_skip (&c, isth_cursor_left (&c));
        }
      else if (l->command == 0x06)
        {
          type = isth_cursor_u8 (&c);
          isth_cursor_skip (&c, 4);
          length = (type >= 0x20 && type <= 0x2f) || (type >= 0x38 && type <= 0x3a) || (type >= 0xe0 && type <= 0xe2) ? measure_value (&c, type) : 0; /* the least change */
          isth_cursor_skip (&c, length);
        }
      if (c.failed)
        break;
      if (n < MOST_NAMED)
        numbers[n] = number;
      n++;
      if (l->command == 0x0c)
        break;
    }
  return n;
}

static const char *
name_cluster (uint16_t cluster,
              IsthOp *verb)
{
  for (size_t i = 0; i < G_N_ELEMENTS (clusters); i++)
    if (clusters[i].cluster == cluster)
      {
        *verb = clusters[i].verb;
        return clusters[i].name;
      }
  *verb = ISTH_OP_OTHER;
  return NULL;
}

/* "on/off of endpoint 2": whose function it is, that of the server. */
static void
tell_cluster (char *text,
              size_t size,
              const IsthZigbeeMessage *m,
              const Message *l)
{
  unsigned endpoint = m->endpoints[l->by_server ? 0 : 1];
  IsthOp verb;
  const char *name = name_cluster (m->cluster, &verb);
  char number[24];

  if (!name || l->control & CONTROL_MAKER)
    name = isth_text_format (number, sizeof number, "cluster 0x%04x", m->cluster);
  isth_text_format (text, size, endpoint == 0xff || isth_address_is_group (&m->target.mac) ? "%s" : "%s of endpoint %u", name, endpoint);
}

static void
emit_general (IsthDissectContext *ctx,
              IsthZigbeeMessage *m,
              const Message *l)
{
  IsthRequest request = { .function = l->command, .verb = general[l->command].verb, .name = general[l->command].name };
  uint16_t what[MOST_NAMED + 4] = { m->cluster, m->profile, (uint16_t) (m->endpoints[0] << 8 | m->endpoints[1]), l->control };
  char object[160];
  bool secret;
  size_t n = list_attributes (l, what + 4, &secret);

  if (secret)
    isth_zigbee_hide (m, &l->body);
  request.no_answer = request.verb == ISTH_OP_REPORT || l->command == 0x05 || isth_address_is_group (&m->target.mac);
  request.match = isth_zigbee_match (m, false, true, m->cluster, l->number);
  if (!isth_zigbee_is_new (ctx, m, &request, what, sizeof what))
    return;
  tell_cluster (object, sizeof object, m, l);
  for (size_t i = 0; i < MIN (n, MOST_NAMED); i++)
    isth_text_format (object + strlen (object), sizeof object - strlen (object), "%s 0x%04x", i == 0 ? ", attribute" : "", what[4 + i]);
  if (n > MOST_NAMED)
    isth_text_format (object + strlen (object), sizeof object - strlen (object), " and %zu more", n - MOST_NAMED);
  if (secret)
    isth_text_format (object + strlen (object), sizeof object - strlen (object), ", key in clear (%s)", isth_secret_class (16));
  request.object = object;
  isth_emit_request (ctx, &request);
}

/* What became of a request, or of its first part. */
static void
answer_general (IsthDissectContext *ctx,
                const IsthZigbeeMessage *m,
                const Message *l)
{
  IsthCursor c = l->body;
  uint8_t status = 0;
  char text[32];

  if (l->command == DEFAULT_ANSWER)
    isth_cursor_skip (&c, 1); /* which command */
  if (l->command == READ_ANSWER)
    isth_cursor_skip (&c, 2);
  if (l->command == DEFAULT_ANSWER || l->command == READ_ANSWER || l->command == WRITE_ANSWER || l->command == 0x07)
    status = isth_cursor_u8 (&c);
  if (!c.failed)
    isth_emit_response (ctx, isth_zigbee_match (m, true, true, m->cluster, l->number), status == 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                        tell_status (text, sizeof text, status), false);
  if (l->command == READ_ANSWER)
    read_values (ctx, m, l);
}

static const char *
name_command (const IsthZigbeeMessage *m,
              const Message *l)
{
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].cluster == m->cluster && commands[i].command == l->command && commands[i].by_server == l->by_server)
      return commands[i].name;
  return NULL;
}

/* What a device runs now, as it says when it asks for something newer. */
static void
claim_version (IsthDissectContext *ctx,
               const IsthZigbeeMessage *m,
               IsthCursor c)
{
  uint8_t fields = isth_cursor_u8 (&c);
  const uint8_t *b = isth_cursor_bytes (&c, 8); /* maker, kind of image, version */
  const char *maker;
  char text[16];

  if (!b || isth_emit_same (ctx, &m->source, isth_context_digest (ctx, fields & 1, b, 8), b))
    return;
  maker = isth_zigbee_maker (isth_le16 (b));
  isth_emit_claim (ctx, &m->source, ISTH_ATTRIBUTE_VENDOR_ID, isth_text_format (text, sizeof text, "0x%04x", isth_le16 (b)), ISTH_CONFIDENCE_PARSED, b, 2);
  if (maker)
    isth_emit_claim (ctx, &m->source, ISTH_ATTRIBUTE_VENDOR, maker, ISTH_CONFIDENCE_PARSED, b, 2);
  isth_emit_claim (ctx, &m->source, ISTH_ATTRIBUTE_FIRMWARE, isth_text_format (text, sizeof text, "0x%08x", isth_le32 (b + 4)), ISTH_CONFIDENCE_PARSED, b + 4, 4);
  isth_emit_same_end (ctx, true);
}

/* Firmware on its way: offered by the server, fetched block by block, ended by who got it. Blocks count where they are first heard of. */
static void
follow_firmware (IsthDissectContext *ctx,
                 const IsthZigbeeMessage *m,
                 const Message *l)
{
  IsthTransfer transfer = { .verb = ISTH_OP_FIRMWARE, .by_device = !l->by_server };
  IsthCursor c = l->body;
  uint8_t status = isth_cursor_u8 (&c);
  const uint8_t *image = isth_cursor_bytes (&c, 8);
  char object[96], text[32];

  if (!image || !m->first || isth_address_is_group (&m->target.mac))
    return;
  transfer.client = l->by_server ? &m->source : &m->target;
  transfer.device = l->by_server ? &m->target : &m->source;
  transfer.match = isth_le16 (image + 2) + 1u;
  transfer.object = isth_text_format (object, sizeof object, "image 0x%04x of maker 0x%04x, version 0x%08x", isth_le16 (image + 2), isth_le16 (image), isth_le32 (image + 4));
  if (l->by_server && l->command == QUERY_IMAGE_ANSWER && status == 0)
    {
      transfer.total = isth_cursor_le32 (&c);
      if (!c.failed)
        isth_emit_transfer (ctx, ISTH_TRANSFER_BEGIN, &transfer);
    }
  else if (l->by_server && l->command == IMAGE_BLOCK && status == 0)
    {
      isth_cursor_skip (&c, 4);
      transfer.bytes = isth_cursor_u8 (&c);
      if (!c.failed && transfer.bytes > 0)
        isth_emit_transfer (ctx, ISTH_TRANSFER_DATA, &transfer);
    }
  else if (!l->by_server && l->command == UPGRADE_END)
    {
      transfer.text = tell_status (text, sizeof text, status);
      isth_emit_transfer (ctx, status == 0 ? ISTH_TRANSFER_END : ISTH_TRANSFER_ABORT, &transfer);
    }
}

/* Answers of a server to a client's commands: the library numbers them as the requests only in part; those that are known. */
static bool
is_answer (const IsthZigbeeMessage *m,
           const Message *l)
{
  if (m->cluster == FIRMWARE)
    return l->by_server && l->command >= QUERY_IMAGE_ANSWER;
  if (m->cluster == 0x0500)
    return !l->by_server && l->command == 0;
  return l->by_server && m->cluster < 0x0500 && m->cluster != 0x000a;
}

/* A lock is told the PIN that would be typed, or which one is to be good from now on. */
static const char *
find_pin (IsthZigbeeMessage *m,
          const Message *l)
{
  IsthCursor c = l->body;

  isth_zigbee_hide (m, &c);
  if (l->command == 0x05)
    isth_cursor_skip (&c, 4); /* user, state, kind */
  if (l->command > 2 && l->command != 0x05)
    return NULL;
  return isth_cursor_left (&c) > 0 && isth_cursor_peek (&c, 0) > 0 ? isth_secret_class_at (c, false) : NULL;
}

static void
emit_specific (IsthDissectContext *ctx,
               IsthZigbeeMessage *m,
               const Message *l)
{
  struct { uint16_t cluster, profile; uint8_t endpoints[2], control, command; } what = { m->cluster, m->profile, { m->endpoints[0], m->endpoints[1] }, l->control, l->command };
  const char *name = l->control & CONTROL_MAKER ? NULL : name_command (m, l), *pin = NULL;
  IsthRequest request = { .function = l->command };
  char object[128], text[32];
  int status;

  if (m->cluster == FIRMWARE && !(l->control & CONTROL_MAKER))
    {
      if (!l->by_server && l->command == QUERY_IMAGE)
        claim_version (ctx, m, l->body);
      follow_firmware (ctx, m, l);
    }
  if (is_answer (m, l))
    {
      status = m->cluster == FIRMWARE && l->command != UPGRADE_END_ANSWER ? isth_cursor_peek (&l->body, 0) : 0;
      isth_emit_response (ctx, isth_zigbee_match (m, true, true, m->cluster, l->number), status <= 0 ? ISTH_OUTCOME_OK : ISTH_OUTCOME_REFUSED,
                          status > 0 ? tell_status (text, sizeof text, (uint8_t) status) : NULL, false);
      return;
    }
  if (m->cluster == LOCK && !l->by_server)
    pin = find_pin (m, l);
  request.no_answer = isth_address_is_group (&m->target.mac);
  request.match = isth_zigbee_match (m, false, true, m->cluster, l->number);
  if (!isth_zigbee_is_new (ctx, m, &request, &what, sizeof what))
    return;
  name_cluster (m->cluster, &request.verb);
  if (l->control & CONTROL_MAKER)
    request.verb = ISTH_OP_OTHER;
  request.name = name ? name : "cluster-command";
  tell_cluster (object, sizeof object, m, l);
  if (!name)
    isth_text_format (object + strlen (object), sizeof object - strlen (object), ", command 0x%02x", l->command);
  if (pin)
    isth_text_format (object + strlen (object), sizeof object - strlen (object), ", PIN in clear (%s)", pin);
  request.object = object;
  isth_emit_request (ctx, &request);
}

/* Home automation and its likes; makers' own profiles may be anything. */
static bool
is_public (uint16_t profile)
{
  return (profile >= 0x0101 && profile <= 0x0109) || profile == 0xc05e;
}

bool
isth_zigbee_library (IsthDissectContext *ctx,
                     IsthZigbeeMessage *m,
                     IsthCursor c)
{
  Message l;

  l.control = isth_cursor_u8 (&c);
  if (l.control & CONTROL_MAKER)
    isth_cursor_skip (&c, 2);
  l.number = isth_cursor_u8 (&c);
  l.command = isth_cursor_u8 (&c);
  l.specific = (l.control & CONTROL_SPECIFIC) == 1;
  l.by_server = l.control & CONTROL_BY_SERVER;
  l.body = c;
  if (c.failed || !is_public (m->profile) || (l.control & CONTROL_SPECIFIC) > 1 || l.control & 0xe0)
    return false;
  if (l.specific)
    emit_specific (ctx, m, &l);
  else if (l.command >= G_N_ELEMENTS (general) || !general[l.command].name)
    return false;
  else if (general[l.command].answer)
    answer_general (ctx, m, &l);
  else
    {
      if (l.command == REPORT)
        read_values (ctx, m, &l);
      emit_general (ctx, m, &l);
    }
  return true;
}
