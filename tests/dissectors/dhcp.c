/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client is whose hardware address the message carries, whoever sent the frame. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_dhcp;

/* Fixed part: operation, client's, your, relay's address; the client's MAC is 02:00:00:00:00:07. */
#define FIXED(op, ciaddr, yiaddr, giaddr) \
  op " 01 06 00 00001234 0000 0000 " ciaddr yiaddr "00*4 " giaddr "020000000007 00*10 00*64 00*128 "
#define ZERO "00000000 "
#define COOKIE "63825363 "
#define REQUEST FIXED ("01", ZERO, ZERO, ZERO) COOKIE
#define REPLY "<" FIXED ("02", ZERO, "0a000009 ", ZERO) COOKIE
#define SERVER "3604 0a000002 "
#define ABOUT " about 02:00:00:00:00:07"

static const IsthDissectCase cases[] = {
  { "discover", REQUEST "350101 0c02 \"pc\" 3c04 \"MSFT\" ff", ISTH_DISSECT_OK,
    "other 1 discover to \nhostname = pc (90)" ABOUT "\nvendor_class = MSFT (90)" ABOUT, .to_group = true },
  { "wishes-of-windows", REQUEST "350101 370e 010306 0f1f212b2c2e2f7779f9fc ff", ISTH_DISSECT_OK,
    "other 1 discover\n"
    "fingerprint = DHCP 1,3,6,15,31,33,43,44,46,47,119,121,249,252 (20) about 02:00:00:00:00:07\n"
    "os = Windows 10 or 11 (20) about 02:00:00:00:00:07" },
  { "wishes-of-nobody-known", REQUEST "350101 3702 0601 ff", ISTH_DISSECT_OK, "other 1 discover\n"
    "fingerprint = DHCP 6,1 (20) about 02:00:00:00:00:07" },
  { "client-without-addresses", REQUEST "350101 0c02 \"pc\" ff", ISTH_DISSECT_OK,
    "other 1 discover from 02:00:00:00:00:07 to \nhostname = pc (90)" ABOUT, .to_group = true, .nameless = true },
  { "mask-with-holes", REPLY "350105" SERVER "0104 ff00ff00 ff", ISTH_DISSECT_OK, "role dhcp-server\nbind 02:00:00:00:00:07 10.0.0.9" },
  { "mask-of-one-host", REPLY "350105" SERVER "0104 ffffffff ff", ISTH_DISSECT_OK, "role dhcp-server\nbind 02:00:00:00:00:07 10.0.0.9" },
  { "mask-too-short", REPLY "350105" SERVER "0103 ffffff ff", ISTH_DISSECT_OK, "role dhcp-server\nbind 02:00:00:00:00:07 10.0.0.9" },
  { "request-answered", REQUEST "350103 ff\n" REPLY "350105" SERVER "ff", ISTH_DISSECT_OK,
    "other 3 request\n= ok\nrole dhcp-server\nbind 02:00:00:00:00:07 10.0.0.9" },
  { "refused", REQUEST "350103 ff\n" REPLY "350106" SERVER "ff", ISTH_DISSECT_OK,
    "other 3 request\n= refused: address refused\nrole dhcp-server" },
  { "offer-is-no-binding", REPLY "350102" SERVER "ff", ISTH_DISSECT_OK, "role dhcp-server" },
  { "inform-answered", "<" FIXED ("02", "0a000008 ", ZERO, ZERO) COOKIE "350105" SERVER "ff", ISTH_DISSECT_OK,
    "role dhcp-server\nbind 02:00:00:00:00:07 10.0.0.8" },
  { "renewal", FIXED ("01", "0a000008 ", ZERO, ZERO) COOKIE "350103 ff", ISTH_DISSECT_OK, "other 3 request\nbind 02:00:00:00:00:07 10.0.0.8" },
  { "what-the-client-is-told", REPLY "350105" SERVER "0104 fffffe00 0304 0a0000fe 0608 0a000003 0a000004 0f02 \"ab\" 2a04 0a000005 ff", ISTH_DISSECT_OK,
    "role dhcp-server\nbind 02:00:00:00:00:07 10.0.0.9\nsubnet = 10.0.0.0/23 (75)" ABOUT "\nrole router about 10.0.0.254\ngateway = 10.0.0.254 (75)" ABOUT "\nrole dns-server about 10.0.0.3\n"
    "role dns-server about 10.0.0.4\ndomain = ab (75)" ABOUT "\nrole ntp-server about 10.0.0.5" },
  { "routes", REPLY "350105" SERVER "7914 10 0a07 0a0000fd 00 0a0000fe 16 0a0808 0a0000fd ff", ISTH_DISSECT_OK,
    "role dhcp-server\nbind 02:00:00:00:00:07 10.0.0.9\nrole router about 10.0.0.253\nroute = 10.7.0.0/16 (75) about 10.0.0.253\nrole router about 10.0.0.254\n"
    "role router about 10.0.0.253\nroute = 10.8.8.0/22 (75) about 10.0.0.253" },
  { "routes-that-lie", REPLY "350105" SERVER "7908 21 0a07 0a0000fd 00 f907 10 0a07 00000000 f904 10 0a07 0a ff", ISTH_DISSECT_OK,
    "role dhcp-server\nbind 02:00:00:00:00:07 10.0.0.9" },
  { "routes-wished-for", REQUEST "350103 7907 10 0a07 0a0000fd ff", ISTH_DISSECT_OK, "other 3 request" },
  { "relayed", FIXED ("01", ZERO, ZERO, "0a0000fe ") COOKIE "350101 0c02 \"pc\" ff", ISTH_DISSECT_OK,
    "role dhcp-relay about 10.0.0.254\nother 1 discover\nhostname = pc (90)" ABOUT },
  { "relayed-answer", "<" FIXED ("02", ZERO, "0a000009 ", "0a0000fe ") COOKIE "350105 3604 0a0000fd ff", ISTH_DISSECT_OK,
    "role dhcp-relay about 10.0.0.254\nrole dhcp-server about 10.0.0.253\nbind 02:00:00:00:00:07 10.0.0.9" },
  { "full-name", REQUEST "350103 5108 04 00 00 02 \"pc\" 01 \"a\" ff", ISTH_DISSECT_OK, "other 3 request\nhostname = pc.a (90)" ABOUT },
  { "full-name-as-text", REQUEST "350103 5107 00 00 00 \"pc.a\" ff", ISTH_DISSECT_OK, "other 3 request\nhostname = pc.a (90)" ABOUT },
  { "full-name-lies", REQUEST "350103 5106 04 00 00 3f \"pc\" ff", ISTH_DISSECT_OK, "other 3 request" },
  { "bootp", FIXED ("01", ZERO, ZERO, ZERO) "00*64", ISTH_DISSECT_OK, "other 0 bootp" },
  { "boot-file", "<02 01 06 00 00001234 0000 0000 00*4 0a000009 0a000005 00*4 020000000007 00*10 00*64 \"pxe.0\" 00*123 " COOKIE "350102" SERVER "ff", ISTH_DISSECT_OK,
    "role dhcp-server\nrole boot-server about 10.0.0.5\nother 2 tell-boot-file (boot file \"pxe.0\" of 10.0.0.5) to 02:00:00:00:00:07" },
  { "server-names-itself", "<02 01 06 00 00001234 0000 0000 00*4 0a000009 0a0000fe 00*4 020000000007 00*10 \"mac.local\" 00*55 00*128 " COOKIE "350102 3604 0a0000fe ff", ISTH_DISSECT_OK,
    "role dhcp-server about 10.0.0.254\nhostname = mac.local (75) about 10.0.0.254" },
  { "server-names-another", "<02 01 06 00 00001234 0000 0000 00*4 0a000009 0a0000fd 00*4 020000000007 00*10 \"mac.local\" 00*55 00*128 " COOKIE "350102 3604 0a0000fe ff", ISTH_DISSECT_OK,
    "role dhcp-server about 10.0.0.254" },
  { "boot-file-in-options", REPLY "350105" SERVER "4203 \"tft\" 4305 \"pxe.0\" ff", ISTH_DISSECT_OK,
    "role dhcp-server\nother 5 tell-boot-file (boot file \"pxe.0\" of tft) to 02:00:00:00:00:07\nbind 02:00:00:00:00:07 10.0.0.9" },
  { "boot-file-not-with-overload",
    "<02 01 06 00 00001234 0000 0000 00*4 0a000009 00*4 00*4 020000000007 00*10 00*64 3c02 \"vc\" ff 00*123 " COOKIE "350105 340101" SERVER "ff", ISTH_DISSECT_OK,
    "role dhcp-server\nbind 02:00:00:00:00:07 10.0.0.9\nvendor_class = vc (75)" ABOUT },
  { "bootp-asks-for-a-file", "01 01 06 00 00001234 0000 0000 00*16 020000000007 00*10 00*64 \"unix\" 00*124 00*64", ISTH_DISSECT_OK,
    "other 0 bootp (boot file \"unix\")" },
  { "bootp-answered", "<" FIXED ("02", ZERO, "0a000009 ", ZERO) "00*64", ISTH_DISSECT_OK,
    "role dhcp-server\nbind 02:00:00:00:00:07 10.0.0.9" },
  { "overload",
    "01 01 06 00 00001234 0000 0000 00*4 00*4 00*4 00*4 020000000007 00*10 0c02 \"pc\" ff 00*59 3c02 \"vc\" ff 00*123 "
    COOKIE "350103 340103 ff",
    ISTH_DISSECT_OK, "other 3 request\nvendor_class = vc (90)" ABOUT "\nhostname = pc (90)" ABOUT },
  { "dial-in-server", "01 01 10 00 00001234 0000 0000 00*4 00*4 00*4 00*4 \"RAS \" 01*12 00*64 00*128 " COOKIE "350101 0c02 \"pc\" ff",
    ISTH_DISSECT_OK, "other 1 discover\nhostname = pc (90)" },
  { "answer-to-no-mac", "<02 01 10 00 00001234 0000 0000 00*4 0a000009 00*4 00*4 \"RAS \" 01*12 00*64 00*128 " COOKIE "350105 0c02 \"pc\" ff",
    ISTH_DISSECT_OK, "role dhcp-server" },
  { "option-lies", REQUEST "350103 0cff \"pc\"", ISTH_DISSECT_MALFORMED, "other 3 request" },
  { "no-end", REQUEST "350103", ISTH_DISSECT_OK, "other 3 request" },
  { "unknown-type", REQUEST "350177 ff", ISTH_DISSECT_MALFORMED, "" },
  { "fixed-part-cut", "01 01 06 00 00001234", ISTH_DISSECT_MALFORMED, "" },
};

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_dhcp, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
