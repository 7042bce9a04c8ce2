// What Swift's modules of the C library leave out, and libcurl, found at run time.
#ifndef CLIBRARY_H
#define CLIBRARY_H

#include "Curl.h"
#include "Epoll.h"
#include "Sockets.h"

#endif
