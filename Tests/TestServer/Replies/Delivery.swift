/// How a response goes onto the wire.
enum Delivery: Sendable {
  /// At once and whole.
  case whole
  /// In chunks of so many bytes, without a length beforehand.
  case chunked(bytes: Int)
  /// So many bytes at a time, with a pause after each.
  case drip(bytes: Int, pause: Duration)
  /// The head and half of the body, then the end of the connection.
  case half
  /// The head and half of the body, then nothing, for as long as the client stays.
  case stall
  /// No byte, then the end of the connection.
  case close
  /// No byte, then a reset.
  case reset
  /// No byte, for as long as the client stays.
  case never
  /// These bytes in place of a response, then the end of the connection.
  case raw([UInt8])
  /// The head and a body of so many blanks, then the response's own.
  case huge(Int, declared: Bool)
}
