/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words to traits: roles, what devices say of themselves, makers, child paths. Only facts that anybody can look up in a catalogue. */
#include <string.h>

#include "analysis/world/kind-rules.h"

#define T(trait) ISTH_TRAIT (trait)

/* Exact role words, of dissectors and of links ("modbus-server" says no more than the operations that were answered, so it is not here), and protocols that
 * say as much. */
static const struct { const char *role; IsthTrait trait; } roles[] = {
  { "access-point", ISTH_TRAIT_ROLE_WIRELESS },
  { "ads-server", ISTH_TRAIT_ROLE_PLC },
  { "amqp-broker", ISTH_TRAIT_ROLE_BROKER },
  { "atg-server", ISTH_TRAIT_ROLE_METER },
  { "bacnet-bbmd", ISTH_TRAIT_ROLE_BUILDING },
  { "bacnet-foreign-device", ISTH_TRAIT_ROLE_BUILDING_GUEST },
  { "bacnet-router", ISTH_TRAIT_ROLE_BUILDING_ROUTER },
  { "bacnet-server", ISTH_TRAIT_ROLE_BUILDING },
  { "bgp-speaker", ISTH_TRAIT_ROLE_ROUTER },
  { "bridge", ISTH_TRAIT_ROLE_SWITCH },
  { "bsap-server", ISTH_TRAIT_ROLE_RTU },
  { "c1222-server", ISTH_TRAIT_ROLE_METER },
  { "c37118-server", ISTH_TRAIT_ROLE_IED },
  { "canopen-master", ISTH_TRAIT_ROLE_BUS_MASTER },
  { "canopen-node", ISTH_TRAIT_ROLE_BUS_NODE },
  { "cclink-ie-master", ISTH_TRAIT_ROLE_PLC },
  { "cclink-ie-slave", ISTH_TRAIT_ROLE_FIELD },
  { "camera", ISTH_TRAIT_ROLE_CAMERA },
  { "cip-io-producer", ISTH_TRAIT_ROLE_CIP_IO },
  { "citrix-server", ISTH_TRAIT_ROLE_SERVER },
  { "codesys-server", ISTH_TRAIT_ROLE_PLC },
  { "codesys-v3-server", ISTH_TRAIT_ROLE_PLC },
  { "crimson-server", ISTH_TRAIT_ROLE_PANEL },
  { "database-server", ISTH_TRAIT_ROLE_DATABASE },
  { "dhcp-relay", ISTH_TRAIT_ROLE_ROUTER },
  { "dhcp-server", ISTH_TRAIT_ROLE_DHCP_SERVER },
  { "dhcpv6-server", ISTH_TRAIT_ROLE_DHCP_SERVER },
  { "dlms-server", ISTH_TRAIT_ROLE_METER },
  { "dnp3-outstation", ISTH_TRAIT_ROLE_RTU },
  { "dns-server", ISTH_TRAIT_ROLE_NAME_SERVER },
  { "domain-controller", ISTH_TRAIT_ROLE_DOMAIN_CONTROLLER },
  { "dot1x-authenticator", ISTH_TRAIT_ACTS_AS_SWITCH },
  { "egd-producer", ISTH_TRAIT_ROLE_PLC },
  { "engineering", ISTH_TRAIT_ROLE_ENGINEERING },
  { "ether-s-bus-server", ISTH_TRAIT_ROLE_PLC },
  { "ether-s-io-station", ISTH_TRAIT_ROLE_PLC },
  { "ethercat-master", ISTH_TRAIT_ROLE_BUS_MASTER },
  { "ff-hse-server", ISTH_TRAIT_ROLE_FIELD },
  { "fins-server", ISTH_TRAIT_ROLE_PLC },
  { "fox-server", ISTH_TRAIT_ROLE_NIAGARA },
  { "ftp-server", ISTH_TRAIT_SERVES_OUTSIDE },
  { "gateway", ISTH_TRAIT_ROLE_ROUTER },
  { "ge-srtp-server", ISTH_TRAIT_ROLE_PLC },
  { "genisys-server", ISTH_TRAIT_ROLE_RTU },
  { "glbp-active", ISTH_TRAIT_ROLE_ROUTER },
  { "goose-publisher", ISTH_TRAIT_ROLE_IED },
  { "hart-ip-server", ISTH_TRAIT_ROLE_FIELD },
  { "hislip-server", ISTH_TRAIT_ROLE_INSTRUMENT },
  { "hmi", ISTH_TRAIT_ROLE_HMI },
  { "hsr-redbox", ISTH_TRAIT_ROLE_SWITCH },
  { "hsrp-active", ISTH_TRAIT_ROLE_ROUTER },
  { "hsrp-standby", ISTH_TRAIT_ROLE_ROUTER },
  { "http-client", ISTH_TRAIT_ROLE_BROWSER },
  { "http-server", ISTH_TRAIT_ROLE_WEB },
  { "iccp-client", ISTH_TRAIT_ROLE_CONTROL_CENTRE },
  { "iccp-server", ISTH_TRAIT_ROLE_CONTROL_CENTRE },
  { "iec104-controlled-station", ISTH_TRAIT_ROLE_RTU },
  { "imap-server", ISTH_TRAIT_ROLE_MAIL },
  { "ipmi-server", ISTH_TRAIT_ROLE_BMC },
  { "kerberos-server", ISTH_TRAIT_ROLE_TICKETS },
  { "knxip-router", ISTH_TRAIT_ROLE_GATEWAY },
  { "knxip-server", ISTH_TRAIT_ROLE_GATEWAY },
  { "kpasswd-server", ISTH_TRAIT_ROLE_TICKETS },
  { "ldap-server", ISTH_TRAIT_ROLE_DIRECTORY },
  { "llmnr", ISTH_TRAIT_ROLE_WORKSTATION },
  { "lontalk-node", ISTH_TRAIT_ROLE_BUILDING },
  { "mail-server", ISTH_TRAIT_ROLE_MAIL },
  { "melsec-server", ISTH_TRAIT_ROLE_PLC },
  { "melsoft-server", ISTH_TRAIT_ROLE_PLC },
  { "mgcp-call-agent", ISTH_TRAIT_ROLE_SERVER },
  { "mms-server", ISTH_TRAIT_ROLE_IED },
  { "mongodb-server", ISTH_TRAIT_ROLE_DATABASE },
  { "mqtt-broker", ISTH_TRAIT_ROLE_BROKER },
  { "ms-mms-server", ISTH_TRAIT_ROLE_SERVER },
  { "mysql-server", ISTH_TRAIT_ROLE_DATABASE },
  { "nbdgm", ISTH_TRAIT_ROLE_WORKSTATION },
  { "nbns", ISTH_TRAIT_ROLE_WORKSTATION },
  { "netflow-collector", ISTH_TRAIT_ROLE_SERVER },
  { "nfs-server", ISTH_TRAIT_ROLE_SERVER },
  { "ntp-server", ISTH_TRAIT_ROLE_TIME_SERVER },
  { "opc-server", ISTH_TRAIT_ROLE_OPC },
  { "opcua-discovery-server", ISTH_TRAIT_ROLE_OPC },
  { "opcua-server", ISTH_TRAIT_ROLE_OPC_UA },
  { "openvpn-server", ISTH_TRAIT_ROLE_SERVER },
  { "oracle-server", ISTH_TRAIT_ROLE_DATABASE },
  { "ospf-designated-router", ISTH_TRAIT_ROLE_ROUTER },
  { "pcworx-server", ISTH_TRAIT_ROLE_PLC },
  { "phone", ISTH_TRAIT_ROLE_PHONE },
  { "pop-server", ISTH_TRAIT_ROLE_MAIL },
  { "pop3-server", ISTH_TRAIT_ROLE_MAIL },
  { "postgresql-server", ISTH_TRAIT_ROLE_DATABASE },
  { "powerlink-controlled-node", ISTH_TRAIT_ROLE_BUS_NODE },
  { "powerlink-managing-node", ISTH_TRAIT_ROLE_BUS_MASTER },
  { "pppoe-server", ISTH_TRAIT_ROLE_ROUTER },
  { "printer", ISTH_TRAIT_ROLE_PRINTER },
  { "proconos-server", ISTH_TRAIT_ROLE_PLC },
  { "profinet-controller", ISTH_TRAIT_ROLE_PROFINET_CONTROLLER },
  { "profinet-device", ISTH_TRAIT_ROLE_PROFINET_DEVICE },
  { "profinet-supervisor", ISTH_TRAIT_ROLE_ENGINEERING },
  { "prp-redbox", ISTH_TRAIT_ROLE_SWITCH },
  { "ptp-master", ISTH_TRAIT_ROLE_TIME_SERVER },
  { "quic-server", ISTH_TRAIT_SERVES_OUTSIDE },
  { "radius-server", ISTH_TRAIT_ROLE_SERVER },
  { "redis-server", ISTH_TRAIT_ROLE_DATABASE },
  { "roc-plus-server", ISTH_TRAIT_ROLE_RTU },
  { "router", ISTH_TRAIT_ROLE_ROUTER },
  { "rtsp-server", ISTH_TRAIT_ROLE_CAMERA },
  { "sampled-values-publisher", ISTH_TRAIT_ROLE_IED },
  { "sccp-client", ISTH_TRAIT_ROLE_PHONE },
  { "sccp-server", ISTH_TRAIT_ROLE_SERVER },
  { "sel-fm-server", ISTH_TRAIT_ROLE_IED },
  { "sercos3-master", ISTH_TRAIT_ROLE_BUS_MASTER },
  { "sflow-agent", ISTH_TRAIT_ACTS_AS_SWITCH },
  { "sflow-collector", ISTH_TRAIT_ROLE_SERVER },
  { "sip-phone", ISTH_TRAIT_ROLE_PHONE },
  { "sip-server", ISTH_TRAIT_ROLE_SERVER },
  { "smtp-server", ISTH_TRAIT_ROLE_MAIL },
  { "ssh-server", ISTH_TRAIT_SERVES_OUTSIDE },
  { "stp-root", ISTH_TRAIT_ROLE_SWITCH },
  { "switch", ISTH_TRAIT_ROLE_SWITCH },
  { "syslog-server", ISTH_TRAIT_ROLE_SERVER },
  { "tacacs-server", ISTH_TRAIT_ROLE_SERVER },
  { "tds-server", ISTH_TRAIT_ROLE_DATABASE },
  { "telephone", ISTH_TRAIT_ROLE_PHONE },
  { "tls-server", ISTH_TRAIT_SERVES_OUTSIDE },
  { "tns-server", ISTH_TRAIT_ROLE_DATABASE },
  { "trdp-publisher", ISTH_TRAIT_ROLE_TRAIN },
  { "trdp-replier", ISTH_TRAIT_ROLE_TRAIN },
  { "tristation-server", ISTH_TRAIT_ROLE_PLC },
  { "udld", ISTH_TRAIT_ROLE_SWITCH },
  { "vrrp-backup", ISTH_TRAIT_ROLE_ROUTER },
  { "vrrp-master", ISTH_TRAIT_ROLE_ROUTER },
  { "vrrp-owner", ISTH_TRAIT_ROLE_ROUTER },
  { "vxi-11-server", ISTH_TRAIT_ROLE_INSTRUMENT },
  { "wins-server", ISTH_TRAIT_ROLE_NAME_SERVER },
  { "wireless", ISTH_TRAIT_ROLE_WIRELESS },
  { "wlan-access-point", ISTH_TRAIT_ROLE_WIRELESS },
  { "zigbee-coordinator", ISTH_TRAIT_ROLE_GATEWAY },
};

typedef struct
{
  bool start; /* the value begins so; otherwise the words stand somewhere in it (letter case apart) */
  const char *text;
  IsthTrait trait;
} Word;

#define BEGINS true
#define HAS false

static const Word device_types[] = {
  { HAS, "programmable logic", ISTH_TRAIT_SAYS_PLC },
  { HAS, "safety controller", ISTH_TRAIT_SAYS_PLC },
  { HAS, "position controller", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "communications adapter", ISTH_TRAIT_SAYS_MODULE },
  { HAS, "human-machine interface", ISTH_TRAIT_SAYS_HMI },
  { HAS, "ac drive", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "dc drive", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "motion drive", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "safety drive", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "motor starter", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "soft start", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "servo", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "discrete i/o", ISTH_TRAIT_SAYS_REMOTE_IO },
  { HAS, "analog i/o", ISTH_TRAIT_SAYS_REMOTE_IO },
  { HAS, "generic i/o", ISTH_TRAIT_SAYS_REMOTE_IO },
  { HAS, "motion i/o", ISTH_TRAIT_SAYS_REMOTE_IO },
  { HAS, "limit switch", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "proximity switch", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "sensor", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "encoder", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "resolver", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "flow controller", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "gauge", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "hart device", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "meter", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "transmitter", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "translator", ISTH_TRAIT_SAYS_GATEWAY },
  { HAS, "managed ethernet switch", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "InternetGatewayDevice", ISTH_TRAIT_SAYS_ROUTER }, /* UPnP */
};

static const Word models[] = {
  /* Rockwell */
  { BEGINS, "1756-L", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "1762-L", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "1763-L", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "1766-L", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "1768-L", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "1769-L", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "1747-L", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "1785-L", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "2080-L", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "5069-L", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "1756-EN", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "1756-CN", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "1756-DH", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "1768-EN", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "1761-NET", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "1734-AENT", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "1769-AENT", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "1794-AENT", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "5094-AEN", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "2198-", ISTH_TRAIT_SAYS_DRIVE },
  { BEGINS, "2711", ISTH_TRAIT_SAYS_HMI },
  { BEGINS, "1783-", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "micrologix", ISTH_TRAIT_SAYS_PLC },
  { HAS, "compactlogix", ISTH_TRAIT_SAYS_PLC },
  { HAS, "controllogix", ISTH_TRAIT_SAYS_PLC },
  { HAS, "powerflex", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "panelview", ISTH_TRAIT_SAYS_HMI },
  { HAS, "stratix", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "MVI56", ISTH_TRAIT_SAYS_MODULE },
  /* Siemens */
  { BEGINS, "S7-", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "CPU ", ISTH_TRAIT_SAYS_PLC },
  { HAS, " cpu", ISTH_TRAIT_SAYS_PLC },
  { HAS, "et200", ISTH_TRAIT_SAYS_REMOTE_IO },
  { HAS, "et 200", ISTH_TRAIT_SAYS_REMOTE_IO },
  { HAS, "sinamics", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "micromaster", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "scalance x", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "scalance s", ISTH_TRAIT_SAYS_FIREWALL },
  { HAS, "scalance w", ISTH_TRAIT_SAYS_WIRELESS },
  { HAS, "scalance m", ISTH_TRAIT_SAYS_ROUTER },
  { HAS, "simatic-hmi", ISTH_TRAIT_SAYS_HMI },
  { HAS, "simatic hmi", ISTH_TRAIT_SAYS_HMI },
  { HAS, "siprotec", ISTH_TRAIT_SAYS_IED },
  /* Schneider */
  { BEGINS, "BMX P34", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "BME P58", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "BMX NO", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "TM2", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "140 CPU", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "140 NO", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "TSX", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "171 CC", ISTH_TRAIT_SAYS_PLC },
  { HAS, "altivar", ISTH_TRAIT_SAYS_DRIVE },
  { BEGINS, "ATV", ISTH_TRAIT_SAYS_DRIVE },
  { HAS, "powerlogic", ISTH_TRAIT_SAYS_SENSOR },
  { HAS, "magelis", ISTH_TRAIT_SAYS_HMI },
  /* WAGO: couplers, controllers */
  { BEGINS, "750-3", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "750-8", ISTH_TRAIT_SAYS_PLC },
  /* Beckhoff */
  { BEGINS, "CX", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "EK1", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "BK9", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "EL1", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "EL2", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "EL3", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "EL4", ISTH_TRAIT_SAYS_REMOTE_IO },
  /* Others */
  { BEGINS, "ILC ", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "AXC ", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "FL SWITCH", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "FL MGUARD", ISTH_TRAIT_SAYS_FIREWALL },
  { BEGINS, "FX3", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "FX5", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "Q0", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "Q1", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "Q2", ISTH_TRAIT_SAYS_PLC },
  { HAS, "decpu", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "CJ", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "CS1", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "CP1", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "NJ", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "NX1", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "PCD", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "IC693CPU", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "IC695CP", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "IC698CP", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "IC200PNS", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "JACE", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "FC-302", ISTH_TRAIT_SAYS_DRIVE },
  { BEGINS, "VLT", ISTH_TRAIT_SAYS_DRIVE },
  { BEGINS, "ACS", ISTH_TRAIT_SAYS_DRIVE },
  { BEGINS, "ROC8", ISTH_TRAIT_SAYS_RTU },
  { HAS, "floboss", ISTH_TRAIT_SAYS_RTU },
  { BEGINS, "SEL-35", ISTH_TRAIT_SAYS_RTU },
  { BEGINS, "SEL-", ISTH_TRAIT_SAYS_IED },
  { BEGINS, "G30", ISTH_TRAIT_SAYS_HMI },
  { BEGINS, "G31", ISTH_TRAIT_SAYS_HMI },
  { HAS, "e-terra", ISTH_TRAIT_SAYS_SCADA },
  { HAS, "catalyst", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "cisco WS-C", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "WS-C", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "cisco IE-", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "cisco AIR-", ISTH_TRAIT_SAYS_WIRELESS },
  { BEGINS, "Cisco IP Phone", ISTH_TRAIT_SAYS_PHONE },
  { HAS, "ip phone", ISTH_TRAIT_SAYS_PHONE },
  { BEGINS, "EDS-", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "NPort", ISTH_TRAIT_SAYS_GATEWAY },
  { BEGINS, "MGate", ISTH_TRAIT_SAYS_GATEWAY },
  { BEGINS, "UGW", ISTH_TRAIT_SAYS_ROUTER },
  { BEGINS, "UXG", ISTH_TRAIT_SAYS_ROUTER },
  { BEGINS, "UDM", ISTH_TRAIT_SAYS_ROUTER },
  { BEGINS, "UAP", ISTH_TRAIT_SAYS_WIRELESS },
  { BEGINS, "USW", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "CRS", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "CCR", ISTH_TRAIT_SAYS_ROUTER },
  { BEGINS, "RB2011", ISTH_TRAIT_SAYS_ROUTER },
  { BEGINS, "RB750", ISTH_TRAIT_SAYS_ROUTER },
  { BEGINS, "RB951", ISTH_TRAIT_SAYS_ROUTER },
  { BEGINS, "RBcAP", ISTH_TRAIT_SAYS_WIRELESS },
  { BEGINS, "NB6", ISTH_TRAIT_SAYS_ROUTER }, /* SFR's box */
  { HAS, "fritz!box", ISTH_TRAIT_SAYS_ROUTER },
  { HAS, "laserjet", ISTH_TRAIT_SAYS_PRINTER },
  { HAS, "printer", ISTH_TRAIT_SAYS_PRINTER },
  { HAS, "network camera", ISTH_TRAIT_SAYS_CAMERA },
  { HAS, "ip camera", ISTH_TRAIT_SAYS_CAMERA },
  { HAS, "optiplex", ISTH_TRAIT_SAYS_DESKTOP },
  { HAS, "latitude", ISTH_TRAIT_SAYS_LAPTOP },
  { HAS, "thinkpad", ISTH_TRAIT_SAYS_LAPTOP },
  { HAS, "macbook", ISTH_TRAIT_SAYS_LAPTOP },
  { HAS, "proliant", ISTH_TRAIT_SAYS_SERVER },
  { HAS, "poweredge", ISTH_TRAIT_SAYS_SERVER },
};

static const Word order_numbers[] = {
  { BEGINS, "6ES7 21", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "6ES7 31", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "6ES7 41", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "6ES7 51", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "6ES7 67", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "6ES7 151-8", ISTH_TRAIT_SAYS_PLC }, /* a controller in the shape of remote I/O */
  { BEGINS, "6ES7 154-8", ISTH_TRAIT_SAYS_PLC },
  { BEGINS, "6ES7 15", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "6ES7 14", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "6ES7 13", ISTH_TRAIT_SAYS_REMOTE_IO },
  { BEGINS, "6ES7 22", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "6ES7 23", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "6ES7 32", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "6ES7 33", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "6ES7 34", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "6ES7 52", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "6ES7 53", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "6AV63", ISTH_TRAIT_SAYS_SCADA },
  { BEGINS, "6AV", ISTH_TRAIT_SAYS_HMI },
  { BEGINS, "6GK56", ISTH_TRAIT_SAYS_FIREWALL },
  { BEGINS, "6GK5 6", ISTH_TRAIT_SAYS_FIREWALL },
  { BEGINS, "6GK57", ISTH_TRAIT_SAYS_WIRELESS },
  { BEGINS, "6GK5 7", ISTH_TRAIT_SAYS_WIRELESS },
  { BEGINS, "6GK58", ISTH_TRAIT_SAYS_ROUTER },
  { BEGINS, "6GK5 8", ISTH_TRAIT_SAYS_ROUTER },
  { BEGINS, "6GK5", ISTH_TRAIT_SAYS_SWITCH },
  { BEGINS, "6GK7", ISTH_TRAIT_SAYS_MODULE },
  { BEGINS, "6SL", ISTH_TRAIT_SAYS_DRIVE },
  { BEGINS, "7KM", ISTH_TRAIT_SAYS_SENSOR },
};

static const Word descriptions[] = {
  { HAS, "scalance x", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "scalance s", ISTH_TRAIT_SAYS_FIREWALL },
  { HAS, "scalance w", ISTH_TRAIT_SAYS_WIRELESS },
  { HAS, "ip phone", ISTH_TRAIT_SAYS_PHONE },
  { HAS, "hirschmann", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "simatic, s7", ISTH_TRAIT_SAYS_PLC },
  { HAS, "simatic s7, cpu", ISTH_TRAIT_SAYS_PLC },
  { HAS, "et200", ISTH_TRAIT_SAYS_REMOTE_IO },
  { HAS, "et 200", ISTH_TRAIT_SAYS_REMOTE_IO },
  { HAS, "simatic hmi", ISTH_TRAIT_SAYS_HMI },
  { HAS, "fortigate", ISTH_TRAIT_SAYS_FIREWALL },
  { HAS, "adaptive security appliance", ISTH_TRAIT_SAYS_FIREWALL },
  { HAS, "catalyst", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "ios software, c2960", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "ios software, c3560", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "ios software, c3750", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "ios software, ie", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "procurve", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "zxr10, 5900", ISTH_TRAIT_SAYS_SWITCH },
  { HAS, "laserjet", ISTH_TRAIT_SAYS_PRINTER },
  { HAS, "jetdirect", ISTH_TRAIT_SAYS_PRINTER },
  { HAS, "printer", ISTH_TRAIT_SAYS_PRINTER },
  { HAS, "network camera", ISTH_TRAIT_SAYS_CAMERA },
  { HAS, "optiplex", ISTH_TRAIT_SAYS_DESKTOP },
  { HAS, "elitedesk", ISTH_TRAIT_SAYS_DESKTOP },
  { HAS, "thinkcentre", ISTH_TRAIT_SAYS_DESKTOP },
  { HAS, "latitude", ISTH_TRAIT_SAYS_LAPTOP },
  { HAS, "elitebook", ISTH_TRAIT_SAYS_LAPTOP },
  { HAS, "thinkpad", ISTH_TRAIT_SAYS_LAPTOP },
  { HAS, "macbook", ISTH_TRAIT_SAYS_LAPTOP },
  { HAS, "proliant", ISTH_TRAIT_SAYS_SERVER },
  { HAS, "poweredge", ISTH_TRAIT_SAYS_SERVER },
};

static const Word services[] = {
  { BEGINS, "_pdl-datastream", ISTH_TRAIT_SAYS_PRINTER },
  { BEGINS, "_printer", ISTH_TRAIT_SHARES_PRINTER }, /* computers share theirs, too */
  { BEGINS, "_ipp", ISTH_TRAIT_SHARES_PRINTER },
  { BEGINS, "_axis-video", ISTH_TRAIT_SAYS_CAMERA },
};

static const Word vendor_classes[] = {
  { HAS, "ip phone", ISTH_TRAIT_SAYS_PHONE },
  { BEGINS, "ArubaAP", ISTH_TRAIT_SAYS_WIRELESS },
  { BEGINS, "Cisco AP", ISTH_TRAIT_SAYS_WIRELESS },
  { BEGINS, "MSFT 5", ISTH_TRAIT_SAYS_WINDOWS },
  { BEGINS, "android-dhcp", ISTH_TRAIT_SEEMS_MOBILE },
  { HAS, "hp printer", ISTH_TRAIT_SAYS_PRINTER },
  { BEGINS, "Hewlett-Packard JetDirect", ISTH_TRAIT_SAYS_PRINTER },
};

static const Word software[] = {
  { HAS, "wincc", ISTH_TRAIT_SAYS_SCADA },
  { HAS, "intouch", ISTH_TRAIT_SAYS_SCADA },
  { HAS, "citect", ISTH_TRAIT_SAYS_SCADA },
  { HAS, "ifix", ISTH_TRAIT_SAYS_SCADA },
  { HAS, "zenon", ISTH_TRAIT_SAYS_SCADA },
  { HAS, "historian", ISTH_TRAIT_SAYS_HISTORIAN },
  { HAS, "osisoft", ISTH_TRAIT_SAYS_HISTORIAN },
  { BEGINS, "Workbench ", ISTH_TRAIT_SAYS_ENGINEERING },
  { HAS, "step 7", ISTH_TRAIT_SAYS_ENGINEERING },
  { HAS, "tia portal", ISTH_TRAIT_SAYS_ENGINEERING },
  { HAS, "kepserver", ISTH_TRAIT_SAYS_OPC },
  { HAS, "simatic net", ISTH_TRAIT_SAYS_OPC },
  { HAS, "smart runtime", ISTH_TRAIT_NAMED_HMI },
  { BEGINS, "WMServer", ISTH_TRAIT_ROLE_SERVER },
  { BEGINS, "Samba", ISTH_TRAIT_ROLE_SERVER },
  { HAS, "schneider-web", ISTH_TRAIT_NAMED_PLC },
  { HAS, "windows nt", ISTH_TRAIT_SAYS_WINDOWS }, /* a browser's word */
  { HAS, "macintosh; intel mac os x", ISTH_TRAIT_SAYS_CLIENT_OS },
  { BEGINS, "Google Chrome/", ISTH_TRAIT_ROLE_BROWSER },
  { BEGINS, "WFICA32", ISTH_TRAIT_SAYS_WINDOWS },
  { BEGINS, "Station ", ISTH_TRAIT_ROLE_NIAGARA },
};

static const Word systems[] = {
  { HAS, "windows server", ISTH_TRAIT_SAYS_SERVER_OS },
  { HAS, "server 20", ISTH_TRAIT_SAYS_SERVER_OS },
  { HAS, "windows vista", ISTH_TRAIT_SAYS_CLIENT_OS },
  { HAS, "windows 7", ISTH_TRAIT_SAYS_CLIENT_OS },
  { HAS, "windows 8", ISTH_TRAIT_SAYS_CLIENT_OS },
  { HAS, "windows 10", ISTH_TRAIT_SAYS_CLIENT_OS },
  { HAS, "windows 11", ISTH_TRAIT_SAYS_CLIENT_OS },
  { HAS, "windows xp", ISTH_TRAIT_SAYS_CLIENT_OS },
  { HAS, "windows 2000", ISTH_TRAIT_SAYS_WINDOWS },
  { BEGINS, "Windows 5.1", ISTH_TRAIT_SAYS_CLIENT_OS },
  { HAS, "macos", ISTH_TRAIT_SAYS_CLIENT_OS },
  { HAS, "mac os x", ISTH_TRAIT_SAYS_CLIENT_OS },
};

/* What packets look like, or what was asked of a DHCP server. */
static const Word hints[] = {
  { BEGINS, "Android", ISTH_TRAIT_SEEMS_MOBILE },
  { BEGINS, "iOS 1", ISTH_TRAIT_SEEMS_MOBILE },
  { BEGINS, "iPadOS", ISTH_TRAIT_SEEMS_MOBILE },
  { HAS, "windows nt", ISTH_TRAIT_SEEMS_DESKTOP },
  { HAS, "windows xp", ISTH_TRAIT_SEEMS_DESKTOP },
  { HAS, "windows vista", ISTH_TRAIT_SEEMS_DESKTOP },
  { HAS, "windows 7", ISTH_TRAIT_SEEMS_DESKTOP },
  { HAS, "windows 8", ISTH_TRAIT_SEEMS_DESKTOP },
  { HAS, "windows 10", ISTH_TRAIT_SEEMS_DESKTOP },
  { HAS, "macos", ISTH_TRAIT_SEEMS_DESKTOP },
  { HAS, "mac os x", ISTH_TRAIT_SEEMS_DESKTOP },
};

/* What programs that play a controller say of themselves. */
static const Word unit_names[] = {
  { HAS, "wingpath", ISTH_TRAIT_SEEMS_DESKTOP },
  { HAS, "simulator", ISTH_TRAIT_SEEMS_DESKTOP },
};

static const Word names[] = {
  { HAS, "historian", ISTH_TRAIT_NAMED_HISTORIAN },
  { HAS, "scada", ISTH_TRAIT_NAMED_SCADA },
  { HAS, "hmi", ISTH_TRAIT_NAMED_HMI },
  { HAS, "panelpc", ISTH_TRAIT_NAMED_HMI },
  { HAS, "plc", ISTH_TRAIT_NAMED_PLC },
  { HAS, "engineering", ISTH_TRAIT_NAMED_ENGINEERING },
  { HAS, "switch", ISTH_TRAIT_NAMED_SWITCH },
  { HAS, "router", ISTH_TRAIT_NAMED_ROUTER },
  { HAS, "printer", ISTH_TRAIT_NAMED_PRINTER },
  { HAS, "server", ISTH_TRAIT_NAMED_SERVER },
  { BEGINS, "srv", ISTH_TRAIT_NAMED_SERVER },
  { BEGINS, "WIN-", ISTH_TRAIT_NAMED_SERVER },    /* as Windows Server is called until somebody names it */
  { BEGINS, "LAPTOP-", ISTH_TRAIT_NAMED_LAPTOP }, /* as Windows 10 calls what has a battery */
  { HAS, "macbook", ISTH_TRAIT_NAMED_LAPTOP },
  { HAS, "-mbp", ISTH_TRAIT_NAMED_LAPTOP },
  { HAS, "-imac", ISTH_TRAIT_NAMED_DESKTOP },
  { HAS, "pfsense", ISTH_TRAIT_SAYS_FIREWALL },
  { HAS, "opnsense", ISTH_TRAIT_SAYS_FIREWALL },
  { HAS, "-virtual-machine", ISTH_TRAIT_NAMED_VIRTUAL },
  { HAS, "-virtualbox", ISTH_TRAIT_NAMED_VIRTUAL },
  { BEGINS, "DESKTOP-", ISTH_TRAIT_NAMED_DESKTOP },
};

#define LIST(attribute, words, confidence) { ISTH_ATTRIBUTE_##attribute, words, G_N_ELEMENTS (words), confidence }

/* Which words stand in which attribute, and how sure the claim must be. Of a list the first word that fits decides. */
static const struct
{
  IsthAttribute attribute;
  const Word *words;
  size_t n;
  uint8_t confidence;
} lists[] = {
  LIST (DEVICE_TYPE, device_types, ISTH_CONFIDENCE_BANNER),
  LIST (MODEL, models, ISTH_CONFIDENCE_BANNER),
  LIST (ORDER_NUMBER, order_numbers, ISTH_CONFIDENCE_BANNER),
  LIST (DESCRIPTION, descriptions, ISTH_CONFIDENCE_BANNER),
  LIST (MDNS_SERVICE, services, ISTH_CONFIDENCE_BANNER),
  LIST (VENDOR_CLASS, vendor_classes, ISTH_CONFIDENCE_PARSED), /* a server tells each client the class of those that its options are for */
  LIST (SOFTWARE, software, ISTH_CONFIDENCE_BANNER),
  LIST (OS, systems, ISTH_CONFIDENCE_BANNER),
  LIST (OS, hints, ISTH_CONFIDENCE_HINT),
  LIST (HOSTNAME, names, ISTH_CONFIDENCE_BANNER),
  LIST (STATION, names, ISTH_CONFIDENCE_BANNER),
  LIST (SLAVE_ID, unit_names, ISTH_CONFIDENCE_BANNER),
};

/* Makers by a word of their name, in lower case. */
static const struct { const char *name; IsthTrait trait; } makers[] = {
  { "rockwell", ISTH_TRAIT_PLANT_MAKER },
  { "allen-bradley", ISTH_TRAIT_PLANT_MAKER },
  { "schneider electric", ISTH_TRAIT_PLANT_MAKER },
  { "telemecanique", ISTH_TRAIT_PLANT_MAKER },
  { "modicon", ISTH_TRAIT_PLANT_MAKER },
  { "siemens", ISTH_TRAIT_PLANT_MAKER },
  { "beckhoff", ISTH_TRAIT_PLANT_MAKER },
  { "wago", ISTH_TRAIT_PLANT_MAKER },
  { "phoenix contact", ISTH_TRAIT_PLANT_MAKER },
  { "omron", ISTH_TRAIT_PLANT_MAKER },
  { "mitsubishi electric", ISTH_TRAIT_PLANT_MAKER },
  { "yokogawa", ISTH_TRAIT_PLANT_MAKER },
  { "saia-burgess", ISTH_TRAIT_PLANT_MAKER },
  { "intelligent platforms", ISTH_TRAIT_PLANT_MAKER },
  { "host engineering", ISTH_TRAIT_MADE_BY_CONTROLLERS },
  { "koyo", ISTH_TRAIT_MADE_BY_CONTROLLERS },
  { "schweitzer", ISTH_TRAIT_MADE_BY_RELAYS },
  { "hitachi energy", ISTH_TRAIT_MADE_BY_RELAYS },
  { "red lion", ISTH_TRAIT_MADE_BY_PANELS },
  { "pro-face", ISTH_TRAIT_MADE_BY_PANELS },
  { "digital electronics", ISTH_TRAIT_MADE_BY_PANELS },
  { "lexmark", ISTH_TRAIT_MADE_BY_PRINTERS },
  { "kyocera", ISTH_TRAIT_MADE_BY_PRINTERS },
  { "brother industries", ISTH_TRAIT_MADE_BY_PRINTERS },
  { "ricoh", ISTH_TRAIT_MADE_BY_PRINTERS },
  { "seiko epson", ISTH_TRAIT_MADE_BY_PRINTERS },
  { "axis communications", ISTH_TRAIT_MADE_BY_CAMERAS },
  { "hikvision", ISTH_TRAIT_MADE_BY_CAMERAS },
  { "dahua", ISTH_TRAIT_MADE_BY_CAMERAS },
  { "mobotix", ISTH_TRAIT_MADE_BY_CAMERAS },
  { "polycom", ISTH_TRAIT_MADE_BY_PHONES },
  { "yealink", ISTH_TRAIT_MADE_BY_PHONES },
  { "snom", ISTH_TRAIT_MADE_BY_PHONES },
  { "grandstream", ISTH_TRAIT_MADE_BY_PHONES },
  { "ruggedcom", ISTH_TRAIT_MADE_BY_SWITCHES },
  { "hirschmann", ISTH_TRAIT_MADE_BY_SWITCHES },
  { "check point", ISTH_TRAIT_MADE_BY_FIREWALLS },
  { "fortinet", ISTH_TRAIT_MADE_BY_FIREWALLS },
  { "palo alto", ISTH_TRAIT_MADE_BY_FIREWALLS },
  { "sonicwall", ISTH_TRAIT_MADE_BY_FIREWALLS },
  { "watchguard", ISTH_TRAIT_MADE_BY_FIREWALLS },
  { "netscreen", ISTH_TRAIT_MADE_BY_FIREWALLS },
  { "vmware", ISTH_TRAIT_SAYS_VIRTUAL },
  { "pcs systemtechnik", ISTH_TRAIT_SAYS_VIRTUAL }, /* as VirtualBox is listed */
  { "xensource", ISTH_TRAIT_SAYS_VIRTUAL },
};

/* A step of a child path begins so. */
static const struct { const char *scheme; IsthTrait trait; } children[] = {
  { "bacnet-net:", ISTH_TRAIT_CHILD_PLC },
  { "bsap-node:", ISTH_TRAIT_CHILD_RTU },
  { "c1222-ap:", ISTH_TRAIT_CHILD_SENSOR },
  { "c37118-pmu:", ISTH_TRAIT_CHILD_IED },
  { "dlms-meter:", ISTH_TRAIT_CHILD_SENSOR },
  { "dnp3-address:", ISTH_TRAIT_CHILD_RTU },
  { "ethercat-slave:", ISTH_TRAIT_CHILD_FIELD },
  { "ff-h1:", ISTH_TRAIT_CHILD_SENSOR },
  { "fins-node:", ISTH_TRAIT_CHILD_PLC },
  { "genisys-address:", ISTH_TRAIT_CHILD_RTU },
  { "hart-poll:", ISTH_TRAIT_CHILD_SENSOR },
  { "hart:", ISTH_TRAIT_CHILD_SENSOR },
  { "iec104-ca:", ISTH_TRAIT_CHILD_RTU },
  { "knx:", ISTH_TRAIT_CHILD_PLC },
  { "lontalk:", ISTH_TRAIT_CHILD_PLC },
  { "melsec-station:", ISTH_TRAIT_CHILD_PLC },
  { "modbus-unit:", ISTH_TRAIT_CHILD_UNIT },
  { "sercos3-slave:", ISTH_TRAIT_CHILD_FIELD },
};

/* @needle is in lower case. */
static bool
contains (const char *text,
          const char *needle)
{
  size_t n = strlen (needle);

  for (; *text; text++)
    if (g_ascii_tolower (*text) == *needle && g_ascii_strncasecmp (text, needle, n) == 0)
      return true;
  return false;
}

IsthTraits
isth_traits_of_role (const char *role)
{
  for (size_t i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (roles[i].role, role))
      return (IsthTraits) 1 << roles[i].trait;
  return 0;
}

IsthTraits
isth_traits_of_claim (IsthAttribute attribute,
                      const char *value,
                      uint8_t confidence)
{
  for (size_t l = 0; l < G_N_ELEMENTS (lists); l++)
    {
      IsthTraits found = 0;

      if (lists[l].attribute != attribute || confidence < lists[l].confidence)
        continue;
      for (size_t w = 0; w < lists[l].n; w++)
        {
          const Word *word = &lists[l].words[w];

          if (word->start ? g_ascii_strncasecmp (value, word->text, strlen (word->text)) != 0 : !contains (value, word->text))
            continue;
          found |= (IsthTraits) 1 << word->trait;
          if (attribute != ISTH_ATTRIBUTE_OS && attribute != ISTH_ATTRIBUTE_SOFTWARE) /* which say "Windows 7 or Server 2008 R2" */
            break;
        }
      return found;
    }
  return 0;
}

IsthTraits
isth_traits_of_maker (const char *vendor)
{
  for (size_t i = 0; i < G_N_ELEMENTS (makers); i++)
    if (contains (vendor, makers[i].name))
      return (IsthTraits) 1 << makers[i].trait;
  return 0;
}

IsthTraits
isth_traits_of_child (const char *step)
{
  for (size_t i = 0; i < G_N_ELEMENTS (children); i++)
    if (g_str_has_prefix (step, children[i].scheme))
      return T (CHILD) | (IsthTraits) 1 << children[i].trait;
  return T (CHILD);
}

IsthTraits
isth_traits_of_answers (IsthControl control)
{
  static const IsthTrait traits[] = {
    [ISTH_CONTROL_S7] = ISTH_TRAIT_ANSWERS_S7,
    [ISTH_CONTROL_CIP] = ISTH_TRAIT_ANSWERS_CIP,
    [ISTH_CONTROL_MODBUS] = ISTH_TRAIT_ANSWERS_MODBUS,
    [ISTH_CONTROL_PLC] = ISTH_TRAIT_ANSWERS_PLC,
    [ISTH_CONTROL_RTU] = ISTH_TRAIT_ANSWERS_RTU,
    [ISTH_CONTROL_IED] = ISTH_TRAIT_ANSWERS_IED,
    [ISTH_CONTROL_METER] = ISTH_TRAIT_ANSWERS_METER,
    [ISTH_CONTROL_FIELD] = ISTH_TRAIT_ANSWERS_FIELD,
    [ISTH_CONTROL_BUILDING] = ISTH_TRAIT_ANSWERS_BUILDING,
    [ISTH_CONTROL_PANEL] = ISTH_TRAIT_ANSWERS_PANEL,
    [ISTH_CONTROL_OTHER] = ISTH_TRAIT_ANSWERS_OTHER,
  };

  return control == ISTH_CONTROL_NOT ? 0 : (IsthTraits) 1 << traits[control];
}
