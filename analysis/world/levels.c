/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Purdue level and side, with the reason. In this order; the first that applies decides:
 *
 *   1. a person's word;
 *   2. a public address: external, 5. Private, shared and link-local addresses never are;
 *   3. the kind, where it stands on one level (kind_levels);
 *   4. answers a control protocol: 1. Asks controllers in one: 2. A child stands with its parent;
 *   5. a server that both sides talk to, from a subnet of neither: 3.5;
 *   6. talks with external addresses and with no control device: 4;
 * and otherwise unknown. Routers and firewalls have no level; they are the boundary. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/world/resolve.h"

static const struct
{
  IsthKind kind;
  IsthLevel level;
  const char *reason;
} kind_levels[] = {
  { ISTH_KIND_PLC, ISTH_LEVEL_1, N_("Controllers stand on level 1") },
  { ISTH_KIND_RTU, ISTH_LEVEL_1, N_("Remote terminal units stand on level 1") },
  { ISTH_KIND_IED, ISTH_LEVEL_1, N_("Protection devices stand on level 1") },
  { ISTH_KIND_PROTOCOL_GATEWAY, ISTH_LEVEL_1, N_("Protocol gateways stand with the devices behind them, on level 1") },
  { ISTH_KIND_REMOTE_IO, ISTH_LEVEL_0, N_("Remote I/O stands on level 0") },
  { ISTH_KIND_DRIVE, ISTH_LEVEL_0, N_("Drives stand on level 0") },
  { ISTH_KIND_SENSOR, ISTH_LEVEL_0, N_("Sensors stand on level 0") },
  { ISTH_KIND_HMI, ISTH_LEVEL_2, N_("Operator panels stand on level 2") },
  { ISTH_KIND_ENGINEERING_WORKSTATION, ISTH_LEVEL_2, N_("Engineering workstations stand on level 2") },
  { ISTH_KIND_SCADA_SERVER, ISTH_LEVEL_2, N_("SCADA servers stand on level 2") },
  { ISTH_KIND_HISTORIAN, ISTH_LEVEL_3, N_("Historians stand on level 3") },
  { ISTH_KIND_OPC_SERVER, ISTH_LEVEL_3, N_("OPC servers stand on level 3") },
  { ISTH_KIND_PRINTER, ISTH_LEVEL_4, N_("Printers belong to the office, level 4") },
  { ISTH_KIND_PHONE, ISTH_LEVEL_4, N_("Telephones belong to the office, level 4") },
};

static void
set_level (IsthDraft *draft,
           IsthLevel level,
           const char *reason)
{
  draft->level = level;
  draft->level_reason = g_strdup (_(reason));
}

static bool
take_word (const IsthResolve *self,
           IsthDraft *draft)
{
  static const IsthLevel levels[] = { ISTH_LEVEL_0, ISTH_LEVEL_1, ISTH_LEVEL_2, ISTH_LEVEL_3, ISTH_LEVEL_DMZ, ISTH_LEVEL_4, ISTH_LEVEL_5 };
  const IsthDraftClaim *claim = isth_draft_shown (self, draft, ISTH_ATTRIBUTE_LEVEL);

  if (!claim || claim->confidence != ISTH_CONFIDENCE_PERSON)
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_str_equal (isth_level_name (levels[i]), isth_resolve_text (self, claim->value)))
      {
        draft->level = levels[i];
        draft->level_by_person = true;
        draft->level_reason = g_strdup_printf (_("Set by %s"), claim->author && *claim->author ? claim->author : _("a person"));
        return true;
      }
  return false;
}

/* All its IP addresses are public and were seen through a router or without a MAC, and lie in no subnet (/24) of assets on a segment that was seen: some
 * sites use public addresses inside. */
static bool
is_external (const IsthResolve *self,
             const IsthDraft *draft,
             const IsthIndex *near_subnets)
{
  if (draft->mac.kind != ISTH_ADDRESS_NONE || draft->ip.kind == ISTH_ADDRESS_NONE)
    return false;
  for (uint32_t i = draft->first_station; i < draft->first_station + draft->n_stations; i++)
    {
      const IsthAddress *ip = &self->stations[self->by_draft[i]].row->ip;

      if (ip->kind != ISTH_ADDRESS_NONE && (isth_address_is_private (ip) || isth_index_find (near_subnets, ip->bytes) != ISTH_NONE))
        return false;
    }
  return true;
}

/* The first three bytes of the IPv4 addresses that MACs own. */
static void
note_near_subnets (const IsthResolve *self,
                   IsthIndex *near_subnets)
{
  for (uint32_t i = 0; i < self->pair_index.n; i++)
    {
      const IsthAddress *ip = isth_resolve_ip (self, self->pairs[i].ip);

      if (self->pairs[i].verdict == ISTH_PAIR_OWN && ip->kind == ISTH_ADDRESS_IPV4)
        isth_index_add (near_subnets, ip->bytes);
    }
}

/* What the links of an asset tell about where it stands. */
typedef struct
{
  bool answers_control, asks_control;
  bool meets_ot, serves_it, meets_external;
} Position;

static bool
is_control (const IsthResolve *self,
            const IsthDraftLink *link)
{
  static const char *const protocols[] = { "modbus", "s7comm", "s7comm-plus", "cip", "enip", "dnp3", "iec104", "mms", "fins", "melsec", "ads", "umas" };
  const char *protocol = isth_resolve_text (self, link->protocol);

  for (size_t i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (g_str_equal (protocols[i], protocol))
      return true;
  return false;
}

static bool
was_answered (const IsthResolve *self,
              const IsthDraftLink *link)
{
  if (link->packets[1] > 0)
    return true;
  for (uint32_t o = link->first_operation; o < link->first_operation + link->n_operations; o++)
    if (g_array_index (self->operations, IsthDraftOperation, o).ok + g_array_index (self->operations, IsthDraftOperation, o).refused > 0)
      return true;
  return false;
}

static void
note_control (const IsthResolve *self,
              Position *positions)
{
  for (uint32_t i = 0; i < self->links->len; i++)
    {
      const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);

      if (link->proof < 3 || !is_control (self, link))
        continue;
      positions[link->from].asks_control = true;
      positions[link->to].answers_control |= was_answered (self, link);
    }
}

static IsthSide
side_of (const IsthDraft *draft)
{
  switch (draft->level)
    {
    case ISTH_LEVEL_0:
    case ISTH_LEVEL_1:
    case ISTH_LEVEL_2:
    case ISTH_LEVEL_3:
      return ISTH_SIDE_OT;
    case ISTH_LEVEL_DMZ:
      return ISTH_SIDE_BOUNDARY;
    case ISTH_LEVEL_4:
      return ISTH_SIDE_IT;
    case ISTH_LEVEL_5:
      return ISTH_SIDE_EXTERNAL;
    case ISTH_LEVEL_UNKNOWN:
      break;
    }
  if (draft->kind == ISTH_KIND_ROUTER || draft->kind == ISTH_KIND_FIREWALL)
    return ISTH_SIDE_BOUNDARY;
  return ISTH_SIDE_UNKNOWN;
}

/* Rules 1 to 4. */
static void
place_by_itself (const IsthResolve *self,
                 IsthDraft *draft,
                 const Position *position,
                 const IsthIndex *near_subnets)
{
  draft->level = ISTH_LEVEL_UNKNOWN;
  if (take_word (self, draft))
    return;
  if (is_external (self, draft, near_subnets))
    {
      set_level (draft, ISTH_LEVEL_5, N_("Its address is public and lies behind a router"));
      return;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (kind_levels); i++)
    if (draft->kind == kind_levels[i].kind)
      {
        set_level (draft, kind_levels[i].level, kind_levels[i].reason);
        return;
      }
  if (draft->kind == ISTH_KIND_ROUTER || draft->kind == ISTH_KIND_FIREWALL)
    draft->level_reason = g_strdup (_("It joins networks of different levels"));
  else if (position->answers_control)
    set_level (draft, ISTH_LEVEL_1, N_("It answers a control protocol"));
  else if (position->asks_control)
    set_level (draft, ISTH_LEVEL_2, N_("It asks controllers in a control protocol"));
}

static void
place_children (IsthResolve *self)
{
  uint32_t deepest = 0;

  for (uint32_t i = 0; i < self->n_drafts; i++)
    deepest = MAX (deepest, self->drafts[i].depth);
  for (uint32_t depth = 1; depth <= deepest; depth++)
    for (uint32_t i = 0; i < self->n_drafts; i++)
      {
        IsthDraft *draft = &self->drafts[i];

        if (draft->depth == depth && draft->level == ISTH_LEVEL_UNKNOWN && self->drafts[draft->parent].level != ISTH_LEVEL_UNKNOWN)
          {
            g_free (draft->level_reason);
            set_level (draft, self->drafts[draft->parent].level, N_("It stands with the device that it is part of"));
          }
      }
}

/* Assets in the subnet (/24) of a control device stand on its side as far as the boundary is concerned: none of them is a DMZ. */
static void
note_subnets (const IsthResolve *self,
              IsthIndex *ot_subnets)
{
  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      const IsthDraft *draft = &self->drafts[i];
      uint8_t subnet[4] = { 0 };

      if (draft->ip.kind != ISTH_ADDRESS_IPV4 || draft->level < ISTH_LEVEL_0 || draft->level > ISTH_LEVEL_2)
        continue;
      memcpy (subnet, draft->ip.bytes, 3);
      isth_index_add (ot_subnets, subnet);
    }
}

static void
note_sides (const IsthResolve *self,
            Position *positions)
{
  for (uint32_t i = 0; i < self->links->len; i++)
    {
      const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);
      IsthSide from = side_of (&self->drafts[link->from]), to = side_of (&self->drafts[link->to]);

      positions[link->from].meets_ot |= to == ISTH_SIDE_OT;
      positions[link->to].meets_ot |= from == ISTH_SIDE_OT;
      positions[link->to].serves_it |= link->proof >= 2 && (from == ISTH_SIDE_IT || from == ISTH_SIDE_EXTERNAL);
      positions[link->from].meets_external |= link->proof >= 2 && to == ISTH_SIDE_EXTERNAL && link->packets[1] > 0;
    }
}

/* Rules 5 and 6. First who meets externals, so that the office is known when the DMZ is looked for. */
static void
place_by_company (IsthResolve *self,
                  Position *positions)
{
  IsthIndex ot_subnets = { .key_size = 4 };

  note_subnets (self, &ot_subnets);
  note_sides (self, positions);
  for (int round = 0; round < 2; round++)
    {
      for (uint32_t i = 0; i < self->n_drafts; i++)
        {
          IsthDraft *draft = &self->drafts[i];
          uint8_t subnet[4] = { 0 };
          bool in_ot = false;

          if (draft->level != ISTH_LEVEL_UNKNOWN || draft->level_reason || draft->depth > 0)
            continue;
          memcpy (subnet, draft->ip.bytes, 3);
          in_ot = draft->ip.kind == ISTH_ADDRESS_IPV4 && isth_index_find (&ot_subnets, subnet) != ISTH_NONE;
          if (in_ot)
            continue;
          if (round == 0 && positions[i].meets_external && !positions[i].meets_ot)
            set_level (draft, ISTH_LEVEL_4, N_("It talks with external addresses and with no control device"));
          else if (round == 1 && positions[i].meets_ot && positions[i].serves_it)
            set_level (draft, ISTH_LEVEL_DMZ, N_("Both sides of the boundary talk to it"));
        }
      if (round == 0)
        note_sides (self, positions);
    }
  isth_index_clear (&ot_subnets);
}

void
isth_resolve_levels (IsthResolve *self)
{
  g_autofree Position *positions = g_new0 (Position, MAX (self->n_drafts, 1));
  IsthIndex near_subnets = { .key_size = 3 };

  note_control (self, positions);
  note_near_subnets (self, &near_subnets);
  for (uint32_t i = 0; i < self->n_drafts; i++)
    place_by_itself (self, &self->drafts[i], &positions[i], &near_subnets);
  isth_index_clear (&near_subnets);
  place_children (self);
  place_by_company (self, positions);

  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      IsthDraft *draft = &self->drafts[i];

      draft->side = side_of (draft);
      if (!draft->level_reason)
        draft->level_reason = g_strdup (_("Nothing that was seen tells where it stands"));
    }
  for (uint32_t i = 0; i < self->links->len; i++)
    {
      IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);
      IsthSide a = self->drafts[link->from].side, b = self->drafts[link->to].side;

      link->crossing = (a == ISTH_SIDE_OT && (b == ISTH_SIDE_IT || b == ISTH_SIDE_EXTERNAL)) ||
                       (b == ISTH_SIDE_OT && (a == ISTH_SIDE_IT || a == ISTH_SIDE_EXTERNAL));
    }
}
