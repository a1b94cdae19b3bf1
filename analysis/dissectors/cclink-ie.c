/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CC-Link IE: the networks of Mitsubishi's controllers (Control, Field and TSN), right on Ethernet. IEC 61158-6-23 in part; BAP-C2011ENG-004 (TSN), as far as
 * the CC-Link Partner Association shows its frames to analysers.
 *
 * Each frame says what it is and who sends it; stations of TSN say what they are and at which port they heard whom. Where in cyclic data a
 * value stands is parameters of the network, and what transient frames carry (SLMP in those of TSN) is not read. Check sums are not checked. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define HEADER 14 /* of Control and Field */
#define DEVICE_TYPES 0x80

typedef enum
{
  FAMILY_CONTROL,
  FAMILY_FIELD, /* which of the networks, the header says: they share these */
  FAMILY_TSN,
} Family;

/* What the fourth byte behind the type is. */
typedef enum
{
  LAYOUT_PLAIN,
  LAYOUT_NODE_TYPE,
} Layout;

enum
{
  TYPE_TEST_DATA = 0x11,
  TYPE_TEST_DATA_ACK = 0x12,
  TYPE_DETECTION_ACK = 0xc2,
  TYPE_CYCLIC_MASTER = 0xc4,
  TYPE_CYCLIC_SLAVE = 0xc5,
};

enum
{
  NETWORK_CONTROL = 0,
  NETWORK_FIELD = 1,
  NETWORK_TSN = 3,
};

typedef struct
{
  uint8_t type;
  uint8_t family, layout; /* Family, Layout */
  uint8_t verb;           /* IsthOp */
  const char *name;
} FrameType;

static const FrameType types[] = {
  { 0x00, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_OTHER, "connect" },
  { 0x01, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_OTHER, "connect-acknowledge" },
  { 0x02, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_OTHER, "scan" },
  { 0x03, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_OTHER, "collect" },
  { 0x04, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_OTHER, "select" },
  { 0x05, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_OTHER, "launch" },
  { 0x06, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_OTHER, "token" },
  { 0x10, FAMILY_FIELD, LAYOUT_NODE_TYPE, ISTH_OP_OTHER, "persuasion" },
  { TYPE_TEST_DATA, FAMILY_FIELD, LAYOUT_NODE_TYPE, ISTH_OP_DIAGNOSE, "test-data" },
  { TYPE_TEST_DATA_ACK, FAMILY_FIELD, LAYOUT_NODE_TYPE, ISTH_OP_DIAGNOSE, "test-data-acknowledge" },
  { 0x13, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_OTHER, "setup" },
  { 0x14, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_OTHER, "setup-acknowledge" },
  { 0x15, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_OTHER, "token" },
  { 0x1c, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_TIME_SYNC, "timer" },
  { 0x20, FAMILY_FIELD, LAYOUT_NODE_TYPE, ISTH_OP_REPORT, "my-status" },
  { 0x22, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_OTHER, "transient-1" },
  { 0x23, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_OTHER, "transient-acknowledge" },
  { 0x24, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_OTHER, "dummy" },
  { 0x25, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_OTHER, "transient-2" },
  { 0x26, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_OTHER, "ip-transient" },
  { 0x28, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_OTHER, "parameter-check" },
  { 0x29, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_OTHER, "parameter" },
  { 0x2f, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_DIAGNOSE, "node-to-node-test" },
  { 0x40, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_TIME_SYNC, "measure" },
  { 0x41, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_TIME_SYNC, "measure-acknowledge" },
  { 0x42, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_TIME_SYNC, "offset" },
  { 0x43, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_TIME_SYNC, "update" },
  { 0x80, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-w" },
  { 0x81, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-b" },
  { 0x82, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-rww" },
  { 0x83, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-ry" },
  { 0x84, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-rwr" },
  { 0x85, FAMILY_FIELD, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-rx" },
  { 0x8c, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-out-1" },
  { 0x8d, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-out-2" },
  { 0x8e, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-in-1" },
  { 0x8f, FAMILY_CONTROL, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-in-2" },
  { 0xc0, FAMILY_TSN, LAYOUT_PLAIN, ISTH_OP_OTHER, "priority" },
  { 0xc1, FAMILY_TSN, LAYOUT_PLAIN, ISTH_OP_IDENTIFY, "detection" },
  { TYPE_DETECTION_ACK, FAMILY_TSN, LAYOUT_PLAIN, ISTH_OP_IDENTIFY, "detection-acknowledge" },
  { 0xc3, FAMILY_TSN, LAYOUT_PLAIN, ISTH_OP_OTHER, "acyclic-data" },
  { TYPE_CYCLIC_MASTER, FAMILY_TSN, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-master" },
  { TYPE_CYCLIC_SLAVE, FAMILY_TSN, LAYOUT_PLAIN, ISTH_OP_REPORT, "cyclic-data-slave" },
};

/* Kinds of stations in persuasions, tests and states; masters of Control manage it. */
static const struct
{
  uint8_t network, code;
  const char *role, *name;
} node_types[] = {
  { NETWORK_CONTROL, 0x00, "cclink-ie-master", "management node" },
  { NETWORK_CONTROL, 0x02, "cclink-ie-node", "normal node" },
  { NETWORK_FIELD, 0x30, "cclink-ie-master", "master node" },
  { NETWORK_FIELD, 0x32, "cclink-ie-node", "local node" },
  { NETWORK_FIELD, 0x33, "cclink-ie-slave", "intelligent device node" },
  { NETWORK_FIELD, 0x34, "cclink-ie-slave", "remote device node" },
  { NETWORK_FIELD, 0x35, "cclink-ie-slave", "remote I/O node" },
};

/* What a station of TSN is, by the profiles of the family. */
static const char *const device_types[DEVICE_TYPES] = {
  [0x01] = "PLC",
  [0x02] = "personal computer",
  [0x03] = "digital I/O",
  [0x04] = "analog I/O",
  [0x05] = "positioning controller",
  [0x06] = "temperature controller",
  [0x07] = "HMI",
  [0x08] = "identification reader",
  [0x09] = "serial converter",
  [0x1d] = "bridge to CC-Link/LT",
  [0x20] = "inverter",
  [0x21] = "servo",
  [0x22] = "CNC",
  [0x23] = "robot",
  [0x24] = "power distribution",
  [0x30] = "sensor",
  [0x31] = "actuator",
  [0x32] = "barcode reader",
  [0x33] = "weight indicator",
  [0x34] = "high-speed counter",
  [0x35] = "switch",
  [0x3b] = "gas detector",
  [0x3c] = "solenoid valve",
  [0x40] = "vacuum pump",
  [0x41] = "multi-axis controller",
  [0x44] = "mass flow controller",
  [0x47] = "welding controller",
  [0x48] = "indicator",
  [0x49] = "PID controller",
  [0x4a] = "vacuum gauge",
  [0x4b] = "wireless module",
  [0x4c] = "digital and analog I/O",
  [0x4d] = "vacuum valve",
  [0x4e] = "tension controller",
  [0x4f] = "measuring machine",
  [0x7f] = "generic device",
};

static const FrameType *
find_type (uint8_t type)
{
  for (size_t i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].type == type)
      return &types[i];
  return NULL;
}

/* Most come again and again. @who: the number of the station that sends it; -1: it has none. */
static void
emit (IsthDissectContext *ctx,
      const FrameType *type,
      const char *network,
      int who)
{
  char object[40];
  IsthRequest request = { .no_answer = true, .verb = type->verb, .function = type->type };

  request.key = isth_context_digest (ctx, (uint64_t) type->type << 32 | (uint64_t) (who + 1) << 8 | (uint8_t) network[0], "cclink", 6);
  if (isth_emit_again (ctx, &request))
    return;
  request.name = type->name;
  request.object = who < 0 ? network : isth_text_format (object, sizeof object, "%s, node %d", network, who);
  isth_emit_request (ctx, &request);
}

static void
emit_neighbour (IsthDissectContext *ctx,
                const uint8_t *mac,
                uint8_t port)
{
  IsthEndpoint self = isth_context_sender (ctx), other = isth_endpoint_from_address (isth_address_mac (mac), self.vlan);
  char text[8];

  isth_emit_neighbour (ctx, &self, &other, isth_text_format (text, sizeof text, "%u", port));
}

static void
emit_binding (IsthDissectContext *ctx,
              const uint8_t *ip)
{
  IsthEndpoint self = isth_context_sender (ctx);

  self.ip = isth_address_ipv4 (ip);
  if (!isth_address_is_unspecified (&self.ip))
    isth_emit_binding (ctx, &self, ip, 4);
}

/* Tests of a cable of TSN: who sends it from where, and at which port it was heard. */
static void
read_test (IsthDissectContext *ctx,
           uint8_t type,
           IsthCursor c)
{
  const uint8_t *mac = isth_cursor_bytes (&c, 6);
  const uint8_t *ports = isth_cursor_bytes (&c, 2); /* sent at, heard at */
  const uint8_t *info = isth_cursor_bytes (&c, 4);
  const uint8_t *ip = isth_cursor_bytes (&c, 4);

  if (c.failed || isth_emit_same (ctx, NULL, isth_context_digest (ctx, type, mac, 16), mac))
    return;
  if (type == TYPE_TEST_DATA_ACK)
    emit_neighbour (ctx, mac, ports[1]);
  else if (!(info[0] & 4)) /* not of IPv6 */
    emit_binding (ctx, ip);
  isth_emit_same_end (ctx, true);
}

/* Whom a station heard first, and at which of its ports; what it is. */
static IsthDissectResult
read_detection_ack (IsthDissectContext *ctx,
                    IsthCursor c)
{
  static const char *const roles[] = { "cclink-ie-master", "cclink-ie-slave", "switch", NULL, "cclink-ie-master" };
  const uint8_t *b = isth_cursor_bytes (&c, 128); /* from the kind of the station to the type of the device */
  const uint8_t *mac, *ip, *numbers;
  uint16_t vendor, type, version;
  uint8_t role;
  char text[16];

  if (!b)
    return ISTH_DISSECT_MALFORMED;
  role = b[0] & 0x0f;
  mac = b + 12;
  ip = b + 56;
  numbers = b + 116;
  version = isth_be16 (numbers);
  vendor = isth_be16 (numbers + 2);
  type = isth_be16 (numbers + 10);
  if (isth_emit_same (ctx, NULL, isth_context_digest (ctx, TYPE_DETECTION_ACK, b, 128), b))
    return ISTH_DISSECT_OK;
  if (role < G_N_ELEMENTS (roles) && roles[role])
    isth_emit_role (ctx, NULL, roles[role]);
  emit_binding (ctx, ip);
  emit_neighbour (ctx, mac, b[19]);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR_ID, isth_text_format (text, sizeof text, "0x%04x", vendor), ISTH_CONFIDENCE_PARSED, numbers + 2, 2);
  if (vendor == 0) /* the first member, and what nobody filled in: not sure */
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Mitsubishi Electric", ISTH_CONFIDENCE_BANNER, numbers + 2, 2);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PRODUCT_CODE, isth_text_format (text, sizeof text, "0x%08x", isth_be32 (numbers + 4)), ISTH_CONFIDENCE_PARSED,
                   numbers + 4, 4);
  if (version != 0)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HARDWARE, isth_text_format (text, sizeof text, "%u", version), ISTH_CONFIDENCE_BANNER, numbers, 2);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE_ID, isth_text_format (text, sizeof text, "0x%04x", type), ISTH_CONFIDENCE_PARSED, numbers + 10, 2);
  if (type < DEVICE_TYPES && device_types[type])
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE, device_types[type], ISTH_CONFIDENCE_PARSED, numbers + 10, 2);
  isth_emit_same_end (ctx, true);
  return ISTH_DISSECT_OK;
}

/* Who sends it is a number in the network; some frames say what kind of station that is. */
static void
claim_node (IsthDissectContext *ctx,
            const uint8_t *header,
            uint8_t network,
            Layout layout)
{
  uint8_t decides[4] = { network, layout == LAYOUT_NODE_TYPE ? header[5] : 0xff, header[6], header[7] };
  char text[8];

  for (size_t i = 0; layout == LAYOUT_NODE_TYPE && i < G_N_ELEMENTS (node_types); i++)
    if (node_types[i].network == network && node_types[i].code == header[5])
      isth_emit_role (ctx, NULL, node_types[i].role);
  if (isth_emit_same (ctx, NULL, isth_context_digest (ctx, HEADER, decides, sizeof decides), header))
    return;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_PROTOCOL_ADDRESS, isth_text_format (text, sizeof text, "%u", isth_be16 (header + 6)), ISTH_CONFIDENCE_PARSED,
                   header + 6, 2);
  for (size_t i = 0; layout == LAYOUT_NODE_TYPE && i < G_N_ELEMENTS (node_types); i++)
    if (node_types[i].network == network && node_types[i].code == header[5])
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DEVICE_TYPE, node_types[i].name, ISTH_CONFIDENCE_PARSED, header + 5, 1);
  isth_emit_same_end (ctx, true);
}

static IsthDissectResult
read_tsn (IsthDissectContext *ctx,
          const FrameType *type,
          IsthCursor c)
{
  IsthDissectResult result = ISTH_DISSECT_OK;

  isth_cursor_skip (&c, 2);
  if (c.failed)
    return ISTH_DISSECT_MALFORMED;
  emit (ctx, type, "TSN", -1);
  if (type->type == TYPE_CYCLIC_MASTER)
    isth_emit_role (ctx, NULL, "cclink-ie-master");
  else if (type->type == TYPE_CYCLIC_SLAVE)
    isth_emit_role (ctx, NULL, "cclink-ie-slave");
  else if (type->type == TYPE_DETECTION_ACK)
    result = read_detection_ack (ctx, c);
  return result;
}

static IsthDissectResult
cclink_ie_dissect (IsthCursor *c,
                   IsthDissectContext *ctx)
{
  IsthCursor frame = *c;
  int first = isth_cursor_peek (c, 0);
  const FrameType *type = first < 0 ? NULL : find_type ((uint8_t) first);
  const uint8_t *header;
  uint8_t network;

  if (first < 0)
    return ISTH_DISSECT_MALFORMED;
  if (!type)
    {
      emit (ctx, &(FrameType){ .type = (uint8_t) first, .verb = ISTH_OP_REPORT, .name = "frame" }, "type not known", -1);
      return ISTH_DISSECT_OK;
    }
  if (type->family == FAMILY_TSN)
    return read_tsn (ctx, type, frame);
  header = isth_cursor_bytes (&frame, HEADER);
  if (!header)
    return ISTH_DISSECT_MALFORMED;
  network = type->family == FAMILY_CONTROL ? NETWORK_CONTROL : header[8] & 0x0f;
  emit (ctx, type, network == NETWORK_CONTROL ? "Control" : network == NETWORK_TSN ? "TSN" : "Field", isth_be16 (header + 6));
  claim_node (ctx, header, network, (Layout) type->layout);
  if (network == NETWORK_TSN && (first == TYPE_TEST_DATA || first == TYPE_TEST_DATA_ACK))
    read_test (ctx, (uint8_t) first, frame);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, 0x890f } };

const IsthDissector isth_dissector_cclink_ie = {
  .id = "cclink-ie", /* stored in project files: never change it */
  .title = "CC-Link IE",
  .depth = ISTH_DEPTH_SHALLOW,
  .identity = "vendor vendor_id product_code hardware device_type device_type_id protocol_address",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .dissect = cclink_ie_dissect,
};
