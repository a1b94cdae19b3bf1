/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SMB 2 and 3: logins by NTLM and Kerberos, shares, files read and written, chains, pipes; offsets that lie. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_smb2;

static const IsthDissectCase cases[] = {
  { "samba",
    "fe \"SMB@\" 000100*7 0100*17 fffe00*6 1100*23 24000500010000007f000000 \"CCCCCCCCCCCCCCCCp\" "
    "0000000100000002021002000302031103000005000800*5 7300720076003100\n"
    "< fe \"SMB@\" 000100*7 01000100*15 fffe00*6 1100*23 4100010011030000 \"fileserver-1\" 00*4 2f00*5 "
    "01000000010000000100*17 8000*7",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "other 0 negotiate (SMB 2.0.2 to SMB 3.1.1)\n"
    "hostname = srv1 (75) about 10.0.0.2\n"
    "= ok\n"
    "role smb-server\n"
    "banner = SMB 3.1.1, signing possible, not required (90)\n"
    "device_id = 656c6966-6573-7672-6572-2d3100000000 (60)\n"
    "software = Samba (60)\n"
    "hostname = fileserver-1 (60)" },
  { "login",
    "fe \"SMB@\" 000100*7 0100*17 fffe00*6 1100*23 24000500010000007f000000 \"CCCCCCCCCCCCCCCCp\" "
    "0000000100000002021002000302031103000005000800*5 7300720076003100\n"
    "< fe \"SMB@\" 000100*7 01000100*15 fffe00*6 1100*23 4100010011030000521c9d3a0e0b424a9e6f3f3b1d \",JU/\" 00*5 "
    "01000000010000000100*17 8000*7\n"
    "fe \"SMB@\" 000100*5 01000100*9 0100*7 fffe00*6 1100*23 190000010100*7 58002800*9 \"NTLMSSP\" 00010000000782000200*16 "
    "0601b11d0000000f\n"
    "< fe \"SMB@\" 000100160000c0010001000100*7 0100*7 fffe00*6 1100*23 090000004800a600 \"NTLMSSP\" "
    "00020000000a000a003800000001820002 \"cccccccc\" 00*8 "
    "64006400420000000601b11d0000000f50004c0041004e00540002000a0050004c0041004e00540001000800530052005600310004001a0070006c0061006e00"
    "74002e006500780061006d0070006c0065000300240073007200760031002e0070006c0061006e0074002e006500780061006d0070006c006500*5\n"
    "fe \"SMB@\" 000100*5 01000100*9 0200*7 fffe00*6 1100*23 190000010100*7 58009000*9 \"NTLMSSP\" "
    "0003000000180018004800000018001800600000000a000a00780000000600060082000000080008008800*7 90000000018200020601b11d0000000f "
    "\"LLLLLLLLLLLLLLLLLLLLLLLLNNNNNNNNNNNNNNNNNNNNNNNNP\" 004c0041004e00540065006e00670048004d0049003200\n"
    "< fe \"SMB@\" 000100*5 010001000100*7 0200*7 fffe00*6 1100*23 0900000048000000",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "other 0 negotiate (SMB 2.0.2 to SMB 3.1.1)\n"
    "hostname = srv1 (75) about 10.0.0.2\n"
    "= ok\n"
    "role smb-server\n"
    "banner = SMB 3.1.1, signing possible, not required (90)\n"
    "device_id = 3a9d1c52-0b0e-4a42-9e6f-3f3b1d2c4a55 (60)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "other 1 session-setup\n"
    "= ok\n"
    "domain = PLANT (90)\n"
    "hostname = SRV1 (90)\n"
    "domain = plant.example (90)\n"
    "hostname = srv1.plant.example (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "hostname = HMI2 (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "authenticate 1 login (user “PLANT\\eng”)\n"
    "= ok" },
  { "guest",
    "fe \"SMB@\" 000100*7 0100*9 0100*7 fffe00*6 1100*23 24000100010000007f000000 \"CCCCCCCCCCCCCCCC\" 00*8 02020000\n"
    "< fe \"SMB@\" 000100*7 01000100*7 0100*7 fffe00*6 1100*23 4100030002020000521c9d3a0e0b424a9e6f3f3b1d \",JU/\" 00*5 "
    "01000000010000000100*17 8000*7\n"
    "fe \"SMB@\" 000100*5 01000100*9 0100*7 fffe00*6 1100*23 190000010100*7 58002800*9 \"NTLMSSP\" 00010000000782000200*16 "
    "0601b11d0000000f\n"
    "< fe \"SMB@\" 000100160000c0010001000100*7 0100*7 fffe00*6 1100*23 090000004800a600 \"NTLMSSP\" "
    "00020000000a000a003800000001820002 \"cccccccc\" 00*8 "
    "64006400420000000601b11d0000000f50004c0041004e00540002000a0050004c0041004e00540001000800530052005600310004001a0070006c0061006e00"
    "74002e006500780061006d0070006c0065000300240073007200760031002e0070006c0061006e0074002e006500780061006d0070006c006500*5\n"
    "fe \"SMB@\" 000100*5 01000100*9 0200*7 fffe00*6 1100*23 190000010100*7 58009000*9 \"NTLMSSP\" "
    "0003000000180018004800000018001800600000000a000a00780000000600060082000000080008008800*7 90000000018200020601b11d0000000f "
    "\"LLLLLLLLLLLLLLLLLLLLLLLLNNNNNNNNNNNNNNNNNNNNNNNNP\" 004c0041004e00540065006e00670048004d0049003200\n"
    "< fe \"SMB@\" 000100*5 010001000100*7 0200*7 fffe00*6 1100*23 0900010048000000",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "other 0 negotiate (SMB 2.0.2)\n"
    "= ok\n"
    "role smb-server\n"
    "banner = SMB 2.0.2, signing required (90)\n"
    "device_id = 3a9d1c52-0b0e-4a42-9e6f-3f3b1d2c4a55 (60)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "other 1 session-setup\n"
    "= ok\n"
    "domain = PLANT (90)\n"
    "hostname = SRV1 (90)\n"
    "domain = plant.example (90)\n"
    "hostname = srv1.plant.example (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "hostname = HMI2 (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "authenticate 1 login (user “PLANT\\eng”)\n"
    "= ok\n"
    "banner = SMB lets guests in (90)" },
  { "login-refused",
    "fe \"SMB@\" 000100*7 0100*9 0100*7 fffe00*6 1100*23 24000100010000007f000000 \"CCCCCCCCCCCCCCCC\" 00*8 02020000\n"
    "< fe \"SMB@\" 000100*7 01000100*7 0100*7 fffe00*6 1100*23 4100030002020000521c9d3a0e0b424a9e6f3f3b1d \",JU/\" 00*5 "
    "01000000010000000100*17 8000*7\n"
    "fe \"SMB@\" 000100*5 01000100*9 0100*7 fffe00*6 1100*23 190000010100*7 58002800*9 \"NTLMSSP\" 00010000000782000200*16 "
    "0601b11d0000000f\n"
    "< fe \"SMB@\" 000100160000c0010001000100*7 0100*7 fffe00*6 1100*23 090000004800a600 \"NTLMSSP\" "
    "00020000000a000a003800000001820002 \"cccccccc\" 00*8 "
    "64006400420000000601b11d0000000f50004c0041004e00540002000a0050004c0041004e00540001000800530052005600310004001a0070006c0061006e00"
    "74002e006500780061006d0070006c0065000300240073007200760031002e0070006c0061006e0074002e006500780061006d0070006c006500*5\n"
    "fe \"SMB@\" 000100*5 01000100*9 0200*7 fffe00*6 1100*23 190000010100*7 58009000*9 \"NTLMSSP\" "
    "0003000000180018004800000018001800600000000a000a00780000000600060082000000080008008800*7 90000000018200020601b11d0000000f "
    "\"LLLLLLLLLLLLLLLLLLLLLLLLNNNNNNNNNNNNNNNNNNNNNNNNP\" 004c0041004e00540065006e00670048004d0049003200\n"
    "< fe \"SMB@\" 0001006d0000c0010001000100*7 0200*7 fffe0000010000001100*23 0900*8",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "other 0 negotiate (SMB 2.0.2)\n"
    "= ok\n"
    "role smb-server\n"
    "banner = SMB 2.0.2, signing required (90)\n"
    "device_id = 3a9d1c52-0b0e-4a42-9e6f-3f3b1d2c4a55 (60)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "other 1 session-setup\n"
    "= ok\n"
    "domain = PLANT (90)\n"
    "hostname = SRV1 (90)\n"
    "domain = plant.example (90)\n"
    "hostname = srv1.plant.example (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "hostname = HMI2 (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "authenticate 1 login (user “PLANT\\eng”)\n"
    "= refused: logon failure" },
  { "kerberos",
    "fe \"SMB@\" 000100*5 01000100*9 0100*7 fffe00*6 1100*23 190000010100*7 5800cc00*9 "
    "6081c906062b0601050502a081be3081bba00d300b06092a864886f712010202a281a90481a66081a306092a864886f71201020201006e8193308190a0030201"
    "05a10302010ea207030500*5 a35e615c305aa003020105a10f1b0d \"PLANT.EXAMPLE\" a2253023a003020102a11c301a1b04 \"cifs\" 1b12 "
    "\"srv1.plant.example\" a31b3019a003020112a2120410ee*16 a41b3019a003020112a2120410ee*16\n"
    "< fe \"SMB@\" 000100*5 010001000100*7 0100*7 fffe00*6 1100*23 0900000048000000",
    ISTH_DISSECT_OK,
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "hostname = srv1.plant.example (75) about 10.0.0.2\n"
    "authenticate 1 login (Kerberos ticket for cifs/srv1.plant.example@PLANT.EXAMPLE)\n"
    "= ok" },
  { "share-of-a-domain-controller",
    "fe \"SMB@\" 000100*5 03000100*9 0300*7 fffe00*6 1100*23 0900000048001a005c005c0073007200760031005c0053007900730056006f006c00\n"
    "< fe \"SMB@\" 000100*5 030001000100*7 0300*7 fffe0000010000001100*23 10000100*9 ff011f00",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "file 3 tree-connect (share \\\\srv1\\SysVol)\n"
    "= ok\n"
    "role domain-controller" },
  { "share-of-a-domain-controller-refused",
    "fe \"SMB@\" 000100*5 03000100*9 0300*7 fffe00*6 1100*23 0900000048001a005c005c0073007200760031005c0053007900730056006f006c00\n"
    "< fe \"SMB@\" 000100220000c0030001000100*7 0300*7 fffe00*6 1100*23 0900*8",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "file 3 tree-connect (share \\\\srv1\\SysVol)\n"
    "= refused: access denied" },
  { "read-file",
    "fe \"SMB@\" 000100*5 03000100*9 0300*7 fffe00*6 1100*23 0900000048001c005c005c0073007200760031005c007200650063006900700065007300\n"
    "< fe \"SMB@\" 000100*5 030001000100*7 0300*7 fffe0000010000001100*23 10000100*9 ff011f00\n"
    "fe \"SMB@\" 000100*5 05000100*9 0600*7 fffe0000010000001100*23 390000000200*19 89001200*5 070000000100*7 78001a00*9 "
    "6c0069006e00650031005c006d00690078002e00630073007600\n"
    "< fe \"SMB@\" 000100*5 050001000100*7 0600*7 fffe0000010000001100*23 590000000100*36 1000*6 6400*7 2000*7 0700*7 071000*14\n"
    "fe \"SMB@\" 000100*5 08000100*9 0700*7 fffe0000010000001100*23 310050006400*11 0700*7 071000*23\n"
    "< fe \"SMB@\" 000100*5 080001000100*7 0700*7 fffe0000010000001100*23 110050006400*11 "
    "\"dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd\"\n"
    "fe \"SMB@\" 000100*5 08000100*9 0800*7 fffe0000010000001100*23 310050006400*11 0700*7 071000*23\n"
    "< fe \"SMB@\" 000100110000c0080001000100*7 0800*7 fffe0000010000001100*23 0900*8\n"
    "fe \"SMB@\" 000100*5 10000100*9 2900*7 fffe0000010000001100*23 290001056400*19 0700*7 071000*6\n"
    "< fe \"SMB@\" 000100*5 100001000100*7 2900*7 fffe0000010000001100*23 09004800*5\n"
    "fe \"SMB@\" 000100*5 06000100*9 0900*7 fffe0000010000001100*23 1800*7 0700*7 071000*6\n"
    "< fe \"SMB@\" 000100*5 060001000100*7 0900*7 fffe0000010000001100*23 3c00*59",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "hostname = srv1 (75) about 10.0.0.2\n"
    "file 3 tree-connect (share \\\\srv1\\recipes)\n"
    "= ok\n"
    "file 5 open (recipes\\line1\\mix.csv)\n"
    "= ok\n"
    "file 8 read (recipes\\line1\\mix.csv)\n"
    "= ok\n"
    "transfer file begin (recipes\\line1\\mix.csv) to 10.0.0.2\n"
    "transfer file data 100/0 to 10.0.0.2\n"
    "file 8 read (recipes\\line1\\mix.csv)\n"
    "= refused: end of file\n"
    "other 16 query-info (recipes\\line1\\mix.csv)\n"
    "= ok\n"
    "other 6 close (recipes\\line1\\mix.csv)\n"
    "= ok\n"
    "transfer file end to 10.0.0.2" },
  { "not-found",
    "fe \"SMB@\" 000100*5 03000100*9 0300*7 fffe00*6 1100*23 0900000048001c005c005c0073007200760031005c007200650063006900700065007300\n"
    "< fe \"SMB@\" 000100*5 030001000100*7 0300*7 fffe0000010000001100*23 10000100*9 ff011f00\n"
    "fe \"SMB@\" 000100*5 05000100*9 0600*7 fffe0000010000001100*23 390000000200*19 89001200*5 070000000100*7 78001a00*9 "
    "6c0069006e00650031005c006d00690078002e00630073007600\n"
    "< fe \"SMB@\" 000100340000c0050001000100*7 0600*7 fffe0000010000001100*23 0900*8\n"
    "fe \"SMB@\" 000100*5 08000100*9 0700*7 fffe0000010000001100*23 310050006400*11 0700*7 071000*23\n"
    "< fe \"SMB@\" 000100110000c0080001000100*7 0800*7 fffe0000010000001100*23 0900*8",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "hostname = srv1 (75) about 10.0.0.2\n"
    "file 3 tree-connect (share \\\\srv1\\recipes)\n"
    "= ok\n"
    "file 5 open (recipes\\line1\\mix.csv)\n"
    "= refused: name not found\n"
    "file 8 read" },
  { "write-file",
    "fe \"SMB@\" 000100*5 03000100*9 0300*7 fffe00*6 1100*23 0900000048001c005c005c0073007200760031005c007200650063006900700065007300\n"
    "< fe \"SMB@\" 000100*5 030001000100*7 0300*7 fffe0000010000001100*23 10000100*9 ff011f00\n"
    "fe \"SMB@\" 000100*5 05000100*9 0a00*7 fffe0000010000001100*23 390000000200*19 89001200*5 070000000200*7 78000a00*9 "
    "78002e00620069006e00\n"
    "< fe \"SMB@\" 000100*5 050001000100*7 0a00*7 fffe0000010000001100*23 590000000100*36 1000*6 6400*7 2000*7 0800*7 081000*14\n"
    "fe \"SMB@\" 000100*5 09000100*9 0b00*7 fffe0000010000001100*23 310070003200*11 0800*7 081000*22 "
    "\"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww\"\n"
    "< fe \"SMB@\" 000100*5 090001000100*7 0b00*7 fffe0000010000001100*23 110000003200*11\n"
    "fe \"SMB@\" 000100*5 09000100*9 0c00*7 fffe0000010000001100*23 310070003200*11 0800*7 081000*22 "
    "\"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww\"\n"
    "< fe \"SMB@\" 000100*5 090001000100*7 0c00*7 fffe0000010000001100*23 110000003200*11\n"
    "fe \"SMB@\" 000100*5 11000100*9 0e00*7 fffe0000010000001100*23 2100010a220000006000*7 0800*7 081000*22 "
    "0e0000006f006c0064002e00620069006e00\n"
    "< fe \"SMB@\" 000100*5 110001000100*7 0e00*7 fffe0000010000001100*23 0200\n"
    "fe \"SMB@\" 000100*5 11000100*9 1000*7 fffe0000010000001100*23 21000104280000006000*7 0800*7 081000*46\n"
    "< fe \"SMB@\" 000100*5 110001000100*7 1000*7 fffe0000010000001100*23 0200\n"
    "fe \"SMB@\" 000100*5 11000100*9 0f00*7 fffe0000010000001100*23 2100010d010000006000*7 0800*7 081000*6 01\n"
    "< fe \"SMB@\" 000100*5 110001000100*7 0f00*7 fffe0000010000001100*23 0200\n"
    "fe \"SMB@\" 000100*5 06000100*9 0d00*7 fffe0000010000001100*23 1800*7 0800*7 081000*6\n"
    "< fe \"SMB@\" 000100*5 060001000100*7 0d00*7 fffe0000010000001100*23 3c00*59\n"
    "fe \"SMB@\" 000100*5 05000100*9 1100*7 fffe0000010000001100*23 390000000200*19 89001200*5 07000000010000000010000078001000*9 "
    "67006f006e0065002e00740078007400\n"
    "< fe \"SMB@\" 000100*5 050001000100*7 1100*7 fffe0000010000001100*23 590000000100*36 1000*6 6400*7 2000*7 0900*7 091000*14",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "hostname = srv1 (75) about 10.0.0.2\n"
    "file 3 tree-connect (share \\\\srv1\\recipes)\n"
    "= ok\n"
    "file 5 create (recipes\\x.bin)\n"
    "= ok\n"
    "file 9 write (recipes\\x.bin)\n"
    "transfer file begin (recipes\\x.bin)\n"
    "transfer file data 50/0\n"
    "= ok\n"
    "file 9 write (recipes\\x.bin)\n"
    "transfer file data 50/0\n"
    "= ok\n"
    "file 17 rename (recipes\\x.bin to old.bin)\n"
    "= ok\n"
    "other 17 set-info (recipes\\x.bin)\n"
    "= ok\n"
    "file 17 delete (recipes\\x.bin)\n"
    "= ok\n"
    "other 6 close (recipes\\x.bin)\n"
    "= ok\n"
    "transfer file end to 10.0.0.2\n"
    "file 5 delete (recipes\\gone.txt)\n"
    "= ok" },
  { "administrative",
    "fe \"SMB@\" 000100*5 03000100*9 0500*7 fffe00*6 1100*23 "
    "09000000480022005c005c00310030002e0030002e0030002e0032005c00410044004d0049004e002400\n"
    "< fe \"SMB@\" 000100*5 030001000100*7 0500*7 fffe0000030000001100*23 10000100*9 ff011f00\n"
    "fe \"SMB@\" 000100*5 03000100*9 0500*7 fffe00*6 1100*23 0900000048001a005c005c00310030002e0030002e0030002e0032005c0043002400\n"
    "< fe \"SMB@\" 000100220000c0030001000100*7 0500*7 fffe0000010000001100*23 0900*8",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "file 3 tree-connect (administrative share \\\\10.0.0.2\\ADMIN$)\n"
    "= ok\n"
    "role smb-client\n"
    "file 3 tree-connect (administrative share \\\\10.0.0.2\\C$)\n"
    "= refused: access denied" },
  { "domain-names",
    "fe \"SMB@\" 000100*5 03000100*9 0500*7 fffe00*6 1100*23 "
    "0900000048002c005c005c0070006c0061006e0074002e006500780061006d0070006c0065005c0053007900730056006f006c00\n"
    "fe \"SMB@\" 000100*5 01000100*9 0100*7 fffe00*6 1100*23 190000010100*7 5800df00*9 "
    "6081dc06062b0601050502a081d13081cea00d300b06092a864886f712010202a281bc0481b96081b606092a864886f71201020201006e81a63081a3a0030201"
    "05a10302010ea207030500*5 a3 \"qao0m\" a003020105a10f1b0d \"PLANT.EXAMPLE\" a2383036a003020102a12f302d1b04 \"ldap\" 1b16 "
    "\"srv1.plant.example:389\" 1b0d \"plant.example\" a31b3019a003020112a2120410ee*16 a41b3019a003020112a2120410ee*16",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "file 3 tree-connect (share \\\\plant.example\\SysVol)\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "hostname = srv1.plant.example (75) about 10.0.0.2\n"
    "authenticate 1 login (Kerberos ticket for ldap/srv1.plant.example:389/plant.example@PLANT.EXAMPLE)" },
  { "pipe",
    "fe \"SMB@\" 000100*5 03000100*9 0400*7 fffe00*6 1100*23 "
    "09000000480032005c005c0073007200760031002e0070006c0061006e0074002e006500780061006d0070006c0065005c004900500043002400\n"
    "< fe \"SMB@\" 000100*5 030001000100*7 0400*7 fffe0000020000001100*23 10000200*9 ff011f00\n"
    "fe \"SMB@\" 000100*5 05000100*9 1400*7 fffe0000020000001100*23 390000000200*19 89001200*5 070000000100*7 78000c00*9 "
    "730076006300630074006c00\n"
    "< fe \"SMB@\" 000100*5 050001000100*7 1400*7 fffe0000020000001100*23 590000000100*36 1000*6 6400*7 2000*7 1400*7 141000*14\n"
    "fe \"SMB@\" 000100*5 09000100*9 1500*7 fffe0000020000001100*23 310070004800*11 1400*7 141000*22 "
    "05000b03100000004800000001000000b810b810000000000100*5 "
    "010081bb7a364498f135ad3298f03800100302000000045d888aeb1cc9119fe808002b10486002000000\n"
    "< fe \"SMB@\" 000100*5 090001000100*7 1500*7 fffe0000020000001100*23 110000004800*11\n"
    "fe \"SMB@\" 000100*5 08000100*9 1600*7 fffe0000020000001100*23 31005000000400*10 1400*7 141000*23\n"
    "< fe \"SMB@\" 00010003010000080001000300*7 1600*7 fffe0000020000001100*23 0900*8\n"
    "< fe \"SMB@\" 000100*5 080001000100*7 1600*7 fffe0000020000001100*23 110050003c00*11 "
    "05000c03100000003c00000001000000b810b8100900000004003133350000000100*7 045d888aeb1cc9119fe808002b10486002000000\n"
    "fe \"SMB@\" 000100*5 0b000100*9 1700*7 fffe0000020000001100*23 3900000017c011001400*7 141000*6 780000004c00*16 1000000100*7 "
    "05000003100000004c000000020000003400*5 1000 \"hhhhhhhhhhhhhhhhhhhh\" 0900*7 0900000050005300450058004500530056004300*5\n"
    "< fe \"SMB@\" 000100*5 0b0001000100*7 1700*7 fffe0000020000001100*23 3100000017c011001400*7 141000*6 7000*7 700000003000*11 "
    "050002031000000030000000020000001800*31",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "hostname = srv1.plant.example (60) about 10.0.0.2\n"
    "other 3 tree-connect (share \\\\srv1.plant.example\\IPC$)\n"
    "= ok\n"
    "other 5 open-pipe (pipe svcctl)\n"
    "= ok\n"
    "other 9 write (pipe svcctl)\n"
    "msrpc: other - bind (svcctl)\n"
    "= ok\n"
    "other 8 read (pipe svcctl)\n"
    "= ok\n"
    "msrpc: = ok\n"
    "other 11 control (call by a pipe)\n"
    "msrpc: other 16 open-service-w (svcctl, “PSEXESVC”)\n"
    "= ok\n"
    "msrpc: = ok" },
  { "psexec",
    "fe \"SMB@\" 000100*5 03000100*9 0400*7 fffe00*6 1100*23 "
    "09000000480032005c005c0073007200760031002e0070006c0061006e0074002e006500780061006d0070006c0065005c004900500043002400\n"
    "< fe \"SMB@\" 000100*5 030001000100*7 0400*7 fffe0000020000001100*23 10000200*9 ff011f00\n"
    "fe \"SMB@\" 000100*5 05000100*9 1800*7 fffe0000020000001100*23 390000000200*19 89001200*5 070000000100*7 78003000*9 "
    "500053004500580045005300560043002d0048004d00490032002d0034003700310032002d0073007400640069006e00\n"
    "< fe \"SMB@\" 000100ac0000c0050001000100*7 1800*7 fffe0000020000001100*23 0900*8",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "hostname = srv1.plant.example (60) about 10.0.0.2\n"
    "other 3 tree-connect (share \\\\srv1.plant.example\\IPC$)\n"
    "= ok\n"
    "other 5 open-pipe (pipe PSEXESVC-HMI2-4712-stdin)\n"
    "psexec: control - remote-program (PsExec by pipe PSEXESVC-HMI2-4712-stdin)\n"
    "= refused: pipe not available" },
  { "chain",
    "fe \"SMB@\" 000100*5 03000100*9 0300*7 fffe00*6 1100*23 0900000048001c005c005c0073007200760031005c007200650063006900700065007300\n"
    "< fe \"SMB@\" 000100*5 030001000100*7 0300*7 fffe0000010000001100*23 10000100*9 ff011f00\n"
    "fe \"SMB@\" 000100*5 05000100*5 800000001e00*7 fffe0000010000001100*23 390000000200*19 89001200*5 070000000100*7 78000600*9 "
    "61005c0062000000fe \"SMB@\" 000100*5 0e00010004000000700000001f00*7 fffe0000010000001100*23 21002500*5 ff*16 "
    "60000a00000001002a002e0070006c006300*7 fe \"SMB@\" 000100*5 060001000400*7 2000*7 fffe0000010000001100*23 1800*7 ff*16\n"
    "< fe \"SMB@\" 000100*5 0500010001000000980000001e00*7 fffe0000010000001100*23 590000000100*36 1000*6 6400*7 2000*7 1e00*7 "
    "1e1000*14 fe \"SMB@\" 000100*5 0e00010001000000480000001f00*7 fffe0000010000001100*23 0900*7 fe \"SMB@\" 000100*5 060001000100*7 "
    "2000*7 fffe0000010000001100*23 3c00*59\n"
    "fe \"SMB@\" 000100*5 05000100*5 880000002100*7 fffe0000010000001100*23 390000000200*19 89001200*5 070000000100*7 78000a00*9 "
    "78002e00630066006700*7 fe \"SMB@\" 000100*5 0800010004000000780000002200*7 fffe0000010000001100*23 310050002800*11 ff*16 00*24 fe "
    "\"SMB@\" 000100*5 060001000400*7 2300*7 fffe0000010000001100*23 1800*7 ff*16\n"
    "< fe \"SMB@\" 000100*5 0500010001000000980000002100*7 fffe0000010000001100*23 590000000100*36 1000*6 6400*7 2000*7 2100*7 "
    "211000*14 fe \"SMB@\" 000100*5 0800010001000000780000002200*7 fffe0000010000001100*23 110050002800*11 "
    "\"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\" fe \"SMB@\" 000100*5 060001000100*7 2300*7 fffe0000010000001100*23 3c00*59",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "hostname = srv1 (75) about 10.0.0.2\n"
    "file 3 tree-connect (share \\\\srv1\\recipes)\n"
    "= ok\n"
    "file 5 open (recipes\\a\\b)\n"
    "file 14 list (recipes\\a\\b\\*.plc)\n"
    "other 6 close (recipes\\a\\b)\n"
    "= ok\n"
    "= ok\n"
    "= ok\n"
    "file 5 open (recipes\\x.cfg)\n"
    "file 8 read (recipes\\x.cfg)\n"
    "other 6 close (recipes\\x.cfg)\n"
    "= ok\n"
    "= ok\n"
    "transfer file begin (recipes\\x.cfg) to 10.0.0.2\n"
    "transfer file data 40/0 to 10.0.0.2\n"
    "= ok\n"
    "transfer file end to 10.0.0.2" },
  { "echo",
    "fe \"SMB@\" 000100*5 0d000100*9 2800*7 fffe00*6 1100*23 04000000\n"
    "< fe \"SMB@\" 000100*5 0d0001000100*7 2800*7 fffe00*6 1100*23 04000000\n"
    "fe \"SMB@\" 000100*5 0c000100*9 3200*7 fffe0000010000001100*23 04000000\n"
    "fe \"SMB@\" 000100*5 0a000100*9 3300*7 fffe0000010000001100*23 30000100*5 0700*7 071000*30\n"
    "< fe \"SMB@\" 000100*5 0a0001000100*7 3300*7 fffe0000010000001100*23 04000000",
    ISTH_DISSECT_OK,
    "other 13 echo\n"
    "= ok\n"
    "other 10 lock\n"
    "= ok" },
  { "interfaces",
    "fe \"SMB@\" 000100*5 0b000100*9 2a00*7 fffe0000010000001100*23 39000000fc011400ff*16 7800*20 1000000100*7\n"
    "< fe \"SMB@\" 000100*5 0b0001000100*7 2a00*7 fffe0000010000001100*23 31000000fc011400ff*16 7000*7 70000000300100*10 "
    "98000000010000000100*8 ca9a3b00000000020000000a00010200*124 010000000100*8 ca9a3b000000001700*7 fd00*14 0200*104\n"
    "fe \"SMB@\" 000100*5 0b000100*9 2b00*7 fffe0000010000001100*23 3900000045230100ff*16 7800*20 1000000100*7\n"
    "< fe \"SMB@\" 000100100000c00b0001000100*7 2b00*7 fffe0000010000001100*23 0900*8",
    ISTH_DISSECT_OK,
    "other 11 control (query network interfaces)\n"
    "= ok\n"
    "mgmt_address = 10.0.1.2 (90)\n"
    "mgmt_address = fd00::2 (90)\n"
    "other 11 control (code 0x00012345)\n"
    "= refused: invalid request" },
  { "hidden",
    "fd \"SMBssssssssssssssssnnnnnnnnnnnnnnnnd\" 00*5 01001100*7 ee*100\n"
    "fd \"SMBssssssssssssssssnnnnnnnnnnnnnnnnd\" 00*5 01001100*7 ee*100\n"
    "< fd \"SMBssssssssssssssssnnnnnnnnnnnnnnnnd\" 00*5 01001100*7 ee*100\n"
    "fc534d42e80300000100*7 ee*80",
    ISTH_DISSECT_OK,
    "other - encrypted\n"
    "other - encrypted\n"
    "other - compressed" },
  { "mid-stream-file",
    "fe \"SMB@\" 000100*5 08000100*9 0700*7 fffe0000010000001100*23 310050006400*11 0700*7 071000*23\n"
    "< fe \"SMB@\" 000100*5 080001000100*7 0700*7 fffe0000010000001100*23 110050006400*11 "
    "\"dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd\"",
    ISTH_DISSECT_OK,
    "file 8 read\n"
    "= ok", .mid_stream = true },
  { "mid-stream-pipe",
    "fe \"SMB@\" 000100*5 09000100*9 3c00*7 fffe0000090000001100*23 310070004800*11 6300*7 631000*22 "
    "05000b03100000004800000001000000b810b810000000000100*5 "
    "010081bb7a364498f135ad3298f03800100302000000045d888aeb1cc9119fe808002b10486002000000",
    ISTH_DISSECT_OK,
    "file 9 write\n"
    "msrpc: other - bind (svcctl)" },
  { "answer-alone",
    "< fe \"SMB@\" 000100160000c0010001000100*7 0100*7 fffe00*6 1100*23 090000004800a600 \"NTLMSSP\" "
    "00020000000a000a003800000001820002 \"cccccccc\" 00*8 "
    "64006400420000000601b11d0000000f50004c0041004e00540002000a0050004c0041004e00540001000800530052005600310004001a0070006c0061006e00"
    "74002e006500780061006d0070006c0065000300240073007200760031002e0070006c0061006e0074002e006500780061006d0070006c006500*5",
    ISTH_DISSECT_OK,
    "domain = PLANT (90)\n"
    "hostname = SRV1 (90)\n"
    "domain = plant.example (90)\n"
    "hostname = srv1.plant.example (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)" },
  { "lying-offset",
    "fe \"SMB@\" 000100*5 03000100*9 0300*7 fffe0000010000001100*23 0900000060ea60ea",
    ISTH_DISSECT_OK,
    "role smb-client\n"
    "file 3 tree-connect (share )" },
  { "lying-next",
    "fe \"SMB@\" 000100*5 0d000100*5 090000000100*7 fffe00*6 1100*23 04000000",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "short-body",
    "fe \"SMB@\" 000100*5 05000100*9 0600*7 fffe0000010000001100*23 3900",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "unknown-command",
    "fe \"SMB@\" 000100*5 4d000100*9 0600*7 fffe0000010000001100*23 3900",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "not-smb2",
    "ff534d4200*28",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "fe \"SMB@\" 000100*7 0100*17 fffe00*6 1100*23 24000500010000007f000000 \"CCCCCCCCCCCCCCCCp\" 0000000100000002021002000302031103000005000800*5 7300720076003100", ISTH_PROBE_STRONG },
    { "fd \"SMBssssssssssssssssnnnnnnnnnnnnnnnnd\" 00*5 01001100*7 ee*100", ISTH_PROBE_STRONG },
    { "fc534d42e80300000100*7 ee*80", ISTH_PROBE_STRONG },
    { "ff534d4200*28", ISTH_PROBE_NO },
    { "fe534d", ISTH_PROBE_NO },
    { "\"GET / HTTP\"", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_smb2, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_smb2, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/smb2/probe", test_probe);
  return g_test_run ();
}
