/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP/1: requests and answers, who serves, pages, and logins in clear (never the secret); what is no HTTP. */
#include "analysis/dissectors/dispatch.h"
#include "tests/helpers/dissect-runner.h"

extern const IsthDissector isth_dissector_http;

static const IsthDissectCase cases[] = {
  { "get",
    "\"GET /status?secret=1 HTTP/1.1\" 0d0a \"Host: press.example:8080\" 0d0a \"User-Agent: Panel/1.2\" 0d0a \"Accept: */*\" 0d0a0d0a\n"
    "< \"HTTP/1.1 200 OK\" 0d0a \"Server: Acme-Web/2.1\" 0d0a \"X-Powered-By: Tiny\" 0d0a \"Content-Type: text/html\" 0d0a0d0a\n"
    "< \"<html><head><TITLE>Press 7</TITLE></head>\"",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/status)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "software = Panel/1.2 (60)\n"
    "role http-server\n"
    "= ok\n"
    "software = Acme-Web/2.1 (60)\n"
    "software = Tiny (60)\n"
    "banner = Press 7 (60)", .pieces = true },
  { "no-title",
    "\"GET /status?secret=1 HTTP/1.1\" 0d0a \"Host: press.example:8080\" 0d0a \"User-Agent: Panel/1.2\" 0d0a \"Accept: */*\" 0d0a0d0a\n"
    "< \"HTTP/1.1 200 OK\" 0d0a \"Server: Acme-Web/2.1\" 0d0a \"X-Powered-By: Tiny\" 0d0a \"Content-Type: text/html\" 0d0a0d0a\n"
    "< \"<html>no title here</html>\"",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/status)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "software = Panel/1.2 (60)\n"
    "role http-server\n"
    "= ok\n"
    "software = Acme-Web/2.1 (60)\n"
    "software = Tiny (60)", .pieces = true },
  { "opcua",
    "\"POST /UA/Press HTTP/1.1\" 0d0a \"Content-Type: application/octet-stream\" 0d0a \"OPCUA-SecurityPolicy: http://x#None\" 0d0a0d0a\n"
    "< \"HTTP/1.1 200 OK\" 0d0a \"Content-Type: application/octet-stream\" 0d0a0d0a\n"
    "\"POST /UA/Press HTTP/1.1\" 0d0a \"OPCUA-SecurityPolicy: http://x#None\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\nother - POST (/UA/Press)\nrole opcua-server about 10.0.0.2\nrole opcua-client\nopcua: other - over-http\nrole http-server\n= ok\n"
    "role http-client\nother - POST (/UA/Press)" },
  { "opcua-by-its-answer",
    "\"POST /UA/Press HTTP/1.1\" 0d0a0d0a\n"
    "< \"HTTP/1.1 200 OK\" 0d0a \"Content-Type: application/opcua+uajson\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\nother - POST (/UA/Press)\nrole http-server\n= ok\nrole opcua-server\nrole opcua-client about 10.0.0.1" },
  { "opcua-by-websocket",
    "\"GET /ua HTTP/1.1\" 0d0a \"Upgrade: websocket\" 0d0a \"Sec-WebSocket-Protocol: opcua+uacp\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\nread - GET (/ua)\nrole opcua-server about 10.0.0.2\nrole opcua-client\nopcua: other - over-http" },
  { "opcua-in-soap",
    "\"POST /ua HTTP/1.1\" 0d0a \"SOAPAction: \" 22 \"http://opcfoundation.org/UA/2008/02/Services.wsdl/Read\" 220d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\nother - POST (/ua)\nrole opcua-server about 10.0.0.2\nrole opcua-client\nopcua: other - over-http" },
  { "binary-of-others",
    "\"POST /ua HTTP/1.1\" 0d0a \"Content-Type: application/octet-stream\" 0d0a \"Sec-WebSocket-Protocol: mqtt\" 0d0a0d0a",
    ISTH_DISSECT_OK, "role http-client\nother - POST (/ua)" },
  { "browser",
    "\"GET / HTTP/1.1\" 0d0a \"User-Agent: Mozilla/5.0 (Windows NT 6.1; rv:9.0)\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\nread - GET (/)\nsoftware = Mozilla/5.0 (Windows NT 6.1; rv:9.0) (60)\nos = Windows 7 or Server 2008 R2 (20)" },
  { "not-found",
    "\"GET /status?secret=1 HTTP/1.1\" 0d0a \"Host: press.example:8080\" 0d0a \"User-Agent: Panel/1.2\" 0d0a \"Accept: */*\" 0d0a0d0a\n"
    "< \"HTTP/1.1 404 Not Found\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/status)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "software = Panel/1.2 (60)\n"
    "role http-server\n"
    "= refused: 404 Not Found" },
  { "basic",
    "\"GET / HTTP/1.0\" 0d0a \"Host: 10.0.0.2\" 0d0a \"Authorization: Basic Ym9iOnNlY3JldA==\" 0d0a0d0a\n"
    "< \"HTTP/1.1 401 Unauthorized\" 0d0a \"WWW-Authenticate: Basic realm=\" 22 \"Press\" 220d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/)\n"
    "authenticate - basic-login (user “bob”, password in clear (under 8 characters))\n"
    "role http-server\n"
    "= refused: 401 Unauthorized\n"
    "realm = Basic realm=\"Press\" (90)" },
  { "digest",
    "\"GET / HTTP/1.1\" 0d0a \"Authorization: Digest username=\" 22616d7922 \", realm=\" 227822 \", response=\" 223030220d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/)\n"
    "authenticate - digest-login (user “amy”)" },
  { "cookie",
    "\"GET http://bob:secret@press.example/?p=secret HTTP/1.1\" 0d0a \"Cookie: sid=secret\" 0d0a0d0a\n"
    "< \"HTTP/1.1 200 OK\" 0d0a \"Set-Cookie: sid=secret\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (press.example/)\n"
    "role http-server\n"
    "= ok" },
  { "long-form",
    "\"POST /login.aspx HTTP/1.1\" 0d0a \"Content-Type: application/x-www-form-urlencoded\" 0d0a0d0a\n"
    "\"ctl00$ContentPlaceHolder1$LoginPanel$Password=secret\"",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "other - POST (/login.aspx)\n"
    "authenticate - form-login (user “”, password in clear (under 8 characters))", .pieces = true },
  { "version-that-is-none",
    "< \"HTTP/1.\" 0a \" 404\" 0d0a0d0a", ISTH_DISSECT_NOT_MINE, "" },
  { "bearer",
    "\"GET / HTTP/1.1\" 0d0a \"Authorization: Bearer abcdef\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/)\n"
    "authenticate - bearer-login (token in clear)" },
  { "ntlm",
    "\"GET /status?secret=1 HTTP/1.1\" 0d0a \"Host: press.example:8080\" 0d0a \"User-Agent: Panel/1.2\" 0d0a \"Accept: */*\" 0d0a0d0a\n"
    "< \"HTTP/1.1 401 Unauthorized\" 0d0a \"WWW-Authenticate: NTLM TlRMTVNTUAACAAAACgAKADgAAAABggACY2NjY2NjY2MAAAAAAAAAAGQAZABCAAAABgGxHQAAAA9QAEwAQQBOAFQAAgAKAFAATABBAE4AVAABAAgATwBQAEMAMQAEABoAcABsAGEAbgB0AC4AZQB4AGEAbQBwAGwAZQADACQAbwBwAGMAMQAuAHAAbABhAG4AdAAuAGUAeABhAG0AcABsAGUAAAAAAA==\" "
    "0d0a0d0a\n"
    "\"GET / HTTP/1.1\" 0d0a \"Authorization: NTLM TlRMTVNTUAADAAAAGAAYAEgAAAAYABgAYAAAAAoACgB4AAAABgAGAIIAAAAIAAgAiAAAAAAAAACQAAAAAYIAAgYBsR0AAAAPTExMTExMTExMTExMTExMTExMTExMTExMTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OUABMAEEATgBUAGUAbgBnAEgATQBJADIA\" "
    "0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/status)\n"
    "hostname = press.example (75) about 10.0.0.2\n"
    "software = Panel/1.2 (60)\n"
    "role http-server\n"
    "= refused: 401 Unauthorized\n"
    "domain = PLANT (90)\n"
    "hostname = OPC1 (90)\n"
    "domain = plant.example (90)\n"
    "hostname = opc1.plant.example (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "role http-client\n"
    "read - GET (/)\n"
    "hostname = HMI2 (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "authenticate - ntlm-login (user “PLANT\\eng”)" },
  { "form",
    "\"POST /login.cgi HTTP/1.1\" 0d0a \"Content-Type: application/x-www-form-urlencoded\" 0d0a \"Content-Length: 30\" 0d0a0d0a\n"
    "\"User=eng&x=&Passwd=secret\"\n"
    "< \"HTTP/1.1 100 Continue\" 0d0a0d0a\n"
    "< \"HTTP/1.1 200 OK\" 0d0a \"Server: Acme-Web/2.1\" 0d0a \"X-Powered-By: Tiny\" 0d0a \"Content-Type: text/html\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "other - POST (/login.cgi)\n"
    "authenticate - form-login (user “eng”, password in clear (under 8 characters))\n"
    "role http-server\n"
    "role http-server\n"
    "= ok\n"
    "software = Acme-Web/2.1 (60)\n"
    "software = Tiny (60)", .pieces = true },
  { "form-without-password",
    "\"POST /login.cgi HTTP/1.1\" 0d0a \"Content-Type: application/x-www-form-urlencoded\" 0d0a \"Content-Length: 30\" 0d0a0d0a\n"
    "\"a=b&speed=7\"",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "other - POST (/login.cgi)", .pieces = true },
  { "put",
    "\"PUT /fw.bin HTTP/1.1\" 0d0a \"Content-Length: 4\" 0d0a0d0a\n"
    "0102 \"binary\"",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "file - PUT (/fw.bin)", .pieces = true },
  { "proxy",
    "\"CONNECT out.example:443 HTTP/1.1\" 0d0a \"Proxy-Authorization: Basic Ym9i\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "other - CONNECT (out.example:443)\n"
    "authenticate - basic-login (user “”, password in clear)" },
  { "tunnel",
    "\"CONNECT press.example:3389 HTTP/1.1\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "other - CONNECT (press.example:3389)\n"
    "remote-relay: authenticate - tunnel (press.example:3389)" },
  { "tunnel-to-relay",
    "\"CONNECT router3.teamviewer.com:443 HTTP/1.1\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "other - CONNECT (router3.teamviewer.com:443)\n"
    "role remote-access\n"
    "software = TeamViewer (40)\n"
    "remote-relay: authenticate - remote-session (TeamViewer, by router3.teamviewer.com)" },
  { "tunnel-without-port",
    "\"CONNECT press HTTP/1.1\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "other - CONNECT (press)" },
  { "many-fields",
    "\"GET /m HTTP/1.1\" 0d0a \"X-0: y\" 0d0a \"X-1: y\" 0d0a \"X-2: y\" 0d0a \"X-3: y\" 0d0a \"X-4: y\" 0d0a \"X-5: y\" 0d0a \"X-6: y\" "
    "0d0a \"X-7: y\" 0d0a \"X-8: y\" 0d0a \"X-9: y\" 0d0a \"X-10: y\" 0d0a \"X-11: y\" 0d0a \"X-12: y\" 0d0a \"X-13: y\" 0d0a \"X-14: y\" "
    "0d0a \"X-15: y\" 0d0a \"X-16: y\" 0d0a \"X-17: y\" 0d0a \"X-18: y\" 0d0a \"X-19: y\" 0d0a \"X-20: y\" 0d0a \"X-21: y\" 0d0a "
    "\"X-22: y\" 0d0a \"X-23: y\" 0d0a \"X-24: y\" 0d0a \"X-25: y\" 0d0a \"X-26: y\" 0d0a \"X-27: y\" 0d0a \"X-28: y\" 0d0a \"X-29: y\" "
    "0d0a \"X-30: y\" 0d0a \"X-31: y\" 0d0a \"X-32: y\" 0d0a \"X-33: y\" 0d0a \"X-34: y\" 0d0a \"X-35: y\" 0d0a \"X-36: y\" 0d0a "
    "\"X-37: y\" 0d0a \"X-38: y\" 0d0a \"X-39: y\" 0d0a \"X-40: y\" 0d0a \"X-41: y\" 0d0a \"X-42: y\" 0d0a \"X-43: y\" 0d0a \"X-44: y\" "
    "0d0a \"X-45: y\" 0d0a \"X-46: y\" 0d0a \"X-47: y\" 0d0a \"X-48: y\" 0d0a \"X-49: y\" 0d0a \"X-50: y\" 0d0a \"X-51: y\" 0d0a "
    "\"X-52: y\" 0d0a \"X-53: y\" 0d0a \"X-54: y\" 0d0a \"X-55: y\" 0d0a \"X-56: y\" 0d0a \"X-57: y\" 0d0a \"X-58: y\" 0d0a \"X-59: y\" "
    "0d0a \"X-60: y\" 0d0a \"X-61: y\" 0d0a \"X-62: y\" 0d0a \"X-63: y\" 0d0a \"X-64: y\" 0d0a \"X-65: y\" 0d0a \"X-66: y\" 0d0a "
    "\"X-67: y\" 0d0a \"X-68: y\" 0d0a \"X-69: y\" 0d0a \"X-70: y\" 0d0a \"X-71: y\" 0d0a \"X-72: y\" 0d0a \"X-73: y\" 0d0a \"X-74: y\" "
    "0d0a \"X-75: y\" 0d0a \"X-76: y\" 0d0a \"X-77: y\" 0d0a \"X-78: y\" 0d0a \"X-79: y\" 0d0a \"X-80: y\" 0d0a \"X-81: y\" 0d0a "
    "\"X-82: y\" 0d0a \"X-83: y\" 0d0a \"X-84: y\" 0d0a \"X-85: y\" 0d0a \"X-86: y\" 0d0a \"X-87: y\" 0d0a \"X-88: y\" 0d0a \"X-89: y\" "
    "0d0a \"X-90: y\" 0d0a \"X-91: y\" 0d0a \"X-92: y\" 0d0a \"X-93: y\" 0d0a \"X-94: y\" 0d0a \"X-95: y\" 0d0a \"X-96: y\" 0d0a "
    "\"X-97: y\" 0d0a \"X-98: y\" 0d0a \"X-99: y\" 0d0a \"X-100: y\" 0d0a \"X-101: y\" 0d0a \"X-102: y\" 0d0a \"X-103: y\" 0d0a "
    "\"X-104: y\" 0d0a \"X-105: y\" 0d0a \"X-106: y\" 0d0a \"X-107: y\" 0d0a \"X-108: y\" 0d0a \"X-109: y\" 0d0a \"X-110: y\" 0d0a "
    "\"X-111: y\" 0d0a \"X-112: y\" 0d0a \"X-113: y\" 0d0a \"X-114: y\" 0d0a \"X-115: y\" 0d0a \"X-116: y\" 0d0a \"X-117: y\" 0d0a "
    "\"X-118: y\" 0d0a \"X-119: y\" 0d0a \"X-120: y\" 0d0a \"X-121: y\" 0d0a \"X-122: y\" 0d0a \"X-123: y\" 0d0a \"X-124: y\" 0d0a "
    "\"X-125: y\" 0d0a \"X-126: y\" 0d0a \"X-127: y\" 0d0a \"X-128: y\" 0d0a \"X-129: y\" 0d0a \"X-130: y\" 0d0a \"X-131: y\" 0d0a "
    "\"X-132: y\" 0d0a \"X-133: y\" 0d0a \"X-134: y\" 0d0a \"X-135: y\" 0d0a \"X-136: y\" 0d0a \"X-137: y\" 0d0a \"X-138: y\" 0d0a "
    "\"X-139: y\" 0d0a \"User-Agent: late\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/m)" },
  { "no-base64",
    "\"GET / HTTP/1.1\" 0d0a \"Authorization: Basic ****\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/)\n"
    "authenticate - basic-login (user “”, password in clear)" },
  { "body-alone",
    "0102 \"binary\"",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "line-cut",
    "\"GET /x HTTP/1.1\"",
    ISTH_DISSECT_MALFORMED,
    "" },
  { "no-version",
    "\"GET /x\" 0d0a0d0a",
    ISTH_DISSECT_NOT_MINE,
    "" },
  { "upnp",
    "\"GET /desc.xml HTTP/1.1\" 0d0a0d0a\n"
    "< \"HTTP/1.1 200 OK\" 0d0a \"Content-Type: text/xml\" 0d0a0d0a\n"
    "< \"<?xml version=\" 22312e3022 \"?><root xmlns=\" 22 \"urn:schemas-upnp-org:device-1-0\" 22 \"><device><friendlyName>Gate 7</friendlyName><manufacturer>Acme</manufacturer><modelDescription>Camera</modelDescription><modelName>C-7</modelName><modelNumber>7100</modelNumber><serialNumber>S-99</serialNumber>\"\n"
    "< \"<device><modelName>part</modelName></device></root>\"",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/desc.xml)\n"
    "role http-server\n"
    "= ok\n"
    "name = Gate 7 (90)\n"
    "vendor = Acme (90)\n"
    "model = C-7 (90)\n"
    "product_code = 7100 (90)\n"
    "description = Camera (90)\n"
    "serial = S-99 (90)", .pieces = true },
  { "onvif",
    "\"POST /onvif/device_service HTTP/1.1\" 0d0a \"Content-Type: application/soap+xml\" 0d0a0d0a\n"
    "< \"HTTP/1.1 200 OK\" 0d0a \"Content-Type: application/soap+xml; charset=utf-8\" 0d0a0d0a\n"
    "<  "
    "\"<tds:GetDeviceInformationResponse><tds:Manufacturer>Acme</tds:Manufacturer><tds:Model>C-8</tds:Model><tds:FirmwareVersion>1.2.3</tds:FirmwareVersion><tds:SerialNumber>S-1</tds:SerialNumber><tds:HardwareId>H2</tds:HardwareId></tds:GetDeviceInformationResponse>\"",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "other - POST (/onvif/device_service)\n"
    "role http-server\n"
    "= ok\n"
    "vendor = Acme (90)\n"
    "model = C-8 (90)\n"
    "firmware = 1.2.3 (90)\n"
    "serial = S-1 (90)\n"
    "hardware = H2 (90)", .pieces = true },
  { "xml-of-others",
    "\"GET /desc.xml HTTP/1.1\" 0d0a0d0a\n"
    "< \"HTTP/1.1 200 OK\" 0d0a \"Content-Type: text/xml\" 0d0a0d0a\n"
    "< \"<other><Model>no</Model></other>\"",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "read - GET (/desc.xml)\n"
    "role http-server\n"
    "= ok", .pieces = true },
  { "winrm",
    "\"POST /wsman HTTP/1.1\" 0d0a \"Host: srv1:5985\" 0d0a \"Authorization: Negotiate TlRMTVNTUAABAAAAB4IAAgAAAAAAAAAAAAAAAAAAAAAGAbEdAAAADw==\" "
    "0d0a \"Content-Length: 0\" 0d0a0d0a\n"
    "< \"HTTP/1.1 401 \" 0d0a \"WWW-Authenticate: Negotiate TlRMTVNTUAACAAAACgAKADgAAAABggACY2NjY2NjY2MAAAAAAAAAAGQAZABCAAAABgGxHQAAAA9QAEwAQQBOAFQAAgAKAFAATABBAE4AVAABAAgAUwBSAFYAMQAEABoAcABsAGEAbgB0AC4AZQB4AGEAbQBwAGwAZQADACQAcwByAHYAMQAuAHAAbABhAG4AdAAuAGUAeABhAG0AcABsAGUAAAAAAA==\" "
    "0d0a \"Content-Length: 0\" 0d0a0d0a\n"
    "\"POST /wsman HTTP/1.1\" 0d0a \"Host: srv1:5985\" 0d0a \"Authorization: Negotiate TlRMTVNTUAADAAAAGAAYAEgAAAAYABgAYAAAAAoACgB4AAAABgAGAIIAAAAIAAgAiAAAAAAAAACQAAAAAYIAAgYBsR0AAAAPTExMTExMTExMTExMTExMTExMTExMTExMTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OUABMAEEATgBUAGUAbgBnAEgATQBJADIA\" "
    "0d0a \"Content-Length: 0\" 0d0a0d0a\n"
    "< \"HTTP/1.1 200 OK\" 0d0a \"Content-Length: 0\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "winrm: other - POST (/wsman)\n"
    "hostname = srv1 (75) about 10.0.0.2\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "role http-server\n"
    "= refused: 401\n"
    "domain = PLANT (90)\n"
    "hostname = SRV1 (90)\n"
    "domain = plant.example (90)\n"
    "hostname = srv1.plant.example (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "role http-client\n"
    "winrm: other - POST (/wsman)\n"
    "hostname = srv1 (75) about 10.0.0.2\n"
    "hostname = HMI2 (90)\n"
    "os = Windows 6.1.7601 (Windows 7 or Server 2008 R2) (90)\n"
    "winrm: authenticate - ntlm-login (user “PLANT\\eng”)\n"
    "role http-server\n"
    "= ok" },
  { "winrm-kerberos",
    "\"POST /wsman?PSVersion=5.1 HTTP/1.1\" 0d0a \"Host: srv1:5985\" 0d0a \"Authorization: Kerberos YIGjBgkqhkiG9xIBAgIBAG6BkzCBkKADAgEFoQMCAQ6iBwMFAAAAAACjXmFcMFqgAwIBBaEPGw1QTEFOVC5FWEFNUExFoiUwI6ADAgECoRwwGhsESFRUUBsSc3J2MS5wbGFudC5leGFtcGxloxswGaADAgESohIEEO7u7u7u7u7u7u7u7u7u7u6kGzAZoAMCARKiEgQQ7u7u7u7u7u7u7u7u7u7u7g==\" "
    "0d0a \"Content-Length: 0\" 0d0a0d0a\n"
    "\"POST /wsman HTTP/1.1\" 0d0a \"Host: srv1:5985\" 0d0a \"Authorization: Negotiate YIHJBgYrBgEFBQKggb4wgbugDTALBgkqhkiG9xIBAgKigakEgaZggaMGCSqGSIb3EgECAgEAboGTMIGQoAMCAQWhAwIBDqIHAwUAAAAAAKNeYVwwWqADAgEFoQ8bDVBMQU5ULkVYQU1QTEWiJTAjoAMCAQKhHDAaGwRIVFRQGxJzcnYxLnBsYW50LmV4YW1wbGWjGzAZoAMCARKiEgQQ7u7u7u7u7u7u7u7u7u7u7qQbMBmgAwIBEqISBBDu7u7u7u7u7u7u7u7u7u7u\" "
    "0d0a \"Content-Length: 0\" 0d0a0d0a\n"
    "\"POST /wsmanual HTTP/1.1\" 0d0a \"Host: srv1:5985\" 0d0a \"Content-Length: 0\" 0d0a0d0a",
    ISTH_DISSECT_OK,
    "role http-client\n"
    "winrm: other - POST (/wsman)\n"
    "hostname = srv1 (75) about 10.0.0.2\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "hostname = srv1.plant.example (75) about 10.0.0.2\n"
    "winrm: authenticate - kerberos-login (Kerberos ticket for HTTP/srv1.plant.example@PLANT.EXAMPLE)\n"
    "role http-client\n"
    "winrm: other - POST (/wsman)\n"
    "hostname = srv1 (75) about 10.0.0.2\n"
    "realm = PLANT.EXAMPLE (75) about 10.0.0.2\n"
    "hostname = srv1.plant.example (75) about 10.0.0.2\n"
    "winrm: authenticate - kerberos-login (Kerberos ticket for HTTP/srv1.plant.example@PLANT.EXAMPLE)\n"
    "role http-client\n"
    "other - POST (/wsmanual)\n"
    "hostname = srv1 (75) about 10.0.0.2" },
};

/* Begins of payloads and how sure the probe is. */
static void
test_probe (void)
{
  static const IsthProbeCase starts[] = {
    { "\"GET /status?secret=1 HTTP/1.1\" 0d0a \"Host: press.example:8080\" 0d0a \"User-Agent: Panel/1.2\" 0d0a \"Accept: */*\" 0d0a0d0a", ISTH_PROBE_STRONG },
    { "\"HTTP/1.1 200 OK\" 0d0a \"Server: Acme-Web/2.1\" 0d0a \"X-Powered-By: Tiny\" 0d0a \"Content-Type: text/html\" 0d0a0d0a", ISTH_PROBE_STRONG },
    { "\"GET /x HTTP/1.1\"", ISTH_PROBE_WEAK },
    { "\"GET /x\" 0d0a0d0a", ISTH_PROBE_NO },
    { "\"GETX / HTTP/1.1\" 0d0a", ISTH_PROBE_NO },
    { "\"HTTP/2 200\" 0d0a0d0a", ISTH_PROBE_NO },
    { "\"HTTP/1.\" 0a \" 404\" 0d0a0d0a", ISTH_PROBE_NO },
    { "\"SUBSCRIBE sip:a@b SIP/2.0\" 0d0a", ISTH_PROBE_NO },
    { "0102 \"binary\"", ISTH_PROBE_NO },
  };

  isth_test_probes (&isth_dissector_http, NULL, starts, G_N_ELEMENTS (starts), false);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isth_test_dissector (&isth_dissector_http, cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/http/probe", test_probe);
  return g_test_run ();
}
