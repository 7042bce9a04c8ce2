import BoundedConcurrency
import CLibrary

/// Threads for blocking work: the cooperative pool has one thread a core, and a blocked one is lost to every task.
public enum SystemThread {
  /// Whether Swift's runtime can see the threads of this process in /proc. If it cannot, it ends the process as soon as
  /// it looks there.
  public static var areVisible: Bool { system_processes_are_visible() }

  /// Starts a detached thread that runs the body once.
  static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    // The loops on these threads are shallow. The default stack of 8 MiB would only count against a limit on address
    // space.
    try start(stackSize: 512 * 1024, body)
  }

  /// Checks that this many more threads can be started, with stacks of the system's default size. The runtime's own
  /// threads have such stacks, and the runtime waits for ever for a thread that it cannot start. Each thread here
  /// allocates memory, so that the address space that the allocator reserves for every thread is available, too; later
  /// threads take it over. There must also be room for what the run itself allocates, because the runtime does not
  /// survive a failed allocation.
  /// - Throws: when the system does not allow this process or this user that many threads, or has no memory left for
  ///   them.
  public static func requireSpare(_ count: Int) throws(SystemError) {
    system_fit_threads_to_limits(leastStack)
    let release = try WakeupPipe()
    let ended = try WakeupPipe()
    var started = 0
    defer {
      // Each thread takes one byte, and answers with one. No thread may be left: it would count against the limit.
      for _ in 0..<started { release.signal() }
      var seen = 0
      while seen < started {
        var entry = [ended.pollEntry]
        try? wait(for: &entry)
        seen += ended.drain().count
      }
      for end in [release.readEnd, release.writeEnd, ended.readEnd, ended.writeEnd] {
        try? FileDescriptor(rawValue: end).close()
      }
    }
    for _ in 0..<count {
      try start(stackSize: 0) {
        UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 16).deallocate()
        var byte: UInt8 = 0
        while read(release.readEnd, &byte, 1) < 1 {
          var entry = [release.pollEntry]
          try? wait(for: &entry)
        }
        ended.signal()
      }
      started += 1
    }
    guard let room = system_map_pages(leastMemory) else { throw SystemError(code: ENOMEM) }
    system_unmap_pages(room, leastMemory)
  }

  /// Far more than the deepest calls of the engine need, in bytes.
  private static let leastStack = 1 << 20
  /// Three times the memory of a run with the built-in engine, in bytes.
  private static let leastMemory = 32 << 20

  /// - Parameter stackSize: the size in bytes; 0 for the system's default.
  private static func start(stackSize: Int, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let box = Unmanaged.passRetained(ThreadBody(run: body))
    let code = system_start_thread(
      stackSize,
      { argument in
        Unmanaged<ThreadBody>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    if code != 0 {
      box.release()
      throw SystemError(code: code)
    }
  }

  /// Blocks the calling thread for less than a second; a signal may end that early.
  static func sleep(for time: Duration) {
    var time = timespec(tv_sec: 0, tv_nsec: Int(time.components.attoseconds / 1_000_000_000))
    nanosleep(&time, nil)
  }

  /// Lets other threads and processes run, if any wait for this processor.
  public static func yield() {
    sched_yield()
  }

  private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }
}

/// Runs a closure that may block for long on a thread of its own, and returns when the closure has run.
public func onOwnThread(_ body: @escaping @Sendable () -> Void) async {
  await withUnsafeContinuation { continuation in
    do throws(SystemError) {
      try SystemThread.start {
        body()
        continuation.resume()
      }
    } catch {
      // No thread could be started, so the closure blocks this one.
      body()
      continuation.resume()
    }
  }
}
