import CLibrary
import TestSupport
import Testing

@testable import SystemIO

#if os(Linux)
  struct ChildProcessTests {
    @Test(.enabled(if: system_children_have_three_descriptors(), "needs glibc 2.34"))
    func whatAnyLibraryHasOpenIsNotInherited() throws {
      // Without the flag that closes it in programs that are started.
      let foreign = open("/dev/null", O_RDONLY)
      defer { close(foreign) }
      try #require(foreign > 2 && fcntl(foreign, F_GETFD) == 0)
      let child = try ChildProcess(ChildProgram(path: "/bin/sh", arguments: ["sh", "-c", "echo /proc/self/fd/*"]))
      try child.input.close()
      defer { for descriptor in [child.output, child.errors, child.exit] { try? descriptor.close() } }
      var text: [UInt8] = []
      var byte: UInt8 = 0
      var entry = pollfd(fd: child.output.rawValue, events: Int16(POLLIN), revents: 0)
      while poll(&entry, 1, -1) > 0, read(child.output.rawValue, &byte, 1) == 1 { text.append(byte) }
      entry.fd = child.exit.rawValue
      while poll(&entry, 1, -1) < 1 {}
      #expect(child.reap() == .exited(0))
      // The last is the folder itself while it is read.
      #expect(String(decoding: text, as: UTF8.self).split(separator: " ").count == 4)
    }
  }
#endif
