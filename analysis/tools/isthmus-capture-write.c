/* SPDX-License-Identifier: GPL-3.0-or-later */
/* isthmus-capture: pcapng blocks (draft-ietf-opsawg-pcapng), in the byte order of this machine. */
#include "analysis/tools/isthmus-capture.h"

#include <string.h>

static void
put (CaptureBuffer *out,
     const void    *data,
     size_t         n)
{
  memcpy (out->data + out->n, data, n);
  out->n += n;
}

static void
put_u16 (CaptureBuffer *out,
         uint16_t       value)
{
  put (out, &value, sizeof value);
}

static void
put_u32 (CaptureBuffer *out,
         uint32_t       value)
{
  put (out, &value, sizeof value);
}

static void
put_padding (CaptureBuffer *out,
             size_t         n)
{
  static const uint8_t zeros[4];

  put (out, zeros, -n & 3);
}

static void
put_option (CaptureBuffer *out,
            uint16_t       code,
            const void    *data,
            size_t         n)
{
  put_u16 (out, code);
  put_u16 (out, (uint16_t) n);
  put (out, data, n);
  put_padding (out, n);
}

static void
put_u64_option (CaptureBuffer *out,
                uint16_t       code,
                uint64_t       value)
{
  put_option (out, code, &value, sizeof value);
}

/* The length of a block stands at both of its ends. */
static size_t
begin_block (CaptureBuffer *out,
             uint32_t       type)
{
  size_t start = out->n;

  put_u32 (out, type);
  put_u32 (out, 0);
  return start;
}

static void
end_block (CaptureBuffer *out,
           size_t         start)
{
  uint32_t total = (uint32_t) (out->n - start + 4);

  memcpy (out->data + start + 4, &total, sizeof total);
  put_u32 (out, total);
}

static void
put_time (CaptureBuffer          *out,
          const CaptureInterface *interface,
          uint64_t                time)
{
  uint64_t ticks = interface->nanoseconds ? time : time / 1000;

  put_u32 (out, (uint32_t) (ticks >> 32));
  put_u32 (out, (uint32_t) ticks);
}

void
capture_write_section (CaptureBuffer *out)
{
  static const char program[] = "isthmus-capture " ISTH_VERSION;
  size_t start = begin_block (out, 0x0a0d0d0a);

  put_u32 (out, 0x1a2b3c4d);
  put_u16 (out, 1);
  put_u16 (out, 0);
  put_u32 (out, UINT32_MAX); /* the length of the section is not known yet */
  put_u32 (out, UINT32_MAX);
  put_option (out, 4, program, sizeof program - 1);
  put_option (out, 0, "", 0);
  end_block (out, start);
}

void
capture_write_interface (CaptureBuffer          *out,
                         const CaptureInterface *interface)
{
  size_t start = begin_block (out, 1);
  uint8_t resolution = interface->nanoseconds ? 9 : 6;

  put_u16 (out, (uint16_t) interface->link_type);
  put_u16 (out, 0);
  put_u32 (out, interface->snap_length);
  put_option (out, 2, interface->name, strlen (interface->name));
  put_option (out, 9, &resolution, 1);
  if (interface->filter)
    {
      size_t n = strlen (interface->filter);

      if (n > CAPTURE_BLOCK_ROOM / 2)
        n = CAPTURE_BLOCK_ROOM / 2;
      put_u16 (out, 11);
      put_u16 (out, (uint16_t) (n + 1));
      put (out, "", 1); /* in the words of libpcap */
      put (out, interface->filter, n);
      put_padding (out, n + 1);
    }
  put_option (out, 0, "", 0);
  end_block (out, start);
}

void
capture_write_frame (CaptureBuffer          *out,
                     const CaptureInterface *interface,
                     uint32_t                index,
                     uint64_t                time,
                     uint32_t                captured,
                     uint32_t                wire,
                     const uint8_t          *data)
{
  uint32_t total = 32 + ((captured + 3) & ~3u);

  put_u32 (out, 6);
  put_u32 (out, total);
  put_u32 (out, index);
  put_time (out, interface, time);
  put_u32 (out, captured);
  put_u32 (out, wire);
  put (out, data, captured);
  put_padding (out, captured);
  put_u32 (out, total);
}

void
capture_write_statistics (CaptureBuffer          *out,
                          const CaptureInterface *interface,
                          uint32_t                index,
                          uint64_t                time)
{
  size_t start = begin_block (out, 5);

  put_u32 (out, index);
  put_time (out, interface, time);
  put_u64_option (out, 4, interface->received);
  put_u64_option (out, 5, interface->dropped);
  put_option (out, 0, "", 0);
  end_block (out, start);
}
