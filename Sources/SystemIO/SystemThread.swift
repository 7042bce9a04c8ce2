import BoundedConcurrency
import CLibrary

/// Threads for what may block: the cooperative pool has one thread a core, and a blocked one is lost to every task.
public enum SystemThread {
  /// Whether Swift's runtime can see the threads of this process in /proc. Where it cannot, it ends the process as soon as
  /// it looks.
  public static var areVisible: Bool { system_processes_are_visible() }

  /// Starts a detached thread that runs the body once.
  static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    // These loops are shallow; the default of 8 MiB would only count against a limit on address space.
    try start(stackSize: 512 * 1024, body)
  }

  /// Makes sure that so many threads more can be started, with stacks of the size that the system gives by itself: the
  /// runtime's own threads have those, and it waits for ever for one that it cannot start. Each allocates something, so
  /// that the address space which the allocator reserves for every thread is there too; later threads take it over.
  /// Beside them there must be room for what the run itself allocates: the runtime does not survive where there is none.
  /// - Throws: where the system does not let this process or this user have so many, or has no memory left for them.
  public static func requireSpare(_ count: Int) throws(SystemError) {
    system_fit_threads_to_limits(leastStack)
    let release = try Wakeup()
    let ended = try Wakeup()
    var started = 0
    defer {
      // Each takes one byte, and answers with one. None may be left: they count against the limit as well.
      for _ in 0..<started { release.signal() }
      var seen = 0
      while seen < started {
        var entry = [ended.pollEntry]
        try? wait(for: &entry)
        seen += ended.drain().count
      }
      for end in [release.readEnd, release.writeEnd, ended.readEnd, ended.writeEnd] {
        try? Descriptor(rawValue: end).close()
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
  /// Three times what a run with the built-in engine allocates, in bytes.
  private static let leastMemory = 32 << 20

  /// - Parameter stackSize: 0 for what the system gives by itself.
  private static func start(stackSize: Int, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let box = Unmanaged.passRetained(Body(run: body))
    let code = system_start_thread(
      stackSize,
      { argument in
        Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    if code != 0 {
      box.release()
      throw SystemError(code: code)
    }
  }

  /// Holds up the calling thread, for less than a second; a signal may end that early.
  static func sleep(for time: Duration) {
    var time = timespec(tv_sec: 0, tv_nsec: Int(time.components.attoseconds / 1_000_000_000))
    nanosleep(&time, nil)
  }

  /// Lets other threads and processes run, if any wait for this processor.
  public static func yield() {
    sched_yield()
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }
}

/// Runs on a thread of its own what may block for long, and returns when it has run.
public func onOwnThread(_ body: @escaping @Sendable () -> Void) async {
  await withUnsafeContinuation { continuation in
    do throws(SystemError) {
      try SystemThread.start {
        body()
        continuation.resume()
      }
    } catch {
      // No thread left: better late than never.
      body()
      continuation.resume()
    }
  }
}
