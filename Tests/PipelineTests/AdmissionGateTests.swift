import Testing

@testable import Pipeline

@Suite struct AdmissionWindowTests {
  @Test func hasRoomUntilItsCapacityIsUnwritten() {
    var window = AdmissionWindow(capacity: 2)
    #expect(window.hasRoom)
    window.admit(line: 1)
    #expect(window.hasRoom)
    window.admit(line: 5)
    #expect(!window.hasRoom)
    #expect(window.oldestUnwritten == 1)
    window.wrote(records: 1)
    #expect(window.hasRoom)
    #expect(window.oldestUnwritten == 5)
    window.wrote(records: 1)
    #expect(window.oldestUnwritten == nil)
  }

  @Test func theCapacityMayChange() {
    var window = AdmissionWindow(capacity: 1)
    window.admit(line: 1)
    #expect(!window.hasRoom)
    window.capacity = 3
    window.admit(line: 2)
    window.admit(line: 3)
    #expect(!window.hasRoom)
    window.capacity = 2
    window.wrote(records: 1)
    #expect(!window.hasRoom)
    window.wrote(records: 1)
    #expect(window.hasRoom)
  }

  @Test func theCapacityFollowsTheLevel() {
    let found = JobSettings(most: 64, choice: .found)
    #expect(found.first == 1 && JobSettings(most: 64).first == 64)
    #expect(found.capacity(at: 3, keepsOrder: false) == 3)
    #expect(found.capacity(at: 3, keepsOrder: true) == 64)
    #expect(found.capacity(at: 12, keepsOrder: true) == 96)
    #expect(JobSettings(most: 9, choice: .found, window: 20).capacity(at: 9, keepsOrder: true) == 20)
    #expect(JobSettings(most: 5).capacity(at: 5, keepsOrder: true) == 40)
  }

  @Test func hasNoRoomWhilePaused() {
    var window = AdmissionWindow(capacity: 2)
    window.pause()
    #expect(!window.hasRoom)
    window.resume()
    #expect(window.hasRoom)
  }

  @Test func knowsTheOldestThroughAnyHistory() {
    var window = AdmissionWindow(capacity: 10)
    var model: [Int] = []
    for line in 1...2_000 {
      window.admit(line: line)
      model.append(line)
      if line % 3 == 0 {
        let count = min(model.count, line % 7)
        window.wrote(records: count)
        model.removeFirst(count)
      }
      #expect(window.unwritten == model.count)
      #expect(window.oldestUnwritten == model.first)
    }
  }
}

@Suite(.timeLimit(.minutes(20))) struct AdmissionGateTests {
  @Test func waitsForAWriteAndThenAdmits() async {
    let admission = AdmissionGate(capacity: 1)
    #expect(await admission.waitForRoom())
    #expect(admission.admit(line: 1))
    async let room = admission.waitForRoom()
    await Task.yield()
    admission.wrote(records: 1)
    #expect(await room)
  }

  @Test func nothingIsAdmittedWhilePaused() async {
    let admission = AdmissionGate(capacity: 2)
    #expect(await admission.waitForRoom())
    admission.pause()
    #expect(admission.admit(line: 1), "room was promised to it")
    async let room = admission.waitForRoom()
    await Task.yield()
    admission.wrote(records: 1)
    admission.resume()
    #expect(await room)
  }

  @Test func aPauseLetsOneInWhereOneIsWanted() {
    var window = AdmissionWindow(capacity: 2)
    window.admitOne()
    window.pause()
    #expect(!window.hasRoom, "what is wanted before a pause is no matter of it")
    window.admitOne()
    window.admitOne()
    #expect(window.hasRoom)
    window.admit(line: 1)
    #expect(!window.hasRoom)
    window.admitOne()
    window.admit(line: 2)
    window.admitOne()
    #expect(!window.hasRoom, "never more than the window holds")
    window.resume()
    window.wrote(records: 1)
    #expect(window.hasRoom)
  }

  @Test func stoppingEndsAlsoAPause() async {
    let admission = AdmissionGate(capacity: 2)
    admission.pause()
    async let room = admission.waitForRoom()
    await Task.yield()
    admission.stop()
    #expect(await room == false)
  }

  @Test func stoppingEndsTheWaitAndAdmitsNothingMore() async {
    let admission = AdmissionGate(capacity: 1)
    #expect(admission.admit(line: 1))
    async let room = admission.waitForRoom()
    await Task.yield()
    admission.stop()
    #expect(await room == false)
    #expect(await admission.waitForRoom() == false)
    admission.wrote(records: 1)
    #expect(!admission.admit(line: 2))
  }
}
