import TestSupport

// Functions of the C library that its headers show only to those who ask for extensions, found by name at run time.

#if canImport(Darwin)
  typealias SpawnFileActions = posix_spawn_file_actions_t?
#else
  typealias SpawnFileActions = posix_spawn_file_actions_t
#endif

enum LibraryFunctions {
  typealias AddDescriptor = @convention(c) (UnsafeMutablePointer<SpawnFileActions>, Int32) -> Int32
  typealias AddPath = @convention(c) (UnsafeMutablePointer<SpawnFileActions>, UnsafePointer<CChar>) -> Int32
  typealias OnDescriptor = @convention(c) (Int32) -> Int32
  typealias NameOfDescriptor = @convention(c) (Int32) -> UnsafeMutablePointer<CChar>?

  static let addCloseFrom = find("posix_spawn_file_actions_addclosefrom_np", as: AddDescriptor.self)
  static let addChangeDirectory = find("posix_spawn_file_actions_addchdir_np", as: AddPath.self)
  static let openTerminal = find("posix_openpt", as: OnDescriptor.self)
  static let grantTerminal = find("grantpt", as: OnDescriptor.self)
  static let unlockTerminal = find("unlockpt", as: OnDescriptor.self)
  static let nameOfTerminal = find("ptsname", as: NameOfDescriptor.self)

  private static func find<Function>(_ name: String, as type: Function.Type) -> Function? {
    dlsym(dlopen(nil, RTLD_NOW), name).map { unsafeBitCast($0, to: type) }
  }
}
