/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each FINS command, asked, answered and refused, over UDP and TCP; what a controller says it is; and frames that lie. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_fins;

static const IsthDissectCase cases[] = {
  { "read-words",
    "80 00 02 00 02 00 00 01 00 7a 0101 82 0064 00 000a"
    "\n< c0 00 02 00 01 00 00 02 00 7a 0101 0000 00*20",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nread 257 memory-area-read (D 100–109)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)" },
  { "read-bits",
    "80 00 02 00 02 00 00 01 00 01 0101 31 0003 07 0004"
    "\n< c0 00 02 00 01 00 00 02 00 01 0101 0000 01000101",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nread 257 memory-area-read (W 3.07–3.10)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)" },
  { "read-banks",
    "80 00 02 00 02 00 00 01 00 01 0101 a3 0000 00 0001"
    "\n80 00 02 00 02 00 00 01 00 02 0101 91 0000 00 0001"
    "\n80 00 02 00 02 00 00 01 00 03 0101 2c 0000 0f 0001"
    "\n80 00 02 00 02 00 00 01 00 04 0101 f1 0000 00 0001"
    "\n80 00 02 00 02 00 00 01 00 05 0101 dc 0000 00 0001"
    "\n80 00 02 00 02 00 00 01 00 06 0101 77 0000 00 0001",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nread 257 memory-area-read (EM bank 3 0)"
    "\nread 257 memory-area-read (EM bank 1 0)"
    "\nread 257 memory-area-read (EM bank c 0.15)"
    "\nread 257 memory-area-read (W 0)"
    "\nread 257 memory-area-read (IR 0)"
    "\nread 257 memory-area-read (area 0x77 0)" },
  { "write-refused",
    "80 00 02 00 02 00 00 01 00 02 0102 82 0064 00 0001 1234"
    "\n< c0 00 02 00 01 00 00 02 00 02 0102 2102",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nwrite 258 memory-area-write (D 100)"
    "\n= refused: protected"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)" },
  { "write-no-answer",
    "81 00 02 00 02 00 00 01 00 02 0102 b0 0000 00 0002 0001 0002",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nwrite 258 memory-area-write (CIO 0–1)" },
  { "fill-transfer-several",
    "80 00 02 00 02 00 00 01 00 02 0103 82 0000 00 0064 0000"
    "\n< c0 00 02 00 01 00 00 02 00 02 0103 0000"
    "\n80 00 02 00 02 00 00 01 00 03 0105 82 0000 00 b1 000a 00 0003"
    "\n80 00 02 00 02 00 00 01 00 04 0104 82 0000 00 b0 0001 00"
    "\n< c0 00 02 00 01 00 00 02 00 04 0104 0000 82 0000 b0 0001",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nwrite 259 memory-area-fill (D 0–99)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\nwrite 261 memory-area-transfer (D 0–2 to W 10)"
    "\nread 260 multiple-memory-area-read (D 0 and 1 more)"
    "\n= ok" },
  { "parameters",
    "80 00 02 00 02 00 00 01 00 02 0201 8010 0000 0010"
    "\n< c0 00 02 00 01 00 00 02 00 02 0201 0000 8010 0000 8001 0000"
    "\n80 00 02 00 02 00 00 01 00 03 0202 8012 0000 8001 0000"
    "\n< c0 00 02 00 01 00 00 02 00 03 0202 0000"
    "\n80 00 02 00 02 00 00 01 00 04 0203 8099 0000 0001 0000"
    "\n80 00 02 00 02 00 00 01 00 05 0220 0000 0000 0000 0001"
    "\n80 00 02 00 02 00 00 01 00 06 0221 0000 0000 0000 0001 0102",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nread 513 parameter-area-read (PLC setup)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\nconfigure 514 parameter-area-write (I/O table)"
    "\ntransfer configure begin (I/O table)"
    "\ntransfer configure data 2/0 (I/O table)"
    "\n= ok"
    "\ntransfer configure end to 10.0.0.2"
    "\nconfigure 515 parameter-area-clear (parameter area 0x8099)"
    "\nread 544 data-link-table-read"
    "\nconfigure 545 data-link-table-write" },
  { "program-write",
    "80 00 02 00 02 00 00 01 00 02 0307 0000 00000000 0004 01020304"
    "\n< c0 00 02 00 01 00 00 02 00 02 0307 0000 0000 00000000 0004"
    "\n80 00 02 00 02 00 00 01 00 03 0307 0000 00000004 8002 0506"
    "\n< c0 00 02 00 01 00 00 02 00 03 0307 0000 0000 00000004 8002",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nprogram 775 program-area-write (program 0)"
    "\ntransfer program begin (program 0)"
    "\ntransfer program data 4/0 (program 0)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\nprogram 775 program-area-write (program 0)"
    "\ntransfer program data 2/0 (program 0)"
    "\n= ok"
    "\ntransfer program end (program 0) to 10.0.0.2" },
  { "program-read",
    "80 00 02 00 02 00 00 01 00 02 0306 0000 00000000 0010"
    "\n< c0 00 02 00 01 00 00 02 00 02 0306 0000 0000 00000000 8003 010203",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nupload 774 program-area-read (program 0)"
    "\ntransfer upload begin (program 0)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\ntransfer upload data 3/0 (program 0) to 10.0.0.2"
    "\ntransfer upload end (program 0) to 10.0.0.2" },
  { "parameters-write",
    "80 00 02 00 02 00 00 01 00 02 0202 8010 0000 0002 01020304"
    "\n< c0 00 02 00 01 00 00 02 00 02 0202 0000"
    "\n80 00 02 00 02 00 00 01 00 03 0202 8010 0002 8001 0506"
    "\n< c0 00 02 00 01 00 00 02 00 03 0202 0000",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nconfigure 514 parameter-area-write (PLC setup)"
    "\ntransfer configure begin (PLC setup)"
    "\ntransfer configure data 4/0 (PLC setup)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\nconfigure 514 parameter-area-write (PLC setup)"
    "\ntransfer configure data 2/0 (PLC setup)"
    "\n= ok"
    "\ntransfer configure end to 10.0.0.2" },
  { "parameters-refused",
    "80 00 02 00 02 00 00 01 00 02 0202 8013 0000 8002 01020304"
    "\n< c0 00 02 00 01 00 00 02 00 02 0202 2101",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nconfigure 514 parameter-area-write (routing table)"
    "\ntransfer configure begin (routing table)"
    "\ntransfer configure data 4/0 (routing table)"
    "\n= refused: read-only"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\ntransfer configure abort: read-only to 10.0.0.2" },
  { "file-read",
    "80 00 02 00 02 00 00 01 00 02 2202 8000 \"AUTOEXECOBJ\" 00 00000000 0004"
    "\n< c0 00 02 00 01 00 00 02 00 02 2202 0000 00000006 00000000 0004 01020304"
    "\n80 00 02 00 02 00 00 01 00 03 2202 8000 \"AUTOEXECOBJ\" 00 00000004 0004"
    "\n< c0 00 02 00 01 00 00 02 00 03 2202 0000 00000006 00000004 0002 0506",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nfile 8706 single-file-read (file AUTOEXECOBJ)"
    "\ntransfer file begin (file AUTOEXECOBJ)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\ntransfer file data 4/6 to 10.0.0.2"
    "\nfile 8706 single-file-read (file AUTOEXECOBJ)"
    "\n= ok"
    "\ntransfer file data 2/6 to 10.0.0.2"
    "\ntransfer file end 0/6 to 10.0.0.2" },
  { "file-write-refused",
    "80 00 02 00 02 00 00 01 00 02 2203 8000 0000 \"AUTOEXECOBJ\" 00 00000000 0004 01020304"
    "\n< c0 00 02 00 01 00 00 02 00 02 2203 2101",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nfile 8707 single-file-write (file AUTOEXECOBJ)"
    "\ntransfer file begin (file AUTOEXECOBJ)"
    "\ntransfer file data 4/0 (file AUTOEXECOBJ)"
    "\n= refused: read-only"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\ntransfer file abort: read-only to 10.0.0.2" },
  { "ethernet-unit",
    "80 00 02 00 02 10 00 01 00 02 2701 0000 0001 b1000000 2710 0000"
    "\n80 00 02 00 02 10 00 01 00 03 2702 0000 0001 b1000000 2710 0000"
    "\n80 00 02 00 02 10 00 01 00 04 2703 0000 0001 b1000000 2710 0000"
    "\n80 00 02 00 02 10 00 01 00 05 2704 0000 0001 b1000000 2710 0000"
    "\n80 00 02 00 02 10 00 01 00 06 2710 0000 0001 b1000000 2710 0000"
    "\n80 00 02 00 02 10 00 01 00 07 2711 0000 0001 b1000000 2710 0000"
    "\n80 00 02 00 02 10 00 01 00 08 2712 0000 0001 b1000000 2710 0000"
    "\n80 00 02 00 02 10 00 01 00 09 2713 0000 0001 b1000000 2710 0000"
    "\n80 00 02 00 02 10 00 01 00 0a 2714 0000 0001 b1000000 2710 0000"
    "\n80 00 02 00 02 10 00 01 00 0b 2720 0a000003 0005"
    "\n80 00 02 00 02 10 00 01 00 0c 2730 0001 0a000003 2580"
    "\n80 00 02 00 02 10 00 01 00 0d 2731 0001"
    "\n80 00 02 00 02 10 00 01 00 0e 2750 0001 0003 0a000003"
    "\n80 00 02 00 02 10 00 01 00 0f 2751 0001 0a000100 0a0000fe"
    "\n80 00 02 00 02 10 00 01 00 10 2757 0a000002 ffffff00"
    "\n80 00 02 00 02 10 00 01 00 11 2760 0020"
    "\n80 00 02 00 02 10 00 01 00 12 2761 0008"
    "\n80 00 02 00 02 10 00 01 00 13 2762"
    "\n80 00 02 00 02 10 00 01 00 14 2763"
    "\n80 00 02 00 02 10 00 01 00 15 2764"
    "\n80 00 02 00 02 10 00 01 00 16 2765",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\ncontrol 9985 udp-open @fins-unit:16"
    "\ncontrol 9986 udp-receive @fins-unit:16"
    "\ncontrol 9987 udp-send @fins-unit:16"
    "\ncontrol 9988 udp-close @fins-unit:16"
    "\ncontrol 10000 tcp-open-passive @fins-unit:16"
    "\ncontrol 10001 tcp-open-active @fins-unit:16"
    "\ncontrol 10002 tcp-receive @fins-unit:16"
    "\ncontrol 10003 tcp-send @fins-unit:16"
    "\ncontrol 10004 tcp-close @fins-unit:16"
    "\ndiagnose 10016 ping @fins-unit:16"
    "\nconfigure 10032 remote-node-change @fins-unit:16"
    "\ndiagnose 10033 connection-status-read @fins-unit:16"
    "\nconfigure 10064 ip-address-table-write @fins-unit:16"
    "\nconfigure 10065 ip-router-table-write @fins-unit:16"
    "\nconfigure 10071 ip-address-write @fins-unit:16"
    "\nread 10080 ip-address-table-read @fins-unit:16"
    "\nread 10081 ip-router-table-read @fins-unit:16"
    "\ndiagnose 10082 protocol-status-read @fins-unit:16"
    "\ndiagnose 10083 memory-status-read @fins-unit:16"
    "\ndiagnose 10084 socket-status-read @fins-unit:16"
    "\ndiagnose 10085 address-information-read @fins-unit:16" },
  { "program-refused",
    "80 00 02 00 02 00 00 01 00 02 0307 0000 00000000 8004 01020304"
    "\n< c0 00 02 00 01 00 00 02 00 02 0307 2102",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nprogram 775 program-area-write (program 0)"
    "\ntransfer program begin (program 0)"
    "\ntransfer program data 4/0 (program 0)"
    "\n= refused: protected"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\ntransfer program abort: protected to 10.0.0.2" },
  { "program-area",
    "80 00 02 00 02 00 00 01 00 02 0304 0000 00 00000000 ffffffff \"PASS\""
    "\n80 00 02 00 02 00 00 01 00 03 0305 0000 00 00000000 ffffffff \"PASS\""
    "\n< c0 00 02 00 01 00 00 02 00 03 0305 2602"
    "\n80 00 02 00 02 00 00 01 00 04 0308 0000 00",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nconfigure 772 program-area-protect (password in clear (at most 4 characters))"
    "\nauthenticate 773 program-area-protect-clear (password in clear (at most 4 characters))"
    "\n= refused: incorrect password"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\nprogram 776 program-area-clear" },
  { "modes",
    "80 00 02 00 02 00 00 01 00 02 0401 0000 04"
    "\n< c0 00 02 00 01 00 00 02 00 02 0401 0000"
    "\n80 00 02 00 02 00 00 01 00 03 0401 0000 02"
    "\n80 00 02 00 02 00 00 01 00 04 0401"
    "\n80 00 02 00 02 00 00 01 00 05 0402"
    "\n< c0 00 02 00 01 00 00 02 00 05 0402 0000"
    "\n80 00 02 00 02 00 00 01 00 06 0403",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\ncontrol 1025 run (run mode)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\ncontrol 1025 run (monitor mode)"
    "\ncontrol 1025 run"
    "\ncontrol 1026 stop"
    "\n= ok"
    "\ncontrol 1027 reset" },
  { "controller-data",
    "80 00 02 00 02 00 00 01 00 02 0501"
    "\n< c0 00 02 00 01 00 00 02 00 02 0501 0000 \"CJ2M-CPU33\" 20*10 \"02.01\" 20*15 00*52",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nidentify 1281 controller-data-read"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\nvendor = Omron (90)"
    "\nmodel = CJ2M-CPU33 (90)"
    "\nfirmware = 02.01 (90)" },
  { "controller-data-units-only",
    "80 00 02 00 02 00 00 01 00 02 0501 01"
    "\n< c0 00 02 00 01 00 00 02 00 02 0501 0000 41*65",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nidentify 1281 controller-data-read"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)" },
  { "connection-data",
    "80 00 02 00 02 00 00 01 00 02 0502 00 19"
    "\n< c0 00 02 00 01 00 00 02 00 02 0502 0000 82 00 \"CJ2M-CPU33\" 20*10 10 \"CJ1W-ETN21\" 20*10",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nidentify 1282 connection-data-read (from unit 0)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\nchild fins-unit:16"
    "\nmodel = CJ1W-ETN21 (90) @fins-unit:16" },
  { "status",
    "80 00 02 00 02 00 00 01 00 02 0601"
    "\n< c0 00 02 00 01 00 00 02 00 02 0601 0000 01 04 0000 0000 0000 0000 20*16"
    "\n80 00 02 00 02 00 00 01 00 03 0601"
    "\n< c0 00 02 00 01 00 00 02 00 03 0601 0000 00 02 0000 0000 0000 0000 20*16"
    "\n80 00 02 00 02 00 00 01 00 04 0601"
    "\n< c0 00 02 00 01 00 00 02 00 04 0601 0040 80 00 0000 0000 0000 0000 20*16"
    "\n80 00 02 00 02 00 00 01 00 05 0601"
    "\n< c0 00 02 00 01 00 00 02 00 05 0601 0000 00 00 0000 0000 0000 0000 20*16",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\ndiagnose 1537 controller-status-read"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\nstate = run (90)"
    "\ndiagnose 1537 controller-status-read"
    "\n= ok"
    "\nstate = stop (90)"
    "\ndiagnose 1537 controller-status-read"
    "\n= ok"
    "\nstate = standby (90)"
    "\ndiagnose 1537 controller-status-read"
    "\n= ok"
    "\nstate = program (90)" },
  { "diagnoses",
    "80 00 02 00 02 00 00 01 00 02 0602"
    "\n80 00 02 00 02 00 00 01 00 03 0603"
    "\n80 00 02 00 02 00 00 01 00 04 0620 00"
    "\n80 00 02 00 02 00 00 01 00 05 0801 \"abc\""
    "\n< c0 00 02 00 01 00 00 02 00 05 0801 0000 \"abc\""
    "\n80 00 02 00 02 00 00 01 00 06 0802"
    "\n80 00 02 00 02 00 00 01 00 07 0803 \"abc\""
    "\n80 00 02 00 02 00 00 01 00 08 0920 00ff"
    "\n80 00 02 00 02 00 00 01 00 09 0920 40ff"
    "\n80 00 02 00 02 00 00 01 00 0a 0920 80ff"
    "\n80 00 02 00 02 00 00 01 00 0b 2101 fffe"
    "\n80 00 02 00 02 00 00 01 00 0c 2102 0000 0001"
    "\n80 00 02 00 02 00 00 01 00 0d 2103",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\ndiagnose 1538 network-status-read"
    "\ndiagnose 1539 data-link-status-read"
    "\ndiagnose 1568 cycle-time-read"
    "\ndiagnose 2049 loop-back-test"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\ndiagnose 2050 broadcast-test-results-read"
    "\ndiagnose 2051 broadcast-test-data-send"
    "\ndiagnose 2336 message-read"
    "\ncontrol 2336 message-clear"
    "\ndiagnose 2336 fal-fals-read"
    "\ncontrol 8449 error-clear"
    "\ndiagnose 8450 error-log-read"
    "\ncontrol 8451 error-log-clear" },
  { "clock-and-rights",
    "80 00 02 00 02 00 00 01 00 02 0701"
    "\n< c0 00 02 00 01 00 00 02 00 02 0701 0000 24010212000002"
    "\n80 00 02 00 02 00 00 01 00 03 0702 24010212000002"
    "\n80 00 02 00 02 00 00 01 00 04 0c01 0000"
    "\n< c0 00 02 00 01 00 00 02 00 04 0c01 3001"
    "\n80 00 02 00 02 00 00 01 00 05 0c02 0000"
    "\n80 00 02 00 02 00 00 01 00 06 0c03 0000",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nread 1793 clock-read"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\ntime-sync 1794 clock-write"
    "\nauthenticate 3073 access-right-acquire"
    "\n= refused: no access right"
    "\nauthenticate 3074 access-right-forced-acquire"
    "\nother 3075 access-right-release" },
  { "files",
    "80 00 02 00 02 00 00 01 00 01 2201 0000 0000 0001"
    "\n80 00 02 00 02 00 00 01 00 02 2202 0000 \"PUMP    .OBJ\" 00000000 0020"
    "\n80 00 02 00 02 00 00 01 00 03 2203 0000 0002 \"PUMP    .OBJ\" 00000000 0002 0102"
    "\n80 00 02 00 02 00 00 01 00 04 2204 0000"
    "\n80 00 02 00 02 00 00 01 00 05 2205 0000 0001 \"PUMP    .OBJ\""
    "\n80 00 02 00 02 00 00 01 00 06 2206 0000 0000 \"VOLUME1 .LBL\""
    "\n80 00 02 00 02 00 00 01 00 07 2207 0000 \"PUMP    .OBJ\" 0001 \"PUMP    .BAK\""
    "\n80 00 02 00 02 00 00 01 00 08 2208 0000 \"PUMP    .NEW\" \"PUMP    .OLD\""
    "\n80 00 02 00 02 00 00 01 00 09 2209 0000 \"PUMP    .NEW\""
    "\n80 00 02 00 02 00 00 01 00 0a 220a 0002 82 000000 0001 0000 \"PUMP    .IOM\""
    "\n80 00 02 00 02 00 00 01 00 0b 220b 0000 8010 0000 0002 0000 \"PUMP    .STD\""
    "\n80 00 02 00 02 00 00 01 00 0c 220c 0000 0000 00000000 000000ff 0000 \"PUMP    .OBJ\""
    "\n80 00 02 00 02 00 00 01 00 0d 220f 00 0101"
    "\n80 00 02 00 02 00 00 01 00 0e 2210 0001"
    "\n80 00 02 00 02 00 00 01 00 0f 2211 c301 0001 41*128"
    "\n80 00 02 00 02 00 00 01 00 10 2215 0000 0000 \"RECIPES     \" 0000"
    "\n80 00 02 00 02 00 00 01 00 11 2220 0000 0001",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nfile 8705 file-name-read"
    "\nfile 8706 single-file-read (file PUMP    .OBJ)"
    "\ntransfer file begin (file PUMP    .OBJ)"
    "\nfile 8707 single-file-write (file PUMP    .OBJ)"
    "\ntransfer file begin (file PUMP    .OBJ)"
    "\ntransfer file data 2/0 (file PUMP    .OBJ)"
    "\nfile 8708 file-memory-format"
    "\nfile 8709 file-delete (file PUMP    .OBJ)"
    "\nfile 8710 volume-label-create-delete (file VOLUME1 .LBL)"
    "\nfile 8711 file-copy (file PUMP    .OBJ)"
    "\nfile 8712 file-name-change (file PUMP    .NEW)"
    "\nfile 8713 file-data-check (file PUMP    .NEW)"
    "\nfile 8714 memory-area-file-transfer"
    "\nfile 8715 parameter-area-file-transfer"
    "\nfile 8716 program-area-file-transfer"
    "\nfile 8719 file-memory-index-read"
    "\nfile 8720 file-memory-read"
    "\nfile 8721 file-memory-write"
    "\nfile 8725 directory-create-delete (file RECIPES)"
    "\nfile 8736 memory-cassette-transfer" },
  { "forces-and-names",
    "80 00 02 00 02 00 00 01 00 01 2301 0001 0001 30 0003 07"
    "\n< c0 00 02 00 01 00 00 02 00 01 2301 0000"
    "\n80 00 02 00 02 00 00 01 00 02 2301 0002 0000 30 0003 07 8001 30 0003 08"
    "\n80 00 02 00 02 00 00 01 00 03 2302"
    "\n80 00 02 00 02 00 00 01 00 04 230a 30 0000 00 0002"
    "\n80 00 02 00 02 00 00 01 00 05 2601 \"PUMP-7\""
    "\n80 00 02 00 02 00 00 01 00 06 2602"
    "\n80 00 02 00 02 00 00 01 00 07 2603"
    "\n< c0 00 02 00 01 00 00 02 00 07 2603 0000 \"PUMP-7\"",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\ncontrol 8961 forced-set-reset (set CIO 3.07)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)"
    "\ncontrol 8961 forced-set-reset (reset CIO 3.07 and 1 more)"
    "\ncontrol 8962 forced-set-reset-cancel"
    "\nread 8970 multiple-forced-status-read (CIO 0.00–0.01)"
    "\nconfigure 9729 name-set (PUMP-7)"
    "\nconfigure 9730 name-delete"
    "\nidentify 9731 name-read"
    "\n= ok"
    "\nname = PUMP-7 (90)" },
  { "unknown-command",
    "80 00 02 00 02 00 00 01 00 01 7777 01"
    "\n< c0 00 02 00 01 00 00 02 00 01 7777 0401",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nother 30583 command (command 0x7777)"
    "\n= refused: undefined command"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)" },
  { "unknown-end-code",
    "80 00 02 00 02 00 00 01 00 01 0402"
    "\n< c0 00 02 00 01 00 00 02 00 01 0402 1f1f",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\ncontrol 1026 stop"
    "\n= refused: end code 0x1f1f"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)" },
  /* Units of the rack, and a node of another network, are not the controller at the address. */
  { "unit",
    "80 00 02 00 02 10 00 01 00 01 0501"
    "\n< c0 00 02 00 01 00 00 02 10 01 0501 0000 \"CJ1W-ETN21\" 20*10 \"01.00\" 20*15",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nidentify 1281 controller-data-read @fins-unit:16"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.16 (90) @fins-unit:16"
    "\nchild fins-unit:16"
    "\nvendor = Omron (90) @fins-unit:16"
    "\nmodel = CJ1W-ETN21 (90) @fins-unit:16"
    "\nfirmware = 01.00 (90) @fins-unit:16" },
  { "other-network",
    "80 00 02 03 09 00 01 01 00 01 0402"
    "\n< c0 00 02 01 01 00 03 09 00 01 0402 0000",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 1.1.0 (90)"
    "\ncontrol 1026 stop @fins-node:3.9"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 3.9.0 (90) @fins-node:3.9"
    "\nchild fins-node:3.9" },
  { "other-network-not-reached",
    "80 00 02 03 09 10 01 01 00 01 0402"
    "\n< c0 00 02 01 01 00 03 09 10 01 0402 8205",
    ISTH_DISSECT_OK,
    "role fins-client"
    "\nprotocol_address = 1.1.0 (90)"
    "\ncontrol 1026 stop @fins-node:3.9 > fins-unit:16"
    "\n= refused: response timeout"
    "\nrole fins-server" },
  { "mid-stream-answer",
    "< c0 00 02 00 01 00 00 02 00 05 0402 0000",
    ISTH_DISSECT_OK,
    "role fins-server"
    "\nprotocol_address = 0.2.0 (90)", .mid_stream = true },
  { "tcp-handshake",
    "\"FINS\" 0000000c 00000000 00000000 00000000"
    "\n< \"FINS\" 00000010 00000001 00000000 00000001 00000002"
    "\n\"FINS\" 00000014 00000002 00000000 80 00 02 00 02 00 00 01 00 05 0402"
    "\n< \"FINS\" 00000016 00000002 00000000 c0 00 02 00 01 00 00 02 00 05 0402 0000",
    ISTH_DISSECT_OK,
    "other - node-address-request"
    "\n= ok"
    "\nprotocol_address = 0.2.0 (90)"
    "\nrole fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\ncontrol 1026 stop"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)", .tcp = true },
  { "tcp-handshake-refused",
    "\"FINS\" 0000000c 00000000 00000000 00000000"
    "\n< \"FINS\" 00000010 00000001 00000020 00000000 00000000",
    ISTH_DISSECT_OK,
    "other - node-address-request"
    "\n= refused: error 0x20", .tcp = true },
  { "tcp-error-and-confirmation",
    "< \"FINS\" 00000008 00000003 00000001"
    "\n\"FINS\" 00000008 00000006 00000000",
    ISTH_DISSECT_OK,
    "", .tcp = true },
  { "tcp-too-short",
    "\"FINS\" 0000000c 00000002 00000000 80 00 02 00",
    ISTH_DISSECT_MALFORMED,
    "", .tcp = true },
  { "write-too-short",
    "80 00 02 00 02 00 00 01 00 02 0102 82 00",
    ISTH_DISSECT_MALFORMED,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nwrite 258 memory-area-write" },
  { "answer-too-short",
    "80 00 02 00 02 00 00 01 00 02 0701"
    "\n< c0 00 02 00 01 00 00 02 00 02 0701 0000 24",
    ISTH_DISSECT_MALFORMED,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nread 1793 clock-read"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)" },
  { "units-lie",
    "80 00 02 00 02 00 00 01 00 02 0502 00 19"
    "\n< c0 00 02 00 01 00 00 02 00 02 0502 0000 7f 10 \"CJ1W\"",
    ISTH_DISSECT_MALFORMED,
    "role fins-client"
    "\nprotocol_address = 0.1.0 (90)"
    "\nidentify 1282 connection-data-read (from unit 0)"
    "\n= ok"
    "\nrole fins-server"
    "\nprotocol_address = 0.2.0 (90)" },
  { "cut-short",
    "80 00 02 00 02",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-fins",
    "90 00 02 00 02 00 00 01 00 02 0501",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* How sure the probe is, and over TCP where it says that a PDU ends. */
static const IsthProbeCase probes[] = {
  { "80 00 02 00 02 00 00 01 00 7a 0101 82 0064 00 000a", ISTH_PROBE_STRONG, 0, .layer = ISTH_LAYER_UDP },
  { "c0 00 02 00 01 00 00 02 00 7a 0102 0000", ISTH_PROBE_STRONG, 0, .layer = ISTH_LAYER_UDP },
  { "c0 00 02 00 01 00 00 02 00 7a 0102 0000 00", ISTH_PROBE_WEAK, 0, .layer = ISTH_LAYER_UDP }, /* more than that answer has */
  { "80 00 02 00 02 00 00 01 00 7a 0101 82 0064 00 000a 00", ISTH_PROBE_WEAK, 0, .layer = ISTH_LAYER_UDP }, /* more than that command has */
  { "80 00 02 00 02 00 00 01 00 7a 7777", ISTH_PROBE_WEAK, 0, .layer = ISTH_LAYER_UDP },
  { "00 00 02 00 02 00 00 01 00 7a 0000", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_UDP },
  { "00 00 02 00 02 00 00 01 00 7a 0101 82 0064 00 000a", ISTH_PROBE_WEAK, 0, .layer = ISTH_LAYER_UDP },
  { "80 00 12 34 00 00 01 00 00 00 0101 82 0064 00 000a", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_UDP }, /* RTP */
  { "80 00 02", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_UDP },
  { "\"FINS\" 0000000c 00000000 00000000 00000000", ISTH_PROBE_STRONG, 20, .layer = ISTH_LAYER_TCP },
  { "\"FINS\" 0000", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
  { "\"FINS\" 00000001 00000000 00000000", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
  { "\"FINAL\" 000000", ISTH_PROBE_NO, ISTH_PDU_INVALID, .layer = ISTH_LAYER_TCP },
  { "\"FI\"", ISTH_PROBE_NO, 0, .layer = ISTH_LAYER_TCP },
};

static void
test_probe (void)
{
  isth_test_probes (&isth_dissector_fins, NULL, probes, G_N_ELEMENTS (probes), true);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_fins, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/fins/probe", test_probe);
  return g_test_run ();
}
