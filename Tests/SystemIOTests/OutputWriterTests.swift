import BoundedConcurrency
import Testing

@testable import SystemIO

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite(.timeLimit(.minutes(1))) struct OutputWriterTests {
  /// What a writer told, for a test to wait for.
  final class Events: Sendable {
    private let stream: AsyncStream<OutputWriter.Event>
    private let continuation: AsyncStream<OutputWriter.Event>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    @Sendable func take(_ event: OutputWriter.Event) { continuation.yield(event) }

    func next() async -> OutputWriter.Event? {
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
    let full = Descriptor(rawValue: open("/dev/full", O_WRONLY | O_CLOEXEC))
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
