/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms of makers: FortiGate's fields ("FortiOS Log Message Reference": devname, devid), NetScreen's device_id ("ScreenOS Message Log Reference Guide"),
 * Cisco's sequence number, origin and mnemonic ("Cisco IOS system message logging": service sequence-numbers, logging origin-id) and its messages as
 * elements, the lines of the boxes of SFR.
 *
 * It is text, and may be passed on: all claims are those of a banner, and makers that others copy are hints. */
#include "analysis/dissectors/syslog-makers.h"

#include <string.h>

#define NEAR 160 /* bytes of a message in which its mnemonic stands */

static bool
is_name (const IsthPiece *piece)
{
  bool letter = false;

  for (uint32_t i = 0; i < piece->length; i++)
    {
      letter |= g_ascii_isalpha (piece->bytes[i]);
      if (!g_ascii_isalnum (piece->bytes[i]) && !(piece->bytes[i] && strchr ("-._", piece->bytes[i])))
        return false;
    }
  return letter && piece->length <= 64;
}

static void
emit (IsthDissectContext *ctx,
      IsthAttribute attribute,
      const IsthPiece *value)
{
  isth_emit_text (ctx, NULL, attribute, ISTH_CONFIDENCE_BANNER, value->bytes, value->length);
}

IsthPiece
isth_syslog_mnemonic (const IsthPiece *text)
{
  IsthPiece near = { text->bytes, MIN (text->length, NEAR) }, found = { text->bytes, 0 };

  if (isth_piece_between (&near, "%", ": ", &found) && found.length > 3 && found.length < 64 && memchr (found.bytes, '-', found.length))
    return (IsthPiece) { found.bytes - 1, found.length + 1 };
  return (IsthPiece) { text->bytes, 0 };
}

/* devname="HQ" devid="FGT61E…": serial numbers begin with the model's code, those of FortiGates with FG. */
static bool
read_fortigate (IsthDissectContext *ctx,
                const IsthPiece *text)
{
  IsthPiece name = { 0 }, id = { 0 };

  if (!isth_piece_starts (text, "date=") && !isth_piece_starts (text, "timestamp=") && !isth_piece_starts (text, "logver="))
    return false;
  if (!isth_piece_between (text, " devid=\"", "\"", &id) && !isth_piece_between (text, " devid=", " ", &id))
    return false;
  if (id.length < 10 || id.length > 24 || !isth_piece_starts (&id, "F"))
    return false;
  emit (ctx, ISTH_ATTRIBUTE_SERIAL, &id);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Fortinet", ISTH_CONFIDENCE_BANNER, id.bytes, id.length);
  if (isth_piece_starts (&id, "FG"))
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_MODEL, "FortiGate", ISTH_CONFIDENCE_BANNER, id.bytes, id.length);
  if ((isth_piece_between (text, " devname=\"", "\"", &name) || isth_piece_between (text, " devname=", " ", &name)) && is_name (&name))
    emit (ctx, ISTH_ATTRIBUTE_HOSTNAME, &name);
  return true;
}

/* "ssg: NetScreen device_id=0185082008001541  [Root]system-notification-…" */
static bool
read_netscreen (IsthDissectContext *ctx,
                const IsthPiece *text)
{
  static const char word[] = "NetScreen device_id=";
  IsthPiece rest = *text, name = isth_piece_word (&rest), id;

  if (!isth_piece_starts (&rest, word))
    return false;
  if (!isth_piece_between (&rest, "device_id=", " ", &id) || id.length == 0 || id.length > 64)
    return false;
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "NetScreen", ISTH_CONFIDENCE_BANNER, rest.bytes, sizeof word - 1);
  if (id.length == 16 && g_ascii_isdigit (id.bytes[0])) /* else a name that somebody gave to it */
    emit (ctx, ISTH_ATTRIBUTE_SERIAL, &id);
  if (name.length > 1 && name.bytes[name.length - 1] == ':')
    {
      name.length--;
      if (is_name (&name))
        emit (ctx, ISTH_ATTRIBUTE_HOSTNAME, &name);
    }
  return true;
}

/* Capitals, a severity, capitals: "%LINEPROTO-5-UPDOWN". */
static bool
is_of_cisco (const IsthPiece *mnemonic)
{
  uint32_t dashes = 0;

  for (uint32_t i = 1; i < mnemonic->length; i++)
    {
      uint8_t byte = mnemonic->bytes[i];

      if (byte == '-' && ++dashes == 1 && (i + 2 >= mnemonic->length || mnemonic->bytes[i + 1] > '7' || mnemonic->bytes[i + 2] != '-'))
        return false;
      if (!g_ascii_isupper (byte) && !g_ascii_isdigit (byte) && byte != '_' && byte != '-')
        return false;
    }
  return dashes >= 2;
}

/* "86: R1: *Sep 22 13:47:54.303: %SYS-6-…": a number, perhaps the origin, perhaps the time. */
static bool
read_cisco (IsthDissectContext *ctx,
            const IsthPiece *text)
{
  IsthPiece rest = *text, number = isth_piece_word (&rest), mnemonic, origin, elements = { text->bytes, 0 };
  uint32_t digits = 0;
  bool own;

  while (digits < number.length && g_ascii_isdigit (number.bytes[digits]))
    digits++;
  if (digits == 0 || digits + 1 != number.length || number.bytes[digits] != ':')
    return false;
  mnemonic = isth_syslog_mnemonic (text);
  own = isth_piece_between (text, "<ios-log-msg", ">", &elements); /* in which nobody else writes */
  if (!own && !is_of_cisco (&mnemonic))
    return false;
  origin = isth_piece_word (&rest);
  if (origin.length > 1 && origin.bytes[origin.length - 1] == ':')
    {
      origin.length--;
      if (is_name (&origin))
        emit (ctx, ISTH_ATTRIBUTE_HOSTNAME, &origin);
    }
  if (own)
    isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_OS, "Cisco IOS", ISTH_CONFIDENCE_BANNER, elements.bytes - 12, 12);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "Cisco", own ? ISTH_CONFIDENCE_BANNER : ISTH_CONFIDENCE_HINT, own ? elements.bytes - 12 : mnemonic.bytes,
                   own ? 12 : mnemonic.length);
  return true;
}

/* "nb6 nbd: 01=7;…;04=NB6-FXC-r2;…;2A=…NB6-MAIN-R3.3.4…": fields by number. */
static bool
read_sfr (IsthDissectContext *ctx,
          const IsthPiece *text)
{
  IsthPiece rest = *text, model, firmware;

  isth_piece_word (&rest);
  if (!isth_piece_starts (&rest, "nbd: 01=") || !isth_piece_between (&rest, ";04=", ";", &model) || !is_name (&model))
    return false;
  emit (ctx, ISTH_ATTRIBUTE_MODEL, &model);
  isth_emit_claim (ctx, NULL, ISTH_ATTRIBUTE_VENDOR, "SFR", ISTH_CONFIDENCE_HINT, model.bytes, model.length);
  if (isth_piece_between (&rest, "-MAIN-", "_;", &firmware) && is_name (&firmware))
    emit (ctx, ISTH_ATTRIBUTE_FIRMWARE, &firmware);
  return true;
}

bool
isth_syslog_emit_maker (IsthDissectContext *ctx,
                        const IsthPiece *text)
{
  return read_fortigate (ctx, text) || read_netscreen (ctx, text) || read_cisco (ctx, text) || read_sfr (ctx, text);
}
