/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names out of logins of each sort, never the secret; what is cut or of another sort. */
#include "analysis/dissectors/authorization.h"

static const struct
{
  const char *value;
  const char *name;
  const char *object;
} cases[] = {
  { "Basic Ym9iOnNlY3JldA==", "basic-login", "user “bob”, password in clear (under 8 characters)" },
  { "Basic Ym9i", "basic-login", "user “”, password in clear" },
  { "Basic ****", "basic-login", "user “”, password in clear" },
  { "Basic ", "basic-login", "user “”, password in clear" },
  { "Digest username=\"amy\", realm=\"x\", response=\"00\"", "digest-login", "user “amy”" },
  { "Digest realm=\"x\"", "digest-login", "user “”" },
  { "Bearer abc", "bearer-login", "token in clear" },
  { "NTLM abc", NULL, "" },
  { "", NULL, "" },
};

static void
test_read (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      size_t length = strlen (cases[i].value);
      g_autofree uint8_t *copy = g_memdup2 (cases[i].value, length);
      char object[128] = "";

      g_assert_cmpstr (isth_authorization_read (&(IsthPiece) { copy, (uint32_t) length }, object, sizeof object), ==, cases[i].name);
      g_assert_cmpstr (object, ==, cases[i].object);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/authorization/read", test_read);
  return g_test_run ();
}
