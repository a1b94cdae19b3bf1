/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs all detections over a resolved world and folds what they raise into alerts. */
#pragma once

#include "analysis/detections/detection.h"

/* An IsthDetect of world.h: fills draft->alerts, sorted by id. @user_data is the IsthWorld that knows what was acknowledged, or NULL. */
void isth_detect (IsthSnapshot *draft, const IsthSnapshot *before, gpointer user_data);

/* The detail of an alert as people say it; free with g_free(). The detail itself is an identifier, part of what the alert's id is made of. */
char *isth_alert_describe_detail (const IsthAlert *alert);
