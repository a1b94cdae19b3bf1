/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each rule of identity has a row: a few facts, and the assets that they are. */
#include "tests/world/script.h"

#define RTR "flow m1/10.0.0.1 m9/10.0.0.9; bind m9/10.0.0.9; " /* m9 owns an address of its own */

#define MODBUS "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 proof=3; "
#define POLL(from, to) "at 1; do " from " " to " modbus read poll - ok 20; at 900; do " from " " to " modbus read poll - ok 20;"
#define OFFICE \
  "flow m20/10.2.0.20 m22/10.2.0.22 dns transport=17 port=53; flow m21/10.2.0.21 m22/10.2.0.22 dns transport=17 port=53; role m22/10.2.0.22 dns-server; "

static const struct
{
  const char *name;
  const char *script;
  const char *assets;
} cases[] = {
  /* addresses */
  { "two-hosts", "flow m1/10.0.0.1 m2/10.0.0.2", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "two-addresses", "flow m1/10.0.0.1 m2/10.0.0.2; flow m1/fe80::1 m2/fe80::2; flow m1/2a00:1::1 m2/2a00:1::2",
    "m1/10.0.0.1/2a00:1::1/fe80::1\nm2/10.0.0.2/2a00:1::2/fe80::2" },
  { "vlans", "flow m1/10.0.0.1@7 m2/10.0.0.2@7; flow m1/10.0.1.1@8 m2/10.0.1.2@8", "m1/10.0.0.1/10.0.1.1@7@8\nm2/10.0.0.2/10.0.1.2@7@8" },
  { "no-ip", "flow m1 m2 goose transport=0 port=35000", "m1\nm2" },
  { "no-mac", "flow 0/10.0.0.1 0/10.0.0.2", "0/10.0.0.1\n0/10.0.0.2" },
  { "zero-mac", "flow 00:00:00:00:00:00/10.0.0.1 00:00:00:00:00:00/10.0.0.2", "0/10.0.0.1\n0/10.0.0.2" },
  { "mac-less-view-joins-its-owner", "flow m1/10.0.0.1 m2/10.0.0.2; cap 1; flow 0/10.0.0.1 0/10.0.0.2", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "forwarded-by-ttl", RTR "flow m1/10.0.0.1 m9/10.7.0.5 back=63", "0/10.7.0.5 behind 10.0.0.9\nm1/10.0.0.1\nm9/10.0.0.9 router" },
  { "forwarded-127-254-113", RTR "flow m1/10.0.0.1 m9/10.7.0.5 back=127; flow m1/10.0.0.1 m9/10.7.0.6 back=254; flow m1/10.0.0.1 m9/8.8.8.8 back=113",
    "0/10.7.0.5 behind 10.0.0.9\n0/10.7.0.6 behind 10.0.0.9\n0/8.8.8.8 behind 10.0.0.9 L5\nm1/10.0.0.1 L4\nm9/10.0.0.9 router" },
  { "one-host-behind-a-nameless-router", "flow m1/10.0.0.1 m9/10.7.0.5 back=63", "0/10.7.0.5 behind 02:1b:1b:00:00:09\nm1/10.0.0.1\nm9 router" },
  { "both-sides-of-a-router", "flow m1/10.0.0.1 m9/10.7.0.5 back=63; flow m8/10.0.0.1 m2/10.7.0.5 ttl=63 back=64",
    "m1/10.0.0.1\nm2/10.7.0.5\nm8 router\nm9 router" },
  { "old-initial-ttl", "flow m1/10.0.0.1 m2/10.0.0.2 ttl=60 back=30", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "gateway-toward-public", RTR "flow m1/10.0.0.1 m9/8.8.8.8 got=0", "0/8.8.8.8 behind 10.0.0.9 L5 silent\nm1/10.0.0.1\nm9/10.0.0.9 router" },
  { "gateway-toward-private", RTR "flow m1/10.0.0.1 m9/10.7.0.5 got=0", "0/10.7.0.5 behind 10.0.0.9 silent\nm1/10.0.0.1\nm9/10.0.0.9 router" },
  { "odd-initial-ttls-many",
    "flow m9/10.1.0.1 m1/10.9.0.1; flow m9/10.2.0.1 m1/10.9.0.1; flow m9/10.3.0.1 m1/10.9.0.1; flow m9/10.4.0.1 m1/10.9.0.1; flow m9/10.5.0.1 m1/10.9.0.1",
    "0/10.1.0.1 behind 02:1b:1b:00:00:09\n0/10.2.0.1 behind 02:1b:1b:00:00:09\n0/10.3.0.1 behind 02:1b:1b:00:00:09\n0/10.4.0.1 behind 02:1b:1b:00:00:09\n0/10.5.0.1 behind 02:1b:1b:00:00:09\nm1/10.9.0.1\nm9 router" },
  { "public-beside-private", "flow m9/10.0.0.9 m1/10.0.0.1; flow m9/8.8.8.8 m1/10.0.0.1", "0/8.8.8.8 behind 10.0.0.9 L5\nm1/10.0.0.1\nm9/10.0.0.9 router" },
  { "public-site", "flow m1/141.81.0.1 m2/141.81.0.2", "m1/141.81.0.1\nm2/141.81.0.2" },
  { "public-site-unknown-ttl", "flow m1/141.81.0.1 m2/141.81.0.2 back=30", "m1/141.81.0.1\nm2/141.81.0.2" },
  { "public-site-beyond-a-router", "flow m1/141.81.0.1 m9/141.81.0.77 back=63; flow m1/141.81.0.1 m9/141.99.0.7 back=63",
    "0/141.81.0.77 behind 02:1b:1b:00:00:09\n0/141.99.0.7 behind 02:1b:1b:00:00:09 L5\nm1/141.81.0.1 L4\nm9 router" },
  { "virtual-machine-host", "flow m1/10.0.0.1 m9/10.0.0.9; flow m1/10.0.0.1 m9/10.0.0.77 back=63", "0/10.0.0.77 behind 10.0.0.9\nm1/10.0.0.1\nm9/10.0.0.9" },
  { "odd-stack-on-the-segment", "flow m1/10.0.0.1 m2/10.0.0.2 back=63", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "virtual-machine-of-which-another-mac-was-only-addressed", "flow m1/10.0.0.1 m2/10.0.0.50 got=0; flow m1/10.0.0.1 m9/10.0.0.9; flow m9/10.0.0.50 m1/10.0.0.1 ttl=63",
    "m1/10.0.0.1\nm2/10.0.0.50\nm9/10.0.0.9" },
  { "router-on-a-stick", "bind m9/10.0.0.9; bind m9/10.7.0.9; flow m1/10.0.0.1@1 m9/10.7.0.5@1 back=63; flow m9/10.0.0.1@2 m5/10.7.0.5@2 ttl=63",
    "m1/10.0.0.1@1\nm5/10.7.0.5@2\nm9/10.0.0.9/10.7.0.9 router" },
  { "translator", "bind m9/10.0.0.9; flow m9/10.0.0.9 m1/10.0.0.1 ttl=63; flow m9/10.0.0.9 m1/10.0.0.1 port=80 ttl=127", "m1/10.0.0.1\nm9/10.0.0.9 router" },
  { "no-translator", "bind m9/10.0.0.9; flow m9/10.0.0.9 m1/10.0.0.1 ttl=64; flow m9/10.0.0.9 m1/10.0.0.1 port=80 ttl=255; flow m9/10.0.0.9 m100/224.0.0.1 ttl=1 got=0",
    "m1/10.0.0.1\nm9/10.0.0.9" },
  { "transparent-firewall", "flow m1/10.0.0.1 m9/10.7.0.7; flow m2/10.0.0.2 m9/10.7.0.7; flow m8/10.0.0.1 m7/10.7.0.7; flow m8/10.0.0.2 m7/10.7.0.7; flow m8/10.0.0.1 m6/10.7.0.6; flow m9/10.7.0.6 m1/10.0.0.1",
    "m1/10.0.0.1\nm2/10.0.0.2\nm6/10.7.0.6\nm7/10.7.0.7\nm8 router\nm9 router" },
  { "addressed-through-a-gateway", "flow m1/10.0.0.1 m9/10.0.7.7 got=0; flow m8/10.0.0.1 m7/10.0.7.7 ttl=63",
    "m1/10.0.0.1\nm7/10.0.7.7\nm8 router\nm9 router silent" },
  { "silent-host", "flow m1/10.0.0.1 m2/10.0.0.2 got=0", "m1/10.0.0.1\nm2/10.0.0.2 silent" },
  { "silent-far-host", "flow m1/10.0.0.1 m2/192.168.0.2 got=0", "0/192.168.0.2 behind 02:1b:1b:00:00:02 silent\nm1/10.0.0.1\nm2 router silent" },
  { "silent-host-of-a-gateway", RTR "flow m9/8.8.8.8 m2/10.0.0.2 got=0 ttl=57", "0/8.8.8.8 behind 10.0.0.9 L5\nm1/10.0.0.1\nm2/10.0.0.2 silent\nm9/10.0.0.9 router" },
  { "silent-host-beyond-a-second-router", RTR "flow m9/8.8.8.8 m2/10.0.7.2 got=0 ttl=57",
    "0/10.0.7.2 behind 02:1b:1b:00:00:02 silent\n0/8.8.8.8 behind 10.0.0.9 L5\nm1/10.0.0.1\nm2 router silent\nm9/10.0.0.9 router" },
  { "broadcasts-from-a-public-address", "flow m1/10.0.0.1 m3/10.0.0.3; flow m2/196.254.234.224 ff:ff:ff:ff:ff:ff/255.255.255.255 transport=17 got=0; flow m2/10.0.0.2 m1/10.0.0.1",
    "m1/10.0.0.1\nm2/10.0.0.2/196.254.234.224\nm3/10.0.0.3" },
  { "multihomed-by-arp",
    "flow m1/10.0.0.1 m2/10.1.0.2; bind m2/10.0.0.2; bind m2/10.1.0.2; bind m2/10.2.0.2; bind m2/10.3.0.2; bind m2/10.4.0.2; bind m2/10.5.0.2",
    "m1/10.0.0.1\nm2/10.0.0.2/10.1.0.2/10.2.0.2/10.3.0.2/10.4.0.2/10.5.0.2" },
  { "hello-of-a-public-router", "flow m1/129.111.160.1 m2/129.111.160.2; flow m9/129.111.148.1 01:00:5e:00:00:0a/224.0.0.10 transport=88 got=0 ttl=2",
    "m1/129.111.160.1\nm2/129.111.160.2\nm9/129.111.148.1" },
  { "hello-of-one-that-seems-forwarded", "flow m1/10.0.0.1 m9/10.0.5.9 back=63; flow m9/10.0.5.9 01:00:5e:00:00:fb/224.0.0.251 transport=17 got=0 ttl=63",
    "m1/10.0.0.1\nm9/10.0.5.9" },
  { "public-site-ttl-of-controllers", "flow m1/134.249.62.199 m2/134.249.61.163 back=30", "m1/134.249.62.199\nm2/134.249.61.163" },
  { "forged-source", "flow m1/10.0.0.1 m2/10.0.0.2; flow m1/8.8.8.8 m2/10.0.0.2 transport=17 got=0", "0/8.8.8.8 behind 10.0.0.1 L5\nm1/10.0.0.1\nm2/10.0.0.2" },
  { "forged-source-behind-a-router", RTR "flow m1/8.8.8.8 m9/10.7.0.2 transport=17 got=0 sent=50; flow m9/8.8.8.8 m1/10.0.0.1 ttl=57",
    "0/10.7.0.2 behind 10.0.0.9 silent\n0/8.8.8.8 behind 10.0.0.9 L5\nm1/10.0.0.1\nm9/10.0.0.9 router" },
  { "bridge", "flow m9/10.1.0.1 m1/10.9.0.1; flow m9/10.1.0.2 m1/10.9.0.1; flow m9/10.1.0.3 m1/10.9.0.1; flow m9/10.1.0.4 m1/10.9.0.1; flow m9/10.1.0.5 m1/10.9.0.1",
    "0/10.1.0.1 behind 02:1b:1b:00:00:09\n0/10.1.0.2 behind 02:1b:1b:00:00:09\n0/10.1.0.3 behind 02:1b:1b:00:00:09\n0/10.1.0.4 behind 02:1b:1b:00:00:09\n"
    "0/10.1.0.5 behind 02:1b:1b:00:00:09\nm1/10.9.0.1\nm9" },
  { "replayed-with-two-macs",
    "flow m1/10.1.0.1 m2/10.1.0.2; flow m1/10.1.0.2 m2/10.1.0.3; flow m1/10.1.0.3 m2/10.1.0.4; flow m1/10.1.0.4 m2/10.1.0.5; flow m1/10.1.0.5 m2/10.1.0.1; flow m1/10.1.0.1 m2/10.1.0.255 got=0",
    "0/10.1.0.1\n0/10.1.0.2\n0/10.1.0.3\n0/10.1.0.4\n0/10.1.0.5" },
  { "replayed-and-named-by-the-other-mac",
    "flow m1/10.1.0.1 m2/10.1.0.9; flow m1/10.1.0.2 m2/10.1.0.9; flow m1/10.1.0.3 m2/10.1.0.9; flow m1/10.1.0.4 m2/10.1.0.9; flow m1/10.1.0.5 m2/10.1.0.9;"
    "say m2/10.1.0.1 model a; say m2/10.1.0.2 model a; say m2/10.1.0.3 model a; say m2/10.1.0.4 model a; say m2/10.1.0.5 model a",
    "0/10.1.0.1\n0/10.1.0.2\n0/10.1.0.3\n0/10.1.0.4\n0/10.1.0.5\n0/10.1.0.9" },
  { "four-addresses-that-moved",
    "flow m1/10.1.0.1 m9/10.1.0.9; flow m1/10.1.0.2 m9/10.1.0.9; flow m1/10.1.0.3 m9/10.1.0.9; flow m1/10.1.0.4 m9/10.1.0.9; cap 1;"
    "flow m2/10.1.0.1 m9/10.1.0.9; flow m2/10.1.0.2 m9/10.1.0.9; flow m2/10.1.0.3 m9/10.1.0.9; flow m2/10.1.0.4 m9/10.1.0.9",
    "m1/10.1.0.1/10.1.0.2/10.1.0.3/10.1.0.4\nm2/10.1.0.1/10.1.0.2/10.1.0.3/10.1.0.4\nm9/10.1.0.9" },
  { "proxy-arp-of-one", RTR "bind m9/10.0.0.77; flow m1/10.0.0.1 m9/10.0.0.77 back=63",
    "0/10.0.0.77 behind 10.0.0.9\nm1/10.0.0.1\nm9/10.0.0.9" },
  { "bound-with-odd-ttl", "flow m1/10.0.0.1 m2/10.0.0.2 back=63; bind m2/10.0.0.2", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "vrrp", "flow m1/10.0.0.1 00:00:5e:00:01:0a/10.0.0.254; bind 00:00:5e:00:01:0a/10.0.0.254", "00:00:5e:00:01:0a/10.0.0.254 router\nm1/10.0.0.1" },
  { "hello-of-a-virtual-router", "flow m1/10.0.0.1 01:00:5e:00:00:02/224.0.0.2 transport=17 got=0; flow 00:00:0c:07:ac:01/10.0.0.1 01:00:5e:00:00:02/224.0.0.2 transport=17 got=0",
    "m1/10.0.0.1" },
  { "hello-of-a-virtual-router-alone", "flow 00:00:5e:00:01:0a/10.0.0.1 01:00:5e:00:00:12/224.0.0.18 transport=112 got=0", "00:00:5e:00:01:0a/10.0.0.1 router" },
  { "virtual-router-of-two", "flow 00:00:5e:00:02:24/fe80::1 m100/ff02::12 vrrp transport=112 got=0 ttl=255; bind 00:00:5e:00:02:24/fe80::3636 vrrp;"
    "flow 00:00:5e:00:02:24/fe80::2 m100/ff02::12 vrrp transport=112 got=0 ttl=255; role 0/fe80::1 router vrrp; role 0/fe80::2 router vrrp",
    "0/fe80::1 router\n0/fe80::2 router\n00:00:5e:00:02:24/fe80::3636 router" },
  { "virtual-router-of-two-with-four", "flow 00:00:5e:00:01:0a/10.0.0.1 01:00:5e:00:00:12/224.0.0.18 vrrp transport=112 got=0 ttl=255; bind 00:00:5e:00:01:0a/10.0.0.254 vrrp;"
    "flow 00:00:5e:00:01:0a/10.0.0.2 01:00:5e:00:00:12/224.0.0.18 vrrp transport=112 got=0 ttl=255; flow m1/10.0.0.9 00:00:5e:00:01:0a/10.0.0.254",
    "0/10.0.0.1\n0/10.0.0.2\n00:00:5e:00:01:0a/10.0.0.254 router\nm1/10.0.0.9" },
  { "virtual-router-that-owns-its-address", "flow 00:00:5e:00:01:0a/10.0.0.1 01:00:5e:00:00:12/224.0.0.18 vrrp transport=112 got=0 ttl=255; bind 00:00:5e:00:01:0a/10.0.0.1 vrrp;"
    "flow m1/10.0.0.1 m2/10.0.0.2",
    "m1/10.0.0.1\nm2/10.0.0.2" },
  { "hsrp-pair", "flow m1/10.0.0.1 m3/10.0.0.3; flow m2/10.0.0.2 m3/10.0.0.3; flow 00:00:0c:07:ac:01/10.0.0.1 01:00:5e:00:00:02/224.0.0.2 transport=17 got=0;"
    "flow m3/10.0.0.3 00:00:0c:07:ac:01/10.0.0.254; bind 00:00:0c:07:ac:01/10.0.0.254; at 400; flow 00:00:0c:07:ac:01/10.0.0.2 01:00:5e:00:00:02/224.0.0.2 transport=17 got=0",
    "00:00:0c:07:ac:01/10.0.0.254 router\nm1/10.0.0.1\nm2/10.0.0.2\nm3/10.0.0.3" },
  { "moved-ip", "flow m1/10.0.0.1 m2/10.0.0.2; cap 1; flow m3/10.0.0.1 m2/10.0.0.2", "m1/10.0.0.1\nm2/10.0.0.2\nm3/10.0.0.1" },
  { "moved-ip-without-mac", "flow m1/10.0.0.1 m2/10.0.0.2; cap 1; flow m3/10.0.0.1 m2/10.0.0.2; flow 0/10.0.0.1 0/10.0.0.3 s7comm; cap 2; flow 0/10.0.0.1 0/10.0.0.3",
    "0/10.0.0.3\nm1/10.0.0.1\nm2/10.0.0.2\nm3/10.0.0.1" },
  { "taken-ip", RTR "flow m1/10.0.0.1 m2/10.0.0.2; bind m1/10.0.0.1; at 400; flow m1/10.0.0.1 m2/10.0.0.2; flow m3/10.0.0.1 m2/10.0.0.2; bind m3/10.0.0.1;"
    "flow m9/10.7.0.5 0/10.0.0.1 ttl=63",
    "0/10.7.0.5 behind 10.0.0.9\nm1/10.0.0.1\nm2/10.0.0.2\nm3/10.0.0.1\nm9/10.0.0.9 router" },
  { "moved-host", "flow m1/10.0.0.1 m2/10.0.0.2; cap 1; flow m1/10.5.0.1 m2/10.0.0.2", "m1/10.0.0.1/10.5.0.1\nm2/10.0.0.2" },
  /* no assets */
  { "multicast", "flow m1/10.0.0.1 01:00:5e:00:00:fb/224.0.0.251 transport=17 got=0", "m1/10.0.0.1" },
  { "broadcast", "flow m1/0.0.0.0 ff:ff:ff:ff:ff:ff/255.255.255.255 transport=17 got=0", "m1" },
  { "sent-from-a-group", "flow 01:01:01:01:01:01/10.0.0.1 m2/10.0.0.2 transport=17; flow m2/10.0.0.2 03:bf:0a:00:00:63/10.0.0.99 got=0",
    "0/10.0.0.1\nm2/10.0.0.2" },
  { "subnet-broadcast", "flow m1/10.0.0.1 ff:ff:ff:ff:ff:ff/10.0.0.255 transport=17 got=0; flow 0/10.0.0.1 0/10.0.0.255 got=0", "m1/10.0.0.1" },
  { "broadcast-without-macs", "flow 0/10.0.0.1 0/10.0.3.255 transport=17 got=0; flow 0/10.0.0.2 0/10.0.1.255", "0/10.0.0.1\n0/10.0.0.2\n0/10.0.1.255" },
  { "documentation", RTR "flow m1/10.0.0.1 m9/203.0.113.7 back=57; flow m1/10.0.0.1 m9/192.0.2.7 got=0; flow m1/fe80::1 m9/2001:db8::7 back=57; flow 0/10.0.0.1 0/198.51.100.1",
    "m1/10.0.0.1/fe80::1\nm9/10.0.0.9 router" },
  { "documentation-on-the-segment", "flow m1/192.0.2.1 m2/192.0.2.2", "m1/192.0.2.1\nm2/192.0.2.2" },
  { "shared-address-space", RTR "flow m1/10.0.0.1 m9/100.64.0.7 back=57; flow m1/10.0.0.1 m9/100.127.0.7 back=57; flow m1/10.0.0.1 m9/100.128.0.7 back=57",
    "0/100.127.0.7 behind 10.0.0.9\n0/100.128.0.7 behind 10.0.0.9 L5\n0/100.64.0.7 behind 10.0.0.9\nm1/10.0.0.1 L4\nm9/10.0.0.9 router" },
  { "site-range", RTR "flow m1/10.0.0.1 m9/8.8.8.8 back=57; flow m1/10.0.0.1 m9/8.9.8.8 back=57; word 0/8.8.0.0 site_range 16 ann",
    "0/8.8.8.8 behind 10.0.0.9\n0/8.9.8.8 behind 10.0.0.9 L5\nm1/10.0.0.1 L4\nm9/10.0.0.9 router" },
  { "site-range-taken-back", RTR "flow m1/10.0.0.1 m9/8.8.8.8 back=57; at 1; word 0/8.8.0.0 site_range 16 ann; at 2; word 0/8.8.0.0 site_range - ben",
    "0/8.8.8.8 behind 10.0.0.9 L5\nm1/10.0.0.1 L4\nm9/10.0.0.9 router" },
  { "site-range-that-is-none", RTR "flow m1/10.0.0.1 m9/8.8.8.8 back=57; word 0/8.8.0.0 site_range 99 ann; word 0/8.0.0.0 site_range 0 ann",
    "0/8.8.8.8 behind 10.0.0.9 L5\nm1/10.0.0.1 L4\nm9/10.0.0.9 router" },
  { "multicast-of-a-public-host", "flow m1/140.80.0.7 01:00:5e:00:07:02/224.0.7.2 transport=17 got=0 ttl=1", "m1/140.80.0.7" },
  /* the recording computer */
  { "loopback", "flow 0/127.0.0.1 0/127.0.0.1", "0/127.0.0.1" },
  { "loopback-zero-macs", "flow 00:00:00:00:00:00/127.0.0.1 00:00:00:00:00:00/127.0.0.2; flow 00:00:00:00:00:00/::1 00:00:00:00:00:00/::1", "0/127.0.0.1/::1\n0/127.0.0.2" },
  { "loopback-beside-a-host", "flow 0/127.0.0.1 0/127.0.0.1; flow m1/10.0.0.1 m2/10.0.0.2; flow m1/127.0.0.1 m2/10.0.0.2", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "loopback-above-all", "flow 0/127.0.0.1 0/127.0.0.1 sent=50; flow m1/10.0.0.1 m2/10.0.0.2", "0/127.0.0.1\nm1/10.0.0.1\nm2/10.0.0.2" },
  { "loopback-that-says-what-it-is", "flow 0/127.0.0.1 0/127.0.0.1; say 0/127.0.0.1 software Server/1 60 http; flow m1/10.0.0.1 m2/10.0.0.2 sent=50",
    "0/127.0.0.1\nm1/10.0.0.1\nm2/10.0.0.2" },
  { "loopback-of-a-host", "flow 0/127.0.0.1 0/127.0.0.1 sent=50; flow 0/10.0.0.1 0/10.0.0.1; flow 0/10.0.0.1 0/10.0.0.2",
    "0/10.0.0.1/127.0.0.1\n0/10.0.0.2" },
  { "loopback-of-two-hosts", "flow 0/127.0.0.1 0/127.0.0.1 sent=50; flow 0/10.0.0.1 0/10.0.0.1; flow 0/10.0.0.2 0/10.0.0.2",
    "0/10.0.0.1\n0/10.0.0.2\n0/127.0.0.1" },
  { "loopback-with-a-mac", "flow m1/127.0.0.1 m2/127.0.0.1", "m1\nm2" },
  { "loopback-beside-an-unanswered-name", "flow 0/127.0.0.1 0/127.0.0.1; say 0/10.0.0.7 hostname pc7 75 dns", "0/127.0.0.1" },
  { "loopbacks-of-two-captures", "flow 0/127.0.0.1 0/127.0.0.1; cap 1; flow 0/127.0.0.1 0/127.0.0.1; cap 2; flow 0/127.0.0.1 0/127.0.0.1; flow m1/10.0.0.1 m2/10.0.0.2",
    "0/127.0.0.1\n0/127.0.0.1\nm1/10.0.0.1\nm2/10.0.0.2" },
  { "only-asked", "flow m1/10.0.0.1 m9/10.0.0.5 got=0 asked=1", "m1/10.0.0.1" },
  { "asks-before-it-has-an-address", "flow m1/10.0.0.1 m2/10.0.0.2; do m7 m99 dhcp other discover; say m7 hostname pc", "m1/10.0.0.1\nm2/10.0.0.2\nm7" },
  { "only-named", "flow m1/10.0.0.1 m2/10.0.0.2; say 0/10.0.0.7 hostname pc7 75 dns", "m1/10.0.0.1\nm2/10.0.0.2" },
  /* stations that report */
  { "reports-to-a-control-centre", "flow m1/10.0.0.1 m2/10.0.0.2 mms port=102 proof=3; do m2/10.0.0.2 m1/10.0.0.1 mms report information-report - - 9",
    "m1/10.0.0.1 scada-server L2\nm2/10.0.0.2 ied L1" },
  { "reports-of-who-asked", "flow m1/10.0.0.1 m2/10.0.0.2 iec104 port=2404 proof=3; do m1/10.0.0.1 m2/10.0.0.2 iec104 report end-of-init", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "directory-and-tickets", "flow m1/10.0.0.1 m2/10.0.0.2 ldap port=389; role m2/10.0.0.2 ldap-server; role m2/10.0.0.2 kerberos-server; say m2/10.0.0.2 os Windows_10.0.20348_(Windows_Server_2022) 90 smb2",
    "m1/10.0.0.1\nm2/10.0.0.2 domain-controller L4" },
  { "named-virtual-machine", "flow m1/fe80::1 m100/ff02::fb mdns transport=17 got=0; say m1/fe80::1 hostname anna-QEMU-Virtual-Machine.local 90 mdns", "m1/fe80::1 virtual-machine" },
  { "desktop-that-simulates",
    "flow m1/10.0.0.1 m2/10.0.0.2 mms port=102; do m1/10.0.0.1 m2/10.0.0.2 mms read r - ok; say m2/10.0.0.2 kind ied; say m2/10.0.0.2 hostname DESKTOP-ABC1234",
    "m1/10.0.0.1 scada-server L2\nm2/10.0.0.2 ied L1" },
  /* one thing with several MACs */
  { "lldp-ports", "flow m1 m100 lldp transport=0 port=35020 got=0; flow m2 m100 lldp transport=0 got=0; say m1 chassis 02:1b:1b:00:00:10; say m2 chassis 02:1b:1b:00:00:10",
    "m1+m2\nm100 silent" },
  { "lldp-ports-and-chassis", "flow m1 m99 got=0; flow m16/10.0.0.1 m99/10.0.0.99; say m1 chassis 02:1b:1b:00:00:10", "m1+m16/10.0.0.1\nm99/10.0.0.99" },
  { "same-serial", "flow m1/10.0.0.1 m2/10.0.0.2; say m1/10.0.0.1 serial S4711; say m1/10.0.0.1 model CPU; say m2/10.0.0.2 serial S4711; say m2/10.0.0.2 model CPU",
    "m1/10.0.0.1+m2/10.0.0.2" },
  { "same-serial-other-model", "flow m1/10.0.0.1 m2/10.0.0.2; say m1/10.0.0.1 serial S4711; say m1/10.0.0.1 model CPU; say m2/10.0.0.2 serial S4711; say m2/10.0.0.2 model CP",
    "m1/10.0.0.1\nm2/10.0.0.2" },
  { "zero-serial", "flow m1/10.0.0.1 m2/10.0.0.2; say m1/10.0.0.1 serial 0000; say m1/10.0.0.1 model CPU; say m2/10.0.0.2 serial 0000; say m2/10.0.0.2 model CPU",
    "m1/10.0.0.1\nm2/10.0.0.2" },
  { "cloned-hostname", "flow m1/10.0.0.1 m2/10.0.0.2; say m1/10.0.0.1 hostname win; say m2/10.0.0.2 hostname win", "m1/10.0.0.1\nm2/10.0.0.2" },
  /* further addresses */
  { "further", "flow m1/10.0.0.1 m2/10.0.0.2; say m2/10.0.0.2 address 10.9.0.2; say m2/10.0.0.2 address fe80::2; say 0/10.9.0.2 hostname box 75; say 0/fe80::2 hostname box 75",
    "m1/10.0.0.1\nm2/10.0.0.2+0/10.9.0.2/fe80::2" },
  { "further-without-a-mac", "flow 0/10.0.0.7 0/10.0.0.8; say 0/10.0.0.7 address 10.0.0.1; say 0/10.0.0.1 hostname box 75", "0/10.0.0.7/10.0.0.1\n0/10.0.0.8" },
  { "further-of-documentation", "flow m1/10.0.0.1 m2/10.0.0.2; say m2/10.0.0.2 address 2001:db8::7; say 0/2001:db8::7 hostname box 75", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "further-was-heard", "flow m1/10.0.0.1 m2/10.0.0.2; flow m1/10.0.0.1 m3/10.0.0.3; say m2/10.0.0.2 address 10.0.0.3; say 0/10.0.0.3 hostname box 75",
    "m1/10.0.0.1\nm2/10.0.0.2\nm3/10.0.0.3" },
  { "further-was-heard-in-another", "flow m1/10.0.0.1 m2/10.0.0.2; say m2/10.0.0.2 address 10.9.0.3; say 0/10.9.0.3 hostname box 75; cap 1; flow 0/10.0.0.1 0/10.9.0.3",
    "0/10.9.0.3\nm1/10.0.0.1\nm2/10.0.0.2" },
  { "further-was-addressed", "flow m1/10.0.0.1 m2/10.0.0.2; flow 0/10.0.0.5 0/10.9.0.3 got=0; say m2/10.0.0.2 address 10.9.0.3; say 0/10.9.0.3 hostname box 75",
    "0/10.0.0.5\n0/10.9.0.3 silent\nm1/10.0.0.1\nm2/10.0.0.2" },
  { "further-was-tried", "flow m1/10.0.0.1 m2/10.0.0.2; flow 0/10.0.0.5 0/10.9.0.3 got=0 asked=1; say m2/10.0.0.2 address 10.9.0.3; say 0/10.9.0.3 hostname box 75",
    "0/10.0.0.5\nm1/10.0.0.1\nm2/10.0.0.2" },
  { "further-is-bound", "flow m1/10.0.0.1 m2/10.0.0.2; flow m1/10.0.0.1 m3/10.0.0.3; bind m3/10.9.0.3; say m2/10.0.0.2 address 10.9.0.3",
    "m1/10.0.0.1\nm2/10.0.0.2\nm3/10.0.0.3/10.9.0.3" },
  { "further-has-children", "flow m1/10.0.0.1 m2/10.0.0.2; child 0/10.9.0.3#modbus-unit:3; say m2/10.0.0.2 address 10.9.0.3", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "further-of-two", "flow m1/10.0.0.1 m2/10.0.0.2; say m1/10.0.0.1 address 172.17.0.1; say m2/10.0.0.2 address 172.17.0.1; say 0/172.17.0.1 hostname box 75",
    "m1/10.0.0.1\nm2/10.0.0.2" },
  { "further-of-the-outside", "flow m1/10.0.0.1 m2/10.0.0.2; say m2/10.0.0.2 address 8.8.8.8; say 0/8.8.8.8 hostname dns.google 75", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "further-is-none", "flow m1/10.0.0.1 m2/10.0.0.2; say m2/10.0.0.2 address 224.0.0.9; say m2/10.0.0.2 address 0.0.0.0; say m2/10.0.0.2 address 127.0.0.1; say m2/10.0.0.2 address 192.0.2.7;"
    "say 0/192.0.2.7 hostname box 75", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "further-by-a-silent-one", "flow m1/10.0.0.1 m2/10.0.0.2 got=0; say m2/10.0.0.2 address 10.9.0.2; say 0/10.9.0.2 hostname box 75", "m1/10.0.0.1\nm2/10.0.0.2 silent" },
  { "same-station", "flow m1/10.0.0.1 m2/10.0.0.2; say m1 station plc1; say m2 station plc1", "m1/10.0.0.1+m2/10.0.0.2" },
  { "same-station-other-serials",
    "flow m1/10.0.0.1 m2/10.0.0.2; say m1 station plc1; say m2 station plc1; say m1 serial S4711; say m2 serial S4712", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "same-station-other-maker", "flow m1/10.0.0.1 00:0e:8c:00:00:02/10.0.0.2; say m1 station plc1; say 00:0e:8c:00:00:02 station plc1",
    "00:0e:8c:00:00:02/10.0.0.2\nm1/10.0.0.1" },
  /* children */
  { "sole-unit", "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502; child m2/10.0.0.2#modbus-unit:3; do m1/10.0.0.1 m2/10.0.0.2#modbus-unit:3 modbus read r 1 ok",
    "m1/10.0.0.1 L2\nm2/10.0.0.2#modbus-unit:3 plc L1" },
  { "units", "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 proof=3; child m2/10.0.0.2#modbus-unit:3; child m2/10.0.0.2#modbus-unit:4; child m2/10.0.0.2#modbus-unit:255",
    "#modbus-unit:3 in m2/10.0.0.2#modbus-unit:255 module L1\n#modbus-unit:4 in m2/10.0.0.2#modbus-unit:255 module L1\n"
    "m1/10.0.0.1\nm2/10.0.0.2#modbus-unit:255 protocol-gateway L1" },
  { "scanned-units",
    "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502; child m2/10.0.0.2#modbus-unit:1; do m1/10.0.0.1 m2/10.0.0.2#modbus-unit:1 modbus read r 1 ok;"
    "do m1/10.0.0.1 m2/10.0.0.2#modbus-unit:2 modbus read r 1; do m1/10.0.0.1 m2/10.0.0.2#modbus-unit:3 modbus read r 1 refused",
    "m1/10.0.0.1 L2\nm2/10.0.0.2#modbus-unit:1 plc L1" },
  { "unheard-units", "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 got=0; do m1/10.0.0.1 m2/10.0.0.2#modbus-unit:1 modbus read r 1; do m1/10.0.0.1 m2/10.0.0.2#modbus-unit:2 modbus read r 1",
    "#modbus-unit:1 in m2/10.0.0.2\n#modbus-unit:2 in m2/10.0.0.2\nm1/10.0.0.1\nm2/10.0.0.2 silent" },
  { "same-unit-two-captures", "flow m1/10.0.0.1 m2/10.0.0.2; child m2/10.0.0.2#modbus-unit:3; cap 1; flow m1/10.0.0.1 m2/10.0.0.2; child m2/10.0.0.2#modbus-unit:3",
    "m1/10.0.0.1\nm2/10.0.0.2#modbus-unit:3" },
  { "rack", "flow m1/10.0.0.1 m2/10.0.0.2; child m2/10.0.0.2#cip-slot:0; say m2/10.0.0.2 serial AAAA1; say m2/10.0.0.2#cip-slot:0 serial AAAA2",
    "#cip-slot:0 in m2/10.0.0.2 module\nm1/10.0.0.1\nm2/10.0.0.2" },
  { "slot-is-the-device", "flow m1/10.0.0.1 m2/10.0.0.2; child m2/10.0.0.2#cip-slot:0; child m2/10.0.0.2#cip-slot:1; say m2/10.0.0.2 serial AAAA1;"
    "say m2/10.0.0.2 model X; say m2/10.0.0.2#cip-slot:0 serial AAAA1; say m2/10.0.0.2#cip-slot:0 model X",
    "#cip-slot:1 in m2/10.0.0.2#cip-slot:0 module\nm1/10.0.0.1\nm2/10.0.0.2#cip-slot:0" },
  { "nested", "flow m1/10.0.0.1 m2/10.0.0.2; child m2/10.0.0.2#cip-slot:1; child m2/10.0.0.2#cip-slot:2; child m2/10.0.0.2#cip-slot:1_>_cip-slot:5",
    "#cip-slot:1 > cip-slot:5 in #cip-slot:1 in m2/10.0.0.2 module\n#cip-slot:1 in m2/10.0.0.2 module\n#cip-slot:2 in m2/10.0.0.2 module\nm1/10.0.0.1\nm2/10.0.0.2" },
  { "child-of-nobody", "child m2/10.0.0.2#cip-slot:1; flow m1 m3", "m1\nm3" },
  { "child-behind-router", RTR "flow m1/10.0.0.1 m9/10.7.0.5 back=63; child m9/10.7.0.5#s7-slot:0/2; child m9/10.7.0.5#s7-slot:0/3",
    "#s7-slot:0/2 in 0/10.7.0.5 module\n#s7-slot:0/3 in 0/10.7.0.5 module\n0/10.7.0.5 behind 10.0.0.9\nm1/10.0.0.1\nm9/10.0.0.9 router" },
  /* kinds, levels */
  { "one-write", MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok", "m1/10.0.0.1 L2\nm2/10.0.0.2 plc L1" },
  { "plc-and-hmi", MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok;" POLL ("m1/10.0.0.1", "m2/10.0.0.2"), "m1/10.0.0.1 hmi L2\nm2/10.0.0.2 plc L1" },
  { "short-poll", MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; do m1/10.0.0.1 m2/10.0.0.2 modbus read r - ok 20", "m1/10.0.0.1 L2\nm2/10.0.0.2 plc L1" },
  { "refused", MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 refused 30; at 900; do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 refused 30", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "unanswered", MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus read r 1; do m1/10.0.0.1 m2/10.0.0.2 modbus write r 1", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "reader-called-historian", MODBUS "say m1/10.0.0.1 hostname historian.plant 75;" POLL ("m1/10.0.0.1", "m2/10.0.0.2"), "m1/10.0.0.1 historian L3\nm2/10.0.0.2 plc L1" },
  { "asked-by-the-controller",
    "flow m1/10.0.0.1 m2/10.0.0.2 s7comm port=102; do m1/10.0.0.1 m2/10.0.0.2 s7comm program down - ok; do m2/10.0.0.2 m1/10.0.0.1 s7comm other block - ok",
    "m1/10.0.0.1 engineering-workstation L2\nm2/10.0.0.2 plc L1" },
  { "port-is-a-guess", "flow m1/10.0.0.1 m2/10.0.0.2 port=502", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "scada", MODBUS "flow m1/10.0.0.1 m3/10.0.0.3 modbus port=502; flow m1/10.0.0.1 m4/10.0.0.4 modbus port=502; do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok;"
    "do m1/10.0.0.1 m3/10.0.0.3 modbus read r 1 ok; do m1/10.0.0.1 m4/10.0.0.4 modbus read r 1 ok;" POLL ("m1/10.0.0.1", "m2/10.0.0.2"),
    "m1/10.0.0.1 scada-server L2\nm2/10.0.0.2 plc L1\nm3/10.0.0.3 plc L1\nm4/10.0.0.4 plc L1" },
  { "engineering", "flow m1/10.0.0.1 m2/10.0.0.2 s7comm port=102; do m1/10.0.0.1 m2/10.0.0.2 s7comm program download OB1 ok",
    "m1/10.0.0.1 engineering-workstation L2\nm2/10.0.0.2 plc L1" },
  { "profinet-io", "flow m1 m2 profinet transport=0; role m1 profinet-controller; role m2 profinet-device", "m1 plc L1\nm2 remote-io L0" },
  { "lldp-switch", "flow m1 m2 transport=0 got=0; role m1 switch", "m1 switch\nm2 silent" },
  { "person-kind-level", "flow m1/10.0.0.1 m2/10.0.0.2; word m2 kind historian ann; word m1/10.0.0.1 level 3.5 ann",
    "m1/10.0.0.1 L3.5\nm2/10.0.0.2 historian L3" },
  { "dmz",
    "flow m1/10.0.0.1 m2/10.0.0.2 modbus port=502 proof=3; do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; flow m3/10.1.0.3 m1/10.0.0.1 port=4000; bind m1/10.0.0.1; bind m3/10.1.0.3;"
    "flow m4/10.2.0.4 m3/10.1.0.3 port=443; bind m4/10.2.0.4; flow m4/10.2.0.4 m9/8.8.8.8 port=443 back=50; bind m9/10.2.0.1",
    "0/8.8.8.8 behind 10.2.0.1 L5\nm1/10.0.0.1 L2\nm2/10.0.0.2 plc L1\nm3/10.1.0.3 L3.5\nm4/10.2.0.4 L4\nm9/10.2.0.1 router" },
  { "office", OFFICE, "m20/10.2.0.20 L4\nm21/10.2.0.21 L4\nm22/10.2.0.22 server L4" },
  { "service-outside", RTR "flow m1/10.0.0.1 m9/8.8.8.8 tls port=443 back=57", "0/8.8.8.8 behind 10.0.0.9 server L5\nm1/10.0.0.1 L4\nm9/10.0.0.9 router" },
  { "service-inside", "flow m1/10.0.0.1 m2/10.0.0.2 tls port=443", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "streams-as-a-server", "flow m1/10.0.0.1 m2/10.0.0.2 rtsp port=554; say m2/10.0.0.2 os Windows_Server_2003_5.2 60", "m1/10.0.0.1\nm2/10.0.0.2 server" },
  { "streams", "flow m1/10.0.0.1 m2/10.0.0.2 rtsp port=554", "m1/10.0.0.1\nm2/10.0.0.2 camera" },
  { "named-firewall", "flow m1/10.0.0.1 m2/10.0.0.2; say m2/10.0.0.2 hostname pfSense.example.org 60", "m1/10.0.0.1\nm2/10.0.0.2 firewall" },
  { "named-laptop", "flow m1/10.0.0.1 m2/10.0.0.2; say m2/10.0.0.2 hostname Anns-MBP 90", "m1/10.0.0.1\nm2/10.0.0.2 laptop" },
  { "class-told-by-a-server", "flow m1/10.0.0.1 m2/10.0.0.2; say m1/10.0.0.1 vendor_class ArubaAP 75", "m1/10.0.0.1\nm2/10.0.0.2" },
  { "hand-held", "flow m1/10.0.0.1 m2/10.0.0.2 http port=80; say m1/10.0.0.1 os Android_9 20; role m1/10.0.0.1 http-client", "m1/10.0.0.1 phone L4\nm2/10.0.0.2 server" },
  { "lets-in-by-its-ports", "flow m1/10.0.0.1 m2/10.0.0.2 radius transport=17 port=1812; role m1/10.0.0.1 dot1x-authenticator", "m1/10.0.0.1 switch\nm2/10.0.0.2 server" },
  { "class-of-its-own", "flow m1/10.0.0.1 m2/10.0.0.2; say m1/10.0.0.1 vendor_class ArubaAP 90", "m1/10.0.0.1 wireless\nm2/10.0.0.2" },
  { "files-of-samba", "flow m1/10.0.0.1 m2/10.0.0.2; say m2/10.0.0.2 software Samba_4.2 60", "m1/10.0.0.1\nm2/10.0.0.2 server" },
  { "node-of-a-bus", "flow m1 m2 can transport=0; role m2 canopen-node; role m1 canopen-master", "m1 plc L1\nm2 remote-io L0" },
  { "router-of-a-provider", "flow m1/10.0.0.1 m2/10.0.0.2; say m2/10.0.0.2 model FRITZ!Box_7490 60", "m1/10.0.0.1\nm2/10.0.0.2 router" },
  { "browses-with-an-old-windows", "flow m1/10.0.0.1 m2/10.0.0.2 http port=80; say m1/10.0.0.1 os Windows_6.1.7601_(Windows_7_or_Server_2008_R2) 90", "m1/10.0.0.1 workstation\nm2/10.0.0.2 server" },
  { "office-neighbour", OFFICE "flow m23/10.2.0.23 m22/10.2.0.22 port=445", "m20/10.2.0.20 L4\nm21/10.2.0.21 L4\nm22/10.2.0.22 server L4\nm23/10.2.0.23 L4" },
  { "office-or-not", OFFICE "flow m23/10.2.0.23 m22/10.2.0.22 port=20000", "m20/10.2.0.20\nm21/10.2.0.21\nm22/10.2.0.22 server\nm23/10.2.0.23" },
  { "office-without-directory", "flow m20/10.2.0.20 m22/10.2.0.22 llmnr transport=17 port=5355", "m20/10.2.0.20 workstation\nm22/10.2.0.22 workstation" },
  { "office-asks-in-vain", OFFICE MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; flow m20/10.2.0.20 m2/10.0.0.2 modbus port=502; do m20/10.2.0.20 m2/10.0.0.2 modbus write w 1 refused 3",
    "m1/10.0.0.1 L2\nm2/10.0.0.2 plc L1\nm20/10.2.0.20 L4\nm21/10.2.0.21 L4\nm22/10.2.0.22 server L4" },
  { "office-asks", OFFICE "flow m23/10.2.0.23 m22/10.2.0.22 dns transport=17 port=53;" MODBUS
    "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; flow m20/10.2.0.20 m2/10.0.0.2 modbus port=502; do m20/10.2.0.20 m2/10.0.0.2 modbus write w 1 ok",
    "m1/10.0.0.1 L2\nm2/10.0.0.2 plc L1\nm20/10.2.0.20 L4\nm21/10.2.0.21 L4\nm22/10.2.0.22 server L4\nm23/10.2.0.23 L4" },
  { "between", OFFICE MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; flow m3/10.1.0.3 m2/10.0.0.2 modbus port=502; do m3/10.1.0.3 m2/10.0.0.2 modbus read r 1 ok;"
    "flow m20/10.2.0.20 m3/10.1.0.3 port=443",
    "m1/10.0.0.1 L2\nm2/10.0.0.2 plc L1\nm20/10.2.0.20 L4\nm21/10.2.0.21 L4\nm22/10.2.0.22 server L4\nm3/10.1.0.3 L3.5" },
  { "public-controller", RTR "flow m1/10.0.0.1 m9/8.8.8.8 modbus port=502 back=50; do m1/10.0.0.1 m9/8.8.8.8 modbus write w 1 ok",
    "0/8.8.8.8 behind 10.0.0.9 plc L1\nm1/10.0.0.1 L2\nm9/10.0.0.9 router" },
  { "control-room", MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; flow m3/10.1.0.3 m2/10.0.0.2 modbus port=502; do m3/10.1.0.3 m2/10.0.0.2 modbus read r 1 ok",
    "m1/10.0.0.1 L2\nm2/10.0.0.2 plc L1\nm3/10.1.0.3 L2" },
  { "cell-with-names", MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; flow m1/10.0.0.1 m3/10.0.0.3 dns transport=17 port=53", "m1/10.0.0.1 L2\nm2/10.0.0.2 plc L1\nm3/10.0.0.3 server" },
  { "switch-in-cell", MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; flow m3/10.0.0.3 m1/10.0.0.1; say m3/10.0.0.3 order_number 6GK5_208",
    "m1/10.0.0.1 L2\nm2/10.0.0.2 plc L1\nm3/10.0.0.3 switch L2" },
  { "flat-network", OFFICE "flow m23/10.2.0.23 m22/10.2.0.22; flow m24/10.2.0.24 m22/10.2.0.22; flow m25/10.2.0.25 m22/10.2.0.22; flow m26/10.2.0.26 m2/10.2.0.2 modbus port=502;"
    "do m26/10.2.0.26 m2/10.2.0.2 modbus write w 1 ok",
    "m2/10.2.0.2 plc L1\nm20/10.2.0.20\nm21/10.2.0.21\nm22/10.2.0.22 server\nm23/10.2.0.23\nm24/10.2.0.24\nm25/10.2.0.25\nm26/10.2.0.26 L2" },
  { "cell-switch", MODBUS "do m1/10.0.0.1 m2/10.0.0.2 modbus write w 1 ok; flow m3 m99 transport=0 got=0; role m3 switch; say m3 mgmt_address 10.0.0.77",
    "m1/10.0.0.1 L2\nm2/10.0.0.2 plc L1\nm3 switch L2\nm99 silent" },
};

/* The same in whatever order it is said, and in every order of captures. */
static void
test_case (gconstpointer data)
{
  const size_t i = GPOINTER_TO_SIZE (data);
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);
  g_autofree char *straight = NULL;

  for (int round = 0; round < 8; round++)
    {
      g_autoptr(IsthWorld) world = isth_script_build (cases[i].script, round ? rand : NULL);
      g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, NULL, NULL);
      g_autofree char *dump = isth_script_dump (snapshot);
      char *all = isth_script_dump_all (snapshot);

      g_assert_cmpstr (dump, ==, cases[i].assets);
      if (!straight)
        straight = g_steal_pointer (&all);
      else
        g_assert_cmpstr (all, ==, straight);
      g_free (all);
    }
}

#define ASKED "flow m1/10.0.0.1 m2/10.0.0.2 iec104 port=2404; do m1/10.0.0.1 m2/10.0.0.2 iec104 control c 1 ok;"

/* How sure it is that somebody is outside, or a device of the plant. */
static void
test_outside (void)
{
  static const struct { const char *script; const char *who; uint8_t sure; const char *level; } rows[] = {
    { RTR "flow m1/10.0.0.1 m9/8.8.8.8 back=57", "8.8.8.8", 92, "5" },
    { RTR "flow m1/10.0.0.1 m9/8.8.8.8 back=126", "8.8.8.8", 75, "5" },
    { "flow m8/8.8.8.8 m9/9.9.9.9 ttl=57 back=50", "8.8.8.8", 55, "5" },
    { "flow m8/8.8.8.8 m9/9.9.9.9 ttl=57 back=50; cap 1; flow m1/10.0.0.1 m9/8.8.8.8 back=57", "8.8.8.8", 92, "5" },
    { "flow 0/8.8.8.8 0/9.9.9.9", "9.9.9.9", 55, "5" },
    { RTR "flow m1/10.0.0.1 m9/8.8.8.8 modbus port=502 back=57; do m1/10.0.0.1 m9/8.8.8.8 modbus write w 1 refused", "8.8.8.8", 70, "5" },
    { RTR "flow m1/10.0.0.1 m9/8.8.8.8 modbus port=502 got=0; do m1/10.0.0.1 m9/8.8.8.8 modbus write w 1", "8.8.8.8", 92, "5" },
    { RTR "flow m9/8.8.8.8 m1/10.0.0.1 modbus port=502 ttl=57; do m9/8.8.8.8 m1/10.0.0.1 modbus write w 1 refused", "8.8.8.8", 92, "5" },
    { ASKED, "10.0.0.2", 82, "1" },
    { ASKED "say m2/10.0.0.2 os Windows_10 60", "10.0.0.2", 60, "1" },
    { ASKED "say m2/10.0.0.2 hostname DESKTOP-M5C7L14 90", "10.0.0.2", 60, "1" },
    { ASKED "say m2/10.0.0.2 slave_id Wingpath_Limited 90", "10.0.0.2", 61, "1" },
    { ASKED "say m2/10.0.0.2 vendor VMware,_Inc. 40", "10.0.0.2", 61, "1" },
    { ASKED "say m2/10.0.0.2 os Windows_10 60; say m2/10.0.0.2 model 1756-L61/B_LOGIX5561 90; say m2/10.0.0.2 device_type Programmable_Logic_Controller 90", "10.0.0.2", 84, "1" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(IsthWorld) world = isth_script_build (rows[i].script, NULL);
      g_autoptr(IsthSnapshot) snapshot = isth_world_resolve (world, NULL, NULL);
      char text[ISTH_ADDRESS_TEXT];
      bool found = false;

      for (uint32_t a = 0; a < snapshot->n_assets; a++)
        if (snapshot->assets[a]->interfaces[0].n_ips > 0 && g_str_equal (isth_address_format (&snapshot->assets[a]->interfaces[0].ips[0], text), rows[i].who))
          {
            found = true;
            g_assert_cmpstr (isth_level_name (snapshot->assets[a]->level), ==, rows[i].level);
            g_assert_cmpuint (snapshot->assets[a]->level_confidence, ==, rows[i].sure);
            g_assert_true ((snapshot->assets[a]->side == ISTH_SIDE_EXTERNAL) == g_str_equal (rows[i].level, "5"));
          }
      g_assert_true (found);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/world/resolve/outside", test_outside);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/world/resolve/%s", cases[i].name);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
