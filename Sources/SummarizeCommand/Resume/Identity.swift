import Basics
import JSONLines

/// What an article is known by from run to run, as a 128-bit hash. Every kind has a first byte of its own, so that none
/// can be taken for another.
enum Identity {
  /// By its id: a string by what it says, however it is escaped; any other value by its bytes, as a record shows them.
  static func id(_ field: Record.Field, of record: Record) -> Hash128 {
    BLAKE2b.hash { update(&$0, id: field, of: record) }
  }

  /// By id, title and content: a line without an id, or with one that an earlier line has.
  static func key(id: Record.Field?, of record: Record?, title: String?, content: String) -> Hash128 {
    BLAKE2b.hash { hasher in
      hasher.update(UInt8(ascii: "k"))
      if let id, let record { update(&hasher, id: id, of: record) } else { hasher.update(UInt8(ascii: "-")) }
      if let title {
        hasher.update(UInt8(ascii: "t"))
        hasher.update(part: title.utf8, count: title.utf8.count)
      } else {
        hasher.update(UInt8(ascii: "-"))
      }
      hasher.update(part: content.utf8, count: content.utf8.count)
    }
  }

  /// By its bytes: a line that is no article. Of one that was too long to be kept by its beginning and its length.
  static func raw(_ content: Line.Content) -> Hash128 {
    switch content {
    case .complete(let bytes): raw(bytes)
    case .tooLong(let prefix, let length): tooLong(prefix: prefix[...], length: length)
    }
  }

  static func raw(_ line: [UInt8]) -> Hash128 {
    BLAKE2b.hash { hasher in
      hasher.update(UInt8(ascii: "r"))
      hasher.update(part: line, count: line.count)
    }
  }

  static func tooLong(prefix: ArraySlice<UInt8>, length: Int) -> Hash128 {
    BLAKE2b.hash { hasher in
      hasher.update(UInt8(ascii: "l"))
      hasher.update(part: prefix, count: prefix.count)
      withUnsafeBytes(of: UInt64(length).littleEndian) { hasher.update($0) }
    }
  }

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
