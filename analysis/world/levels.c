/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Purdue level and side, with the reason. In this order; the first that applies decides:
 *
 *   1. a person's word;
 *   2. a public address: external, 5; how surely, levels-outside.c says. Private, shared, link-local and documentation addresses and the site's own ranges
 *      never are. What answers a control protocol there is a device of the plant that is reached through the Internet: it has the level of its kind, and
 *      is on the external side;
 *   3. the kind, where it stands on one level (kind_levels), unless its subnet (subnets.c) contradicts: an operator panel in the office is no panel of
 *      the plant, a printer in a cell is no printer of the office;
 *   4. answers a control protocol: 1. Asks controllers in one: 2, from the office: 4. A switch among control devices: 2. A child stands with its parent;
 *   5. in a subnet between (no control device, asks controllers elsewhere) that also meets the office or the outside: 3.5;
 *   6. in an office subnet, and uses what offices use or is among several that do: 4;
 *   7. a server that both sides talk to, from a subnet of neither: 3.5. Talks with external addresses and no control device, and nothing hints at
 *      control traffic in its subnet: 4;
 *   8. a firewall stands between it and control devices that it reached, and nothing hints at control traffic on its side: 4;
 * and otherwise unknown. Routers and firewalls have no level; they are the boundary. What stands among control devices without a level of its own is on
 * the side of the plant; so is who speaks what only plant equipment does and no router passes on.
 *
 * The confidence of a level is that of the rule: how many of a hundred assets that it places stand there. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/world/resolve.h"

#define AHEAD 8       /* links whose ends are on their way from memory */
#define OFFICE_MANY 3 /* office hosts that vouch for their neighbours */

/* Of a hundred assets that answer a control protocol, those that stand on level 1; and of those that are computers besides. */
#define SURE_OF_ANSWERING 82
#define SURE_OF_SIMULATED 60
#define SURE_OF_ASKED_OUTSIDE 70 /* of those with a public address that was asked in a control protocol, and gave nothing, those outside of the site */

static const struct
{
  IsthKind kind;
  IsthLevel level;
  uint8_t sure; /* of a hundred assets of that kind, those that stand there */
  const char *reason;
} kind_levels[] = {
  { ISTH_KIND_PLC, ISTH_LEVEL_1, 96, N_("Controllers stand on level 1") },
  { ISTH_KIND_RTU, ISTH_LEVEL_1, 95, N_("Remote terminal units stand on level 1") },
  { ISTH_KIND_IED, ISTH_LEVEL_1, 95, N_("Protection devices stand on level 1") },
  { ISTH_KIND_PROTOCOL_GATEWAY, ISTH_LEVEL_1, 90, N_("Protocol gateways stand with the devices behind them, on level 1") },
  { ISTH_KIND_REMOTE_IO, ISTH_LEVEL_0, 94, N_("Remote I/O stands on level 0") },
  { ISTH_KIND_DRIVE, ISTH_LEVEL_0, 95, N_("Drives stand on level 0") },
  { ISTH_KIND_SENSOR, ISTH_LEVEL_0, 94, N_("Sensors stand on level 0") },
  { ISTH_KIND_HMI, ISTH_LEVEL_2, 94, N_("Operator panels stand on level 2") },
  { ISTH_KIND_ENGINEERING_WORKSTATION, ISTH_LEVEL_2, 86, N_("Engineering workstations stand on level 2") },
  { ISTH_KIND_SCADA_SERVER, ISTH_LEVEL_2, 85, N_("SCADA servers stand on level 2") },
  { ISTH_KIND_HISTORIAN, ISTH_LEVEL_3, 88, N_("Historians stand on level 3") },
  { ISTH_KIND_OPC_SERVER, ISTH_LEVEL_3, 75, N_("OPC servers stand on level 3") },
  { ISTH_KIND_PRINTER, ISTH_LEVEL_4, 85, N_("Printers belong to the office, level 4") },
  { ISTH_KIND_PHONE, ISTH_LEVEL_4, 85, N_("Telephones belong to the office, level 4") },
};

static void
set_level (IsthDraft *draft,
           IsthLevel level,
           int confidence,
           const char *reason)
{
  draft->level = level;
  draft->level_confidence = (uint8_t) confidence;
  draft->level_reason = _(reason);
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
        draft->level_confidence = ISTH_CONFIDENCE_PERSON;
        draft->level_reason = isth_resolve_person (claim);
        return true;
      }
  return false;
}

static IsthSide
side_of (const IsthDraft *draft)
{
  if (draft->external && !draft->level_by_person)
    return ISTH_SIDE_EXTERNAL;
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

static IsthSubnetNature
nature_of (const IsthResolve *self,
           const IsthDraft *draft)
{
  return draft->subnet == ISTH_NONE ? ISTH_SUBNET_UNKNOWN : g_array_index (self->subnets, IsthSubnet, draft->subnet).nature;
}

/* Whether what answers as a device of the plant is, or stands in, a computer: a desktop, a virtual machine, or that which recorded and talks to itself.
 * Most of those are simulations, some are controllers in software. */
static bool
may_be_simulated (const IsthResolve *self,
                  const IsthDraft *draft)
{
  while (draft->parent != ISTH_NONE)
    draft = &self->drafts[draft->parent];
  return draft->deeds & ISTH_DEED_COMPUTER || (draft->ip != ISTH_NONE && isth_address_is_loopback (isth_resolve_ip (self, draft->ip)));
}

/* What it did stands even where its kind is but likely: a control device is on level 1, whatever it controls; who asks it, on level 2. */
static int
trust_kind (const IsthResolve *self,
            const IsthDraft *draft,
            IsthLevel level,
            int sure)
{
  int confidence = draft->kind_confidence * sure / 100;

  if (level == ISTH_LEVEL_1 && draft->deeds & ISTH_DEED_ANSWERED)
    return may_be_simulated (self, draft) ? MAX (confidence, SURE_OF_SIMULATED) : MAX (confidence, SURE_OF_ANSWERING);
  if (level == ISTH_LEVEL_2 && draft->deeds & ISTH_DEED_ASKS_CONTROL)
    return MAX (confidence, 70);
  return confidence;
}

/* Rule 3. */
static bool
place_by_kind (const IsthResolve *self,
               IsthDraft *draft)
{
  IsthSubnetNature nature = nature_of (self, draft);

  for (size_t i = 0; i < G_N_ELEMENTS (kind_levels); i++)
    {
      IsthLevel level = kind_levels[i].level;

      if (draft->kind != kind_levels[i].kind)
        continue;
      if (level >= ISTH_LEVEL_4 && (nature == ISTH_SUBNET_CONTROL || nature == ISTH_SUBNET_MIXED))
        return false;
      if (level >= ISTH_LEVEL_2 && level < ISTH_LEVEL_4 && (nature == ISTH_SUBNET_OFFICE || nature == ISTH_SUBNET_BETWEEN))
        return false;
      set_level (draft, level, trust_kind (self, draft, level, kind_levels[i].sure), kind_levels[i].reason);
      return true;
    }
  return false;
}

/* Rules 1 to 4. */
static void
place_by_itself (const IsthResolve *self,
                 IsthDraft *draft)
{
  IsthSubnetNature nature = nature_of (self, draft);

  draft->level = ISTH_LEVEL_UNKNOWN;
  if (take_word (self, draft))
    return;
  if (draft->external > SURE_OF_ASKED_OUTSIDE && (draft->deeds & (ISTH_DEED_ANSWERS_CONTROL | ISTH_DEED_SPEAKS_CONTROL)) == ISTH_DEED_SPEAKS_CONTROL)
    set_level (draft, ISTH_LEVEL_5, SURE_OF_ASKED_OUTSIDE, N_("Its address is public, but it was asked in a control protocol: it may be the site's, reached through the Internet"));
  else if (draft->external && !(draft->deeds & ISTH_DEED_ANSWERS_CONTROL))
    set_level (draft, ISTH_LEVEL_5, draft->external, isth_outside_reason (draft->external));
  else if (place_by_kind (self, draft))
    return;
  else if (draft->kind == ISTH_KIND_ROUTER || draft->kind == ISTH_KIND_FIREWALL)
    draft->level_reason = _("It joins networks of different levels");
  else if (draft->deeds & ISTH_DEED_ANSWERS_CONTROL)
    set_level (draft, ISTH_LEVEL_1, may_be_simulated (self, draft) ? SURE_OF_SIMULATED : SURE_OF_ANSWERING, N_("It answers a control protocol"));
  else if (draft->deeds & ISTH_DEED_ASKS_CONTROL && nature == ISTH_SUBNET_OFFICE)
    set_level (draft, ISTH_LEVEL_4, 70, N_("It asks controllers, but its subnet has only office hosts"));
  else if (draft->deeds & ISTH_DEED_ASKS_CONTROL && nature != ISTH_SUBNET_BETWEEN)
    set_level (draft, ISTH_LEVEL_2, 70, N_("It asks controllers in a control protocol"));
  else if ((draft->kind == ISTH_KIND_SWITCH || draft->kind == ISTH_KIND_WIRELESS) && nature == ISTH_SUBNET_CONTROL)
    set_level (draft, ISTH_LEVEL_2, 75, N_("It connects a subnet of control devices"));
  else if (nature == ISTH_SUBNET_OFFICE)
    {
      const IsthSubnet *subnet = &g_array_index (self->subnets, IsthSubnet, draft->subnet);

      if (draft->deeds & ISTH_DEED_OFFICE)
        set_level (draft, ISTH_LEVEL_4, 72, N_("It uses office services, and its subnet has no control device"));
      else if (subnet->office >= OFFICE_MANY)
        set_level (draft, ISTH_LEVEL_4, 66, N_("Its subnet has office hosts and no control device"));
    }
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
          set_level (draft, self->drafts[draft->parent].level, self->drafts[draft->parent].level_confidence * 95 / 100, N_("It stands with the device that it is part of"));
      }
}

static bool
is_out (IsthSide side)
{
  return side == ISTH_SIDE_IT || side == ISTH_SIDE_EXTERNAL;
}

static void
note_meeting (IsthResolve *self,
              const IsthDraftLink *link,
              uint32_t who,
              uint32_t whom)
{
  IsthDraft *draft = &self->drafts[who];
  IsthSide side = side_of (&self->drafts[whom]);

  if (side == ISTH_SIDE_OT)
    draft->deeds |= ISTH_DEED_MEETS_PLANT;
  if (isth_resolve_control (self, link->protocol) != ISTH_CONTROL_NOT)
    return; /* a controller with a public address does not make who asks it an office host */
  if (side == ISTH_SIDE_IT)
    draft->deeds |= ISTH_DEED_MEETS_OFFICE;
  if (side == ISTH_SIDE_EXTERNAL && link->proof >= 2 && link->from == who && link->packets[1] > 0)
    draft->deeds |= ISTH_DEED_MEETS_OUTSIDE;
  if (is_out (side) && link->proof >= 2 && link->to == who)
    draft->deeds |= ISTH_DEED_SERVES_OUT;
  if (is_out (side) && draft->subnet != ISTH_NONE)
    g_array_index (self->subnets, IsthSubnet, draft->subnet).meets_out = true;
}

/* What is asked of the drafts at the ends of a link. */
static void
prefetch_ends (const IsthResolve *self,
               uint32_t number)
{
  const IsthDraftLink *link;

  if (number >= self->links->len)
    return;
  link = &g_array_index (self->links, IsthDraftLink, number);
  __builtin_prefetch (&self->drafts[link->from].deeds, 1);
  __builtin_prefetch (&self->drafts[link->from].kind_rules);
  __builtin_prefetch (&self->drafts[link->to].deeds, 1);
  __builtin_prefetch (&self->drafts[link->to].kind_rules);
}

/* Over IP, and both spoke. A child's links are its device's meetings. */
static void
note_meetings (IsthResolve *self)
{
  for (uint32_t i = 0; i < self->links->len; i++)
    {
      const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);

      prefetch_ends (self, i + AHEAD);
      if (link->transport == 0 || ((link->packets[0] == 0 || link->packets[1] == 0) && link->n_operations == 0))
        continue;
      note_meeting (self, link, link->from, link->to);
      note_meeting (self, link, link->to, link->from);
    }
}

/* A firewall passes on what it sends. */
static bool
is_beyond_firewall (const IsthResolve *self,
                    const IsthDraft *draft)
{
  uint32_t carrier = draft->ip == ISTH_NONE ? ISTH_NONE : self->ip_states[draft->ip].behind;

  return carrier != ISTH_NONE && self->mac_drafts[carrier] != ISTH_NONE && self->drafts[self->mac_drafts[carrier]].kind == ISTH_KIND_FIREWALL;
}

/* Rules 5, 7 and 8. */
static void
place_by_company (IsthResolve *self,
                  IsthDraft *draft,
                  bool again)
{
  const IsthSubnet *subnet = draft->subnet == ISTH_NONE ? NULL : &g_array_index (self->subnets, IsthSubnet, draft->subnet);
  IsthSubnetNature nature = nature_of (self, draft);
  const uint32_t out = ISTH_DEED_MEETS_OFFICE | ISTH_DEED_MEETS_OUTSIDE | ISTH_DEED_SERVES_OUT;

  if (draft->level != ISTH_LEVEL_UNKNOWN || draft->level_reason || draft->depth > 0)
    return;
  if (nature == ISTH_SUBNET_BETWEEN && subnet->meets_out && draft->deeds & (out | ISTH_DEED_ASKS_CONTROL))
    set_level (draft, ISTH_LEVEL_DMZ, 72, N_("Its subnet has no control device, and reaches both the plant and what lies outside of it"));
  else if (nature == ISTH_SUBNET_BETWEEN && again && draft->deeds & ISTH_DEED_ASKS_CONTROL)
    set_level (draft, draft->kind == ISTH_KIND_HISTORIAN ? ISTH_LEVEL_3 : ISTH_LEVEL_2, 60, N_("It asks controllers in another subnet"));
  else if (nature == ISTH_SUBNET_CONTROL || nature == ISTH_SUBNET_MIXED)
    return;
  else if (again && draft->deeds & ISTH_DEED_MEETS_PLANT && draft->deeds & ISTH_DEED_SERVES_OUT)
    set_level (draft, ISTH_LEVEL_DMZ, 65, N_("Both sides of the boundary talk to it"));
  else if (draft->deeds & ISTH_DEED_MEETS_OUTSIDE && !(draft->deeds & ISTH_DEED_MEETS_PLANT) && (!subnet || subnet->hints == 0) &&
           !(draft->deeds & ISTH_DEED_HINT))
    set_level (draft, ISTH_LEVEL_4, 60, N_("It talks with external addresses and with no control device"));
  else if (again && draft->deeds & ISTH_DEED_MEETS_PLANT && nature == ISTH_SUBNET_UNKNOWN && subnet && subnet->hints == 0 && is_beyond_firewall (self, draft))
    set_level (draft, ISTH_LEVEL_4, 58, N_("A firewall stands between it and the plant, and its network has no control device"));
}

static void
choose_side (const IsthResolve *self,
             IsthDraft *draft)
{
  draft->side = side_of (draft);
  if (draft->side == ISTH_SIDE_UNKNOWN && draft->spoke && draft->deeds & ISTH_DEED_FIELD_BUS)
    {
      draft->side = ISTH_SIDE_OT;
      if (!draft->level_reason)
        draft->level_reason = _("It speaks a protocol of plant equipment that no router passes on");
    }
  if (draft->side == ISTH_SIDE_UNKNOWN && nature_of (self, draft) == ISTH_SUBNET_CONTROL)
    {
      draft->side = ISTH_SIDE_OT;
      if (!draft->level_reason)
        draft->level_reason = _("It stands among control devices; what it does there was not seen");
    }
  if (!draft->level_reason)
    draft->level_reason = _("Nothing that was seen tells where it stands");
}

void
isth_resolve_levels (IsthResolve *self)
{
  isth_resolve_outside (self);
  isth_resolve_subnets (self);

  for (uint32_t i = 0; i < self->n_drafts; i++)
    place_by_itself (self, &self->drafts[i]);
  place_children (self);
  for (int round = 0; round < 2; round++) /* first who meets the outside, so that the office is known when the boundary is looked for */
    {
      note_meetings (self);
      for (uint32_t i = 0; i < self->n_drafts; i++)
        place_by_company (self, &self->drafts[i], round > 0);
    }

  for (uint32_t i = 0; i < self->n_drafts; i++)
    choose_side (self, &self->drafts[i]);
  for (uint32_t i = 0; i < self->links->len; i++)
    {
      IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);
      IsthSide a = self->drafts[link->from].side, b = self->drafts[link->to].side;

      prefetch_ends (self, i + AHEAD);
      link->crossing = (a == ISTH_SIDE_OT && is_out (b)) || (b == ISTH_SIDE_OT && is_out (a));
      link->reaches = link->crossing || (a != b && a != ISTH_SIDE_UNKNOWN && b != ISTH_SIDE_UNKNOWN && (a == ISTH_SIDE_BOUNDARY || b == ISTH_SIDE_BOUNDARY));
    }
}
