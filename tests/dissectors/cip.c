/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CIP messages: identity, tags, what is inside packets of services and routed messages, and what is none. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_cip;

#define IDENTITY "0100 0e00 3700 140b 3000 78563412 08 \"1756-L61\""
#define CLAIMS(about) \
  "vendor = Rockwell Automation/Allen-Bradley (90)" about "\ndevice_type = Programmable Logic Controller (90)" about \
  "\nproduct_code = 55 (90)" about "\nfirmware = 20.11 (90)" about "\nserial = 0x12345678 (90)" about "\nmodel = 1756-L61 (90)" about
/* An unconnected send of a message of six bytes to slot 2, as it stands in the path of the Connection Manager. */
#define SEND "52 02 2006 2401 0a0e 0600 "

/* The opening of an I/O connection, up to the parameters of its first direction. */
#define IO "54 02 2006 2401 0a0e 00000000 01000180 0500 4d00 78563412 00000000 10270000 "

/* Three services that differ in their instance. */
#define READS "0a 02 2002 2401 0300 0800 1000 1800 0e 03 2004 2465 3003 0e 03 2004 2466 3003 0e 03 2004 2467 3003"
#define READ "other 10 multiple-service-packet (Message Router 1)\nread 14 get-attribute-single (Assembly 101 attribute 3 (data))" \
             "\nread 14 get-attribute-single (Assembly 102 attribute 3 (data))\nread 14 get-attribute-single (Assembly 103 attribute 3 (data))"

static const IsthDissectCase cases[] = {
  { "identity", "01 02 2001 2401\n< 81 00 00 00" IDENTITY, ISTH_DISSECT_OK, "identify 1 get-attributes-all (Identity 1)\n= ok\n" CLAIMS ("") },
  { "identity-16-bit-path", "01 04 2100 0100 2500 0100\n< 81 00 00 00" IDENTITY, ISTH_DISSECT_OK,
    "identify 1 get-attributes-all (Identity 1)\n= ok\n" CLAIMS ("") },
  /* The class itself answers with its revision and its largest instance: that is nobody's vendor. */
  { "identity-class", "01 02 2001 2400\n< 81 00 00 00 0100 0100 0700 0700", ISTH_DISSECT_OK, "identify 1 get-attributes-all (Identity)\n= ok" },
  { "identity-class-single", "0e 03 2001 2400 3001\n< 8e 00 00 00 0100", ISTH_DISSECT_OK,
    "identify 14 get-attribute-single (Identity attribute 1)\n= ok" },
  { "identity-refused", "01 02 2001 2401\n< 81 00 08 00", ISTH_DISSECT_OK,
    "identify 1 get-attributes-all (Identity 1)\n= refused: service not supported" },
  { "identity-cut", "01 02 2001 2401\n< 81 00 00 00 0100", ISTH_DISSECT_OK,
    "identify 1 get-attributes-all (Identity 1)\n= ok\nvendor = Rockwell Automation/Allen-Bradley (90)" },
  { "identity-unknown-numbers", "01 02 2001 2401\n< 81 00 00 00 feff 99ff 0100 0101 0000 00000000 00", ISTH_DISSECT_OK,
    "identify 1 get-attributes-all (Identity 1)\n= ok\nvendor_id = 65534 (90)\ndevice_type_id = 65433 (90)\nproduct_code = 1 (90)\nfirmware = 1.1 (90)" },
  { "identity-name-lies", "0e 03 2001 2401 3007\n< 8e 00 00 00 20 \"short\"", ISTH_DISSECT_OK,
    "identify 14 get-attribute-single (Identity 1 attribute 7 (product name))\n= ok" },
  { "identity-single", "0e 03 2001 2401 3006\n< 8e 00 00 00 78563412", ISTH_DISSECT_OK,
    "identify 14 get-attribute-single (Identity 1 attribute 6 (serial number))\n= ok\nserial = 0x12345678 (90)" },
  { "identity-list", "03 02 2001 2401 0400 0100 0500 0800 0600\n< 83 00 00 00 0400 0100 0000 0100 0500 0000 6000 0800 0000 03 0600 0000 78563412",
    ISTH_DISSECT_OK,
    "identify 3 get-attribute-list (Identity 1)\n= ok\nvendor = Rockwell Automation/Allen-Bradley (90)\nserial = 0x12345678 (90)" },
  /* An attribute that was refused has no value; one of unknown size ends the reading. */
  { "identity-list-in-parts", "03 02 2001 2401 0400 0100 0600 6300 0700\n< 83 00 0a 00 0400 0100 1400 0600 0000 78563412 6300 0000 ffff 0700 0000 0141",
    ISTH_DISSECT_OK, "identify 3 get-attribute-list (Identity 1)\n= refused: attribute list error\nserial = 0x12345678 (90)" },

  { "read-tag", "4c 04 9105 \"Speed\" 00 0100\n< cc 00 00 00 ca00 00004841", ISTH_DISSECT_OK, "read 76 read-tag (tag Speed)\n= ok" },
  { "read-member", "4c 08 9105 \"Motor\" 00 2803 9103 \"Set\" 00 0100", ISTH_DISSECT_OK, "read 76 read-tag (tag Motor.Set)" },
  { "read-in-parts", "52 04 9105 \"Table\" 00 f401 00000000\n< d2 00 06 00 c400 00*480\n> 52 04 9105 \"Table\" 00 f401 e0010000",
    ISTH_DISSECT_OK, "read 82 read-tag-fragmented (tag Table)\n= ok\nread 82 read-tag-fragmented (tag Table)" },
  { "write-tag", "4d 03 9104 \"Stop\" c100 0100 01\n< cd 00 00 00", ISTH_DISSECT_OK, "write 77 write-tag (tag Stop)\n= ok" },
  { "write-tag-refused", "4d 03 9104 \"Stop\" c100 0100 01\n< cd 00 ff 01 0721", ISTH_DISSECT_OK,
    "write 77 write-tag (tag Stop)\n= refused: general error" },
  { "old-symbol", "4c 03 65 \"Speed\" 0100", ISTH_DISSECT_OK, "read 76 read-tag (tag Speed)" },
  { "symbol-instance", "4d 03 206b 2500 3412 c400 0100 01000000", ISTH_DISSECT_OK, "write 77 write-tag (Symbol 4660)" },
  { "template", "4c 03 206c 2500 7856 00000000 2000", ISTH_DISSECT_OK, "read 76 read-template (Template 22136)" },

  { "reset", "05 02 2001 2401 00\n< 85 00 00 00", ISTH_DISSECT_OK, "control 5 reset (Identity 1, as by switching off and on)\n= ok" },
  { "reset-to-factory", "05 02 2001 2401 01", ISTH_DISSECT_OK, "control 5 reset (Identity 1, to factory settings)" },
  { "reset-unknown", "05 02 2001 2401 63", ISTH_DISSECT_OK, "control 5 reset (Identity 1)" },
  { "stop", "07 02 208e 2401\n< 87 00 10 00", ISTH_DISSECT_OK,
    "control 7 stop (Controller Mode 1)\n= refused: device state conflict" },
  { "set-address", "10 03 20f5 2401 3005 0a01a8c0", ISTH_DISSECT_OK,
    "configure 16 set-attribute-single (TCP/IP Interface 1 attribute 5 (interface configuration), to 192.168.1.10)" },
  { "lock", "4b 02 2074 2401", ISTH_DISSECT_OK,
    "configure 75 lock (Edit Lock 1)" },
  { "program", "08 02 2068 2400", ISTH_DISSECT_OK,
    "program 8 create (Program)\nrole engineering\ntransfer program begin (program)\ntransfer program data (program)" },
  /* PCCC has functions of its own, which are not CIP's: they are said as that protocol's, beside the message that carries them. */
  { "pccc", "4b 02 2067 2401 07 4d00 78563412 0f 00 0100 a2 02 07 89 00 00\n< cb 00 00 00 07 4d00 78563412 4f 00 0100 0000", ISTH_DISSECT_OK,
    "other 75 execute-pccc (PCCC Class 1)\npccc: read 4002 protected-typed-logical-read (N7:0)\n= ok\n= ok" },
  { "pccc-to-slot", "52 02 2006 2401 0a0e 1200 4b 02 2067 2401 07 4d00 78563412 06 00 0100 03 01 00 0102"
    "\n< cb 00 00 00 07 4d00 78563412 46 00 0100 00 ee 4a 9f 23 \"1766-LEC   \" 0000 01 00 3482 20 fc", ISTH_DISSECT_OK,
    "other 82 unconnected-send (Connection Manager 1)\nother 75 execute-pccc (PCCC Class 1) @cip-slot:2"
    "\npccc: identify 1539 diagnostic-status @cip-slot:2\n= ok\n= ok\nmodel = 1766-LEC (90) @cip-slot:2"
    "\nvendor = Rockwell Automation/Allen-Bradley (90) @cip-slot:2\nhardware = series B (90) @cip-slot:2\nfirmware = revision D (90) @cip-slot:2"
    "\ndevice_type = Programmable Logic Controller (90) @cip-slot:2\nstate = program (90) @cip-slot:2" },
  { "pccc-in-packet", "0a 02 2002 2401 0200 0600 1800 4b 02 2067 2401 07 4d00 78563412 0f 00 0100 41 01 02 2001 2401"
    "\n< 8a 00 00 00 0200 0600 1500 cb 00 00 00 07 4d00 78563412 4f 00 0100 81 00 08 00", ISTH_DISSECT_OK,
    "other 10 multiple-service-packet (Message Router 1)\nother 75 execute-pccc (PCCC Class 1)\npccc: control 3905 disable-forces"
    "\nidentify 1 get-attributes-all (Identity 1)\n= ok\n= ok\n= ok\n= refused: service not supported" },
  { "pccc-lies", "4b 02 2067 2401 40 4d00 78563412 0f 00 0100 41", ISTH_DISSECT_MALFORMED, "other 75 execute-pccc (PCCC Class 1)" },
  { "pccc-no-command", "4b 02 2067 2401 07 4d00 78563412 ff 00 0100 41", ISTH_DISSECT_MALFORMED, "other 75 execute-pccc (PCCC Class 1)" },
  { "unknown-service", "35 02 2004 2401", ISTH_DISSECT_OK, "other 53 object-specific-service (Assembly 1)" },
  { "unknown-class", "0e 03 2077 2405 3003", ISTH_DISSECT_OK, "read 14 get-attribute-single (class 0x77 instance 5 attribute 3)" },
  { "answer-alone", "< 81 00 00 00" IDENTITY, ISTH_DISSECT_OK, "" },
  { "answer-of-another-service", "01 02 2001 2401\n< 8e 00 00 00 0100", ISTH_DISSECT_OK, "identify 1 get-attributes-all (Identity 1)\n= ok" },

  { "packet", "0a 02 2002 2401 0200 0600 0c00 01 02 2001 2401 05 02 2001 2401\n< 8a 00 1e 00 0200 0600 2100 81 00 00 00" IDENTITY "85 00 0f 00",
    ISTH_DISSECT_OK,
    "other 10 multiple-service-packet (Message Router 1)\nidentify 1 get-attributes-all (Identity 1)"
    "\ncontrol 5 reset (Identity 1, as by switching off and on)\n= refused: embedded service error\n= ok\n" CLAIMS ("")
    "\n= refused: privilege violation" },
  { "packet-of-reads", READS "\n< 8a 00 1e 00 0300 0800 0e00 1400 8e 00 00 00 0100 8e 00 06 00 0200 8e 00 14 00", ISTH_DISSECT_OK,
    READ "\n= refused: embedded service error\n= ok\n= ok\n= refused: attribute not supported" },
  { "packet-of-reads-answered-twice", READS "\n< 8a 00 00 00 0200 0600 0c00 8e 00 00 00 0100 8e 00 00 00 0200"
    "\n< 8a 00 00 00 0300 0800 0e00 1400 8e 00 00 00 0100 8e 00 00 00 0200 8e 00 00 00 0300", ISTH_DISSECT_OK,
    READ "\n= ok\n= ok\n= ok\n= ok" },
  { "packet-of-reads-answer-lies", READS "\n< 8a 00 00 00 0300 0800 0e00 1400 8e 00 00 00 0100 8e 00 00 04 0200 8e 00 00 00", ISTH_DISSECT_MALFORMED,
    READ "\n= ok\n= ok" },
  { "packet-of-none", "0a 02 2002 2401 0000", ISTH_DISSECT_OK, "other 10 multiple-service-packet (Message Router 1)" },
  { "packet-count-lies", "0a 02 2002 2401 0900 0600 0c00", ISTH_DISSECT_MALFORMED, "other 10 multiple-service-packet (Message Router 1)" },
  { "packet-offset-into-offsets", "0a 02 2002 2401 0200 0200 0600 01 02 2001 2401", ISTH_DISSECT_MALFORMED,
    "other 10 multiple-service-packet (Message Router 1)" },
  { "packet-offsets-fall", "0a 02 2002 2401 0200 0c00 0600 01 02 2001 2401 01 02 2001 2401", ISTH_DISSECT_MALFORMED,
    "other 10 multiple-service-packet (Message Router 1)" },
  { "packet-beyond-end", "0a 02 2002 2401 0100 4000 01 02 2001 2401", ISTH_DISSECT_MALFORMED,
    "other 10 multiple-service-packet (Message Router 1)" },
  /* A packet in a packet in a packet … ends. */
  { "packets-nested", "0a 01 2002 0100 0400 0a 01 2002 0100 0400 0a 01 2002 0100 0400 0a 01 2002 0100 0400 0a 01 2002 0100 0400 01 02 2001 2401",
    ISTH_DISSECT_OK,
    "other 10 multiple-service-packet (Message Router)\nother 10 multiple-service-packet (Message Router)"
    "\nother 10 multiple-service-packet (Message Router)\nother 10 multiple-service-packet (Message Router)" },

  { "to-slot", SEND "01 02 2001 2401 01 00 0102\n< 81 00 00 00" IDENTITY, ISTH_DISSECT_OK,
    "other 82 unconnected-send (Connection Manager 1)\nidentify 1 get-attributes-all (Identity 1) @cip-slot:2\n= ok"
    "\nchild cip-slot:2\n" CLAIMS (" @cip-slot:2") },
  { "to-slot-odd-length", "52 02 2006 2401 0a0e 0700 05 02 2001 2401 01 00 01 00 0102", ISTH_DISSECT_OK,
    "other 82 unconnected-send (Connection Manager 1)\ncontrol 5 reset (Identity 1, to factory settings) @cip-slot:2" },
  { "to-another-rack", SEND "01 02 2001 2401 09 00 0101 120c \"192.168.1.10\" 0100\n< 81 00 00 00" IDENTITY, ISTH_DISSECT_OK,
    "other 82 unconnected-send (Connection Manager 1)"
    "\nidentify 1 get-attributes-all (Identity 1) @cip-slot:1 > cip-port:2/192.168.1.10 > cip-slot:0\n= ok"
    "\nchild cip-slot:1 > cip-port:2/192.168.1.10 > cip-slot:0\n" CLAIMS (" @cip-slot:1 > cip-port:2/192.168.1.10 > cip-slot:0") },
  { "to-slot-refused", SEND "01 02 2001 2401 01 00 0109\n< d2 00 01 01 1203 01", ISTH_DISSECT_OK,
    "other 82 unconnected-send (Connection Manager 1)\nidentify 1 get-attributes-all (Identity 1) @cip-slot:9"
    "\n= refused: connection failure" },
  { "to-slot-lies", "52 02 2006 2401 0a0e 4000 01 02 2001 2401 01 00 0102", ISTH_DISSECT_MALFORMED,
    "other 82 unconnected-send (Connection Manager 1)" },

  { "open", "54 02 2006 2401 0a0e 00000000 01000180 0100 4d00 78563412 00000000 80841e00 f443 80841e00 f443 a3 03 0100 2002 2401"
    "\n< d4 00 00 00 11220000 01000180 0100 4d00 78563412 80841e00 80841e00 00 00", ISTH_DISSECT_OK,
    "other 84 forward-open (messages to Message Router 1) @cip-slot:0\n= ok" },
  { "open-large", "5b 02 2006 2401 0a0e 00000000 01000180 0100 4d00 78563412 00000000 80841e00 a00f0042 80841e00 a00f0042 a3 03 0100 2002 2401",
    ISTH_DISSECT_OK,
    "other 91 large-forward-open (messages to Message Router 1) @cip-slot:0" },
  { "open-with-key", "54 02 2006 2401 0a0e 00000000 01000180 0100 4d00 78563412 00000000 80841e00 f443 80841e00 f443 01 09"
    " 0103 3404 0100 0c00 3a00 83 01 2004 2466 2c65 2c64", ISTH_DISSECT_OK,
    "subscribe 84 forward-open (I/O with Assembly 102, every 2000 ms to it, every 2000 ms from it) @cip-slot:3" },
  { "open-to-itself", "54 02 2006 2401 0a0e 00000000 01000180 0100 4d00 78563412 00000000 80841e00 f443 80841e00 f443 a3 02 2002 2401",
    ISTH_DISSECT_OK,
    "other 84 forward-open (messages to Message Router 1)" },
  { "open-refused", "54 02 2006 2401 0a0e 00000000 01000180 0100 4d00 78563412 00000000 80841e00 f443 80841e00 f443 a3 02 2002 2401"
    "\n< d4 00 01 01 0601 0100 4d00 78563412 00 00", ISTH_DISSECT_OK,
    "other 84 forward-open (messages to Message Router 1)\n= refused: connection failure" },
  { "open-path-lies", "54 02 2006 2401 0a0e 00000000 01000180 0100 4d00 78563412 00000000 80841e00 f443 80841e00 f443 a3 ff 0100",
    ISTH_DISSECT_OK,
    "other 84 forward-open (Connection Manager 1)" },
  { "close", "4e 02 2006 2401 0a0e 0100 4d00 78563412 03 00 0100 2002 2401\n< ce 00 00 00 0100 4d00 78563412 00 00", ISTH_DISSECT_OK,
    "other 78 forward-close (Connection Manager 1)\n= ok" },

  /* The key says which device the originator expects; that it is one shows when it accepts. */
  { "open-io", IO "f443 204e0000 f443 01 08 34 04 0100 0c00 3a00 03 01 2004 2466 2c65\n< d4 00 00 00 11220000 01000180 0500 4d00 78563412 10270000 384f0000 00 00",
    ISTH_DISSECT_OK,
    "subscribe 84 forward-open (I/O with Assembly 102, every 10 ms to it, every 20 ms from it)\n= ok"
    "\nvendor = Rockwell Automation/Allen-Bradley (75)\ndevice_type = Communications Adapter (75)\nproduct_code = 58 (75)\nfirmware = 3.1 (75)"
    "\ncip-io: subscribe - open-io (connection 0x00002211 to the target, every 10 ms) to 10.0.0.2"
    "\ncip-io: subscribe - open-io (connection 0x80010001 from the target, every 20.280 ms) to 10.0.0.2" },
  /* Others may stand in for a compatible key, and no data flow to a listener: what it accepts says less. */
  { "open-io-listening", IO "0000 204e0000 f423 01 09 0103 34 04 0100 0c00 3a00 83 01 2004 2466 2c65"
    "\n< d4 00 00 00 11220000 01000180 0500 4d00 78563412 10270000 204e0000 00 00",
    ISTH_DISSECT_OK,
    "subscribe 84 forward-open (I/O with Assembly 102, every 20 ms from it) @cip-slot:3\n= ok\nchild cip-slot:3"
    "\nvendor = Rockwell Automation/Allen-Bradley (75) @cip-slot:3\ndevice_type = Communications Adapter (75) @cip-slot:3"
    "\ncip-io: subscribe - open-io (connection 0x80010001 from the target, every 20 ms) to 10.0.0.2 @cip-slot:3" },
  { "open-io-refused", IO "f443 204e0000 f443 01 08 34 04 0100 0c00 3a00 03 01 2004 2466 2c65\n< d4 00 01 01 1401 0500 4d00 78563412 00 00", ISTH_DISSECT_OK,
    "subscribe 84 forward-open (I/O with Assembly 102, every 10 ms to it, every 20 ms from it)\n= refused: connection failure" },
  { "open-io-key-lies", IO "f443 204e0000 f443 01 02 34 09 0100 0c00", ISTH_DISSECT_OK,
    "subscribe 84 forward-open (I/O, every 10 ms to it, every 20 ms from it)" },
  { "open-port-lies", IO "f443 204e0000 f443 01 02 11 40 0000", ISTH_DISSECT_OK,
    "subscribe 84 forward-open (I/O, every 10 ms to it, every 20 ms from it)" },
  { "open-cut", "54 02 2006 2401 0a0e 00000000", ISTH_DISSECT_OK, "other 84 forward-open (Connection Manager 1)" },

  { "controller-runs", "01 02 2001 2401\n< 81 00 00 00 0100 0e00 3700 140b 6030 78563412 08 \"1756-L61\"", ISTH_DISSECT_OK,
    "identify 1 get-attributes-all (Identity 1)\n= ok\n" CLAIMS ("") "\nstate = run (90)" },
  { "controller-runs-cut", "01 02 2001 2401\n< 81 00 00 00 0100 0e00 3700 140b 6030 78563412 08 \"1756-L61\"", ISTH_DISSECT_OK,
    "identify 1 get-attributes-all (Identity 1)\n"
    "= ok\n"
    "vendor = Rockwell Automation/Allen-Bradley (90)\n"
    "device_type = Programmable Logic Controller (90)\n"
    "product_code = 55 (90)\n"
    "firmware = 20.11 (90)\n"
    "serial = 0x12345678 (90)\n"
    "state = run (90)", .captured = 20 },
  { "controller-stands", "01 02 2001 2401\n< 81 00 00 00 0100 0e00 3700 140b 7020 78563412 08 \"1756-L61\"", ISTH_DISSECT_OK,
    "identify 1 get-attributes-all (Identity 1)\n= ok\n" CLAIMS ("") "\nstate = program (90)" },
  { "assigned-name", "0e 03 2001 2401 300f\n< 8e 00 00 00 01 \"eng\" da 0400 05 \"Mixer\"", ISTH_DISSECT_OK,
    "identify 14 get-attribute-single (Identity 1 attribute 15 (assigned name))\n= ok\nname = Mixer (90)" },
  { "location", "0e 03 2001 2401 3011\n< 8e 00 00 00 01 \"eng\" d0 0400 0600 \"Hall 3\"", ISTH_DISSECT_OK,
    "identify 14 get-attribute-single (Identity 1 attribute 17 (geographic location))\n= ok\nlocation = Hall 3 (90)" },
  { "description-in-unicode", "0e 03 2001 2401 3010\n< 8e 00 00 00 01 \"eng\" d5 e803 0100 4100", ISTH_DISSECT_OK,
    "identify 14 get-attribute-single (Identity 1 attribute 16 (assigned description))\n= ok" },
  { "no-name", "0e 03 2001 2401 300f\n< 8e 00 00 00 00", ISTH_DISSECT_OK,
    "identify 14 get-attribute-single (Identity 1 attribute 15 (assigned name))\n= ok" },
  { "project", "01 02 2064 2401\n< 81 00 00 00 0500 \"Plant\" 0600 \"Line 2\" 00000200", ISTH_DISSECT_OK,
    "read 1 get-attributes-all (Project 1)\n= ok\nname = Plant (90)\ndescription = Line 2 (90)" },
  { "project-none", "01 02 2064 2401\n< 81 00 00 00 0b00 \"1756-ENBT/A\" 0000", ISTH_DISSECT_OK, "read 1 get-attributes-all (Project 1)\n= ok" },
  { "project-list", "03 02 2064 2401 0200 0100 0900\n< 83 00 00 00 0200 0100 0000 0500 \"Plant\" 0900 0000 00", ISTH_DISSECT_OK,
    "read 3 get-attribute-list (Project 1)\n= ok\nname = Plant (90)" },
  { "tcp-ip", "01 02 20f5 2401\n< 81 00 00 00 01000000 14000000 02000000 0200 20f62401 c0a8010a ffffff00 c0a80101 00000000 00000000 0300 \"ot1\" 00 0500 \"plc-7\" 00",
    ISTH_DISSECT_OK, "read 1 get-attributes-all (TCP/IP Interface 1)\n= ok\ndomain = ot1 (90)\nhostname = plc-7 (90)" },
  { "host-name", "0e 03 20f5 2401 3006\n< 8e 00 00 00 0500 \"plc-7\" 00", ISTH_DISSECT_OK,
    "read 14 get-attribute-single (TCP/IP Interface 1 attribute 6 (host name))\n= ok\nhostname = plc-7 (90)" },
  { "ethernet-link", "0e 03 20f6 2401 3003\n< 8e 00 00 00 0000bc3eebe4", ISTH_DISSECT_OK,
    "read 14 get-attribute-single (Ethernet Link 1 attribute 3 (physical address))\n= ok\nbind 00:00:bc:3e:eb:e4 10.0.0.2" },
  { "ethernet-link-all", "01 02 20f6 2401\n< 81 00 00 00 64000000 0f000000 0000bc3eebe4", ISTH_DISSECT_OK,
    "read 1 get-attributes-all (Ethernet Link 1)\n= ok\nbind 00:00:bc:3e:eb:e4 10.0.0.2" },
  { "ethernet-link-of-another-module", "52 02 2006 2401 0a0e 0800 0e 03 20f6 2401 3003 01 00 0102\n< 8e 00 00 00 0000bc3eebe4", ISTH_DISSECT_OK,
    "other 82 unconnected-send (Connection Manager 1)\nread 14 get-attribute-single (Ethernet Link 1 attribute 3 (physical address)) @cip-slot:2"
    "\n= ok\nchild cip-slot:2" },
  { "other-port", "0e 03 20f6 2402 3003\n< 8e 00 00 00 0000bc3eebe4", ISTH_DISSECT_OK,
    "read 14 get-attribute-single (Ethernet Link 2 attribute 3 (physical address))\n= ok" },

  { "file-download", "4c 02 2037 2403 e8030000 0100 0101 00\n< cc 00 00 00 02\n> 50 02 2037 2403 00 00 01020304\n> 50 02 2037 2403 01 02 0506\n< d0 00 00 00 01",
    ISTH_DISSECT_OK,
    "file 76 initiate-download (File 3)\ntransfer file begin 0/1000 (File 3)\n= ok\nfile 80 download-transfer (File 3)\ntransfer file data 4/0 (File 3)"
    "\nfile 80 download-transfer (File 3)\ntransfer file data 2/0 (File 3)\ntransfer file end (File 3)\n= ok" },
  { "file-upload", "4b 02 2037 24c8 ff\n< cb 00 00 00 00040000 ff\n> 4f 02 2037 24c8 00\n< cf 00 00 00 00 04 010203", ISTH_DISSECT_OK,
    "file 75 initiate-upload (File 200)\ntransfer file begin (File 200)\n= ok\nfile 79 upload-transfer (File 200)\n= ok"
    "\ntransfer file data 3/0 (File 200) to 10.0.0.2\ntransfer file end (File 200) to 10.0.0.2" },
  { "file-refused", "4c 02 2037 2403 e8030000\n< cc 00 0f 00", ISTH_DISSECT_OK,
    "file 76 initiate-download (File 3)\ntransfer file begin 0/1000 (File 3)\n= refused: privilege violation"
    "\ntransfer file abort (File 3): privilege violation to 10.0.0.2" },
  { "file-broken-off", "50 02 2037 2403 05 03", ISTH_DISSECT_OK,
    "file 80 download-transfer (File 3)\ntransfer file abort (File 3): broken off by the sender" },
  { "program-loaded", "08 03 206a 2500 3f20 0300 0600\n> 50 03 206a 2500 3f20 00000000 0400 01020304\n> 08 02 20ac 2401 0100 0600 e803\n> 06 02 208e 2401",
    ISTH_DISSECT_OK,
    "program 8 create (Data Table 8255)\nrole engineering\ntransfer program begin (program)\ntransfer program data 4/0 (program)"
    "\nprogram 80 write-data (Data Table 8255)\ntransfer program data 10/0 (program)\nprogram 8 create (Program Changes 1)\ntransfer program end"
    "\ncontrol 6 start (Controller Mode 1)" },
  { "program-object-changed", "04 02 2068 2401 0100 0100 00", ISTH_DISSECT_OK, "program 4 set-attribute-list (Program 1)\nrole engineering" },
  { "firmware", "4b 02 20a1 2401 00\n> 4d 02 20a1 2401 01020304\n> 05 02 2001 2401 00", ISTH_DISSECT_OK,
    "firmware 75 update (Nonvolatile Storage 1)\nrole engineering\ntransfer firmware begin (firmware)\nfirmware 77 transfer (Nonvolatile Storage 1)"
    "\ntransfer firmware data 4/0 (firmware)\ncontrol 5 reset (Identity 1, as by switching off and on)\ntransfer firmware end" },
  { "ring", "0e 03 2047 2401 300a", ISTH_DISSECT_OK,
    "read 14 get-attribute-single (Device Level Ring (DLR) 1 attribute 10 (active supervisor))" },
  /* Whole messages inside tell for themselves: nothing of them is evidence of what carries them. */
  { "password", "51 02 2039 2401 00*16 \"a secret\" 00*8\n> 4c 02 2053 2401 \"secret\"\n> 50 02 2037 24c8 00 \"secret\"", ISTH_DISSECT_OK,
    "authenticate 81 set-password (Safety Supervisor 1, password in clear (at most 16 characters))\nauthenticate 76 set-pass-code (Power Management 1, pass code in clear)\nfile 80 download-transfer (File 200)"
    "\ntransfer file data 5/0 (File 200)" },
  { "password-to-slot", "52 02 2006 2401 0a0e 0c00 4c 02 2053 2401 \"secret\" 0100 0102", ISTH_DISSECT_OK,
    "other 82 unconnected-send (Connection Manager 1)\nauthenticate 76 set-pass-code (Power Management 1, pass code in clear) @cip-slot:2" },
  { "password-in-packet", "0a 02 2002 2401 0100 0400 4c 02 2053 2401 \"secret\"", ISTH_DISSECT_OK,
    "other 10 multiple-service-packet (Message Router 1)\nauthenticate 76 set-pass-code (Power Management 1, pass code in clear)" },
  { "security", "4d 02 205e 2401", ISTH_DISSECT_OK, "configure 77 apply-config (EtherNet/IP Security 1)" },
  { "clock", "04 02 208b 2401 0100 0600 00*8", ISTH_DISSECT_OK, "time-sync 4 set-attribute-list (Wall Clock Time 1)" },
  { "motion", "4f 02 2042 2401", ISTH_DISSECT_OK, "control 79 run-motor-test (Motion Device Axis 1)" },
  { "tag-list", "4c 03 20b2 2500 2100", ISTH_DISSECT_OK, "read 76 read-list (Tag List 33)" },

  { "path-lies", "01 09 2001 2401", ISTH_DISSECT_MALFORMED, "" },
  { "path-half", "01 01 2100", ISTH_DISSECT_MALFORMED, "" },
  { "path-of-types", "01 01 c100", ISTH_DISSECT_MALFORMED, "" },
  { "answer-words-lie", "< 81 00 01 09 0000", ISTH_DISSECT_MALFORMED, "" },
};

static const IsthProbeCase probes[] = {
  { "01 02 2001 2401", ISTH_PROBE_STRONG },
  { "81 00 00 00", ISTH_PROBE_STRONG },
  { "81 01 00 00", ISTH_PROBE_NO }, /* that byte is reserved */
  { "81 00", ISTH_PROBE_NO },
  { "00 00", ISTH_PROBE_NO },
  { "80 00 00 00", ISTH_PROBE_NO },
  { "01 05 2001 2401", ISTH_PROBE_NO },
  { "01 01 ffff", ISTH_PROBE_NO },
  { "0f 00 0100 a2 02 07 89 00 00", ISTH_PROBE_STRONG }, /* PCCC without its object cannot be told from a message without a path */
  { "01", ISTH_PROBE_NO },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_cip, NULL, probes, G_N_ELEMENTS (probes), false);
}

/* More ways than are kept of one flow: who is asked is known of the last, too, but nobody is given its identity. */
static void
test_many_routes (void)
{
  g_autoptr(GString) pdus = g_string_new (NULL), says = g_string_new (NULL);
  IsthDissectCase many = { .name = "more-slots-than-are-kept", .result = ISTH_DISSECT_OK };

  for (int slot = 0; slot <= 32; slot++)
    {
      g_string_append_printf (pdus, "%s> " SEND "01 02 2001 2401 01 00 01%02x", slot ? "\n" : "", slot);
      g_string_append_printf (says, "%sother 82 unconnected-send (Connection Manager 1)\nidentify 1 get-attributes-all (Identity 1) @cip-slot:%d",
                              slot ? "\n" : "", slot);
    }
  g_string_append (pdus, "\n< 81 00 00 00" IDENTITY);
  g_string_append (says, "\n= ok");
  many.pdus = pdus->str;
  many.says = says->str;
  isth_test_dissect (&isth_dissector_cip, &many);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_cip, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/cip/many-routes", test_many_routes);
  g_test_add_func ("/cip/probe", test_probe);
  return g_test_run ();
}
