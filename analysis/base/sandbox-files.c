/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Landlock (man landlock(7)): which files may be opened, and for what. The C library has no functions for it, and the header of
 * Debian 12 is older than the kernels people run, so the calls and numbers stand here. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "analysis/base/sandbox.h"

enum
{
  EXECUTE = 1 << 0,
  WRITE_FILE = 1 << 1,
  READ_FILE = 1 << 2,
  READ_FOLDER = 1 << 3,
  REMOVE_FOLDER = 1 << 4,
  REMOVE_FILE = 1 << 5,
  MAKE_CHAR = 1 << 6,
  MAKE_FOLDER = 1 << 7,
  MAKE_FILE = 1 << 8,
  MAKE_SOCKET = 1 << 9,
  MAKE_FIFO = 1 << 10,
  MAKE_BLOCK = 1 << 11,
  MAKE_LINK = 1 << 12,
  REFER = 1 << 13,     /* from version 2 */
  TRUNCATE = 1 << 14,  /* from version 3 */
  IOCTL_DEVICE = 1 << 15, /* from version 5 */

  READ = READ_FILE | READ_FOLDER,
  WRITE = READ | WRITE_FILE | REMOVE_FILE | MAKE_FILE | TRUNCATE,
  OF_FILES = READ_FILE | WRITE_FILE | TRUNCATE, /* what a rule about one file may name */
  NEVER = EXECUTE | MAKE_CHAR | MAKE_SOCKET | MAKE_FIFO | MAKE_BLOCK, /* by whom everything else is left open */

  BIND_TCP = 1 << 0, /* from version 4 */
  CONNECT_TCP = 1 << 1,
  ABSTRACT_SOCKETS = 1 << 0, /* from version 6 */
  SIGNALS = 1 << 1,
};

struct ruleset
{
  uint64_t files, network, scope;
};

struct below
{
  uint64_t allowed;
  int32_t parent;
} __attribute__ ((packed));

#define ASK_VERSION 1u
#define RULE_BELOW 1

/* What the program and its libraries open after the cut. */
static const char *const own[] = {
  "/usr/lib", "/usr/lib64", "/usr/share", "/usr/local/lib", "/usr/local/share", "/lib", "/lib64", "/etc/localtime", "/etc/ssl/openssl.cnf",
  "/etc/services", "/etc/protocols", "/dev/urandom", "/dev/null", "/proc/self", "/sys/devices/system/cpu",
  ISTH_DATA_FOLDER, ISTH_SOURCE_DATA_FOLDER, ISTH_LOCALE_FOLDER,
#ifdef ISTH_SANITIZED
  "/", /* a sanitizer reads the program again to name what it found */
#endif
  NULL,
};

static int
ask_version (void)
{
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);

  return version > 0 ? (int) version : 0;
}

bool
isth_sandbox_has_files (void)
{
  return ask_version () > 0;
}

static uint64_t
files_of_version (int version)
{
  uint64_t rights = REFER - 1;

  if (version >= 2)
    rights |= REFER;
  if (version >= 3)
    rights |= TRUNCATE;
  if (version >= 5)
    rights |= IOCTL_DEVICE;
  return rights;
}

/* A place that is not there is left out: opening it says so in its own words. */
static void
allow (int         ruleset,
       const char *path,
       uint64_t    rights)
{
  int place = open (path, O_PATH | O_CLOEXEC);
  struct stat status;

  if (place < 0)
    return;
  if (fstat (place, &status) == 0)
    {
      struct below rule = { S_ISDIR (status.st_mode) ? rights : rights & OF_FILES, place };

      (void) syscall (SYS_landlock_add_rule, ruleset, RULE_BELOW, &rule, 0);
    }
  close (place);
}

static void
allow_all (int                ruleset,
           const char *const *paths,
           uint64_t           rights)
{
  for (; paths && *paths; paths++)
    allow (ruleset, *paths, rights);
}

bool
isth_sandbox_enter_files (const IsthSandboxPlaces *places)
{
  int version = ask_version ();
  uint64_t known = files_of_version (version);
  struct ruleset rules = { places ? known : known & NEVER, version >= 4 ? BIND_TCP | CONNECT_TCP : 0,
                           places && version >= 6 ? ABSTRACT_SOCKETS | SIGNALS : 0 };
  size_t size = version >= 6 ? sizeof rules : version >= 4 ? 2 * sizeof (uint64_t) : sizeof (uint64_t);
  bool fine;
  int ruleset;

  if (version == 0)
    return false;
  ruleset = (int) syscall (SYS_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0)
    return false;
  if (places)
    {
      allow_all (ruleset, own, READ & known);
      allow (ruleset, g_getenv ("ISTHMUS_DATA") ? g_getenv ("ISTHMUS_DATA") : "", READ & known);
      allow_all (ruleset, places->readable, READ & known);
      allow_all (ruleset, places->folders, WRITE & known);
    }
  fine = prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close (ruleset);
  return fine;
}
