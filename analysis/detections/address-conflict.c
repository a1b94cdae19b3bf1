/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two MAC addresses claim one IP address in the same time (ARP, ND). Router redundancy does so on purpose; an address that moved is none. */
#include <glib/gi18n-lib.h>

#include "analysis/detections/detection.h"

#define GAP (60ll * 1000000000) /* ns between two claims that still count as the same time */
#define BINDINGS_MAX 64         /* a MAC that answers for more is a proxy */
#define AHEAD 8                 /* assets that are on their way from memory: mostly they have none */

typedef struct
{
  const IsthAsset *asset;
  const IsthAssetBinding *binding;
} Claimant;

static int
compare_claimants (const void *a,
                   const void *b)
{
  const Claimant *x = a, *y = b;
  int order = isth_address_compare (&x->binding->ip, &y->binding->ip);

  if (order)
    return order;
  if (x->binding->evidence.time != y->binding->evidence.time)
    return x->binding->evidence.time < y->binding->evidence.time ? -1 : 1;
  return isth_address_compare (&x->binding->mac, &y->binding->mac);
}

static GArray *
find_claimants (const IsthSnapshot *world)
{
  GArray *claimants = g_array_new (FALSE, FALSE, sizeof (Claimant));

  for (uint32_t i = 0; i < world->n_assets; i++)
    {
      const IsthAsset *asset = world->assets[i];

      if (i + AHEAD < world->n_assets)
        __builtin_prefetch (&world->assets[i + AHEAD]->n_bindings);
      for (uint32_t b = 0; b < asset->n_bindings && asset->n_bindings <= BINDINGS_MAX; b++)
        {
          Claimant claimant = { asset, &asset->bindings[b] };

          if (!isth_address_is_virtual_router (&claimant.binding->mac) && !isth_address_is_link_local (&claimant.binding->ip) &&
              (g_str_equal (claimant.binding->protocol, "arp") || g_str_equal (claimant.binding->protocol, "icmpv6")))
            g_array_append_val (claimants, claimant);
        }
    }
  g_array_sort (claimants, compare_claimants);
  return claimants;
}

static void
evaluate (const IsthDetection *self,
          const IsthSnapshot *world,
          IsthAlertSink *sink)
{
  g_autoptr(GArray) claimants = find_claimants (world);
  const Claimant *holder = NULL; /* who claimed the address last, and until when */

  for (uint32_t i = 0; i < claimants->len; i++)
    {
      const Claimant *claimant = &g_array_index (claimants, Claimant, i);

      if (holder && isth_address_equal (&holder->binding->ip, &claimant->binding->ip) && holder->asset != claimant->asset &&
          claimant->binding->evidence.time <= holder->binding->last + GAP)
        {
          char text[ISTH_ADDRESS_TEXT];

          isth_alert_sink_raise (sink, self, holder->asset->id, claimant->asset->id, isth_address_format (&claimant->binding->ip, text),
                                 claimant->binding->count, &claimant->binding->evidence);
        }
      if (!holder || !isth_address_equal (&holder->binding->ip, &claimant->binding->ip) || claimant->binding->last > holder->binding->last)
        holder = claimant;
    }
}

static const char *const attack[] = { "T0830", NULL };

const IsthDetection isth_detection_address_conflict = {
  .id = "address-conflict", /* stored in project files: never change it */
  .title = N_("Address conflict"),
  .plant = N_("{subject} and {peer} both use the address {detail}. Each may be unreachable at times."),
  .security = N_("{peer} claims the address {detail} of {subject}: a misconfiguration, or somebody redirects its traffic."),
  .process_severity = ISTH_SEVERITY_MEDIUM,
  .cyber_severity = ISTH_SEVERITY_HIGH,
  .attack = attack,
  .evaluate = evaluate,
};
