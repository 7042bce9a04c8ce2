import BoundedConcurrency

/// The window that limits how far the input runs ahead of the output. At most `capacity` records are admitted and not
/// yet written, so that a slow reader stops the whole chain. Pure.
struct AdmissionWindow {
  var capacity: Int
  /// The lines that were admitted and not yet written, oldest first; the first `written` of them have been.
  private var lines: [Int] = []
  private var written = 0
  private(set) var isStopped = false
  /// Whether admission is paused, because reading more is of no use for now.
  private(set) var isPaused = false
  /// Whether one line may be admitted in spite of the pause.
  private var wantsOne = false

  init(capacity: Int) {
    self.capacity = capacity
  }

  var unwritten: Int { lines.count - written }
  var hasRoom: Bool { unwritten < capacity && (!isPaused || wantsOne) }
  /// The oldest line without a written record; in input order, the line that all later ones wait for.
  var oldestUnwritten: Int? { unwritten > 0 ? lines[written] : nil }

  mutating func admit(line: Int) {
    lines.append(line)
    wantsOne = false
  }

  mutating func pause() {
    isPaused = true
  }

  /// Admits one line in spite of the pause.
  mutating func admitOne() {
    wantsOne = isPaused
  }

  mutating func resume() {
    isPaused = false
    wantsOne = false
  }

  mutating func wrote(records: Int) {
    written += records
    // Amortised constant time, and `lines` never grows beyond twice the window.
    if written > lines.count / 2 {
      lines.removeFirst(written)
      written = 0
    }
  }

  mutating func stop() {
    isStopped = true
  }
}

/// Holds the input back while the admission window is full, and for good once the run stops.
package final class AdmissionGate: Sendable {
  private struct AdmissionState {
    var window: AdmissionWindow
    var waiting: UnsafeContinuation<Bool, Never>?

    /// Removes the waiting caller, if there is an answer for it now.
    mutating func takeWaiting() -> (UnsafeContinuation<Bool, Never>, Bool)? {
      guard window.isStopped || window.hasRoom, let continuation = waiting.take() else { return nil }
      return (continuation, !window.isStopped)
    }
  }

  private let state: Lock<AdmissionState>

  package init(capacity: Int) {
    state = Lock(AdmissionState(window: AdmissionWindow(capacity: capacity)))
  }

  /// Whether there is room for one more line: false when the run stops, nil where it has to be waited for.
  package var hasRoom: Bool? {
    state.withLock { state in
      state.window.isStopped ? false : state.window.hasRoom ? true : nil
    }
  }

  /// Waits until there is room for one more line; returns false when the run stops. Only one caller may wait at a time.
  package func waitForRoom() async -> Bool {
    await withUnsafeContinuation { continuation in
      let answered = state.withLock { state in
        precondition(state.waiting == nil, "two callers wait for room")
        state.waiting = continuation
        return state.takeWaiting()
      }
      if let (continuation, answer) = answered { continuation.resume(returning: answer) }
    }
  }

  /// Takes the room that `waitForRoom` granted. Returns false when the run has stopped since; the line must not be
  /// started.
  package func admit(line: Int) -> Bool {
    state.withLock { state in
      guard !state.window.isStopped else { return false }
      state.window.admit(line: line)
      return true
    }
  }

  /// Fewer than are unwritten may be let in from now on, or more.
  package func setCapacity(_ capacity: Int) {
    update { $0.capacity = capacity }
  }

  package func wrote(records: Int) {
    update { $0.wrote(records: records) }
  }

  /// Stops admission until `resume`. Room that was granted before may still be taken.
  package func pause() {
    update { $0.pause() }
  }

  /// Admits one line during the pause, if the window has room for it.
  package func admitOne() {
    update { $0.admitOne() }
  }

  package func resume() {
    update { $0.resume() }
  }

  /// Ends admission for good.
  package func stop() {
    update { $0.stop() }
  }

  package var oldestUnwritten: Int? {
    state.withLock { $0.window.oldestUnwritten }
  }

  private func update(_ change: (inout AdmissionWindow) -> Void) {
    let answered = state.withLock { state in
      change(&state.window)
      return state.takeWaiting()
    }
    if let (continuation, answer) = answered { continuation.resume(returning: answer) }
  }
}
