import CLibrary
import SystemIO
import Testing

@Suite struct SystemThreadTests {
  @Test func threadsThatAreToBeHadAreGivenBack() throws {
    // More in all than the descriptors and threads of a process would allow if they were kept.
    for _ in 0..<200 { try SystemThread.requireSpare(8) }
  }

  @Test func newVersionsOfFilesGoOrStay() throws {
    let name = "/tmp/summarize-test-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let first = try TemporaryFiles.create(name)
    // Something of that name is in the way.
    #expect(throws: SystemError(code: EEXIST)) { try TemporaryFiles.create(name) }
    TemporaryFiles.discard(name)
    #expect(access(name, F_OK) < 0)
    try first.close()

    let second = try TemporaryFiles.create(name)
    TemporaryFiles.keep(name)
    TemporaryFiles.discard(name)
    #expect(access(name, F_OK) == 0)
    try second.close()
    try FileName.remove(name)
  }
}
