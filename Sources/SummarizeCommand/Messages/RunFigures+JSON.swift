import JSONLines

extension RunFigures {
  /// The timing summary as one line of JSON: times in seconds, null for what there is none of.
  func json(wall: Duration, alreadyDone: Int) -> String {
    var writer = JSONWriter(capacity: 512)
    writer.beginRecord()
    for (name, count) in [
      ("articles", answered), ("ok", succeeded), ("failed", failed), ("already_done", alreadyDone),
    ] {
      writer.key(name)
      writer.value(count)
    }
    writer.key("seconds")
    writer.seconds(wall)
    writer.key("per_second")
    if answered > 0 { writer.value(rate(wall: wall), decimals: 3) } else { writer.null() }
    writer.key("peak_in_flight")
    writer.value(peak)
    writer.key("speedup")
    if answered > 0 { writer.value(speedup(wall: wall), decimals: 3) } else { writer.null() }
    writer.key("latency")
    writer.beginObject()
    for (name, duration) in latencyFigures {
      writer.key(name)
      writer.seconds(duration)
    }
    writer.endObject()
    trouble.write(to: &writer, at: .now)
    writer.endRecord()
    return String(decoding: writer.take(), as: UTF8.self)
  }
}

extension JSONWriter {
  /// A time in seconds; null where there is none.
  mutating func seconds(_ duration: Duration?) {
    if let duration { value(duration.inSeconds, decimals: 6) } else { null() }
  }
}
