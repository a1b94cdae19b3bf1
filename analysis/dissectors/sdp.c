/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session descriptions (RFC 8866) and the fixed payload types of RTP (RFC 3551, tables 4 and 5). Keys of SRTP in them are never looked at. */
#include "analysis/dissectors/sdp.h"

#include <glib.h>

#define MOST_LINES 128

static const struct { uint8_t type; const char *name; } fixed[] = {
  { 0, "PCMU" },   { 3, "GSM" },   { 4, "G723" },  { 5, "DVI4" },  { 6, "DVI4" },  { 7, "LPC" },   { 8, "PCMA" },  { 9, "G722" }, { 10, "L16" },
  { 11, "L16" },   { 12, "QCELP" }, { 13, "CN" },  { 14, "MPA" },  { 15, "G728" }, { 16, "DVI4" }, { 17, "DVI4" }, { 18, "G729" }, { 25, "CelB" },
  { 26, "JPEG" },  { 28, "nv" },   { 31, "H261" }, { 32, "MPV" },  { 33, "MP2T" }, { 34, "H263" },
};

/* Codings whose payload types are given as one goes. */
static const char *const codings[] = {
  "H264", "H265", "MP4V-ES", "MPEG4-GENERIC", "MP4A-LATM", "opus", "telephone-event", "VP8", "VP9", "AV1", "AMR", "AMR-WB", "iLBC", "speex", "G726-32",
  "G7221", "H263-1998", "H263-2000", "x-asf-pf", "vnd.onvif.metadata", "SILK", "EVS", "ac3", "raw", "L24", "L16", "PCMU", "PCMA", "G729", "G722", "JPEG",
};

const char *
isth_sdp_type_name (uint8_t type)
{
  for (size_t i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (fixed[i].type == type)
      return fixed[i].name;
  return NULL;
}

/* "m=audio 49170 RTP/AVP 0 8". */
static void
read_media (IsthPiece line,
            IsthPiece address,
            IsthSdpMedia *media)
{
  IsthPiece word;

  *media = (IsthSdpMedia) { .address = address, .coding = { line.bytes, 0 } };
  media->kind = isth_piece_word (&line);
  word = isth_piece_word (&line);
  media->port = (uint16_t) MIN (isth_piece_number (&word), UINT16_MAX);
  isth_piece_word (&line);
  word = isth_piece_word (&line);
  media->type = (uint8_t) MIN (isth_piece_number (&word), 0xff);
}

/* "IN IP4 10.0.0.1/127": the address. */
static IsthPiece
read_address (IsthPiece line)
{
  isth_piece_word (&line);
  isth_piece_word (&line);
  for (uint32_t i = 0; i < line.length; i++)
    if (line.bytes[i] == '/' || line.bytes[i] == ' ')
      line.length = i;
  return line;
}

uint32_t
isth_sdp_read (IsthCursor body,
               IsthSdpMedia media[ISTH_SDP_MEDIA])
{
  static const uint8_t nothing[1];
  IsthPiece line, address = { nothing, 0 };
  uint32_t n = 0;

  if (isth_cursor_peek (&body, 0) != 'v' || isth_cursor_peek (&body, 1) != '=')
    return 0;
  for (int i = 0; i < MOST_LINES && isth_lines_next (&body, &line); i++)
    {
      IsthPiece value = { line.bytes + 2, line.length - MIN (line.length, 2) }, number;

      if (line.length < 3 || line.bytes[1] != '=')
        continue;
      if (line.bytes[0] == 'm' && n == ISTH_SDP_MEDIA)
        break;
      if (line.bytes[0] == 'm')
        read_media (value, address, &media[n++]);
      else if (line.bytes[0] == 'c' && n == 0)
        address = read_address (value);
      else if (line.bytes[0] == 'c')
        media[n - 1].address = read_address (value);
      else if (line.bytes[0] == 'a' && n > 0 && isth_piece_starts (&value, "rtpmap:"))
        {
          value = (IsthPiece) { value.bytes + 7, value.length - 7 };
          number = isth_piece_word (&value);
          if (isth_piece_number (&number) == media[n - 1].type)
            media[n - 1].coding = value;
        }
    }
  return n;
}

const char *
isth_sdp_describe (const IsthSdpMedia *media,
                   char *text,
                   size_t size)
{
  char kind[16], coding[40], address[64];
  const char *name = isth_sdp_type_name (media->type);

  isth_text_from_bytes (kind, sizeof kind, media->kind.bytes, media->kind.length);
  if (media->coding.length > 0)
    isth_text_from_bytes (coding, sizeof coding, media->coding.bytes, media->coding.length);
  else if (name)
    isth_text_format (coding, sizeof coding, "%s", name);
  else
    isth_text_format (coding, sizeof coding, "type %u", media->type);
  isth_text_from_bytes (address, sizeof address, media->address.bytes, media->address.length);
  if (media->port == 0)
    return isth_text_format (text, size, "%s %s", kind, coding);
  return isth_text_format (text, size, "%s %s at %s%sport %u", kind, coding, address, address[0] ? " " : "", media->port);
}

uint64_t
isth_sdp_make_memo (const IsthSdpMedia *media)
{
  for (size_t i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      size_t n = strlen (codings[i]);

      if (isth_piece_starts (&media->coding, codings[i]) && (media->coding.length == n || media->coding.bytes[n] == '/'))
        return (uint64_t) (i + 1) << 8 | media->type;
    }
  return media->type;
}

const char *
isth_sdp_get_coding (uint64_t memo,
                     uint8_t type)
{
  uint64_t number = memo >> 8 & 0xff;

  return number > 0 && number <= G_N_ELEMENTS (codings) && (memo & 0xff) == type ? codings[number - 1] : NULL;
}
