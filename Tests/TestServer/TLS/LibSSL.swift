import TestSupport

/// The entry points of OpenSSL that a server needs, found at run time: building needs no headers.
struct LibSSL: @unchecked Sendable {
  typealias Pointer = UnsafeMutableRawPointer
  typealias UseFile = @convention(c) (Pointer?, UnsafePointer<CChar>) -> Int32
  typealias UseTypedFile = @convention(c) (Pointer?, UnsafePointer<CChar>, Int32) -> Int32
  typealias Read = @convention(c) (Pointer?, UnsafeMutableRawPointer?, Int32) -> Int32
  typealias Write = @convention(c) (Pointer?, UnsafeRawPointer?, Int32) -> Int32
  /// Chooses among the protocols that a client offers.
  typealias Choose =
    @convention(c) (
      Pointer?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, UnsafeMutablePointer<UInt8>?, UnsafePointer<UInt8>?,
      UInt32,
      Pointer?
    ) -> Int32

  let serverMethod: @convention(c) () -> Pointer?
  let newContext: @convention(c) (Pointer?) -> Pointer?
  let freeContext: @convention(c) (Pointer?) -> Void
  let useCertificates: UseFile
  let useKey: UseTypedFile
  let setChoice: @convention(c) (Pointer?, Choose, Pointer?) -> Void
  let new: @convention(c) (Pointer?) -> Pointer?
  let free: @convention(c) (Pointer?) -> Void
  let setDescriptor: @convention(c) (Pointer?, Int32) -> Int32
  let accept: @convention(c) (Pointer?) -> Int32
  let read: Read
  let write: Write
  let shutdown: @convention(c) (Pointer?) -> Int32

  /// nil where the library is missing.
  static let shared: LibSSL? = {
    let names: [String] = ["libssl.so.3", "libssl.so.1.1", "libssl.3.dylib"]
    return names.lazy.compactMap { dlopen($0, RTLD_NOW) }.first.flatMap { LibSSL($0) }
  }()

  private init?(_ library: Pointer) {
    func find<Function>(_ name: String, as type: Function.Type) -> Function? {
      dlsym(library, name).map { unsafeBitCast($0, to: type) }
    }
    guard let serverMethod = find("TLS_server_method", as: (@convention(c) () -> Pointer?).self),
      let newContext = find("SSL_CTX_new", as: (@convention(c) (Pointer?) -> Pointer?).self),
      let freeContext = find("SSL_CTX_free", as: (@convention(c) (Pointer?) -> Void).self),
      let useCertificates = find("SSL_CTX_use_certificate_chain_file", as: UseFile.self),
      let useKey = find("SSL_CTX_use_PrivateKey_file", as: UseTypedFile.self),
      let setChoice = find(
        "SSL_CTX_set_alpn_select_cb", as: (@convention(c) (Pointer?, Choose, Pointer?) -> Void).self),
      let new = find("SSL_new", as: (@convention(c) (Pointer?) -> Pointer?).self),
      let free = find("SSL_free", as: (@convention(c) (Pointer?) -> Void).self),
      let setDescriptor = find("SSL_set_fd", as: (@convention(c) (Pointer?, Int32) -> Int32).self),
      let accept = find("SSL_accept", as: (@convention(c) (Pointer?) -> Int32).self),
      let read = find("SSL_read", as: Read.self),
      let write = find("SSL_write", as: Write.self),
      let shutdown = find("SSL_shutdown", as: (@convention(c) (Pointer?) -> Int32).self)
    else { return nil }
    self.serverMethod = serverMethod
    self.newContext = newContext
    self.freeContext = freeContext
    self.useCertificates = useCertificates
    self.useKey = useKey
    self.setChoice = setChoice
    self.new = new
    self.free = free
    self.setDescriptor = setDescriptor
    self.accept = accept
    self.read = read
    self.write = write
    self.shutdown = shutdown
  }
}
