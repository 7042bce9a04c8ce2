/// Puts the reply to a call on the wire.
///
/// A call has ended in the log before its last byte goes out: the client may begin the next one as soon as it has that.
struct Sending<Stream: ByteStream> {
  let core: Core
  let call: Call
  let socket: Socket
  let stream: Stream

  /// - Returns: whether the connection may go on.
  func send(_ response: Response, as delivery: Delivery) -> Bool {
    let body = response.body
    switch delivery {
    case .whole:
      core.end(call, .answered, response)
      return stream.write(response.head(length: body.count).utf8 + body)

    case .chunked(let size):
      var response = response
      response.headers.set("Transfer-Encoding", "chunked")
      guard stream.write(response.head(length: nil)) else { return lose() }
      for start in stride(from: 0, to: body.count, by: size) {
        let chunk = body[start..<min(start + size, body.count)]
        guard stream.write("\(String(chunk.count, radix: 16))\r\n".utf8 + chunk + "\r\n".utf8) else { return lose() }
      }
      core.end(call, .answered, response)
      return stream.write("0\r\n\r\n")

    case .drip(let size, let pause):
      let bytes = response.head(length: body.count).utf8 + body
      for start in stride(from: 0, to: bytes.count, by: size) {
        let end = min(start + size, bytes.count)
        if end == bytes.count { core.end(call, .answered, response) }
        guard stream.write(bytes[start..<end]), end == bytes.count || socket.stands(for: pause) else { return lose() }
      }
      return true

    case .half:
      core.end(call, .answered, response)
      _ = stream.write(response.head(length: body.count).utf8 + body.prefix(body.count / 2))
      return false

    case .stall:
      _ = stream.write(response.head(length: body.count).utf8 + body.prefix(body.count / 2))
      _ = socket.stands(for: nil)
      return lose()

    case .close:
      core.end(call, .answered)
      return false

    case .reset:
      core.end(call, .answered)
      socket.resetOnClose()
      return false

    case .never:
      _ = socket.stands(for: nil)
      return lose()

    case .raw(let bytes):
      core.end(call, .answered)
      _ = stream.write(bytes)
      return false

    case .huge(let count, let declared):
      guard stream.write(response.head(length: declared ? count + body.count : nil)) else { return lose() }
      let block = [UInt8](repeating: 0x20, count: 1 << 16)
      for start in stride(from: 0, to: count, by: block.count) {
        guard stream.write(block.prefix(count - start)) else { return lose() }
      }
      core.end(call, .answered, response)
      return stream.write(body) && declared
    }
  }

  private func lose() -> Bool {
    core.end(call, core.endingOfLostCall)
    return false
  }
}
