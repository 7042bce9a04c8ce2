#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import CLibrary
  import Musl
#else
  import CLibrary
  import Glibc
#endif

/// What a descriptor is ready for, or is watched for.
public struct Readiness: OptionSet, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let readable = Readiness(rawValue: 1)
  public static let writable = Readiness(rawValue: 2)
  /// An error, or the other end has gone: told without being asked for.
  public static let failed = Readiness(rawValue: 4)
}

/// The system's list of descriptors that are watched, and the wait for any of them: epoll, on Darwin kqueue. Waiting
/// costs the same however long the list is.
struct EventQueue: Sendable {
  struct Event {
    /// What was given when the descriptor was added.
    var tag: UInt64
    var readiness: Readiness
  }

  private let queue: Int32

  #if canImport(Darwin)
    init() throws(SystemError) {
      queue = kqueue()
      if queue < 0 { throw .current }
      _ = fcntl(queue, F_SETFD, FD_CLOEXEC)
    }

    /// Watches the descriptor for something else than before; an empty set ends it.
    func change(_ descriptor: Int32, from old: Readiness, to new: Readiness, tag: UInt64) throws(SystemError) {
      for (filter, part) in [(EVFILT_READ, Readiness.readable), (EVFILT_WRITE, .writable)] {
        guard old.contains(part) || new.contains(part) else { continue }
        var change = Darwin.kevent()
        change.ident = UInt(descriptor)
        change.filter = Int16(filter)
        change.flags = UInt16(new.contains(part) ? EV_ADD : EV_DELETE)
        change.udata = UnsafeMutableRawPointer(bitPattern: UInt(tag))
        if kevent(queue, &change, 1, nil, 0, nil) < 0 { throw .current }
      }
    }

    /// Waits until a descriptor is ready, or the time is up; -1 waits for ever. The events replace those of before.
    func wait(milliseconds: Int32, into events: inout [Event]) {
      let ready = withUnsafeTemporaryAllocation(of: Darwin.kevent.self, capacity: 128) { buffer in
        var time = timespec(tv_sec: Int(milliseconds) / 1000, tv_nsec: Int(milliseconds) % 1000 * 1_000_000)
        let count =
          milliseconds < 0
          ? kevent(queue, nil, 0, buffer.baseAddress, 128, nil) : kevent(queue, nil, 0, buffer.baseAddress, 128, &time)
        return buffer.prefix(max(0, Int(count))).map { event in
          let failed: Readiness = event.flags & UInt16(EV_EOF | EV_ERROR) != 0 ? .failed : []
          let part: Readiness = event.filter == Int16(EVFILT_READ) ? .readable : .writable
          return Event(tag: UInt64(UInt(bitPattern: event.udata)), readiness: part.union(failed))
        }
      }
      events = ready
    }
  #else
    init() throws(SystemError) {
      queue = epoll_create1(Int32(EPOLL_CLOEXEC))
      if queue < 0 { throw .current }
    }

    /// Watches the descriptor for something else than before; an empty set ends it.
    func change(_ descriptor: Int32, from old: Readiness, to new: Readiness, tag: UInt64) throws(SystemError) {
      var event = epoll_event()
      if new.contains(.readable) { event.events |= EPOLLIN.rawValue }
      if new.contains(.writable) { event.events |= EPOLLOUT.rawValue }
      event.data.u64 = tag
      let operation = old.isEmpty ? EPOLL_CTL_ADD : new.isEmpty ? EPOLL_CTL_DEL : EPOLL_CTL_MOD
      if epoll_ctl(queue, operation, descriptor, &event) < 0 { throw .current }
    }

    /// Waits until a descriptor is ready, or the time is up; -1 waits for ever. The events replace those of before.
    func wait(milliseconds: Int32, into events: inout [Event]) {
      events.removeAll(keepingCapacity: true)
      withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 128) { buffer in
        // What interrupts or fails the call is tried again by the caller's loop: there is nobody to tell.
        let count = epoll_wait(queue, buffer.baseAddress, 128, milliseconds)
        for event in buffer.prefix(max(0, Int(count))) {
          var readiness: Readiness = []
          if event.events & EPOLLIN.rawValue != 0 { readiness.insert(.readable) }
          if event.events & EPOLLOUT.rawValue != 0 { readiness.insert(.writable) }
          if event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { readiness.insert(.failed) }
          events.append(Event(tag: event.data.u64, readiness: readiness))
        }
      }
    }
  #endif
}
