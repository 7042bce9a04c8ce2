/// The order in which `concurrentMap` delivers its results.
public struct ConcurrentMapOrder: Sendable, Hashable, BitwiseCopyable {
  @usableFromInline let isOfInput: Bool

  @inlinable
  init(isOfInput: Bool) { self.isOfInput = isOfInput }

  /// Results come in the order of the source. A finished result waits for slower elements that precede it.
  public static var input: ConcurrentMapOrder {
    @inlinable get { ConcurrentMapOrder(isOfInput: true) }
  }

  /// Results come in the order in which they finish.
  public static var completion: ConcurrentMapOrder {
    @inlinable get { ConcurrentMapOrder(isOfInput: false) }
  }
}

/// The number of elements of `concurrentMap` that may be in work, or finished and not yet delivered.
public struct ConcurrentMapWindow: Sendable, Hashable, BitwiseCopyable {
  @usableFromInline let factor: Int
  @usableFromInline let least: Int

  @inlinable
  init(factor: Int, least: Int) {
    self.factor = factor
    self.least = least
  }

  /// A window of the limit. In input order a slow element soon holds the others back.
  public static var limit: ConcurrentMapWindow {
    @inlinable get { ConcurrentMapWindow(factor: 1, least: 0) }
  }

  /// Returns a window of a fixed size, whatever the limit becomes.
  @inlinable
  public static func fixed(_ count: Int) -> ConcurrentMapWindow { ConcurrentMapWindow(factor: 0, least: count) }

  /// Returns a window of `factor` times the limit, and at least `least`. It follows a limit that changes.
  ///
  /// - Precondition: `factor` is at least 1.
  @inlinable
  public static func limit(times factor: Int, atLeast least: Int = 0) -> ConcurrentMapWindow {
    precondition(factor >= 1, "a window of \(factor) times the limit would let nothing run")
    return ConcurrentMapWindow(factor: factor, least: least)
  }

  /// Returns the size of the window under a limit. A product that overflows becomes the largest `Int`.
  @inlinable
  func count(under limit: Int) -> Int {
    let (product, isTooLarge) = limit.multipliedReportingOverflow(by: factor)
    return isTooLarge ? .max : max(product, least)
  }
}

extension ConcurrentMapWindow: ExpressibleByIntegerLiteral {
  /// Creates a window of a fixed size.
  @inlinable
  public init(integerLiteral count: Int) { self = .fixed(count) }
}

/// The bounds of a run: a fixed or changing limit, and the window.
@usableFromInline
struct ConcurrentMapBounds: Sendable {
  @usableFromInline let limit: Int
  @usableFromInline let changingLimit: ConcurrencyLimit?
  @usableFromInline let window: ConcurrentMapWindow

  /// Stops the program, with the reason, if the limit is below 1 or the window smaller than the limit.
  @usableFromInline
  init(limit: Int, window: ConcurrentMapWindow = .limit) {
    self.init(limit: limit, changingLimit: nil, window: window)
  }

  @usableFromInline
  init(limit: ConcurrencyLimit, window: ConcurrentMapWindow = .limit) {
    self.init(limit: limit.value, changingLimit: limit, window: window)
  }

  private init(limit: Int, changingLimit: ConcurrencyLimit?, window: ConcurrentMapWindow) {
    ConcurrencyLimit.check(limit)
    let count = window.count(under: limit)
    precondition(count >= limit, "a window of \(count) is smaller than the limit of \(limit): it must be as large")
    self.limit = limit
    self.changingLimit = changingLimit
    self.window = window
  }
}
