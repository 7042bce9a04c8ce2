import CLibrary

// What the process was given by whoever started it, and how it ends.

/// The value of an environment variable; nil where it is not set.
public func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

/// All environment variables, `NAME=value` each.
public func environmentVariables() -> [String] {
  var variables: [String] = []
  var index = 0
  while let variable = system_environment_variable(index) {
    variables.append(String(cString: variable))
    index += 1
  }
  return variables
}

/// Seconds since 1970, as the system's clock has them now: for dates from elsewhere, never for measuring.
public func secondsSince1970() -> Double { Double(system_calendar_time()) / 1e9 }

/// How many processors this process may run on: what `taskset` and containers leave of the machine's.
public func availableProcessors() -> Int { Int(system_processor_count()) }

/// How many descriptors the process may have open.
public enum DescriptorLimit {
  /// Raises the limit to what is wanted, as far as the system allows it without asking anybody.
  /// - Returns: the limit that holds now, at most `wanted` if it had to be raised.
  public static func raise(to wanted: Int) -> Int { system_raise_descriptor_limit(wanted) }
}

/// Descriptors 0, 1 and 2 as the parent left them.
public enum StandardDescriptors {
  /// Fills the gaps, so that no file opened later lands on one of them and is taken for it.
  ///
  /// A gap is filled with /dev/null opened the wrong way round: reading or writing it fails with "Bad file descriptor",
  /// just as the closed one would. To be called before anything else is opened.
  public static func secure() {
    for descriptor in [Descriptor.standardInput, .standardOutput, .standardError] where !descriptor.isOpen {
      // The lowest free number is this one: those below it are open by now.
      _ = system_open("/dev/null", descriptor == .standardInput ? O_WRONLY : O_RDONLY, 0)
    }
  }
}

/// Ends the process with a status, and before it the groups of all children that are left; buffers of the C library and
/// exit handlers are left alone.
public func exitProcess(_ status: Int32) -> Never {
  system_children_kill()
  _exit(status)
}

/// Leaves the calling thread, usually the main one, without anything to do for as long as the process lives.
public func parkThread() -> Never {
  while true { pause() }
}
