/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flow tables with a ceiling of their own, so that tests can reach it. Private to flow/ and its tests. */
#pragma once

#include "analysis/flow/flow.h"

IsthFlowTable *isth_flow_table_new_sized (uint32_t max_flows, IsthFlowFinish finish, gpointer user_data);
