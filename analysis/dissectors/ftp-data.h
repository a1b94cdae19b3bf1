/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What FTP's control connection says of a data connection that it announces: its port, whose it is, what goes over it; between two servers, who sent for it. */
#pragma once

#define ISTH_FTP_OF_SERVER 0x10000 /* the port, in the low 16 bits, is the server's */
#define ISTH_FTP_FILE 0x20000      /* a file, and not a list of names */
#define ISTH_FTP_THIRD 0x40000     /* the port is a third one's; in the high 32 bits the IPv4 address of the client, which is at neither end */
