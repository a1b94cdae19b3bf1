/* SPDX-License-Identifier: GPL-3.0-or-later */
/* isthmus-capture: what it may do. Before an interface is open: listen. Afterwards: read what it has open, write what it read, end. */
#include "analysis/tools/isthmus-capture.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/if_packet.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The system calls themselves: a library for two of them would be one more with rights. */
static bool
get_capabilities (struct __user_cap_data_struct data[2])
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };

  return syscall (SYS_capget, &header, data) == 0;
}

static bool
set_capabilities (const struct __user_cap_data_struct data[2])
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };

  return syscall (SYS_capset, &header, data) == 0;
}

void
capture_keep_listening_only (void)
{
  struct __user_cap_data_struct had[2] = { 0 }, kept[2] = { 0 };

  if (!get_capabilities (had))
    return;
  kept[0].permitted = kept[0].effective = had[0].permitted & (1u << CAP_NET_RAW);
  (void) prctl (PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  (void) set_capabilities (kept);
}

static bool
allow_plain (scmp_filter_ctx filter)
{
  static const int calls[] = {
    SCMP_SYS (read), SCMP_SYS (poll), SCMP_SYS (ppoll), SCMP_SYS (getsockname), SCMP_SYS (clock_gettime), SCMP_SYS (gettimeofday),
    SCMP_SYS (rt_sigreturn), SCMP_SYS (restart_syscall), SCMP_SYS (brk), SCMP_SYS (munmap), SCMP_SYS (madvise), SCMP_SYS (futex),
    SCMP_SYS (exit), SCMP_SYS (exit_group), SCMP_SYS (sigaltstack), /* the last: of builds with sanitizers */
  };
  bool fine = true;

  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
    fine = seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0) == 0 && fine;
  return fine;
}

/* Writing to the packet socket would send, so each descriptor that may be written to is named. */
static bool
allow_output (scmp_filter_ctx filter,
              int             fd)
{
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (write), 1, SCMP_A0_32 (SCMP_CMP_EQ, (uint32_t) fd)) == 0;
}

static bool
allow_options (scmp_filter_ctx filter)
{
  /* Memory may be had, but none that can be run. */
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (getsockopt), 2, SCMP_A1_32 (SCMP_CMP_EQ, SOL_PACKET),
                              SCMP_A2_32 (SCMP_CMP_EQ, PACKET_STATISTICS)) == 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (getsockopt), 2, SCMP_A1_32 (SCMP_CMP_EQ, SOL_SOCKET),
                              SCMP_A2_32 (SCMP_CMP_EQ, SO_ERROR)) == 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 2, SCMP_A0_32 (SCMP_CMP_EQ, STDOUT_FILENO),
                              SCMP_A1_32 (SCMP_CMP_EQ, F_SETFL)) == 0;
}

static bool
allow_ring (scmp_filter_ctx    filter,
            const CaptureRing *ring)
{
  uint32_t folder = (uint32_t) ring->folder, file = (uint32_t) ring->fd;

  return ring->folder < 0
         || (allow_output (filter, ring->fd)
             && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (openat), 2, SCMP_A0_32 (SCMP_CMP_EQ, folder),
                                  SCMP_A2_32 (SCMP_CMP_EQ, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)) == 0
             && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (unlinkat), 1, SCMP_A0_32 (SCMP_CMP_EQ, folder)) == 0
             && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (close), 1, SCMP_A0_32 (SCMP_CMP_EQ, file)) == 0);
}

/* What is not allowed fails with EPERM, which is told, rather than that the recording ends without a word. */
static bool
filter_calls (const CaptureRing *ring)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  bool fine = filter && allow_plain (filter) && allow_options (filter) && allow_output (filter, STDOUT_FILENO)
              && allow_output (filter, STDERR_FILENO) && allow_ring (filter, ring) && seccomp_load (filter) == 0;

  if (filter)
    seccomp_release (filter);
  return fine;
}

bool
capture_confine (const CaptureRing *ring)
{
  static const struct __user_cap_data_struct nothing[2];

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && set_capabilities (nothing) && filter_calls (ring))
    return true;
  capture_tell ("not-confined", "%s", strerror (errno));
  return false;
}
