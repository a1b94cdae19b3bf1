/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving back part of a large piece of memory that is read once, from its beginning to its end, while what is made of it needs room. */
#pragma once

/* Gives back the memory of the bytes [@from, @end) of an allocated block, which nobody may look at any more; the block itself stays, to be freed. */
void isth_pages_forget (void *from, void *end);
