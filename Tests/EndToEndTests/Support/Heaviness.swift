/// Whether sizes and times are wanted in full (`SUMMARIZE_HEAVY=1`, for a release build): minutes, where a part of them
/// shows the same in seconds.
let isHeavy = environmentVariable("SUMMARIZE_HEAVY") != nil

/// Whether the machine does nothing else, so that what a run takes says something about the program
/// (`SUMMARIZE_TIMES=1`). On a machine that is busy, chance decides how soon a timer ends or a call arrives.
let judgesTimes = environmentVariable("SUMMARIZE_TIMES") != nil
