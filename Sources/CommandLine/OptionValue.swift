import CallControl

/// The value of a typed option. Each method reads it as one kind of value, or throws a usage error that says what is
/// wanted.
struct OptionValue {
  private let option: TypedArguments.Typed

  init(_ option: TypedArguments.Typed) {
    self.option = option
  }

  /// The value as it was typed; empty if there is none.
  var text: String { option.value ?? "" }

  func bad(_ wanted: String) -> UsageError {
    .badValue(option: option.spelling, value: text, wanted: wanted)
  }

  func count(in range: ClosedRange<Int>) throws(UsageError) -> Int {
    let number = Quantity.count(text)
    if let number, number < range.lowerBound, range.upperBound == .max {
      throw .tooSmall(option: option.spelling, least: range.lowerBound)
    }
    guard let count = number, range.contains(count) else {
      throw bad(
        range.upperBound == .max
          ? "a number of at least \(range.lowerBound)" : "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return count
  }

  func size() throws(UsageError) -> Int {
    guard let size = Quantity.size(text), size > 0 else { throw bad("a size such as 64K or 16M") }
    return size
  }

  func duration() throws(UsageError) -> Duration {
    guard let time = Quantity.duration(text) else { throw bad("a time such as 500ms, 30s or 5m") }
    return time
  }

  /// Returns a duration of more than zero.
  func positiveDuration() throws(UsageError) -> Duration {
    let time = try duration()
    guard time > .zero else { throw bad("a time of more than nothing, such as 500ms, 30s or 5m") }
    return time
  }

  func rate() throws(UsageError) -> CallRate {
    guard let rate = Quantity.rate(text) else { throw bad("a rate such as 10/s, 500/m or 1000/h") }
    return rate
  }

  func number(in range: ClosedRange<Double>) throws(UsageError) -> Double {
    guard let number = Quantity.number(text), range.contains(number) else {
      throw bad("a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
    }
    return number
  }

  /// Returns a text that is not empty.
  func name(_ what: String) throws(UsageError) -> String {
    if text.isEmpty { throw bad(what) }
    return text
  }

  /// Returns a text, or the file that is named after `@`.
  func textOrFile(_ what: String) throws(UsageError) -> TextSource {
    guard text.hasPrefix("@") else { return .text(try name(what)) }
    guard text.count > 1 else { throw bad("@ and the name of a file") }
    return .file(String(text.dropFirst()))
  }
}

/// The source of a text: the command line, or a file that is not read yet.
enum TextSource: Equatable {
  case text(String)
  case file(String)
}
