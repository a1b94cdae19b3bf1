/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPC UA: connection, channel, each service asked and answered; what servers and clients say they are; no password; lies about counts. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_opcua;

static const IsthDissectCase cases[] = {
  { "hello",
    "\"HELF4\" 00*9 010000000100*9 14000000 \"opc.tcp://press:4840\"\n"
    "< \"ACKF\" 1c00*9 010000000100*9",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "endpoint = opc.tcp://press:4840 (75) about 10.0.0.2\n"
    "other - hello (opc.tcp://press:4840)\n"
    "= ok\n"
    "role opcua-server" },
  { "refused",
    "\"HELF4\" 00*9 010000000100*9 14000000 \"opc.tcp://press:4840\"\n"
    "< \"ERRF \" 00*5 838010000000 \"no such endpoint\"",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "endpoint = opc.tcp://press:4840 (75) about 10.0.0.2\n"
    "other - hello (opc.tcp://press:4840)\n"
    "= refused: endpoint URL invalid" },
  { "open",
    "\"OPNF\" 84000000070000002f000000 \"http://opcfoundation.org/UA/SecurityPolicy#None\" ff*8 01000000010000000100be0100*10 0100*7 "
    "ffffffffe80300*13 01000000ffffffff80ee3600\n"
    "< \"OPNF\" 87000000070000002f000000 \"http://opcfoundation.org/UA/SecurityPolicy#None\" ff*8 01000000010000000100c10100*8 0100*8 "
    "ffffffff00*7 070000000100*11 80ee3600ffffffff",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "other 446 open-secure-channel (no security)\n"
    "role opcua-server\n"
    "= ok" },
  { "endpoints",
    "\"MSGFY\" 000000070000000100000002000000020000000100ac0100*10 0100*7 ffffffffe80300*5 14000000 \"opc.tcp://press:4840\" ff*8\n"
    "< \"MSGF\" 86020000070000000100000002000000020000000100af0100*8 0100*8 ffffffff0000000200000014000000 \"opc.tcp://press:4840\" "
    "0e000000 \"urn:acme:press\" 13000000 \"http://acme.example\" 020c000000 \"Press server\" 00000000ff*8 0100000014000000 "
    "\"opc.tcp://press:4840\" 020000003000010000002f000000 \"http://opcfoundation.org/UA/SecurityPolicy#None\" "
    "0200000002000000703000000000ff*12 02000000703101000000ff*12 41000000 "
    "\"http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary\" 0014000000 \"opc.tcp://press:4840\" 0e000000 "
    "\"urn:acme:press\" 13000000 \"http://acme.example\" 020c000000 \"Press server\" 00000000ff*8 0100000014000000 "
    "\"opc.tcp://press:4840\" 0200000030000300000039000000 \"http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256\" "
    "0100000002000000703202000000ff*12 41000000 \"http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary\" 00",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "endpoint = opc.tcp://press:4840 (75) about 10.0.0.2\n"
    "identify 428 get-endpoints\n"
    "role opcua-server\n"
    "= ok\n"
    "software = urn:acme:press (90)\n"
    "software = http://acme.example (90)\n"
    "software = Press server (90)\n"
    "endpoint = opc.tcp://press:4840 (90)\n"
    "banner = None, no security, anonymous, user name (60)\n"
    "software = urn:acme:press (90)\n"
    "software = http://acme.example (90)\n"
    "software = Press server (90)\n"
    "endpoint = opc.tcp://press:4840 (90)\n"
    "banner = Basic256Sha256, signed and encrypted, certificate (60)" },
  { "session",
    "\"MSGF\" cd000000070000000100000003000000030000000100cd0100*10 0100*7 ffffffffe80300*5 0e000000 \"urn:hmi:client\" 09000000 "
    "\"urn:scada\" 0205000000 \"Panel\" 01000000ff*8 00000000ffffffff14000000 \"opc.tcp://press:4840\" 07000000 \"Panel 1 \" 000000 "
    "\"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\" ffffffff00*12\n"
    "< \"MSGF\" ce020000070000000100000003000000030000000100d00100*8 0100*8 ffffffff0000000101050001010600*9 20000000 "
    "\"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\" ffffffff0200000014000000 \"opc.tcp://press:4840\" 0e000000 \"urn:acme:press\" 13000000 "
    "\"http://acme.example\" 020c000000 \"Press server\" 00000000ff*8 0100000014000000 \"opc.tcp://press:4840\" "
    "020000003000010000002f000000 \"http://opcfoundation.org/UA/SecurityPolicy#None\" 0200000002000000703000000000ff*12 "
    "02000000703101000000ff*12 41000000 \"http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary\" 0014000000 "
    "\"opc.tcp://press:4840\" 0e000000 \"urn:acme:press\" 13000000 \"http://acme.example\" 020c000000 \"Press server\" 00000000ff*8 "
    "0100000014000000 \"opc.tcp://press:4840\" 0200000030000300000039000000 "
    "\"http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256\" 0100000002000000703202000000ff*12 41000000 "
    "\"http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary\" 00ff*12 00000000",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "software = urn:hmi:client (90)\n"
    "software = urn:scada (90)\n"
    "software = Panel (90)\n"
    "endpoint = opc.tcp://press:4840 (75) about 10.0.0.2\n"
    "other 461 create-session (session “Panel 1”)\n"
    "role opcua-server\n"
    "= ok\n"
    "software = urn:acme:press (90)\n"
    "software = http://acme.example (90)\n"
    "software = Press server (90)\n"
    "endpoint = opc.tcp://press:4840 (90)\n"
    "banner = None, no security, anonymous, user name (60)\n"
    "software = urn:acme:press (90)\n"
    "software = http://acme.example (90)\n"
    "software = Press server (90)\n"
    "endpoint = opc.tcp://press:4840 (90)\n"
    "banner = Basic256Sha256, signed and encrypted, certificate (60)" },
  /* The capture ends behind the client's first words. */
  { "session-cut",
    "\"MSGF\" cd000000070000000100000003000000030000000100cd0100*10 0100*7 ffffffffe80300*5 0e000000 \"urn:hmi:client\" 09000000 "
    "\"urn:scada\" 0205000000 \"Panel\" 01000000ff*8 00000000ffffffff14000000 \"opc.tcp://press:4840\" 07000000 \"Panel 1 \" 000000 "
    "\"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\" ffffffff00*12",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "software = urn:hmi:client (90)\n"
    "software = urn:scada (90)\n"
    "software = Panel (90)\n"
    "other 461 create-session", .captured = 110 },
  /* A list of servers on the network names hosts, not addresses: which of them has which name is not said, not even of the one who answers. */
  { "servers-on-network",
    "\"MSGF\" 45000000070000000100000004000000040000000100b02f000000000000000000000100000000000000ffffffffe80300000000000000000000000000ffffffff\n"
    "< \"MSGF\" 74000000070000000100000004000000040000000100b12f0000000000000000010000000000000000ffffffff00000000000000000000000100000000000000090000004c44532d7072657373140000006f70632e7463703a2f2f70726573733a3438343001000000030000004c4453",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "identify 12208 find-servers-on-network\n"
    "role opcua-server\n"
    "= ok" },
  { "anonymous",
    "\"MSGF`\" 000000070000000100000004000000040000000100d30100*10 0100*7 ffffffffe80300*5 ff*16 010041010106000000020000007030ff*8\n"
    "< \"MSGF@\" 000000070000000100000004000000040000000100d60100*8 0100*8 ffffffff000000ff*12",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "authenticate 467 activate-session (anonymous)\n"
    "role opcua-server\n"
    "= ok" },
  { "password-in-clear",
    "\"MSGFu\" 000000070000000100000004000000040000000100d30100*10 0100*7 ffffffffe80300*5 ff*16 "
    "01004401011b00000002000000703103000000626f6206000000 \"secret\" ff*12\n"
    "< \"MSGF@\" 000000070000000100000004000000040000000100d60100*8 0100*8 ffffffff000000ff*12",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "authenticate 467 activate-session (user “bob”, password in clear (under 8 characters))\n"
    "role opcua-server\n"
    "= ok" },
  { "certificate",
    "\"MSGFh\" 000000070000000100000004000000040000000100d30100*10 0100*7 ffffffffe80300*5 ff*16 "
    "01004701010e00000002000000703204000000 \"cert\" ff*8\n"
    "< \"MSGF@\" 000000070000000100000004000000040000000100d60100*8 0100*8 ffffffff000000ff*12",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "authenticate 467 activate-session (user certificate)\n"
    "role opcua-server\n"
    "= ok" },
  { "login-refused",
    "\"MSGF`\" 000000070000000100000004000000040000000100d30100*10 0100*7 ffffffffe80300*5 ff*16 010041010106000000020000007030ff*8\n"
    "< \"MSGF@\" 000000070000000100000004000000040000000100d60100*8 0100*5 218000ffffffff000000ff*12",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "authenticate 467 activate-session (anonymous)\n"
    "role opcua-server\n"
    "= refused: identity token rejected" },
  { "read",
    "\"MSGFz\" 000000070000000100000005000000050000000100770200*10 0100*7 ffffffffe80300*13 02000000020000000302000a000000 "
    "\"Tank.Level\" 0d000000ffffffff0000ffffffff010209000d000000ffffffff0000ffffffff\n"
    "< \"MSGFH\" 0000000700000001000000050000000500000001007a0200*8 0100*8 ffffffff00000002000000010604000000010605000000ffffffff",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "read 631 read (ns=2;s=Tank.Level and 1 more)\n"
    "role opcua-server\n"
    "= ok" },
  { "poll",
    "\"MSGFz\" 000000070000000100000005000000050000000100770200*10 0100*7 ffffffffe80300*13 02000000020000000302000a000000 "
    "\"Tank.Level\" 0d000000ffffffff0000ffffffff010209000d000000ffffffff0000ffffffff\n"
    "< \"MSGFH\" 0000000700000001000000050000000500000001007a0200*8 0100*8 ffffffff00000002000000010604000000010605000000ffffffff\n"
    "\"MSGFz\" 00000007000000010000000f0000000f0000000100770200*10 0100*7 ffffffffe80300*13 02000000020000000302000a000000 "
    "\"Tank.Level\" 0d000000ffffffff0000ffffffff010209000d000000ffffffff0000ffffffff\n"
    "< \"MSGFH\" 00000007000000010000000f0000000f00000001007a0200*8 0100*8 ffffffff00000002000000010604000000010605000000ffffffff",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "read 631 read (ns=2;s=Tank.Level and 1 more)\n"
    "role opcua-server\n"
    "= ok\n"
    "role opcua-client\n"
    "read 631 read (ns=2;s=Tank.Level and 1 more)\n"
    "role opcua-server\n"
    "= ok" },
  { "identity",
    "\"MSGF\" 91000000070000000100000006000000060000000100770200*10 0100*7 ffffffffe80300*13 "
    "02000000040000000100d3080d000000ffffffff0000ffffffff0100d7080d000000ffffffff0000ffffffff0100d5080d000000ffffffff0000ffffffff0100"
    "d8080d000000ffffffff0000ffffffff\n"
    "< \"MSGFf\" 0000000700000001000000060000000600000001007a0200*8 0100*8 ffffffff00000004000000010600000000010c04000000 \"Acme\" "
    "010c09000000 \"Press OPC\" 010c05000000 \"2.1.0\" ffffffff",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "identify 631 read (i=2259 and 3 more)\n"
    "role opcua-server\n"
    "= ok\n"
    "state = running (90)\n"
    "vendor = Acme (90)\n"
    "model = Press OPC (90)\n"
    "firmware = 2.1.0 (90)" },
  { "build-info",
    "\"MSGF[\" 000000070000000100000007000000070000000100770200*10 0100*7 ffffffffe80300*13 "
    "02000000010000000100d4080d000000ffffffff0000ffffffff\n"
    "< \"MSGF\" 820000000700000001000000070000000700000001007a0200*8 0100*8 ffffffff00000001000000011601005401013b0000000d000000 "
    "\"urn:acme:prod\" 04000000 \"Acme\" 09000000 \"Press OPC\" 03000000322e3202000000373700*8 ffffffff",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "identify 631 read (i=2260)\n"
    "role opcua-server\n"
    "= ok\n"
    "software = urn:acme:prod (90)\n"
    "vendor = Acme (90)\n"
    "model = Press OPC (90)\n"
    "firmware = 2.2 (90)" },
  { "write",
    "\"MSGFl\" 000000070000000100000008000000080000000100a10200*10 0100*7 ffffffffe80300*5 0200000003020008000000 \"Tank.Set\" "
    "0d000000ffffffff010607000000010203000d000000ffffffff010601000000\n"
    "< \"MSGFD\" 000000070000000100000008000000080000000100a40200*8 0100*8 ffffffff0000000200*11 ffffffff",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "write 673 write (ns=2;s=Tank.Set and 1 more)\n"
    "role opcua-server\n"
    "= ok" },
  { "write-refused",
    "\"MSGFl\" 000000070000000100000008000000080000000100a10200*10 0100*7 ffffffffe80300*5 0200000003020008000000 \"Tank.Set\" "
    "0d000000ffffffff010607000000010203000d000000ffffffff010601000000\n"
    "< \"MSGFD\" 000000070000000100000008000000080000000100a40200*8 0100*8 ffffffff0000000200*9 3b80ffffffff",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "write 673 write (ns=2;s=Tank.Set and 1 more)\n"
    "role opcua-server\n"
    "= refused: not writable (1 of 2)" },
  { "call-refused",
    "\"MSGFT\" 000000070000000100000009000000090000000100c80200*10 0100*7 ffffffffe80300*5 0100000001020a0001020b00010000000c06000000736563726574\n"
    "< \"MSGFL\" 000000070000000100000009000000090000000100cb0200*8 0100*8 ffffffff0000000100*5 7580ff*16",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "control 712 call (method ns=2;i=11 of ns=2;i=10)\n"
    "role opcua-server\n"
    "= refused: method invalid" },
  { "browse",
    "\"MSGFb\" 00000007000000010000000a0000000a00000001000f0200*10 0100*7 ffffffffe80300*19 640000000100000001005500*7 "
    "01000000003f000000\n"
    "< \"MSGF<\" 00000007000000010000000a0000000a0000000100120200*8 0100*8 ffffffff00*7 ffffffff",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "read 527 browse (i=85)\n"
    "role opcua-server\n"
    "= ok" },
  { "history",
    "\"MSGF\" 7f00000007000000010000000b0000000b0000000100980200*10 0100*7 ffffffffe80300*5 01008702011500*24 "
    "0200000000010000000302000a000000 \"Tank.Level\" ffffffff0000ff*8",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "read 664 history-read (ns=2;s=Tank.Level)" },
  { "monitor",
    "\"MSGF|\" 00000007000000010000000c0000000c0000000100ef0200*10 0100*7 ffffffffe80300*5 0100000002000000010000000302000a000000 "
    "\"Tank.Level\" 0d000000ffffffff0000ffffffff020000000100*14 0a00000001\n"
    "< \"MSGF<\" 00000007000000010000000c0000000c0000000100f20200*8 0100*8 ffffffff000000ff*8",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "subscribe 751 create-monitored-items (ns=2;s=Tank.Level)\n"
    "role opcua-server\n"
    "= ok" },
  { "publish",
    "\"MSGF=\" 00000007000000010000000d0000000d00000001003a0300*10 0100*7 ffffffffe80300*5 ffffffff\n"
    "< \"MSGF<\" 00000007000000010000000d0000000d00000001003d0300*8 0100*8 ffffffff00000001000000ffffffff",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "report 826 publish\n"
    "role opcua-server\n"
    "= ok" },
  { "fault",
    "\"MSGFz\" 000000070000000100000005000000050000000100770200*10 0100*7 ffffffffe80300*13 02000000020000000302000a000000 "
    "\"Tank.Level\" 0d000000ffffffff0000ffffffff010209000d000000ffffffff0000ffffffff\n"
    "< \"MSGF4\" 0000000700000001000000050000000500000001008d0100*8 0100*5 268000ffffffff000000",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "read 631 read (ns=2;s=Tank.Level and 1 more)\n"
    "role opcua-server\n"
    "= refused: session closed" },
  { "register",
    "\"MSGF\" 9900000007000000010000000e0000000e0000000100b50100*10 0100*7 ffffffffe80300*5 0e000000 \"urn:acme:press\" 13000000 "
    "\"http://acme.example\" 010000000205000000 \"Press\" 00000000ffffffff0100000014000000 \"opc.tcp://press:4840\" ffffffff01\n"
    "< \"MSGF4\" 00000007000000010000000e0000000e0000000100b80100*8 0100*8 ffffffff000000",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "role opcua-server\n"
    "software = urn:acme:press (90)\n"
    "software = http://acme.example (90)\n"
    "endpoint = opc.tcp://press:4840 (90)\n"
    "configure 437 register-server\n"
    "role opcua-server\n"
    "= ok" },
  { "find-servers",
    "\"MSGFW\" 000000070000000100000010000000100000000100a60100*10 0100*7 ffffffffe80300*5 12000000 \"opc.tcp://lds:4840\" ff*8\n"
    "< \"MSGF\" ad000000070000000100000010000000100000000100a90100*8 0100*8 ffffffff0000000200000007000000 \"urn:lds\" 13000000 "
    "\"http://acme.example\" 02030000004c445303000000ff*8 0000000009000000 \"urn:other\" 10000000 \"http://o.example\" 0205000000 "
    "\"Other\" 00000000ff*8 00000000",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "endpoint = opc.tcp://lds:4840 (75) about 10.0.0.2\n"
    "identify 422 find-servers\n"
    "role opcua-server\n"
    "= ok\n"
    "software = urn:lds (90)\n"
    "software = http://acme.example (90)\n"
    "software = LDS (90)\n"
    "role opcua-discovery-server" },
  { "reverse-hello",
    "< \"RHEF2\" 0000000e000000 \"urn:acme:press\" 14000000 \"opc.tcp://press:4840\"",
    ISTH_DISSECT_OK,
    "role opcua-server\n"
    "software = urn:acme:press (90)\n"
    "endpoint = opc.tcp://press:4840 (90)" },
  /* What opens a channel is named by its message type, whatever else is encrypted: Wireshark counts it only in the clear. */
  { "encrypted",
    "\"HELF4\" 00*9 010000000100*9 14000000 \"opc.tcp://press:4840\"\n"
    "\"OPNFs\" 0000000700000039000000 \"http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256\" 020000003082ffffffff "
    "\"ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ\"\n"
    "\"MSGFP\" 0000000700000001000000a5*64\n"
    "\"MSGFP\" 0000000700000001000000a5*64",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "endpoint = opc.tcp://press:4840 (75) about 10.0.0.2\n"
    "other - hello (opc.tcp://press:4840)\n"
    "other 446 open-secure-channel (Basic256Sha256)\n"
    "other - encrypted-message\n"
    "other - encrypted-message" },
  { "chunks",
    "\"MSGCY\" 000000070000000100000014000000140000000100770200*10 0100*7 ffffffffe80300*13 02000000020000000302000a000000 "
    "\"Tank.Leve\"\n"
    "\"MSGF\" 2200000007000000010000001500000014000000 \"rest of it\"",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "read 631 read" },
  { "lying-count",
    "\"MSGFZ\" 000000070000000100000008000000080000000100a10200*10 0100*7 ffffffffe80300*5 ffffff7f03020008000000 \"Tank.Set\" "
    "0d000000ffffffff010607000000",
    ISTH_DISSECT_MALFORMED,
    "role opcua-client\n"
    "write 673 write" },
  { "close",
    "\"CLOF9\" 000000070000000100000015000000150000000100c40100*10 0100*7 ffffffffe80300*5",
    ISTH_DISSECT_OK,
    "role opcua-client\n"
    "other 452 close-secure-channel" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"HELF\" 24000000 00000000 00000100 00000100 00000000 00000000 04000000 \"opc:\"", ISTH_PROBE_STRONG },
    { "\"HELF\" 25000000 00000000 00000100 00000100 00000000 00000000 04000000 \"opc:\"", ISTH_PROBE_NO },
    { "\"HELO mail.example\" 0d0a", ISTH_PROBE_NO },
    { "\"ACKF\" 1c000000 00*20", ISTH_PROBE_STRONG },
    { "\"MSGF\" 30000000 01000000 01000000 05000000 05000000 01007702 00*20", ISTH_PROBE_STRONG },
    { "\"MSGF\" 30000000 01000000 01000000 05000000 05000000 a5*24", ISTH_PROBE_WEAK },
    { "\"MSGX\" 30000000 01000000 01000000 05000000 05000000 01007702 00*20", ISTH_PROBE_NO },
    { "\"ERRF\" 10000000 00000080 ffffffff", ISTH_PROBE_WEAK },
    { "\"GET / HTTP/1.1\" 0d0a", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_opcua, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_opcua, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/opcua/probe", test_probe);
  return g_test_run ();
}
