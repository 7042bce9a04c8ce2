import TestSupport

extension SplitMix64 {
  /// From 0 up to 1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Log-normal with this mean, and this standard deviation of its logarithm.
  mutating func logNormal(mean: Double, sigma: Double) -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    let normal = radius * cos(2 * Double.pi * uniform())
    return mean * exp(sigma * normal - sigma * sigma / 2)
  }

  mutating func exponential(mean: Double) -> Double { -mean * log(1 - uniform()) }
}
