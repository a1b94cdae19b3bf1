/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What IEC 60870-5-101 and -104 number: type identifications (101, 7.2.1; 104, 6; 60870-5-7 for those of security), causes of transmission (7.2.3),
 * and the bytes of one information element of each type. Included by the files of this protocol only. */
#pragma once

#include "analysis/world/observation.h"

/* What is read of an information element to say what is commanded. */
typedef enum
{
  IEC104_NOTHING,
  IEC104_SINGLE,        /* single, double and step command: state and select in one octet */
  IEC104_DOUBLE,
  IEC104_STEP,
  IEC104_SET_POINT,     /* select in the octet behind the value */
  IEC104_OBJECT,        /* its address alone */
  IEC104_INTERROGATION,
  IEC104_COUNTERS,
  IEC104_RESET,
  IEC104_PARAMETER,
  IEC104_FILE,
} Iec104Element;

typedef struct
{
  const char *name;
  IsthOp verb;
  uint8_t size;          /* of one element without its address; the time tag is in it */
  bool monitored;        /* sent by controlled stations only */
  Iec104Element element;
  uint8_t qualifier;     /* set points, parameters: where the octet behind the value is */
} Iec104Type;

#define IEC104_VARIES 255 /* one object of any size */

static const Iec104Type iec104_types[128] = {
  [1] = { "M_SP_NA_1", ISTH_OP_REPORT, 1, true },
  [2] = { "M_SP_TA_1", ISTH_OP_REPORT, 4, true },
  [3] = { "M_DP_NA_1", ISTH_OP_REPORT, 1, true },
  [4] = { "M_DP_TA_1", ISTH_OP_REPORT, 4, true },
  [5] = { "M_ST_NA_1", ISTH_OP_REPORT, 2, true },
  [6] = { "M_ST_TA_1", ISTH_OP_REPORT, 5, true },
  [7] = { "M_BO_NA_1", ISTH_OP_REPORT, 5, true },
  [8] = { "M_BO_TA_1", ISTH_OP_REPORT, 8, true },
  [9] = { "M_ME_NA_1", ISTH_OP_REPORT, 3, true },
  [10] = { "M_ME_TA_1", ISTH_OP_REPORT, 6, true },
  [11] = { "M_ME_NB_1", ISTH_OP_REPORT, 3, true },
  [12] = { "M_ME_TB_1", ISTH_OP_REPORT, 6, true },
  [13] = { "M_ME_NC_1", ISTH_OP_REPORT, 5, true },
  [14] = { "M_ME_TC_1", ISTH_OP_REPORT, 8, true },
  [15] = { "M_IT_NA_1", ISTH_OP_REPORT, 5, true },
  [16] = { "M_IT_TA_1", ISTH_OP_REPORT, 8, true },
  [17] = { "M_EP_TA_1", ISTH_OP_REPORT, 6, true },
  [18] = { "M_EP_TB_1", ISTH_OP_REPORT, 7, true },
  [19] = { "M_EP_TC_1", ISTH_OP_REPORT, 7, true },
  [20] = { "M_PS_NA_1", ISTH_OP_REPORT, 5, true },
  [21] = { "M_ME_ND_1", ISTH_OP_REPORT, 2, true },
  [30] = { "M_SP_TB_1", ISTH_OP_REPORT, 8, true },
  [31] = { "M_DP_TB_1", ISTH_OP_REPORT, 8, true },
  [32] = { "M_ST_TB_1", ISTH_OP_REPORT, 9, true },
  [33] = { "M_BO_TB_1", ISTH_OP_REPORT, 12, true },
  [34] = { "M_ME_TD_1", ISTH_OP_REPORT, 10, true },
  [35] = { "M_ME_TE_1", ISTH_OP_REPORT, 10, true },
  [36] = { "M_ME_TF_1", ISTH_OP_REPORT, 12, true },
  [37] = { "M_IT_TB_1", ISTH_OP_REPORT, 12, true },
  [38] = { "M_EP_TD_1", ISTH_OP_REPORT, 10, true },
  [39] = { "M_EP_TE_1", ISTH_OP_REPORT, 11, true },
  [40] = { "M_EP_TF_1", ISTH_OP_REPORT, 11, true },
  [41] = { "S_IT_TC_1", ISTH_OP_REPORT, 14, true },
  [45] = { "C_SC_NA_1", ISTH_OP_WRITE, 1, .element = IEC104_SINGLE },
  [46] = { "C_DC_NA_1", ISTH_OP_WRITE, 1, .element = IEC104_DOUBLE },
  [47] = { "C_RC_NA_1", ISTH_OP_WRITE, 1, .element = IEC104_STEP },
  [48] = { "C_SE_NA_1", ISTH_OP_WRITE, 3, .element = IEC104_SET_POINT, .qualifier = 2 },
  [49] = { "C_SE_NB_1", ISTH_OP_WRITE, 3, .element = IEC104_SET_POINT, .qualifier = 2 },
  [50] = { "C_SE_NC_1", ISTH_OP_WRITE, 5, .element = IEC104_SET_POINT, .qualifier = 4 },
  [51] = { "C_BO_NA_1", ISTH_OP_WRITE, 4, .element = IEC104_OBJECT },
  [58] = { "C_SC_TA_1", ISTH_OP_WRITE, 8, .element = IEC104_SINGLE },
  [59] = { "C_DC_TA_1", ISTH_OP_WRITE, 8, .element = IEC104_DOUBLE },
  [60] = { "C_RC_TA_1", ISTH_OP_WRITE, 8, .element = IEC104_STEP },
  [61] = { "C_SE_TA_1", ISTH_OP_WRITE, 10, .element = IEC104_SET_POINT, .qualifier = 2 },
  [62] = { "C_SE_TB_1", ISTH_OP_WRITE, 10, .element = IEC104_SET_POINT, .qualifier = 2 },
  [63] = { "C_SE_TC_1", ISTH_OP_WRITE, 12, .element = IEC104_SET_POINT, .qualifier = 4 },
  [64] = { "C_BO_TA_1", ISTH_OP_WRITE, 11, .element = IEC104_OBJECT },
  [70] = { "M_EI_NA_1", ISTH_OP_REPORT, 1, true },
  [81] = { "S_CH_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [82] = { "S_RP_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [83] = { "S_AR_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [84] = { "S_KR_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [85] = { "S_KS_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [86] = { "S_KC_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [87] = { "S_ER_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [90] = { "S_US_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [91] = { "S_UQ_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [92] = { "S_UR_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [93] = { "S_UK_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [94] = { "S_UA_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [95] = { "S_UC_NA_1", ISTH_OP_AUTHENTICATE, IEC104_VARIES },
  [100] = { "C_IC_NA_1", ISTH_OP_READ, 1, .element = IEC104_INTERROGATION },
  [101] = { "C_CI_NA_1", ISTH_OP_READ, 1, .element = IEC104_COUNTERS },
  [102] = { "C_RD_NA_1", ISTH_OP_READ, 0, .element = IEC104_OBJECT },
  [103] = { "C_CS_NA_1", ISTH_OP_TIME_SYNC, 7 },
  [104] = { "C_TS_NA_1", ISTH_OP_DIAGNOSE, 2 },
  [105] = { "C_RP_NA_1", ISTH_OP_CONTROL, 1, .element = IEC104_RESET },
  [106] = { "C_CD_NA_1", ISTH_OP_TIME_SYNC, 2 },
  [107] = { "C_TS_TA_1", ISTH_OP_DIAGNOSE, 9 },
  [110] = { "P_ME_NA_1", ISTH_OP_CONFIGURE, 3, .element = IEC104_PARAMETER, .qualifier = 2 },
  [111] = { "P_ME_NB_1", ISTH_OP_CONFIGURE, 3, .element = IEC104_PARAMETER, .qualifier = 2 },
  [112] = { "P_ME_NC_1", ISTH_OP_CONFIGURE, 5, .element = IEC104_PARAMETER, .qualifier = 4 },
  [113] = { "P_AC_NA_1", ISTH_OP_CONFIGURE, 1, .element = IEC104_OBJECT },
  [120] = { "F_FR_NA_1", ISTH_OP_FILE, 6, .element = IEC104_FILE },
  [121] = { "F_SR_NA_1", ISTH_OP_FILE, 7, .element = IEC104_FILE },
  [122] = { "F_SC_NA_1", ISTH_OP_FILE, 4, .element = IEC104_FILE },
  [123] = { "F_LS_NA_1", ISTH_OP_FILE, 5, .element = IEC104_FILE },
  [124] = { "F_AF_NA_1", ISTH_OP_FILE, 4, .element = IEC104_FILE },
  [125] = { "F_SG_NA_1", ISTH_OP_FILE, IEC104_VARIES, .element = IEC104_FILE },
  [126] = { "F_DR_TA_1", ISTH_OP_FILE, 13, .element = IEC104_FILE },
  [127] = { "F_SC_NB_1", ISTH_OP_FILE, 16, .element = IEC104_FILE },
};

enum
{
  CAUSE_REQUEST = 5,
  CAUSE_ACTIVATION = 6,
  CAUSE_ACTIVATION_CONFIRMATION = 7,
  CAUSE_DEACTIVATION = 8,
  CAUSE_DEACTIVATION_CONFIRMATION = 9,
  CAUSE_TERMINATION = 10,
  CAUSE_INTERROGATED = 20,
  CAUSE_UNKNOWN_TYPE = 44,
  CAUSE_UNKNOWN_OBJECT = 47,
};

static const char *const iec104_causes[64] = {
  [1] = "periodic",
  [2] = "background scan",
  [3] = "spontaneous",
  [4] = "initialized",
  [5] = "requested",
  [6] = "activation",
  [7] = "activation confirmation",
  [8] = "deactivation",
  [9] = "deactivation confirmation",
  [10] = "activation termination",
  [11] = "return information of a remote command",
  [12] = "return information of a local command",
  [13] = "file transfer",
  [14] = "authentication",
  [15] = "session key maintenance",
  [16] = "update key maintenance",
  [20] = "interrogated by station",
  [21] = "interrogated by group 1",
  [22] = "interrogated by group 2",
  [23] = "interrogated by group 3",
  [24] = "interrogated by group 4",
  [25] = "interrogated by group 5",
  [26] = "interrogated by group 6",
  [27] = "interrogated by group 7",
  [28] = "interrogated by group 8",
  [29] = "interrogated by group 9",
  [30] = "interrogated by group 10",
  [31] = "interrogated by group 11",
  [32] = "interrogated by group 12",
  [33] = "interrogated by group 13",
  [34] = "interrogated by group 14",
  [35] = "interrogated by group 15",
  [36] = "interrogated by group 16",
  [37] = "requested by general counter request",
  [38] = "requested by group 1 counter request",
  [39] = "requested by group 2 counter request",
  [40] = "requested by group 3 counter request",
  [41] = "requested by group 4 counter request",
  [44] = "unknown type identification",
  [45] = "unknown cause of transmission",
  [46] = "unknown common address",
  [47] = "unknown information object address",
};
