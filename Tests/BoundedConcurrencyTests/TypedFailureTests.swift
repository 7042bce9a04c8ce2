import BoundedConcurrency
import Testing

/// Most of this is tested by compiling it: the types of failure are those of the loops around it.
@Suite struct TypedFailureTests {
  private let never = Integers<Never>(0..<3)
  private let typed = Integers<SourceError>(0..<3, failing: (2, SourceError()))

  @Test("a source and work that cannot fail need no try")
  func neither() async {
    for await _ in never.concurrentMap(limit: 2, { $0 }) {}
    let count = await never.concurrentMap(limit: 2) { $0 }.withResults { await $0.collect().count }
    #expect(count == 3)
    await never.forEachConcurrent(limit: 2) { _ in }
    await never.forEachConcurrent(limit: ConcurrencyLimit(2)) { _ in }
  }

  @Test("one type of failure is kept")
  func same() async {
    do throws(WorkError) {
      for try await _ in never.concurrentMap(limit: 2, workThatFails) {}
    } catch { #expect(error == WorkError(index: 1)) }
    do throws(SourceError) {
      for try await _ in typed.concurrentMap(limit: 2, { $0 }) {}
    } catch { #expect(error == SourceError()) }
    do throws(SourceError) {
      for try await _ in typed.concurrentMap(limit: 2, { (element) throws(SourceError) in element }) {}
    } catch { #expect(error == SourceError()) }
    do throws(SourceError) { try await typed.forEachConcurrent(limit: 2) { _ in } } catch {
      #expect(error == SourceError())
    }
    do throws(WorkError) {
      try await never.forEachConcurrent(limit: 2) { (element) throws(WorkError) in _ = try await workThatFails(element)
      }
    } catch { #expect(error == WorkError(index: 1)) }
  }

  @Test("different ones become any Error")
  func mixed() async {
    let results: AsyncConcurrentMapSequence<Integers<SourceError>, Int, any Error> =
      typed.concurrentMap(limit: 1, workThatFails)
    await #expect(throws: WorkError(index: 1)) { try await results.collect() }
    await #expect(throws: SourceError()) { try await typed.concurrentMap(limit: 1) { try plain($0) }.collect() }
    let untyped: AsyncConcurrentMapSequence<Integers<Never>, Int, any Error> = never.concurrentMap(limit: 1) {
      try plain($0)
    }
    await #expect(throws: Never.self) { try await untyped.collect() }
    await #expect(throws: SourceError()) { try await typed.forEachConcurrent(limit: 1) { _ = try plain($0) } }
  }

  @Test("failures pass through next(isolation:) and through operators that are generic over it")
  func isolated() async {
    var results = typed.concurrentMap(limit: 1) { try plain($0) }.map { $0 + 1 }.makeAsyncIterator()
    await #expect(throws: SourceError()) {
      while try await results.next(isolation: #isolation) != nil {}
    }
    await #expect(throws: WorkError(index: 1)) {
      try await firstFailure(of: never.concurrentMap(limit: 1, workThatFails))
    }
  }

  private func firstFailure<S: AsyncSequence>(of sequence: S) async throws(S.Failure) {
    var iterator = sequence.makeAsyncIterator()
    while try await iterator.next(isolation: nil) != nil {}
  }
}

@Sendable private func workThatFails(_ element: Int) async throws(WorkError) -> Int {
  if element == 1 { throw WorkError(index: 1) }
  return element
}

private func plain(_ element: Int) throws -> Int { element }
