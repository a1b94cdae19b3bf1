/* SPDX-License-Identifier: GPL-3.0-or-later */
/* isthmus-capture: the only program of Isthmus with rights. Hears what passes on network interfaces and writes it to a pipe. It never
 * sends, and from the first frame on it could not. Its words are for another program; data/isthmus-capture.1 lists them. */
#include "analysis/tools/isthmus-capture.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char usage[] =
    "usage: isthmus-capture [OPTION...] INTERFACE... > FILE.pcapng\n"
    "       isthmus-capture --list\n"
    "       isthmus-capture --check-filter BPF\n"
    "\n"
    "  -f, --filter BPF         hear only frames that match, see pcap-filter(7)\n"
    "  -s, --snap-length BYTES  keep only so many of each frame\n"
    "  -p, --no-promiscuous     hear only what the interface would hear anyway\n"
    "  -B, --buffer MIB         room in the kernel for each interface (64)\n"
    "      --ring FOLDER        keep the last files there as well\n"
    "      --ring-size MIB      a file's size (100)\n"
    "      --ring-seconds S     a file's time (any)\n"
    "      --ring-files N       how many are kept (10)\n"
    "  -n, --no-output          write the ring of files only\n";

enum { LIST = 256, CHECK_FILTER, RING, RING_SIZE, RING_SECONDS, RING_FILES, VERSION, HELP };

static const struct option long_options[] = {
  { "filter", required_argument, NULL, 'f' },
  { "snap-length", required_argument, NULL, 's' },
  { "no-promiscuous", no_argument, NULL, 'p' },
  { "buffer", required_argument, NULL, 'B' },
  { "no-output", no_argument, NULL, 'n' },
  { "list", no_argument, NULL, LIST },
  { "check-filter", required_argument, NULL, CHECK_FILTER },
  { "ring", required_argument, NULL, RING },
  { "ring-size", required_argument, NULL, RING_SIZE },
  { "ring-seconds", required_argument, NULL, RING_SECONDS },
  { "ring-files", required_argument, NULL, RING_FILES },
  { "version", no_argument, NULL, VERSION },
  { "help", no_argument, NULL, HELP },
  { NULL, 0, NULL, 0 },
};

/* libpcap asks the resolver for the names in a filter, which would send frames. These stand before the C library's: no host and no
 * network has a name here; services and protocols do, from their files. */
int
getaddrinfo (const char            *node,
             const char            *service,
             const struct addrinfo *hints,
             struct addrinfo      **result)
{
  union
  {
    void *symbol;
    int (*call) (const char *, const char *, const struct addrinfo *, struct addrinfo **);
  } real;

  if (node)
    return EAI_NONAME;
  real.symbol = dlsym (RTLD_NEXT, "getaddrinfo");
  return real.symbol ? real.call (NULL, service, hints, result) : EAI_FAIL;
}

int
getnetbyname_r (const char      *name,
                struct netent   *entry,
                char            *buffer,
                size_t           size,
                struct netent  **result,
                int             *code)
{
  *result = NULL;
  *code = HOST_NOT_FOUND;
  return 0;
}

uint64_t
capture_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  return (uint64_t) now.tv_sec * UINT64_C (1000000000) + (uint64_t) now.tv_nsec;
}

void
capture_tell (const char *code,
              const char *format,
              ...)
{
  char line[1024];
  int n = snprintf (line, sizeof line, "%s\t", code);
  va_list arguments;

  va_start (arguments, format);
  vsnprintf (line + n, sizeof line - (size_t) n - 1, format, arguments);
  va_end (arguments);
  for (char *c = line; *c; c++)
    if (*c == '\n' || *c == '\r')
      *c = ' ';
  strcat (line, "\n");
  if (write (STDERR_FILENO, line, strlen (line)) < 0)
    return; /* nobody listens */
}

static CaptureStatus
check_filter (const char *expression)
{
  pcap_t *pcap = pcap_open_dead (DLT_EN10MB, CAPTURE_SNAP_LENGTH);
  struct bpf_program program;
  CaptureStatus status = CAPTURE_OK;

  if (!pcap)
    return CAPTURE_FAILED;
  if (pcap_compile (pcap, &program, expression, 1, PCAP_NETMASK_UNKNOWN) == 0)
    pcap_freecode (&program);
  else
    {
      capture_tell ("bad-filter", "%s", pcap_geterr (pcap));
      status = CAPTURE_BAD_FILTER;
    }
  pcap_close (pcap);
  return status;
}

/* A number in @low to @high; tells when it is none. */
static bool
get_number (const char *text,
            const char *option,
            uint32_t    low,
            uint32_t    high,
            uint32_t   *number)
{
  char *end;
  unsigned long value;

  errno = 0;
  value = strtoul (text, &end, 10);
  if (errno == 0 && end != text && *end == '\0' && *text != '-' && value >= low && value <= high)
    {
      *number = (uint32_t) value;
      return true;
    }
  capture_tell ("usage", "--%s takes a number from %u to %u, not “%s”", option, low, high, text);
  return false;
}

static bool
get_option (CaptureOptions *options,
            int             option)
{
  uint32_t number = 0;

  switch (option)
    {
    case 'f':
      options->filter = *optarg ? optarg : NULL;
      return true;
    case 's':
      return get_number (optarg, "snap-length", 1, CAPTURE_SNAP_LENGTH, &options->snap_length);
    case 'p':
      options->promiscuous = false;
      return true;
    case 'B':
      return get_number (optarg, "buffer", 1, 1024, &options->buffer);
    case 'n':
      options->output = false;
      return true;
    case RING:
      options->ring = optarg;
      return true;
    case RING_SIZE:
      if (!get_number (optarg, "ring-size", 0, 1 << 20, &number))
        return false;
      options->ring_size = (uint64_t) number << 20;
      return true;
    case RING_SECONDS:
      return get_number (optarg, "ring-seconds", 0, 10000000, &options->ring_seconds);
    case RING_FILES:
      return get_number (optarg, "ring-files", 1, 100000, &options->ring_files);
    default:
      fputs (usage, stderr);
      return false;
    }
}

static bool
check_options (const CaptureOptions *options)
{
  const char *wrong = NULL;

  if (options->n_names == 0)
    wrong = "which interface? --list names them";
  else if (options->n_names > CAPTURE_MOST_INTERFACES)
    wrong = "too many interfaces";
  else if (!options->output && !options->ring)
    wrong = "--no-output needs --ring";
  else if (options->output && isatty (STDOUT_FILENO))
    wrong = "standard output is a terminal: write it to a file or a pipe, or give --ring and --no-output";
  for (size_t i = 0; i < options->n_names && !wrong; i++)
    if (strlen (options->names[i]) >= CAPTURE_NAME)
      wrong = "an interface has no such long name";
  if (wrong)
    capture_tell ("usage", "%s", wrong);
  return !wrong;
}

/* Opened the wrong way round, so that no interface gets the number of a standard stream. */
static void
occupy_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
      (void) !open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static CaptureStatus
run (int    argc,
     char **argv)
{
  CaptureOptions options = {
    .snap_length = CAPTURE_SNAP_LENGTH, .promiscuous = true, .output = true, .buffer = 64, .ring_size = 100 << 20, .ring_files = 10,
  };
  int option;

  while ((option = getopt_long (argc, argv, "f:s:pB:n", long_options, NULL)) != -1)
    switch (option)
      {
      case LIST:
        return capture_list ();
      case CHECK_FILTER:
        return check_filter (optarg);
      case VERSION:
        puts ("isthmus-capture " ISTH_VERSION);
        return fflush (stdout) == 0 ? CAPTURE_OK : CAPTURE_NO_OUTPUT;
      case HELP:
        fputs (usage, stdout);
        return fflush (stdout) == 0 ? CAPTURE_OK : CAPTURE_NO_OUTPUT;
      default:
        if (!get_option (&options, option))
          return CAPTURE_USAGE;
      }
  options.names = (const char *const *) argv + optind;
  options.n_names = (size_t) (argc - optind);
  return check_options (&options) ? capture_take (&options) : CAPTURE_USAGE;
}

int
main (int    argc,
      char **argv)
{
  occupy_standard_streams ();
  capture_keep_listening_only ();
  /* Nothing that tidies up at the end would be allowed by now. */
  _exit (run (argc, argv));
}
