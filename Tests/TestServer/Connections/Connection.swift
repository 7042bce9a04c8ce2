/// What becomes of a connection when it has been taken, before anything is read.
public enum ConnectionFate: Sendable {
  case serve
  /// Its end.
  case close
  /// Its end, with a reset.
  case reset
  /// Nothing: no byte is read or written, for as long as the client stays.
  case ignore
}

/// One connection, on its thread.
struct Connection {
  let core: Core
  let socket: Socket
  let number: Int

  func serve() {
    switch core.fate(number) {
    case .serve: break
    case .close: return
    case .reset: return socket.resetOnClose()
    case .ignore:
      _ = socket.stands(for: nil)
      return
    }
    guard let context = core.context else { return serve(PlainStream(socket: socket)) }
    guard let stream = TLSStream(context, socket) else { return }
    serve(stream)
  }

  private func serve(_ stream: some ByteStream) {
    var reader = RequestReader(stream, connection: number)
    while let request = reader.next() {
      guard answer(request, on: stream) else { return }
      if request.headers["connection"]?.lowercased() == "close" { break }
    }
    stream.finish()
  }

  /// - Returns: whether the connection may go on.
  private func answer(_ request: Request, on stream: some ByteStream) -> Bool {
    let (call, refusal) = core.begin(request, on: socket)
    var numbered = call.request
    numbered.body = request.body
    let reply =
      if let refusal {
        Reply.rateLimited(.fraction(refusal.seconds)).named("429 of the limit")
      } else {
        core.script(numbered, call.attempt)
      }
    core.name(call, reply)
    if let gate = reply.gate, !socket.stands(for: nil, orUntil: gate) { return lose(call) }
    if reply.delay > .zero, !socket.stands(for: reply.delay) { return lose(call) }
    // Who has given up does not read what the reply asks for.
    if socket.isGone { return lose(call) }
    let sending = Sending(core: core, call: call, socket: socket, stream: stream)
    return sending.send(reply.response(numbered), as: reply.delivery) && !reply.closesConnection
  }

  private func lose(_ call: Call) -> Bool {
    core.end(call, core.endingOfLostCall)
    return false
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
