/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving up rights before hostile bytes are read: a bug that an attacker could use then finds no network, no other program and,
 * in the command line, no other file. System calls by seccomp, files by Landlock; each as far as the kernel has it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/**
 * IsthSandbox:
 * @ISTH_SANDBOX_CALLS: no socket, no other program, no new process, no code made or loaded at run time from written memory
 * @ISTH_SANDBOX_FILES: only the named places may be opened
 */
typedef enum
{
  ISTH_SANDBOX_NONE = 0,
  ISTH_SANDBOX_CALLS = 1 << 0,
  ISTH_SANDBOX_FILES = 1 << 1,
} IsthSandbox;

/**
 * IsthSandboxPlaces:
 * @readable: files, and folders with all below them; NULL-ended; names without a file are left out
 * @folders: in which files may also be made, changed and removed; NULL-ended
 *
 * What the program itself needs (its tables, the system's libraries, languages and times) may be read in any case.
 */
typedef struct
{
  const char *const *readable;
  const char *const *folders;
} IsthSandboxPlaces;

/* What this kernel can cut, without cutting it. */
IsthSandbox isth_sandbox_available (void);

/**
 * isth_sandbox_enter:
 * @places: NULL: files as before, for a thread that opens whatever a person chooses; still no device or pipe is made,
 *   and a program that another thread started can be ended
 *
 * Cuts the rights of the calling thread, and of the threads it starts from now on, for good. What is forbidden then fails with
 * EPERM or EACCES. Never fails itself: returns what could be cut.
 */
IsthSandbox isth_sandbox_enter (const IsthSandboxPlaces *places);

/* One line for people, translated; static. */
const char *isth_sandbox_describe (IsthSandbox parts);

/* A sanitizer looks at the whole program when it ends, from a process beside it, so it is left more. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define ISTH_SANITIZED 1
#endif
#endif
#if !defined(ISTH_SANITIZED) && (defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__))
#define ISTH_SANITIZED 1
#endif

/* sandbox-files.c */
bool isth_sandbox_has_files (void);
bool isth_sandbox_enter_files (const IsthSandboxPlaces *places);
