import BoundedConcurrency

/// How many articles may be in flight, and with that how far the input may run ahead of the output.
package struct JobSettings: Equatable, Sendable {
  /// How the number is chosen.
  package enum LimitChoice: Sendable {
    /// It was given, or is the default.
    case given
    /// It is that of the cores: more cannot compute at once.
    case cores
    /// It is found out while the run goes on.
    case found
  }

  /// The most articles in flight.
  package var most: Int
  package var choice: LimitChoice
  /// In input order, the most articles that are started and not yet written; nil: eight times as many as may be in
  /// flight, and at least the most that may be.
  package var window: Int?

  package init(most: Int, choice: LimitChoice = .given, window: Int? = nil) {
    self.most = most
    self.choice = choice
    self.window = window
  }

  /// How many may be in flight at first.
  var first: Int { choice == .found ? 1 : most }

  /// How many lines may be admitted and unwritten.
  /// - Parameter keepsOrder: then those count that wait behind a slow one; else what is unwritten is in flight.
  func capacity(at level: Int, keepsOrder: Bool) -> Int {
    keepsOrder ? window ?? max(8 * level, most) : level
  }
}

/// How many articles are in flight at most, for the operator and for those who let lines in.
package final class JobLimit: Sendable {
  let limit: ConcurrencyLimit
  let window: ConcurrentMapWindow
  package let admission: AdmissionGate
  private let settings: JobSettings
  private let keepsOrder: Bool

  package init(_ settings: JobSettings, keepsOrder: Bool) {
    self.settings = settings
    self.keepsOrder = keepsOrder
    limit = ConcurrencyLimit(settings.first)
    window = settings.window.map { .fixed($0) } ?? .limit(times: 8, atLeast: settings.most)
    admission = AdmissionGate(capacity: settings.capacity(at: settings.first, keepsOrder: keepsOrder))
  }

  /// Where the number is found out: so many from now on.
  package func set(_ level: Int) {
    guard settings.choice == .found else { return }
    admission.setCapacity(settings.capacity(at: level, keepsOrder: keepsOrder))
    limit.value = level
  }
}
