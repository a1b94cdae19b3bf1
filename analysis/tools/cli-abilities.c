/* SPDX-License-Identifier: GPL-3.0-or-later */
/* protocols, detections: what Isthmus can read and what makes it raise an alert, tab-separated. */
#include <glib.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "analysis/isthmus.h"
#include "analysis/tools/cli.h"

int
cli_protocols (int argc,
               char **argv)
{
  static const char *const depths[] = { "full", "deep", "shallow", "recognised", "opaque" };
  static const char *const kinds[ISTH_N_BINDINGS] = { "tcp", "udp", "ethertype", "llc", "snap", "ip", "cotp", "cip", "modbus", "netbios-session", "pipe" };

  puts ("id\ttitle\tdepth\tports\tidentity");
  for (size_t i = 0; isth_dissectors[i]; i++)
    {
      const IsthDissector *d = isth_dissectors[i];

      printf ("%s\t%s\t%s\t", d->id, _(d->title), depths[d->depth]);
      for (size_t b = 0; b < d->n_bindings; b++)
        {
          const char *kind = kinds[d->bindings[b].kind];

          if (b > 0)
            putchar (' ');
          if (d->bindings[b].number == 0)
            printf ("%s", kind);
          else
            printf (d->bindings[b].kind >= ISTH_BIND_ETHER_TYPE && d->bindings[b].kind <= ISTH_BIND_SNAP ? "%s/0x%04x" : "%s/%u", kind,
                    d->bindings[b].number);
        }
      printf ("\t%s\n", d->identity ? d->identity : "");
    }
  return CLI_OK;
}

int
cli_detections (int argc,
                char **argv)
{
  puts ("id\ttitle\tprocess\tcyber\tattack");
  for (size_t i = 0; isth_detections[i]; i++)
    {
      const IsthDetection *d = isth_detections[i];

      printf ("%s\t%s\t%s\t%s\t", d->id, _(d->title), isth_severity_name (d->process_severity), isth_severity_name (d->cyber_severity));
      for (const char *const *id = d->attack; id && *id; id++)
        printf ("%s%s", id == d->attack ? "" : " ", *id);
      putchar ('\n');
    }
  return CLI_OK;
}
