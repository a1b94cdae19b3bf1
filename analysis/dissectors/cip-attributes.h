/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the attributes of CIP objects are called. */
#pragma once

#include <stdint.h>

/* Static, lower case: "serial number"; NULL when nobody named it. Of instances: those of the class itself are other ones. */
const char *isth_cip_attribute_name (int64_t class_id, int64_t attribute);
