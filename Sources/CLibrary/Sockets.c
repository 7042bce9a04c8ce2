#include "Sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int csocket_open(const int family_type_protocol[3]) {
  int family = family_type_protocol[0], type = family_type_protocol[1], protocol = family_type_protocol[2];
#ifdef SOCK_CLOEXEC
  return socket(family, type | SOCK_CLOEXEC, protocol);
#else
  int descriptor = socket(family, type, protocol);
  if (descriptor >= 0) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  return descriptor;
#endif
}

int csocket_local_port(int socket) {
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  if (getsockname(socket, (struct sockaddr *)&address, &size) != 0) return 0;
  if (address.ss_family == AF_INET) return ntohs(((struct sockaddr_in *)&address)->sin_port);
  if (address.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
  return 0;
}

int csocket_look(int socket) {
  char byte;
  ssize_t count;
  do count = recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  while (count < 0 && errno == EINTR);
  if (count > 0) return CSOCKET_READABLE;
  return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? CSOCKET_QUIET : CSOCKET_CLOSED;
}

int csocket_close(int socket) { return close(socket); }

bool csocket_is_refusal(int error) { return error == ECONNREFUSED; }

bool csocket_address_is_loopback(const char *address) {
  struct in_addr v4;
  // inet_aton also takes 127.1, 0x7f000001 and the like, as resolvers do.
  if (inet_aton(address, &v4)) return (ntohl(v4.s_addr) >> 24) == 127 || v4.s_addr == INADDR_ANY;
  struct in6_addr v6;
  if (inet_pton(AF_INET6, address, &v6) != 1) return false;
  return IN6_IS_ADDR_LOOPBACK(&v6) || IN6_IS_ADDR_UNSPECIFIED(&v6)
    || (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == 127);
}
