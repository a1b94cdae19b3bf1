/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words out of XML, as devices describe themselves in it: no parser, only "what stands in the first element of this name". */
#pragma once

#include "analysis/dissectors/lines.h"

/**
 * isth_xml_find:
 * @name: of an element, without the prefix of its namespace
 * @content: what stands in it up to the next "<", without blanks around it; lent
 *
 * The first element of that name that begins in @text. False when there is none, or when it has no text of its own or no end.
 */
bool isth_xml_find (const IsthPiece *text, const char *name, IsthPiece *content);
