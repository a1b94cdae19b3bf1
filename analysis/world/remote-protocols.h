/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which protocols bring people or whole networks from afar: a conversation in one of them is a session of remote access. */
#pragma once

typedef enum
{
  ISTH_REMOTE_NOT,
  ISTH_REMOTE_DESKTOP,        /* a screen is shown and worked at */
  ISTH_REMOTE_SHELL,          /* commands are typed */
  ISTH_REMOTE_VPN,            /* a network is joined: what goes through is not seen here */
  ISTH_REMOTE_RELAY,          /* somebody in between carries it, by a proxy or a maker's service */
  ISTH_REMOTE_ADMINISTRATION, /* services, tasks, programs of a computer are run */
} IsthRemote;

/* @protocol: id of a dissector, or a protocol of IsthObservation. */
IsthRemote isth_protocol_get_remote (const char *protocol);
