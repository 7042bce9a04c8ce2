/// Functions from tables that are computed with the four basic operations. These give the same bits on every machine;
/// the functions of C libraries do not.
enum ReproducibleMath {
  /// Natural logarithms. The table is fetched once per article, because every use of a lazy global is checked.
  struct LogarithmTable: Sendable {
    private static let largest = 511

    /// Never freed.
    private nonisolated(unsafe) let table: UnsafePointer<Double>

    init() {
      let table = UnsafeMutablePointer<Double>.allocate(capacity: Self.largest + 1)
      table[0] = 0
      table[1] = 0
      for number in 2...Self.largest {
        // ln(n) = ln(n - 1) + 2 artanh(1 / (2n - 1))
        let x = 1 / Double(2 * number - 1)
        var power = x
        var sum = 0.0
        var odd = 1.0
        while power > 1e-20 {
          sum += power / odd
          power *= x * x
          odd += 2
        }
        table[number] = table[number - 1] + 2 * sum
      }
      self.table = UnsafePointer(table)
    }

    /// Returns ln(n); ln(511) for n of 512 and more, 0 for 0.
    @inline(__always)
    func of(_ number: Int) -> Double { table[min(number, Self.largest)] }
  }

  static let logarithms = LogarithmTable()

  /// exp(-1/3), the factor from one sentence to the next.
  static let decay = 0.716_531_310_573_789_3

  static func rounded(_ value: Double) -> Double {
    let scaled = (value * 10_000).rounded(.toNearestOrEven)
    return scaled == 0 ? 0 : scaled / 10_000
  }
}
