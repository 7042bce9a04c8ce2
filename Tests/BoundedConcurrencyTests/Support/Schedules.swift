import TestSupport

/// How often a randomised test tries: `full` times in release builds and where `FULL_SCHEDULES` is set (CI), a
/// fraction of that in debug builds.
func schedules(_ full: Int) -> Int {
  #if DEBUG
    environmentVariable("FULL_SCHEDULES") != nil ? full : max(1, full / 50)
  #else
    full
  #endif
}
