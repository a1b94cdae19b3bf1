/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which system a program's name for itself, or a DHCP client's wish list, gives away: hints (ISTH_CONFIDENCE_HINT), for anybody may send either. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The system in a User-Agent of HTTP and of what borrows it ("Mozilla/5.0 (Windows NT 10.0; …"), written into @text; NULL when it names none. */
const char *isth_os_of_agent (char *text, size_t size, const uint8_t *agent, uint32_t n);

/* The distribution for which a server's or client's program was built, as it stands in its banner ("OpenSSH_8.9p1 Ubuntu-3", "10.5.15-MariaDB-0+deb11u1",
 * "Apache/2.4.52 (Ubuntu)"), written into @text; NULL: it names none. */
const char *isth_os_of_program (char *text, size_t size, const uint8_t *program, uint32_t n);

/* The device in an agent of Android ("… Android 9; Nokia 2.2) …"), written into @text; NULL: it names none. */
const char *isth_model_of_agent (char *text, size_t size, const uint8_t *agent, uint32_t n);

/* The system whose DHCP client asks for just these options in this order (RFC 2132, 9.8); static, NULL: none that is known. */
const char *isth_os_of_dhcp_list (const uint8_t *options, uint32_t n);
