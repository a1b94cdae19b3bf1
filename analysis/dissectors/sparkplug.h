/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sparkplug B over MQTT (ISO/IEC 20237): edge nodes and their devices by topic, and what their birth certificates say of them. Only for mqtt.c. */
#pragma once

#include "analysis/dissectors/dissector.h"

typedef enum
{
  ISTH_SPARKPLUG_NONE,
  ISTH_SPARKPLUG_BIRTH,
  ISTH_SPARKPLUG_DATA,
  ISTH_SPARKPLUG_COMMAND,
  ISTH_SPARKPLUG_DEATH,
  ISTH_SPARKPLUG_STATE, /* of a host application */
} IsthSparkplugKind;

/**
 * IsthSparkplug:
 * @name: static: "node-birth", "device-command"
 * @child: "sparkplug-node:GROUP/NODE" or that and " > sparkplug-device:DEVICE"; "" for STATE
 */
typedef struct
{
  IsthSparkplugKind kind;
  const char *name;
  char child[160];
} IsthSparkplug;

/* Reads the topic (6.2): its kind is NONE when it is not one of Sparkplug's. */
void isth_sparkplug_read_topic (IsthSparkplug *self, const uint8_t *topic, uint32_t length);

/* Reads the metrics of a birth: what the node or device says that it is. @node: with its child path. */
void isth_sparkplug_read_birth (IsthDissectContext *ctx, const IsthEndpoint *node, IsthCursor payload);
