package import Basics
package import JSONLines

/// The identity of an article from run to run: a 128-bit hash of its id, its title and its text, or of the bytes of a
/// line that is not an article. Each kind of hash begins with a byte of its own, and each part with its length, so that
/// no two lists of parts are hashed as the same bytes.
package enum ArticleFingerprint {
  package static func article(id: JSONRecord.RecordField?, of record: JSONRecord, title: String?, text: String)
    -> Hash128
  {
    BLAKE2b.hash { hasher in
      hasher.update(UInt8(ascii: "a"))
      if let id { update(&hasher, id: id, of: record) } else { hasher.update(UInt8(ascii: "-")) }
      if let title {
        hasher.update(UInt8(ascii: "t"))
        hasher.update(part: title.utf8, count: title.utf8.count)
      } else {
        hasher.update(UInt8(ascii: "-"))
      }
      hasher.update(part: text.utf8, count: text.utf8.count)
    }
  }

  /// Returns the hash of an id, for an article that is identified by its id alone.
  package static func id(_ field: JSONRecord.RecordField, of record: JSONRecord) -> Hash128 {
    BLAKE2b.hash { hasher in
      hasher.update(UInt8(ascii: "i"))
      update(&hasher, id: field, of: record)
    }
  }

  /// Returns the hash of a line that is not an article; of its beginning and its length if it was too long to be kept.
  package static func line(_ content: NumberedLine.LineContent) -> Hash128 {
    switch content {
    case .complete(let bytes): line(bytes)
    case .tooLong(let prefix, let length): tooLong(prefix: prefix[...], length: length)
    }
  }

  package static func line(_ bytes: [UInt8]) -> Hash128 {
    BLAKE2b.hash { hasher in
      hasher.update(UInt8(ascii: "r"))
      hasher.update(part: bytes, count: bytes.count)
    }
  }

  package static func tooLong(prefix: ArraySlice<UInt8>, length: Int) -> Hash128 {
    BLAKE2b.hash { hasher in
      hasher.update(UInt8(ascii: "l"))
      hasher.update(part: prefix, count: prefix.count)
      withUnsafeBytes(of: UInt64(length).littleEndian) { hasher.update($0) }
    }
  }

  /// A string is hashed by its decoded text, however it is escaped; any other value by its bytes.
  private static func update(_ hasher: inout BLAKE2b, id: JSONRecord.RecordField, of record: JSONRecord) {
    switch id.kind {
    case .string:
      let text = record.string(of: id)
      hasher.update(UInt8(ascii: "s"))
      hasher.update(part: text.utf8, count: text.utf8.count)
    case .object, .array:
      // Hashed as the program's own records have it, in which a few bytes of its strings may be escaped.
      var writer = JSONWriter()
      writer.value(verbatim: record.bytes(of: id))
      hasher.update(UInt8(ascii: "v"))
      hasher.update(part: writer.bytes, count: writer.bytes.count)
    case .number, .true, .false, .null:
      hasher.update(UInt8(ascii: "v"))
      hasher.update(part: record.bytes(of: id), count: id.value.count)
    }
  }
}

/// How an article of the input is matched with the records of earlier runs.
package enum ArticleIdentity: Sendable {
  case fingerprint
  /// By the id alone if the article has one, for feeds whose entries are revised.
  case id
}

/// The `made_by` of a result, derived from the name by which the model was chosen.
package enum ModelOrigin {
  /// Returns the kind and the name. For a command it is the first word and a hash of the whole command: other words may
  /// hold secrets, and a command with other words is another model.
  package static func text(of model: String) -> String {
    let parts = model.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return model }
    switch parts[0] {
    case "exec", "coprocess": return "\(parts[0]):\(firstWord(of: parts[1])) \(hash(parts[1]))"
    // Latencies and error rates do not change summaries.
    case "simulated": return "simulated"
    default: return model
    }
  }

  /// Skips assignments of variables before the command, which may hold keys.
  private static func firstWord(of command: Substring) -> Substring {
    command.split(whereSeparator: \.isWhitespace).first { !$0.contains("=") } ?? ""
  }

  private static func hash(_ command: Substring) -> Hash128 {
    BLAKE2b.hash { $0.update(part: command.utf8, count: command.utf8.count) }
  }
}
