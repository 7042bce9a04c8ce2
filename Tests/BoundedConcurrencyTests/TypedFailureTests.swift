import BoundedConcurrency
import Testing

struct SourceError: Error, Equatable {}
struct WorkError: Error, Equatable {}

struct One<Failure: Error>: AsyncSequence, Sendable {
  func makeAsyncIterator() -> Iterator { Iterator() }
  struct Iterator: AsyncIteratorProtocol {
    var done = false
    mutating func next(isolation: isolated (any Actor)?) async throws(Failure) -> Int? {
      defer { done = true }
      return done ? nil : 1
    }
    mutating func next() async throws(Failure) -> Int? { try await next(isolation: nil) }
  }
}
@Sendable func typed(_ x: Int) async throws(WorkError) -> Int { x }
@Sendable func same(_ x: Int) async throws(SourceError) -> Int { x }
@Sendable func mayThrow(_ x: Int) async throws -> Int { x }

@Test func typedFailures() async throws {
  // Never and Never
  for await x in One<Never>().concurrentMap(limit: 2, { $0 + 1 }) { #expect(x == 2) }
  // Never and any
  let b = One<Never>().concurrentMap(limit: 2) { try await mayThrow($0) }
  let _: any Error.Type = type(of: b).Failure.self
  for try await x in b { #expect(x == 1) }
  // Never and typed
  do throws(WorkError) { for try await x in One<Never>().concurrentMap(limit: 2, typed) { #expect(x == 1) } } catch {}
  do throws(WorkError) {
    for try await x in One<Never>().concurrentMap(limit: 2, { (x) throws(WorkError) in try await typed(x) }) {
      #expect(x == 1)
    }
  } catch {}
  // typed and Never
  do throws(SourceError) {
    for try await x in One<SourceError>().concurrentMap(limit: 2, { $0 + 1 }) { #expect(x == 2) }
  } catch {}
  do throws(SourceError) {
    for try await x in One<SourceError>().concurrentMap(limit: 2, same) { #expect(x == 1) }
  } catch {}
  // mixed
  for try await x in One<SourceError>().concurrentMap(limit: 2, typed) { #expect(x == 1) }
  for try await x in One<SourceError>().concurrentMap(limit: 2, mayThrow) { #expect(x == 1) }
  for try await x in One<SourceError>().concurrentMap(limit: 2, { try await mayThrow($0) }) { #expect(x == 1) }
  for try await x in One<any Error>().concurrentMap(limit: 2, typed) { #expect(x == 1) }
  for try await x in One<any Error>().concurrentMap(limit: 2, { try await mayThrow($0) }) { #expect(x == 1) }
  for try await x in One<any Error>().concurrentMap(limit: ConcurrencyLimit(3), { $0 }) { #expect(x == 1) }
}
