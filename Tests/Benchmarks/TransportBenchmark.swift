import HTTPClient
import SystemIO
import TestSupport

/// client URL IN_FLIGHT COUNT: sends COUNT requests, so many at once, and prints the microseconds of processor time a
/// call, the largest resident size in MiB and the share of one core in percent; all of the whole process.
@concurrent
func transportBenchmark(_ arguments: [String]) async throws {
  guard arguments.count == 3, let inFlight = Int(arguments[1]), let count = Int(arguments[2]) else {
    fatalError("usage: Benchmarks transport URL IN_FLIGHT COUNT")
  }
  let body = [UInt8](repeating: UInt8(ascii: "x"), count: 4000)
  let headers = [(name: "Content-Type", value: "application/json"), (name: "Authorization", value: "Bearer key")]
  let request = HTTPRequest(url: arguments[0], headers: headers, body: body)
  let transport = try HTTPClient(poller: EventPoller(), maximumConnections: inFlight)
  let clock = ContinuousClock()
  let start = clock.now
  try await withThrowingTaskGroup(of: Void.self) { group in
    for worker in 0..<inFlight {
      group.addTask {
        for _ in stride(from: worker, to: count, by: inFlight) {
          let response = try await transport.send(request)
          precondition(response.status == 200 && !response.body.isEmpty, "not the answer")
        }
      }
    }
    try await group.waitForAll()
  }
  let wall = (clock.now - start) / .seconds(1)
  var usage = rusage()
  // RUSAGE_SELF, to which some C libraries give another type than the call takes.
  getrusage(0, &usage)
  let processor = seconds(usage.ru_utime) + seconds(usage.ru_stime)
  #if canImport(Darwin)
    let size = Double(usage.ru_maxrss) / 1_048_576
  #else
    let size = Double(usage.ru_maxrss) / 1024
  #endif
  print(processor / Double(count) * 1e6, size, processor / wall * 100)
}

private func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
