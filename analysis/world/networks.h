/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the world: the networks of a resolved world, once the assets have kinds, levels and names. */
#pragma once

#include "analysis/world/resolve.h"

/* @before is taken over (a new reference) when it says the same. */
IsthNetworkList *isth_networks_make (const IsthResolve *resolve, IsthNetworkList *before);
