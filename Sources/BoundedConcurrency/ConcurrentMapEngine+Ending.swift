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

  /// A worker has left; after the last one the source is released and who joins goes on.
  @usableFromInline
  func leave() {
    let (isLast, joiner) = guarded.withLock { $0.leave() }
    guard isLast else { return }
    source.pointee = nil
    joiner?.resume()
  }

  /// Returns when no worker runs any more. Only for a run that is over.
  @usableFromInline
  func join(isolation: isolated (any Actor)?) async {
    await suspend(isolation: isolation) { (joiner: Continuation<Void>) in
      let isDone = guarded.withLock { $0.join(joiner) }
      if isDone { joiner.resume() }
    }
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
      return guarded.callee(call)
    }
    wake(callee)
  }
}
