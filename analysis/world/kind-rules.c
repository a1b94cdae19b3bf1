/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of kinds. Points are honest confidences: how many of a hundred assets are of that kind of which nothing else is known. Rules for one kind
 * strengthen one another only where they are seen independently: what follows from the same traffic stands apart by @without. */
#include "analysis/world/kind-rules.h"

#include <glib/gi18n-lib.h>

#define T(trait) ISTH_TRAIT (trait)

#define ANSWERS_CONTROLLER (T (ANSWERS_S7) | T (ANSWERS_CIP) | T (ANSWERS_MODBUS) | T (ANSWERS_PLC))
#define ANSWERS_DEVICE \
  (ANSWERS_CONTROLLER | T (ANSWERS_RTU) | T (ANSWERS_IED) | T (ANSWERS_METER) | T (ANSWERS_FIELD) | T (ANSWERS_BUILDING) | T (ANSWERS_PANEL) | T (ANSWERS_OTHER))
#define ROLE_DEVICE \
  (T (ROLE_PROFINET_DEVICE) | T (ROLE_PROFINET_CONTROLLER) | T (ROLE_BUS_MASTER) | T (ROLE_BUS_NODE) | T (ROLE_CIP_IO) | T (ROLE_PLC) | T (ROLE_RTU) | \
   T (ROLE_IED) | T (ROLE_METER) | T (ROLE_FIELD) | T (ROLE_BUILDING) | T (ROLE_BUILDING_ROUTER) | T (ROLE_PANEL) | T (ROLE_TRAIN) | T (ROLE_INSTRUMENT))
#define SAYS_OTHER_DEVICE \
  (T (SAYS_REMOTE_IO) | T (SAYS_DRIVE) | T (SAYS_HMI) | T (SAYS_MODULE) | T (SAYS_SENSOR) | T (SAYS_SWITCH) | T (SAYS_GATEWAY) | T (SAYS_IED) | T (SAYS_RTU))
#define SAYS_DEVICE (T (SAYS_PLC) | SAYS_OTHER_DEVICE)
#define SERVES_IT \
  (T (ROLE_DOMAIN_CONTROLLER) | T (ROLE_DIRECTORY) | T (ROLE_TICKETS) | T (ROLE_NAME_SERVER) | T (ROLE_DHCP_SERVER) | T (ROLE_TIME_SERVER) | T (ROLE_DATABASE) | T (ROLE_MAIL) | \
   T (ROLE_BROKER) | T (ROLE_SERVER))
#define NETWORK \
  (T (ROUTES) | T (VIRTUAL_MAC) | T (ROLE_ROUTER) | T (ROLE_SWITCH) | T (ROLE_WIRELESS) | T (SAYS_SWITCH) | T (SAYS_ROUTER) | T (SAYS_FIREWALL) | T (SAYS_WIRELESS))
#define OFFICE_DEVICE \
  (T (ROLE_PHONE) | T (SAYS_PHONE) | T (ROLE_PRINTER) | T (SAYS_PRINTER) | T (ROLE_CAMERA) | T (SAYS_CAMERA))
#define HOST_OS (T (SAYS_SERVER_OS) | T (SAYS_CLIENT_OS) | T (SAYS_WINDOWS))
/* Whatever tells more of it than that it is a computer. */
#define HAS_FUNCTION \
  (ANSWERS_DEVICE | ROLE_DEVICE | SAYS_DEVICE | SERVES_IT | NETWORK | OFFICE_DEVICE | T (ASKS_CONTROL) | T (ROLE_ENGINEERING) | T (ROLE_HMI) | T (CHILD) | \
   T (ROLE_OPC) | T (ROLE_OPC_UA) | T (ROLE_CONTROL_CENTRE) | T (SAYS_SCADA) | T (SAYS_HISTORIAN) | T (SAYS_OPC) | T (SAYS_ENGINEERING) | T (ROLE_NIAGARA))

const IsthKindRule isth_kind_rules[] = {
  /* Controllers. */
  { T (SAYS_PLC), 0, ISTH_KIND_PLC, 88, N_("It says that it is a controller") },
  { T (ANSWERS_S7), SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 70, N_("It answers S7 communication, as controllers do") },
  { T (ANSWERS_PLC), SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 72, N_("It answers in a protocol that is spoken by controllers of one maker") },
  { T (ROLE_PLC), SAYS_OTHER_DEVICE | T (ANSWERS_PLC) | T (ANSWERS_S7), ISTH_KIND_PLC, 62, N_("It speaks as a controller in the protocol of its maker") },
  { T (ANSWERS_CIP), SAYS_OTHER_DEVICE | T (CHILD), ISTH_KIND_PLC, 56, N_("It answers CIP, as controllers do most often") },
  { T (ANSWERS_MODBUS), SAYS_OTHER_DEVICE | T (HAS_UNITS) | T (CHILD), ISTH_KIND_PLC, 55, N_("It answers Modbus, as controllers do most often") },
  { T (ACCEPTS_PROGRAM), T (ANSWERS_FIELD) | SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 50, N_("It lets itself be programmed, started or stopped") },
  { T (ACCEPTS_WRITES) | T (ANSWERS_CIP), SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 25, N_("It accepts writes over CIP") },
  { T (ACCEPTS_WRITES) | T (ANSWERS_MODBUS), T (HAS_UNITS) | T (CHILD) | SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 15, N_("It accepts writes over Modbus") },
  { T (ROLE_CIP_IO), SAYS_DEVICE | T (ANSWERS_CIP), ISTH_KIND_PLC, 50, N_("It exchanges cyclic I/O data over EtherNet/IP") },
  { T (ROLE_PROFINET_CONTROLLER), 0, ISTH_KIND_PLC, 70, N_("It is a PROFINET controller") },
  { T (ROLE_BUS_MASTER), SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 70, N_("It is the master of a field bus") },
  { T (ANSWERS_BUILDING), SAYS_OTHER_DEVICE | T (ROLE_BUILDING_ROUTER), ISTH_KIND_PLC, 56, N_("It answers a building automation protocol, as controllers do most often") },
  { T (ROLE_BUILDING), SAYS_OTHER_DEVICE | T (ANSWERS_BUILDING) | T (ROLE_BUILDING_ROUTER), ISTH_KIND_PLC, 53, N_("It speaks as a device of building automation") },
  { T (ROLE_BUILDING_ROUTER), SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 52, N_("It routes building automation networks, as their controllers do") },
  { T (ROLE_NIAGARA), 0, ISTH_KIND_PLC, 52, N_("It is a Niagara station, as building controllers are") },
  { T (ROLE_TRAIN), 0, ISTH_KIND_PLC, 52, N_("It sends process data on a train network, as its controllers do") },
  { T (ANSWERS_OTHER), SAYS_OTHER_DEVICE | T (CHILD), ISTH_KIND_PLC, 52, N_("It answers a control protocol") },
  { T (CHILD_PLC), SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 55, N_("It is a device on a network of controllers behind another one") },
  { T (PLANT_MAKER) | T (ANSWERS_S7), SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 40, N_("Its maker makes controllers") },
  { T (PLANT_MAKER) | T (ANSWERS_CIP), SAYS_OTHER_DEVICE | T (CHILD), ISTH_KIND_PLC, 35, N_("Its maker makes controllers") },
  { T (PLANT_MAKER) | T (ANSWERS_MODBUS), SAYS_OTHER_DEVICE | T (HAS_UNITS) | T (CHILD), ISTH_KIND_PLC, 35, N_("Its maker makes controllers") },
  { T (PLANT_MAKER) | T (ANSWERS_PLC), SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 40, N_("Its maker makes controllers") },
  { T (MADE_BY_CONTROLLERS), SAYS_OTHER_DEVICE, ISTH_KIND_PLC, 60, N_("Its maker makes controllers") },
  { T (NAMED_PLC), SAYS_OTHER_DEVICE | HOST_OS, ISTH_KIND_PLC, 45, N_("It is called a controller") },
  { T (ROLE_BUILDING_GUEST), 0, ISTH_KIND_PLC, -50, NULL },
  { T (SEEMS_DESKTOP), T (SAYS_PLC) | T (PLANT_MAKER) | T (NAMED_PLC), ISTH_KIND_PLC, -25, NULL }, /* controllers are simulated there */
  { T (ASKS_PROGRAM), ANSWERS_DEVICE, ISTH_KIND_PLC, -50, N_("It programs others") },

  /* Telecontrol and substations. */
  { T (SAYS_RTU), 0, ISTH_KIND_RTU, 88, N_("It says that it is a remote terminal unit") },
  { T (ANSWERS_RTU), SAYS_DEVICE | T (MADE_BY_RELAYS), ISTH_KIND_RTU, 65, N_("It answers a telecontrol protocol as an outstation") },
  { T (ROLE_RTU), SAYS_DEVICE | T (ANSWERS_RTU) | T (MADE_BY_RELAYS), ISTH_KIND_RTU, 62, N_("It speaks as a telecontrol outstation") },
  { T (CHILD_RTU), SAYS_DEVICE, ISTH_KIND_RTU, 62, N_("It is a telecontrol station behind another device") },
  { T (SAYS_IED), 0, ISTH_KIND_IED, 88, N_("It says that it is a protection device") },
  { T (ANSWERS_IED), SAYS_DEVICE | T (SAYS_SCADA), ISTH_KIND_IED, 68, N_("It answers a substation protocol as a device") },
  { T (ROLE_IED), T (ANSWERS_IED) | T (SAYS_SCADA), ISTH_KIND_IED, 68, N_("It publishes or answers as a substation device") },
  { T (MADE_BY_RELAYS) | T (ANSWERS_RTU), SAYS_DEVICE, ISTH_KIND_IED, 66, N_("It answers telecontrol, and its maker makes protection devices") },
  { T (MADE_BY_RELAYS) | T (ROLE_RTU), SAYS_DEVICE | T (ANSWERS_RTU), ISTH_KIND_IED, 62, N_("It speaks telecontrol, and its maker makes protection devices") },
  { T (MADE_BY_RELAYS) | T (ANSWERS_IED), SAYS_DEVICE, ISTH_KIND_IED, 40, N_("Its maker makes protection devices") },
  { T (MADE_BY_RELAYS) | T (ROLE_IED), SAYS_DEVICE | T (ANSWERS_IED), ISTH_KIND_IED, 40, N_("Its maker makes protection devices") },
  { T (CHILD_IED), SAYS_DEVICE, ISTH_KIND_IED, 65, N_("It is a substation device behind another one") },

  /* The field. */
  { T (SAYS_REMOTE_IO), T (SAYS_PLC), ISTH_KIND_REMOTE_IO, 85, N_("It says that it is remote I/O") },
  { T (ROLE_PROFINET_DEVICE), T (ROLE_PROFINET_CONTROLLER) | SAYS_DEVICE | T (ANSWERS_S7), ISTH_KIND_REMOTE_IO, 56, N_("It is a PROFINET device") },
  { T (ROLE_BUS_NODE), T (ROLE_BUS_MASTER) | SAYS_DEVICE, ISTH_KIND_REMOTE_IO, 58, N_("It is a node of a field bus") },
  { T (ANSWERS_FIELD), T (ROLE_BUS_MASTER) | T (ROLE_BUS_NODE) | T (ROLE_FIELD) | T (ROLE_PROFINET_DEVICE) | T (ROLE_PROFINET_CONTROLLER) | T (CHILD) | SAYS_DEVICE,
    ISTH_KIND_REMOTE_IO, 52, N_("It answers a field bus") },
  { T (CHILD_FIELD), SAYS_DEVICE, ISTH_KIND_REMOTE_IO, 58, N_("It is a node of a field bus") },
  { T (SAYS_DRIVE), 0, ISTH_KIND_DRIVE, 90, N_("It says that it is a drive") },
  { T (SAYS_SENSOR), 0, ISTH_KIND_SENSOR, 85, N_("It says that it is a sensor, meter or instrument") },
  { T (ANSWERS_METER), SAYS_DEVICE, ISTH_KIND_SENSOR, 72, N_("It answers a protocol of meters and gauges") },
  { T (ROLE_METER), SAYS_DEVICE | T (ANSWERS_METER), ISTH_KIND_SENSOR, 66, N_("It speaks as a meter or gauge") },
  { T (ROLE_INSTRUMENT), SAYS_DEVICE, ISTH_KIND_SENSOR, 62, N_("It is a laboratory or test instrument") },
  { T (CHILD_SENSOR), SAYS_DEVICE, ISTH_KIND_SENSOR, 68, N_("It is a field instrument behind another device") },
  { T (ROLE_FIELD), SAYS_DEVICE | T (HAS_UNITS), ISTH_KIND_SENSOR, 52, N_("It speaks as a field instrument") },

  /* Gateways, parts. */
  { T (SAYS_GATEWAY), 0, ISTH_KIND_PROTOCOL_GATEWAY, 85, N_("It says that it is a gateway") },
  { T (HAS_UNITS), 0, ISTH_KIND_PROTOCOL_GATEWAY, 70, N_("Several devices answer behind its address") },
  { T (ROLE_GATEWAY), 0, ISTH_KIND_PROTOCOL_GATEWAY, 60, N_("It joins a field network to the IP network") },
  { T (SAYS_MODULE), T (SAYS_PLC), ISTH_KIND_MODULE, 80, N_("It says that it is a communication module") },
  { T (CHILD_UNIT), SAYS_DEVICE, ISTH_KIND_MODULE, 55, N_("It answers inside or behind another device") },
  { T (CHILD), SAYS_DEVICE | T (CHILD_UNIT) | T (CHILD_RTU) | T (CHILD_IED) | T (CHILD_FIELD) | T (CHILD_SENSOR) | T (CHILD_PLC), ISTH_KIND_MODULE, 80,
    N_("It answers inside or behind another device") },

  /* Those who ask. */
  { T (SAYS_HMI), 0, ISTH_KIND_HMI, 90, N_("It says that it is an operator panel") },
  { T (ANSWERS_PANEL), 0, ISTH_KIND_HMI, 72, N_("It answers the protocol of operator panels") },
  { T (ROLE_PANEL), T (ANSWERS_PANEL), ISTH_KIND_HMI, 66, N_("It speaks the protocol of operator panels") },
  { T (ROLE_HMI) | T (ASKS_WRITES) | T (ASKS_STEADILY), 0, ISTH_KIND_HMI, 65, N_("It opens connections for operator control") },
  { T (MADE_BY_PANELS) | T (ASKS_CONTROL), 0, ISTH_KIND_HMI, 60, N_("It asks controllers, and its maker makes operator panels") },
  { T (ASKS_CONTROL) | T (ASKS_WRITES) | T (ASKS_STEADILY), ANSWERS_CONTROLLER | T (ASKS_MANY) | T (ASKS_STATIONS) | T (ROLE_HMI), ISTH_KIND_HMI, 60,
    N_("It reads a controller all the time, and writes to it") },
  { T (NAMED_HMI), 0, ISTH_KIND_HMI, 60, N_("It is called an operator panel") },
  { T (SAYS_SCADA), 0, ISTH_KIND_SCADA_SERVER, 82, N_("It says that it is a SCADA system") },
  { T (ROLE_CONTROL_CENTRE), 0, ISTH_KIND_SCADA_SERVER, 66, N_("It exchanges data as a control centre") },
  { T (ASKS_MANY) | T (ASKS_WRITES) | T (ASKS_STEADILY), ANSWERS_CONTROLLER, ISTH_KIND_SCADA_SERVER, 62, N_("It reads many controllers all the time, and writes to them") },
  { T (ASKS_MANY), ANSWERS_DEVICE | T (ASKS_STATIONS) | T (ASKS_WRITES) | T (ASKS_PROGRAM), ISTH_KIND_SCADA_SERVER, 58, N_("It reads many controllers") },
  { T (ASKS_MANY) | T (ASKS_WRITES), ANSWERS_DEVICE | T (ASKS_STATIONS) | T (ASKS_STEADILY) | T (ASKS_PROGRAM), ISTH_KIND_SCADA_SERVER, 58, N_("It reads many controllers, and writes to them") },
  { T (ASKS_STATIONS), ANSWERS_DEVICE | T (ASKS_MANY), ISTH_KIND_SCADA_SERVER, 58, N_("It asks telecontrol stations, as control centres do") },
  { T (ASKS_STATIONS) | T (ASKS_MANY), ANSWERS_DEVICE | T (ASKS_WRITES), ISTH_KIND_SCADA_SERVER, 62, N_("It asks many telecontrol stations, as control centres do") },
  { T (NAMED_SCADA), 0, ISTH_KIND_SCADA_SERVER, 45, N_("It is called a SCADA system") },
  { T (SAYS_HISTORIAN), 0, ISTH_KIND_HISTORIAN, 84, N_("It says that it is a historian") },
  { T (NAMED_HISTORIAN), 0, ISTH_KIND_HISTORIAN, 45, N_("It is called a historian") },
  { T (NAMED_HISTORIAN) | T (ASKS_STEADILY), T (ASKS_WRITES), ISTH_KIND_HISTORIAN, 60, N_("It is called a historian, and reads controllers all the time") },
  { T (ASKS_PROGRAM), T (ACCEPTS_PROGRAM), ISTH_KIND_ENGINEERING_WORKSTATION, 78, N_("It programs controllers, or reads their programs") },
  { T (ASKS_MODE), T (ACCEPTS_PROGRAM) | T (ASKS_PROGRAM), ISTH_KIND_ENGINEERING_WORKSTATION, 60, N_("It starts or stops controllers") },
  { T (ROLE_ENGINEERING), T (ANSWERS_S7) | T (ASKS_STEADILY), ISTH_KIND_ENGINEERING_WORKSTATION, 72, N_("It uses engineering connections") },
  { T (SAYS_ENGINEERING), 0, ISTH_KIND_ENGINEERING_WORKSTATION, 75, N_("It says that it runs engineering software") },
  { T (NAMED_ENGINEERING), 0, ISTH_KIND_ENGINEERING_WORKSTATION, 45, N_("It is called an engineering station") },
  { T (SAYS_OPC), SAYS_DEVICE, ISTH_KIND_OPC_SERVER, 70, N_("It says that it is an OPC server") },
  { T (ROLE_OPC), 0, ISTH_KIND_OPC_SERVER, 70, N_("It answers OPC as a server") },
  { T (ROLE_OPC_UA), T (ROLE_OPC) | SAYS_DEVICE | ANSWERS_DEVICE, ISTH_KIND_OPC_SERVER, 60, N_("It answers OPC UA as a server") },

  /* The network. */
  { T (ROLE_SWITCH), T (ROLE_WIRELESS) | T (ROLE_PHONE) | T (ROUTES) | T (ROLE_ROUTER) | T (SAYS_FIREWALL), ISTH_KIND_SWITCH, 76, N_("It says of itself, in a protocol of the network, that it is a bridge") },
  { T (SAYS_SWITCH), 0, ISTH_KIND_SWITCH, 88, N_("It says that it is a switch") },
  { T (ACTS_AS_SWITCH), T (ROLE_SWITCH) | T (SAYS_SWITCH) | T (ROLE_WIRELESS) | T (SAYS_WIRELESS) | T (ROUTES) | T (ROLE_ROUTER) | T (SAYS_ROUTER) | T (SAYS_FIREWALL) | HOST_OS,
    ISTH_KIND_SWITCH, 60, N_("It lets computers in by its ports, or tells what passes through these, as switches do") },
  { T (MADE_BY_SWITCHES), T (SAYS_SWITCH) | T (ROLE_SWITCH) | T (ROUTES) | T (ROLE_ROUTER), ISTH_KIND_SWITCH, 56, N_("Its maker makes switches") },
  { T (NAMED_SWITCH), 0, ISTH_KIND_SWITCH, 62, N_("It is called a switch") },
  { T (ROUTES), T (SAYS_SWITCH) | T (SAYS_FIREWALL), ISTH_KIND_ROUTER, 76, N_("Its MAC address carries IP addresses of other networks") },
  { T (NAMED_ROUTER), 0, ISTH_KIND_ROUTER, 55, N_("It is called a router") },
  { T (TRANSLATES), HOST_OS | SAYS_DEVICE | T (SAYS_VIRTUAL) | T (ROUTES) | T (ROLE_ROUTER), ISTH_KIND_ROUTER, 66,
    N_("It sends with the TTLs of several computers, as address translation does") },
  { T (VIRTUAL_MAC), 0, ISTH_KIND_ROUTER, 92, N_("Its MAC address belongs to a router redundancy protocol") },
  { T (ROLE_ROUTER), T (SAYS_FIREWALL) | T (SAYS_SWITCH) | T (ROUTES), ISTH_KIND_ROUTER, 70, N_("It acts as a router, or is named as one") },
  { T (ROLE_ROUTER) | T (ROUTES), T (SAYS_FIREWALL) | T (SAYS_SWITCH), ISTH_KIND_ROUTER, 60, N_("It acts as a router, or is named as one") },
  { T (SAYS_ROUTER), 0, ISTH_KIND_ROUTER, 85, N_("It says that it is a router") },
  { T (SAYS_FIREWALL), 0, ISTH_KIND_FIREWALL, 90, N_("It says that it is a firewall") },
  { T (MADE_BY_FIREWALLS), 0, ISTH_KIND_FIREWALL, 58, N_("Its maker makes firewalls") },
  { T (MADE_BY_FIREWALLS) | T (ROUTES), 0, ISTH_KIND_FIREWALL, 60, N_("It joins networks, and its maker makes firewalls") },
  { T (MADE_BY_FIREWALLS), 0, ISTH_KIND_ROUTER, -60, NULL },
  { T (ROLE_WIRELESS), T (SAYS_FIREWALL), ISTH_KIND_WIRELESS, 82, N_("It says of itself that it is an access point") },
  { T (ROLE_WIRELESS) | T (SEEMS_DESKTOP), T (SAYS_WIRELESS), ISTH_KIND_WIRELESS, -60, NULL }, /* a computer that shares its connection */
  { T (SAYS_WIRELESS), 0, ISTH_KIND_WIRELESS, 85, N_("It says that it is wireless equipment") },

  /* The office. */
  { T (ROLE_PHONE), 0, ISTH_KIND_PHONE, 85, N_("It says of itself, in a protocol of the network, that it is a telephone") },
  { T (SAYS_PHONE), T (ROLE_PHONE), ISTH_KIND_PHONE, 82, N_("It says that it is a telephone") },
  { T (SEEMS_MOBILE), ANSWERS_DEVICE | ROLE_DEVICE | SAYS_DEVICE | T (SAYS_DESKTOP) | T (SAYS_LAPTOP) | T (SAYS_VIRTUAL), ISTH_KIND_PHONE, 68,
    N_("It runs a system of mobile phones and tablets") },
  { T (SEEMS_MOBILE), 0, ISTH_KIND_WORKSTATION, -70, NULL },
  { T (MADE_BY_PHONES), T (ROLE_PHONE) | T (SAYS_PHONE), ISTH_KIND_PHONE, 60, N_("Its maker makes telephones") },
  { T (SAYS_PRINTER), 0, ISTH_KIND_PRINTER, 85, N_("It says that it is a printer") },
  { T (NAMED_PRINTER), 0, ISTH_KIND_PRINTER, 62, N_("It is called a printer") },
  { T (NAMED_PRINTER), 0, ISTH_KIND_WORKSTATION, -50, NULL },
  { T (ROLE_PRINTER), T (SAYS_PRINTER), ISTH_KIND_PRINTER, 75, N_("It offers printing") },
  { T (SHARES_PRINTER), T (SAYS_PRINTER) | T (ROLE_PRINTER), ISTH_KIND_PRINTER, 55, N_("It offers printing") },
  { T (MADE_BY_PRINTERS), T (SAYS_PRINTER), ISTH_KIND_PRINTER, 62, N_("Its maker makes printers") },
  { T (SAYS_CAMERA), 0, ISTH_KIND_CAMERA, 85, N_("It says that it is a camera") },
  { T (ROLE_CAMERA), T (SAYS_CAMERA) | HOST_OS | T (ROLE_SERVER), ISTH_KIND_CAMERA, 62, N_("It sends video") },
  { T (MADE_BY_CAMERAS), T (SAYS_CAMERA), ISTH_KIND_CAMERA, 65, N_("Its maker makes cameras") },

  /* Servers and computers. */
  { T (ROLE_DOMAIN_CONTROLLER), 0, ISTH_KIND_DOMAIN_CONTROLLER, 90, N_("It announces itself, or is looked up, as a domain controller") },
  { T (ROLE_DIRECTORY) | T (ROLE_TICKETS), T (ROLE_DOMAIN_CONTROLLER), ISTH_KIND_DOMAIN_CONTROLLER, 86, N_("It answers directory and ticket requests") },
  { T (ROLE_DIRECTORY), T (ROLE_DOMAIN_CONTROLLER) | T (ROLE_TICKETS), ISTH_KIND_DOMAIN_CONTROLLER, 66, N_("It answers directory or ticket requests") },
  { T (ROLE_TICKETS), T (ROLE_DOMAIN_CONTROLLER) | T (ROLE_DIRECTORY), ISTH_KIND_DOMAIN_CONTROLLER, 66, N_("It answers directory or ticket requests") },
  { T (ROLE_NAME_SERVER), NETWORK | T (ROLE_DIRECTORY) | T (ROLE_TICKETS) | T (ROLE_DOMAIN_CONTROLLER), ISTH_KIND_SERVER, 60, N_("It answers name queries") },
  { T (ROLE_DHCP_SERVER), NETWORK | T (SAYS_CLIENT_OS) | T (ROLE_NAME_SERVER) | T (ROLE_DIRECTORY) | T (ROLE_TICKETS) | T (ROLE_DOMAIN_CONTROLLER), ISTH_KIND_SERVER, 55, N_("It gives out addresses") },
  { T (ROLE_TIME_SERVER), NETWORK | ANSWERS_DEVICE | ROLE_DEVICE | T (ROLE_NAME_SERVER) | T (ROLE_DIRECTORY) | T (ROLE_TICKETS) | T (ROLE_DOMAIN_CONTROLLER) | T (SAYS_PLC) | HOST_OS, ISTH_KIND_TIME_SERVER, 60,
    N_("It gives the time to others") },
  { T (ROLE_DATABASE), T (SAYS_CLIENT_OS), ISTH_KIND_SERVER, 72, N_("It answers as a database") },
  { T (ROLE_MAIL), 0, ISTH_KIND_SERVER, 75, N_("It answers as a mail server") },
  { T (ROLE_BROKER), 0, ISTH_KIND_SERVER, 72, N_("It is a message broker") },
  { T (ROLE_BMC), 0, ISTH_KIND_SERVER, 72, N_("It has the management controller of a server") },
  { T (ROLE_WEB), HAS_FUNCTION | T (ROLE_BROWSER) | T (SAYS_CLIENT_OS) | T (SAYS_PLC), ISTH_KIND_SERVER, 52, N_("It answers web requests, and is not known to do anything else") },
  { T (SERVES_OUTSIDE), HAS_FUNCTION | T (ROLE_WEB) | T (SAYS_CLIENT_OS) | T (ROLE_BROWSER), ISTH_KIND_SERVER, 66, N_("It answers from outside, and is not known to do anything else") },
  { T (ROLE_SERVER), T (SAYS_CLIENT_OS) | NETWORK, ISTH_KIND_SERVER, 60, N_("It offers services of a server") },
  { T (SAYS_SERVER_OS), T (SAYS_CLIENT_OS), ISTH_KIND_SERVER, 72, N_("It runs a server operating system") },
  { T (SAYS_SERVER_OS) | T (SAYS_CLIENT_OS), 0, ISTH_KIND_SERVER, 45, N_("It runs a server operating system") },
  { T (SAYS_SERVER), 0, ISTH_KIND_SERVER, 82, N_("It says that it is a server") },
  { T (NAMED_SERVER), SAYS_DEVICE | ANSWERS_DEVICE, ISTH_KIND_SERVER, 55, N_("It is called a server") },
  { T (SAYS_LAPTOP), 0, ISTH_KIND_LAPTOP, 85, N_("It says that it is a laptop") },
  { T (NAMED_LAPTOP), HAS_FUNCTION, ISTH_KIND_LAPTOP, 82, N_("It has the name that its system gives to laptops") },
  { T (SAYS_DESKTOP), T (SAYS_LAPTOP), ISTH_KIND_WORKSTATION, 80, N_("It says that it is a desktop computer") },
  { T (NAMED_DESKTOP), T (SAYS_LAPTOP) | T (SAYS_DESKTOP) | T (SAYS_SERVER_OS), ISTH_KIND_WORKSTATION, 72, N_("It has the name that its system gives to desktop computers") },
  { T (NAMED_DESKTOP) | T (SAYS_CLIENT_OS) | T (SAYS_SERVER_OS), T (SAYS_LAPTOP) | T (SAYS_DESKTOP), ISTH_KIND_WORKSTATION, 60, N_("It has the name that its system gives to desktop computers") },
  { T (ROLE_BROWSER) | T (SAYS_CLIENT_OS) | T (SAYS_SERVER_OS), HAS_FUNCTION, ISTH_KIND_WORKSTATION, 50, N_("It browses the web") },
  { T (SAYS_CLIENT_OS), T (SAYS_SERVER_OS) | T (SAYS_LAPTOP) | T (NAMED_LAPTOP) | SAYS_DEVICE, ISTH_KIND_WORKSTATION, 70, N_("It runs a desktop operating system") },
  { T (SAYS_CLIENT_OS) | T (SAYS_SERVER_OS), T (SAYS_LAPTOP) | T (NAMED_LAPTOP) | SAYS_DEVICE, ISTH_KIND_WORKSTATION, 50, N_("It runs a desktop operating system") },
  { T (SAYS_WINDOWS), HAS_FUNCTION | T (SAYS_SERVER_OS) | T (SAYS_CLIENT_OS) | T (SAYS_LAPTOP) | T (NAMED_LAPTOP) | T (NAMED_SERVER), ISTH_KIND_WORKSTATION, 60, N_("It runs Windows") },
  { T (ROLE_WORKSTATION), HAS_FUNCTION | HOST_OS | T (NAMED_DESKTOP) | T (SAYS_LAPTOP) | T (NAMED_LAPTOP) | T (NAMED_SERVER) | T (ROLE_WEB), ISTH_KIND_WORKSTATION, 52, N_("It speaks as desktop computers do") },
  { T (ROLE_BROWSER), HAS_FUNCTION | HOST_OS | T (NAMED_DESKTOP) | T (SAYS_LAPTOP) | T (NAMED_LAPTOP) | T (NAMED_SERVER), ISTH_KIND_WORKSTATION, 52, N_("It browses the web") },
  { T (NAMED_VIRTUAL), HAS_FUNCTION, ISTH_KIND_VIRTUAL_MACHINE, 72, N_("It has the name that installers give to virtual machines") },
  { T (NAMED_VIRTUAL), 0, ISTH_KIND_WORKSTATION, -60, NULL },
  { T (SAYS_VIRTUAL), HAS_FUNCTION | HOST_OS | T (SAYS_LAPTOP) | T (NAMED_LAPTOP) | T (NAMED_SERVER) | T (NAMED_DESKTOP) | T (ROLE_WEB) | T (ROLE_BROWSER) | T (ROLE_WORKSTATION),
    ISTH_KIND_VIRTUAL_MACHINE, 66, N_("Its MAC address is one of virtual machines") },

  /* A computer's part in the plant or in the network is what it is for; that it is a computer says less. */
  { T (ASKS_CONTROL) | T (ASKS_WRITES) | T (ASKS_STEADILY), 0, ISTH_KIND_WORKSTATION, -60, NULL },
  { T (ASKS_STATIONS), 0, ISTH_KIND_WORKSTATION, -70, NULL },
  { T (ASKS_STATIONS), 0, ISTH_KIND_SERVER, -60, NULL },
  { T (ASKS_MANY), 0, ISTH_KIND_WORKSTATION, -60, NULL },
  { T (ASKS_MANY), 0, ISTH_KIND_SERVER, -70, NULL },
  { T (ASKS_PROGRAM), 0, ISTH_KIND_WORKSTATION, -75, NULL },
  { T (ASKS_PROGRAM), 0, ISTH_KIND_LAPTOP, -50, NULL },
  { T (ASKS_PROGRAM), 0, ISTH_KIND_HMI, -60, NULL },
  { T (ASKS_PROGRAM), 0, ISTH_KIND_SCADA_SERVER, -60, NULL },
  { T (ROLE_ENGINEERING), 0, ISTH_KIND_WORKSTATION, -65, NULL },
  { T (ANSWERS_RTU), 0, ISTH_KIND_WORKSTATION, -70, NULL },
  { T (ANSWERS_IED), 0, ISTH_KIND_WORKSTATION, -70, NULL },
  { T (ANSWERS_S7), 0, ISTH_KIND_WORKSTATION, -70, NULL },
  { T (ANSWERS_PLC), 0, ISTH_KIND_WORKSTATION, -70, NULL },
  { T (ANSWERS_MODBUS), 0, ISTH_KIND_WORKSTATION, -75, NULL },
  { T (ROLE_RTU), T (ANSWERS_RTU), ISTH_KIND_WORKSTATION, -70, NULL },
  { T (ROLE_IED), T (ANSWERS_IED), ISTH_KIND_WORKSTATION, -70, NULL },
  { T (ROLE_PLC), T (ANSWERS_PLC), ISTH_KIND_WORKSTATION, -70, NULL },
  { T (ANSWERS_BUILDING), 0, ISTH_KIND_WORKSTATION, -50, NULL },
  { T (SAYS_SCADA), 0, ISTH_KIND_WORKSTATION, -70, NULL },
  { T (SAYS_SCADA), 0, ISTH_KIND_SERVER, -70, NULL },
  { T (SAYS_HISTORIAN), 0, ISTH_KIND_SERVER, -70, NULL },
  { T (NAMED_HISTORIAN) | T (ASKS_STEADILY), 0, ISTH_KIND_SERVER, -50, NULL },
  { T (NAMED_SCADA), 0, ISTH_KIND_WORKSTATION, -30, NULL },
  { T (NAMED_HMI), 0, ISTH_KIND_WORKSTATION, -60, NULL },
  { T (NAMED_ENGINEERING), 0, ISTH_KIND_WORKSTATION, -30, NULL },
  { T (SAYS_ENGINEERING), 0, ISTH_KIND_WORKSTATION, -60, NULL },
  { T (ROLE_OPC), 0, ISTH_KIND_SERVER, -60, NULL },
  { T (SAYS_HMI), 0, ISTH_KIND_WORKSTATION, -80, NULL },
  { T (SAYS_DESKTOP), 0, ISTH_KIND_SERVER, -40, NULL },
  { T (ROLE_DOMAIN_CONTROLLER), 0, ISTH_KIND_SERVER, -85, NULL },
  { T (ROLE_DOMAIN_CONTROLLER), 0, ISTH_KIND_WORKSTATION, -90, NULL },
  { T (ROLE_DIRECTORY), 0, ISTH_KIND_SERVER, -60, NULL },
  { T (ROLE_TICKETS), 0, ISTH_KIND_SERVER, -60, NULL },
};
const uint8_t isth_n_kind_rules = G_N_ELEMENTS (isth_kind_rules);
