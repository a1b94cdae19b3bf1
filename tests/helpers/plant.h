/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up site of any size as a snapshot: for tests and demos of what comes after the world. */
#pragma once

#include "analysis/world/snapshot.h"

/* The same for the same @n and @seed. About @n assets: offices, DMZ, control rooms, cells with controllers, racks, drives. */
IsthSnapshot *plant_new (uint32_t n, uint32_t seed);

/* A copy of the list of assets without the one at @skip (all when it is out of range); links stay. */
IsthSnapshot *plant_without (const IsthSnapshot *plant, uint32_t skip);
