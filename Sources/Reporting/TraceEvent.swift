import Basics
import JSONLines

/// One event of a trace.
struct TraceEvent {
  /// The JSON object on one line, without a newline.
  let json: [UInt8]

  /// Creates a bar.
  /// - Parameters:
  ///   - lane: the lane of the bar; 0 is the lane of the whole run.
  ///   - start: the time since the start of the run.
  init(name: String, lane: Int, start: Duration, duration: Duration, failure: String? = nil, attempts: Int? = nil) {
    var writer = Self.begin(name: name, phase: "X", lane: lane)
    writer.key("ts")
    writer.value(start.inSeconds * 1e6, decimals: 1)
    writer.key("dur")
    writer.value(max(0, duration.inSeconds) * 1e6, decimals: 1)
    if failure != nil || attempts != nil {
      writer.key("args")
      writer.beginObject()
      if let attempts {
        writer.key("attempts")
        writer.value(attempts)
      }
      if let failure {
        writer.key("error")
        writer.value(failure)
      }
      writer.endObject()
    }
    json = Self.end(&writer)
  }

  /// Creates a counter, whose value holds until the next event of the same name.
  /// - Parameter time: the time since the start of the run.
  init(counter name: String, value: Int, at time: Duration) {
    var writer = Self.begin(name: name, phase: "C", lane: 0)
    writer.key("ts")
    writer.value(time.inSeconds * 1e6, decimals: 1)
    writer.key("args")
    writer.beginObject()
    writer.key("value")
    writer.value(value)
    writer.endObject()
    json = Self.end(&writer)
  }

  /// Creates the event that names a lane.
  init(namingLane lane: Int) {
    self.init(naming: "thread_name", lane: lane, "slot \(lane)")
  }

  /// Creates the event that names the process.
  init(namingProcess name: String) {
    self.init(naming: "process_name", lane: 0, name)
  }

  private init(naming what: String, lane: Int, _ name: String) {
    var writer = Self.begin(name: what, phase: "M", lane: lane)
    writer.key("args")
    writer.beginObject()
    writer.key("name")
    writer.value(name)
    writer.endObject()
    json = Self.end(&writer)
  }

  private static func begin(name: String, phase: String, lane: Int) -> JSONWriter {
    var writer = JSONWriter(capacity: 160)
    writer.beginRecord()
    writer.key("name")
    writer.value(name)
    writer.key("ph")
    writer.value(phase)
    writer.key("pid")
    writer.value(1)
    writer.key("tid")
    writer.value(lane)
    return writer
  }

  private static func end(_ writer: inout JSONWriter) -> [UInt8] {
    writer.endRecord()
    return writer.take().dropLast()
  }
}
