#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How many processors this process may run on: what `taskset` and containers leave of the machine's.
public func availableProcessors() -> Int {
  max(1, processorsInAffinityMask() ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}

/// The C library shows `sched_getaffinity` only to those who ask for GNU extensions, which Swift's import of it does
/// not; so it is looked up by name.
private func processorsInAffinityMask() -> Int? {
  typealias GetAffinity = @convention(c) (_ pid: Int32, _ size: Int, _ mask: UnsafeMutableRawPointer) -> Int32
  guard let symbol = dlsym(nil, "sched_getaffinity") else { return nil }
  let getAffinity = unsafeBitCast(symbol, to: GetAffinity.self)
  var mask = [UInt64](repeating: 0, count: 1024 / 64)
  guard getAffinity(0, mask.count * 8, &mask) == 0 else { return nil }
  return mask.reduce(0) { $0 + $1.nonzeroBitCount }
}
