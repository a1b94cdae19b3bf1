/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RFC 4512, 5.1; what Windows adds: MS-ADTS, 3.1.1.3.2 and 6.3. */
#include "analysis/dissectors/ldap-entries.h"

#include <glib.h>
#include <string.h>

#include "analysis/dissectors/ber.h"
#include "analysis/dissectors/netlogon.h"

#define MOST_ATTRIBUTES 64
#define MOST_VALUES 8 /* of one */
#define MOST_CONDITIONS 16

/* Versions of Windows by what their domain controllers are able to (MS-ADTS, 3.1.1.3.2.25). */
static const char *const functionality[] = {
  "Windows 2000", NULL, "Windows Server 2003", "Windows Server 2008", "Windows Server 2008 R2", "Windows Server 2012", "Windows Server 2012 R2",
  "Windows Server 2016 or later", NULL, NULL, "Windows Server 2025",
};

const char *
isth_ldap_take_text (IsthCursor *c,
                     char *text,
                     size_t size,
                     IsthCursor *at)
{
  uint32_t tag;

  text[0] = '\0';
  *at = isth_cursor_new (c->data, 0, 0);
  if (isth_ber_next (c, &tag, at))
    isth_text_from_bytes (text, size, at->data, at->length);
  return text;
}

void
isth_ldap_read_conditions (IsthDissectContext *ctx,
                           IsthCursor filter)
{
  IsthCursor list, one, value;
  uint32_t tag;
  char name[32];

  if (!isth_ber_next (&filter, &tag, &list) || tag != 0xa0)
    return;
  for (int n = 0; n < MOST_CONDITIONS && isth_ber_next (&list, &tag, &one); n++)
    {
      if (tag != 0xa3)
        continue;
      isth_ldap_take_text (&one, name, sizeof name, &value);
      if (!isth_ber_next (&one, &tag, &value))
        continue;
      if (g_ascii_strcasecmp (name, "Host") == 0)
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, ISTH_CONFIDENCE_PARSED, value.data, value.length);
      else if (g_ascii_strcasecmp (name, "DnsDomain") == 0)
        isth_emit_text (ctx, NULL, ISTH_ATTRIBUTE_DOMAIN, ISTH_CONFIDENCE_BANNER, value.data, value.length);
    }
}

/* "DC=plant,DC=example" as the domain it is; false when there is another part, too. */
static bool
make_domain (const char *name,
             char *text,
             size_t size)
{
  size_t end = 0;

  text[0] = '\0';
  while (g_ascii_strncasecmp (name, "DC=", 3) == 0)
    {
      size_t n = strcspn (name + 3, ",");

      isth_text_format (text + end, size - end, "%s%.*s", end > 0 ? "." : "", (int) n, name + 3);
      end = strlen (text);
      name += 3 + n;
      name += strspn (name, ", ");
    }
  return end > 0 && *name == '\0';
}

/* What the server says of itself (RFC 4512, 5.1; MS-ADTS, 3.1.1.3.2). */
static void
read_root_attribute (IsthDissectContext *ctx,
                     const char *name,
                     const IsthCursor *value)
{
  char text[ISTH_LIMIT_TEXT], domain[ISTH_LIMIT_TEXT];
  const char *at;

  isth_text_from_bytes (text, sizeof text, value->data, value->length);
  if (g_ascii_strcasecmp (name, "dnsHostName") == 0)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_HOSTNAME, text, ISTH_CONFIDENCE_PARSED, value->data, value->length);
  else if (g_ascii_strcasecmp (name, "defaultNamingContext") == 0 || g_ascii_strcasecmp (name, "namingContexts") == 0)
    {
      if (make_domain (text, domain, sizeof domain) && g_ascii_strcasecmp (name, "defaultNamingContext") == 0)
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_DOMAIN, domain, ISTH_CONFIDENCE_PARSED, value->data, value->length);
      isth_text_format (domain, sizeof domain, "naming context %s", text);
      isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_BANNER, domain, ISTH_CONFIDENCE_BANNER, value->data, value->length);
    }
  else if (g_ascii_strcasecmp (name, "vendorName") == 0 || g_ascii_strcasecmp (name, "vendorVersion") == 0)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_SOFTWARE, text, ISTH_CONFIDENCE_BANNER, value->data, value->length);
  else if (g_ascii_strcasecmp (name, "ldapServiceName") == 0 && (at = strchr (text, '@')))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_REALM, at + 1, ISTH_CONFIDENCE_PARSED, value->data, value->length);
  else if (g_ascii_strcasecmp (name, "domainControllerFunctionality") == 0)
    {
      guint64 level = g_ascii_strtoull (text, NULL, 10);

      isth_emit_role (ctx, NULL, "domain-controller");
      if (level < G_N_ELEMENTS (functionality) && functionality[level])
        isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, functionality[level], ISTH_CONFIDENCE_BANNER, value->data, value->length);
    }
  else if (g_ascii_strcasecmp (name, "netlogon") == 0)
    isth_netlogon_read_answer (ctx, NULL, *value);
}

/* 4.5.2: of entries that are not the root only what stands in them is somebody else's. */
bool
isth_ldap_read_entry (IsthDissectContext *ctx,
                      IsthCursor c)
{
  IsthCursor name, list, one, values, value, at;
  uint32_t tag;
  char text[64];

  if (!isth_ber_next (&c, &tag, &name) || !isth_ber_next (&c, &tag, &list))
    return false;
  if (name.wire > 0)
    return true;
  for (int n = 0; n < MOST_ATTRIBUTES && isth_ber_next (&list, &tag, &one); n++)
    {
      isth_ldap_take_text (&one, text, sizeof text, &at);
      if (!isth_ber_next (&one, &tag, &values))
        break;
      for (int i = 0; i < MOST_VALUES && isth_ber_next (&values, &tag, &value); i++)
        read_root_attribute (ctx, text, &value);
    }
  return true;
}
