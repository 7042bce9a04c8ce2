// Swift's own modules of the C library leave this header out.
#if __linux__
#include <sys/epoll.h>
#endif
