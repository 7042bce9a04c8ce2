/// The type of a stream socket: an enumeration in the headers of glibc, a number elsewhere.
#if canImport(Glibc)
  package let streamSocket = Int32(SOCK_STREAM.rawValue)
#else
  package let streamSocket = SOCK_STREAM
#endif

/// Opens a TCP socket that no child inherits, not even one that another thread starts at this moment: an end that is
/// open there would keep the connection from ending.
/// - Returns: the descriptor; negative where there is none left.
package func openTCPSocket() -> Int32 {
  #if canImport(Glibc)
    return socket(AF_INET, streamSocket | Int32(SOCK_CLOEXEC.rawValue), 0)
  #else
    let descriptor = socket(AF_INET, streamSocket, 0)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  #endif
}
