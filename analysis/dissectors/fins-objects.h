/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a FINS command acts on, in words. */
#pragma once

#include "analysis/dissectors/dissector.h"
#include "analysis/dissectors/fins-tables.h"

/* @body: what stands behind the command's code. @text stays as it is when nothing is said there; where a command is several in one, @request gets the verb and
 * name of the one it is. */
void isth_fins_describe (const FinsCommand *command, IsthCursor body, IsthRequest *request, char *text, size_t size);
