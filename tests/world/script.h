/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts out of a few words, and a world as text, for tables of tests. */
#pragma once

#include <glib.h>

#include "analysis/world/world.h"

/**
 * isth_script_build:
 * @script: sentences ended by ";" (see below); blanks separate words, "_" in a value is a blank
 * @shuffle: not NULL: the order of captures and of sentences within each is random
 *
 * An endpoint is MAC/IP@VLAN#CHILD, each part optional but for one of the first two; MAC "m7" is 02:1b:1b:00:00:07, which has no vendor, "0" alone is no MAC.
 *
 *   cap N                                      what follows is said in capture N (0 … 7), which begins at N hours
 *   at SECONDS                                 time of what follows, in its capture; for the order of evidence
 *   flow A B [proto] [key=value …]             transport=6 port=0 proof=2 sent=5 got=5 ttl=64 back=64 (0: nothing seen) asked=1 (only attempts)
 *   say E attribute value [confidence] [protocol]   a claim
 *   bind E [protocol]
 *   child E [protocol]
 *   role E word [protocol]
 *   hears A B port [protocol]                  at the other end of a cable; "-" for no port
 *   do A B protocol verb name [object] [outcome] [count]   "-" for no object; outcome ok, refused or "-"
 *   word E attribute value author              a person's word; value "-" takes it back
 */
IsthWorld *isth_script_build (const char *script, GRand *shuffle);

/* One line an asset, one a link, sorted as text. */
char *isth_script_dump (const IsthSnapshot *snapshot);

/* Everything that an asset, link or alert says, at length: to compare two worlds. */
char *isth_script_dump_all (const IsthSnapshot *snapshot);
