import Basics
import BoundedConcurrency
import Testing

@testable import SystemIO
import TestSupport

@Suite(.timeLimit(.minutes(20))) struct OutputWriterTests {
  /// What a writer told, for a test to wait for.
  final class Events: Sendable {
    private let stream: AsyncStream<OutputWriter.WriterEvent>
    private let continuation: AsyncStream<OutputWriter.WriterEvent>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    @Sendable func take(_ event: OutputWriter.WriterEvent) { continuation.yield(event) }

    func next() async -> OutputWriter.WriterEvent? {
      for await event in stream { return event }
      return nil
    }
  }

  @Test func aRecordIsWrittenAtOnceAndReported() async throws {
    let pipe = try TestPipe()
    let events = Events()
    let writer = try OutputWriter(pipe.writeEnd, closesAtEnd: true, onEvent: events.take)
    for word in ["one\n", "two\n"] {
      writer.enqueue(Array(word.utf8))
      guard case .written(1)? = await events.next() else {
        Issue.record("not written before the next record")
        return
      }
    }
    await writer.finish()
    #expect(String(decoding: pipe.readToEnd(), as: UTF8.self) == "one\ntwo\n")
  }

  @Test func everythingArrivesOnceAndInOrderThroughANonBlockingPipe() async throws {
    let pipe = try TestPipe()
    _ = fcntl(pipe.writeEnd.rawValue, F_SETFL, O_NONBLOCK)
    let counted = Lock(0)
    let writer = try OutputWriter(pipe.writeEnd, closesAtEnd: true) { event in
      if case .written(let records) = event { counted.withLock { $0 += records } }
    }
    var expected: [UInt8] = []
    for number in 0..<20_000 {
      let line = Array("record \(number) \(String(repeating: "x", count: number % 90))\n".utf8)
      expected += line
      writer.enqueue(line)
    }
    async let finished: Void = writer.finish()
    let received = await Task.detached { pipe.readToEnd() }.value
    await finished
    #expect(received == expected)
    #expect(counted.withLock { $0 } == 20_000)
  }

  @Test func behindAStuckReaderOnlyWhatIsInThePipeCountsAsWritten() async throws {
    let pipe = try TestPipe()
    let counted = Lock(0)
    let writer = try OutputWriter(pipe.writeEnd, closesAtEnd: true) { event in
      if case .written(let records) = event { counted.withLock { $0 += records } }
    }
    // A pipe that nobody reads takes 64 KiB; the rest of these 200 KB must not count, however it is handed over.
    let record = [UInt8](repeating: 0x78, count: 1000)
    for _ in 0..<200 {
      writer.enqueue(record)
      await Task.yield()
    }
    #expect(counted.withLock { $0 } * record.count <= 65_536)
    async let finished: Void = writer.finish()
    let received = await Task.detached { pipe.readToEnd() }.value
    await finished
    #expect(received.count == 200_000)
    #expect(counted.withLock { $0 } == 200)
  }

  @Test func bytesThatAreBeingWrittenTakeUpRoom() {
    func state(beingWritten: Int, pending: Int) -> OutputQueue {
      var state = OutputQueue()
      state.beingWritten = beingWritten
      state.pending = [UInt8](repeating: 0, count: pending)
      return state
    }
    let record = [UInt8](repeating: 1, count: 10)
    for (written, pending, fits) in [(0, 0, true), (60, 30, true), (61, 30, false), (60, 31, false), (91, 0, false)] {
      var state = state(beingWritten: written, pending: pending)
      let (step, isAsGoodAsWritten) = state.take(record, 3, room: 100, anticipates: true)
      #expect(step == .leave)
      #expect(isAsGoodAsWritten == fits)
      #expect(state.pending.count == pending + 10)
      #expect(state.records == (fits ? 0 : 3), "what counts as written is not counted again")
    }
    var careful = state(beingWritten: 0, pending: 0)
    #expect(!careful.take(record, 1, room: 100, anticipates: false).isAsGoodAsWritten)
  }

  @Test func roomIsAskedForOnceForManyRecords() {
    var state = OutputQueue()
    #expect(state.certainRoom(for: 1, written: 0, at: .now) == nil, "nobody has asked yet")
    let asked = Instant.now
    state.learn(.init(bytes: 100, writtenBefore: 1000, asked: asked))
    #expect(state.certainRoom(for: 100, written: 1000, at: asked) == 100)
    #expect(state.certainRoom(for: 101, written: 1000, at: asked) == nil)
    // What has been written since, is being written, or waits has taken some of it.
    #expect(state.certainRoom(for: 60, written: 1040, at: asked) == 60)
    #expect(state.certainRoom(for: 61, written: 1040, at: asked) == nil)
    state.beingWritten = 20
    state.pending = [UInt8](repeating: 0, count: 10)
    #expect(state.certainRoom(for: 30, written: 1040, at: asked) == 60)
    #expect(state.certainRoom(for: 31, written: 1040, at: asked) == nil)
    // Another process may have taken it since.
    #expect(state.certainRoom(for: 1, written: 1000, at: asked + .microseconds(999)) != nil)
    #expect(state.certainRoom(for: 1, written: 1000, at: asked + .milliseconds(1)) == nil)
  }

  @Test func whatTheThreadTakesCountsUntilItAsksForMore() {
    var state = OutputQueue()
    _ = state.take([UInt8](repeating: 1, count: 70), 3, room: 0, anticipates: true)
    var batch: [UInt8] = []
    #expect(state.next(&batch) == .write(records: 3))
    #expect(batch.count == 70)
    #expect(!state.take([UInt8](repeating: 1, count: 31), 1, room: 100, anticipates: true).isAsGoodAsWritten)
    batch = []
    #expect(state.next(&batch) == .write(records: 1))
    batch = []
    #expect(state.next(&batch) == .sleep)
    #expect(state.isAsleep && state.beingWritten == 0)
    state.isFinishing = true
    #expect(state.next(&batch) == .end)
    #expect(!state.isAsleep)
  }

  @Test func whatACallerCouldNotWriteComesFirst() {
    var state = OutputQueue()
    state.isAsleep = true
    #expect(offer([1, 2, 3], room: 3, to: &state) == "write false")
    #expect(state.beingWritten == 3)
    #expect(offer([4], room: 3, to: &state) == "leave false")
    var batch: [UInt8] = []
    #expect(state.next(&batch) == .sleep, "the descriptor is lent")
    #expect(state.wrote(1, of: [1, 2, 3], 1, written: 1, at: .now) == .wake)
    #expect(!state.isAsleep && !state.isLent && state.beingWritten == 0)
    #expect(state.next(&batch) == .write(records: 2))
    #expect(batch == [2, 3, 4])
    // Written whole, and nothing has come meanwhile: the thread sleeps on.
    batch = []
    #expect(state.next(&batch) == .sleep)
    #expect(offer([5], room: 1, to: &state) == "write false")
    #expect(state.wrote(1, of: [5], 1, written: 5, at: .now) == .leave)
    #expect(state.isAsleep && !state.isLent && state.records == 0)
    #expect(offer([6], room: 1, to: &state) == "write false")
    state.isFinishing = true
    #expect(state.wrote(1, of: [6], 1, written: 6, at: .now) == .wake)
    #expect(!state.isAsleep)
  }

  @Test func aCallerWritesWhatCameMeanwhileWhereThereIsRoom() {
    let now = Instant.now
    var state = OutputQueue()
    state.isAsleep = true
    state.learn(.init(bytes: 6, writtenBefore: 0, asked: now))
    #expect(offer([1, 2, 3], room: 6, to: &state) == "write false")
    #expect(offer([4], room: 3, to: &state) == "leave false")
    #expect(offer([5], room: 6, to: &state) == "leave true")
    #expect(state.wrote(3, of: [1, 2, 3], 1, written: 3, at: now) == .write)
    #expect(state.isLent, "nobody else writes")
    let (bytes, records) = state.takeWaiting()
    #expect(bytes == [4, 5] && records == 1, "what counts as written is not counted again")
    #expect(state.beingWritten == 2 && state.pending.isEmpty && state.records == 0)
    // There is no room for more: that is for the thread.
    #expect(offer([6, 7], room: 0, to: &state) == "leave false")
    #expect(state.wrote(2, of: [4, 5], 1, written: 5, at: now) == .wake)
    #expect(!state.isLent && !state.isAsleep && state.pending == [6, 7])
    // What is known is old, or writing is to end.
    for (later, isFinishing) in [(Duration.milliseconds(1), false), (.zero, true)] {
      var state = OutputQueue()
      state.isAsleep = true
      state.learn(.init(bytes: 100, writtenBefore: 0, asked: now))
      #expect(offer([1], room: 100, to: &state) == "write false")
      #expect(offer([2], room: 100, to: &state) == "leave true")
      state.isFinishing = isFinishing
      #expect(state.wrote(1, of: [1], 1, written: 1, at: now + later) == .wake)
    }
  }

  /// What a caller is told to do, and whether its record counts as written.
  private func offer(_ bytes: [UInt8], room: Int, to state: inout OutputQueue) -> String {
    let (step, isAsGoodAsWritten) = state.take(bytes, 1, room: room, anticipates: true)
    return "\(step) \(isAsGoodAsWritten)"
  }

  @Test func whoeverFindsTheThreadAsleepWritesOrWakesIt() {
    var state = OutputQueue()
    state.isAsleep = true
    #expect(offer([1, 2, 3], room: 3, to: &state) == "write false")
    // The descriptor is lent: what comes meanwhile is left in the queue, for the caller who writes to wake the thread.
    #expect(offer([4], room: 3, to: &state) == "leave false")
    #expect(offer([4], room: 100, to: &state) == "leave true")
    var full = OutputQueue()
    full.isAsleep = true
    #expect(offer([1, 2, 3], room: 2, to: &full) == "wake false")
    #expect(!full.isAsleep)
    #expect(offer([4], room: 2, to: &full) == "leave false", "woken once")
    var ended = OutputQueue()
    ended.hasEnded = true
    #expect(offer([1], room: 9, to: &ended) == "leave false")
    #expect(ended.pending.isEmpty)
  }

  @Test func aReaderThatGoesAwayIsNoticedWhileIdle() async throws {
    let pipe = try TestPipe()
    let events = Events()
    let writer = try OutputWriter(pipe.writeEnd, closesAtEnd: false, onEvent: events.take)
    pipe.closeReadEnd()
    guard case .failed(.brokenPipe)? = await events.next() else {
      Issue.record("the end of the reader went unnoticed")
      return
    }
    writer.enqueue([1])
    await writer.finish()
  }

  @Test func aFailedWriteIsReportedAndEndsTheWriter() async throws {
    let full = FileDescriptor(rawValue: open("/dev/full", O_WRONLY | O_CLOEXEC))
    guard full.rawValue >= 0 else { return }  // a Linux device
    let events = Events()
    let writer = try OutputWriter(full, closesAtEnd: false, onEvent: events.take)
    writer.enqueue([1])
    // Ready to be written to, it counts as written at first: what fails is told all the same.
    var event = await events.next()
    if case .written(1)? = event { event = await events.next() }
    guard case .failed(let error)? = event else {
      Issue.record("the full device took a byte")
      return
    }
    #expect(error.code == ENOSPC)
    await writer.finish()
  }
}
