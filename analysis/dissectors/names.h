/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of registered numbers, compiled in from data/. Each is static, or NULL when the number has no name. */
#pragma once

#include <stdint.h>

const char *isth_name_enip_vendor (uint32_t id);      /* ODVA vendor ids */
const char *isth_name_enip_device_type (uint32_t id); /* CIP device profiles */
const char *isth_name_cip_class (uint32_t id);
const char *isth_name_dnp3_object (uint32_t id);      /* group << 8 | variation */

/* ASHRAE 135: vendors, types of objects, their properties, error codes. */
const char *isth_name_bacnet_vendor (uint32_t id);
const char *isth_name_bacnet_object_type (uint32_t id);
const char *isth_name_bacnet_property (uint32_t id);
const char *isth_name_bacnet_error (uint32_t id);

/* IANA's enterprise numbers of those who make devices. */
const char *isth_name_enterprise (uint32_t id);
