/// The names of the fields that make an article.
package struct ArticleFieldNames: Equatable, Sendable {
  package var id = "id"
  package var title = "title"
  /// The first of these that is there holds the text.
  package var content = ["content", "text", "body"]

  package init() {}
}
