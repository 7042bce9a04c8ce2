// The ways in which a run ends (the source's end, a failure, cancellation), and waiting for the last worker.
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

  /// Cancels the run: the consumer was cancelled, or the iterator was released.
  @usableFromInline
  func cancel() {
    let audience = guarded.withLock { guarded -> Guarded.Audience? in
      guard let tellsConsumer = guarded.state.cancel() else { return nil }
      return guarded.audience(tellsConsumer: tellsConsumer, cancelling: true)
    }
    audience?.hear(cancelled)
  }

  /// Ends a worker. The last worker releases the source before the joiner is resumed.
  @usableFromInline
  func leave() {
    let isLast = guarded.withLock { $0.state.leave() }
    guard isLast else { return }
    source.pointee = nil
    guarded.withLock { $0.released() }?.resume()
  }

  /// Returns when all workers have left and the source is released. Only for a run that is over.
  @usableFromInline
  func join(isolation: isolated (any Actor)?) async {
    await suspend(isolation: isolation) { (joiner: Continuation<Void>) in
      let isDone = guarded.withLock { $0.join(joiner) }
      if isDone { joiner.resume() }
    }
    // If the run never began, no worker has released the source.
    source.pointee = nil
  }
}

extension ConcurrentMapEngine: LimitFollower {
  @usableFromInline
  func followLimit() {
    changingLimit?.follow(self)
    // The limit may have changed between reading and following it.
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
