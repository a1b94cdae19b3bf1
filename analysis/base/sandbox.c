/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seccomp: the system calls that reading, analysing and keeping a project need; everything else fails. */
#include "analysis/base/sandbox.h"

#include <errno.h>
#include <glib.h>
#include <glib/gi18n-lib.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PR_NAME_MEMORY 0x53564d41 /* PR_SET_VMA: the C library names its arenas */

/* Reading, also of growing files and pipes; SQLite's files and locks; threads; memory; clocks. */
static const int allowed[] = {
  SCMP_SYS (read), SCMP_SYS (readv), SCMP_SYS (pread64), SCMP_SYS (preadv), SCMP_SYS (write), SCMP_SYS (writev), SCMP_SYS (pwrite64),
  SCMP_SYS (pwritev), SCMP_SYS (lseek), SCMP_SYS (_llseek), SCMP_SYS (close), SCMP_SYS (dup), SCMP_SYS (dup2), SCMP_SYS (dup3),
  SCMP_SYS (fcntl), SCMP_SYS (fcntl64), SCMP_SYS (flock), SCMP_SYS (poll), SCMP_SYS (ppoll), SCMP_SYS (select), SCMP_SYS (pselect6),
  SCMP_SYS (eventfd2), SCMP_SYS (pipe2), SCMP_SYS (inotify_init1), SCMP_SYS (inotify_add_watch), SCMP_SYS (inotify_rm_watch),
  SCMP_SYS (open), SCMP_SYS (openat), SCMP_SYS (stat), SCMP_SYS (lstat), SCMP_SYS (fstat), SCMP_SYS (newfstatat), SCMP_SYS (statx),
  SCMP_SYS (stat64), SCMP_SYS (lstat64), SCMP_SYS (fstat64), SCMP_SYS (fstatat64), SCMP_SYS (statfs), SCMP_SYS (fstatfs),
  SCMP_SYS (access), SCMP_SYS (faccessat), SCMP_SYS (faccessat2), SCMP_SYS (readlink), SCMP_SYS (readlinkat), SCMP_SYS (getcwd),
  SCMP_SYS (getdents), SCMP_SYS (getdents64), SCMP_SYS (fadvise64), SCMP_SYS (fadvise64_64), SCMP_SYS (readahead),
  SCMP_SYS (fsync), SCMP_SYS (fdatasync), SCMP_SYS (sync_file_range), SCMP_SYS (ftruncate), SCMP_SYS (ftruncate64), SCMP_SYS (fallocate),
  SCMP_SYS (unlink), SCMP_SYS (unlinkat), SCMP_SYS (rename), SCMP_SYS (renameat), SCMP_SYS (renameat2), SCMP_SYS (mkdir),
  SCMP_SYS (mkdirat), SCMP_SYS (fchmod), SCMP_SYS (fchown), SCMP_SYS (utimensat), SCMP_SYS (umask),
  SCMP_SYS (brk), SCMP_SYS (munmap), SCMP_SYS (mremap), SCMP_SYS (madvise), SCMP_SYS (mincore), SCMP_SYS (membarrier),
  SCMP_SYS (futex), SCMP_SYS (futex_waitv), SCMP_SYS (futex_time64), SCMP_SYS (set_robust_list), SCMP_SYS (rseq), SCMP_SYS (sched_yield),
  SCMP_SYS (sched_getaffinity), SCMP_SYS (sched_setaffinity), SCMP_SYS (sched_getattr), SCMP_SYS (sched_getscheduler),
  SCMP_SYS (sched_getparam), SCMP_SYS (getpriority), SCMP_SYS (getcpu), SCMP_SYS (set_tid_address), SCMP_SYS (exit), SCMP_SYS (exit_group),
  SCMP_SYS (rt_sigaction), SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigreturn), SCMP_SYS (sigreturn), SCMP_SYS (sigaltstack),
  SCMP_SYS (restart_syscall), SCMP_SYS (clock_gettime), SCMP_SYS (clock_gettime64), SCMP_SYS (clock_getres), SCMP_SYS (clock_nanosleep),
  SCMP_SYS (nanosleep), SCMP_SYS (gettimeofday), SCMP_SYS (time), SCMP_SYS (times), SCMP_SYS (getrusage), SCMP_SYS (getrandom),
  SCMP_SYS (getpid), SCMP_SYS (getppid), SCMP_SYS (gettid), SCMP_SYS (getuid), SCMP_SYS (geteuid), SCMP_SYS (getgid), SCMP_SYS (getegid),
  SCMP_SYS (getresuid), SCMP_SYS (getresgid), SCMP_SYS (getgroups), SCMP_SYS (uname), SCMP_SYS (sysinfo), SCMP_SYS (getrlimit),
  SCMP_SYS (ugetrlimit),
#ifdef ISTH_SANITIZED
  /* The search for leaks at the end stops the program from a process beside it. */
  SCMP_SYS (clone), SCMP_SYS (ptrace), SCMP_SYS (wait4), SCMP_SYS (waitid), SCMP_SYS (mprotect), SCMP_SYS (mmap), SCMP_SYS (mmap2),
  SCMP_SYS (prctl), SCMP_SYS (kill), SCMP_SYS (tgkill), SCMP_SYS (tkill), SCMP_SYS (personality), SCMP_SYS (prlimit64),
#endif
};

/* Told apart from calls this list does not know: for those the C library has another way when they "do not exist". */
static const int forbidden[] = {
  SCMP_SYS (socket), SCMP_SYS (socketpair), SCMP_SYS (connect), SCMP_SYS (bind), SCMP_SYS (listen), SCMP_SYS (accept), SCMP_SYS (accept4),
  SCMP_SYS (sendto), SCMP_SYS (sendmsg), SCMP_SYS (sendmmsg), SCMP_SYS (execve), SCMP_SYS (execveat), SCMP_SYS (fork), SCMP_SYS (vfork),
  SCMP_SYS (process_vm_readv), SCMP_SYS (process_vm_writev), SCMP_SYS (mount), SCMP_SYS (umount2), SCMP_SYS (pivot_root), SCMP_SYS (chroot),
  SCMP_SYS (setns), SCMP_SYS (unshare), SCMP_SYS (bpf), SCMP_SYS (perf_event_open), SCMP_SYS (io_uring_setup), SCMP_SYS (userfaultfd),
  SCMP_SYS (keyctl), SCMP_SYS (add_key), SCMP_SYS (request_key), SCMP_SYS (setuid), SCMP_SYS (setgid), SCMP_SYS (setresuid),
  SCMP_SYS (setresgid), SCMP_SYS (chmod), SCMP_SYS (fchmodat), SCMP_SYS (chown), SCMP_SYS (lchown), SCMP_SYS (fchownat), SCMP_SYS (link),
  SCMP_SYS (linkat), SCMP_SYS (symlink), SCMP_SYS (symlinkat), SCMP_SYS (mknod), SCMP_SYS (mknodat), SCMP_SYS (memfd_create), SCMP_SYS (truncate),
};

static bool
allow_plain (scmp_filter_ctx filter)
{
  bool fine = true;

  for (size_t i = 0; i < G_N_ELEMENTS (allowed); i++)
    fine = seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0 && fine;
  for (size_t i = 0; i < G_N_ELEMENTS (forbidden); i++)
    fine = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), forbidden[i], 0) == 0 && fine;
  return fine;
}

#ifndef ISTH_SANITIZED
static bool
answer_if (scmp_filter_ctx     filter,
           uint32_t            answer,
           int                 call,
           struct scmp_arg_cmp condition)
{
  return seccomp_rule_add (filter, answer, call, 1, condition) == 0;
}

static bool
allow_if (scmp_filter_ctx     filter,
          int                 call,
          struct scmp_arg_cmp condition)
{
  return answer_if (filter, SCMP_ACT_ALLOW, call, condition);
}

static bool
refuse_if (scmp_filter_ctx     filter,
           int                 call,
           struct scmp_arg_cmp condition)
{
  return answer_if (filter, SCMP_ACT_ERRNO (EPERM), call, condition);
}

/* Calls that are harmless with some arguments only. A thread is no process; memory is written or run, never both. clone3() keeps
 * its arguments where a filter cannot look, so it does not exist: the C library then calls clone(). */
static bool
allow_some (scmp_filter_ctx filter)
{
  static const int maps[] = { SCMP_SYS (mmap), SCMP_SYS (mmap2) };
  bool fine = allow_if (filter, SCMP_SYS (clone), SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD))
              && refuse_if (filter, SCMP_SYS (clone), SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0))
              && refuse_if (filter, SCMP_SYS (mprotect), SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC))
              && allow_if (filter, SCMP_SYS (mprotect), SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0))
              && allow_if (filter, SCMP_SYS (prlimit64), SCMP_A2 (SCMP_CMP_EQ, 0)) /* looks, sets nothing */
              && allow_if (filter, SCMP_SYS (prctl), SCMP_A0_32 (SCMP_CMP_EQ, PR_SET_NAME))
              && allow_if (filter, SCMP_SYS (prctl), SCMP_A0_32 (SCMP_CMP_EQ, PR_NAME_MEMORY))
              && allow_if (filter, SCMP_SYS (tgkill), SCMP_A0_32 (SCMP_CMP_EQ, (uint32_t) getpid ())); /* abort() */

  for (size_t i = 0; i < G_N_ELEMENTS (maps); i++)
    fine = refuse_if (filter, maps[i], SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_WRITE | PROT_EXEC, PROT_WRITE | PROT_EXEC))
           && allow_if (filter, maps[i], SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0))
           && allow_if (filter, maps[i], SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_WRITE, 0)) && fine;
  return fine;
}
#else
static bool
allow_some (scmp_filter_ctx filter)
{
  return true;
}
#endif

/* Is it a terminal, and how wide: no other question to a device. */
static bool
allow_questions (scmp_filter_ctx filter)
{
  static const uint32_t questions[] = { TCGETS, TIOCGWINSZ, FIONREAD };
  bool fine = true;

  for (size_t i = 0; i < G_N_ELEMENTS (questions); i++)
    fine = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (ioctl), 1, SCMP_A1_32 (SCMP_CMP_EQ, questions[i])) == 0 && fine;
  return fine;
}

/* A thread that opens what a person chooses also ends the program that listens for it. */
static bool
allow_children (scmp_filter_ctx filter)
{
  static const int calls[] = { SCMP_SYS (kill), SCMP_SYS (wait4), SCMP_SYS (waitid) };
  bool fine = true;

  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    fine = seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0) == 0 && fine;
  return fine;
}

static bool
enter_calls (bool children)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (ENOSYS));
  bool fine;

  if (!filter)
    return false;
  /* Kernels before 5.16 would also switch off a speed-up of the processor, which matters between programs that share one. */
  (void) seccomp_attr_set (filter, SCMP_FLTATR_CTL_SSB, 1);
  fine = allow_plain (filter) && allow_some (filter) && allow_questions (filter)
         && (!children || allow_children (filter)) && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return fine;
}

IsthSandbox
isth_sandbox_available (void)
{
  uint32_t action = SECCOMP_RET_ERRNO;
  IsthSandbox parts = ISTH_SANDBOX_NONE;

  if (syscall (SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0)
    parts |= ISTH_SANDBOX_CALLS;
  if (isth_sandbox_has_files ())
    parts |= ISTH_SANDBOX_FILES;
  return parts;
}

IsthSandbox
isth_sandbox_enter (const IsthSandboxPlaces *places)
{
  IsthSandbox parts = ISTH_SANDBOX_NONE;

  if (isth_sandbox_enter_files (places))
    parts |= ISTH_SANDBOX_FILES;
  if (enter_calls (places == NULL))
    parts |= ISTH_SANDBOX_CALLS;
  return parts;
}

const char *
isth_sandbox_describe (IsthSandbox parts)
{
  switch ((unsigned) parts)
    {
    case ISTH_SANDBOX_CALLS | ISTH_SANDBOX_FILES:
      return _("confined: no network, no other program, only the files named (seccomp, Landlock)");
    case ISTH_SANDBOX_CALLS:
      return _("partly confined: no network, no other program (seccomp); the kernel has no Landlock, so other files are not closed off");
    case ISTH_SANDBOX_FILES:
      return _("partly confined: only the files named (Landlock); the kernel has no seccomp, so the network is not closed off");
    case ISTH_SANDBOX_NONE:
      break;
    }
  return _("not confined: the kernel has neither seccomp nor Landlock");
}
