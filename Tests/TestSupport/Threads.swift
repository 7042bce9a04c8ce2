// Threads for what blocks: a blocked thread of the cooperative pool is lost to every task.

/// Runs the body once on a new, detached thread.
/// - Parameter stackSize: in bytes; nil for the system's default, which is too much for thousands of threads.
package func startThread(
  stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void
) throws(SystemFailure) {
  pthread_detach(try makeThread(stackSize: stackSize, body))
}

/// Runs the body on so many new threads at once, and returns when all of them have ended.
package func onThreads(_ count: Int, _ body: @escaping @Sendable () -> Void) {
  let threads = (0..<count).map { _ in try! makeThread(body) }
  for thread in threads { pthread_join(thread, nil) }
}

/// Returns what the body returns that runs on a thread of its own.
package func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    do {
      try startThread { continuation.resume(with: Result { try body() }) }
    } catch {
      continuation.resume(throwing: error)
    }
  }
}

private func makeThread(
  stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void
) throws(SystemFailure) -> pthread_t {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  if let stackSize { pthread_attr_setstacksize(&attributes, stackSize) }

  let box = Unmanaged.passRetained(Box(body))
  // Darwin's pthread_t is a pointer, and null at first; what a thread is given is never null there.
  #if canImport(Darwin)
    var thread: pthread_t!
    let code = pthread_create(&thread, &attributes, { run($0) }, box.toOpaque())
  #else
    var thread = pthread_t()
    let code = pthread_create(&thread, &attributes, { run($0!) }, box.toOpaque())
  #endif
  guard code == 0 else {
    box.release()
    throw SystemFailure("pthread_create", code)
  }
  return thread
}

private func run(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
  return nil
}

private final class Box: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
