// The system's C library under one name, and what Swift cannot call or write in the same way on every system: variadic
// functions, macros with casts, types that differ, functions with different names. Outside this target, only
// BoundedConcurrency asks which platform it is built for, to import the C library.
#ifndef CLIBRARY_SYSTEM_H
#define CLIBRARY_SYSTEM_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Errors

static inline int system_errno(void) { return errno; }
static inline void system_set_errno(int code) { errno = code; }

// Files

/// `open`, with the mode of a file that it creates.
static inline int system_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }

/// `fcntl` with F_GETFD; negative when the descriptor is closed.
static inline int system_descriptor_flags(int descriptor) { return fcntl(descriptor, F_GETFD); }
/// `fcntl` with F_GETFL; negative when the descriptor is closed.
static inline int system_status_flags(int descriptor) { return fcntl(descriptor, F_GETFL); }

typedef enum {
  SYSTEM_FILE_OTHER,
  SYSTEM_FILE_REGULAR,
  SYSTEM_FILE_FOLDER,
  SYSTEM_FILE_FIFO,
} SystemFileKind;

/// The system's information about a file, in types that are the same on every system.
typedef struct {
  SystemFileKind kind;
  uint64_t device;
  uint64_t inode;
  int64_t size;
  /// The permission bits.
  uint32_t mode;
  uint32_t owner;
  uint32_t group;
} SystemFileStatus;

/// `stat` and `fstat`.
int system_file_status(const char *path, SystemFileStatus *status);
int system_descriptor_status(int descriptor, SystemFileStatus *status);

/// Returns when everything written is on the disk, not only in its cache.
int system_synchronize(int descriptor);

/// `rename`. The C library declares it in <stdio.h>, whose streams are not used here.
int system_rename(const char *from, const char *to);

/// Returns the number of columns of the descriptor's terminal; 0 when there is no terminal, or the width is unknown.
int system_terminal_columns(int descriptor);

/// A pipe whose ends are closed in children.
int system_pipe(int ends[2]);
/// The same; neither end blocks.
int system_wakeup_pipe(int ends[2]);
/// Has reads and writes fail that would wait.
int system_set_non_blocking(int descriptor);

// Memory

/// Maps zeroed pages; returns null when the system has none left.
void *system_map_pages(size_t size);
void system_unmap_pages(void *pages, size_t size);

// Time, in nanoseconds

int64_t system_monotonic_time(void);
/// Goes on while the machine sleeps.
int64_t system_continuous_time(void);
/// The time since 1970.
int64_t system_calendar_time(void);

// Threads and processors

/// Starts a detached thread and returns an error code, or 0; a stack size of 0 stands for the system's default.
int system_start_thread(size_t stack_size, void *(*body)(void *), void *argument);
/// Returns a value that is the same for all calls of a living thread; a later thread may have that of an ended one.
uintptr_t system_current_thread(void);
/// Returns how many processors this process may run on, as `taskset` or the CPU set of a container limits them.
int system_processor_count(void);

// Limits

/// Fits threads that start from now on to the limits of the process. If the address space is limited, they share one
/// heap, because a heap for each thread would reserve 64 to 128 MiB. If stacks are limited to less than `least_stack`
/// bytes, theirs are that large all the same, because the limit is meant for the main thread. Only with glibc.
void system_fit_threads_to_limits(size_t least_stack);

/// Returns whether /proc shows the processes that this one can see. Swift's runtime reads the state of its threads
/// there, and ends the process when it finds none.
bool system_processes_are_visible(void);

/// Raises the limit on open descriptors as far as that needs no privileges. Returns the limit that holds now.
long system_raise_descriptor_limit(long wanted);

// Signals

/// Returns whether the signal is ignored.
bool system_signal_is_ignored(int number);
/// Installs a handler; system calls that it interrupts are restarted (SA_RESTART).
void system_signal_handle(int number, void (*handler)(int));
void system_signal_ignore(int number);
/// Has the signal do what it does by itself.
void system_signal_reset(int number);
/// Ends the process by the signal, or where it does not kill (PID 1), with the status 128 + number. Registered children
/// are killed before.
_Noreturn void system_die_by_signal(int number);

// Child processes

/// An environment variable by its place, `NAME=value`; null behind the last.
const char *system_environment_variable(long index);

/// Starts a program with the descriptors as its 0, 1 and 2: in a process group of its own, with every signal as it is by
/// default and none blocked. The environment is this process's. The memory of this process is not copied, so that the cost
/// does not grow with it; the calling thread waits until the program is loaded. Returns an error number, or 0.
///
/// The child is registered, at `place`, which is -1 where there is none left: its group is killed when this process ends,
/// whatever ends it short of SIGKILL. There is no moment at which it runs and would be left.
int system_process_start(
  const char *path, char *const arguments[], const int descriptors[3], pid_t *process, int *place);
/// A descriptor that becomes readable when the child has ended; negative with an error.
int system_process_exit_descriptor(pid_t process);
/// Whether a child has ended, also where nothing is known of it. Its status is left where it is.
bool system_process_has_ended(pid_t process);
/// Takes the status of one child, without waiting and without touching others. Returns 0 where it has not ended, 1 with its
/// exit status, 2 with the signal that it died by, or -1 with an error.
int system_process_reap(pid_t process, int *value);
/// Sends a signal to a process and all of its group.
void system_process_signal_group(pid_t process, int number);
/// Whether programs that are started inherit nothing but 0, 1 and 2, even what a library has open for a moment. Without
/// it, they inherit what was opened without O_CLOEXEC after `system_keep_descriptors_from_children`.
bool system_children_have_three_descriptors(void);

/// Closes what this process has inherited, beyond 0, 1 and 2, in all programs that it starts.
void system_keep_descriptors_from_children(void);

/// The child is about to be reaped: its number may then be another process's.
void system_children_remove(int place);
/// Kills the groups of all registered children, and lets no other be started. Safe in a signal handler.
void system_children_kill(void);

// Waiting for many descriptors: epoll, on Darwin kqueue

enum {
  SYSTEM_READABLE = 1,
  SYSTEM_WRITABLE = 2,
  /// An error, or the peer has closed its end; reported without being watched for.
  SYSTEM_FAILED = 4,
};

typedef struct {
  /// The tag with which the descriptor was added.
  uint64_t tag;
  uint8_t readiness;
} SystemEvent;

int system_event_queue(void);
/// Changes what a descriptor is watched for; an empty `now` ends the watch.
int system_event_queue_change(int queue, int descriptor, uint8_t before, uint8_t now, uint64_t tag);
/// Waits until a descriptor is ready, or the time is up; a negative time waits for ever. Returns the number of events.
int system_event_queue_wait(int queue, int milliseconds, SystemEvent *events, int capacity);

// Libraries found at run time

/// The names under which libcurl may be installed.
extern const int system_curl_name_count;
const char *system_curl_name(int index);

#endif
