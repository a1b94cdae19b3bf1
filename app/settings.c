/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GSettings ends the program when a schema is missing; looking it up first does not. */
#include "app/settings.h"

#include "app/place.h"

GSettings *
isth_settings_get (void)
{
  static gsize once;
  static GSettings *settings;

  if (g_once_init_enter (&once))
    {
      GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
      g_autoptr(GSettingsSchemaSource) beside = NULL;
      g_autoptr(GSettingsSchema) schema = NULL;
      g_autofree char *folder = isth_place_get_program_folder ();

      if (installed)
        schema = g_settings_schema_source_lookup (installed, "org.isthmus.Isthmus", TRUE);
      if (!schema && folder)
        {
          beside = g_settings_schema_source_new_from_directory (folder, installed, FALSE, NULL);
          if (beside)
            schema = g_settings_schema_source_lookup (beside, "org.isthmus.Isthmus", FALSE);
        }
      if (schema)
        settings = g_settings_new_full (schema, NULL, NULL);
      g_once_init_leave (&once, 1);
    }

  return settings;
}
