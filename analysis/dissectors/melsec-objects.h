/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command of SLMP and the MC protocol acts on, in words. */
#pragma once

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/melsec-tables.h"

/* A device and its number: D100. */
typedef struct
{
  const MelsecDevice *device; /* NULL: a kind that is not known */
  char other[8];              /* what stands in front of the number then */
  uint32_t number;
} MelsecPlace;

/* A number of @n bytes: little-endian, or in ASCII as twice as many hexadecimal digits. */
uint32_t isth_melsec_read_number (IsthCursor *c, bool ascii, uint32_t n);

/* The place of a 1E frame: its device's two characters, the first one last, stand behind the number. */
MelsecPlace isth_melsec_read_place_1e (IsthCursor *c);

/* "D100", "D100–109". */
void isth_melsec_format_place (char *text, size_t size, const MelsecPlace *place, uint32_t points);

/* @body: what stands behind the command and @sub, its subcommand. @text stays as it is when nothing is said there. False: it is cut or contradicts itself. */
bool isth_melsec_describe (const MelsecCommand *command, uint16_t sub, bool ascii, IsthCursor body, char *text, size_t size);
