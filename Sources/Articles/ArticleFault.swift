import JSONLines
import Synchronization

/// Why no article could be made of a line that is whole JSON, or too long: what a message needs to say what to do.
package enum ArticleFault: Equatable, Sendable {
  case tooLong(length: Int, limit: Int)
  /// No field that could hold the text is there.
  case noText(lookedFor: [String], has: [FoundField])
  /// The field that should hold the text holds something else.
  case wrongKind(field: String, FoundValue)
  /// There is nothing but white space, or markup without text.
  case blank
}

/// A field that a line has, for messages.
package struct FoundField: Equatable, Sendable {
  package let name: String
  /// The length of a string; 0 for anything else.
  package let textLength: Int

  package init(name: String, textLength: Int) {
    self.name = name
    self.textLength = textLength
  }

  /// At most 20 of them: a message is a line.
  static func all(of record: Record) -> [FoundField] {
    record.fields.prefix(20).map { field in
      FoundField(name: record.key(of: field), textLength: field.kind == .string ? field.value.count - 2 : 0)
    }
  }
}

/// What stands where the text was expected.
package enum FoundValue: Equatable, Sendable {
  case number, truth
  /// With the name of the field in it that holds the longest string; nil where none holds one.
  case object(longestText: String?)
  /// With an element that is no string. The name is that of the first object's field with the longest string.
  case array(longestText: String?)

  init(_ field: Record.Field, of record: Record) {
    switch field.kind {
    case .number: self = .number
    case .object: self = .object(longestText: Self.longestText(of: record.object(of: field)))
    case .array:
      let elements = (try? JSONValue(scanning: Array(record.bytes(of: field))))?.elements ?? []
      let object = elements.first { $0.kind == .object }
      self = .array(longestText: Self.longestText(of: object.flatMap { try? Record(scanning: $0.bytes) }))
    default: self = .truth
    }
  }

  private static func longestText(of record: Record?) -> String? {
    guard let record else { return nil }
    let texts = record.fields.filter { $0.kind == .string }
    return texts.max { $0.value.count < $1.value.count }.map { record.key(of: $0) }
  }
}

/// How many articles had their text in which field, and in which the first one: a mixture is worth a line.
package final class TextFieldCounts: Sendable {
  private let names: [String]
  // There are three names where none was given.
  private let firstCount = Atomic(0)
  private let secondCount = Atomic(0)
  private let thirdCount = Atomic(0)
  /// The lowest line number so far, and the index of its field in the last two bits.
  private let first = Atomic(Int.max)

  init(names: [String]) {
    precondition(names.count <= 3, "more names than counts")
    self.names = names
  }

  func count(_ index: Int, line: Int) {
    guard names.count > 1 else { return }
    switch index {
    case 0: firstCount.wrappingAdd(1, ordering: .relaxed)
    case 1: secondCount.wrappingAdd(1, ordering: .relaxed)
    default: thirdCount.wrappingAdd(1, ordering: .relaxed)
    }
    // Lines come nearly in order: after the first few this is a look.
    if line << 2 < first.load(ordering: .relaxed) { first.min(line << 2 | index, ordering: .relaxed) }
  }

  /// nil where all articles have their text in one field.
  package var mixture: (articles: Int, fields: [String], firstField: String)? {
    let first = first.load(ordering: .relaxed)
    guard first != .max else { return nil }
    let counts = [
      firstCount.load(ordering: .relaxed), secondCount.load(ordering: .relaxed), thirdCount.load(ordering: .relaxed),
    ]
    let others = names.indices.filter { $0 != first & 3 && counts[$0] > 0 }
    guard !others.isEmpty else { return nil }
    return (others.reduce(0) { $0 + counts[$1] }, others.map { names[$0] }, names[first & 3])
  }
}
