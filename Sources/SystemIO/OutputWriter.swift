import BoundedConcurrency
import CLibrary
import Synchronization

/// Writes records to a descriptor. `enqueue` never waits: where the descriptor certainly has room, the caller writes its
/// record itself, and wakes nobody; else a thread does it, and whatever was enqueued meanwhile goes out together in the
/// next write. So a slow reader gets large writes and a quick one gets each record at once. What bounds the queue is the
/// caller, who is told how many records have been written.
public final class OutputWriter: Sendable {
  public enum Event: Sendable {
    /// This many more records are out, or can be without waiting for the reader.
    case written(Int)
    /// A write failed, or (`brokenPipe`) the reader has gone, noticed also while there is nothing to write. Nothing
    /// more is written.
    case failed(SystemError)
  }

  struct State {
    var pending: [UInt8] = []
    /// How many bytes the thread, or a caller, is writing just now.
    var beingWritten = 0
    /// A caller writes; the thread leaves the descriptor to it, and is woken if there is more.
    var isLent = false
    /// Those of `pending` that have not been counted as written yet.
    var records = 0
    /// The bytes of all calls so far.
    var enqueued = 0
    var isAsleep = false
    var isFinishing = false
    var finished: UnsafeContinuation<Void, Never>?
    var hasEnded = false

    /// Takes over some records; says what the caller is to do, and whether they count as written already.
    mutating func take(_ bytes: [UInt8], _ records: Int, room: Int, anticipates: Bool) -> (
      Handover, isAsGoodAsWritten: Bool
    ) {
      // After a failure there is nowhere to write it.
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
  }

  /// A file makes nobody wait for a reader.
  private static let roomInFile = 65_536

  /// What a caller is to do.
  enum Handover {
    case leave, wake, write
  }

  private let state = Lock(State())
  /// The bytes that have been written; counted before `beingWritten` is lowered, so that none are counted in neither.
  private let written = Atomic<Int>(0)
  private let wakeup: Wakeup
  private let descriptor: Descriptor
  private let closesAtEnd: Bool
  private let isRegularFile: Bool
  private let anticipates: Bool
  private let onEvent: @Sendable (Event) -> Void

  /// - Parameters:
  ///   - closesAtEnd: whether the descriptor is closed once all is written; some file systems report only then.
  ///   - anticipates: whether records that certainly have room count as written before they are.
  ///   - onEvent: called on the writer's thread, or by `enqueue`; it must not block.
  /// - Throws: where the system has no descriptor or thread left.
  public init(
    _ descriptor: Descriptor, closesAtEnd: Bool, anticipates: Bool = true, onEvent: @escaping @Sendable (Event) -> Void
  ) throws(SystemError) {
    self.descriptor = descriptor
    self.closesAtEnd = closesAtEnd
    self.anticipates = anticipates
    self.onEvent = onEvent
    isRegularFile = descriptor.regularFile != nil
    wakeup = try Wakeup()
    try SystemThread.start { self.run() }
  }

  /// Hands over whole lines to be written in the order of the calls. Where the descriptor certainly has room for all that
  /// is still to be written, they are written, or count as written, at once: who waits for that need not wait for the
  /// thread.
  /// - Returns: how many bytes go out before these.
  @discardableResult
  public func enqueue(_ bytes: [UInt8], records: Int = 1) -> Int {
    // Asked before the lock. Whatever was written since may have taken some of the room.
    let writtenBefore = written.load(ordering: .acquiring)
    let found = isRegularFile ? Self.roomInFile : descriptor.certainRoom
    let (step, isAsGoodAsWritten, place) = state.withLock { state in
      let room = found - (written.load(ordering: .acquiring) - writtenBefore)
      let place = state.enqueued
      state.enqueued += bytes.count
      let (step, fits) = state.take(bytes, records, room: room, anticipates: anticipates)
      return (step, fits, place)
    }
    switch step {
    case .leave: break
    case .wake: wakeup.signal()
    case .write: write(bytes, records)
    }
    if isAsGoodAsWritten { onEvent(.written(records)) }
    return place
  }

  /// Writes what the descriptor has room for. What it does not take after all, or fails on, is left to the thread.
  private func write(_ bytes: [UInt8], _ records: Int) {
    let count = bytes.withUnsafeBytes { (try? descriptor.writeOnce($0)) ?? 0 }
    written.add(count, ordering: .acquiringAndReleasing)
    let mustWake = state.withLock { state in
      state.isLent = false
      state.beingWritten = 0
      if count < bytes.count {
        state.pending.insert(contentsOf: bytes[count...], at: 0)
        state.records += records
      }
      // The thread sleeps as long as a caller writes.
      let mustWake = !state.pending.isEmpty || state.isFinishing
      if mustWake { state.isAsleep = false }
      return mustWake
    }
    if mustWake { wakeup.signal() }
    if count == bytes.count { onEvent(.written(records)) }
  }

  /// Returns when all is written, or writing has failed. Nothing may be enqueued after it.
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

  private enum Step {
    case write(records: Int)
    case end
    case sleep
  }

  private func run() {
    // Two buffers take turns: one is filled while the other is written, and neither is allocated again.
    var batch: [UInt8] = []
    do throws(SystemError) {
      loop: while true {
        batch.removeAll(keepingCapacity: true)
        let step = state.withLock { state -> Step in
          if state.isLent {
            state.isAsleep = true
            return .sleep
          }
          state.beingWritten = 0
          guard !state.pending.isEmpty else {
            state.isAsleep = !state.isFinishing
            return state.isFinishing ? .end : .sleep
          }
          swap(&batch, &state.pending)
          state.beingWritten = batch.count
          defer { state.records = 0 }
          return .write(records: state.records)
        }
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

  /// Waits for `enqueue` or `finish`, and watches for the reader's end meanwhile.
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
