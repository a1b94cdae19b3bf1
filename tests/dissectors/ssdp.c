/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSDP: searches, announcements and their repetition, answers; what is cut or of others. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_ssdp;

static const IsthDissectCase cases[] = {
  { "search",
    "\"M-SEARCH * HTTP/1.1\" 0d0a \"HOST: 239.255.255.250:1900\" 0d0a \"MAN: \" 22 \"ssdp:discover\" 220d0a \"MX: 1\" 0d0a \"ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\" "
    "0d0a \"USER-AGENT: Panel/2.1 Linux\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role upnp-control-point\n"
    "software = Panel/2.1 Linux (60)\n"
    "os = Linux (20)\n"
    "identify - search (urn:schemas-upnp-org:device:InternetGatewayDevice:1)" },
  { "announce",
    "\"NOTIFY * HTTP/1.1\" 0d0a \"HOST: 239.255.255.250:1900\" 0d0a \"NT: urn:schemas-upnp-org:device:MediaServer:1\" 0d0a \"NTS: ssdp:alive\" "
    "0d0a \"LOCATION: http://10.0.0.2:49152/desc.xml\" 0d0a \"SERVER: Linux/3.4 UPnP/1.0 Press/7.1\" 0d0a \"USN: uuid:01234567-89ab::urn:schemas-upnp-org:device:MediaServer:1\" "
    "0d0a0d0a",
    ISTH_DISSECT_OK,
    "role upnp-device\n"
    "endpoint = http://10.0.0.2:49152/desc.xml (90)\n"
    "software = Linux/3.4 UPnP/1.0 Press/7.1 (60)\n"
    "os = Linux/3.4 (60)\n"
    "protocol_address = uuid:01234567-89ab (90)\n"
    "device_type = MediaServer (90)\n"
    "report - announce (urn:schemas-upnp-org:device:MediaServer:1)" },
  { "announce-again",
    "\"NOTIFY * HTTP/1.1\" 0d0a \"HOST: 239.255.255.250:1900\" 0d0a \"NT: urn:schemas-upnp-org:device:MediaServer:1\" 0d0a \"NTS: ssdp:alive\" "
    "0d0a \"LOCATION: http://10.0.0.2:49152/desc.xml\" 0d0a \"SERVER: Linux/3.4 UPnP/1.0 Press/7.1\" 0d0a \"USN: uuid:01234567-89ab::urn:schemas-upnp-org:device:MediaServer:1\" "
    "0d0a0d0a\n"
    "\"NOTIFY * HTTP/1.1\" 0d0a \"HOST: 239.255.255.250:1900\" 0d0a \"NT: urn:schemas-upnp-org:device:MediaServer:1\" 0d0a \"NTS: ssdp:alive\" "
    "0d0a \"LOCATION: http://10.0.0.2:49152/desc.xml\" 0d0a \"SERVER: Linux/3.4 UPnP/1.0 Press/7.1\" 0d0a \"USN: uuid:01234567-89ab::urn:schemas-upnp-org:device:MediaServer:1\" "
    "0d0a0d0a",
    ISTH_DISSECT_OK,
    "role upnp-device\n"
    "endpoint = http://10.0.0.2:49152/desc.xml (90)\n"
    "software = Linux/3.4 UPnP/1.0 Press/7.1 (60)\n"
    "os = Linux/3.4 (60)\n"
    "protocol_address = uuid:01234567-89ab (90)\n"
    "device_type = MediaServer (90)\n"
    "report - announce (urn:schemas-upnp-org:device:MediaServer:1)\n"
    "role upnp-device\n"
    "endpoint = http://10.0.0.2:49152/desc.xml (90)\n"
    "software = Linux/3.4 UPnP/1.0 Press/7.1 (60)\n"
    "os = Linux/3.4 (60)\n"
    "protocol_address = uuid:01234567-89ab (90)\n"
    "device_type = MediaServer (90)\n"
    "report - announce (urn:schemas-upnp-org:device:MediaServer:1)" },
  { "leave",
    "\"NOTIFY * HTTP/1.1\" 0d0a \"NT: upnp:rootdevice\" 0d0a \"NTS: ssdp:byebye\" 0d0a \"USN: uuid:01234567-89ab::upnp:rootdevice\" "
    "0d0a0d0a",
    ISTH_DISSECT_OK,
    "role upnp-device\n"
    "protocol_address = uuid:01234567-89ab (90)\n"
    "report - leave (upnp:rootdevice)" },
  { "answer",
    "< \"HTTP/1.1 200 OK\" 0d0a \"ST: upnp:rootdevice\" 0d0a \"SERVER: Wireless N Router WR745N, UPnP/1.0\" 0d0a \"USN: uuid:01234567-89ab\" "
    "0d0a \"LOCATION:\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role upnp-device\n"
    "software = Wireless N Router WR745N, UPnP/1.0 (60)\n"
    "protocol_address = uuid:01234567-89ab (90)\n"
    "report - search-answer (upnp:rootdevice)" },
  { "basic",
    "\"NOTIFY * HTTP/1.1\" 0d0a \"NT: x\" 0d0a \"SERVER: POSIX, UPnP/1.0\" 0d0a \"USN: urn:x:device:Basic:1\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role upnp-device\n"
    "software = POSIX, UPnP/1.0 (60)\n"
    "report - announce (x)" },
  { "without-end",
    "\"NOTIFY * HTTP/1.1\" 0d0a \"NT: upnp:rootdevice\" 0d0a \"SERV\"",
    ISTH_DISSECT_OK,
    "role upnp-device\n"
    "report - announce (upnp:rootdevice)" },
  { "cut",
    "\"M-SEARCH * HTTP/1.1\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "another",
    "\"GET / HTTP/1.1\" 0d0a0d0a",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"M-SEARCH * HTTP/1.1\" 0d0a \"HOST: 239.255.255.250:1900\" 0d0a \"MAN: \" 22 \"ssdp:discover\" 220d0a \"MX: 1\" 0d0a \"ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\" 0d0a \"USER-AGENT: Panel/2.1 Linux\" 0d0a0d0a", ISTH_PROBE_STRONG },
    { "\"NOTIFY * HTTP/1.1\" 0d0a \"HOST: 239.255.255.250:1900\" 0d0a \"NT: urn:schemas-upnp-org:device:MediaServer:1\" 0d0a \"NTS: ssdp:alive\" 0d0a \"LOCATION: http://10.0.0.2:49152/desc.xml\" 0d0a \"SERVER: Linux/3.4 UPnP/1.0 Press/7.1\" 0d0a \"USN: uuid:01234567-89ab::urn:schemas-upnp-org:device:MediaServer:1\" 0d0a0d0a", ISTH_PROBE_STRONG },
    { "\"HTTP/1.1 200 OK\" 0d0a \"ST: upnp:rootdevice\" 0d0a \"SERVER: Wireless N Router WR745N, UPnP/1.0\" 0d0a \"USN: uuid:01234567-89ab\" 0d0a \"LOCATION:\" 0d0a0d0a", ISTH_PROBE_STRONG },
    { "\"HTTP/1.1 200 OK\" 0d0a \"Server: x\" 0d0a0d0a", ISTH_PROBE_WEAK },
    { "\"M-SEARCH * HTTP/1.1\"", ISTH_PROBE_STRONG },
    { "\"GET / HTTP/1.1\" 0d0a0d0a", ISTH_PROBE_NO },
    { "", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_ssdp, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_ssdp, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/ssdp/probe", test_probe);
  return g_test_run ();
}
