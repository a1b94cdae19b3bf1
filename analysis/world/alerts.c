/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an alert says, made when somebody reads it. */
#include <string.h>

#include "analysis/world/snapshot.h"

/* What is filled in is not looked at again: names come from the network. */
char *
isth_alert_describe (const IsthAlert *self,
                     const char *form)
{
  const struct { const char *word, *text; } words[] = {
    { "{subject}", self->subject_name },
    { "{peer}", self->peer_name },
    { "{detail}", self->said },
  };
  GString *result = g_string_new (NULL);

  for (const char *at = form; *at;)
    {
      size_t plain = strcspn (at, "{"), i = 0;

      g_string_append_len (result, at, (gssize) plain);
      at += plain;
      while (i < G_N_ELEMENTS (words) && !g_str_has_prefix (at, words[i].word))
        i++;
      if (i < G_N_ELEMENTS (words))
        {
          g_string_append (result, words[i].text);
          at += strlen (words[i].word);
        }
      else if (*at)
        g_string_append_c (result, *at++);
    }
  return g_string_free (result, FALSE);
}
