/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BACnet's services by name, and what a request acts on. ASHRAE 135, clauses 13 to 17 and 21. Passwords are never said. */
#include "analysis/dissectors/bacnet-message.h"
#include "analysis/dissectors/bacnet-tables.h"
#include "analysis/dissectors/names.h"

#include <glib.h>

/* "analog-input 3 present-value", and the priority of a write. */
static void
describe_property (const IsthBacnetFields *f,
                   char *text,
                   size_t size)
{
  char object[60], property[60];

  if (!f->context[0].there || !f->context[1].there)
    return;
  isth_bacnet_format_object (object, sizeof object, isth_bacnet_get_number (&f->context[0]));
  isth_bacnet_format_property (property, sizeof property, isth_bacnet_get_number (&f->context[1]), &f->context[2]);
  if (f->context[4].there)
    isth_text_format (text, size, "%s %s priority %u", object, property, isth_bacnet_get_number (&f->context[4]));
  else
    isth_text_format (text, size, "%s %s", object, property);
}

/* The first object and property of several, and how many more there are. */
static bool
describe_properties (IsthCursor c,
                     char *text,
                     size_t size)
{
  char first[ISTH_BACNET_TEXT] = "";
  uint32_t n = 0;
  IsthBacnetTag object, group, one;
  bool good = true;

  while (good && isth_cursor_left (&c) > 0)
    {
      group = (IsthBacnetTag){ 0 };
      good = isth_bacnet_read_tag (&c, &object) && isth_bacnet_read_tag (&c, &group) && group.opening;
      if (!object.there || object.number != 0)
        return false;
      while (group.opening && isth_cursor_left (&group.value) > 0 && isth_bacnet_read_tag (&group.value, &one))
        if (one.context && one.number == 0 && n++ == 0 && text)
          {
            char name[60], property[60];

            isth_bacnet_format_object (name, sizeof name, isth_bacnet_get_number (&object));
            isth_bacnet_format_property (property, sizeof property, isth_bacnet_get_number (&one), NULL);
            isth_text_format (first, sizeof first, "%s %s", name, property);
          }
    }
  if (text && n > 1)
    isth_text_format (text, size, "%s and %u more", first, n - 1);
  else if (text)
    isth_text_format (text, size, "%s", first);
  return good;
}

static void
describe_object (const IsthBacnetTag *tag,
                 char *text,
                 size_t size)
{
  if (tag->there)
    isth_bacnet_format_object (text, size, isth_bacnet_get_number (tag));
}

/* An object, and the number at another place under @word. */
static void
describe_object_and (const IsthBacnetTag *tag,
                     const char *word,
                     char *text,
                     size_t size)
{
  char object[60];

  if (!tag->there)
    return;
  isth_bacnet_format_object (object, sizeof object, isth_bacnet_get_number (tag));
  isth_text_format (text, size, "%s %s", object, word);
}

/* 13.14, 13.15: without a lifetime and without a wish how to be told, it ends the subscription. */
static void
describe_subscription (const IsthBacnetFields *f,
                       char *text,
                       size_t size)
{
  IsthBacnetFields inner;
  char object[60], property[60];

  if (f->context[1].there && !f->context[2].there && !f->context[3].there)
    describe_object_and (&f->context[1], "cancelled", text, size);
  else if (f->context[1].there && f->context[4].opening && isth_bacnet_read_fields (f->context[4].value, &inner) && inner.context[0].there)
    {
      isth_bacnet_format_object (object, sizeof object, isth_bacnet_get_number (&f->context[1]));
      isth_bacnet_format_property (property, sizeof property, isth_bacnet_get_number (&inner.context[0]), &inner.context[1]);
      isth_text_format (text, size, "%s %s", object, property);
    }
  else
    describe_object (&f->context[1], text, size);
}

static const char *
pick (const char *const *names,
      size_t n,
      uint32_t number,
      char other[24])
{
  return number < n && names[number] ? names[number] : isth_text_format (other, 24, "%u", number);
}

#define PICK(names, number, other) pick (names, G_N_ELEMENTS (names), number, other)

/* 13.8, 13.9 */
static void
describe_event (const IsthBacnetFields *f,
                char *text,
                size_t size)
{
  char object[60], type[24], state[24];

  if (!f->context[2].there)
    return;
  isth_bacnet_format_object (object, sizeof object, isth_bacnet_get_number (&f->context[2]));
  if (f->context[9].there || f->context[8].there)
    isth_text_format (text, size, "%s %s", object, PICK (bacnet_notify_types, isth_bacnet_get_number (&f->context[8]), state));
  else
    isth_text_format (text, size, "%s %s", object, PICK (bacnet_event_types, isth_bacnet_get_number (&f->context[6]), type));
}

/* 16.4: what is done to the device decides what it is. */
static void
describe_reinitialize (const IsthBacnetFields *f,
                       IsthRequest *request,
                       char *text,
                       size_t size)
{
  uint32_t state = isth_bacnet_get_number (&f->context[0]);
  char other[24];

  if (!f->context[0].there)
    return;
  isth_text_format (text, size, "%s", PICK (bacnet_restarts, state, other));
  if (state >= 2 && state <= 6)
    request->verb = ISTH_OP_CONFIGURE;
}

static void
describe_private (const IsthBacnetFields *f,
                  char *text,
                  size_t size)
{
  uint32_t id = isth_bacnet_get_number (&f->context[0]);
  const char *vendor = isth_name_bacnet_vendor (id);

  if (!f->context[0].there)
    return;
  if (vendor)
    isth_text_format (text, size, "%s service %u", vendor, isth_bacnet_get_number (&f->context[1]));
  else
    isth_text_format (text, size, "vendor %u service %u", id, isth_bacnet_get_number (&f->context[1]));
}

/* 16.9, 16.10: which devices, and the name or object looked for. */
static void
describe_search (const IsthBacnetFields *f,
                 char *text,
                 size_t size)
{
  IsthCursor name = f->context[3].value;
  char object[ISTH_BACNET_TEXT] = "";
  uint32_t low = isth_bacnet_get_number (&f->context[0]), high = isth_bacnet_get_number (&f->context[1]);

  if (f->context[2].there)
    isth_bacnet_format_object (object, sizeof object, isth_bacnet_get_number (&f->context[2]));
  else if (f->context[3].there && isth_cursor_left (&name) > 1)
    isth_text_from_bytes (object, sizeof object, name.data + 1, isth_cursor_left (&name) - 1);
  if (!f->context[0].there || !f->context[1].there)
    isth_text_format (text, size, "%s", object);
  else if (low == high)
    isth_text_format (text, size, "%s%sdevice %u", object, object[0] ? " of " : "", low);
  else
    isth_text_format (text, size, "%s%sdevices %u–%u", object, object[0] ? " of " : "", low, high);
}

static void
describe_by_fields (BacnetShape shape,
                    const IsthBacnetFields *f,
                    IsthRequest *request,
                    char *text,
                    size_t size)
{
  IsthBacnetFields inner;
  char other[24];

  switch (shape)
    {
    case BACNET_PROPERTY:
      describe_property (f, text, size);
      break;
    case BACNET_SUBSCRIPTION:
      describe_subscription (f, text, size);
      break;
    case BACNET_CHANGE:
      describe_object (&f->context[2], text, size);
      break;
    case BACNET_EVENT:
      describe_event (f, text, size);
      break;
    case BACNET_FIRST_CONTEXT:
      describe_object (&f->context[0], text, size);
      break;
    case BACNET_SECOND_CONTEXT:
      describe_object (&f->context[1], text, size);
      break;
    case BACNET_FIRST_PLAIN:
      if (f->n_plain > 0 && f->plain[0].number == ISTH_BACNET_OBJECT)
        describe_object (&f->plain[0], text, size);
      break;
    case BACNET_SECOND_PLAIN:
      if (f->n_plain > 1 && f->plain[1].number == ISTH_BACNET_OBJECT)
        describe_object (&f->plain[1], text, size);
      break;
    case BACNET_CREATION:
      if (!f->context[0].opening || !isth_bacnet_read_fields (f->context[0].value, &inner))
        break;
      if (inner.context[0].there)
        isth_text_format (text, size, "%s", isth_name_bacnet_object_type (isth_bacnet_get_number (&inner.context[0])) ?: "object");
      else
        describe_object (&inner.context[1], text, size);
      break;
    case BACNET_COMMUNICATION:
      if (f->context[1].there)
        isth_text_format (text, size, "%s", PICK (bacnet_communication, isth_bacnet_get_number (&f->context[1]), other));
      break;
    case BACNET_RESTART:
      describe_reinitialize (f, request, text, size);
      break;
    case BACNET_PRIVATE:
      describe_private (f, text, size);
      break;
    case BACNET_SEARCH:
      describe_search (f, text, size);
      break;
    case BACNET_SAFETY:
      describe_object_and (&f->context[3], PICK (bacnet_safety, isth_bacnet_get_number (&f->context[2]), other), text, size);
      break;
    case BACNET_GROUP:
      if (f->context[0].there)
        isth_text_format (text, size, "group %u", isth_bacnet_get_number (&f->context[0]));
      break;
    case BACNET_NOTHING:
    case BACNET_PROPERTIES:
      break;
    }
}

bool
isth_bacnet_describe (bool confirmed,
                      uint8_t service,
                      IsthCursor body,
                      IsthRequest *request,
                      char *text,
                      size_t size)
{
  const BacnetService *known = confirmed && service < G_N_ELEMENTS (bacnet_confirmed) ? &bacnet_confirmed[service]
    : !confirmed && service < G_N_ELEMENTS (bacnet_unconfirmed) ? &bacnet_unconfirmed[service] : NULL;
  IsthBacnetFields fields;
  bool good;

  request->verb = known ? known->verb : ISTH_OP_OTHER;
  request->name = known ? known->name : confirmed ? "confirmed-service" : "unconfirmed-service";
  if (!known || known->shape == BACNET_NOTHING)
    return true;
  if (known->shape == BACNET_PROPERTIES)
    return describe_properties (body, text, size);
  good = isth_bacnet_read_fields (body, &fields);
  if (text)
    describe_by_fields (known->shape, &fields, request, text, size);
  return good;
}
