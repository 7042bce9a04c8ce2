import BoundedConcurrency

extension Poller {
  /// Has a handler called on the poller's thread for as long as the descriptor is ready for one of these, or has failed;
  /// instead of what it was watched for before. The watch has to be ended before the descriptor is closed.
  /// - Throws: where the system cannot watch it (a regular file), or has no memory left.
  public func watch(
    _ descriptor: Descriptor, for readiness: Readiness, handler: @escaping @Sendable (Readiness) -> Void
  ) throws(SystemError) {
    try state.withLock { state throws(SystemError) in
      let change = state.watches.set(descriptor, readiness, handler)
      do throws(SystemError) {
        try queue.change(descriptor.rawValue, from: change.old, to: readiness, tag: change.tag)
      } catch {
        _ = state.watches.remove(descriptor)
        throw error
      }
    }
  }

  /// Ends a watch. On the poller's thread, the handler is not called again.
  public func unwatch(_ descriptor: Descriptor) {
    state.withLock { state in
      guard let old = state.watches.remove(descriptor) else { return }
      // A descriptor that was closed too early has left the queue by itself.
      try? queue.change(descriptor.rawValue, from: old, to: [], tag: 0)
    }
  }

  /// Has the first of these signals handled instead of ending the process; a second one, of any kind, ends it at once.
  /// Signals that were ignored at start stay ignored. To be called once.
  /// - Parameter notices: are handled as often as they come, and stop nothing.
  /// - Parameter handler: called on the poller's thread; it must not block.
  /// - Throws: where the system has no descriptor left.
  public func trap(
    _ signals: [Signal], notices: [Signal] = [], handler: @escaping @Sendable (Signal) -> Void
  ) throws(SystemError) {
    let pipe = try StopSignals.trap(signals, notices: notices)
    try watch(Descriptor(rawValue: pipe.readEnd), for: .readable) { _ in
      for number in pipe.drain() { handler(Signal(rawValue: Int32(number))) }
    }
  }
}

/// Who is called for which descriptor. The kernel hands a tag back with each event; it holds a count beside the number
/// of the descriptor, so that an event of a watch that has ended is not taken for one of the next with that number.
struct WatchTable {
  private struct Watch {
    var readiness: Readiness
    var tag: UInt64
    var handler: @Sendable (Readiness) -> Void
  }

  /// Belongs to no descriptor: the poller's own.
  static let wakeupTag = UInt64.max

  private var watches: [Int32: Watch] = [:]
  private var generation: UInt32 = 0

  /// - Returns: what the descriptor was watched for, and the tag for its events.
  mutating func set(
    _ descriptor: Descriptor, _ readiness: Readiness, _ handler: @escaping @Sendable (Readiness) -> Void
  ) -> (old: Readiness, tag: UInt64) {
    if let old = watches[descriptor.rawValue] {
      watches[descriptor.rawValue] = Watch(readiness: readiness, tag: old.tag, handler: handler)
      return (old.readiness, old.tag)
    }
    generation &+= 1
    let tag = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor.rawValue))
    watches[descriptor.rawValue] = Watch(readiness: readiness, tag: tag, handler: handler)
    return ([], tag)
  }

  /// - Returns: what it was watched for; nil where it was not.
  mutating func remove(_ descriptor: Descriptor) -> Readiness? {
    watches.removeValue(forKey: descriptor.rawValue)?.readiness
  }

  func handler(for tag: UInt64) -> (@Sendable (Readiness) -> Void)? {
    guard let watch = watches[Int32(truncatingIfNeeded: tag)], watch.tag == tag else { return nil }
    return watch.handler
  }
}
