/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the report share; report*.c only. */
#pragma once

#include "analysis/export/json.h"
#include "analysis/export/report.h"

/* null for ISTH_NO_TIME, and for id 0. */
void isth_report_write_time (IsthJson *json, const char *key, int64_t time);
void isth_report_write_id (IsthJson *json, const char *key, char letter, uint64_t id);
void isth_report_write_capture_id (IsthJson *json, const char *key, uint32_t id);
void isth_report_write_frame (IsthJson *json, const IsthEvidence *evidence); /* "capture" and "frame" */
const char *isth_report_get_transport (uint8_t protocol, char buffer[16]);
const char *isth_report_get_proof (uint8_t proof);

/* report-sessions.c; each an array with its key, which is left out when @key is NULL. */
void isth_report_write_sessions (IsthJson *json, const char *key, const IsthSnapshot *snapshot);
void isth_report_write_crossings (IsthJson *json, const char *key, const IsthSnapshot *snapshot);

/* report-reviews.c: "decisions" */
void isth_report_write_reviews (IsthJson *json, const IsthSnapshot *snapshot);

/* report-networks.c: "site_ranges" and "networks"; empty ones for NULL. */
void isth_report_write_networks (IsthJson *json, const IsthNetworkList *list);
