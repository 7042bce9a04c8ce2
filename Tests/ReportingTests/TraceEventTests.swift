import Testing

@testable import Reporting

@Suite struct TraceEventTests {
  private func text(_ event: TraceEvent) -> String { String(decoding: event.json, as: UTF8.self) }

  @Test func eachHasTheFormOfTheFormat() {
    #expect(
      text(TraceEvent(name: "call", lane: 3, start: .microseconds(1500), duration: .nanoseconds(2_250_000)))
        == #"{"name":"call","ph":"X","pid":1,"tid":3,"ts":1500.0,"dur":2250.0}"#)
    #expect(
      text(
        TraceEvent(
          name: "a", lane: 0, start: .nanoseconds(1_234_567), duration: .seconds(-1), failure: "timeout", attempts: 2))
        == #"{"name":"a","ph":"X","pid":1,"tid":0,"ts":1234.6,"dur":0.0,"args":{"attempts":2,"error":"timeout"}}"#)
    #expect(
      text(TraceEvent(counter: "in flight", value: 7, at: .nanoseconds(987_654_321)))
        == #"{"name":"in flight","ph":"C","pid":1,"tid":0,"ts":987654.3,"args":{"value":7}}"#)
    #expect(
      text(TraceEvent(namingLane: 4))
        == #"{"name":"thread_name","ph":"M","pid":1,"tid":4,"args":{"name":"slot 4"}}"#)
    #expect(
      text(TraceEvent(namingProcess: "summarize"))
        == #"{"name":"process_name","ph":"M","pid":1,"tid":0,"args":{"name":"summarize"}}"#)
  }
}
