import Testing

@testable import PlainText

@Suite struct MailHeadersTests {
  private static let body = "The harbour was closed on Friday.\n\nNobody was hurt."

  private func rest(of text: String) -> String? {
    Array(text.utf8).withUnsafeBufferPointer { MailHeaders.removed(from: $0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test(arguments: [
    "From: jane@roe.example\nSubject: Harbour",
    "Received: from a.LQ.ORG by b.LQ.ORG (4.1/x) id AA1; Mon, 4 Mar 24 11:48:07 PDT\nReceived: by c.LQ.ORG (4.1)\n"
      + "          11:47:28 PDT\ncontent-length: 12",
    "From:\tMX%\"Jane\"  4-MAR-2024\nTo:\tLYDE\nCC:\t",
    "From jane@roe.example Mon Mar  4 11:48:07 2024\nDate: Mon, 4 Mar 2024\nFrom: Jane Roe",
    "---------- Forwarded message ---------\nFrom: Jane Roe <jane@roe.example>\nDate: Mon, 4 Mar 2024 at 10:12",
    "Von: Jana Roe <jana@roe.example>\nGesendet: Montag, 4. März 2024\nAn: Johann\nBetreff: Hafen",
    "De : Jeanne Roe <jeanne@roe.example>\nEnvoyé : lundi 4 mars 2024\nObjet : Le port",
    "От: Яна <yana@roe.example>\nДата: 4 марта\nТема: Порт",
    "Newsgroups: lyde.harbour\nLines: 12\nSummary: All about it. It is read by all.",
  ])
  func `A header goes, also a second one, and one in the middle`(_ header: String) {
    #expect(rest(of: "\(header)\n\n\(Self.body)")?.hasSuffix(Self.body) == true)
    #expect(rest(of: "\(header)\n\n\(header)\n \n\(Self.body)")?.contains(":") == false)
    #expect(rest(of: "\n\(Self.body)\n\n\(header)\n\n\(Self.body)")?.contains(":") == false)
    #expect(rest(of: header) == nil, "there is nothing else")
  }

  @Test(arguments: [
    "Roe: When does it open?\nDoe: On Monday, at 10:30.\nRoe: Thank you.",
    "Subject: Harbour\nThe harbour is closed.", "Date: Monday", "Time: 10:30\nPlace: Lyde\nPrice: 4 euros",
    "From: Lyde. The ship left on Friday.\nIt is late: 10:30.", "  indented\nFrom: Jane\nTo: John",
    "From http://roe.example\nto: the quay",
  ])
  func `Other lines stay`(_ lines: String) {
    #expect(rest(of: "\(lines)\n\n\(Self.body)") == nil)
  }
}
