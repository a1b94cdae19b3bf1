/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds of Windows as its release notes number them, and languages of keyboards (MS-LCID, 2.2). */
#include "analysis/dissectors/windows-names.h"

#include <glib.h>

#include "analysis/dissectors/ntlmssp.h"

/* From which build on a version counts. */
static const struct
{
  uint16_t build;
  uint8_t major, minor;
} versions[] = {
  { 1381, 4, 0 }, { 2195, 5, 0 }, { 2600, 5, 1 }, { 3790, 5, 2 }, { 6000, 6, 0 }, { 7600, 6, 1 }, { 9200, 6, 2 }, { 9600, 6, 3 }, { 10240, 10, 0 },
};

static const struct
{
  uint16_t language;
  const char *name;
} languages[] = {
  { 0x0401, "Arabic" },     { 0x0402, "Bulgarian" }, { 0x0404, "Chinese (Taiwan)" }, { 0x0405, "Czech" },   { 0x0406, "Danish" },
  { 0x0407, "German" },     { 0x0408, "Greek" },     { 0x0409, "English (US)" },     { 0x040a, "Spanish" }, { 0x040b, "Finnish" },
  { 0x040c, "French" },     { 0x040d, "Hebrew" },    { 0x040e, "Hungarian" },        { 0x0410, "Italian" }, { 0x0411, "Japanese" },
  { 0x0412, "Korean" },     { 0x0413, "Dutch" },     { 0x0414, "Norwegian" },        { 0x0415, "Polish" },  { 0x0416, "Portuguese (Brazil)" },
  { 0x0418, "Romanian" },   { 0x0419, "Russian" },   { 0x041a, "Croatian" },         { 0x041b, "Slovak" },  { 0x041d, "Swedish" },
  { 0x041e, "Thai" },       { 0x041f, "Turkish" },   { 0x0422, "Ukrainian" },        { 0x0424, "Slovenian" }, { 0x0425, "Estonian" },
  { 0x0426, "Latvian" },    { 0x0427, "Lithuanian" }, { 0x0429, "Persian" },         { 0x042a, "Vietnamese" }, { 0x0804, "Chinese" },
  { 0x0807, "German (Switzerland)" }, { 0x0809, "English (UK)" }, { 0x080a, "Spanish (Mexico)" }, { 0x080c, "French (Belgium)" },
  { 0x0813, "Dutch (Belgium)" }, { 0x0816, "Portuguese" }, { 0x0c07, "German (Austria)" }, { 0x0c0c, "French (Canada)" }, { 0x100c, "French (Switzerland)" },
  { 0x1009, "English (Canada)" }, { 0x0c09, "English (Australia)" },
};

const char *
isth_windows_build_name (char *text,
                         size_t size,
                         uint16_t build)
{
  size_t found = G_N_ELEMENTS (versions);

  for (size_t i = 0; i < G_N_ELEMENTS (versions); i++)
    if (versions[i].build <= build)
      found = i;
  if (found == G_N_ELEMENTS (versions))
    return isth_text_format (text, size, "Windows build %u", build);
  return isth_windows_name (text, size, versions[found].major, versions[found].minor, build);
}

const char *
isth_windows_language (uint16_t language)
{
  for (size_t i = 0; i < G_N_ELEMENTS (languages); i++)
    if (languages[i].language == language)
      return languages[i].name;
  return NULL;
}
