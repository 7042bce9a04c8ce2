/// What can be done about a failure. Whoever has the options puts it into words.
public enum LanguageModelAdvice: Sendable, Equatable {
  case giveKey
  case checkKey
  case checkPermission
  case seeBilling
  /// The article does not fit into the model's context.
  case widenContext
  case checkModel
  /// The server redirects, if it may be told, to this address.
  case useAddress(String?)
  case startServer
  case checkAddress
  case checkProxy
  case allowMoreTime
  /// - Parameter field: of the user's, which limits the reply in place of ours.
  case raiseReplyLimit(field: String?)
  case lowerReplyLimit(field: String?)
  /// For a model that thinks.
  case thinkLess
}
