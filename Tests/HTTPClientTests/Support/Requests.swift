import SystemIO
import Testing

@testable import HTTPClient

/// The machine's libcurl; nil where there is none.
let libcurl = try? CurlLibrary.shared.get()

extension Trait where Self == ConditionTrait {
  static var needsLibcurl: Self { .enabled(if: libcurl != nil, "libcurl is not installed") }
}

let poller = try! Poller()

/// Only for tests that need libcurl.
func makeTransport(connections: Int = 100) -> HTTPTransport {
  try! HTTPTransport(poller: poller, maximumConnections: connections)
}

func request(_ url: String, body: String = "{}", timeout: Duration = .seconds(30)) -> HTTPRequest {
  HTTPRequest(
    url: url, headers: [("Content-Type", "application/json")], body: Array(body.utf8), timeout: timeout)
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }
}

extension HTTPTransport {
  /// Why a request has no answer; nil where it has one.
  func failure(of request: HTTPRequest) async -> HTTPTransportError? {
    do throws(HTTPTransportError) {
      _ = try await send(request)
      return nil
    } catch {
      return error
    }
  }
}
