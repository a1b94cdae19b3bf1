/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session (ISO 8327-1, 8), presentation (ISO 8823-1, 8.4), association control (ISO 8650-1, 9). Numbers of presentation contexts are agreed on at the
 * beginning, which may not have been captured: what is inside is told by its tag, association control's being of the application class. */
#include "analysis/dissectors/mms-session.h"

#include "analysis/dissectors/ber.h"

enum
{
  SPDU_DATA = 1, /* and give tokens, which comes before data */
  SPDU_REFUSE = 12,
  SPDU_CONNECT = 13,
  SPDU_ACCEPT = 14,
  SPDU_FINISH = 9,
  SPDU_DISCONNECT = 10,
  SPDU_ABORT = 25,
  PARAMETER_USER_DATA = 0xc1,
  PARAMETER_EXTENDED_USER_DATA = 0xc2,
};

enum
{
  CP_TYPE = 0x31,
  NORMAL_MODE = 0xa2,
  FULLY_ENCODED = 0x61,
  PDV_LIST = 0x30,
  SINGLE_ASN1 = 0xa0,
};

enum
{
  AARQ = 0x60,
  AARE = 0x61,
  RLRQ = 0x62,
  RLRE = 0x63,
  ABRT = 0x64,
  USER_INFORMATION = 0xbe,
  EXTERNAL = 0x28,
  AUTHENTICATION_VALUE = 0xac,
  PASSWORD_TEXT = 0x80,
  RESULT = 0xa2,
};

/* A length of one byte, or of two behind 255. */
static uint32_t
read_spdu_length (IsthCursor *c)
{
  uint8_t length = isth_cursor_u8 (c);

  return length == 255 ? isth_cursor_be16 (c) : length;
}

/* The user data among the parameters of an SPDU; empty when there is none. */
static IsthCursor
find_user_data (IsthCursor parameters)
{
  while (isth_cursor_left (&parameters) > 0)
    {
      uint8_t code = isth_cursor_u8 (&parameters);
      IsthCursor value = isth_cursor_take (&parameters, read_spdu_length (&parameters));

      if (parameters.failed)
        break;
      if (code == PARAMETER_USER_DATA || code == PARAMETER_EXTENDED_USER_DATA)
        return value;
    }
  return isth_cursor_new ("", 0, 0);
}

/* The first child of @c with @wanted as its tag; false when there is none. */
static bool
find (IsthCursor  c,
      uint32_t    wanted,
      IsthCursor *body)
{
  uint32_t tag;

  while (isth_ber_next (&c, &tag, body))
    if (tag == wanted)
      return true;
  return false;
}

/* The value that is presented in @c: with its tag. */
static bool
find_presented (IsthCursor  c,
                IsthCursor *value)
{
  IsthCursor body;

  if (isth_cursor_peek (&c, 0) == CP_TYPE)
    {
      if (!find (c, CP_TYPE, &body) || !find (body, NORMAL_MODE, &c))
        return false;
    }
  return find (c, FULLY_ENCODED, &body) && find (body, PDV_LIST, &c) && find (c, SINGLE_ASN1, value);
}

/* Association control with what it carries. */
static void
open_association (IsthCursor      c,
                  IsthMmsMessage *message)
{
  IsthCursor body, information, external;
  uint32_t tag;
  uint64_t result;

  if (!isth_ber_next (&c, &tag, &body))
    return;
  switch (tag)
    {
    case AARQ:
      message->event = ISTH_MMS_CONNECT;
      message->authenticates = find (body, AUTHENTICATION_VALUE, &external);
      if (message->authenticates && find (external, PASSWORD_TEXT, &information))
        message->secret = information.wire;
      break;
    case AARE:
      message->event = ISTH_MMS_ACCEPT;
      if (find (body, RESULT, &external) && find (external, 0x02, &information) && isth_ber_unsigned (information, &result) && result != 0)
        message->event = ISTH_MMS_REFUSE;
      break;
    case RLRQ:
      message->event = ISTH_MMS_RELEASE;
      break;
    case RLRE:
      message->event = ISTH_MMS_RELEASED;
      break;
    default:
      message->event = ISTH_MMS_ABORT;
      break;
    }
  if (find (body, USER_INFORMATION, &information) && find (information, EXTERNAL, &external))
    find (external, SINGLE_ASN1, &message->pdu);
}

/* Session messages of which the user data may be missing. */
static IsthMmsEvent
get_event (uint8_t spdu)
{
  switch (spdu)
    {
    case SPDU_CONNECT:
      return ISTH_MMS_CONNECT;
    case SPDU_ACCEPT:
      return ISTH_MMS_ACCEPT;
    case SPDU_REFUSE:
      return ISTH_MMS_REFUSE;
    case SPDU_FINISH:
      return ISTH_MMS_RELEASE;
    case SPDU_DISCONNECT:
      return ISTH_MMS_RELEASED;
    case SPDU_ABORT:
      return ISTH_MMS_ABORT;
    default:
      return ISTH_MMS_NO_EVENT;
    }
}

bool
isth_mms_open (IsthCursor     *c,
               IsthMmsMessage *message)
{
  uint8_t spdu = isth_cursor_u8 (c);
  IsthCursor parameters = isth_cursor_take (c, read_spdu_length (c));
  IsthCursor user_data, value;
  int tag;

  *message = (IsthMmsMessage){ .event = get_event (spdu), .pdu = isth_cursor_new ("", 0, 0) };
  if (c->failed)
    return false;
  if (message->event == ISTH_MMS_NO_EVENT)
    {
      if (spdu == SPDU_DATA && isth_cursor_peek (c, 0) == SPDU_DATA && isth_cursor_peek (c, 1) == 0)
        isth_cursor_skip (c, 2);
      user_data = *c;
    }
  else
    user_data = find_user_data (parameters);
  if (isth_cursor_wire_left (&user_data) == 0)
    return true;
  if (!find_presented (user_data, &value))
    return message->event != ISTH_MMS_NO_EVENT;

  tag = isth_cursor_peek (&value, 0);
  if (tag >= AARQ && tag <= ABRT)
    open_association (value, message);
  else
    message->pdu = value;
  return true;
}
