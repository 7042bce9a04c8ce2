#if __linux__
#define _GNU_SOURCE
#endif
#include "System.h"

#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/ioctl.h>

#if __linux__
#include <sys/epoll.h>
#include <sys/syscall.h>
#if __GLIBC__
#include <malloc.h>
#endif
#elif __APPLE__
#include <sys/event.h>
#endif

// Files

static void copy_status(const struct stat *found, SystemFileStatus *status) {
  status->kind = S_ISREG(found->st_mode) ? SYSTEM_FILE_REGULAR
    : S_ISDIR(found->st_mode)            ? SYSTEM_FILE_FOLDER
    : S_ISFIFO(found->st_mode)           ? SYSTEM_FILE_FIFO
                                         : SYSTEM_FILE_OTHER;
  status->device = (uint64_t)found->st_dev;
  status->inode = (uint64_t)found->st_ino;
  status->size = found->st_size;
  status->mode = found->st_mode & 07777;
  status->owner = found->st_uid;
  status->group = found->st_gid;
}

int system_file_status(const char *path, SystemFileStatus *status) {
  struct stat found;
  if (stat(path, &found) < 0) return -1;
  copy_status(&found, status);
  return 0;
}

int system_descriptor_status(int descriptor, SystemFileStatus *status) {
  struct stat found;
  if (fstat(descriptor, &found) < 0) return -1;
  copy_status(&found, status);
  return 0;
}

int system_synchronize(int descriptor) {
#ifdef F_FULLFSYNC
  // On Darwin, fsync only hands the data over to the drive.
  if (fcntl(descriptor, F_FULLFSYNC) >= 0) return 0;
#endif
  return fsync(descriptor);
}

int system_rename(const char *from, const char *to) { return rename(from, to); }

int system_terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int system_pipe(int ends[2]) {
#if __linux__
  // In one step: another thread may start a program at any moment.
  return pipe2(ends, O_CLOEXEC);
#else
  if (pipe(ends) < 0) return -1;
  for (int i = 0; i < 2; i++) fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  return 0;
#endif
}

int system_wakeup_pipe(int ends[2]) {
  if (system_pipe(ends) < 0) return -1;
  for (int i = 0; i < 2; i++) system_set_non_blocking(ends[i]);
  return 0;
}

int system_set_non_blocking(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

// Memory

void *system_map_pages(size_t size) {
  void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
  return pages == MAP_FAILED ? NULL : pages;
}

void system_unmap_pages(void *pages, size_t size) { munmap(pages, size); }

// Time

static int64_t nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t system_monotonic_time(void) { return nanoseconds(CLOCK_MONOTONIC); }

int64_t system_continuous_time(void) {
#if __linux__
  return nanoseconds(CLOCK_BOOTTIME);
#else
  return nanoseconds(CLOCK_MONOTONIC_RAW);
#endif
}

int64_t system_calendar_time(void) { return nanoseconds(CLOCK_REALTIME); }

// Threads and processors

int system_start_thread(size_t stack_size, void *(*body)(void *), void *argument) {
  pthread_attr_t attributes;
  int code = pthread_attr_init(&attributes);
  if (code) return code;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  if (stack_size > 0) pthread_attr_setstacksize(&attributes, stack_size);
  pthread_t thread;
  code = pthread_create(&thread, &attributes, body, argument);
  pthread_attr_destroy(&attributes);
  return code;
}

uintptr_t system_current_thread(void) { return (uintptr_t)pthread_self(); }

int system_processor_count(void) {
#if __linux__
  unsigned long mask[16384 / sizeof(unsigned long) / 8] = {0};
  if (sched_getaffinity(0, sizeof mask, (cpu_set_t *)mask) == 0) {
    int count = 0;
    for (size_t i = 0; i < sizeof mask / sizeof *mask; i++) count += __builtin_popcountl(mask[i]);
    if (count > 0) return count;
  }
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}

// Limits

void system_fit_threads_to_limits(size_t least_stack) {
#if __GLIBC__
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) mallopt(M_ARENA_MAX, 1);
  pthread_attr_t attributes;
  size_t size;
  if (pthread_getattr_default_np(&attributes) != 0) return;
  if (pthread_attr_getstacksize(&attributes, &size) == 0 && size < least_stack &&
      pthread_attr_setstacksize(&attributes, least_stack) == 0) {
    pthread_setattr_default_np(&attributes);
  }
  pthread_attr_destroy(&attributes);
#else
  (void)least_stack;
#endif
}

bool system_processes_are_visible(void) {
#if __linux__
  char number[32] = {0};
  return readlink("/proc/self", number, sizeof number - 1) > 0 && atol(number) == (long)getpid();
#else
  return true;
#endif
}

long system_raise_descriptor_limit(long wanted) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return wanted;
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= (rlim_t)wanted) {
    return limit.rlim_cur > LONG_MAX ? LONG_MAX : (long)limit.rlim_cur;
  }
  rlim_t before = limit.rlim_cur;
  limit.rlim_cur = limit.rlim_max < (rlim_t)wanted ? limit.rlim_max : (rlim_t)wanted;
  return (long)(setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before);
}

// Signals

bool system_signal_is_ignored(int number) {
  struct sigaction action;
  return sigaction(number, NULL, &action) == 0 && !(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_IGN;
}

void system_signal_handle(int number, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

void system_signal_ignore(int number) { signal(number, SIG_IGN); }
void system_signal_reset(int number) { signal(number, SIG_DFL); }

void system_die_by_signal(int number) {
  system_children_kill();
  signal(number, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  kill(getpid(), number);
  // The signal has been delivered by now, unless it does not kill this process.
  _exit(128 + number);
}

// Child processes

extern char **environ;

const char *system_environment_variable(long index) { return environ[index]; }

static int children_add(pid_t process);
/// How many threads are between the start of a child and its place in the table.
static _Atomic(int) children_starting;
static atomic_bool children_are_killed;

#if defined(__GLIBC_PREREQ)
#if __GLIBC_PREREQ(2, 34)
#define HAS_CLOSE_FROM 1
#endif
#endif

bool system_children_have_three_descriptors(void) {
#if HAS_CLOSE_FROM || defined(POSIX_SPAWN_CLOEXEC_DEFAULT)
  return true;
#else
  return false;
#endif
}

static int start_child(const char *path, char *const arguments[], const int descriptors[3], pid_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code) return code;
  code = posix_spawnattr_init(&attributes);
  if (code) {
    posix_spawn_file_actions_destroy(&actions);
    return code;
  }
  for (int i = 0; i < 3 && !code; i++) code = posix_spawn_file_actions_adddup2(&actions, descriptors[i], i);
  // Libraries open files for a moment that a program started just then would inherit (libdispatch reads the states of
  // its threads in /proc).
#if HAS_CLOSE_FROM
  if (!code) code = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
#endif
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#ifdef POSIX_SPAWN_CLOEXEC_DEFAULT
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, flags);
  if (!code) code = posix_spawn(process, path, &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

int system_process_start(
  const char *path, char *const arguments[], const int descriptors[3], pid_t *process, int *place) {
  // Whoever kills all children waits for this thread: its handlers must not be what waits.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  atomic_fetch_add(&children_starting, 1);
  // Either it is seen here that all are killed, or it is seen there that one is being started.
  int code = atomic_load(&children_are_killed) ? ECANCELED : start_child(path, arguments, descriptors, process);
  if (!code) *place = children_add(*process);
  atomic_fetch_sub(&children_starting, 1);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return code;
}

int system_process_exit_descriptor(pid_t process) {
#if __linux__
  return (int)syscall(434 /* pidfd_open, the same number everywhere */, process, 0);
#else
  int queue = kqueue();
  if (queue < 0) return -1;
  fcntl(queue, F_SETFD, FD_CLOEXEC);
  struct kevent change;
  EV_SET(&change, process, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, NULL);
  // One that has ended already is not found any more: then the queue is told so by hand.
  if (kevent(queue, &change, 1, NULL, 0, NULL) < 0) {
    struct kevent ended[2];
    EV_SET(&ended[0], 0, EVFILT_USER, EV_ADD, 0, 0, NULL);
    EV_SET(&ended[1], 0, EVFILT_USER, 0, NOTE_TRIGGER, 0, NULL);
    kevent(queue, ended, 2, NULL, 0, NULL);
  }
  return queue;
#endif
}

static int wait_for_child(pid_t process, siginfo_t *info, int options) {
  int result;
  info->si_pid = 0;
  do result = waitid(P_PID, (id_t)process, info, WEXITED | WNOHANG | options);
  while (result < 0 && errno == EINTR);
  return result;
}

bool system_process_has_ended(pid_t process) {
  siginfo_t info;
  return wait_for_child(process, &info, WNOWAIT) < 0 || info.si_pid != 0;
}

int system_process_reap(pid_t process, int *value) {
  siginfo_t info;
  if (wait_for_child(process, &info, 0) < 0) return -1;
  if (info.si_pid == 0) return 0;
  *value = info.si_status;
  return info.si_code == CLD_EXITED ? 1 : 2;
}

void system_process_signal_group(pid_t process, int number) { kill(-process, number); }

void system_keep_descriptors_from_children(void) {
#if __linux__
  // close_range with CLOSE_RANGE_CLOEXEC. An older system is asked for each descriptor.
  if (syscall(436, 3U, ~0U, 1U << 2) == 0) return;
  struct rlimit limit;
  long count = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536 ? (long)limit.rlim_cur : 65536;
  for (int descriptor = 3; descriptor < count; descriptor++) {
    int flags = fcntl(descriptor, F_GETFD);
    if (flags >= 0) fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC);
  }
#endif
}

/// More than there can be articles in flight. Pages that are never used cost nothing.
enum { MOST_CHILDREN = 1 << 18 };

static _Atomic(int) children[MOST_CHILDREN];
/// Places from here on have never been used.
static _Atomic(int) children_end;
/// Where a free place is probably found.
static _Atomic(int) children_hint;

static int children_add(pid_t process) {
  int start = atomic_load(&children_hint);
  for (int i = 0; i < MOST_CHILDREN; i++) {
    int place = (start + i) % MOST_CHILDREN, empty = 0;
    if (atomic_load(&children[place]) || !atomic_compare_exchange_strong(&children[place], &empty, process)) continue;
    int end = atomic_load(&children_end);
    while (end <= place && !atomic_compare_exchange_weak(&children_end, &end, place + 1)) {}
    atomic_store(&children_hint, (place + 1) % MOST_CHILDREN);
    return place;
  }
  return -1;
}

void system_children_remove(int place) {
  if (place < 0) return;
  atomic_store(&children[place], 0);
  atomic_store(&children_hint, place);
}

void system_children_kill(void) {
  atomic_store(&children_are_killed, true);
  // A program that takes longer to load is on a file system that does not answer; then it has not begun.
  for (int i = 0; i < 5000 && atomic_load(&children_starting); i++) poll(NULL, 0, 1);
  for (int place = 0; place < atomic_load(&children_end); place++) {
    pid_t process = atomic_load(&children[place]);
    if (process > 0) system_process_signal_group(process, SIGKILL);
  }
}

// Waiting for many descriptors

#if __linux__
int system_event_queue(void) { return epoll_create1(EPOLL_CLOEXEC); }

int system_event_queue_change(int queue, int descriptor, uint8_t before, uint8_t now, uint64_t tag) {
  struct epoll_event event = {0};
  if (now & SYSTEM_READABLE) event.events |= EPOLLIN;
  if (now & SYSTEM_WRITABLE) event.events |= EPOLLOUT;
  event.data.u64 = tag;
  int operation = !before ? EPOLL_CTL_ADD : !now ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
  return epoll_ctl(queue, operation, descriptor, &event);
}

int system_event_queue_wait(int queue, int milliseconds, SystemEvent *events, int capacity) {
  struct epoll_event found[128];
  int count = epoll_wait(queue, found, capacity < 128 ? capacity : 128, milliseconds);
  for (int i = 0; i < count; i++) {
    uint32_t bits = found[i].events;
    events[i].tag = found[i].data.u64;
    events[i].readiness = (bits & EPOLLIN ? SYSTEM_READABLE : 0) | (bits & EPOLLOUT ? SYSTEM_WRITABLE : 0) |
      (bits & (EPOLLERR | EPOLLHUP) ? SYSTEM_FAILED : 0);
  }
  return count < 0 ? 0 : count;
}

// The second name is that of Debian's build with GnuTLS.
static const char *const curl_names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
#elif __APPLE__
int system_event_queue(void) {
  int queue = kqueue();
  if (queue >= 0) fcntl(queue, F_SETFD, FD_CLOEXEC);
  return queue;
}

int system_event_queue_change(int queue, int descriptor, uint8_t before, uint8_t now, uint64_t tag) {
  const struct {
    int16_t filter;
    uint8_t part;
  } parts[] = {{EVFILT_READ, SYSTEM_READABLE}, {EVFILT_WRITE, SYSTEM_WRITABLE}};
  for (int i = 0; i < 2; i++) {
    if (!((before | now) & parts[i].part)) continue;
    struct kevent change;
    EV_SET(&change, descriptor, parts[i].filter, now & parts[i].part ? EV_ADD : EV_DELETE, 0, 0, (void *)(uintptr_t)tag);
    if (kevent(queue, &change, 1, NULL, 0, NULL) < 0) return -1;
  }
  return 0;
}

int system_event_queue_wait(int queue, int milliseconds, SystemEvent *events, int capacity) {
  struct kevent found[128];
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  int count = kevent(queue, NULL, 0, found, capacity < 128 ? capacity : 128, milliseconds < 0 ? NULL : &time);
  for (int i = 0; i < count; i++) {
    events[i].tag = (uint64_t)(uintptr_t)found[i].udata;
    events[i].readiness = (found[i].filter == EVFILT_READ ? SYSTEM_READABLE : SYSTEM_WRITABLE) |
      (found[i].flags & (EV_EOF | EV_ERROR) ? SYSTEM_FAILED : 0);
  }
  return count < 0 ? 0 : count;
}

static const char *const curl_names[] = {"libcurl.4.dylib"};
#endif

// Libraries found at run time

const int system_curl_name_count = sizeof curl_names / sizeof *curl_names;

const char *system_curl_name(int index) { return curl_names[index]; }
