import CallControl

/// One option as it was typed, read as what it has to be; each reader throws a usage error that says what is wanted.
struct OptionValue {
  private let option: TypedArguments.Typed

  init(_ option: TypedArguments.Typed) {
    self.option = option
  }

  /// As it was typed; empty where the option takes none.
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

  /// A time in which something can happen.
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

  /// Something that may not be empty.
  func name(_ what: String) throws(UsageError) -> String {
    if text.isEmpty { throw bad(what) }
    return text
  }

  /// A text, or `@` and the file that holds it.
  func textOrFile(_ what: String) throws(UsageError) -> TextSource {
    guard text.hasPrefix("@") else { return .text(try name(what)) }
    guard text.count > 1 else { throw bad("@ and the name of a file") }
    return .file(String(text.dropFirst()))
  }
}

/// Where a text is: on the command line, or in a file that is yet to be read.
enum TextSource: Equatable {
  case text(String)
  case file(String)
}
