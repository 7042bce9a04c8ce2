#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Ends the process with a status; buffers of the C library and exit handlers are left alone.
public func exitProcess(_ status: Int32) -> Never {
  _exit(status)
}

/// Leaves the calling thread, usually the main one, without anything to do for as long as the process lives.
public func parkThread() -> Never {
  while true { pause() }
}
