/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Supervision of HSR and PRP networks: which nodes are attached twice, and what a redundancy box stands for. IEC 62439-3, 4.3 (PRP), 5.7 (HSR).
 *
 * Whether one of the two networks is broken cannot be said: of each pair of frames the one that came here is all there is. */
#include <glib.h>
#include <glib/gi18n-lib.h>

#include "analysis/dissectors/dissector.h"

#define ETHER_TYPE 0x88fb

enum
{
  TLV_PRP_DISCARD = 20,
  TLV_PRP_ACCEPT = 21,
  TLV_HSR = 23,
  TLV_BOX = 30,
};

/* A node, and the box that speaks for it; the second is NULL when it speaks for itself. */
typedef struct
{
  uint8_t type;
  const uint8_t *node, *box;
} Message;

static bool
read_message (IsthCursor *c,
              Message *m)
{
  uint16_t version = isth_cursor_be16 (c) & 0x0fff;
  uint8_t length;

  *m = (Message){ 0 };
  if (version > 1)
    return false;
  if (version > 0)
    isth_cursor_skip (c, 2); /* number of the message */
  m->type = isth_cursor_u8 (c);
  length = isth_cursor_u8 (c);
  m->node = isth_cursor_bytes (c, length);
  if (c->failed || length < 6 || (m->type != TLV_PRP_DISCARD && m->type != TLV_PRP_ACCEPT && m->type != TLV_HSR))
    return false;
  if (isth_cursor_peek (c, 0) == TLV_BOX && isth_cursor_peek (c, 1) == 6)
    {
      isth_cursor_skip (c, 2);
      m->box = isth_cursor_bytes (c, 6);
    }
  return !c->failed;
}

static IsthProbe
hsr_prp_probe (IsthCursor c,
               const IsthPacket *packet)
{
  Message m;

  return packet->ether_type == ETHER_TYPE && read_message (&c, &m) ? ISTH_PROBE_STRONG : ISTH_PROBE_NO;
}

static IsthEndpoint
make_node (const IsthDissectContext *ctx,
           const uint8_t *mac)
{
  return isth_endpoint_from_address (isth_address_mac (mac), isth_packet_vlan (isth_context_packet (ctx)));
}

static IsthDissectResult
hsr_prp_dissect (IsthCursor *c,
                 IsthDissectContext *ctx)
{
  IsthEndpoint node, box;
  char object[96], mac[ISTH_ADDRESS_TEXT], other[ISTH_ADDRESS_TEXT];
  Message m;
  bool hsr;

  if (!read_message (c, &m))
    return ISTH_DISSECT_MALFORMED;
  hsr = m.type == TLV_HSR;
  node = make_node (ctx, m.node);
  isth_text_format (object, sizeof object, "%s node %s", hsr ? "HSR" : "PRP", isth_address_format (&node.mac, mac));
  if (m.box)
    {
      box = make_node (ctx, m.box);
      if (isth_address_equal (&box.mac, &node.mac))
        isth_text_format (object, sizeof object, "%s redundancy box %s", hsr ? "HSR" : "PRP", mac);
      else
        isth_text_format (object, sizeof object, "%s node %s behind %s", hsr ? "HSR" : "PRP", mac, isth_address_format (&box.mac, other));
      if (isth_address_is_host (&box.mac))
        isth_emit_role (ctx, &box, hsr ? "hsr-redbox" : "prp-redbox");
      if (isth_address_is_host (&box.mac) && isth_address_is_host (&node.mac) && !isth_address_equal (&box.mac, &node.mac))
        isth_emit_neighbour (ctx, &box, &node, "");
    }
  else if (isth_address_is_host (&node.mac))
    isth_emit_role (ctx, &node, hsr ? "hsr-node" : "prp-node");
  isth_emit_request (ctx, &(IsthRequest){ .no_answer = true, .verb = ISTH_OP_REPORT, .function = m.type, .name = "supervision", .object = object });
  return ISTH_DISSECT_OK;
}

static const IsthBinding bindings[] = { { ISTH_BIND_ETHER_TYPE, ETHER_TYPE } };

const IsthDissector isth_dissector_hsr_prp = {
  .id = "hsr-prp",
  .title = N_("HSR and PRP supervision"),
  .depth = ISTH_DEPTH_DEEP,
  .bindings = bindings,
  .n_bindings = G_N_ELEMENTS (bindings),
  .probe = hsr_prp_probe,
  .dissect = hsr_prp_dissect,
};
