import CLibrary

/// A system call that failed.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The value of `errno`.
  public let code: Int32

  public init(code: Int32) {
    self.code = code
  }

  /// The error that the last failed call of this thread left in `errno`.
  static var current: SystemError { SystemError(code: system_errno()) }

  public static let brokenPipe = SystemError(code: EPIPE)
  public static let interrupted = SystemError(code: EINTR)
  public static let badDescriptor = SystemError(code: EBADF)

  /// The system's own words, such as "No space left on device".
  public var description: String {
    String(cString: strerror(code))
  }
}

/// Makes a system call again for as long as a signal interrupts it.
func retryingOnInterrupt<Value: FixedWidthInteger>(_ call: () -> Value) throws(SystemError) -> Value {
  while true {
    let value = call()
    if value >= 0 { return value }
    if system_errno() != EINTR { throw .current }
  }
}
