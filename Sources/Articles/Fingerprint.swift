package import Basics
package import JSONLines

/// What an article is known by from run to run: a 128-bit hash of its id, its title and its text, or of the bytes of a
/// line that is no article. Each kind begins with a byte of its own and each part with its length, so that no two lists
/// of parts are hashed as the same bytes.
package enum Fingerprint {
  package static func article(id: Record.Field?, of record: Record, title: String?, text: String) -> Hash128 {
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

  /// Of an article that is known by its id alone.
  package static func id(_ field: Record.Field, of record: Record) -> Hash128 {
    BLAKE2b.hash { hasher in
      hasher.update(UInt8(ascii: "i"))
      update(&hasher, id: field, of: record)
    }
  }

  /// Of a line that is no article; where it was too long to be kept, of its beginning and its length.
  package static func line(_ content: Line.Content) -> Hash128 {
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

  /// A string counts by what it says, however it is escaped; any other value by its bytes.
  private static func update(_ hasher: inout BLAKE2b, id: Record.Field, of record: Record) {
    switch id.kind {
    case .string:
      let text = record.string(of: id)
      hasher.update(UInt8(ascii: "s"))
      hasher.update(part: text.utf8, count: text.utf8.count)
    case .object, .array:
      // In the form that a record of ours has it in, where a few bytes of its strings may be escaped.
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
  /// By its id alone where it has one: for feeds whose entries are revised.
  case id
}

/// What a result says of the model that it is from (`made_by`), made of the name that it was chosen by.
package enum ModelOrigin {
  /// The kind and the name. Of a command the first word and a hash of all of it: its words may hold secrets, and with
  /// other words it is another model.
  package static func text(of model: String) -> String {
    let parts = model.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return model }
    switch parts[0] {
    case "exec", "coprocess": return "\(parts[0]):\(firstWord(of: parts[1])) \(hash(parts[1]))"
    // How long it takes and how often it fails changes no summary.
    case "simulated": return "simulated"
    default: return model
    }
  }

  /// Assignments of variables before it, in which keys may stand, are passed over.
  private static func firstWord(of command: Substring) -> Substring {
    command.split(whereSeparator: \.isWhitespace).first { !$0.contains("=") } ?? ""
  }

  private static func hash(_ command: Substring) -> Hash128 {
    BLAKE2b.hash { $0.update(part: command.utf8, count: command.utf8.count) }
  }
}
