/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is at a port, and whom it hears. */
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_udld;

static const IsthDissectCase cases[] = {
  { "first",
    "21006d880001000f \"FOC1031Z7JG\" 00020009 \"Gi0/1\" 0003000800*5 0400050700050005050006000653310007000800000001",
    ISTH_DISSECT_OK,
    "diagnose 1 probe (hears nobody)\n"
    "serial = FOC1031Z7JG (90)\n"
    "neighbour_port = Gi0/1 (90)\n"
    "hostname = S1 (90)" },
  { "again",
    "21006d880001000f \"FOC1031Z7JG\" 00020009 \"Gi0/1\" 0003000800*5 0400050700050005050006000653310007000800000001\n"
    "21006d870001000f \"FOC1031Z7JG\" 00020009 \"Gi0/1\" 0003000800*5 0400050700050005050006000653310007000800000002",
    ISTH_DISSECT_OK,
    "diagnose 1 probe (hears nobody)\n"
    "serial = FOC1031Z7JG (90)\n"
    "neighbour_port = Gi0/1 (90)\n"
    "hostname = S1 (90)\n"
    "diagnose 1 probe (hears nobody)" },
  { "echo",
    "220059bb0001000b \"plant-7\" 00020009 \"Fa0/1\" 0003001c00000001000b \"FOC1031Z7JG\" 0005 \"Gi0/1\" "
    "000400050700050005050006000653320007000800000001",
    ISTH_DISSECT_OK,
    "diagnose 2 echo (hears FOC1031Z7JG port Gi0/1)\n"
    "device_id = plant-7 (90)\n"
    "neighbour_port = Fa0/1 (90)\n"
    "hostname = S2 (90)\n"
    "neighbour = FOC1031Z7JG port Gi0/1 (90)" },
  { "flush",
    "23006b880001000f \"FOC1031Z7JG\" 00020009 \"Gi0/1\" 0003000800*5 0400050700050005050006000653310007000800000001",
    ISTH_DISSECT_OK,
    "diagnose 3 flush (hears nobody)\n"
    "serial = FOC1031Z7JG (90)\n"
    "neighbour_port = Gi0/1 (90)\n"
    "hostname = S1 (90)" },
  { "echo-lies",
    "2200f3060001000f \"FOC1031Z7JG\" 00020009 \"Gi0/1\" "
    "0003000e00000001ffff78000179000400050700050005050006000653310007000800000001",
    ISTH_DISSECT_OK,
    "diagnose 2 echo (hears nobody)\n"
    "serial = FOC1031Z7JG (90)\n"
    "neighbour_port = Gi0/1 (90)\n"
    "hostname = S1 (90)" },
  { "not-a-serial",
    "21002d680001000f \"foc1031Z7JG\" 00020009 \"Gi0/1\" 0003000800*5 0400050700050005050006000653310007000800000001",
    ISTH_DISSECT_OK,
    "diagnose 1 probe (hears nobody)\n"
    "device_id = foc1031Z7JG (90)\n"
    "neighbour_port = Gi0/1 (90)\n"
    "hostname = S1 (90)" },
  { "other-opcode",
    "29006d880001000f \"FOC1031Z7JG\" 00020009 \"Gi0/1\" 0003000800*5 0400050700050005050006000653310007000800000001",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "tlv-too-short",
    "21006d8800010003",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "tlv-too-long",
    "21006d880001004400",
    ISTH_DISSECT_MALFORMED,
    "" },
};

/* What a payload begins with, and how sure the dissector is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "21006d880001000f \"FOC1031Z7JG\" 00020009 \"Gi0/1\" 0003000800*5 0400050700050005050006000653310007000800000001", ISTH_PROBE_STRONG, 0, ISTH_LAYER_NONE },
    { "41006d880001000f \"FOC1031Z7JG\" 00020009 \"Gi0/1\" 0003000800*5 0400050700050005050006000653310007000800000001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "29006d880001000f \"FOC1031Z7JG\" 00020009 \"Gi0/1\" 0003000800*5 0400050700050005050006000653310007000800000001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "21006d8800020008", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
    { "21006d880001", ISTH_PROBE_NO, 0, ISTH_LAYER_NONE },
  };
  static const IsthPacket packet = { .ether_type = 0x0111, .snap_oui = 0x00000c };

  isth_test_probes (&isth_dissector_udld, &packet, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_udld, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/udld/probe", test_probe);
  return g_test_run ();
}
