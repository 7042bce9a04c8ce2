package import CallControl

/// How failing calls are taken, and how fast calls may follow one another.
package struct CallSettings: Equatable, Sendable {
  package var retries = 5
  /// For one attempt, from its beginning to the last byte of its answer.
  package var timeout: Duration = .seconds(300)
  package var rate: CallRate?
  package var tokenRate: CallRate?
  /// How long a provider may be down before the run stops.
  package var longestOutage: Duration = .seconds(300)
  /// The same for a server that has never answered and that there is probably none of; nil: no other limit.
  package var longestFirstContact: Duration? = .seconds(30)
  /// How many articles may fail before the run stops; nil for any number.
  package var mostFailures: Int?

  package init() {}
}

/// How long calls on the wire may go on after the signal that stops the run.
package struct GracePeriods: Equatable, Sendable {
  package var afterInterrupt: Duration = .seconds(30)
  package var afterTermination: Duration = .seconds(8)

  package init() {}
}
