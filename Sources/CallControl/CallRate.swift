/// So many in such a time.
package struct CallRate: Equatable, Sendable {
  package let count: Double
  package let per: Duration

  package init(count: Double, per: Duration) {
    self.count = count
    self.per = per
  }

  package var perSecond: Double {
    count / (Double(per.components.seconds) + Double(per.components.attoseconds) * 1e-18)
  }
}
