#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Threads for what may block: the cooperative pool has one thread a core, and a blocked one is lost to every task.
enum SystemThread {
  /// Starts a detached thread that runs the body once.
  static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // These loops are shallow; the default of 8 MiB would only count against a limit on address space.
    pthread_attr_setstacksize(&attributes, 512 * 1024)

    let box = Unmanaged.passRetained(Body(run: body))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        #if canImport(Darwin)
          Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        #else
          Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
        #endif
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
