import CLibrary

extension Transfer {
  /// Sets what is the same for every exchange.
  func setUp() {
    let own = Unmanaged.passUnretained(self).toOpaque()
    let engine = Unmanaged.passUnretained(engine).toOpaque()
    set(CCURLOPT_PRIVATE, own)
    set(CCURLOPT_ERRORBUFFER, errors)
    set(CCURLOPT_NOSIGNAL, 1)
    set(CCURLOPT_FOLLOWLOCATION, 0)
    // The name of the second is the only one that libraries before 7.85 know, and deprecated since.
    if !set(CCURLOPT_PROTOCOLS_STR, "http,https") { set(CCURLOPT_PROTOCOLS, CCURL_PROTOCOLS_HTTP) }
    set(CCURLOPT_HTTP09_ALLOWED, 0)
    set(CCURLOPT_SSL_VERIFYPEER, 1)
    set(CCURLOPT_SSL_VERIFYHOST, 2)
    if let file = authorities.file {
      set(CCURLOPT_CAINFO, file)
      set(CCURLOPT_PROXY_CAINFO, file)
    }
    if let directory = authorities.directory {
      set(CCURLOPT_CAPATH, directory)
      set(CCURLOPT_PROXY_CAPATH, directory)
    }
    set(CCURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // A name that is still looked up when the request is given up holds nothing up.
    set(CCURLOPT_QUICK_EXIT, 1)
    // What waits for an answer needs no 16 KiB to receive it.
    set(CCURLOPT_BUFFERSIZE, 4096)
    // A peer that is gone without a word is found out by the kernel, not by waking up.
    set(CCURLOPT_TCP_KEEPALIVE, 1)

    set(CCURLOPT_WRITEDATA, own)
    ccurl_easy_set_data_function(library.functions, handle, Int32(CCURLOPT_WRITEFUNCTION)) {
      bytes, _, count, transfer in
      let goesOn = Transfer.of(transfer!).receive(body: UnsafeRawBufferPointer(start: bytes, count: count))
      return goesOn ? count : count &- 1
    }
    set(CCURLOPT_HEADERDATA, own)
    ccurl_easy_set_data_function(library.functions, handle, Int32(CCURLOPT_HEADERFUNCTION)) {
      bytes, _, count, transfer in
      let goesOn = Transfer.of(transfer!).receive(header: UnsafeRawBufferPointer(start: bytes, count: count))
      return goesOn ? count : count &- 1
    }
    set(CCURLOPT_PREREQDATA, own)
    ccurl_easy_set_prerequest_function(library.functions, handle) { transfer, _, _, _, port in
      Transfer.of(transfer!).requestBegins(onPort: Int(port)) ? 0 : 1
    }
    set(CCURLOPT_DEBUGDATA, own)
    ccurl_easy_set_debug_function(library.functions, handle) { _, kind, text, count, transfer in
      if kind == CCURLINFO_TEXT {
        Transfer.of(transfer!).receive(note: UnsafeRawBufferPointer(start: text, count: count))
      }
      return 0
    }
    set(CCURLOPT_VERBOSE, 1)
    set(CCURLOPT_OPENSOCKETDATA, engine)
    set(CCURLOPT_CLOSESOCKETDATA, engine)
    ccurl_easy_set_socket_functions(
      library.functions, handle,
      { engine, _, kind in TransferEngine.of(engine!).open(kind!) },
      { engine, descriptor in TransferEngine.of(engine!).close(descriptor) })
  }

  /// Sets what belongs to one exchange.
  /// - Returns: whether there was memory for it.
  func take(_ exchange: Exchange) -> Bool {
    let request = exchange.request
    self.exchange = exchange
    clear()
    if asksForCompression != engine.asksForCompression {
      asksForCompression = engine.asksForCompression
      // Whatever this libcurl can decompress; without the option libcurl leaves bodies alone.
      if asksForCompression { set(CCURLOPT_ACCEPT_ENCODING, "") } else { set(CCURLOPT_ACCEPT_ENCODING, nil) }
    }
    // Most calls of a run go to one place with the same headers: what is set already is not set again.
    if urlIsSet != request.url {
      guard set(CCURLOPT_URL, request.url) else { return false }
      urlIsSet = request.url
      // Over TLS requests wait for the first connection, which says whether they can share it. Without TLS there is no
      // HTTP/2, and nothing to wait for.
      set(CCURLOPT_HTTP_VERSION, request.isEncrypted ? CCURL_HTTP_VERSION_2TLS : CCURL_HTTP_VERSION_1_1)
      set(CCURLOPT_PIPEWAIT, request.isEncrypted ? 1 : 0)
      // No proxy, or the one that the environment names.
      if LoopbackHosts.system.contains(request.host) { set(CCURLOPT_PROXY, "") } else { set(CCURLOPT_PROXY, nil) }
    }
    if !headersAreSet(request.headers) {
      guard setHeaders(request.headers) else { return false }
    }
    set(CCURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.milliseconds)
    set(size: CCURLOPT_MAXFILESIZE_LARGE, Int64(request.maximumResponseSize))
    set(size: CCURLOPT_POSTFIELDSIZE_LARGE, Int64(request.body.count))
    // libcurl's copy is the only one; after it the caller's array is not needed any more.
    return request.body.withUnsafeBytes { body in
      // No pointer would mean: to be read from a function.
      body.isEmpty ? set(CCURLOPT_COPYPOSTFIELDS, "") : set(CCURLOPT_COPYPOSTFIELDS, body.baseAddress)
    }
  }

  private func headersAreSet(_ headers: [(name: String, value: String)]) -> Bool {
    headerList != nil && headers.elementsEqual(fieldsAreSet) { $0 == $1 }
  }

  private func setHeaders(_ headers: [(name: String, value: String)]) -> Bool {
    var lines = headers.map { field in
      // libcurl takes a name with a colon and nothing after it for a wish to leave the header out.
      field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
    }
    // A server that does not know this one would be waited for.
    lines.append("Expect:")
    if !headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
    var list: OpaquePointer?
    for line in lines {
      guard let longer = ccurl_list_append(library.functions, list, line) else {
        ccurl_list_destroy(library.functions, list)
        return false
      }
      list = longer
    }
    set(CCURLOPT_HTTPHEADER, list.map { UnsafeRawPointer($0) })
    ccurl_list_destroy(library.functions, headerList)
    headerList = list
    fieldsAreSet = headers
    return true
  }

  // MARK: Setting one

  /// - Returns: whether this libcurl knows the option.
  @discardableResult
  func set(_ option: Int, _ value: Int) -> Bool {
    ccurl_easy_set_long(library.functions, handle, Int32(option), value) == 0
  }

  @discardableResult
  func set(_ option: Int, _ value: UnsafeRawPointer?) -> Bool {
    ccurl_easy_set_pointer(library.functions, handle, Int32(option), value) == 0
  }

  @discardableResult
  func set(_ option: Int, _ value: String) -> Bool {
    value.withCString { ccurl_easy_set_pointer(library.functions, handle, Int32(option), $0) == 0 }
  }

  @discardableResult
  private func set(size option: Int, _ value: Int64) -> Bool {
    ccurl_easy_set_size(library.functions, handle, Int32(option), value) == 0
  }
}

extension Duration {
  /// Rounded up, and at least 1: libcurl takes 0 for its own default.
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 1_000_000 else { return 1_000_000_000 }
    return Int(max(1, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
