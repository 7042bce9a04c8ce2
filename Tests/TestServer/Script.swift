/// Ready scripts.
public enum Script {
  /// Fails one call in five, no article more than three times; see `failures(of:)`.
  public static let oneInFive: @Sendable (Request, Int) -> Reply = { request, attempt in
    let failures = failures(of: request.articleNumber ?? 0)
    return attempt <= failures.count ? failures[attempt - 1] : .summary()
  }

  /// The replies to the first calls about an article, before it gets its summary: of any 40 articles in a row, three
  /// fail once, two twice and one three times, ten failures for fifty calls. Which failure comes is told by its number
  /// in that order, so that every kind comes up in turn.
  public static func failures(of article: Int) -> [Reply] {
    let (block, place) = article.quotientAndRemainder(dividingBy: 40)
    guard let (first, count) = plan[place] else { return [] }
    return (0..<count).map { kinds[(block * 10 + first + $0) % kinds.count] }
  }

  /// Place among 40 articles: how many failures came before, and how many there are.
  private static let plan: [Int: (first: Int, count: Int)] = [
    2: (0, 1), 9: (1, 2), 14: (3, 1), 21: (4, 3), 28: (7, 1), 35: (8, 2),
  ]

  /// Waits of whole seconds hold up everybody: they come once where the others come twice.
  private static let kinds = short + short + [.rateLimited(.seconds(1)), .rateLimited(.date(.seconds(2)))]

  private static let short: [Reply] = [
    .rateLimited(.milliseconds(120)),
    .error(500, "The server had an error while processing your request."),
    .reset,
    .rateLimited(.garbage("soon")),
    .notJSON,
    .error(529, "Overloaded"),
    .summary().cutInHalf(),
    .rateLimited(.fraction(0.25)),
    .html(502),
    .never,
    .overloaded(),
    .close,
    .emptyContent,
    .html(500),
    .garbage,
    .rateLimited(.none),
    .wrongSentiment,
    .error(503, "Service unavailable"),
    .summary().stallingInHalf(),
    .missingField,
    .error(504),
  ]
}
