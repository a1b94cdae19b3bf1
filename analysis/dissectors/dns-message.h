/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message format that DNS, multicast DNS, LLMNR and the NetBIOS name service share. RFC 1035, 4.
 * No dissector: they use it to walk their messages; nothing here emits. */
#pragma once

#include "analysis/dissectors/dissector.h"

/* Bits of IsthDnsHeader.flags. */
#define ISTH_DNS_RESPONSE 0x8000
#define ISTH_DNS_OPCODE(flags) ((flags) >> 11 & 15)
#define ISTH_DNS_RCODE(flags) ((flags) & 15)

/* The class without the bit that mDNS takes from it (cache flush, unicast answer wanted). */
#define ISTH_DNS_CLASS(value) ((value) & 0x7fff)

enum
{
  ISTH_DNS_A = 1,
  ISTH_DNS_SOA = 6,
  ISTH_DNS_PTR = 12,
  ISTH_DNS_HINFO = 13,
  ISTH_DNS_TXT = 16,
  ISTH_DNS_AAAA = 28,
  ISTH_DNS_SRV = 33,
  ISTH_DNS_AXFR = 252,
};

typedef enum
{
  ISTH_DNS_QUESTION,
  ISTH_DNS_ANSWER,
  ISTH_DNS_AUTHORITY,
  ISTH_DNS_ADDITIONAL,
  ISTH_DNS_N_SECTIONS,
} IsthDnsSection;

/* A name as its bytes, labels joined by dots: at most what RFC 1035 allows. */
typedef struct
{
  uint8_t bytes[256];
  uint16_t length;
  uint8_t first; /* length of the first label */
} IsthDnsName;

/* One question or resource record. */
typedef struct
{
  IsthDnsSection section;
  IsthDnsName name;
  uint16_t type;
  uint16_t class;    /* with mDNS's bit: see ISTH_DNS_CLASS() */
  IsthCursor data;   /* stands at the data and ends with it; sees the whole message in front, for names that point there */
  const uint8_t *at; /* the record's bytes: evidence */
  uint32_t length;
} IsthDnsRecord;

typedef struct
{
  IsthCursor cursor;
  uint16_t id;
  uint16_t flags;
  uint16_t counts[ISTH_DNS_N_SECTIONS];
  uint16_t left; /* of the section in hand */
  IsthDnsSection section;
} IsthDnsReader;

/* Reads the header; @message starts with it and holds nothing else in front. False when it is too short. */
bool isth_dns_reader_init (IsthDnsReader *self, IsthCursor message);

/* Gives the next question or record; false at the end, and when the message is broken (then cursor.failed). */
bool isth_dns_reader_next (IsthDnsReader *self, IsthDnsRecord *record);

/* Reads a name that may point back into the message; false and @c failed when it is broken, loops or is too long. */
bool isth_dns_read_name (IsthCursor *c, IsthDnsName *name);

const char *isth_dns_name_text (const IsthDnsName *name, char text[ISTH_LIMIT_TEXT]);

/* The address in an A or AAAA record of class IN; false for any other record. */
bool isth_dns_record_address (const IsthDnsRecord *record, IsthAddress *address);

/* The address that a name under in-addr.arpa or ip6.arpa stands for. */
bool isth_dns_name_address (const IsthDnsName *name, IsthAddress *address);

/* Whether a label of @name starts with an underscore: a service (RFC 6763, 4.1), not a host. */
bool isth_dns_name_is_service (const IsthDnsName *name);

/* "NAME TYPE" of a question, for the object of an operation. */
const char *isth_dns_question_text (const IsthDnsRecord *question, char text[ISTH_LIMIT_TEXT]);

/* STRONG when every record is well-formed and of a class and type in use, and nothing is left behind them. */
IsthProbe isth_dns_probe (IsthCursor message);
