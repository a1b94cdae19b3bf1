/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EtherCAT: a master sends frames round, and its slaves write into them as they pass. ETG.1000.4; ETG.1000.6 for the application layer.
 *
 * A frame on its way out has touched nobody yet: all its working counters are zero; it says what the master does. A frame on its way back says
 * what the slaves are. It comes back with the local bit set in its source address, which is the master's all the same. Slaves have no address
 * that others could use: they are children of the master, by the station address it gave them. What is addressed by position during start-up
 * is counted, and not told of a slave. Captures of one direction have only the one half. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/canopen-identity.h"
#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/ethercat-mailbox.h"

#define ETHER_TYPE 0x88a4
#define CHILD_TEXT 24
#define TYPE_COMMANDS 1
#define FIRST_MEMORY 0x1000 /* behind the registers: mailboxes and process data */
#define MAILBOX_HEADER 8 /* with the two bytes of FoE that say what is done */
#define LOCAL 0x02          /* in the first byte of a MAC */

enum
{
  COMMAND_NOP,
  COMMAND_APRD,
  COMMAND_APWR,
  COMMAND_APRW,
  COMMAND_FPRD,
  COMMAND_FPWR,
  COMMAND_FPRW,
  COMMAND_BRD,
  COMMAND_BWR,
  COMMAND_BRW,
  COMMAND_LRD,
  COMMAND_LWR,
  COMMAND_LRW,
  COMMAND_ARMW,
  COMMAND_FRMW,
  N_COMMANDS,
};

enum
{
  REGISTER_CONTROL = 0x0120,
  REGISTER_STATUS = 0x0130,
  REGISTER_EEPROM = 0x0502,
};

/* Sorts of registers by where they begin, ETG.1000.4, 6. */
static const struct
{
  uint16_t first;
  IsthOp reading;
  const char *name;
} regions[] = {
  { 0x0000, ISTH_OP_IDENTIFY, "ESC information" }, { 0x0010, ISTH_OP_READ, "station address" },
  { 0x0020, ISTH_OP_READ, "write protection" },    { 0x0040, ISTH_OP_READ, "reset" },
  { 0x0100, ISTH_OP_READ, "data link control" },   { 0x0110, ISTH_OP_DIAGNOSE, "data link status" },
  { 0x0120, ISTH_OP_READ, "AL control" },          { 0x0130, ISTH_OP_DIAGNOSE, "AL status" },
  { 0x0140, ISTH_OP_READ, "process data interface" }, { 0x0200, ISTH_OP_READ, "interrupts" },
  { 0x0300, ISTH_OP_DIAGNOSE, "error counters" },  { 0x0400, ISTH_OP_READ, "watchdogs" },
  { 0x0500, ISTH_OP_IDENTIFY, "EEPROM" },          { 0x0510, ISTH_OP_READ, "MII management" },
  { 0x0600, ISTH_OP_READ, "FMMU" },                { 0x0800, ISTH_OP_READ, "sync managers" },
  { 0x0900, ISTH_OP_READ, "distributed clocks" },  { 0x0e00, ISTH_OP_READ, "ESC features" },
  { 0x1000, ISTH_OP_READ, "memory" },
};

typedef struct
{
  bool judged;
  bool outgoing; /* the first frame of this flow had touched nobody: this is the side of the master */
  bool said;     /* … and who that is */
  bool updating; /* the file that the master writes is firmware */
} EthercatState;

#define DATAGRAM_HEAD 10 /* command, index, address, length, interrupts */

typedef struct
{
  uint8_t command;
  uint16_t station, offset; /* or together a logical address */
  uint16_t length, counter;
  bool more;
  IsthCursor data;
} Datagram;

static bool
next_datagram (IsthCursor *c,
               Datagram *d)
{
  const uint8_t *head = isth_cursor_bytes (c, DATAGRAM_HEAD);
  uint16_t length;

  if (!head)
    return false;
  d->command = head[0];
  d->station = isth_le16 (head + 2);
  d->offset = isth_le16 (head + 4);
  length = isth_le16 (head + 6);
  d->more = length & 0x8000;
  d->length = length & 0x7ff;
  d->data = isth_cursor_take (c, d->length);
  d->counter = isth_cursor_le16 (c);
  return !c->failed && d->command < N_COMMANDS;
}

/* The frame's own header; false when it is no frame of commands. */
static bool
read_header (IsthCursor *c)
{
  uint16_t header = isth_cursor_le16 (c);

  if (c->failed || header >> 12 != TYPE_COMMANDS || (header & 0x7ff) > isth_cursor_wire_left (c))
    return false;
  isth_cursor_limit (c, header & 0x7ff);
  return true;
}

/* Whether all datagrams are whole and end where the header says; whether a slave has touched one of them, and how much there is in front of a file. */
static bool
walk (IsthCursor c,
      bool *touched,
      uint32_t *open)
{
  Datagram d ISTH_UNSET;

  *touched = false;
  *open = UINT32_MAX;
  do
    {
      if (!next_datagram (&c, &d))
        return false;
      *touched |= d.counter != 0;
      if (d.offset >= FIRST_MEMORY && *open == UINT32_MAX && isth_ethercat_holds_file (d.data))
        *open = (uint32_t) (d.data.data + d.data.position - c.data) + MAILBOX_HEADER;
    }
  while (d.more);
  return true;
}

static IsthProbe
ethercat_probe (IsthCursor c,
                const IsthPacket *packet)
{
  bool touched;
  uint32_t open;

  if (packet->ether_type != ETHER_TYPE && packet->layer != ISTH_LAYER_UDP)
    return ISTH_PROBE_NO;
  if (!read_header (&c) || !walk (c, &touched, &open))
    return c.cut ? ISTH_PROBE_WEAK : ISTH_PROBE_NO;
  /* Few fields, and most of them small: sure of it on its own EtherType only. */
  return packet->ether_type == ETHER_TYPE ? ISTH_PROBE_STRONG : ISTH_PROBE_WEAK;
}

static bool
is_configured (uint8_t command)
{
  return command == COMMAND_FPRD || command == COMMAND_FPWR || command == COMMAND_FPRW || command == COMMAND_FRMW;
}

static bool
is_logical (uint8_t command)
{
  return command >= COMMAND_LRD && command <= COMMAND_LRW;
}

static bool
writes (uint8_t command)
{
  return command == COMMAND_APWR || command == COMMAND_FPWR || command == COMMAND_BWR;
}

static IsthEndpoint
make_slave (const IsthEndpoint *master,
            uint16_t station,
            char text[CHILD_TEXT])
{
  static const char path[] = "ethercat-slave:";
  IsthEndpoint self = *master;
  char *at = text + sizeof path + 4;

  memcpy (text, path, sizeof path);
  *at = '\0';
  do /* by hand: several times a frame, thousands of frames a second */
    *--at = (char) ('0' + station % 10);
  while ((station /= 10) > 0);
  memmove (text + sizeof path - 1, at, (size_t) (text + sizeof path + 5 - at));
  self.child = text;
  return self;
}

static const char *
name_state (uint8_t state)
{
  static const char *const names[] = { NULL, "INIT", "PRE-OP", "BOOT", "SAFE-OP", NULL, NULL, NULL, "OP" };

  state &= 0x0f;
  return state < G_N_ELEMENTS (names) ? names[state] : NULL;
}

static size_t
find_region (uint16_t offset)
{
  size_t i = G_N_ELEMENTS (regions) - 1;

  while (i > 0 && offset < regions[i].first)
    i--;
  return i;
}

/* Process data, which goes round all the time. */
static void
ask_process_data (IsthDissectContext *ctx,
                  const Datagram *d)
{
  static const char *const names[] = { "process-data-read", "process-data-write", "process-data" };
  const uint16_t what[] = { d->command, d->station, d->offset, d->length };
  IsthRequest request = {
    .key = isth_context_digest (ctx, 0, what, sizeof what),
    .no_answer = true,
    .verb = ISTH_OP_REPORT,
    .function = d->command,
    .name = names[d->command - COMMAND_LRD],
  };
  char object[48];

  if (isth_emit_again (ctx, &request))
    return;
  request.object = isth_text_format (object, sizeof object, "logical 0x%04x%04x, %u bytes", d->offset, d->station, d->length);
  isth_emit_request (ctx, &request);
}

/* A state that the master asks for: of one slave, or of all. */
static void
ask_state (IsthDissectContext *ctx,
           const IsthEndpoint *master,
           const Datagram *d)
{
  int state = isth_cursor_peek (&d->data, 0);
  const char *name = state < 0 ? NULL : name_state ((uint8_t) state);
  char child[CHILD_TEXT], object[32];
  IsthEndpoint slave = make_slave (master, d->station, child);
  IsthRequest request = {
    .no_answer = true,
    .verb = ISTH_OP_CONTROL,
    .function = d->command,
    .name = "request-state",
    .object = object,
    .target = is_configured (d->command) ? &slave : NULL,
  };

  if (!name)
    return;
  if (d->command == COMMAND_APWR)
    isth_text_format (object, sizeof object, "%s, position %u", name, (uint16_t) -d->station);
  else
    isth_text_format (object, sizeof object, "%s", name);
  isth_emit_request (ctx, &request);
}

/* A register of one slave or of all; setting up the bus is no more than keeping it going. */
static void
ask_register (IsthDissectContext *ctx,
              const IsthEndpoint *master,
              const Datagram *d)
{
  size_t region = find_region (d->offset);
  const uint16_t what[] = { d->command, is_configured (d->command) ? d->station : 0, (uint16_t) region };
  char child[CHILD_TEXT];
  IsthEndpoint slave = is_configured (d->command) ? make_slave (master, d->station, child) : *master;
  IsthRequest request = {
    .key = isth_context_digest (ctx, 1, what, sizeof what),
    .no_answer = true,
    .verb = writes (d->command) ? ISTH_OP_OTHER : regions[region].reading,
    .function = d->command,
    .name = writes (d->command) ? "write-register" : "read-register",
    .object = regions[region].name,
    .target = is_configured (d->command) ? &slave : NULL,
  };

  if (!isth_emit_again (ctx, &request))
    isth_emit_request (ctx, &request);
}

/* A word of two bytes: command in the lower half. 2 in its second byte: write. */
static bool
writes_eeprom (const Datagram *d)
{
  int command = isth_cursor_peek (&d->data, 1);

  return d->offset == REGISTER_EEPROM && command >= 0 && (command & 7) == 2;
}

static void
read_outgoing (IsthDissectContext *ctx,
               const IsthEndpoint *master,
               const Datagram *d)
{
  char child[CHILD_TEXT];
  IsthEndpoint slave;

  if (d->command == COMMAND_NOP)
    return;
  slave = is_configured (d->command) ? make_slave (master, d->station, child) : *master;
  if (is_logical (d->command))
    ask_process_data (ctx, d);
  else if (writes (d->command) && d->offset == REGISTER_CONTROL)
    ask_state (ctx, master, d);
  else if (d->command == COMMAND_FPWR && writes_eeprom (d))
    isth_emit_request (ctx, &(IsthRequest){
                              .no_answer = true, .verb = ISTH_OP_CONFIGURE, .function = d->command, .name = "write-eeprom", .target = &slave });
  else if (d->command == COMMAND_FPWR && d->offset >= FIRST_MEMORY && isth_ethercat_is_mailbox (d->data))
    isth_ethercat_read_request (ctx, master, &slave, d->data, &((EthercatState *) isth_context_state (ctx))->updating);
  else
    ask_register (ctx, master, d);
}

/* AL status, two bytes, and behind two more the reason of an error. */
static void
read_status (IsthDissectContext *ctx,
             const IsthEndpoint *master,
             const IsthEndpoint *slave,
             IsthCursor data)
{
  const uint8_t *at = isth_cursor_bytes (&data, 2);
  const char *name = at ? name_state (at[0]) : NULL;
  char object[48], code[24] = "";

  if (!name)
    return;
  isth_emit_claim (ctx, slave, ISTH_ATTRIBUTE_STATE, name, ISTH_CONFIDENCE_PARSED, at, 2);
  if (!(at[0] & 0x10))
    return;
  isth_cursor_skip (&data, 2);
  if (isth_cursor_left (&data) >= 2)
    isth_text_format (code, sizeof code, ", code 0x%04x", isth_cursor_le16 (&data));
  isth_text_format (object, sizeof object, "%s%s", name, code);
  isth_emit_request (ctx, &(IsthRequest){
                            .no_answer = true,
                            .verb = ISTH_OP_REPORT,
                            .function = -1,
                            .name = "state-error",
                            .object = object,
                            .source = slave,
                            .target = master,
                          });
}

/* What was read of the slave's memory of itself: status, address of a word, and its four or eight bytes. ETG.1000.6, 5.4. */
static void
read_eeprom (IsthDissectContext *ctx,
             const IsthEndpoint *slave,
             IsthCursor data)
{
  enum { VENDOR = 0x08, PRODUCT = 0x0a, REVISION = 0x0c, SERIAL = 0x0e };
  uint16_t status = isth_cursor_le16 (&data);
  uint32_t address = isth_cursor_le32 (&data);

  if (data.failed || status & 0xf800)
    return; /* busy, or failed */
  isth_cursor_limit (&data, status & 0x0040 ? 8 : 4);
  for (; isth_cursor_left (&data) >= 4; address += 2)
    {
      const uint8_t *at = data.data + data.position;
      uint32_t value = isth_cursor_le32 (&data);

      if (address == VENDOR)
        {
          isth_canopen_emit_number (ctx, slave, ISTH_ATTRIBUTE_VENDOR_ID, value, true, at);
          isth_ethercat_emit_vendor (ctx, slave, value, at);
        }
      else if (address == PRODUCT)
        {
          isth_canopen_emit_number (ctx, slave, ISTH_ATTRIBUTE_PRODUCT_CODE, value, true, at);
          isth_ethercat_emit_model (ctx, slave, value, at);
        }
      else if (address == REVISION)
        isth_canopen_emit_number (ctx, slave, ISTH_ATTRIBUTE_FIRMWARE, value, true, at);
      else if (address == SERIAL)
        isth_canopen_emit_number (ctx, slave, ISTH_ATTRIBUTE_SERIAL, value, true, at);
    }
}

/* Only a slave that answered to its address has a counter. */
static void
read_returned (IsthDissectContext *ctx,
               const IsthEndpoint *master,
               const Datagram *d)
{
  char child[CHILD_TEXT];
  IsthEndpoint slave;

  if (d->counter == 0 || !is_configured (d->command))
    return;
  slave = make_slave (master, d->station, child);
  isth_emit_child (ctx, &slave, NULL, 0);
  if (d->command != COMMAND_FPRD)
    return;
  if (d->offset == REGISTER_STATUS)
    read_status (ctx, master, &slave, d->data);
  else if (d->offset == REGISTER_EEPROM)
    read_eeprom (ctx, &slave, d->data);
  else if (d->offset >= FIRST_MEMORY && isth_ethercat_is_mailbox (d->data))
    isth_ethercat_read_response (ctx, master, &slave, d->data);
}

/* The sender without the bit that the first slave set. */
static IsthEndpoint
find_master (IsthDissectContext *ctx,
             const EthercatState *state)
{
  IsthEndpoint self = isth_context_sender (ctx);

  if (!state->outgoing && self.mac.kind == ISTH_ADDRESS_MAC && self.ip.kind == ISTH_ADDRESS_NONE)
    self.mac.bytes[0] &= (uint8_t) ~LOCAL;
  return self;
}

/* Once for each flow. Both addresses of the master are one thing: the claim says so to whoever sees the two. */
static void
say_master (IsthDissectContext *ctx,
            EthercatState *state,
            const IsthEndpoint *master)
{
  IsthEndpoint sender = isth_context_sender (ctx);
  char text[ISTH_ADDRESS_TEXT];

  if (state->said)
    return;
  state->said = true;
  if (state->outgoing)
    isth_emit_role (ctx, NULL, "ethercat-master");
  else if (!isth_address_equal (&sender.mac, &master->mac))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_CHASSIS, isth_address_format (&master->mac, text), ISTH_CONFIDENCE_PARSED, NULL, 0);
}

static IsthDissectResult
ethercat_dissect (IsthCursor *c,
                  IsthDissectContext *ctx)
{
  EthercatState *state = isth_context_state (ctx);
  IsthEndpoint master;
  uint32_t open;
  bool touched;
  Datagram d ISTH_UNSET;

  if (!read_header (c) || !walk (*c, &touched, &open))
    return ISTH_DISSECT_MALFORMED;
  if (open != UINT32_MAX) /* a password and what the file holds follow */
    isth_context_show (ctx, c->data, open);
  if (!state->judged)
    {
      state->judged = true;
      state->outgoing = !touched;
    }
  master = find_master (ctx, state);
  say_master (ctx, state, &master);
  do
    {
      if (!next_datagram (c, &d))
        return ISTH_DISSECT_MALFORMED;
      if (state->outgoing && !touched)
        read_outgoing (ctx, &master, &d);
      else
        read_returned (ctx, &master, &d);
    }
  while (d.more);
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE }, { ISTH_BIND_UDP, 34980 } };

const IsthDissector isth_dissector_ethercat = {
  .id = "ethercat",
  .title = "EtherCAT",
  .depth = ISTH_DEPTH_DEEP,
  .identity = "vendor vendor_id product_code firmware serial model hardware device_type device_type_id state chassis",
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .state_size = sizeof (EthercatState),
  .probe = ethercat_probe,
  .dissect = ethercat_dissect,
};
