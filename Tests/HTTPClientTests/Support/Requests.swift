import SystemIO
import Testing

@testable import HTTPClient

/// The machine's libcurl; nil where there is none.
let libcurl = try? CurlLibrary.shared.get()

extension Trait where Self == ConditionTrait {
  static var needsLibcurl: Self { .enabled(if: libcurl != nil, "libcurl is not installed") }
}

let poller = try! EventPoller()

/// Only for tests that need libcurl.
func makeTransport(connections: Int = 100) -> HTTPClient {
  try! HTTPClient(poller: poller, maximumConnections: connections)
}

func request(_ url: String, body: String = "{}") -> HTTPRequest {
  HTTPRequest(
    url: url, headers: [("Content-Type", "application/json")], body: Array(body.utf8), connectTimeout: .seconds(240))
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }
}

extension HTTPClient {
  /// Why a request has no answer; nil where it has one.
  func failure(of request: HTTPRequest) async -> HTTPClientError? {
    do throws(HTTPClientError) {
      _ = try await send(request)
      return nil
    } catch {
      return error
    }
  }
}
