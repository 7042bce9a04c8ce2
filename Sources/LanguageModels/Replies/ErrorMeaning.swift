import Summarization

/// The meaning of a server's error for the call.
enum ErrorMeaning: Equatable {
  case failure(ArticleError.Code)
  /// The server rejects these parts of the request.
  case refuses(RequestFeatures)
  /// The reply limit exceeds what the server allows.
  case replyLimitTooHigh
}

extension ErrorMeaning {
  /// Creates the meaning of an error from the matching row of the table or, without one, from the class of the status.
  /// Codes take precedence over words.
  /// - Parameter article: the article that was sent. Phrases that it contains are ignored: the server may be quoting
  ///   it.
  init(_ body: ServerErrorBody, status: Int, to article: Article? = nil) {
    self =
      ErrorMeaningRow.matching(body, status: status, to: article)?.meaning
      // An error behind a success status is a failure of the server during its reply.
      ?? .failure((200..<300).contains(status) ? .serverError : .init(status: status))
  }
}

extension ErrorMeaningRow {
  /// Returns the matching row; nil if there is none, and only the status gives a meaning.
  static func matching(_ body: ServerErrorBody, status: Int, to article: Article? = nil) -> ErrorMeaningRow? {
    let said = body.everything
    let codes = body.codes.filter { code in
      !body.quotedCodes.contains(code) || article.map { !$0.mentions(code) } ?? true
    }
    let rows = table.filter { $0.statuses.contains(status) }
    return rows.first { $0.overridesCodes && $0.matches(words: said, article) }
      ?? rows.first { $0.matches(codes: codes) } ?? rows.first { $0.matches(words: said, article) }
  }

  private func matches(codes said: [String]) -> Bool {
    said.contains { code in
      codes.contains(code) || codeParts.contains { code.contains($0) }
    }
  }

  private func matches(words said: String, _ article: Article?) -> Bool {
    func isSaid(_ phrase: String) -> Bool {
      said.contains(phrase) && article.map { !$0.mentions(phrase) } ?? true
    }
    return words.contains(where: isSaid) && (and.isEmpty || and.contains(where: isSaid))
  }
}

extension Article {
  /// Returns whether the article contains a phrase in lower case, whatever its own case.
  fileprivate func mentions(_ phrase: String) -> Bool {
    content.mentions([phrase]) || title?.mentions([phrase]) == true
  }
}

// MARK: The limit of a reply

/// The details in a server's refusal of a reply limit.
struct ReplyLimitRefusal: Equatable {
  /// The largest limit that the server accepts with this article; nil if the server does not name it.
  var fitting: Int?
  /// Whether the largest limit depends on the article: it is smaller for a longer one.
  var dependsOnArticle = false

  /// The smallest limit that leaves room for a reply. If less remains, the article is too long.
  static let smallestReply = 256

  /// - Parameter current: the limit that was refused.
  init(_ message: String, current: Int) {
    let text = SpokenNumbers(message)
    if let context = text.context, let input = text.input {
      fitting = context - input
      dependsOnArticle = true
    } else if let most = text.most, most < current, most > 0 {
      fitting = most
    }
  }

  /// Returns the limit to try next; nil if the article leaves no room for a reply.
  func next(after current: Int) -> Int? {
    guard let fitting else { return max(1, current / 2) }
    if !dependsOnArticle { return fitting }
    if fitting < min(Self.smallestReply, current) { return nil }
    // The margin is for the next article, which may be longer.
    return min(fitting * 3 / 4, current - 1)
  }
}

/// The numbers in a message about limits, identified by the words around them.
private struct SpokenNumbers {
  /// The size of the context, for input and reply together.
  private(set) var context: Int?
  /// The part of the context that the input takes.
  private(set) var input: Int?
  /// The maximum of a reply, or of the whole context.
  private(set) var most: Int?

  private enum MessagePart: Equatable {
    case number(Int)
    case words(String)
  }

  private let parts: [MessagePart]
  /// No limit is larger. What is computed from larger numbers would overflow.
  private static let mostTokens = 1_000_000_000

  init(_ message: String) {
    parts = Self.parts(of: message.prefix(4096).lowercased())
    for index in parts.indices {
      guard case .number(let number) = parts[index] else { continue }
      let before = words(at: index - 1)
      let behind = words(at: index + 1)
      read(number, before: before, behind: behind, at: index)
    }
  }

  private mutating func read(_ number: Int, before: String, behind: String, at index: Int) {
    let inputBefore = ["input tokens (", "prompt_tokens (", "input: ", "prompt contains ", "prompt: ", "given: "]
    let inputBehind = [
      " input tokens", " in the messages", " tokens from the input", " prompt tokens", " `inputs` tokens",
      " tokens in the prompt", " in your prompt", " of text input", " input characters", " tokens in the messages",
    ]
    let contextBefore = [
      "context length is ", "context length of ", "context window limit (", "context size (", "context window of ",
      "context length (", "max_model_len (", "must be <= ", "context window is ", "maximum context length: ",
      "n_ctx = ",
    ]
    let mostBefore = [
      "at most ", "less than or equal to `", "less than or equal to ", "must be <= ", "maximum of ", "max of ",
      "maximum is ", "max is ", "up to ", "exceed ", "limit of ", "limit is ", "below ", "maximum: ",
      "less than ", "is limited to ", "maximum value is ", "maximum allowed is ",
    ]
    if inputBefore.contains(where: before.hasSuffix) || inputBehind.contains(where: behind.hasPrefix) { input = number }
    if contextBefore.contains(where: before.hasSuffix), context == nil { context = number }
    if mostBefore.contains(where: before.hasSuffix), most == nil { most = number }
    // "[1, 8192]", "between 1 and 8192".
    if [",", ", ", " and ", " to "].contains(before), case .number(1)? = part(index - 2),
      ["[", "between ", "from "].contains(where: words(at: index - 3).hasSuffix), most == nil
    {
      most = number
    }
    // "9999 > 8192, which is the maximum allowed number of output tokens"; "1 + 2 > 3"; "3 > 4 - 1".
    if before.hasSuffix(" > ") {
      if case .number(let first)? = part(index - 4), words(at: index - 3) == " + " {
        input = first
        context = number
      } else if behind == " - ", case .number(let last)? = part(index + 2) {
        context = number
        input = last
      } else if behind.contains("maximum") {
        most = number
      }
    }
  }

  private func part(_ index: Int) -> MessagePart? { parts.indices.contains(index) ? parts[index] : nil }

  private func words(at index: Int) -> String {
    if case .words(let text)? = part(index) { text } else { "" }
  }

  /// Returns the numbers in a text, with or without commas between thousands, and the words between them.
  private static func parts(of text: String) -> [MessagePart] {
    let characters = Array(text.utf8)
    var parts: [MessagePart] = []
    var words: [UInt8] = []
    var index = 0
    func isDigit(_ index: Int) -> Bool {
      index < characters.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(characters[index])
    }
    while index < characters.count {
      guard isDigit(index) else {
        words.append(characters[index])
        index += 1
        continue
      }
      var digits: [UInt8] = []
      while isDigit(index)
        || characters[index...].first == UInt8(ascii: ",") && (1...3).allSatisfy({ isDigit(index + $0) })
          && !isDigit(index + 4)
      {
        if isDigit(index) { digits.append(characters[index]) }
        index += 1
      }
      parts.append(.words(String(decoding: words, as: UTF8.self)))
      words = []
      parts.append(.number(min(Int(String(decoding: digits, as: UTF8.self)) ?? .max, mostTokens)))
    }
    return parts + [.words(String(decoding: words, as: UTF8.self))]
  }
}
