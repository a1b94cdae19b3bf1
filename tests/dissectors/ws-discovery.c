/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WS-Discovery: probes, cameras, printers; actions that do not exist. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ws_discovery;

static const IsthDissectCase cases[] = {
  { "search",
    "\"<?xml version=\" 22312e3022 \"?><s:Envelope xmlns:s=\" 22 \"http://www.w3.org/2003/05/soap-envelope\" 22 \" xmlns:d=\" 22 "
    "\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" 22 "
    "\"><s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action><a:MessageID>urn:uuid:1</a:MessageID></s:Header><s:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>\"",
    ISTH_DISSECT_OK,
    "role ws-discovery-client\n"
    "identify - probe (dn:NetworkVideoTransmitter)" },
  { "camera",
    "< \"<?xml version=\" 22312e3022 \"?><s:Envelope xmlns:s=\" 22 \"http://www.w3.org/2003/05/soap-envelope\" 22 \" xmlns:d=\" 22 "
    "\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" 22 "
    "\"><s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</a:Action><a:MessageID>urn:uuid:1</a:MessageID></s:Header><s:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:4d1b</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types><d:Scopes>onvif://www.onvif.org/name/Acme%20Cam onvif://www.onvif.org/hardware/C-7 onvif://www.onvif.org/location/gate%2 http://other/x</d:Scopes><d:XAddrs>http://10.0.0.2/onvif/device_service http://[fe80::1]/x</d:XAddrs></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>\"",
    ISTH_DISSECT_OK,
    "role ws-discovery-device\n"
    "device_type = Network camera (90)\n"
    "name = Acme Cam (90)\n"
    "model = C-7 (90)\n"
    "location = gate%2 (90)\n"
    "endpoint = http://10.0.0.2/onvif/device_service (90)\n"
    "protocol_address = urn:uuid:4d1b (90)\n"
    "report - probe-match (dn:NetworkVideoTransmitter tds:Device)" },
  { "printer",
    "\"<?xml version=\" 22312e3022 \"?><s:Envelope xmlns:s=\" 22 \"http://www.w3.org/2003/05/soap-envelope\" 22 \" xmlns:d=\" 22 "
    "\"http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01\" 22 "
    "\"><s:Header><a:Action>http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01/Hello</a:Action><a:MessageID>urn:uuid:1</a:MessageID></s:Header><s:Body><d:Hello><a:Address>urn:uuid:77</a:Address><d:Types>wsdp:Device wprt:PrintDeviceType</d:Types></d:Hello></s:Body></s:Envelope>\"",
    ISTH_DISSECT_OK,
    "role ws-discovery-device\n"
    "device_type = PrintDeviceType (90)\n"
    "protocol_address = urn:uuid:77 (90)\n"
    "report - hello (wsdp:Device wprt:PrintDeviceType)" },
  { "bye",
    "\"<?xml version=\" 22312e3022 \"?><s:Envelope xmlns:s=\" 22 \"http://www.w3.org/2003/05/soap-envelope\" 22 \" xmlns:d=\" 22 "
    "\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" 22 "
    "\"><s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Bye</a:Action><a:MessageID>urn:uuid:1</a:MessageID></s:Header><s:Body><d:Bye><a:Address>urn:uuid:77</a:Address></d:Bye></s:Body></s:Envelope>\"",
    ISTH_DISSECT_OK,
    "role ws-discovery-device\n"
    "report - bye (urn:uuid:77)" },
  { "resolve",
    "\"<?xml version=\" 22312e3022 \"?><s:Envelope xmlns:s=\" 22 \"http://www.w3.org/2003/05/soap-envelope\" 22 \" xmlns:d=\" 22 "
    "\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" 22 "
    "\"><s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Resolve</a:Action><a:MessageID>urn:uuid:1</a:MessageID></s:Header><s:Body><a:Address>urn:uuid:77</a:Address></s:Body></s:Envelope>\"",
    ISTH_DISSECT_OK,
    "role ws-discovery-client\n"
    "identify - resolve (urn:uuid:77)" },
  { "unknown-action",
    "\"<?xml version=\" 22312e3022 \"?><s:Envelope xmlns:s=\" 22 \"http://www.w3.org/2003/05/soap-envelope\" 22 \" xmlns:d=\" 22 "
    "\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" 22 "
    "\"><s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Else</a:Action><a:MessageID>urn:uuid:1</a:MessageID></s:Header><s:Body></s:Body></s:Envelope>\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-action",
    "\"<s:Envelope xmlns:d=\" 22 \"http://schemas.xmlsoap.org/ws/2005/04/discovery\" 22 \"><s:Body/></s:Envelope>\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "text",
    "\"hello\"",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"<?xml version=\" 22312e3022 \"?><s:Envelope xmlns:s=\" 22 \"http://www.w3.org/2003/05/soap-envelope\" 22 \" xmlns:d=\" 22 \"http://schemas.xmlsoap.org/ws/2005/04/discovery\" 22 \"><s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action><a:MessageID>urn:uuid:1</a:MessageID></s:Header><s:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>\"", ISTH_PROBE_STRONG },
    { "\"<?xml version=\" 22312e3022 \"?><s:Envelope xmlns:s=\" 22 \"http://www.w3.org/2003/05/soap-envelope\" 22 \" xmlns:d=\" 22 \"http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01\" 22 \"><s:Header><a:Action>http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01/Hello</a:Action><a:MessageID>urn:uuid:1</a:MessageID></s:Header><s:Body><d:Hello><a:Address>urn:uuid:77</a:Address><d:Types>wsdp:Device wprt:PrintDeviceType</d:Types></d:Hello></s:Body></s:Envelope>\"", ISTH_PROBE_STRONG },
    { "\"<html>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"", ISTH_PROBE_NO },
    { "\"<x/>\"", ISTH_PROBE_NO },
    { "\"hello\"", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_ws_discovery, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ws_discovery, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ws-discovery/probe", test_probe);
  return g_test_run ();
}
