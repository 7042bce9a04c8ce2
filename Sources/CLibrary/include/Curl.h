// The part of libcurl's interface that the HTTP client uses, declared here so that building needs no headers of
// libcurl. Names and numbers are those of libcurl's binary interface, which has kept them since 2006.
#ifndef CCURL_H
#define CCURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The functions of libcurl, looked up at run time.
typedef struct CurlLibrary CurlLibrary;
/// A transfer.
typedef struct CurlEasy CurlEasy;
/// Transfers that run together, and their connections.
typedef struct CurlMulti CurlMulti;
/// A list of strings.
typedef struct CurlList CurlList;

/// Loads the first of these libraries that exists and has all functions needed, for the lifetime of the process.
/// Returns null when there is none. Each success returns a table of its own; libcurl itself counts its initialisations.
const CurlLibrary *ccurl_load(const char *const *names, size_t count);

/// Returns the version with one byte for each part: 0x075801 is 7.88.1.
unsigned int ccurl_version_number(const CurlLibrary *);
/// Returns whether name lookups leave the thread free.
bool ccurl_resolves_asynchronously(const CurlLibrary *);

// Options, by libcurl's numbers. A value is a long, a pointer (also a string, which is copied) or a 64-bit size. The
// setters return libcurl's error, or 0.
enum {
  CCURLOPT_WRITEDATA = 10001,
  CCURLOPT_URL = 10002,
  CCURLOPT_PROXY = 10004,
  CCURLOPT_ERRORBUFFER = 10010,
  CCURLOPT_WRITEFUNCTION = 20011,
  CCURLOPT_HTTPHEADER = 10023,
  CCURLOPT_HEADERDATA = 10029,
  CCURLOPT_FOLLOWLOCATION = 52,
  CCURLOPT_SSL_VERIFYPEER = 64,
  CCURLOPT_VERBOSE = 41,
  CCURLOPT_FORBID_REUSE = 75,
  CCURLOPT_CAINFO = 10065,
  CCURLOPT_HEADERFUNCTION = 20079,
  CCURLOPT_SSL_VERIFYHOST = 81,
  CCURLOPT_HTTP_VERSION = 84,
  CCURLOPT_DEBUGFUNCTION = 20094,
  CCURLOPT_DEBUGDATA = 10095,
  CCURLOPT_CAPATH = 10097,
  CCURLOPT_BUFFERSIZE = 98,
  CCURLOPT_NOSIGNAL = 99,
  CCURLOPT_ACCEPT_ENCODING = 10102,
  CCURLOPT_PRIVATE = 10103,
  CCURLOPT_MAXFILESIZE_LARGE = 30117,
  CCURLOPT_POSTFIELDSIZE_LARGE = 30120,
  CCURLOPT_CONNECTTIMEOUT_MS = 156,
  CCURLOPT_HTTP_CONTENT_DECODING = 158,
  CCURLOPT_OPENSOCKETFUNCTION = 20163,
  CCURLOPT_OPENSOCKETDATA = 10164,
  CCURLOPT_COPYPOSTFIELDS = 10165,
  CCURLOPT_PROTOCOLS = 181,
  CCURLOPT_CLOSESOCKETFUNCTION = 20208,
  CCURLOPT_CLOSESOCKETDATA = 10209,
  CCURLOPT_TCP_KEEPALIVE = 213,
  CCURLOPT_PIPEWAIT = 237,
  CCURLOPT_PROXY_CAINFO = 10246,
  CCURLOPT_PROXY_CAPATH = 10247,
  CCURLOPT_SUPPRESS_CONNECT_HEADERS = 265,
  CCURLOPT_HTTP09_ALLOWED = 285,
  CCURLOPT_PREREQFUNCTION = 20312,
  CCURLOPT_PREREQDATA = 10313,
  CCURLOPT_PROTOCOLS_STR = 10318,
  CCURLOPT_QUICK_EXIT = 322,
};

enum {
  CCURL_HTTP_VERSION_1_1 = 2,
  /// HTTP/2 if the TLS handshake agrees on it, else HTTP/1.1.
  CCURL_HTTP_VERSION_2TLS = 4,
  /// HTTP and HTTPS.
  CCURL_PROTOCOLS_HTTP = 3,
};

/// Results of a transfer (`CURLcode`).
enum {
  CCURLE_UNSUPPORTED_PROTOCOL = 1,
  CCURLE_URL_MALFORMAT = 3,
  CCURLE_COULDNT_RESOLVE_PROXY = 5,
  CCURLE_COULDNT_RESOLVE_HOST = 6,
  CCURLE_COULDNT_CONNECT = 7,
  CCURLE_WEIRD_SERVER_REPLY = 8,
  CCURLE_HTTP2 = 16,
  CCURLE_PARTIAL_FILE = 18,
  CCURLE_OUT_OF_MEMORY = 27,
  CCURLE_OPERATION_TIMEDOUT = 28,
  CCURLE_SSL_CONNECT_ERROR = 35,
  CCURLE_ABORTED_BY_CALLBACK = 42,
  /// Used until 7.62, when it became the same as `PEER_FAILED_VERIFICATION`.
  CCURLE_SSL_PEER_CERTIFICATE = 51,
  CCURLE_GOT_NOTHING = 52,
  CCURLE_SEND_ERROR = 55,
  CCURLE_RECV_ERROR = 56,
  CCURLE_PEER_FAILED_VERIFICATION = 60,
  CCURLE_BAD_CONTENT_ENCODING = 61,
  CCURLE_FILESIZE_EXCEEDED = 63,
  CCURLE_SEND_FAIL_REWIND = 65,
  CCURLE_SSL_CACERT_BADFILE = 77,
  CCURLE_SSL_CRL_BADFILE = 82,
  CCURLE_SSL_ISSUER_ERROR = 83,
  CCURLE_SSL_PINNEDPUBKEYNOTMATCH = 90,
  CCURLE_SSL_INVALIDCERTSTATUS = 91,
  CCURLE_HTTP2_STREAM = 92,
  CCURLE_PROXY = 97,
  CCURLE_TOO_LARGE = 100,
};

typedef size_t (*CurlDataFunction)(char *bytes, size_t size, size_t count, void *data);
typedef int (*CurlPrerequestFunction)(void *data, char *remote, char *local, int remote_port, int local_port);
/// Receives notes on what libcurl does. Bytes that are sent and received are passed as well, under other kinds.
typedef int (*CurlDebugFunction)(CurlEasy *, int kind, char *text, size_t size, void *data);
enum { CCURLINFO_TEXT = 0 };
/// Opens a socket of this family, type and protocol; -1 ends the transfer.
typedef int (*CurlOpenSocketFunction)(void *data, int purpose, const int family_type_protocol[3]);
typedef int (*CurlCloseSocketFunction)(void *data, int descriptor);

CurlEasy *ccurl_easy_create(const CurlLibrary *);
void ccurl_easy_destroy(const CurlLibrary *, CurlEasy *);
int ccurl_easy_set_long(const CurlLibrary *, CurlEasy *, int option, long value);
int ccurl_easy_set_size(const CurlLibrary *, CurlEasy *, int option, int64_t value);
int ccurl_easy_set_pointer(const CurlLibrary *, CurlEasy *, int option, const void *value);
int ccurl_easy_set_data_function(const CurlLibrary *, CurlEasy *, int option, CurlDataFunction);
int ccurl_easy_set_prerequest_function(const CurlLibrary *, CurlEasy *, CurlPrerequestFunction);
int ccurl_easy_set_debug_function(const CurlLibrary *, CurlEasy *, CurlDebugFunction);
int ccurl_easy_set_socket_functions(const CurlLibrary *, CurlEasy *, CurlOpenSocketFunction, CurlCloseSocketFunction);
/// Returns libcurl's message for a result.
const char *ccurl_easy_message(const CurlLibrary *, int result);

// Information about a transfer: a long or a pointer; 0 or null when it is not known.
enum {
  CCURLINFO_PRIVATE = 0x100000 + 21,
  CCURLINFO_RESPONSE_CODE = 0x200000 + 2,
  CCURLINFO_HTTP_CONNECTCODE = 0x200000 + 22,
  CCURLINFO_OS_ERRNO = 0x200000 + 25,
  CCURLINFO_NUM_CONNECTS = 0x200000 + 26,
  CCURLINFO_HTTP_VERSION = 0x200000 + 46,
};
long ccurl_easy_get_long(const CurlLibrary *, CurlEasy *, int info);
void *ccurl_easy_get_pointer(const CurlLibrary *, CurlEasy *, int info);

/// Appends a copy of the string and returns the list; returns null, and leaves the list as it was, when memory is
/// short.
CurlList *ccurl_list_append(const CurlLibrary *, CurlList *, const char *);
void ccurl_list_destroy(const CurlLibrary *, CurlList *);

enum {
  CCURLMOPT_SOCKETFUNCTION = 20001,
  CCURLMOPT_SOCKETDATA = 10002,
  CCURLMOPT_TIMERFUNCTION = 20004,
  CCURLMOPT_TIMERDATA = 10005,
  CCURLMOPT_MAXCONNECTS = 6,
  CCURLMOPT_MAX_TOTAL_CONNECTIONS = 13,
};

enum {
  CCURL_SOCKET_TIMEOUT = -1,
  /// The bits of a socket's readiness.
  CCURL_SELECT_IN = 1,
  CCURL_SELECT_OUT = 2,
  CCURL_SELECT_ERROR = 4,
  /// What a socket is to be watched for; the first two are bits.
  CCURL_POLL_IN = 1,
  CCURL_POLL_OUT = 2,
  CCURL_POLL_REMOVE = 4,
};

typedef int (*CurlSocketFunction)(CurlEasy *, int descriptor, int what, void *data, void *socket_data);
typedef int (*CurlTimerFunction)(CurlMulti *, long milliseconds, void *data);

CurlMulti *ccurl_multi_create(const CurlLibrary *);
void ccurl_multi_destroy(const CurlLibrary *, CurlMulti *);
int ccurl_multi_set_long(const CurlLibrary *, CurlMulti *, int option, long value);
int ccurl_multi_set_functions(
  const CurlLibrary *, CurlMulti *, CurlSocketFunction, CurlTimerFunction, void *data);
int ccurl_multi_add(const CurlLibrary *, CurlMulti *, CurlEasy *);
int ccurl_multi_remove(const CurlLibrary *, CurlMulti *, CurlEasy *);
int ccurl_multi_socket_action(const CurlLibrary *, CurlMulti *, int descriptor, int ready);
/// Removes a finished transfer and returns it, with its result; null when there is none.
CurlEasy *ccurl_multi_take_done(const CurlLibrary *, CurlMulti *, int *result);

#endif
