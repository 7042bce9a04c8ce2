/// The order in which `concurrentMap` delivers its results.
public struct ConcurrentMapOrder: Sendable, Hashable, BitwiseCopyable {
  @usableFromInline let isOfInput: Bool

  @inlinable
  init(isOfInput: Bool) { self.isOfInput = isOfInput }

  /// The order of the source. A finished result waits behind a slow one that came before it.
  public static var input: ConcurrentMapOrder {
    @inlinable get { ConcurrentMapOrder(isOfInput: true) }
  }

  /// As they finish.
  public static var completion: ConcurrentMapOrder {
    @inlinable get { ConcurrentMapOrder(isOfInput: false) }
  }
}

/// How many elements of `concurrentMap` may be in work or finished and not yet delivered.
public struct ConcurrentMapWindow: Sendable, Hashable, BitwiseCopyable {
  @usableFromInline let factor: Int
  @usableFromInline let least: Int

  @inlinable
  init(factor: Int, least: Int) {
    self.factor = factor
    self.least = least
  }

  /// As many as the limit: in input order a slow element soon holds the others back.
  public static var limit: ConcurrentMapWindow {
    @inlinable get { ConcurrentMapWindow(factor: 1, least: 0) }
  }

  /// So many, whatever becomes of the limit.
  @inlinable
  public static func fixed(_ count: Int) -> ConcurrentMapWindow { ConcurrentMapWindow(factor: 0, least: count) }

  /// So many times the limit, and at least `least`; it follows a limit that changes.
  ///
  /// - Precondition: `factor` is at least 1.
  @inlinable
  public static func limit(times factor: Int, atLeast least: Int = 0) -> ConcurrentMapWindow {
    precondition(factor >= 1, "a window of \(factor) times the limit would let nothing run")
    return ConcurrentMapWindow(factor: factor, least: least)
  }

  /// Under this limit. A product too large for an `Int` is as good as the largest one.
  @inlinable
  func count(under limit: Int) -> Int {
    let (product, isTooLarge) = limit.multipliedReportingOverflow(by: factor)
    return isTooLarge ? .max : max(product, least)
  }
}

extension ConcurrentMapWindow: ExpressibleByIntegerLiteral {
  /// A window of so many.
  @inlinable
  public init(integerLiteral count: Int) { self = .fixed(count) }
}

/// The bounds of a run: a limit that is fixed or that changes, and the window.
@usableFromInline
struct ConcurrentMapBounds: Sendable {
  @usableFromInline let limit: Int
  @usableFromInline let changingLimit: ConcurrencyLimit?
  @usableFromInline let window: ConcurrentMapWindow

  /// Stops the program, with the reason, where nothing could run or the limit could never be reached.
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
