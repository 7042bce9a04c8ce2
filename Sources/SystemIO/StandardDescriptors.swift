#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Descriptors 0, 1 and 2 as the parent left them.
public enum StandardDescriptors {
  /// Fills the gaps, so that no file opened later lands on one of them and is taken for it.
  ///
  /// A gap is filled with /dev/null opened the wrong way round: reading or writing it fails with "Bad file descriptor",
  /// just as the closed one would. To be called before anything else is opened.
  public static func secure() {
    for descriptor in [Descriptor.standardInput, .standardOutput, .standardError] where !descriptor.isOpen {
      // The lowest free number is this one: those below it are open by now.
      _ = open("/dev/null", descriptor == .standardInput ? O_WRONLY : O_RDONLY)
    }
  }
}
