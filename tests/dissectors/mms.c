/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MMS: associations, each service that is read asked, answered and refused, the control model of IEC 61850, TASE.2, transfers, nonsense. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_mms;

static const IsthDissectCase cases[] = {
  { "associate",
    "> 0d7a050613010016010214020002c16c316aa003800101a263a423300f0201010604520100013004060251013010020103060528ca220201300406025101613c303a02"
    "0101a0356033a107060528ca220203be28282606025101020103a01da81b80027d00810105820105a40f800101810305f100820503ee1c0000\n"
    "< 0e73050613010016010214020002c1653163a003800101a25ca509300780010081025101614f304d020101a0486146a107060528ca220203a203020100a305a1030201"
    "00be2f282d06025101020103a024a92280027d00810105820105a416800101810305f100820c03ee1c00000408000079ef18",
    ISTH_DISSECT_OK,
    "other - initiate\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "description = MMS services: read, write, variable lists, journals, files, reports (90)" },
  { "associate-with-password",
    "> 0d89050613010016010214020002c17b3179a003800101a272a423300f0201010604520100013004060251013010020103060528ca220201300406025101614b304902"
    "0101a0446042a107060528ca2202038b03520301ac088006 \"secret\" be28282606025101020103a01da81b80027d00810105820105a40f800101810305f100820503"
    "ee1c0000\n"
    "< 0e73050613010016010214020002c1653163a003800101a25ca509300780010081025101614f304d020101a0486146a107060528ca220203a203020101a305a1030201"
    "00be2f282d06025101020103a024a92280027d00810105820105a416800101810305f100820c03ee1c00000408000079ef18",
    ISTH_DISSECT_OK,
    "authenticate - initiate (password in clear (under 8 characters))\n"
    "= refused: association refused\n"
    "description = MMS services: read, write, variable lists, journals, files, reports (90)" },
  { "release",
    "> 0910c10e610c300a020101a0056203800100\n"
    "< 0a10c10e610c300a020101a0056303800100",
    ISTH_DISSECT_OK,
    "" },
  { "abort",
    "> 1903110103",
    ISTH_DISSECT_OK,
    "other - abort" },
  { "conclude",
    "> 0100010061093007020103a0028b00\n"
    "< 0100010061093007020103a0028c00",
    ISTH_DISSECT_OK,
    "other - conclude\n"
    "= ok" },
  { "identify",
    "> 01000100610e300c020103a007a0050201018200\n"
    "< 010001006120301e020103a019a117020101a21280034142428106 \"REF615\" 8203342e31",
    ISTH_DISSECT_OK,
    "identify 2 identify\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "vendor = ABB (90)\n"
    "model = REF615 (90)\n"
    "firmware = 4.1 (90)" },
  { "status",
    "> 01000100610f300d020103a008a006020101800100\n"
    "< 0100010061143012020103a00da10b020101a006800100810101",
    ISTH_DISSECT_OK,
    "diagnose 0 status\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "state = partially operational (90)" },
  { "domains",
    "> 0100010061173015020103a010a00e020101a109a003800109a1028000\n"
    "< 0100010061243022020103a01da11b020101a116a0111a06 \"AA1LD0\" 1a07 \"AA1CTRL\" 810100",
    ISTH_DISSECT_OK,
    "identify 1 get-name-list (domains)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "child mms-domain:AA1LD0\n"
    "child mms-domain:AA1CTRL" },
  { "logical-nodes",
    "> 01000100611d301b020103a016a014020101a10fa003800100a1088106 \"AA1LD0\"\n"
    "< 0100010061473045020103a040a13e020101a139a0341a044c4c4e301a07 \"CBXCBR1\" 1a0a \"CBXCBR1$ST\" 1a0e \"CBXCBR1$ST$Pos\" 1a07 \"PHPTOC1\""
    "810100",
    ISTH_DISSECT_OK,
    "identify 1 get-name-list (variables in AA1LD0)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "kind = ied (90)\n"
    "plant_tag = CBXCBR1 (90) @mms-domain:AA1LD0" },
  { "variable-lists",
    "> 01000100611d301b020103a016a014020101a10fa003800102a1088106 \"AA1LD0\"\n"
    "< 0100010061133011020103a00ca20a800101a205a003870103",
    ISTH_DISSECT_OK,
    "identify 1 get-name-list (variable lists in AA1LD0)\n"
    "= refused: object access denied" },
  { "read",
    "> 0100010061353033020103a02ea02c020101a427a125a0233021a01fa11d1a06 \"AA1LD0\" 1a13 \"MMXU1$MX$TotW$mag$f\"\n"
    "< 0100010061173015020103a010a10e020101a409a10787050841200000",
    ISTH_DISSECT_OK,
    "read 4 read (AA1LD0/MMXU1$MX$TotW$mag$f)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1" },
  { "read-many",
    "> 010001006181ba3081b7020103a081b1a081ae020101a481a8a181a5a081a23019a017a1151a06 \"AA1LD0\" 1a0b \"MMXU1$MX$A00\" 19a017a1151a06 \"AA1LD0\""
    "1a0b \"MMXU1$MX$A10\" 19a017a1151a06 \"AA1LD0\" 1a0b \"MMXU1$MX$A20\" 19a017a1151a06 \"AA1LD0\" 1a0b \"MMXU1$MX$A30\" 19a017a1151a06"
    "\"AA1LD0\" 1a0b \"MMXU1$MX$A40\" 19a017a1151a06 \"AA1LD0\" 1a0b \"MMXU1$MX$A5\"\n"
    "< 0100010061223020020103a01ba119020101a414a11283010180010a830101800103830101830101",
    ISTH_DISSECT_OK,
    "read 4 read (AA1LD0/MMXU1$MX$A0, AA1LD0/MMXU1$MX$A1, AA1LD0/MMXU1$MX$A2, AA1LD0/MMXU1$MX$A3 and 2 more)\n"
    "= refused: object non-existent (2 of 6)\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1" },
  { "read-list",
    "> 01000100612b3029020103a024a022020101a41da11ba119a1171a06 \"AA1LD0\" 1a0d \"LLN0$Measured\"",
    ISTH_DISSECT_OK,
    "read 4 read (list AA1LD0/LLN0$Measured)" },
  { "read-device-name",
    "> 0100010061283026020103a021a01f020101a41a800101a115a0133011a00f800d \"TASE2_Version\"",
    ISTH_DISSECT_OK,
    "role iccp-server about 10.0.0.2\n"
    "role iccp-client\n"
    "kind = scada-server (90)\n"
    "kind = scada-server (90) about 10.0.0.2\n"
    "iccp: read 4 read (TASE2_Version)" },
  { "name-plate",
    "> 010001006131302f020103a02aa028020101a423a121a01f301da01ba1191a06 \"AA1LD0\" 1a0f \"LPHD1$DC$PhyNam\"\n"
    "< 0100010061393037020103a032a130020101a42ba129a2278a034142428a034141328a03342e318a07 \"1VHR123\" 8a06 \"REF615\" 8a05 \"Bay 3\"",
    ISTH_DISSECT_OK,
    "read 4 read (AA1LD0/LPHD1$DC$PhyNam)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "vendor = ABB (90)\n"
    "hardware = AA2 (90)\n"
    "firmware = 4.1 (90)\n"
    "serial = 1VHR123 (90)\n"
    "model = REF615 (90)\n"
    "location = Bay 3 (90)" },
  { "name-plate-in-part",
    "> 010001006131302f020103a02aa028020101a423a121a01f301da01ba1191a06 \"AA1LD0\" 1a0f \"LPHD1$DC$PhyNam\"\n"
    "< 01000100611c301a020103a015a113020101a40ea10ca20a8a034142428a03414132",
    ISTH_DISSECT_OK,
    "read 4 read (AA1LD0/LPHD1$DC$PhyNam)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "vendor = ABB (90)" },
  { "name-plate-by-attribute",
    "> 0100010061783076020103a071a06f020101a46aa168a0663024a022a1201a06 \"AA1LD0\" 1a16 \"LPHD1$DC$PhyNam$serNum0\" 19a017a1151a06 \"AA1LD0\""
    "1a0b \"LLN0$ST$Mod0\" 23a021a11f1a06 \"AA1LD0\" 1a15 \"LPHD1$DC$PhyNam$swRev\"\n"
    "< 010001006121301f020103a01aa118020101a413a1118a07 \"1VHR123\" 8501018a03342e31",
    ISTH_DISSECT_OK,
    "read 4 read (AA1LD0/LPHD1$DC$PhyNam$serNum, AA1LD0/LLN0$ST$Mod, AA1LD0/LPHD1$DC$PhyNam$swRev)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "serial = 1VHR123 (90)\n"
    "firmware = 4.1 (90)" },
  { "write",
    "> 010001006141303f020103a03aa038020101a533a0283026a024a1221a06 \"AA1LD0\" 1a18 \"GGIO1$SP$AnOut1$setMag$f\" a00787050841200000\n"
    "< 010001006110300e020103a009a107020101a5028100",
    ISTH_DISSECT_OK,
    "write 5 write (AA1LD0/GGIO1$SP$AnOut1$setMag$f)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1" },
  { "write-refused",
    "> 01000100612f302d020103a028a026020101a521a01a3018a016a1141a06 \"AA1LD0\" 1a0a \"GGIO1$SP$X\" a003830101\n"
    "< 010001006111300f020103a00aa108020101a503800103",
    ISTH_DISSECT_OK,
    "write 5 write (AA1LD0/GGIO1$SP$X)\n"
    "= refused: object access denied\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1" },
  { "operate",
    "> 01000100613e303c020103a037a035020101a530a021301fa01da11b1a06 \"AA1LD0\" 1a11 \"CSWI1$CO$Pos$Oper\" a00ba209830101860100830100\n"
    "< 010001006110300e020103a009a107020101a5028100",
    ISTH_DISSECT_OK,
    "control 5 operate (AA1LD0/CSWI1$CO$Pos$Oper)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1" },
  { "select-with-value",
    "> 01000100613e303c020103a037a035020101a530a021301fa01da11b1a06 \"AA1LD0\" 1a11 \"CSWI1$CO$Pos$SBOw\" a00ba209830101860100830100",
    ISTH_DISSECT_OK,
    "control 5 operate-select-with-value (AA1LD0/CSWI1$CO$Pos$SBOw)" },
  { "cancel",
    "> 010001006140303e020103a039a037020101a532a0233021a01fa11d1a06 \"AA1LD0\" 1a13 \"CSWI1$CO$Pos$Cancel\" a00ba209830101860100830100",
    ISTH_DISSECT_OK,
    "control 5 operate-cancel (AA1LD0/CSWI1$CO$Pos$Cancel)" },
  { "select",
    "> 0100010061323030020103a02ba029020101a424a122a020301ea01ca11a1a06 \"AA1LD0\" 1a10 \"CSWI1$CO$Pos$SBO\"",
    ISTH_DISSECT_OK,
    "control 4 operate-select (AA1LD0/CSWI1$CO$Pos$SBO)" },
  { "substitute",
    "> 0100010061393037020103a032a030020101a52ba0243022a020a11e1a064141314c44301a14 \"GGIO1$SV$Ind1$subEna\" a003830101", ISTH_DISSECT_OK,
    "control 5 substitute (AA1LD0/GGIO1$SV$Ind1$subEna)" },
  { "block-value",
    "> 0100010061393037020103a032a030020101a52ba0243022a020a11e1a064141314c44301a14 \"GGIO1$BL$Ind1$blkEna\" a003830101", ISTH_DISSECT_OK,
    "control 5 block-value (AA1LD0/GGIO1$BL$Ind1$blkEna)" },
  { "set-up-report",
    "> 01000100613b3039020103a034a032020101a52da0263024a022a1201a06 \"AA1LD0\" 1a16 \"LLN0$RP$rcb_A01$RptEna\" a003830101",
    ISTH_DISSECT_OK,
    "subscribe 5 set-up-report (AA1LD0/LLN0$RP$rcb_A01$RptEna)" },
  { "set-up-goose",
    "> 0100010061383036020103a031a02f020101a52aa0233021a01fa11d1a06 \"AA1LD0\" 1a13 \"LLN0$GO$gcb_A$GoEna\" a003830100",
    ISTH_DISSECT_OK,
    "configure 5 set-up-goose (AA1LD0/LLN0$GO$gcb_A$GoEna)" },
  { "setting-group",
    "> 0100010061373035020103a030a02e020101a529a0223020a01ea11c1a06 \"AA1LD0\" 1a12 \"LLN0$SP$SGCB$ActSG\" a003860102",
    ISTH_DISSECT_OK,
    "configure 5 select-setting-group (AA1LD0/LLN0$SP$SGCB$ActSG)" },
  { "attributes",
    "> 0100010061283026020103a021a01f020101a61aa018a1161a06 \"AA1LD0\" 1a0c \"CSWI1$CO$Pos\"",
    ISTH_DISSECT_OK,
    "identify 6 get-variable-access-attributes (AA1LD0/CSWI1$CO$Pos)" },
  { "define-list",
    "> 01000100613f303d020103a038a036020101ab31a1131a06 \"AA1LD0\" 1a09 \"LLN0$Set1\" a01a3018a016a1141a06 \"AA1LD0\" 1a0a \"MMXU1$MX$A\"",
    ISTH_DISSECT_OK,
    "configure 11 define-named-variable-list (AA1LD0/LLN0$Set1)" },
  { "list-attributes",
    "> 0100010061233021020103a01ca01a020101ac15a1131a06 \"AA1LD0\" 1a09 \"LLN0$Set1\"",
    ISTH_DISSECT_OK,
    "identify 12 get-named-variable-list-attributes (AA1LD0/LLN0$Set1)" },
  { "delete-list",
    "> 0100010061283026020103a021a01f020101ad1a800100a115a1131a06 \"AA1LD0\" 1a09 \"LLN0$Set1\"",
    ISTH_DISSECT_OK,
    "configure 13 delete-named-variable-list (AA1LD0/LLN0$Set1)" },
  { "report",
    "< 010001006131302f020103a02aa328a026a1058003525054a01d8a14 \"AA1LD0/LLN0$RP$rcb_A\" 84020600830101",
    ISTH_DISSECT_OK,
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "report - information-report (report AA1LD0/LLN0$RP$rcb_A)" },
  { "report-of-a-list",
    "< 0100010061233021020103a01ca31aa018a10da10b1a035449451a0444535f31a00787050841200000",
    ISTH_DISSECT_OK,
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "report - information-report (list TIE/DS_1)" },
  { "unsolicited-status",
    "< 010001006111300f020103a00aa308a106800100810100",
    ISTH_DISSECT_OK,
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "state = operational (90)\n"
    "report - unsolicited-status" },
  { "iccp",
    "> 010001006131302f020103a02aa028020101a423a121a01f301da01ba1191a035449451a12 \"Bilateral_Table_ID\"\n"
    "< 0100010061163014020103a00fa10d020101a408a1068a04424c5431\n"
    "> 01000100612a3028020103a023a021020102a51ca0153013a011a10f1a035449451a08 \"DSTrans1\" a003830101",
    ISTH_DISSECT_OK,
    "role iccp-server about 10.0.0.2\n"
    "role iccp-client\n"
    "kind = scada-server (90)\n"
    "kind = scada-server (90) about 10.0.0.2\n"
    "iccp: read 4 read (TIE/Bilateral_Table_ID)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "iccp: write 5 write (TIE/DSTrans1)" },
  { "file",
    "> 0100010061243022020103a01da01b020101bf4815a010190e \"COMTRADE/1.dat\" 810100\n"
    "< 0100010061283026020103a021a11f020101bf4819800107a114800106810f \"20260101000000Z\"\n"
    "> 010001006110300e020103a009a0070201029f490107\n"
    "< 0100010061153013020103a00ea10c020102bf4906800461626364\n"
    "> 010001006110300e020103a009a0070201039f490107\n"
    "< 01000100611a3018020103a013a111020103bf490b8006736563726574810100\n"
    "> 010001006110300e020103a009a0070201049f4a0107\n"
    "< 01000100610f300d020103a008a1060201049f4a00",
    ISTH_DISSECT_OK,
    "file 72 file-open (file \"COMTRADE/1.dat\")\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "transfer file begin 0/6 (file \"COMTRADE/1.dat\") to 10.0.0.2\n"
    "file 73 file-read\n"
    "= ok\n"
    "transfer file data 4/0 to 10.0.0.2\n"
    "file 73 file-read\n"
    "= ok\n"
    "transfer file data 6/0 to 10.0.0.2\n"
    "transfer file end to 10.0.0.2\n"
    "file 74 file-close\n"
    "= ok" },
  { "file-closed-early",
    "> 010001006110300e020103a009a0070201019f490107\n"
    "< 0100010061153013020103a00ea10c020101bf4906800461626364\n"
    "> 010001006110300e020103a009a0070201029f4a0107\n"
    "< 01000100610f300d020103a008a1060201029f4a00",
    ISTH_DISSECT_OK,
    "file 73 file-read\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "transfer file data 4/0 to 10.0.0.2\n"
    "file 74 file-close\n"
    "= ok\n"
    "transfer file abort: closed before its end to 10.0.0.2" },
  { "file-refused",
    "> 0100010061243022020103a01da01b020101bf4815a010190e \"COMTRADE/1.dat\" 810100\n"
    "< 0100010061133011020103a00ca20a800101a205a0038b0107",
    ISTH_DISSECT_OK,
    "file 72 file-open (file \"COMTRADE/1.dat\")\n"
    "= refused: file non-existent" },
  { "file-delete",
    "> 01000100611c301a020103a015a013020101bf4c0d190b \"SCL/old.cid\"",
    ISTH_DISSECT_OK,
    "file 76 file-delete (file \"SCL/old.cid\")" },
  { "file-directory",
    "> 01000100611b3019020103a014a012020101bf4d0ca00a1908 \"COMTRADE\"",
    ISTH_DISSECT_OK,
    "file 77 file-directory (file \"COMTRADE\")" },
  { "file-rename",
    "> 010001006121301f020103a01aa018020101bf4b12a0071905 \"a.txt\" a1071905 \"b.txt\"",
    ISTH_DISSECT_OK,
    "file 75 file-rename (file \"a.txt\" as \"b.txt\")" },
  { "obtain-file",
    "> 0100010061293027020103a022a020020101bf2e1aa1091907 \"new.cid\" a20d190b \"SCL/new.cid\"",
    ISTH_DISSECT_OK,
    "file 46 obtain-file (file \"new.cid\" as \"SCL/new.cid\")" },
  { "download",
    "> 01000100611a3018020103a013a011020101ba0c8005 \"LOGIC\" a100820100\n"
    "< 01000100610e300c020103a007a1050201019a00\n"
    "< 0100010061133011020103a00ca00a0201059b05 \"LOGIC\"\n"
    "> 0100010061173015020103a010a10e020105bb09800461626364810100\n"
    "< 0100010061153013020103a00ea00c020106bc078005 \"LOGIC\"\n"
    "> 01000100610e300c020103a007a1050201069c00",
    ISTH_DISSECT_OK,
    "program 26 initiate-download-sequence (domain LOGIC)\n"
    "transfer program begin (domain LOGIC)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "other 27 download-segment (domain LOGIC)\n"
    "= ok\n"
    "transfer program data 4/0\n"
    "other 28 terminate-download-sequence (domain LOGIC)\n"
    "= ok\n"
    "transfer program end" },
  { "download-refused",
    "> 01000100611a3018020103a013a011020101ba0c8005 \"LOGIC\" a100820100\n"
    "< 0100010061133011020103a00ca20a800101a205a003830101",
    ISTH_DISSECT_OK,
    "program 26 initiate-download-sequence (domain LOGIC)\n"
    "transfer program begin (domain LOGIC)\n"
    "= refused: memory unavailable\n"
    "transfer program abort: memory unavailable to 10.0.0.2" },
  { "upload",
    "> 0100010061133011020103a00ca00a0201019d05 \"LOGIC\"\n"
    "< 0100010061133011020103a00ca10a020101bd05800103a100\n"
    "> 01000100610f300d020103a008a0060201029e0103\n"
    "< 0100010061163014020103a00fa10d020102be088003616263810100\n"
    "> 010001006110300e020103a009a0070201039f1f0103\n"
    "< 01000100610f300d020103a008a1060201039f1f00",
    ISTH_DISSECT_OK,
    "upload 29 initiate-upload-sequence (domain LOGIC)\n"
    "transfer upload begin (domain LOGIC)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1\n"
    "upload 30 upload-segment\n"
    "= ok\n"
    "transfer upload data 3/0 to 10.0.0.2\n"
    "upload 31 terminate-upload-sequence\n"
    "= ok\n"
    "transfer upload end to 10.0.0.2" },
  { "delete-domain",
    "> 0100010061143012020103a00da00b0201019f2405 \"LOGIC\"",
    ISTH_DISSECT_OK,
    "program 36 delete-domain (domain LOGIC)" },
  { "start",
    "> 0100010061163014020103a00fa00d020101bf28078005 \"PROG1\"\n"
    "< 01000100610f300d020103a008a1060201019f2800",
    ISTH_DISSECT_OK,
    "control 40 start (program PROG1)\n"
    "= ok\n"
    "role mms-server\n"
    "role mms-client about 10.0.0.1" },
  { "stop",
    "> 0100010061163014020103a00fa00d020101bf29078005 \"PROG1\"\n"
    "< 0100010061133011020103a00ca20a800101a205a003840102",
    ISTH_DISSECT_OK,
    "control 41 stop (program PROG1)\n"
    "= refused: object state conflict" },
  { "delete-program",
    "> 0100010061143012020103a00da00b0201019f2705 \"PROG1\"",
    ISTH_DISSECT_OK,
    "program 39 delete-program-invocation (program PROG1)" },
  { "modifier",
    "> 010001006110300e020103a009a00702010130008200",
    ISTH_DISSECT_OK,
    "identify 2 identify" },
  { "unknown-service",
    "> 01000100610f300d020103a008a0060201019f6600",
    ISTH_DISSECT_OK,
    "other 102 unknown-service" },
  { "other-error",
    "> 01000100610e300c020103a007a0050201018200\n"
    "< 0100010061133011020103a00ca20a800101a205a0038c0105",
    ISTH_DISSECT_OK,
    "identify 2 identify\n"
    "= refused: other error 5" },
  { "rejected",
    "> 01000100610e300c020103a007a0050201018200\n"
    "< 01000100610f300d020103a008a406800101810101",
    ISTH_DISSECT_OK,
    "identify 2 identify\n"
    "= refused: rejected: unrecognized service" },
  { "mid-stream",
    "> 01000100610e300c020103a007a0050201018200",
    ISTH_DISSECT_OK,
    "identify 2 identify", .mid_stream = true },
  { "not-presented",
    "> 01000100300201ff",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "length-lies",
    "> 01000100617f300b",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-invoke-id",
    "> 01000100610b3009020103a004a0028200",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "invoke-id-too-long",
    "> 0100010061173015020103a010a00e020a010101010101010101018200",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "unknown-pdu",
    "> 01000100610c300a020103a005b503020101",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "cut-short",
    "> 0d20c1",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "s7comm",
    "> 3201000002000008",
    ISTH_DISSECT_NOT_MINE,
    "" },
};

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_mms, cases, G_N_ELEMENTS (cases));
  return g_test_run ();
}
