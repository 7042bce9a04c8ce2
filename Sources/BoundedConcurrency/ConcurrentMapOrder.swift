/// The order in which `concurrentMap` delivers its results.
public enum ConcurrentMapOrder: Sendable, Hashable, BitwiseCopyable {
  /// The order of the source. A finished result waits behind a slow one that came before it.
  case input
  /// As they finish.
  case completion
}
