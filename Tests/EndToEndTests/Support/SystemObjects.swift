import TestSupport

func makePipe() throws(SystemFailure) -> (readEnd: Int32, writeEnd: Int32) {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { throw SystemFailure("pipe") }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}

/// Two ends of a connection, each to be read and written.
func makeSocketPair() throws(SystemFailure) -> (Int32, Int32) {
  var ends: [Int32] = [-1, -1]
  guard socketpair(AF_UNIX, streamSocket, 0, &ends) == 0 else { throw SystemFailure("socketpair") }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}

/// A terminal: what is written to one side is read from the other.
func makeTerminal() throws(SystemFailure) -> (controller: Int32, terminal: Int32) {
  typealias Functions = LibraryFunctions
  guard let controller = Functions.openTerminal?(O_RDWR | O_NOCTTY), controller >= 0,
    Functions.grantTerminal?(controller) == 0, Functions.unlockTerminal?(controller) == 0,
    let name = Functions.nameOfTerminal?(controller)
  else { throw SystemFailure("posix_openpt") }
  let terminal = open(name, O_RDWR | O_NOCTTY)
  guard terminal >= 0 else { throw SystemFailure("open of a terminal") }
  for end in [controller, terminal] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (controller, terminal)
}

func closeDescriptor(_ descriptor: Int32) {
  close(descriptor)
}

func isNonBlocking(_ descriptor: Int32) -> Bool {
  fcntl(descriptor, F_GETFL) & O_NONBLOCK != 0
}

func makeNonBlocking(_ descriptor: Int32) {
  _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}
