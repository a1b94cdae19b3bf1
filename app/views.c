/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line for each view. */
#include "app/views.h"

#include "app/views/access-view.h"
#include "app/views/assets-view.h"
#include "app/views/evidence-strip.h"
#include "app/views/inspector.h"
#include "app/views/map-view.h"
#include "app/views/overview-view.h"
#include "app/views/problem-bar.h"
#include "app/views/progress-row.h"
#include "app/views/review-view.h"
#include "app/views/start-page.h"
#include "app/views/time-strip.h"
#include "app/views/timeline-view.h"
#include "app/views/traffic-view.h"

void
isth_views_ensure (void)
{
  g_type_ensure (ISTH_TYPE_ACCESS_VIEW);
  g_type_ensure (ISTH_TYPE_ASSETS_VIEW);
  g_type_ensure (ISTH_TYPE_EVIDENCE_STRIP);
  g_type_ensure (ISTH_TYPE_INSPECTOR);
  g_type_ensure (ISTH_TYPE_MAP_VIEW);
  g_type_ensure (ISTH_TYPE_OVERVIEW_VIEW);
  g_type_ensure (ISTH_TYPE_PROBLEM_BAR);
  g_type_ensure (ISTH_TYPE_PROGRESS_ROW);
  g_type_ensure (ISTH_TYPE_REVIEW_VIEW);
  g_type_ensure (ISTH_TYPE_START_PAGE);
  g_type_ensure (ISTH_TYPE_TIME_STRIP);
  g_type_ensure (ISTH_TYPE_TIMELINE_VIEW);
  g_type_ensure (ISTH_TYPE_TRAFFIC_VIEW);
}
