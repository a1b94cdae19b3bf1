/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The encapsulations by id. */
#include "analysis/world/carriers.h"

#include <glib.h>

bool
isth_protocol_is_carrier (const char *protocol)
{
  static const char *const carriers[] = { "6in4", "capwap", "erspan", "etherip", "geneve", "gre", "gtp", "ipip", "mpls-in-ip", "vxlan", "zep", NULL };

  return g_strv_contains (carriers, protocol);
}
