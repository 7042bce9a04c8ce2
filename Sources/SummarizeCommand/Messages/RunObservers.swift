import Summarization

/// Several listeners in place of one.
struct RunObservers: RunObserver {
  let observers: [any RunObserver]

  func observe(_ event: RunEvent) {
    for observer in observers { observer.observe(event) }
  }
}
