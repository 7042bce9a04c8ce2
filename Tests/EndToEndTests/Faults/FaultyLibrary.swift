/// A library that is loaded before the C library and makes one of its calls fail, as a disk or a kernel does on a bad day,
/// or writes down what is called. It is compiled when a test first needs it.
enum FaultyLibrary {
  /// What happens from the n-th call on.
  enum Effect: String {
    /// It fails, and so does every later one. A write has written half of its bytes before.
    case fails
    /// Every other one is interrupted by a signal.
    case interrupts
    /// Each does less than it was asked to.
    case shortens
    /// The process is killed before it.
    case killsBefore
    /// The process is killed when it is done; a write has written half of its bytes.
    case killsAfter
    /// Its caller is held up once it is done.
    case delays
  }

  /// nil where there is no compiler, or where libraries cannot be loaded in this way.
  static let path: String? = {
    #if os(Linux)
      guard let compiler = tool("clang") ?? tool("cc") ?? tool("gcc"), let made = try? TemporaryFolder() else {
        return nil
      }
      folder = made
      atexit { FaultyLibrary.folder = nil }
      guard let file = try? made.file("faults.c", source) else { return nil }
      var launch = Launch(["-shared", "-fPIC", "-O1", "-o", made.path + "/faults.so", file, "-ldl"], input: .nothing)
      launch.executable = compiler
      let ending = try? launch.run(within: .seconds(300)).ending
      return ending == .exited(0) ? made.path + "/faults.so" : nil
    #else
      return nil
    #endif
  }()

  nonisolated(unsafe) private static var folder: TemporaryFolder?

  /// The variables that bring it about.
  /// - Parameters:
  ///   - calls: of `read` (of standard input), `write` (to regular files), `pread`, `fsync`, `ftruncate`, `rename`,
  ///     `unlink`, `posix_spawn`, counted together.
  ///   - first: the first call that it happens to, from 1.
  static func environment(
    _ effect: Effect, _ calls: String, from first: Int, code: Int32 = 0
  ) -> [String: String] {
    [
      "LD_PRELOAD": path ?? "", "FAULT_EFFECT": effect.rawValue, "FAULT_CALLS": "," + calls + ",",
      "FAULT_FIRST": String(first), "FAULT_CODE": String(code),
    ]
  }

  /// The variables with which a line for each call that changes a file is added to a log, such as `write out`: the call and
  /// the last part of the file's name.
  static func environment(loggingTo path: String) -> [String: String] {
    ["LD_PRELOAD": Self.path ?? "", "FAULT_LOG": path]
  }

  private static let source = #"""
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <errno.h>
    #include <fcntl.h>
    #include <signal.h>
    #include <spawn.h>
    #include <stdatomic.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <sys/stat.h>
    #include <unistd.h>

    enum effect { NONE, FAILS, INTERRUPTS, SHORTENS, KILLS_BEFORE, KILLS_AFTER, DELAYS };

    static atomic_long calls;

    static const char *setting(const char *name) {
      const char *value = getenv(name);
      return value ? value : "";
    }

    static enum effect named(const char *name) {
      if (!strcmp(name, "fails")) return FAILS;
      if (!strcmp(name, "interrupts")) return INTERRUPTS;
      if (!strcmp(name, "shortens")) return SHORTENS;
      if (!strcmp(name, "killsBefore")) return KILLS_BEFORE;
      if (!strcmp(name, "killsAfter")) return KILLS_AFTER;
      if (!strcmp(name, "delays")) return DELAYS;
      return NONE;
    }

    static int concerns(const char *call) {
      const char *found = strstr(setting("FAULT_CALLS"), call);
      return found && found[-1] == ',' && found[strlen(call)] == ',';
    }

    static int is_file(int fd) {
      struct stat status;
      int code = errno;
      int is = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
      errno = code;
      return is;
    }

    /* What is to happen to this call; *number counts from the first one that it happens to. */
    static enum effect effect_on(const char *call, long *number) {
      if (!concerns(call)) return NONE;
      *number = atomic_fetch_add(&calls, 1) + 1 - atol(setting("FAULT_FIRST"));
      if (*number < 0) return NONE;
      enum effect effect = named(setting("FAULT_EFFECT"));
      if (effect == KILLS_BEFORE) kill(getpid(), SIGKILL);
      if (effect == INTERRUPTS && *number % 2) return NONE;
      return effect;
    }

    static int fail(enum effect effect) {
      errno = effect == INTERRUPTS ? EINTR : atoi(setting("FAULT_CODE"));
      return -1;
    }

    static void note(const char *call, const char *path) {
      const char *name = strrchr(path, '/');
      int log = open(setting("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
      if (log < 0) return;
      dprintf(log, "%s %s\n", call, name ? name + 1 : path);
      close(log);
    }

    static void note_fd(const char *call, int fd) {
      char link[64], path[4096];
      if (!*setting("FAULT_LOG")) return;
      int code = errno;
      snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
      ssize_t length = readlink(link, path, sizeof path - 1);
      if (length > 0) {
        path[length] = 0;
        note(call, path);
      }
      errno = code;
    }

    static size_t less(size_t count) { return count > 1 ? count / 2 : count; }

    #define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

    ssize_t write(int fd, const void *bytes, size_t count) {
      long number;
      enum effect effect = is_file(fd) ? effect_on("write", &number) : NONE;
      if (is_file(fd)) note_fd("write", fd);
      if (effect == INTERRUPTS || (effect == FAILS && number > 0)) return fail(effect);
      int is_whole = effect == NONE;
      ssize_t written = REAL(write)(fd, bytes, is_whole ? count : less(count));
      if (effect == KILLS_AFTER) kill(getpid(), SIGKILL);
      return written;
    }

    /* Of standard input; less at a time, so that there are several. */
    ssize_t read(int fd, void *bytes, size_t count) {
      long number;
      enum effect effect = fd == 0 ? effect_on("read", &number) : NONE;
      if (effect == FAILS || effect == INTERRUPTS) return fail(effect);
      if (fd == 0 && concerns("read") && count > 700) count = 700;
      ssize_t got = REAL(read)(fd, bytes, count);
      if (effect == KILLS_AFTER) kill(getpid(), SIGKILL);
      return got;
    }

    ssize_t pread(int fd, void *bytes, size_t count, off_t offset) {
      long number;
      enum effect effect = effect_on("pread", &number);
      if (effect == FAILS || effect == INTERRUPTS) return fail(effect);
      return REAL(pread)(fd, bytes, effect == SHORTENS ? less(count) : count, offset);
    }

    #define WRAP(name, parameters, arguments, note)                    \
      int name parameters {                                            \
        long number;                                                   \
        note;                                                          \
        enum effect effect = effect_on(#name, &number);                \
        if (effect == FAILS || effect == INTERRUPTS) return fail(effect); \
        int result = REAL(name) arguments;                             \
        if (effect == KILLS_AFTER) kill(getpid(), SIGKILL);            \
        if (effect == DELAYS) usleep(200000);                          \
        return result;                                                 \
      }

    WRAP(fsync, (int fd), (fd), note_fd("fsync", fd))
    WRAP(ftruncate, (int fd, off_t size), (fd, size), note_fd("ftruncate", fd))
    WRAP(rename, (const char *from, const char *to), (from, to), note("rename", from))
    WRAP(unlink, (const char *path), (path), (void)0)
    WRAP(posix_spawn, (pid_t *process, const char *path, const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attributes, char *const arguments[], char *const variables[]),
         (process, path, actions, attributes, arguments, variables), (void)0)
    """#
}
