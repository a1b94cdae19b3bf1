/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an asset is. Traits (what it did, what it says of itself) give points to kinds by one table; the kind with most points wins, when it has enough
 * and is clearly ahead; otherwise the kind is unknown, which is a fine answer. A port number gives no points, and a request that was refused or not
 * answered gives none to either side. A person's word stands above all. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/world/resolve.h"

#define POINTS_NEEDED 50
#define POINTS_AHEAD 10
#define CONTROLLERS_MANY 3 /* that a SCADA server reads and writes; an operator panel has fewer */

/* Bits of IsthDraft.traits. */
typedef enum
{
  SERVES_S7,         /* answered in these protocols */
  SERVES_CIP,
  SERVES_MODBUS,
  SERVES_OTHER_CONTROL,
  SERVES_WRITES,     /* accepted what changes it */
  SERVES_PROGRAM,
  ASKS_CONTROL,      /* asks others in a control protocol: at least one, many */
  ASKS_MANY,
  ASKS_STEADILY,     /* again and again, over a good part of a capture */
  ASKS_WRITES,
  ASKS_PROGRAM,      /* program, upload, firmware, start and stop */
  SERVES_IT,         /* a well-understood office service */
  HAS_UNITS,         /* several devices behind it by unit id */
  IS_CHILD,          /* that was heard of */
  ROUTES,
  VIRTUAL_MAC,
  ROLE_PROFINET_DEVICE,
  ROLE_PROFINET_CONTROLLER,
  ROLE_ENGINEERING,
  ROLE_HMI,
  ROLE_SWITCH,
  ROLE_WIRELESS,
  ROLE_ROUTER,
  ROLE_PHONE,
  ROLE_DOMAIN_CONTROLLER,
  ROLE_NAME_SERVER,
  ROLE_DHCP_SERVER,
  ROLE_TIME_SERVER,
  SAYS_PLC,          /* device type, model, order number or announced services say so */
  SAYS_REMOTE_IO,
  SAYS_DRIVE,
  SAYS_HMI,
  SAYS_MODULE,
  SAYS_SWITCH,
  SAYS_FIREWALL,
  SAYS_SENSOR,
  SAYS_SCADA,
  SAYS_HISTORIAN,
  NAMED_HISTORIAN,   /* no more than a name */
  SAYS_GATEWAY,
  SAYS_PRINTER,
  SAYS_CAMERA,
  SAYS_PHONE,
  SAYS_SERVER_OS,
  SAYS_CLIENT_OS,
  SAYS_VIRTUAL,
  N_TRAITS,
} Trait;

G_STATIC_ASSERT (N_TRAITS < 63); /* and ASKED */

#define BIT(trait) (UINT64_C (1) << (trait))

/* Evidence to points. All bits of @needs must be there, none of @without. */
static const struct
{
  uint64_t needs, without;
  IsthKind kind;
  int points;
  const char *reason;
} rules[] = {
  { BIT (SAYS_PLC), 0, ISTH_KIND_PLC, 80, N_("It says that it is a controller") },
  { BIT (SERVES_S7), 0, ISTH_KIND_PLC, 60, N_("It answers S7 communication, as controllers do") },
  { BIT (SERVES_PROGRAM), 0, ISTH_KIND_PLC, 60, N_("It lets itself be programmed, started or stopped") },
  { BIT (SERVES_CIP) | BIT (SERVES_WRITES), BIT (SAYS_MODULE), ISTH_KIND_PLC, 50, N_("It accepts writes over CIP") },
  { BIT (SERVES_MODBUS) | BIT (SERVES_WRITES), BIT (HAS_UNITS) | BIT (IS_CHILD), ISTH_KIND_PLC, 50, N_("It accepts writes over Modbus") },
  { BIT (ROLE_PROFINET_CONTROLLER), 0, ISTH_KIND_PLC, 60, N_("It is a PROFINET controller") },
  { BIT (SERVES_OTHER_CONTROL) | BIT (SERVES_WRITES), 0, ISTH_KIND_PLC, 50, N_("It accepts writes in a control protocol") },
  { BIT (SAYS_REMOTE_IO), 0, ISTH_KIND_REMOTE_IO, 80, N_("It says that it is remote I/O") },
  { BIT (ROLE_PROFINET_DEVICE), BIT (ROLE_PROFINET_CONTROLLER), ISTH_KIND_REMOTE_IO, 50, N_("It is a PROFINET device") },
  { BIT (SAYS_DRIVE), 0, ISTH_KIND_DRIVE, 90, N_("It says that it is a drive") },
  { BIT (SAYS_SENSOR), 0, ISTH_KIND_SENSOR, 80, N_("It says that it is a sensor or meter") },
  { BIT (SAYS_HMI), 0, ISTH_KIND_HMI, 90, N_("It says that it is an operator panel") },
  { BIT (ROLE_HMI) | BIT (ASKS_WRITES) | BIT (ASKS_STEADILY), 0, ISTH_KIND_HMI, 60, N_("It opens connections for operator control") },
  { BIT (SAYS_SCADA), 0, ISTH_KIND_SCADA_SERVER, 80, N_("It says that it is a SCADA system") },
  { BIT (SAYS_HISTORIAN), 0, ISTH_KIND_HISTORIAN, 80, N_("It says that it is a historian") },
  { BIT (NAMED_HISTORIAN) | BIT (ASKS_STEADILY), BIT (ASKS_WRITES), ISTH_KIND_HISTORIAN, 60, N_("It is called a historian, and reads controllers all the time") },
  { BIT (ASKS_MANY) | BIT (ASKS_WRITES) | BIT (ASKS_STEADILY), BIT (SERVES_S7) | BIT (SERVES_CIP) | BIT (SERVES_MODBUS), ISTH_KIND_SCADA_SERVER, 55,
    N_("It reads many controllers all the time, and writes to them") },
  { BIT (ASKS_CONTROL) | BIT (ASKS_WRITES) | BIT (ASKS_STEADILY), BIT (SERVES_S7) | BIT (SERVES_CIP) | BIT (SERVES_MODBUS) | BIT (ASKS_MANY),
    ISTH_KIND_HMI, 50, N_("It reads a controller all the time, and writes to it") },
  { BIT (ASKS_PROGRAM), BIT (SERVES_PROGRAM), ISTH_KIND_ENGINEERING_WORKSTATION, 90, N_("It programs, starts or stops controllers") },
  { BIT (ROLE_ENGINEERING), BIT (SERVES_S7) | BIT (ASKS_STEADILY), ISTH_KIND_ENGINEERING_WORKSTATION, 70, N_("It uses engineering connections") },
  { BIT (SAYS_GATEWAY), 0, ISTH_KIND_PROTOCOL_GATEWAY, 80, N_("It says that it is a gateway") },
  { BIT (HAS_UNITS), 0, ISTH_KIND_PROTOCOL_GATEWAY, 60, N_("Several devices answer behind its address") },
  { BIT (SAYS_MODULE), BIT (SAYS_PLC), ISTH_KIND_MODULE, 60, N_("It says that it is a communication module") },
  { BIT (IS_CHILD), 0, ISTH_KIND_MODULE, 50, N_("It answers inside or behind another device") },
  { BIT (ROLE_SWITCH), 0, ISTH_KIND_SWITCH, 60, N_("It calls itself a bridge over LLDP") },
  { BIT (SAYS_SWITCH), 0, ISTH_KIND_SWITCH, 85, N_("It says that it is a switch") },
  { BIT (ROLE_SWITCH) | BIT (ROLE_PROFINET_DEVICE) | BIT (SAYS_SWITCH), 0, ISTH_KIND_SWITCH, 40, N_("It says that it is a switch") },
  { BIT (ROUTES), 0, ISTH_KIND_ROUTER, 70, N_("Its MAC address carries IP addresses of other networks") },
  { BIT (VIRTUAL_MAC), 0, ISTH_KIND_ROUTER, 70, N_("Its MAC address belongs to a router redundancy protocol") },
  { BIT (ROLE_ROUTER), 0, ISTH_KIND_ROUTER, 60, N_("It is named as a router") },
  { BIT (SAYS_FIREWALL), 0, ISTH_KIND_FIREWALL, 100, N_("It says that it is a firewall") },
  { BIT (ROLE_WIRELESS), 0, ISTH_KIND_WIRELESS, 80, N_("It calls itself an access point over LLDP") },
  { BIT (ROLE_PHONE), 0, ISTH_KIND_PHONE, 80, N_("It calls itself a telephone over LLDP") },
  { BIT (SAYS_PHONE), 0, ISTH_KIND_PHONE, 80, N_("It says that it is a telephone") },
  { BIT (SAYS_PRINTER), 0, ISTH_KIND_PRINTER, 80, N_("It offers printing") },
  { BIT (SAYS_CAMERA), 0, ISTH_KIND_CAMERA, 80, N_("It says that it is a camera") },
  { BIT (ROLE_DOMAIN_CONTROLLER), 0, ISTH_KIND_DOMAIN_CONTROLLER, 90, N_("It registers as a domain controller") },
  { BIT (ROLE_NAME_SERVER), BIT (ROUTES) | BIT (ROLE_ROUTER), ISTH_KIND_SERVER, 55, N_("It answers name queries") },
  { BIT (ROLE_DHCP_SERVER), BIT (ROUTES) | BIT (ROLE_ROUTER), ISTH_KIND_SERVER, 55, N_("It gives out addresses") },
  { BIT (ROLE_TIME_SERVER), BIT (ROUTES) | BIT (ROLE_ROUTER) | BIT (ROLE_NAME_SERVER), ISTH_KIND_TIME_SERVER, 55, N_("It is named as a time server") },
  { BIT (SAYS_SERVER_OS), 0, ISTH_KIND_SERVER, 55, N_("It runs a server operating system") },
  { BIT (SAYS_CLIENT_OS), 0, ISTH_KIND_WORKSTATION, 50, N_("It runs a desktop operating system") },
};

/* Exact role words of dissectors. */
static const struct { const char *role; Trait trait; } roles[] = {
  { "profinet-device", ROLE_PROFINET_DEVICE },
  { "profinet-controller", ROLE_PROFINET_CONTROLLER },
  { "profinet-supervisor", ROLE_ENGINEERING },
  { "engineering", ROLE_ENGINEERING },
  { "hmi", ROLE_HMI },
  { "switch", ROLE_SWITCH },
  { "wireless", ROLE_WIRELESS },
  { "router", ROLE_ROUTER },
  { "phone", ROLE_PHONE },
  { "domain-controller", ROLE_DOMAIN_CONTROLLER },
  { "dns-server", ROLE_NAME_SERVER },
  { "nbns-server", ROLE_NAME_SERVER },
  { "dhcp-server", ROLE_DHCP_SERVER },
  { "ntp-server", ROLE_TIME_SERVER },
};

/* Words in what a device says of itself. @start: the value begins so; otherwise the words stand somewhere in it (letter case apart). */
static const struct
{
  IsthAttribute attribute;
  bool start;
  const char *text;
  Trait trait;
} words[] = {
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "programmable logic controller", SAYS_PLC },
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "communications adapter", SAYS_MODULE },
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "human-machine interface", SAYS_HMI },
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "ac drive", SAYS_DRIVE },
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "dc drive", SAYS_DRIVE },
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "motion drive", SAYS_DRIVE },
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "discrete i/o", SAYS_REMOTE_IO },
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "analog i/o", SAYS_REMOTE_IO },
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "photoelectric sensor", SAYS_SENSOR },
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "encoder", SAYS_SENSOR },
  { ISTH_ATTRIBUTE_DEVICE_TYPE, false, "managed ethernet switch", SAYS_SWITCH },
  { ISTH_ATTRIBUTE_MODEL, true, "1756-L", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "1768-L", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "1769-L", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "5069-L", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "1756-EN", SAYS_MODULE },
  { ISTH_ATTRIBUTE_MODEL, true, "1734-AENT", SAYS_REMOTE_IO },
  { ISTH_ATTRIBUTE_MODEL, false, "micrologix", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, false, "compactlogix", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, false, "controllogix", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, false, "powerflex", SAYS_DRIVE },
  { ISTH_ATTRIBUTE_MODEL, false, "panelview", SAYS_HMI },
  { ISTH_ATTRIBUTE_MODEL, false, "stratix", SAYS_SWITCH },
  { ISTH_ATTRIBUTE_MODEL, true, "S7-", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "CPU ", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, false, "et200", SAYS_REMOTE_IO },
  { ISTH_ATTRIBUTE_MODEL, false, "et 200", SAYS_REMOTE_IO },
  { ISTH_ATTRIBUTE_MODEL, false, "sinamics", SAYS_DRIVE },
  { ISTH_ATTRIBUTE_MODEL, false, "scalance x", SAYS_SWITCH },
  { ISTH_ATTRIBUTE_MODEL, false, "scalance s", SAYS_FIREWALL },
  { ISTH_ATTRIBUTE_MODEL, false, "simatic-hmi", SAYS_HMI },
  { ISTH_ATTRIBUTE_MODEL, false, "simatic hmi", SAYS_HMI },
  { ISTH_ATTRIBUTE_MODEL, true, "BMX P34", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "BME P58", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "TM221", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "TM241", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "140 CPU", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "TSX", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, false, "altivar", SAYS_DRIVE },
  { ISTH_ATTRIBUTE_MODEL, true, "750-3", SAYS_REMOTE_IO }, /* WAGO: couplers, controllers */
  { ISTH_ATTRIBUTE_MODEL, true, "750-8", SAYS_PLC },
  { ISTH_ATTRIBUTE_MODEL, true, "FC-302", SAYS_DRIVE },
  { ISTH_ATTRIBUTE_HOSTNAME, false, "historian", NAMED_HISTORIAN },
  { ISTH_ATTRIBUTE_MODEL, false, "powerlogic", SAYS_SENSOR },
  { ISTH_ATTRIBUTE_ORDER_NUMBER, true, "6ES7 21", SAYS_PLC },
  { ISTH_ATTRIBUTE_ORDER_NUMBER, true, "6ES7 31", SAYS_PLC },
  { ISTH_ATTRIBUTE_ORDER_NUMBER, true, "6ES7 41", SAYS_PLC },
  { ISTH_ATTRIBUTE_ORDER_NUMBER, true, "6ES7 51", SAYS_PLC },
  { ISTH_ATTRIBUTE_ORDER_NUMBER, true, "6ES7 15", SAYS_REMOTE_IO },
  { ISTH_ATTRIBUTE_ORDER_NUMBER, true, "6AV", SAYS_HMI },
  { ISTH_ATTRIBUTE_ORDER_NUMBER, true, "6GK5", SAYS_SWITCH },
  { ISTH_ATTRIBUTE_ORDER_NUMBER, true, "6GK7", SAYS_MODULE },
  { ISTH_ATTRIBUTE_ORDER_NUMBER, true, "6SL", SAYS_DRIVE },
  { ISTH_ATTRIBUTE_DESCRIPTION, false, "scalance x", SAYS_SWITCH },
  { ISTH_ATTRIBUTE_DESCRIPTION, false, "ip phone", SAYS_PHONE },
  { ISTH_ATTRIBUTE_DESCRIPTION, false, "hirschmann", SAYS_SWITCH },
  { ISTH_ATTRIBUTE_DESCRIPTION, false, "simatic, s7", SAYS_PLC },
  { ISTH_ATTRIBUTE_DESCRIPTION, false, "simatic s7", SAYS_PLC },
  { ISTH_ATTRIBUTE_DESCRIPTION, false, "fortigate", SAYS_FIREWALL },
  { ISTH_ATTRIBUTE_MDNS_SERVICE, true, "_ipp", SAYS_PRINTER },
  { ISTH_ATTRIBUTE_MDNS_SERVICE, true, "_printer", SAYS_PRINTER },
  { ISTH_ATTRIBUTE_MDNS_SERVICE, true, "_pdl-datastream", SAYS_PRINTER },
  { ISTH_ATTRIBUTE_MDNS_SERVICE, true, "_axis-video", SAYS_CAMERA },
  { ISTH_ATTRIBUTE_VENDOR_CLASS, false, "ip phone", SAYS_PHONE },
  { ISTH_ATTRIBUTE_SOFTWARE, false, "wincc", SAYS_SCADA },
  { ISTH_ATTRIBUTE_SOFTWARE, false, "intouch", SAYS_SCADA },
  { ISTH_ATTRIBUTE_SOFTWARE, false, "citect", SAYS_SCADA },
  { ISTH_ATTRIBUTE_SOFTWARE, false, "historian", SAYS_HISTORIAN },
  { ISTH_ATTRIBUTE_OS, false, "windows server", SAYS_SERVER_OS },
  { ISTH_ATTRIBUTE_OS, false, "windows 7", SAYS_CLIENT_OS },
  { ISTH_ATTRIBUTE_OS, false, "windows 10", SAYS_CLIENT_OS },
  { ISTH_ATTRIBUTE_OS, false, "windows 11", SAYS_CLIENT_OS },
  { ISTH_ATTRIBUTE_OS, false, "windows xp", SAYS_CLIENT_OS },
};

/* @needle is in lower case. */
static bool
contains (const char *text,
          const char *needle)
{
  size_t n = strlen (needle);

  for (; *text; text++)
    if (g_ascii_strncasecmp (text, needle, n) == 0)
      return true;
  return false;
}

IsthControl
isth_resolve_control (const IsthResolve *self,
                      uint32_t protocol)
{
  if (self->controls[protocol] == 0)
    self->controls[protocol] = (uint8_t) (1 + isth_protocol_get_control (isth_resolve_text (self, protocol)));
  return self->controls[protocol] - 1;
}

/* Of who answers in @protocol; N_TRAITS when it is no control protocol. */
static Trait
control_trait (const IsthResolve *self,
               uint32_t protocol)
{
  static const Trait traits[] = {
    [ISTH_CONTROL_NOT] = N_TRAITS,
    [ISTH_CONTROL_S7] = SERVES_S7,
    [ISTH_CONTROL_CIP] = SERVES_CIP,
    [ISTH_CONTROL_MODBUS] = SERVES_MODBUS,
    [ISTH_CONTROL_OTHER] = SERVES_OTHER_CONTROL,
  };

  return traits[isth_resolve_control (self, protocol)];
}

static const IsthDraft *
root_of (const IsthResolve *self,
         const IsthDraft *draft)
{
  while (draft->parent != ISTH_NONE)
    draft = &self->drafts[draft->parent];
  return draft;
}

/* What the answered operations of a link show of its two ends. */
static void
read_link (IsthResolve *self,
           const IsthDraftLink *link,
           Trait serves)
{
  IsthDraft *from = &self->drafts[link->from], *to = &self->drafts[link->to];

  for (uint32_t o = link->first_operation; o < link->first_operation + link->n_operations; o++)
    {
      const IsthDraftOperation *operation = &g_array_index (self->operations, IsthDraftOperation, o);
      bool writes = operation->verb == ISTH_OP_WRITE;
      bool programs = operation->verb == ISTH_OP_PROGRAM || operation->verb == ISTH_OP_UPLOAD || operation->verb == ISTH_OP_FIRMWARE ||
                      operation->verb == ISTH_OP_CONTROL;

      if (operation->ok == 0)
        continue;
      to->traits |= BIT (serves) | (writes ? BIT (SERVES_WRITES) : 0) | (programs ? BIT (SERVES_PROGRAM) : 0);
      from->traits |= BIT (ASKS_CONTROL) | (writes ? BIT (ASKS_WRITES) : 0) | (programs ? BIT (ASKS_PROGRAM) : 0) |
                      (operation->steady && (operation->verb == ISTH_OP_READ || operation->verb == ISTH_OP_SUBSCRIBE) ? BIT (ASKS_STEADILY) : 0);
    }
}

static bool
was_served (const IsthResolve *self,
            const IsthDraftLink *link)
{
  for (uint32_t o = link->first_operation; o < link->first_operation + link->n_operations; o++)
    if (g_array_index (self->operations, IsthDraftOperation, o).ok > 0)
      return true;
  return false;
}

static int
compare_pairs (const void *a,
               const void *b)
{
  const uint32_t *x = a, *y = b;

  return x[0] != y[0] ? isth_compare_numbers (x[0], y[0]) : isth_compare_numbers (x[1], y[1]);
}

static void
read_links (IsthResolve *self)
{
  g_autoptr(GArray) pairs = g_array_new (FALSE, FALSE, sizeof (uint32_t[2])); /* who asks, the device that answers */
  uint32_t n = 0;

  for (uint32_t i = 0; i < self->links->len; i++)
    {
      const IsthDraftLink *link = &g_array_index (self->links, IsthDraftLink, i);
      Trait serves = control_trait (self, link->protocol);

      if (serves == N_TRAITS || link->against || !was_served (self, link))
        continue;
      read_link (self, link, serves);
      g_array_append_vals (pairs, (uint32_t[1][2]) { { link->from, (uint32_t) (root_of (self, &self->drafts[link->to]) - self->drafts) } }, 1);
    }
  g_array_sort (pairs, compare_pairs);
  for (uint32_t i = 0; i < pairs->len; i++)
    {
      const uint32_t *pair = (const uint32_t *) (void *) pairs->data + i * 2;

      n = i && pair[-2] == pair[0] ? n + (pair[-1] != pair[1]) : 1;
      if (n >= CONTROLLERS_MANY)
        self->drafts[pair[0]].traits |= BIT (ASKS_MANY);
    }
}

/* A child that answered, or of which somebody said what it is. */
static bool
was_heard_of (const IsthResolve *self,
              const IsthDraft *draft)
{
  const uint64_t serves = BIT (SERVES_S7) | BIT (SERVES_CIP) | BIT (SERVES_MODBUS) | BIT (SERVES_OTHER_CONTROL);

  for (uint32_t i = draft->first_station; i < draft->first_station + draft->n_stations; i++)
    if (self->stations[self->by_draft[i]].row->flags & (ISTH_STATION_SPOKE | ISTH_STATION_ANSWERED | ISTH_STATION_NAMED))
      return true;
  return (draft->traits & serves) != 0;
}

static void
read_claims (const IsthResolve *self,
             IsthDraft *draft)
{
  for (uint32_t i = draft->first_claim; i < draft->first_claim + draft->n_claims; i++)
    {
      const IsthDraftClaim *claim = &g_array_index (self->claims, IsthDraftClaim, i);
      const char *value = isth_resolve_text (self, claim->value);

      if (claim->confidence < ISTH_CONFIDENCE_BANNER)
        continue;
      for (size_t w = 0; w < G_N_ELEMENTS (words); w++)
        if (words[w].attribute == claim->attribute &&
            (words[w].start ? g_str_has_prefix (value, words[w].text) : contains (value, words[w].text)))
          draft->traits |= BIT (words[w].trait);
    }
}

#define ASKED BIT (63)

/* The traits that a role word gives; @asked: of each word in the pool what was found. */
static uint64_t
read_role (const IsthResolve *self,
           uint32_t word,
           uint64_t *asked)
{
  if (asked[word] == 0)
    {
      asked[word] = ASKED;
      for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
        if (g_str_equal (roles[i].role, isth_resolve_text (self, word)))
          asked[word] |= BIT (roles[i].trait);
    }
  return asked[word] & ~ASKED;
}

static void
read_traits (IsthResolve *self)
{
  g_autofree uint64_t *asked = g_new0 (uint64_t, self->pool.n);
  g_autofree uint32_t *units = g_new0 (uint32_t, MAX (self->n_drafts, 1));

  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      IsthDraft *draft = &self->drafts[i];

      if (draft->router)
        draft->traits |= BIT (ROUTES);
      if (draft->virtual)
        draft->traits |= BIT (VIRTUAL_MAC);
      if (draft->parent != ISTH_NONE && was_heard_of (self, draft))
        {
          draft->traits |= BIT (IS_CHILD);
          if (g_str_has_prefix (isth_resolve_text (self, draft->path), "modbus-unit:") && ++units[draft->parent] > 1)
            self->drafts[draft->parent].traits |= BIT (HAS_UNITS);
        }
      for (uint32_t r = draft->first_role; r < draft->first_role + draft->n_roles; r++)
        draft->traits |= read_role (self, g_array_index (self->roles, IsthDraftWord, r).word, asked);
      read_claims (self, draft);
    }
}

/* A person's word or a dissector's proof; of those the shown one. */
static bool
take_word (const IsthResolve *self,
           IsthDraft *draft)
{
  const IsthDraftClaim *claim = isth_draft_shown (self, draft, ISTH_ATTRIBUTE_KIND);
  IsthKind kind = claim ? isth_kind_from_name (isth_resolve_text (self, claim->value)) : ISTH_N_KINDS;

  if (kind == ISTH_N_KINDS || claim->confidence < ISTH_CONFIDENCE_PARSED)
    return false;
  draft->kind = kind;
  if (claim->confidence == ISTH_CONFIDENCE_PERSON)
    draft->kind_reason = isth_resolve_person (claim);
  else
    draft->kind_reason = _("The protocol that it answers says what it is");
  return true;
}

static void
judge (IsthDraft *draft)
{
  int points[ISTH_N_KINDS] = { 0 }, best_rule[ISTH_N_KINDS] = { 0 };
  const char *reason[ISTH_N_KINDS] = { NULL };
  IsthKind best = ISTH_KIND_UNKNOWN;
  int second = 0;

  for (size_t i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if ((draft->traits & rules[i].needs) != rules[i].needs || draft->traits & rules[i].without)
        continue;
      points[rules[i].kind] += rules[i].points;
      if (rules[i].points > best_rule[rules[i].kind])
        {
          best_rule[rules[i].kind] = rules[i].points;
          reason[rules[i].kind] = rules[i].reason;
        }
    }
  for (IsthKind kind = 1; kind < ISTH_N_KINDS; kind++)
    if (points[kind] > points[best])
      best = kind;
  for (IsthKind kind = 1; kind < ISTH_N_KINDS; kind++)
    if (kind != best)
      second = MAX (second, points[kind]);

  if (points[best] < POINTS_NEEDED)
    draft->kind_reason = _("Nothing that was seen tells what it is");
  else if (points[best] < second + POINTS_AHEAD)
    draft->kind_reason = _("What was seen fits several kinds");
  else
    {
      draft->kind = best;
      draft->kind_reason = _(reason[best]);
    }
}

void
isth_resolve_kinds (IsthResolve *self)
{
  const IsthDraft *judged = NULL;

  self->controls = g_new0 (uint8_t, self->pool.n);
  read_links (self);
  read_traits (self);
  for (uint32_t i = 0; i < self->n_drafts; i++)
    {
      IsthDraft *draft = &self->drafts[i];

      if (take_word (self, draft))
        continue;
      if (judged && judged->traits == draft->traits) /* the rules know nothing else; most have no trait at all */
        {
          draft->kind = judged->kind;
          draft->kind_reason = judged->kind_reason;
          continue;
        }
      judge (draft);
      judged = draft;
    }
}
