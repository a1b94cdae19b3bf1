/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place where the window turns numbers into text. */
#include "app/format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <netinet/in.h>

#define NS 1000000000ll

static char *
format_in (GTimeZone  *zone,
           gint64      ns,
           int         digits,
           const char *zone_format)
{
  gint64 seconds, rest;
  g_autoptr(GDateTime) whole = NULL;
  g_autoptr(GDateTime) local = NULL;
  g_autofree char *day = NULL, *name = NULL;
  char fraction[16] = "";

  if (ns == ISTH_NO_TIME)
    return g_strdup ("");

  seconds = ns / NS;
  rest = ns % NS;
  if (rest < 0)
    {
      seconds--;
      rest += NS;
    }
  whole = g_date_time_new_from_unix_utc (seconds);
  if (!whole)
    return g_strdup ("");

  local = g_date_time_to_timezone (whole, zone);
  day = g_date_time_format (local, "%F %T");
  name = g_date_time_format (local, zone_format);
  if (digits > 0)
    {
      g_snprintf (fraction, sizeof fraction, ".%09" G_GINT64_FORMAT, rest);
      fraction[digits + 1] = '\0';
    }

  return g_strdup_printf ("%s%s %s", day, fraction, name);
}

char *
isth_format_time (gint64 ns)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return format_in (zone, ns, 0, "%Z");
}

char *
isth_format_time_exact (gint64 ns)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return format_in (zone, ns, 6, "%Z");
}

char *
isth_format_time_utc (gint64 ns)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();

  return format_in (zone, ns, 9, "UTC");
}

char *
isth_format_span (gint64 ns)
{
  gint64 seconds = ns / NS;

  if (ns < 0)
    return g_strdup ("");
  if (ns < NS)
    return g_strdup_printf (_("%d ms"), (int) (ns / 1000000));
  if (seconds < 60)
    return g_strdup_printf (_("%.1f s"), floor ((double) ns / (NS / 10)) / 10);
  if (seconds < 3600)
    return g_strdup_printf (_("%d min %02d s"), (int) (seconds / 60), (int) (seconds % 60));
  if (seconds < 86400)
    return g_strdup_printf (_("%d h %02d min"), (int) (seconds / 3600), (int) (seconds / 60 % 60));

  return g_strdup_printf (_("%d d %d h"), (int) (seconds / 86400), (int) (seconds / 3600 % 24));
}

char *
isth_format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

char *
isth_format_count_short (guint64 count)
{
  static const char *const prefixes[] = { "", "k", "M", "G", "T", "P", "E" };
  double value = (double) count;
  guint step = 0;

  if (count < 1000)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, count);

  while (value >= 999.5 && step + 1 < G_N_ELEMENTS (prefixes))
    {
      value /= 1000;
      step++;
    }

  /* three digits, as a person would say the number */
  return g_strdup_printf ("%.*f %s", value < 9.995 ? 2 : value < 99.95 ? 1 : 0, value, prefixes[step]);
}

char *
isth_format_size (guint64 bytes)
{
  return g_format_size (bytes);
}

char *
isth_format_service (const char *protocol,
                     guint8      transport,
                     guint16     port)
{
  const char *title;

  if (transport == IPPROTO_TCP && port > 0)
    return g_strdup_printf ("TCP %u", port);
  if (transport == IPPROTO_UDP && port > 0)
    return g_strdup_printf ("UDP %u", port);
  if (transport == IPPROTO_TCP)
    return g_strdup ("TCP");
  if (transport == IPPROTO_UDP)
    return g_strdup ("UDP");
  if (transport == IPPROTO_ICMP)
    return g_strdup ("ICMP");
  if (transport == IPPROTO_ICMPV6)
    return g_strdup ("ICMPv6");
  if (transport > 0)
    return g_strdup_printf ("IP %u", transport);
  if (*protocol && port > 0)
    return g_strdup (_("Ethernet")); /* its number says once more what the protocol says */
  if (port == 0)
    return g_strdup ("");

  title = isth_ether_type_get_title (port);
  return title ? g_strdup (title) : g_strdup_printf ("EtherType 0x%04x", port);
}

const char *
isth_format_link_type (const char *name)
{
  static const char *const titles[][2] = {
    { "EN10MB", "Ethernet" },
    { "IEEE802_11", N_("Wi-Fi") },
    { "IEEE802_11_RADIO", N_("Wi-Fi") },
    { "LINUX_SLL", N_("Linux, all interfaces") },
    { "LINUX_SLL2", N_("Linux, all interfaces") },
    { "LOOP", N_("this computer only") },
    { "NULL", N_("this computer only") },
    { "RAW", N_("IP without a link layer") },
    { "IPV4", N_("IP without a link layer") },
    { "IPV6", N_("IP without a link layer") },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i][0], name))
      return _(titles[i][1]);

  return name;
}

const char *
isth_format_protocol (const char *id)
{
  const char *title = id && *id ? isth_protocol_get_title (id) : "";

  return title ? title : id;
}

const char *
isth_format_source (const char *id)
{
  if (g_strcmp0 (id, "person") == 0)
    return _("a person");
  if (g_strcmp0 (id, "ieee-ra") == 0)
    return _("MAC address prefix (IEEE)");

  return isth_format_protocol (id);
}

const char *
isth_format_confidence (int confidence)
{
  if (confidence >= ISTH_CONFIDENCE_PERSON)
    return _("stated by a person");
  if (confidence >= ISTH_CONFIDENCE_PARSED)
    return _("said by the device");
  if (confidence >= ISTH_CONFIDENCE_REPORTED)
    return _("reported by another device");
  if (confidence >= ISTH_CONFIDENCE_BANNER)
    return _("read from a banner");
  if (confidence >= ISTH_CONFIDENCE_PREFIX)
    return _("from the address prefix");

  return _("a guess");
}

const char *
isth_format_level (IsthLevel level)
{
  switch (level)
    {
    case ISTH_LEVEL_0:
      return _("Level 0 · process");
    case ISTH_LEVEL_1:
      return _("Level 1 · control");
    case ISTH_LEVEL_2:
      return _("Level 2 · supervision");
    case ISTH_LEVEL_3:
      return _("Level 3 · operations");
    case ISTH_LEVEL_DMZ:
      return _("Level 3.5 · DMZ");
    case ISTH_LEVEL_4:
      return _("Level 4 · business");
    case ISTH_LEVEL_5:
      return _("Level 5 · external");
    case ISTH_LEVEL_UNKNOWN:
    default:
      return _("Level not known");
    }
}

static void
append (GString    *text,
        const char *part)
{
  if (*part)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
}

char *
isth_format_ips (const IsthAsset *asset)
{
  g_autoptr(GString) text = g_string_new (NULL);
  char buffer[ISTH_ADDRESS_TEXT];

  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    for (uint32_t j = 0; j < asset->interfaces[i].n_ips; j++)
      append (text, isth_address_format (&asset->interfaces[i].ips[j], buffer));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
isth_format_macs (const IsthAsset *asset)
{
  g_autoptr(GString) text = g_string_new (NULL);
  char buffer[ISTH_ADDRESS_TEXT];

  for (uint32_t i = 0; i < asset->n_interfaces; i++)
    append (text, isth_address_format (&asset->interfaces[i].mac, buffer));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
isth_format_verb (IsthOp verb)
{
  static const char *const titles[ISTH_N_OPS] = {
    [ISTH_OP_IDENTIFY] = N_("identify"),   [ISTH_OP_READ] = N_("read"),
    [ISTH_OP_WRITE] = N_("write"),         [ISTH_OP_CONTROL] = N_("control"),
    [ISTH_OP_PROGRAM] = N_("program"),     [ISTH_OP_UPLOAD] = N_("upload"),
    [ISTH_OP_CONFIGURE] = N_("configure"), [ISTH_OP_FIRMWARE] = N_("firmware"),
    [ISTH_OP_FILE] = N_("file"),           [ISTH_OP_AUTHENTICATE] = N_("authenticate"),
    [ISTH_OP_DIAGNOSE] = N_("diagnose"),   [ISTH_OP_SUBSCRIBE] = N_("subscribe"),
    [ISTH_OP_REPORT] = N_("report"),       [ISTH_OP_TIME_SYNC] = N_("time sync"),
    [ISTH_OP_OTHER] = N_("other"),
  };

  return verb < ISTH_N_OPS ? _(titles[verb]) : "";
}

char *
isth_format_verbs (guint32 verbs)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (int pass = 0; pass < 2; pass++)
    for (IsthOp op = 0; op < ISTH_N_OPS; op++)
      if ((verbs & (1u << op)) && op != ISTH_OP_OTHER && isth_op_is_notable (op) == (pass == 0))
        append (text, isth_format_verb (op));

  return g_string_free (g_steal_pointer (&text), FALSE);
}
