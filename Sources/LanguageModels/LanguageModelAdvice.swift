/// Advice on a failure. The owner of the options supplies the wording.
public enum LanguageModelAdvice: Sendable, Equatable {
  case giveKey
  case checkKey
  case checkPermission
  case seeBilling
  /// The article does not fit into the model's context.
  case widenContext
  case checkModel
  /// The server redirects to this scheme and host; nil if the address is missing, invalid or contains a secret.
  case useAddress(String?)
  case startServer
  case checkAddress
  case checkProxy
  case allowMoreTime
  /// - Parameter field: the user-supplied field that replaces the default reply limit; nil if there is none.
  case raiseReplyLimit(field: String?)
  case lowerReplyLimit(field: String?)
  /// For a model with thoughts: reduce them, or raise the reply limit.
  /// - Parameter field: the user-supplied field that replaces the default reply limit; nil if there is none.
  case thinkLess(field: String?)
  /// The server lacks the memory for the model.
  case useLessMemory
}
