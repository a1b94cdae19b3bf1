/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which protocols bring people or whole networks from afar: a conversation in one of them is a session of remote access. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum
{
  ISTH_REMOTE_NOT,
  ISTH_REMOTE_DESKTOP,        /* a screen is shown and worked at */
  ISTH_REMOTE_SHELL,          /* commands are typed */
  ISTH_REMOTE_VPN,            /* a network is joined: what goes through is not seen here */
  ISTH_REMOTE_RELAY,          /* somebody in between carries it, by a proxy or a maker's service */
  ISTH_REMOTE_ADMINISTRATION, /* services, tasks, programs of a computer are run */
  ISTH_REMOTE_FILE,           /* files are brought and fetched after logging in */
  ISTH_N_REMOTES,
} IsthRemote;

/* "" … "desktop", "shell", "vpn", "relay", "administration", "file": the words of reports. */
const char *isth_remote_name (IsthRemote remote);
const char *isth_remote_title (IsthRemote remote); /* untranslated: mark with _() where shown */

/* @protocol: id of a dissector, or a protocol of IsthObservation. */
IsthRemote isth_protocol_get_remote (const char *protocol);

/* The same as a small number that goes into a flow, for as long as the program runs: 0 when it is none. And back: NULL for 0. */
uint8_t isth_remote_find (const char *protocol);
const char *isth_remote_get_protocol (uint8_t number);

/* Whether @protocol is remote administration only in a connection in which something was commanded, programmed or configured: most of its connections
 * bring files and names. isth_protocol_get_remote() calls it remote administration. */
bool isth_remote_is_by_deed (const char *protocol);

/* Whether a connection of @protocol is one of remote access only by its shape: isth_remote_find() does not know it. */
bool isth_remote_is_by_shape (const char *protocol);

/* Whether a connection may be worked through the other way round: for at least ten minutes who was asked ([1]) sent little at a time, as somebody who types, and
 * who opened it ([0]) much more. @first, @last in ns. */
bool isth_remote_is_turned (const uint64_t packets[2], const uint64_t bytes[2], int64_t first, int64_t last);

/* What a product is called whose maker relays its connections: "AnyDesk"; "" for other protocols. */
const char *isth_remote_get_product (const char *protocol);
