import TestSupport

/// A server's certificate and key, loaded; shared by its connections.
final class TLSContext: @unchecked Sendable {
  let library: LibSSL
  let pointer: LibSSL.Pointer

  /// - Parameter isHTTP2: whether to agree on HTTP/2 with clients that offer it; if not, on nothing.
  init(_ certificate: Certificate, isHTTP2: Bool = false) throws(TLSError) {
    guard let library = LibSSL.shared else { throw TLSError(description: "libssl is missing") }
    guard let pointer = library.newContext(library.serverMethod()) else {
      throw TLSError(description: "libssl gave no context")
    }
    self.library = library
    self.pointer = pointer
    let isPEM: Int32 = 1
    guard library.useCertificates(pointer, certificate.chainFile) == 1 else {
      throw TLSError(description: "cannot load \(certificate.chainFile)")
    }
    guard library.useKey(pointer, certificate.keyFile, isPEM) == 1 else {
      throw TLSError(description: "cannot load \(certificate.keyFile)")
    }
    if isHTTP2 {
      library.setChoice(
        pointer,
        { _, choice, length, offers, count, _ in
          // Names, each with its length before it.
          var place = 0
          while place < Int(count), let offers {
            let next = place + 1 + Int(offers[place])
            if next - place == 3, offers[place + 1] == UInt8(ascii: "h"), offers[place + 2] == UInt8(ascii: "2") {
              choice?.pointee = offers + place + 1
              length?.pointee = 2
              return 0
            }
            place = next
          }
          let nothing: Int32 = 3
          return nothing
        }, nil)
    }
    // OpenSSL writes without MSG_NOSIGNAL.
    _ = Self.ignoresBrokenPipes
  }

  deinit { library.freeContext(pointer) }

  private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
}

public struct TLSError: Error, CustomStringConvertible {
  public let description: String
}

/// An encrypted connection.
final class TLSStream: ByteStream {
  private let library: LibSSL
  private let pointer: LibSSL.Pointer

  /// Shakes hands; nil where the client will not.
  init?(_ context: TLSContext, _ socket: Socket) {
    guard let pointer = context.library.new(context.pointer) else { return nil }
    library = context.library
    self.pointer = pointer
    guard library.setDescriptor(pointer, socket.descriptor) == 1, library.accept(pointer) == 1 else { return nil }
  }

  deinit { library.free(pointer) }

  func read() -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 14) { buffer, initialized in
      initialized = Int(max(library.read(pointer, buffer.baseAddress, Int32(buffer.count)), 0))
    }
    return bytes.isEmpty ? nil : bytes
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.isEmpty || library.write(pointer, bytes.baseAddress, Int32(bytes.count)) == Int32(bytes.count)
  }

  func finish() { _ = library.shutdown(pointer) }
}
