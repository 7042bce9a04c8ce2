import Summarization

/// The codes as records show them.
enum ArticleErrorCodes {
  static let all = ArticleError.Code.allCases.map(\.rawValue)
}
