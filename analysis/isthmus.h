/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one header that the window, the tools, the tests and the fuzzers include. */
#pragma once

#include "analysis/base/address.h"
#include "analysis/base/error.h"
#include "analysis/base/limits.h"
#include "analysis/base/record.h"
#include "analysis/base/text.h"
#include "analysis/base/timing.h"
#include "analysis/capture/source.h"
#include "analysis/decode/decoder.h"
#include "analysis/detections/detect.h"
#include "analysis/dissectors/dissector.h"
#include "analysis/engine/engine.h"
#include "analysis/engine/listen.h"
#include "analysis/engine/mailbox.h"
#include "analysis/engine/pipeline.h"
#include "analysis/export/report.h"
#include "analysis/flow/flow.h"
#include "analysis/layout/layout.h"
#include "analysis/project/project.h"
#include "analysis/world/vendor.h"
#include "analysis/world/world.h"
