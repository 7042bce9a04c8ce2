// The ways a run ends: the source's end, a failure, cancellation; and who waits for the last worker.
extension ConcurrentMapEngine {
  @usableFromInline
  func sourceEnded() {
    let audience = guarded.withLock { guarded -> Guarded.Audience in
      let tellsConsumer = guarded.state.sourceEnded()
      return guarded.audience(tellsConsumer: tellsConsumer, cancelling: false)
    }
    audience.hear(.success(nil))
  }

  @usableFromInline
  func fail(_ failure: Failure, pulling: Bool) {
    let audience = guarded.withLock { guarded -> Guarded.Audience? in
      guard let tellsConsumer = guarded.state.failed(failure, pulling: pulling) else { return nil }
      return guarded.audience(tellsConsumer: tellsConsumer, cancelling: true)
    }
    audience?.hear(.failure(failure))
  }

  /// The consumer was cancelled, or has gone.
  @usableFromInline
  func cancel() {
    let audience = guarded.withLock { guarded -> Guarded.Audience? in
      guard let tellsConsumer = guarded.state.cancel() else { return nil }
      return guarded.audience(tellsConsumer: tellsConsumer, cancelling: true)
    }
    audience?.hear(cancelled)
  }

  /// A worker leaves; the last one releases the source, and only then who joins goes on.
  @usableFromInline
  func leave() {
    let isLast = guarded.withLock { $0.state.leave() }
    guard isLast else { return }
    source.pointee = nil
    guarded.withLock { $0.released() }?.resume()
  }

  /// Returns when no worker runs any more and the source is released. Only for a run that is over.
  @usableFromInline
  func join(isolation: isolated (any Actor)?) async {
    await suspend(isolation: isolation) { (joiner: Continuation<Void>) in
      let isDone = guarded.withLock { $0.join(joiner) }
      if isDone { joiner.resume() }
    }
    // Of a run that never began, no worker did it.
    source.pointee = nil
  }
}

extension ConcurrentMapEngine: LimitFollower {
  @usableFromInline
  func followLimit() {
    changingLimit?.follow(self)
    // It may have changed between being read and being followed.
    limitChanged()
  }

  func limitChanged() {
    guard let changingLimit else { return }
    let callee = guarded.withLock { guarded in
      let call = guarded.state.limitChanged(to: changingLimit.value)
      return guarded.calleeFromOutside(call)
    }
    wake(callee)
  }

  var isAtLimit: Bool { guarded.withLock { $0.state.isAtLimit } }
}
