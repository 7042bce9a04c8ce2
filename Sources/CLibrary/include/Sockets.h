// Sockets that are in use by someone else: looked at without taking anything from them.
#ifndef CSOCKETS_H
#define CSOCKETS_H

#include <stdbool.h>

/// Opens a socket that children do not inherit; -1 where that fails.
int csocket_open(const int family_type_protocol[3]);
/// The port of this end of a connected socket; 0 where it has none yet.
int csocket_local_port(int socket);

/// What a look at a connected socket finds, without reading from it.
enum {
  /// Nothing has come.
  CSOCKET_QUIET = 0,
  /// Something can be read.
  CSOCKET_READABLE = 1,
  /// The other side has closed it, or it is broken.
  CSOCKET_CLOSED = 2,
};
int csocket_look(int socket);

/// Closes it; -1 and `errno` where that fails.
int csocket_close(int socket);
/// Whether an `errno` says that nobody listens there.
bool csocket_is_refusal(int error);

/// Whether a numeric address, in any of its spellings, is one of this host: 127.0.0.0/8, ::1, or the address of all.
bool csocket_address_is_loopback(const char *address);

#endif
