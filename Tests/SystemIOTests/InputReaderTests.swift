import Testing

@testable import SystemIO
import TestSupport

@Suite(.timeLimit(.minutes(20))) struct InputReaderTests {
  @Test func handsOnWhatThereIsWithoutWaitingForMore() async throws {
    let pipe = try TestPipe()
    let reader = try InputReader()
    pipe.write("half a li")
    #expect(await reader.read(pipe.readEnd).text == "half a li")
    pipe.write("ne\n")
    #expect(await reader.read(pipe.readEnd).text == "ne\n")
    pipe.closeWriteEnd()
    #expect(await reader.read(pipe.readEnd).isEnd)
    #expect(await reader.read(pipe.readEnd).isEnd)
  }

  @Test func readsAtMostOneChunk() async throws {
    let pipe = try TestPipe()
    let reader = try InputReader(chunkSize: 4)
    pipe.write("abcdef")
    #expect(await reader.read(pipe.readEnd).text == "abcd")
    #expect(await reader.read(pipe.readEnd).text == "ef")
  }

  @Test func waitsOnANonBlockingDescriptor() async throws {
    let pipe = try TestPipe()
    _ = fcntl(pipe.readEnd.rawValue, F_SETFL, O_NONBLOCK)
    let reader = try InputReader()
    async let outcome = reader.read(pipe.readEnd)
    await Task.yield()
    pipe.write("late")
    #expect(await outcome.text == "late")
  }

  @Test func stopEndsAReadThatWaits() async throws {
    let pipe = try TestPipe()
    let reader = try InputReader()
    async let outcome = reader.read(pipe.readEnd)
    await Task.yield()
    reader.stop()
    #expect(await outcome.isStopped)
    #expect(await reader.read(pipe.readEnd).isStopped)
  }

  @Test func tellsWhatIsWrong() async throws {
    let reader = try InputReader()
    // No process has so many: a smaller number may be somebody's, and reading it would wait for him.
    guard case .failed(let error) = await reader.read(FileDescriptor(rawValue: .max)) else {
      Issue.record("a descriptor that is not open was read")
      return
    }
    #expect(error.code == EBADF)
    let directory = try FileDescriptor.openForReading("/")
    defer { try? directory.close() }
    guard case .failed(let error) = await reader.read(directory) else {
      Issue.record("a directory was read")
      return
    }
    #expect(error.code == EISDIR)
  }
}

extension ReadingOutcome {
  fileprivate var text: String? {
    if case .bytes(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
  }

  fileprivate var isEnd: Bool { if case .end = self { true } else { false } }
  fileprivate var isStopped: Bool { if case .stopped = self { true } else { false } }
}
