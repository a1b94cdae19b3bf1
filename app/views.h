/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts that the window's template names. */
#pragma once

/* Registers their types, before the template is read. */
void isth_views_ensure (void);
