// The system's C library, and libcurl, found at run time.
#ifndef CLIBRARY_H
#define CLIBRARY_H

#include "Curl.h"
#include "Sockets.h"
#include "System.h"

#endif
