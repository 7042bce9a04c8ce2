import Basics
import BoundedConcurrency
import CLibrary
import Synchronization

/// The records that wait for the writing thread, and how it stands with it. Pure.
struct OutputQueue {
  var pending: [UInt8] = []
  /// The number of bytes that the thread or a caller is writing.
  var beingWritten = 0
  /// Whether a caller is writing. The thread then leaves the descriptor to the caller, which wakes it if there is
  /// more.
  var isLent = false
  /// The records in `pending` that have not been counted as written.
  var records = 0
  /// The number of bytes of all calls so far.
  var enqueued = 0
  var isAsleep = false
  var isFinishing = false
  var finished: UnsafeContinuation<Void, Never>?
  var hasEnded = false
  /// The room that the descriptor had when it was asked last.
  private var known: KnownRoom?

  /// What the descriptor had room for at some time.
  struct KnownRoom {
    let bytes: Int
    /// How many bytes had been written before.
    let writtenBefore: Int
    let asked: Instant
  }

  /// How long room counts as certain without asking again. Only another process that writes to the same pipe can take
  /// it meanwhile.
  private static let roomLasts = Duration.milliseconds(1)

  mutating func learn(_ room: KnownRoom) {
    known = room
  }

  /// Returns the room that is left of what was there when the descriptor was asked last, if these bytes certainly fit
  /// behind what waits.
  /// - Parameter written: how many bytes have been written so far.
  func certainRoom(for count: Int, written: Int, at now: Instant) -> Int? {
    guard let known, now - known.asked < Self.roomLasts else { return nil }
    let room = known.bytes - (written - known.writtenBefore)
    return beingWritten + pending.count + count <= room ? room : nil
  }

  /// Takes some records. Returns what the caller has to do, and whether the records already count as written.
  mutating func take(_ bytes: [UInt8], _ records: Int, room: Int, anticipates: Bool) -> (
    OutputHandover, isAsGoodAsWritten: Bool
  ) {
    // After a failure nothing can be written.
    guard !hasEnded else { return (.leave, false) }
    if isAsleep, !isLent, pending.isEmpty, bytes.count <= room {
      isLent = true
      beingWritten = bytes.count
      return (.write, false)
    }
    let mustWake = isAsleep && !isLent
    if mustWake { isAsleep = false }
    pending += bytes
    let isAsGoodAsWritten = anticipates && beingWritten + pending.count <= room
    if !isAsGoodAsWritten { self.records += records }
    return (mustWake ? .wake : .leave, isAsGoodAsWritten)
  }

  /// Returns what the thread has to do. Everything that is pending moves into the batch, which must be empty.
  mutating func next(_ batch: inout [UInt8]) -> OutputStep {
    if isLent {
      isAsleep = true
      return .sleep
    }
    beingWritten = 0
    guard !pending.isEmpty else {
      isAsleep = !isFinishing
      return isFinishing ? .end : .sleep
    }
    swap(&batch, &pending)
    beingWritten = batch.count
    defer { records = 0 }
    return .write(records: records)
  }

  /// Records that a caller has written the first bytes of its records.
  /// - Parameter written: how many bytes have been written so far, with these.
  /// - Returns: what the caller does next; the thread sleeps while a caller writes. After `.write`, it writes what
  ///   `takeWaiting` returns: where there certainly is room, this costs less than to wake the thread.
  mutating func wrote(
    _ count: Int, of bytes: [UInt8], _ records: Int, written: Int, at now: @autoclosure () -> Instant
  ) -> OutputHandover {
    beingWritten = 0
    if count < bytes.count {
      pending.insert(contentsOf: bytes[count...], at: 0)
      self.records += records
    } else if !pending.isEmpty, !isFinishing, certainRoom(for: 0, written: written, at: now()) != nil {
      return .write
    }
    isLent = false
    guard !pending.isEmpty || isFinishing else { return .leave }
    isAsleep = false
    return .wake
  }

  /// Returns what waits, and how many of its records have not been counted as written.
  mutating func takeWaiting() -> (bytes: [UInt8], records: Int) {
    defer { (pending, records) = ([], 0) }
    beingWritten = pending.count
    return (pending, records)
  }
}

/// What the thread has to do.
enum OutputStep: Equatable {
  case write(records: Int)
  case end
  case sleep
}

/// What a caller of `enqueue` has to do.
enum OutputHandover {
  case leave, wake, write
}

/// Writes records to a descriptor. `enqueue` never waits. Where the descriptor certainly has room, the caller writes
/// its record itself and wakes no thread. Otherwise a thread writes it, and everything that is enqueued meanwhile goes
/// out together in the next write. A slow reader thus gets large writes, and a fast one gets each record at once. The
/// caller limits the length of the queue; it is told how many records have been written.
public final class OutputWriter: Sendable {
  public enum WriterEvent: Sendable {
    /// This many more records are written, or can be written without waiting for the reader.
    case written(Int)
    /// A write failed, or the reader has closed its end (`brokenPipe`), which is noticed even while there is nothing to
    /// write. Nothing more is written.
    case failed(SystemError)
  }

  /// The room assumed in a regular file, in bytes: a file has no reader to wait for.
  private static let roomInFile = 65_536

  private let state = Lock(OutputQueue())
  /// The bytes that have been written; counted before `beingWritten` is lowered, so that none are counted in neither.
  private let written = Atomic<Int>(0)
  private let wakeup: WakeupPipe
  private let descriptor: FileDescriptor
  private let closesAtEnd: Bool
  private let isRegularFile: Bool
  private let anticipates: Bool
  private let onEvent: @Sendable (WriterEvent) -> Void

  /// - Parameters:
  ///   - closesAtEnd: whether the descriptor is closed once everything is written; some file systems report errors only
  ///     then.
  ///   - anticipates: whether records for which there certainly is room count as written before they are.
  ///   - onEvent: called on the writer's thread, or by `enqueue`; it must not block.
  /// - Throws: when the system has no descriptor or thread left.
  public init(
    _ descriptor: FileDescriptor, closesAtEnd: Bool, anticipates: Bool = true,
    onEvent: @escaping @Sendable (WriterEvent) -> Void
  ) throws(SystemError) {
    self.descriptor = descriptor
    self.closesAtEnd = closesAtEnd
    self.anticipates = anticipates
    self.onEvent = onEvent
    isRegularFile = descriptor.regularFile != nil
    wakeup = try WakeupPipe()
    try SystemThread.start { self.run() }
  }

  /// Enqueues whole lines, which are written in the order of the calls. Where the descriptor certainly has room for
  /// everything that is still to be written, the lines are written, or count as written, at once. A caller that waits
  /// for that need not wait for the thread.
  /// - Returns: the number of bytes that go out before these lines.
  @discardableResult
  public func enqueue(_ bytes: [UInt8], records: Int = 1) -> Int {
    let now = Instant.now
    // A pipe that has room has room for many records: it need not be asked for each.
    let handover = state.withLock { state in
      state.certainRoom(for: bytes.count, written: written.load(ordering: .acquiring), at: now).map { room in
        take(bytes, records, room: room, &state)
      }
    }
    let (step, isAsGoodAsWritten, place) = handover ?? takeAsking(bytes, records, at: now)
    switch step {
    case .leave: break
    case .wake: wakeup.signal()
    case .write: write(bytes, records)
    }
    if isAsGoodAsWritten { onEvent(.written(records)) }
    return place
  }

  private typealias Handover = (step: OutputHandover, isAsGoodAsWritten: Bool, place: Int)

  private func take(_ bytes: [UInt8], _ records: Int, room: Int, _ state: inout OutputQueue) -> Handover {
    let place = state.enqueued
    state.enqueued += bytes.count
    let (step, fits) = state.take(bytes, records, room: room, anticipates: anticipates)
    return (step, fits, place)
  }

  /// Asks the descriptor for its room first.
  private func takeAsking(_ bytes: [UInt8], _ records: Int, at now: Instant) -> Handover {
    // Asked before the lock. Whatever was written since may have taken some of the room.
    let writtenBefore = written.load(ordering: .acquiring)
    let found = isRegularFile ? Self.roomInFile : descriptor.certainRoom
    return state.withLock { state in
      if found > 0 { state.learn(.init(bytes: found, writtenBefore: writtenBefore, asked: now)) }
      let room = found - (written.load(ordering: .acquiring) - writtenBefore)
      return take(bytes, records, room: room, &state)
    }
  }

  /// Writes as much as the descriptor takes. The rest is left to the thread, and so is a failure.
  private func write(_ bytes: [UInt8], _ records: Int) {
    var (bytes, records) = (bytes, records)
    while true {
      let count = bytes.withUnsafeBytes { (try? descriptor.writeOnce($0)) ?? 0 }
      let isWhole = count == bytes.count
      let soFar = written.add(count, ordering: .acquiringAndReleasing).newValue
      let (step, next) = state.withLock { state in
        let step = state.wrote(count, of: bytes, records, written: soFar, at: .now)
        return (step, step == .write ? state.takeWaiting() : nil)
      }
      if step == .wake { wakeup.signal() }
      if isWhole, records > 0 { onEvent(.written(records)) }
      guard let next else { return }
      (bytes, records) = next
    }
  }

  /// Returns when everything is written, or writing has failed. Nothing may be enqueued afterwards.
  public func finish() async {
    await withUnsafeContinuation { continuation in
      let hasEnded = state.withLock { state in
        state.isFinishing = true
        if !state.hasEnded { state.finished = continuation }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() } else { wakeup.signal() }
    }
  }

  private func run() {
    // Two buffers take turns: one is filled while the other is written, and neither is allocated again.
    var batch: [UInt8] = []
    do throws(SystemError) {
      loop: while true {
        batch.removeAll(keepingCapacity: true)
        let step = state.withLock { $0.next(&batch) }
        switch step {
        case .write(let records):
          try batch.withUnsafeBufferPointer { bytes throws(SystemError) in
            try descriptor.writeAll(UnsafeRawBufferPointer(bytes))
          }
          written.add(batch.count, ordering: .acquiringAndReleasing)
          if records > 0 { onEvent(.written(records)) }
        case .end:
          break loop
        case .sleep:
          try sleepUntilWoken()
        }
      }
      if closesAtEnd { try descriptor.close() }
    } catch {
      onEvent(.failed(error))
    }
    let waiting = state.withLock { state in
      state.hasEnded = true
      return state.finished.take()
    }
    waiting?.resume()
  }

  /// Waits for `enqueue` or `finish`, and meanwhile notices when the reader closes its end.
  private func sleepUntilWoken() throws(SystemError) {
    var entries = [wakeup.pollEntry, pollfd(fd: descriptor.rawValue, events: 0, revents: 0)]
    while true {
      try wait(for: &entries)
      if entries[0].revents != 0 {
        wakeup.drain()
        return
      }
      if entries[1].revents & Int16(POLLNVAL) != 0 { throw .badDescriptor }
      if entries[1].revents & Int16(POLLERR | POLLHUP) != 0 { throw .brokenPipe }
    }
  }
}
