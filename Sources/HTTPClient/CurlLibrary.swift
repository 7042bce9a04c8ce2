import CLibrary

/// libcurl, loaded when it is first needed, so that a run that calls nobody pays nothing for it.
final class CurlLibrary: Sendable {
  /// The functions; never changed once found.
  nonisolated(unsafe) let functions: OpaquePointer

  /// Whether it tells when a request is about to be sent (7.80).
  let tellsOfRequests: Bool
  /// Whether it can let go of a name that it is looking up (7.87). An older one waits for the answer, on the spot.
  let canLeaveLookups: Bool

  /// What the system's library is called.
  static let systemNames = (0..<system_curl_name_count).map { String(cString: system_curl_name($0)) }

  /// The process's one library.
  static let shared: Result<CurlLibrary, HTTPClientUnavailable> = {
    do throws(HTTPClientUnavailable) {
      return .success(try CurlLibrary(names: systemNames))
    } catch {
      return .failure(error)
    }
  }()

  /// - Parameter canLeaveLookups: instead of what the version says.
  init(names: [String], canLeaveLookups: Bool? = nil) throws(HTTPClientUnavailable) {
    // Copies that live on: libcurl's names are asked for once in a process.
    let copies = names.map { name in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: name.utf8.count + 1)
      for (index, byte) in name.utf8.enumerated() { copy[index] = CChar(bitPattern: byte) }
      copy[name.utf8.count] = 0
      return UnsafePointer<CChar>?(copy)
    }
    defer { for copy in copies { copy?.deallocate() } }
    guard let functions = ccurl_load(copies, copies.count) else {
      throw HTTPClientUnavailable(
        message: "libcurl was not found; install it (apt install libcurl4, dnf install libcurl, apk add libcurl)")
    }
    guard ccurl_resolves_asynchronously(functions) else {
      throw HTTPClientUnavailable(
        message: "this libcurl holds everything up while it looks up a name; install one with a threaded resolver")
    }
    self.functions = functions
    let version = ccurl_version_number(functions)
    tellsOfRequests = version >= 0x07_50_00
    self.canLeaveLookups = canLeaveLookups ?? (version >= 0x07_57_00)
  }

  /// libcurl's own words for a result.
  func message(for result: Int32) -> String {
    String(cString: ccurl_easy_message(functions, result))
  }
}
