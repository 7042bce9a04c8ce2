#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How many descriptors the process may have open.
public enum DescriptorLimit {
  /// Raises the limit to what is wanted, as far as the system allows it without asking anybody.
  /// - Returns: the limit that holds now, at most `wanted` if it had to be raised.
  public static func raise(to wanted: Int) -> Int {
    var limit = rlimit()
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    guard getrlimit(resource, &limit) == 0 else { return wanted }
    let current = Int(clamping: limit.rlim_cur)
    guard current < wanted else { return current }
    limit.rlim_cur = min(limit.rlim_max, rlim_t(wanted))
    return setrlimit(resource, &limit) == 0 ? Int(clamping: limit.rlim_cur) : current
  }
}
