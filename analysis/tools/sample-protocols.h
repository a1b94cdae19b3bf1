/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of the sample plant, each as its standard writes it. All return new payloads. */
#pragma once

#include "analysis/tools/sample.h"

/* S7 over ISO transport (RFC 1006). */
void sample_s7_connect (Sample *s, int64_t time, SampleTcp *tcp, uint16_t called_tsap);
void sample_s7_read (Sample *s, int64_t time, SampleTcp *tcp, uint16_t reference, uint16_t block, uint16_t bytes);
void sample_s7_write (Sample *s, int64_t time, SampleTcp *tcp, uint16_t reference, uint16_t block, uint32_t value);
void sample_s7_identify (Sample *s, int64_t time, SampleTcp *tcp, uint16_t reference, const char *order_number, const char *name,
                         const char *module, const char *serial);
void sample_s7_plain (Sample *s, int64_t time, SampleTcp *tcp, uint16_t reference, GByteArray *parameters, gboolean by_server);

/* Modbus/TCP: one request and its answer. */
void sample_modbus_read (Sample *s, int64_t time, SampleTcp *tcp, uint16_t transaction, uint8_t unit, uint16_t first, uint16_t count);
void sample_modbus_write (Sample *s, int64_t time, SampleTcp *tcp, uint16_t transaction, uint8_t unit, uint16_t at, uint16_t value,
                          uint8_t exception);
void sample_modbus_identify (Sample *s, int64_t time, SampleTcp *tcp, uint16_t transaction, uint8_t unit, const char *vendor,
                             const char *code, const char *revision);

/* EtherNet/IP: a device's identity as List Identity gives it. */
typedef struct
{
  uint16_t vendor, type, product;
  uint8_t major, minor;
  uint32_t serial;
  const char *name;
} SampleCip;

void sample_enip_identify (Sample *s, int64_t time, const SampleHost *asker, const SampleHost *device, const SampleCip *identity);
void sample_enip_connect (Sample *s, int64_t time, SampleTcp *tcp, uint32_t session);
void sample_cip_identity (Sample *s, int64_t time, SampleTcp *tcp, uint32_t session, const SampleCip *identity);
void sample_cip_read_tag (Sample *s, int64_t time, SampleTcp *tcp, uint32_t session, const char *tag, uint32_t step);

/* Names and neighbours. */
void sample_dns (Sample *s, int64_t time, const SampleHost *client, const SampleHost *server, const char *name, const uint8_t ip[4]);
void sample_nbns (Sample *s, int64_t time, const SampleHost *host, const char *name);
void sample_dhcp (Sample *s, int64_t time, const SampleHost *client, const SampleHost *server, const char *name, const char *class);
void sample_lldp (Sample *s, int64_t time, const SampleHost *host, const char *port, const char *description);
void sample_dcp_identify (Sample *s, int64_t time, const SampleHost *asker, const SampleHost *device, const char *station,
                          const char *type, uint16_t vendor, uint16_t product, uint8_t role);
