/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listening to the network: which interfaces there are, what to hear, what to keep. The rights are those of isthmus-capture, never ours. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "analysis/base/record.h"

typedef struct _IsthEngine IsthEngine;

/**
 * IsthListen:
 * @interfaces: names, NULL-ended, at least one; several are put in order of time, as one capture
 * @filter: in the words of pcap-filter(7); NULL or "": everything
 * @snap_length: bytes kept of a frame; 0: all
 * @promiscuous: also what is meant for others, as a mirror port brings it
 * @buffer: MiB that the kernel keeps for each interface while we are late; 0: 64
 * @recording: the file in which everything heard is kept; it must not exist. NULL: a new one in the cache folder, see isth_engine_listen()
 * @ring_folder: keeps only the last files, there, and writes no @recording; NULL: none
 * @ring_size: MiB of such a file; 0: 100
 * @ring_seconds: … and its time; 0: any
 * @ring_files: how many are kept, those of earlier runs included; 0: 10
 */
typedef struct
{
  const char *const *interfaces;
  const char *filter;
  uint32_t snap_length;
  bool promiscuous;
  uint32_t buffer;
  const char *recording;
  const char *ring_folder;
  uint32_t ring_size, ring_seconds, ring_files;
} IsthListen;

/**
 * isth_engine_listen:
 *
 * Any thread; returns at once, @listen is copied. A request like isth_engine_open(): what is heard is added to the project in use as one more capture,
 * with snapshots on the way, and IsthProgress says how it goes (state LISTENING or PAUSED, path of the recording, rate, drops).
 *
 * It ends with isth_engine_cancel() (or stop, or free): the recording is then whole, and opening it in another project gives the same report, byte for
 * byte. It also ends when the last interface is gone. What goes wrong is told by the event “failed”: ISTH_ERROR_RIGHTS, with path
 * the interface, when the rights are missing: show isth_listen_get_command(). ISTH_ERROR_LISTEN for all else; it need not be the end.
 *
 * A recording in the cache folder is removed together with a project that is discarded. isth_engine_keep_recording() moves it to a place of its own.
 */
void isth_engine_listen (IsthEngine *self, const IsthListen *listen);

/* A request like isth_engine_open() for one file that somebody still writes: at its end more is waited for. It ends with isth_engine_cancel(), and is then
 * complete as far as it had come; also when it is made shorter, or another file has its name. Opening the file later gives the same report. */
void isth_engine_follow (IsthEngine *self, const char *path);

/* What passes from now on is neither shown nor recorded, until @paused is false again. Any thread; does nothing when nobody listens. */
void isth_engine_pause (IsthEngine *self, bool paused);

/* A request: puts the recording at @from, which is done, at @to, and remembers its new place. “failed” when that cannot be; then it stays. */
void isth_engine_keep_recording (IsthEngine *self, const char *from, const char *to);

/* The command that allows listening, exactly as it must be typed. Free with g_free(). */
char *isth_listen_get_command (void);

/* Whether a filter can be used; meant to be asked at each key. Fails with ISTH_ERROR_USAGE and libpcap's words. Any thread. */
bool isth_listen_check_filter (const char *filter, GError **error);

typedef enum
{
  ISTH_LISTEN_POSSIBLE,
  ISTH_LISTEN_NEEDS_RIGHTS, /* isth_listen_get_command() */
  ISTH_LISTEN_IMPOSSIBLE,   /* IsthListenInterface.reason */
} IsthListenAbility;

#define ISTH_LISTEN_MOMENTS 60

/* One network interface of this machine. Strings are never NULL. */
typedef struct
{
  char *name;
  char *description;      /* "" when it has none */
  GStrv addresses;        /* IPv4 and IPv6, as text */
  char *link_type;        /* "EN10MB", …; "" when not known */
  bool up, running, loopback, wireless;
  IsthListenAbility ability;
  char *reason;           /* libpcap's words; "" when it is possible */
  uint32_t rate[ISTH_LISTEN_MOMENTS]; /* frames a second (heard and sent by this machine) of the last seconds, the newest last */
} IsthListenInterface;

/* Counted, immutable. */
typedef struct
{
  IsthRecord record;
  IsthListenInterface *items;
  uint32_t n;
} IsthListenInterfaces;

#define isth_listen_interfaces_unref(list) isth_record_unref (list)

/* On a thread of the watch: post and wake. @list: a reference of the listener's own. @error: lent; NULL, or why abilities are not known. */
typedef void (*IsthListenInterfacesFunc) (IsthListenInterfaces *list, const GError *error, gpointer user_data);

typedef struct _IsthListenWatch IsthListenWatch;

/* Looks once a second which interfaces there are and how busy they are, without any rights, and calls @func each time; first as soon as possible. */
IsthListenWatch *isth_listen_watch_new (IsthListenInterfacesFunc func, gpointer user_data);

/* @func is not called any more when it returns. */
void isth_listen_watch_free (IsthListenWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IsthListenWatch, isth_listen_watch_free)
