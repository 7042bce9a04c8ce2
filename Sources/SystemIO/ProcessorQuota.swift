/// How many cores this process can keep busy: those that it may run on, and of these no more than its quota of processor
/// time pays for, rounded up. A quota is not seen in the number of processors: with more at work than it pays for, all
/// of them are stopped for a part of each period.
public func usableCores() -> Int {
  let read = { (path: String) -> String? in
    (try? contents(ofFile: path, upTo: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
  }
  return ProcessorQuota(read: read).usable(of: availableProcessors())
}

/// The processor time that control groups allow this process: the least of its own group's quota and those of the groups
/// that it is in, of both versions. Pure: files are read by what is passed in.
///
/// The files are those of `cgroups(7)` and `proc_pid_mountinfo(5)`: `cpu.max` in version 2, `cpu.cfs_quota_us` and
/// `cpu.cfs_period_us` in version 1.
struct ProcessorQuota {
  /// The text of a file; nil where it cannot be read.
  let read: (String) -> String?

  private enum ControlGroupVersion { case one, two }

  /// A hierarchy of groups, where it can be seen.
  private struct GroupMount {
    let version: ControlGroupVersion
    /// The group that is seen at the mount point.
    let root: String
    let point: String
  }

  func usable(of processors: Int) -> Int {
    guard let cores, cores < Double(processors) else { return processors }
    return max(1, Int(cores.rounded(.up)))
  }

  /// In cores; nil where there is no quota.
  var cores: Double? {
    guard let groups = read("/proc/self/cgroup"), let mounts = read("/proc/self/mountinfo") else { return nil }
    return mounts.split(separator: "\n").compactMap { line -> Double? in
      guard let mount = Self.mount(line), let group = Self.group(in: groups, mount.version) else { return nil }
      return leastQuota(from: group, in: mount)
    }.min()
  }

  /// From the group up to the mount point.
  private func leastQuota(from group: Substring, in mount: GroupMount) -> Double? {
    // Where another namespace made the mount, the group may be outside of what can be seen: the top of it has to do.
    var path = Self.path(of: group, below: mount.root)
    var least: Double?
    while true {
      if let quota = quota(of: mount.point + path, mount.version) { least = min(least ?? quota, quota) }
      guard let slash = path.lastIndex(of: "/") else { return least }
      path = path[..<slash]
    }
  }

  private func quota(of folder: String, _ version: ControlGroupVersion) -> Double? {
    switch version {
    case .one: quota(read(folder + "/cpu.cfs_quota_us"), read(folder + "/cpu.cfs_period_us"))
    case .two:
      read(folder + "/cpu.max").flatMap { text in
        let numbers = text.split(whereSeparator: \.isWhitespace).map(String.init)
        return numbers.count == 2 ? quota(numbers[0], numbers[1]) : nil
      }
    }
  }

  /// nil also where there is none, which is written `max` or -1.
  private func quota(_ time: String?, _ period: String?) -> Double? {
    guard let time = Self.number(time), let period = Self.number(period), time > 0, period > 0 else { return nil }
    return time / period
  }

  private static func number(_ text: String?) -> Double? {
    text?.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) }.map(Double.init)
  }

  // MARK: The lists of the system

  /// A line such as `32 31 0:29 /root /mount/point rw - cgroup cgroup rw,cpu`; nil where it is no hierarchy that may have
  /// a quota.
  private static func mount(_ line: Substring) -> GroupMount? {
    let fields = line.split(separator: " ")
    guard let dash = fields.firstIndex(of: "-"), dash > 4, fields.count > dash + 3 else { return nil }
    let version: ControlGroupVersion
    switch fields[dash + 1] {
    case "cgroup2": version = .two
    case "cgroup" where fields[dash + 3].split(separator: ",").contains("cpu"): version = .one
    default: return nil
    }
    return GroupMount(version: version, root: unescaped(fields[3]), point: unescaped(fields[4]))
  }

  /// The group of this process, from lines such as `1:cpu,cpuacct:/group`, in version 2 `0::/group`.
  private static func group(in text: String, _ version: ControlGroupVersion) -> Substring? {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let isWanted =
        switch version {
        case .one: fields[1].split(separator: ",").contains("cpu")
        case .two: fields[0] == "0" && fields[1].isEmpty
        }
      if isWanted { return fields[2] }
    }
    return nil
  }

  /// Empty for the root itself, else with a slash at its beginning and none at its end.
  private static func path(of group: Substring, below root: String) -> Substring {
    var path = group
    if root != "/" {
      guard group == root || group.hasPrefix(root + "/") else { return "" }
      path = group.dropFirst(root.count)
    }
    return path == "/" || path.hasPrefix("/..") ? "" : path
  }

  /// Spaces and their like are written as a backslash and three octal digits.
  private static func unescaped(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), rest.count >= 3,
        let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
