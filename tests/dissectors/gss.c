/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and tickets of Kerberos inside security tokens, whole, cut and broken. What is said of them is in the tests of those who carry them. */
#include <glib.h>

#include "analysis/dissectors/gss.h"
#include "tests/helpers/dissect-runner.h"

static void
test_principals (void)
{
  static const struct
  {
    const char *bytes;
    const char *text;
  } cases[] = {
    { "3013a003020101a10c300a1b08 \"operator\"", "operator" },
    { "301ca003020102a11530131b04 \"ldap\" 1b04 \"srv1\" 1b05 \"plant\"", "ldap/srv1/plant" },
    { "3009a003020101a1023000", "" }, /* no names */
    { "3013a003020101a10c300a1b08 \"ab\"", "" }, /* claims more than there is */
    { "0403 \"abc\"", "" },
    { "", "" },
  };
  char text[ISTH_LIMIT_TEXT];

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GByteArray) bytes = isth_test_bytes (cases[i].bytes);

      g_assert_cmpstr (isth_gss_principal (isth_cursor_new (bytes->data, bytes->len, bytes->len), text, sizeof text), ==, cases[i].text);
    }
}

/* Every beginning of a ticket is one that cannot be read, or can be already. */
static void
test_ticket (void)
{
  g_autoptr(GByteArray) bytes = isth_test_bytes ("304ca003020105a10f1b0d \"PLANT.EXAMPLE\" a2173015a003020102a10e300c1b04 \"cifs\" 1b04 \"srv1\" a31b3019a003020112a2120410ee*16");
  char service[ISTH_LIMIT_TEXT], realm[ISTH_LIMIT_TEXT];
  int etype;

  g_assert_true (isth_gss_ticket (isth_cursor_new (bytes->data, bytes->len, bytes->len), service, realm, &etype));
  g_assert_cmpstr (service, ==, "cifs/srv1");
  g_assert_cmpstr (realm, ==, "PLANT.EXAMPLE");
  g_assert_cmpint (etype, ==, 18);
  for (guint n = 0; n < bytes->len; n++)
    {
      g_autofree uint8_t *block = g_memdup2 (bytes->data, n);

      g_assert_false (isth_gss_ticket (isth_cursor_new (block, n, n), service, realm, &etype));
      isth_gss_ticket (isth_cursor_new (block, n, bytes->len), service, realm, &etype);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gss/principals", test_principals);
  g_test_add_func ("/gss/ticket", test_ticket);
  return g_test_run ();
}
