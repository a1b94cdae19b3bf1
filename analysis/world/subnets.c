/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the neighbours of an asset tell about its side. Each IPv4 subnet (/24; nobody told the mask) is one of these, by the deeds of who spoke in it:
 *
 *   control   at least a third of its hosts are control devices or work with one: the plant
 *   mixed     it holds control devices among many other hosts: says nothing of those
 *   office    no control device, at least one host that uses or offers a directory of names (DNS, domain), and at most a few that reached a controller:
 *             the office
 *   between   no control device, and hosts that reached controllers elsewhere
 *   unknown   the rest; also when a port, an EtherType or a maker of plant equipment suggests control traffic that nobody could read: a guess is enough
 *             to stay silent, and never enough to speak
 *
 * Only answered operations count as deeds. Routers, firewalls, silent and public hosts do not count. */
#include <string.h>

#include "analysis/world/resolve.h"

/* Ports and EtherTypes (transport 0) of plant protocols. */
static const struct { uint8_t transport; uint16_t port; } hints[] = {
  { 6, 102 },    { 6, 502 },    { 6, 789 },    { 6, 1089 },   { 6, 1911 },   { 6, 1962 },   { 6, 2404 },   { 6, 2455 },   { 6, 4000 },   { 6, 4840 },
  { 6, 4911 },   { 6, 5007 },   { 6, 5094 },   { 6, 9600 },   { 6, 10001 },  { 6, 11740 },  { 6, 18245 },  { 6, 20000 },  { 6, 20547 },  { 6, 34962 },
  { 6, 44818 },  { 6, 48898 },  { 17, 502 },   { 17, 1234 },  { 17, 2222 },  { 17, 5094 },  { 17, 9600 },  { 17, 18246 }, { 17, 20000 }, { 17, 34964 },
  { 17, 44818 }, { 17, 47808 }, { 0, 0x8892 }, { 0, 0x88a4 }, { 0, 0x88ab }, { 0, 0x88b8 }, { 0, 0x88ba }, { 0, 0x88cd },
};

static const char *const makers[] = { "beckhoff", "emerson", "festo", "hilscher", "hirschmann", "mitsubishi electric", "moxa", "omron", "phoenix contact", "pilz",
                                      "prosoft", "rockwell", "schneider", "siemens", "wago", "yokogawa" };

static bool
is_hint (const IsthConversation *conversation)
{
  if (conversation->transport == 6 && (conversation->proof < 2 || conversation->packets[1] <= conversation->flows))
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (hints); i++)
    if (hints[i].transport == conversation->transport && hints[i].port == conversation->port)
      return true;
  return false;
}

static void
note_hint (IsthResolve *self,
           const IsthResolveStation *station)
{
  if (station->draft != ISTH_NONE)
    self->drafts[station->draft].deeds |= ISTH_DEED_HINT;
}

/* Unread plant traffic, from the conversations themselves: much of it goes to group addresses, which are in no link. */
void
isth_resolve_hints (IsthResolve *self)
{
  for (uint32_t c = 0; c < self->n_captures; c++)
    for (uint32_t i = 0; i < self->captures[c].view.n_conversations; i++)
      {
        const IsthConversation *conversation = &self->captures[c].view.conversations[i];

        if (conversation->protocol != 0 || !is_hint (conversation))
          continue;
        note_hint (self, isth_resolve_station (self, c, conversation->client));
        note_hint (self, isth_resolve_station (self, c, conversation->server));
      }
}

static void
note_control (IsthResolve *self)
{
  for (uint32_t i = 0; i < self->links->len; i++)
    {
      const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);
      bool ok = false;

      for (uint32_t o = link->first_operation; o < link->first_operation + link->n_operations; o++)
        {
          const IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, o);

          ok |= operation->ok && isth_verb_is_deed (operation->verb);
        }
      if (isth_resolve_takes_reports (self, link))
        self->drafts[link->to].deeds |= ISTH_DEED_ASKS_CONTROL;
      if (link->against || isth_resolve_control (self, link->protocol) == ISTH_CONTROL_NOT)
        continue;
      if (link->packets[1] > 0 && link->n_operations > 0)
        self->drafts[link->to].deeds |= ISTH_DEED_SPEAKS_CONTROL;
      if (!ok)
        continue;
      self->drafts[link->from].deeds |= ISTH_DEED_ASKS_CONTROL;
      for (uint32_t to = link->to; to != ISTH_NONE; to = self->drafts[to].parent)
        self->drafts[to].deeds |= ISTH_DEED_ANSWERS_CONTROL | ISTH_DEED_ANSWERED;
    }
}

static bool
is_field_kind (IsthKind kind)
{
  return kind == ISTH_KIND_PLC || kind == ISTH_KIND_RTU || kind == ISTH_KIND_IED || kind == ISTH_KIND_REMOTE_IO || kind == ISTH_KIND_DRIVE ||
         kind == ISTH_KIND_SENSOR || kind == ISTH_KIND_PROTOCOL_GATEWAY;
}

static bool
is_plant_maker (const char *name)
{
  g_autofree char *vendor = g_ascii_strdown (name, -1);

  for (size_t i = 0; i < G_N_ELEMENTS (makers); i++)
    if (strstr (vendor, makers[i]))
      return true;
  return false;
}

/* What was found out of each maker; assets of one are many. */
enum
{
  MAKER_UNASKED,
  MAKER_PLANT,
  MAKER_OTHER,
};

static bool
has_plant_maker (const IsthResolve *self,
                 const IsthDraft *draft,
                 uint8_t *asked)
{
  uint32_t vendor = isth_draft_vendor (self, draft);

  if (vendor == ISTH_NONE)
    return false;
  if (asked[vendor] == MAKER_UNASKED)
    asked[vendor] = is_plant_maker (isth_resolve_text (self, vendor)) ? MAKER_PLANT : MAKER_OTHER;
  return asked[vendor] == MAKER_PLANT;
}

#define ASKED (1u << 31)

/* Deeds that show in a protocol; @asked: of each word in the pool what was found. */
static uint32_t
read_protocol (const IsthResolve *self,
               uint32_t protocol,
               uint32_t *asked)
{
  static const char *const office[] = { "dns", "dhcp", "llmnr", "mdns", "nbdgm", "nbns", NULL };
  static const char *const field[] = { "ethercat", "goose", "mrp", "powerlink", "profinet-dcp", "profinet-rt", "ptcp", "sampled-values", "sercos3", NULL };
  const char *text = isth_resolve_text (self, protocol);

  if (asked[protocol] == 0)
    asked[protocol] = ASKED | (g_strv_contains (office, text) ? ISTH_DEED_OFFICE : 0) | (g_str_equal (text, "dns") ? ISTH_DEED_DIRECTORY : 0) |
                      (g_strv_contains (field, text) ? ISTH_DEED_FIELD_BUS : 0);
  return asked[protocol] & ~ASKED;
}

/* Deeds that show in what it speaks and is. */
static void
note_habits (const IsthResolve *self,
             IsthDraft *draft,
             uint8_t *asked,
             uint32_t *protocols)
{
  for (uint32_t i = draft->first_protocol; i < draft->first_protocol + draft->n_protocols; i++)
    draft->deeds |= read_protocol (self, g_array_index (self->protocols, IsthDraftWord, i).word, protocols);
  if (draft->kind == ISTH_KIND_DOMAIN_CONTROLLER)
    draft->deeds |= ISTH_DEED_OFFICE | ISTH_DEED_DIRECTORY;
  if (is_field_kind (draft->kind))
    draft->deeds |= ISTH_DEED_ANSWERS_CONTROL;
  if (has_plant_maker (self, draft, asked))
    draft->deeds |= ISTH_DEED_HINT;
}

/* Its address, or the one by which it says that it is managed. */
static bool
get_ipv4 (const IsthResolve *self,
          const IsthDraft *draft,
          IsthAddress *address)
{
  const IsthDraftClaim *claim = isth_draft_shown (self, draft, ISTH_ATTRIBUTE_MGMT_ADDRESS);

  if (draft->ip != ISTH_NONE)
    *address = *isth_resolve_ip (self, draft->ip);
  else if (!claim || !isth_address_parse (address, isth_resolve_text (self, claim->value)))
    return false;
  return address->kind == ISTH_ADDRESS_IPV4 && isth_address_is_host (address) && !isth_address_is_link_local (address);
}

static void
count_host (IsthSubnet *subnet,
            const IsthDraft *draft)
{
  bool devices = (draft->deeds & ISTH_DEED_ANSWERS_CONTROL) != 0;

  subnet->hosts++;
  subnet->devices += devices;
  subnet->askers += !devices && draft->deeds & ISTH_DEED_ASKS_CONTROL;
  subnet->office += (draft->deeds & ISTH_DEED_OFFICE) != 0;
  subnet->directory += (draft->deeds & ISTH_DEED_DIRECTORY) != 0;
  subnet->hints += (draft->deeds & ISTH_DEED_HINT) != 0;
}

static IsthSubnetNature
judge (const IsthSubnet *subnet)
{
  if (subnet->devices)
    return (subnet->devices + subnet->askers) * 3 >= subnet->hosts ? ISTH_SUBNET_CONTROL : ISTH_SUBNET_MIXED;
  if (subnet->hints)
    return ISTH_SUBNET_UNKNOWN;
  if (subnet->directory && subnet->askers * 3 < subnet->hosts)
    return ISTH_SUBNET_OFFICE;
  return subnet->askers ? ISTH_SUBNET_BETWEEN : ISTH_SUBNET_UNKNOWN;
}

void
isth_resolve_subnets (IsthResolve *self)
{
  IsthIndex index = { .key_size = 3 };
  g_autofree uint8_t *asked = g_new0 (uint8_t, self->pool.n); /* MAKER_…, by number in the pool */
  g_autofree uint32_t *protocols = g_new0 (uint32_t, self->pool.n);

  note_control (self);
  self->subnets = g_array_new (FALSE, TRUE, sizeof (IsthSubnet));
  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      IsthDraft *draft = &self->drafts[i];
      IsthAddress address;

      note_habits (self, draft, asked, protocols);
      draft->subnet = ISTH_NONE;
      if (draft->depth > 0 || draft->external || !get_ipv4 (self, draft, &address))
        continue;
      draft->subnet = isth_index_add (&index, address.bytes);
      if (draft->subnet == self->subnets->len)
        g_array_set_size (self->subnets, self->subnets->len + 1);
      if (draft->spoke && draft->kind != ISTH_KIND_ROUTER && draft->kind != ISTH_KIND_FIREWALL)
        count_host (&g_array_index (self->subnets, IsthSubnet, draft->subnet), draft);
    }
  isth_index_clear (&index);
  for (uint32_t i = 0; i < self->subnets->len; i++)
    g_array_index (self->subnets, IsthSubnet, i).nature = judge (&g_array_index (self->subnets, IsthSubnet, i));
}
