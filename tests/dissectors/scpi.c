/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands of instruments do, by their first word; the answers that tell who they are run with HiSLIP's and VXI-11's. */
#include "analysis/dissectors/scpi.h"

#include <glib.h>

static const struct
{
  const char *text, *name, *object;
  IsthOp verb;
  bool identity;
} commands[] = {
  { "*IDN?\n", "identify", "*IDN?", ISTH_OP_IDENTIFY, true },
  { "*idn?;*opt?", "identify", "*idn?", ISTH_OP_IDENTIFY, true },
  { "*RST", "reset", "*RST", ISTH_OP_CONTROL, false },
  { "*TST?\n", "self-test", "*TST?", ISTH_OP_DIAGNOSE, false },
  { "SYST:ERR?\n", "query", "SYST:ERR?", ISTH_OP_READ, false },
  { "SOUR:VOLT 12.5;OUTP ON\n", "command", "SOUR:VOLT", ISTH_OP_WRITE, false },
  { "*IDN", "command", "*IDN", ISTH_OP_WRITE, false },
  { "", "command", "", ISTH_OP_WRITE, false },
  { "\x80\x01", "command", "", ISTH_OP_WRITE, false },
  { "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ?", "command", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUV", ISTH_OP_WRITE, false },
};

static void
test_commands (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const uint8_t *text = (const uint8_t *) commands[i].text;
      uint32_t n = (uint32_t) strlen (commands[i].text);
      IsthRequest request = { 0 };
      char object[64];

      isth_scpi_describe (&request, object, text, n);
      g_assert_cmpstr (request.name, ==, commands[i].name);
      g_assert_cmpstr (request.object, ==, commands[i].object);
      g_assert_cmpint (request.verb, ==, commands[i].verb);
      g_assert_cmpint (isth_scpi_asks_identity (text, n), ==, commands[i].identity);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scpi/commands", test_commands);
  return g_test_run ();
}
