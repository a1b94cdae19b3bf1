/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look-up in the sorted tables that the build makes from data/. */
#include "analysis/dissectors/names.h"

#include <stddef.h>

typedef struct
{
  uint32_t id;
  const char *name;
} Name;

#include "names-tables.h"

static const char *
look_up (const Name *names,
         size_t n,
         uint32_t id)
{
  size_t low = 0;

  while (low < n)
    {
      size_t middle = low + (n - low) / 2;

      if (names[middle].id == id)
        return names[middle].name;
      if (names[middle].id < id)
        low = middle + 1;
      else
        n = middle;
    }
  return NULL;
}

#define LOOK_UP(table, id) look_up (table, sizeof table / sizeof *table, id)

const char *
isth_name_enip_vendor (uint32_t id)
{
  return LOOK_UP (enip_vendors, id);
}

const char *
isth_name_enip_device_type (uint32_t id)
{
  return LOOK_UP (enip_device_types, id);
}

const char *
isth_name_cip_class (uint32_t id)
{
  return LOOK_UP (cip_classes, id);
}

const char *
isth_name_dnp3_object (uint32_t id)
{
  return LOOK_UP (dnp3_objects, id);
}

const char *
isth_name_bacnet_vendor (uint32_t id)
{
  return LOOK_UP (bacnet_vendors, id);
}

const char *
isth_name_bacnet_object_type (uint32_t id)
{
  return LOOK_UP (bacnet_object_types, id);
}

const char *
isth_name_bacnet_property (uint32_t id)
{
  return LOOK_UP (bacnet_properties, id);
}

const char *
isth_name_bacnet_error (uint32_t id)
{
  return LOOK_UP (bacnet_errors, id);
}

const char *
isth_name_enterprise (uint32_t id)
{
  return LOOK_UP (enterprises, id);
}
