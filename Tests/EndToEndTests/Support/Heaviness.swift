/// Whether sizes and times are wanted in full (`SUMMARIZE_HEAVY=1`, for a release build): minutes, where a part of them
/// shows the same in seconds.
let isHeavy = environmentVariable("SUMMARIZE_HEAVY") != nil
