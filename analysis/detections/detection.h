/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a detection is: a const table entry with two severities, two sentences, and a function over the resolved world. It sees no packets and
 * keeps no state, so that alerts do not depend on the order in which captures were opened. */
#pragma once

#include "analysis/world/snapshot.h"

/* Time after the first frame of the project in which everything is taken as known, ns. */
#define ISTH_LEARNING_TIME (300ll * 1000000000)

typedef struct _IsthAlertSink IsthAlertSink;
typedef struct _IsthDetection IsthDetection;

struct _IsthDetection
{
  const char *id;       /* stored in project files: never change it */
  const char *title;    /* N_() */
  const char *plant;    /* N_(), what it means for the process; {subject}, {peer}, {detail} are filled in */
  const char *security; /* N_(), what it means for the defender */
  IsthSeverity process_severity, cyber_severity;
  bool lists; /* one alert for each subject and peer, with all details listed; otherwise one for each detail too */
  char *(*describe) (const char *detail); /* how a detail reads in sentences, for g_free(); NULL: as it is */
  const char *const *attack; /* NULL-ended ids of ATT&CK for ICS, in data/attack-ics.tsv */
  void (*evaluate) (const IsthDetection *self, const IsthSnapshot *world, IsthAlertSink *sink);
};

/**
 * isth_alert_sink_raise:
 *
 * One occurrence. Those of one detection, subject, peer and detail (see @lists) are folded into one alert: counts add up, the
 * earliest evidence is kept. @subject and @peer are asset ids (0: none); @detail may be NULL.
 */
void isth_alert_sink_raise (IsthAlertSink *sink,
                            const IsthDetection *detection,
                            uint64_t subject,
                            uint64_t peer,
                            const char *detail,
                            uint64_t count,
                            const IsthEvidence *evidence);

/* All occurrences of @operation on @link: the asked asset is the subject, the asking one the peer; each kept event is evidence. */
void isth_alert_sink_raise_operation (IsthAlertSink *sink,
                                      const IsthDetection *detection,
                                      const IsthLink *link,
                                      const IsthLinkOperation *operation,
                                      const char *detail);

/* Links on which operations of @verbs (1 << IsthOp, ored) were refused many times: the refusing asset is the subject, the asking one the peer. */
void isth_alert_sink_raise_refused (IsthAlertSink *sink,
                                    const IsthDetection *detection,
                                    const IsthSnapshot *world,
                                    uint32_t verbs);

/* For IsthDetection.describe: "modbus" is "Modbus/TCP"; and what isth_detection_name_service() made is "Modbus/TCP, port 502". */
char *isth_detection_describe_protocol (const char *detail);
char *isth_detection_describe_service (const char *detail);

/* The service of @link as a detail, which never changes with the reader's language: "modbus tcp/502"; what is not known is left out. */
char *isth_detection_name_service (const IsthLink *link);

/* Whether @time lies behind the learning time of the project. */
bool isth_detection_is_late (const IsthSnapshot *world, int64_t time);

/* A field bus, whose master leads each node through its states whenever it starts: no engineering of controllers. */
bool isth_detection_is_bus (const char *protocol);

/* In memory assets lie in another order than that of their ids: who looks at one after another asks early for those that come after number @at. */
static inline void
isth_detection_prefetch_asset (const IsthSnapshot *world,
                               uint32_t at)
{
  const uint32_t ahead = 8;

  for (size_t part = 0; part < sizeof (IsthAsset) && at + ahead < world->n_assets; part += 64)
    __builtin_prefetch ((const char *) world->assets[at + ahead] + part);
}

/* For what has a time and no frame of its own: the capture that was running, frame 0. */
IsthEvidence isth_detection_evidence_at (const IsthSnapshot *world, int64_t time);

/* The table the build makes from meson.build: in order of ids, ended by NULL. */
extern const IsthDetection *const isth_detections[];
