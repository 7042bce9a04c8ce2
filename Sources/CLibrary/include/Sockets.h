// The sockets of libcurl: opened and closed for it, and inspected without reading from them.
#ifndef CSOCKETS_H
#define CSOCKETS_H

#include <stdbool.h>

/// Opens a socket that children do not inherit; returns -1 when that fails.
int csocket_open(const int family_type_protocol[3]);
/// Returns the local port of a socket; 0 while it has none.
int csocket_local_port(int socket);

/// The state of a connected socket, found without reading from it.
enum {
  /// Nothing has arrived.
  CSOCKET_QUIET = 0,
  /// Something can be read.
  CSOCKET_READABLE = 1,
  /// The peer has closed the connection, or it is broken.
  CSOCKET_CLOSED = 2,
};
int csocket_look(int socket);

/// Closes a socket; returns -1 and sets `errno` when that fails.
int csocket_close(int socket);
/// Returns whether an `errno` says that nothing listens at an address.
bool csocket_is_refusal(int error);

/// Returns whether a numeric address, in any of its spellings, is one of this host: 127.0.0.0/8 (also mapped into
/// IPv6), ::1, or the unspecified address.
bool csocket_address_is_loopback(const char *address);

#endif
