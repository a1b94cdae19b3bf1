/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remote sessions in words: what is only likely or only coincides is called so. */
#include "app/parts/remote-text.h"

#define S G_GINT64_CONSTANT (1000000000)

static const struct
{
  IsthRemoteSession remote;
  const char *kind, *span, *way;
} cases[] = {
  { { .kind = ISTH_REMOTE_SHELL, .protocol = "ssh", .relay = "", .user = "", .first = 0, .last = 90 * S, .end = ISTH_SESSION_CLOSED },
    "Command line · SSH", "1 min 30 s", "" },
  { { .kind = ISTH_REMOTE_DESKTOP, .protocol = "rdp", .relay = "", .user = "", .first = 0, .last = 5 * S, .end = ISTH_SESSION_OPEN, .came_by = 9, .came_from = 1,
      .score = 80 },
    "Remote Desktop (RDP)", "5.0 s, still open", "likely from vendor (80 of 100)" },
  { { .kind = ISTH_REMOTE_RELAY, .protocol = "teamviewer", .relay = "TeamViewer", .user = "", .first = ISTH_NO_TIME, .last = ISTH_NO_TIME,
      .end = ISTH_SESSION_SILENT },
    "Through a relay · TeamViewer", "not known", "outside relay: TeamViewer" },
};

static void
test_texts (void)
{
  IsthAsset vendor = { .id = 1, .name = "vendor" }, plc = { .id = 2, .name = "plc" }, *assets[] = { &vendor, &plc };
  IsthSnapshot snapshot = { .assets = assets, .n_assets = G_N_ELEMENTS (assets) };
  IsthSessionDeed deeds[] = {
    { .verb = ISTH_OP_PROGRAM, .target = 2, .count = 2, .exact = TRUE, .protocol = "s7comm", .object = "" },
    { .verb = ISTH_OP_WRITE, .target = 2, .count = 7, .protocol = "s7comm", .object = "" },
    { .verb = ISTH_OP_READ, .target = 2, .count = 1, .exact = TRUE, .protocol = "s7comm", .object = "" },
  };
  IsthRemoteSession remote = { .deeds = deeds, .n_deeds = 3 };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *kind = isth_remote_text_kind (&cases[i].remote), *span = isth_remote_text_span (&cases[i].remote);
      g_autofree char *way = isth_remote_text_way (&snapshot, &cases[i].remote);

      g_assert_cmpstr (kind, ==, cases[i].kind);
      g_assert_cmpstr (span, ==, cases[i].span);
      g_assert_cmpstr (way, ==, cases[i].way);
    }
  for (guint most = 2; most <= 3; most++)
    {
      g_autofree char *text = isth_remote_text_deeds (&snapshot, &remote, most);

      g_assert_cmpstr (text, ==, most == 2 ? "program ×2 → plc, write ≥ ×7 → plc, …" : "program ×2 → plc, write ≥ ×7 → plc, read ×1 → plc");
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/remote-text", test_texts);

  return g_test_run ();
}
