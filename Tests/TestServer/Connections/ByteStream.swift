/// The two directions of a connection, plain or encrypted. Used by one thread.
protocol ByteStream {
  /// What has come in; nil at the end or when the connection is broken.
  func read() -> [UInt8]?
  /// - Returns: whether all of it was taken.
  func write(_ bytes: UnsafeRawBufferPointer) -> Bool
  /// Says goodbye where the protocol has a word for it.
  func finish()
}

extension ByteStream {
  func write(_ bytes: some Sequence<UInt8>) -> Bool {
    Array(bytes).withUnsafeBytes { write($0) }
  }

  func write(_ text: String) -> Bool { write(text.utf8) }
}

/// A connection without encryption.
struct PlainStream: ByteStream {
  let socket: Socket

  func read() -> [UInt8]? { socket.read(upTo: 1 << 16) }
  func write(_ bytes: UnsafeRawBufferPointer) -> Bool { socket.write(bytes) }
  func finish() {}
}
