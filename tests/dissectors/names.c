/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of registered numbers: the first, the last, some between, and none for those between them. */
#include "analysis/dissectors/names.h"

#include <glib.h>

static const struct
{
  const char *(*look_up) (uint32_t id);
  uint32_t id;
  const char *name;
} cases[] = {
  { isth_name_enip_vendor, 1, "Rockwell Automation/Allen-Bradley" },
  { isth_name_enip_vendor, 47, "Omron Corporation" },
  { isth_name_enip_vendor, 0xfffffffe, NULL },
  { isth_name_enip_device_type, 0x0e, "Programmable Logic Controller" },
  { isth_name_enip_device_type, 0x0c, "Communications Adapter" },
  { isth_name_enip_device_type, 0xffff, NULL },
  { isth_name_cip_class, 0, NULL },
  { isth_name_cip_class, 1, "Identity" },
  { isth_name_cip_class, 2, "Message Router" },
  { isth_name_cip_class, 6, "Connection Manager" },
  { isth_name_cip_class, 0x6b, "Symbol" },
  { isth_name_cip_class, 0xf5, "TCP/IP Interface" },
  { isth_name_cip_class, 0xf6, "Ethernet Link" },
  { isth_name_cip_class, 0xffffffff, NULL },
  { isth_name_dnp3_object, 12 << 8 | 1, "Control Relay Output Block" },
  { isth_name_dnp3_object, 120 << 8 | 7, "Authentication Error" },
  { isth_name_dnp3_object, 99 << 8, NULL },
  { isth_name_enterprise, 4329, "Siemens" },
  { isth_name_enterprise, 0, NULL },
};

static void
test_look_up (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (cases[i].look_up (cases[i].id), ==, cases[i].name);
}

/* No number of the whole range is out of order or without text. */
static void
test_all (void)
{
  guint found = 0;

  for (uint32_t id = 0; id <= 0xffff; id++)
    for (int i = 0; i < 3; i++)
      {
        const char *name = (i == 0 ? isth_name_enip_vendor : i == 1 ? isth_name_enip_device_type : isth_name_cip_class) (id);

        if (name)
          {
            g_assert_cmpstr (name, !=, "");
            g_assert_true (g_utf8_validate (name, -1, NULL));
            found++;
          }
      }
  g_assert_cmpuint (found, >, 1000);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/look-up", test_look_up);
  g_test_add_func ("/names/all", test_all);
  return g_test_run ();
}
