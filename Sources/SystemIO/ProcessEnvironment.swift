import CLibrary

// The environment and the limits of the process, and its end.

/// Returns the value of an environment variable; nil when it is not set.
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

/// Returns how many processors this process may run on, as `taskset` or the CPU set of a container limits them.
public func availableProcessors() -> Int { Int(system_processor_count()) }

/// The limit on open descriptors of the process.
public enum DescriptorLimit {
  /// Raises the limit to `wanted`, as far as the system allows it without privileges.
  /// - Returns: the limit that holds now, at most `wanted` if it had to be raised.
  public static func raise(to wanted: Int) -> Int { system_raise_descriptor_limit(wanted) }
}

/// Descriptors 0, 1 and 2, as the parent left them.
public enum StandardDescriptors {
  /// Opens those that are closed, so that no file that is opened later gets one of their numbers and is mistaken for
  /// it.
  ///
  /// A closed descriptor is opened on /dev/null in the wrong direction: reading or writing it fails with "Bad file
  /// descriptor", as with the closed one. To be called before anything else is opened.
  public static func secure() {
    for descriptor in [FileDescriptor.standardInput, .standardOutput, .standardError] where !descriptor.isOpen {
      // The lowest free number is this one, because those below it are open by now.
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

/// Parks the calling thread, usually the main one, for the lifetime of the process.
public func parkThread() -> Never {
  while true { pause() }
}
