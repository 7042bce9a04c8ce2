import BoundedConcurrency
import Testing

@Test func scoped() async throws {
  let n = try await One<Never>().concurrentMap(limit: 3, mayThrow).withResults { results in
    var n = 0
    for try await x in results { n += x }
    return n
  }
  #expect(n == 1)
  let m = await One<Never>().concurrentMap(limit: 3) { $0 + 1 }.withResults { results in
    var n = 0
    for await x in results { n += x }
    return n
  }
  #expect(m == 2)
  do throws(WorkError) {
    let m = try await One<Never>().concurrentMap(limit: 3, typed).withResults { (results) async throws(WorkError) in
      var n = 0
      for try await x in results { n += x }
      return n
    }
    #expect(m == 1)
  } catch {}
  do throws(WorkError) {
    try await One<Never>().forEachConcurrent(limit: 3) { (x) throws(WorkError) in _ = try await typed(x) }
  } catch {}
  await One<Never>().forEachConcurrent(limit: 3) { #expect($0 == 1) }
  try await One<Never>().forEachConcurrent(limit: 3) { _ = try await mayThrow($0) }
  try await One<SourceError>().forEachConcurrent(limit: 3) { _ = try await mayThrow($0) }
  do throws(SourceError) { try await One<SourceError>().forEachConcurrent(limit: 3) { _ = $0 } } catch {}
}
