import TestSupport

// What Linux tells of a running process. `nil` elsewhere, and when it has ended: tests look while it runs.
extension Child {
  /// The most memory that was ever resident, in bytes.
  var peakMemory: Int? {
    statusField("VmHWM").map { $0 * 1024 }
  }

  /// The memory that is resident now, in bytes.
  var residentMemory: Int? {
    statusField("VmRSS").map { $0 * 1024 }
  }

  var openDescriptors: [Int] { fileNames(in: "/proc/\(pid)/fd").compactMap { Int($0) }.sorted() }

  /// Processor time used so far, in clock ticks of 10 ms.
  var processorTicks: Int? {
    guard let stat = contents(of: "/proc/\(pid)/stat") else { return nil }
    // The name, in parentheses, may hold spaces; the fields behind it do not.
    let text = String(decoding: stat, as: UTF8.self)
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { return nil }
    return user + system
  }

  /// How often each thread has been scheduled, when every one of them sleeps. Twice the same, one after the other: nothing
  /// ran in between, and nothing will until a timer ends or something comes from outside, however slow the machine is.
  var turnsOfSleepers: [String: Int]? {
    var turns: [String: Int] = [:]
    for thread in fileNames(in: "/proc/\(pid)/task") {
      let file = "task/\(thread)/status"
      guard let state = statusLine("State", in: file)?.first(where: { $0.isLetter }), state == "S",
        let willing = statusField("voluntary_ctxt_switches", in: file),
        let forced = statusField("nonvoluntary_ctxt_switches", in: file)
      else { return nil }
      turns[thread] = willing + forced
    }
    return turns
  }

  private func statusField(_ name: String, in file: String = "status") -> Int? {
    statusLine(name, in: file).flatMap { Int($0.filter(\.isNumber)) }
  }

  /// What stands behind a field's name.
  private func statusLine(_ name: String, in file: String) -> Substring? {
    guard let status = contents(of: "/proc/\(pid)/\(file)") else { return nil }
    for line in String(decoding: status, as: UTF8.self).split(separator: "\n") where line.hasPrefix(name + ":") {
      return line.dropFirst(name.count + 1)
    }
    return nil
  }
}
