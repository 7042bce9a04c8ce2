import Testing

@testable import SystemIO

@Suite struct ProcessorQuotaTests {
  private func cores(_ files: [String: String]) -> Double? { ProcessorQuota { files[$0] }.cores }

  private let unified = "29 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"

  @Test func inAContainerOfItsOwnNamespace() {
    let files = ["/proc/self/cgroup": "0::/\n", "/proc/self/mountinfo": unified]
    #expect(cores(files) == nil)
    #expect(cores(files.merging(["/sys/fs/cgroup/cpu.max": "max 100000\n"]) { $1 }) == nil)
    #expect(cores(files.merging(["/sys/fs/cgroup/cpu.max": "50000 100000\n"]) { $1 }) == 0.5)
    #expect(cores(files.merging(["/sys/fs/cgroup/cpu.max": "nonsense\n"]) { $1 }) == nil)
    #expect(cores(files.merging(["/sys/fs/cgroup/cpu.max": "100000 0\n"]) { $1 }) == nil)
  }

  @Test func theGroupsAboveLimitAsWell() {
    let files = [
      "/proc/self/cgroup": "0::/user.slice/a:b/c\n", "/proc/self/mountinfo": unified,
      "/sys/fs/cgroup/user.slice/a:b/c/cpu.max": "400000 100000\n",
      "/sys/fs/cgroup/user.slice/a:b/cpu.max": "max 100000\n",
      "/sys/fs/cgroup/user.slice/cpu.max": "150000 100000\n",
    ]
    #expect(cores(files) == 1.5)
  }

  @Test func ofVersionOne() {
    var files = [
      "/proc/self/cgroup": "3:memory:/other\n2:cpu,cpuacct:/docker/12\n1:name=systemd:/x\n0::/\n",
      "/proc/self/mountinfo": """
      32 31 0:29 /docker/12 /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct
      33 31 0:30 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset
      34 31 0:31 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
      """,
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
    ]
    #expect(cores(files) == nil)
    files["/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us"] = "250000\n"
    #expect(cores(files) == 2.5)
    // A group below what is mounted.
    files["/proc/self/cgroup"] = "2:cpu,cpuacct:/docker/12/job\n"
    files["/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us"] = "50000\n"
    files["/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us"] = "100000\n"
    #expect(cores(files) == 0.5)
  }

  @Test func aGroupOutsideOfWhatIsMountedHasTheTopOfIt() {
    for group in ["/../other", "/elsewhere"] {
      let files = [
        "/proc/self/cgroup": "0::\(group)\n",
        "/proc/self/mountinfo": #"1 2 0:3 /in\040here /m\040n rw - cgroup2 none rw"#,
        "/m n/cpu.max": "200000 100000\n",
      ]
      #expect(cores(files) == 2)
    }
  }

  @Test func withoutGroupsThereIsNoQuota() {
    #expect(cores([:]) == nil)
    #expect(cores(["/proc/self/cgroup": "", "/proc/self/mountinfo": "x\n- - -\n"]) == nil)
  }

  @Test(arguments: [(0.5, 1), (1, 1), (1.5, 2), (2, 2), (3, 2), (100, 2)])
  func whatIsUsableIsRoundedUp(quota: Double, cores: Int) {
    let files = [
      "/proc/self/cgroup": "0::/\n", "/proc/self/mountinfo": unified,
      "/sys/fs/cgroup/cpu.max": "\(Int(quota * 100_000)) 100000\n",
    ]
    #expect(ProcessorQuota { files[$0] }.usable(of: 2) == cores)
  }

  @Test func thisProcessHasACore() {
    #expect((1...availableProcessors()).contains(usableCores()))
  }
}
