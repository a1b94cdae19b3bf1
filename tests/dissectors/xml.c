/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements with and without prefix, attributes and text; what only looks like one. */
#include "analysis/dissectors/xml.h"

static const struct
{
  const char *text;
  const char *name;
  const char *content;
} cases[] = {
  { "<a><modelName>Press 7</modelName></a>", "modelName", "Press 7" },
  { "<d:Types xmlns:x=\"y\">\n dn:Device </d:Types>", "Types", "dn:Device" },
  { "<modelNameX>no</modelNameX><modelName>yes</modelName>", "modelName", "yes" },
  { "<modelName/><b>no</b>", "modelName", NULL },
  { "<modelName></modelName>", "modelName", NULL },
  { "<modelName>cut", "modelName", NULL },
  { "<modelName", "modelName", NULL },
  { "<x:", "modelName", NULL },
  { "<", "modelName", NULL },
  { "", "modelName", NULL },
  { "</modelName>text<b>", "modelName", NULL },
  { "a < b <serial>1<", "serial", "1" },
};

/* Each in a block of its own size, so that reading on is seen. */
static void
test_find (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      size_t length = strlen (cases[i].text);
      g_autofree uint8_t *copy = g_memdup2 (cases[i].text, length);
      IsthPiece text = { copy, (uint32_t) length }, content;
      g_autofree char *found = isth_xml_find (&text, cases[i].name, &content) ? g_strndup ((const char *) content.bytes, content.length) : NULL;

      g_assert_cmpstr (found, ==, cases[i].content);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml/find", test_find);
  return g_test_run ();
}
