/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tells the kind of an asset: traits, and the rules that give them points. Data only; kinds.c judges by it. */
#pragma once

#include "analysis/world/control-protocols.h"
#include "analysis/world/snapshot.h"

/* What an asset did, and what it says of itself. */
typedef enum
{
  ISTH_TRAIT_ANSWERS_S7, /* answered in that family of protocols */
  ISTH_TRAIT_ANSWERS_CIP,
  ISTH_TRAIT_ANSWERS_MODBUS,
  ISTH_TRAIT_ANSWERS_PLC,
  ISTH_TRAIT_ANSWERS_RTU,
  ISTH_TRAIT_ANSWERS_IED,
  ISTH_TRAIT_ANSWERS_METER,
  ISTH_TRAIT_ANSWERS_FIELD,
  ISTH_TRAIT_ANSWERS_BUILDING,
  ISTH_TRAIT_ANSWERS_PANEL,
  ISTH_TRAIT_ANSWERS_OTHER,
  ISTH_TRAIT_ACCEPTS_WRITES,
  ISTH_TRAIT_ACCEPTS_PROGRAM,
  ISTH_TRAIT_ASKS_CONTROL,   /* asks others in a control protocol: at least one, many */
  ISTH_TRAIT_ASKS_MANY,
  ISTH_TRAIT_ASKS_STEADILY,  /* again and again, over a good part of a capture */
  ISTH_TRAIT_ASKS_WRITES,
  ISTH_TRAIT_ASKS_PROGRAM,   /* program, upload, firmware */
  ISTH_TRAIT_ASKS_MODE,      /* start and stop, of a controller */
  ISTH_TRAIT_ASKS_STATIONS,  /* polls telecontrol or substations */
  ISTH_TRAIT_HAS_UNITS,      /* several devices behind it by their addresses on a serial bus */
  ISTH_TRAIT_CHILD,          /* that was heard of; what kind of child: */
  ISTH_TRAIT_CHILD_UNIT,     /* on a serial line behind a gateway: whatever speaks Modbus */
  ISTH_TRAIT_CHILD_RTU,
  ISTH_TRAIT_CHILD_IED,
  ISTH_TRAIT_CHILD_FIELD,
  ISTH_TRAIT_CHILD_SENSOR,
  ISTH_TRAIT_CHILD_PLC,
  ISTH_TRAIT_ROUTES,
  ISTH_TRAIT_VIRTUAL_MAC,
  ISTH_TRAIT_TRANSLATES,
  ISTH_TRAIT_PLANT_MAKER,    /* its maker makes little else but plant equipment */
  ISTH_TRAIT_ROLE_PROFINET_DEVICE,
  ISTH_TRAIT_ROLE_PROFINET_CONTROLLER,
  ISTH_TRAIT_ROLE_BUS_MASTER,
  ISTH_TRAIT_ROLE_BUS_NODE,
  ISTH_TRAIT_ROLE_CIP_IO,
  ISTH_TRAIT_ROLE_PLC,
  ISTH_TRAIT_ROLE_RTU,
  ISTH_TRAIT_ROLE_IED,
  ISTH_TRAIT_ROLE_METER,
  ISTH_TRAIT_ROLE_FIELD,
  ISTH_TRAIT_ROLE_BUILDING,
  ISTH_TRAIT_ROLE_BUILDING_ROUTER,
  ISTH_TRAIT_ROLE_BUILDING_GUEST, /* registers from elsewhere, as programs of operators do */
  ISTH_TRAIT_ROLE_NIAGARA,
  ISTH_TRAIT_ROLE_PANEL,
  ISTH_TRAIT_ROLE_TRAIN,
  ISTH_TRAIT_ROLE_INSTRUMENT,
  ISTH_TRAIT_ROLE_GATEWAY,
  ISTH_TRAIT_ROLE_ENGINEERING,
  ISTH_TRAIT_ROLE_HMI,
  ISTH_TRAIT_ROLE_CONTROL_CENTRE,
  ISTH_TRAIT_ROLE_OPC_UA,
  ISTH_TRAIT_ROLE_OPC,
  ISTH_TRAIT_ROLE_BROKER,
  ISTH_TRAIT_ROLE_BMC,
  ISTH_TRAIT_ROLE_SWITCH,
  ISTH_TRAIT_ROLE_WIRELESS,
  ISTH_TRAIT_ROLE_ROUTER,
  ISTH_TRAIT_ROLE_PHONE,
  ISTH_TRAIT_ACTS_AS_SWITCH,
  ISTH_TRAIT_ROLE_PRINTER,
  ISTH_TRAIT_ROLE_CAMERA,
  ISTH_TRAIT_ROLE_DOMAIN_CONTROLLER,
  ISTH_TRAIT_ROLE_DIRECTORY,
  ISTH_TRAIT_ROLE_TICKETS,
  ISTH_TRAIT_ROLE_NAME_SERVER,
  ISTH_TRAIT_ROLE_DHCP_SERVER,
  ISTH_TRAIT_ROLE_TIME_SERVER,
  ISTH_TRAIT_ROLE_DATABASE,
  ISTH_TRAIT_ROLE_MAIL,
  ISTH_TRAIT_ROLE_WEB,
  ISTH_TRAIT_SERVES_OUTSIDE, /* answers, outside, in a protocol that tells no more of who does */
  ISTH_TRAIT_ROLE_BROWSER,
  ISTH_TRAIT_ROLE_WORKSTATION,
  ISTH_TRAIT_ROLE_SERVER,
  ISTH_TRAIT_SAYS_PLC,       /* device type, model, order number or announced services say so */
  ISTH_TRAIT_SAYS_RTU,
  ISTH_TRAIT_SAYS_IED,
  ISTH_TRAIT_SAYS_REMOTE_IO,
  ISTH_TRAIT_SAYS_DRIVE,
  ISTH_TRAIT_SAYS_HMI,
  ISTH_TRAIT_SAYS_MODULE,
  ISTH_TRAIT_SAYS_SWITCH,
  ISTH_TRAIT_SAYS_ROUTER,
  ISTH_TRAIT_SAYS_FIREWALL,
  ISTH_TRAIT_SAYS_WIRELESS,
  ISTH_TRAIT_SAYS_SENSOR,
  ISTH_TRAIT_SAYS_SCADA,
  ISTH_TRAIT_SAYS_HISTORIAN,
  ISTH_TRAIT_SAYS_ENGINEERING,
  ISTH_TRAIT_SAYS_OPC,
  ISTH_TRAIT_SAYS_GATEWAY,
  ISTH_TRAIT_SAYS_PRINTER,
  ISTH_TRAIT_SHARES_PRINTER,
  ISTH_TRAIT_SAYS_CAMERA,
  ISTH_TRAIT_SAYS_PHONE,
  ISTH_TRAIT_SEEMS_MOBILE,   /* its system is one of hand-helds */
  ISTH_TRAIT_SAYS_SERVER,
  ISTH_TRAIT_SAYS_DESKTOP,
  ISTH_TRAIT_SAYS_LAPTOP,
  ISTH_TRAIT_SAYS_SERVER_OS,
  ISTH_TRAIT_SAYS_CLIENT_OS,
  ISTH_TRAIT_SAYS_WINDOWS,
  ISTH_TRAIT_SEEMS_DESKTOP,  /* packets or wishes look like those of a desktop system: a hint, no word of its own */
  ISTH_TRAIT_SAYS_VIRTUAL,
  ISTH_TRAIT_NAMED_HISTORIAN, /* no more than a name */
  ISTH_TRAIT_NAMED_SCADA,
  ISTH_TRAIT_NAMED_HMI,
  ISTH_TRAIT_NAMED_PLC,
  ISTH_TRAIT_NAMED_ENGINEERING,
  ISTH_TRAIT_NAMED_SWITCH,
  ISTH_TRAIT_NAMED_PRINTER,
  ISTH_TRAIT_NAMED_ROUTER,
  ISTH_TRAIT_NAMED_SERVER,
  ISTH_TRAIT_NAMED_LAPTOP,
  ISTH_TRAIT_NAMED_DESKTOP,
  ISTH_TRAIT_NAMED_VIRTUAL,
  ISTH_TRAIT_MADE_BY_PRINTERS, /* its maker, most of whose wares are of that kind */
  ISTH_TRAIT_MADE_BY_CAMERAS,
  ISTH_TRAIT_MADE_BY_PHONES,
  ISTH_TRAIT_MADE_BY_FIREWALLS,
  ISTH_TRAIT_MADE_BY_RELAYS,
  ISTH_TRAIT_MADE_BY_PANELS,
  ISTH_TRAIT_MADE_BY_CONTROLLERS,
  ISTH_TRAIT_MADE_BY_SWITCHES,
  ISTH_N_TRAITS,
} IsthTrait;

__extension__ typedef unsigned __int128 IsthTraits;

#define ISTH_TRAIT(trait) ((IsthTraits) 1 << (ISTH_TRAIT_##trait))

G_STATIC_ASSERT (ISTH_N_TRAITS < 128);

/* Evidence to points. All of @needs must be there, none of @without. @points is how likely the kind is when that is all that is known (so points are
 * honest confidences), or, when below zero, how much less likely what others say becomes. */
typedef struct
{
  IsthTraits needs, without;
  IsthKind kind;
  int points;
  const char *reason; /* untranslated */
} IsthKindRule;

extern const IsthKindRule isth_kind_rules[];
extern const uint8_t isth_n_kind_rules;

/* Of a role word. */
IsthTraits isth_traits_of_role (const char *role);

/* Of what is claimed, with that confidence. */
IsthTraits isth_traits_of_claim (IsthAttribute attribute, const char *value, uint8_t confidence);

/* Of a maker's name. */
IsthTraits isth_traits_of_maker (const char *vendor);

/* Of one step of a child path: "modbus-unit:3". */
IsthTraits isth_traits_of_child (const char *step);

/* Of who answers in a family of protocols; none for ISTH_CONTROL_NOT. */
IsthTraits isth_traits_of_answers (IsthControl control);
