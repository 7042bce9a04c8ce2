import CLibrary

/// The events that a descriptor is ready for, or watched for.
public struct DescriptorReadiness: OptionSet, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let readable = DescriptorReadiness(rawValue: UInt8(SYSTEM_READABLE))
  public static let writable = DescriptorReadiness(rawValue: UInt8(SYSTEM_WRITABLE))
  /// An error, or the peer has closed its end; reported without being watched for.
  public static let failed = DescriptorReadiness(rawValue: UInt8(SYSTEM_FAILED))
}

/// The kernel's list of watched descriptors, and the wait for any of them. The cost of a wait does not depend on the
/// length of the list.
struct EventQueue: Sendable {
  struct DescriptorEvent {
    /// The tag with which the descriptor was added.
    var tag: UInt64
    var readiness: DescriptorReadiness
  }

  /// The most events that one wait returns.
  private static let capacity = 128

  private let queue: Int32

  init() throws(SystemError) {
    queue = system_event_queue()
    if queue < 0 { throw .current }
  }

  /// Changes what a descriptor is watched for; an empty set ends the watch.
  func change(_ descriptor: Int32, from old: DescriptorReadiness, to new: DescriptorReadiness, tag: UInt64)
    throws(SystemError)
  {
    if system_event_queue_change(queue, descriptor, old.rawValue, new.rawValue, tag) < 0 { throw .current }
  }

  /// Waits until a descriptor is ready, or the time is up; -1 waits for ever. The new events replace the old ones.
  /// There are none if the call was interrupted or failed; the caller then waits again.
  func wait(milliseconds: Int32, into events: inout [DescriptorEvent]) {
    events.removeAll(keepingCapacity: true)
    withUnsafeTemporaryAllocation(of: SystemEvent.self, capacity: Self.capacity) { buffer in
      let count = system_event_queue_wait(queue, milliseconds, buffer.baseAddress, Int32(Self.capacity))
      for event in buffer.prefix(Int(count)) {
        events.append(DescriptorEvent(tag: event.tag, readiness: DescriptorReadiness(rawValue: event.readiness)))
      }
    }
  }
}

/// A pipe within the process, by which other threads and signal handlers wake a thread that waits in `poll`.
struct WakeupPipe: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    if system_wakeup_pipe(&ends) < 0 { throw .current }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  /// Wakes the waiting thread; if it does not wait now, its next wait ends at once.
  func signal() {
    var byte: UInt8 = 0
    // A full pipe (EAGAIN) wakes the thread as well as one more byte would.
    _ = write(writeEnd, &byte, 1)
  }

  /// Removes the bytes that `signal` or a signal handler wrote, and returns them, oldest first.
  @discardableResult
  func drain() -> [UInt8] {
    var taken: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64)
    while true {
      let count = read(readEnd, &buffer, buffer.count)
      guard count > 0 else { return taken }
      taken += buffer[..<count]
      if count < buffer.count { return taken }
    }
  }

  var pollEntry: pollfd { pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0) }
}
