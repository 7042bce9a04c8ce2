import CLibrary

extension CurlTransfer {
  /// Sets the options that are the same for every exchange.
  func setUp() {
    let own = Unmanaged.passUnretained(self).toOpaque()
    let engine = Unmanaged.passUnretained(engine).toOpaque()
    set(CCURLOPT_PRIVATE, own)
    set(CCURLOPT_ERRORBUFFER, errors)
    set(CCURLOPT_NOSIGNAL, 1)
    set(CCURLOPT_FOLLOWLOCATION, 0)
    // Libraries before 7.85 know only the second option, which has been deprecated since.
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
    // A pending name lookup must not delay the end of a request that is given up.
    set(CCURLOPT_QUICK_EXIT, 1)
    // A transfer that waits for its response does not need the default buffer of 16 KiB.
    set(CCURLOPT_BUFFERSIZE, 4096)
    // TCP keep-alive lets the kernel detect a peer that is gone, without waking the process.
    set(CCURLOPT_TCP_KEEPALIVE, 1)

    set(CCURLOPT_WRITEDATA, own)
    ccurl_easy_set_data_function(library.functions, handle, Int32(CCURLOPT_WRITEFUNCTION)) {
      bytes, _, count, transfer in
      let goesOn = CurlTransfer.of(transfer!).receive(body: UnsafeRawBufferPointer(start: bytes, count: count))
      return goesOn ? count : count &- 1
    }
    set(CCURLOPT_HEADERDATA, own)
    ccurl_easy_set_data_function(library.functions, handle, Int32(CCURLOPT_HEADERFUNCTION)) {
      bytes, _, count, transfer in
      let goesOn = CurlTransfer.of(transfer!).receive(header: UnsafeRawBufferPointer(start: bytes, count: count))
      return goesOn ? count : count &- 1
    }
    set(CCURLOPT_PREREQDATA, own)
    ccurl_easy_set_prerequest_function(library.functions, handle) { transfer, _, _, _, port in
      CurlTransfer.of(transfer!).requestBegins(onPort: Int(port)) ? 0 : 1
    }
    set(CCURLOPT_DEBUGDATA, own)
    ccurl_easy_set_debug_function(library.functions, handle) { _, kind, text, count, transfer in
      if kind == CCURLINFO_TEXT {
        CurlTransfer.of(transfer!).receive(note: UnsafeRawBufferPointer(start: text, count: count))
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

  /// Sets the options of one exchange.
  /// - Returns: whether there was memory for it.
  func take(_ exchange: PendingRequest) -> Bool {
    let request = exchange.request
    self.exchange = exchange
    clear()
    if asksForCompression != engine.asksForCompression {
      asksForCompression = engine.asksForCompression
      // The empty string requests every encoding that this libcurl can decompress. Without the option, libcurl leaves
      // bodies as they are.
      if asksForCompression { set(CCURLOPT_ACCEPT_ENCODING, "") } else { set(CCURLOPT_ACCEPT_ENCODING, nil) }
    }
    // Most calls of a run go to one URL with the same headers, so options that are set already are not set again.
    if urlIsSet != request.url {
      guard set(CCURLOPT_URL, request.url) else { return false }
      urlIsSet = request.url
      // Over TLS, requests wait for the first connection to learn whether they can share it. Without TLS there is no
      // HTTP/2, and nothing to wait for.
      set(CCURLOPT_HTTP_VERSION, request.isEncrypted ? CCURL_HTTP_VERSION_2TLS : CCURL_HTTP_VERSION_1_1)
      set(CCURLOPT_PIPEWAIT, request.isEncrypted ? 1 : 0)
      // The empty string means no proxy; nil means the proxy that the environment names.
      if LoopbackHosts.system.contains(request.host) { set(CCURLOPT_PROXY, "") } else { set(CCURLOPT_PROXY, nil) }
    }
    if !headersAreSet(request.headers) {
      guard setHeaders(request.headers) else { return false }
    }
    set(CCURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.milliseconds)
    set(size: CCURLOPT_MAXFILESIZE_LARGE, Int64(request.maximumResponseSize))
    set(size: CCURLOPT_POSTFIELDSIZE_LARGE, Int64(request.body.count))
    // libcurl keeps the only copy; the caller's array is not needed afterwards.
    return request.body.withUnsafeBytes { body in
      // A null pointer would make libcurl read the body from a function.
      body.isEmpty ? set(CCURLOPT_COPYPOSTFIELDS, "") : set(CCURLOPT_COPYPOSTFIELDS, body.baseAddress)
    }
  }

  private func headersAreSet(_ headers: [(name: String, value: String)]) -> Bool {
    headerList != nil && headers.elementsEqual(fieldsAreSet) { $0 == $1 }
  }

  private func setHeaders(_ headers: [(name: String, value: String)]) -> Bool {
    var lines = headers.map { field in
      // libcurl takes a name with a colon and no value as a request to leave the header out.
      field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
    }
    // Turns off `Expect: 100-continue`, because libcurl would wait for servers that do not know it.
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

  // MARK: Single options

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
  /// The number of milliseconds, rounded up and at least 1, because libcurl takes 0 for its own default.
  fileprivate var milliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < 1_000_000 else { return 1_000_000_000 }
    return Int(max(1, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
