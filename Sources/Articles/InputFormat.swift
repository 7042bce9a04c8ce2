import JSONLines

/// The format of a FILE that does not hold lines of JSON, recognised by its first bytes.
package enum InputFormat: Equatable, Sendable {
  /// UTF-16 or UTF-32, by its name in iconv.
  case wideText(String)
  case compressed(CompressionFormat)
  case archive(ArchiveFormat)
  /// A document or a table in a format of its own.
  case binary(BinaryFormat)

  package enum CompressionFormat: String, Sendable, CaseIterable {
    case gzip, zstd, xz, bzip2, lz4
    case compress = "compress (.Z)"
  }

  package enum ArchiveFormat: String, Sendable, CaseIterable {
    case zip, tar
    case sevenZip = "7z"
  }

  package enum BinaryFormat: String, Sendable, CaseIterable {
    case pdf = "PDF"
    case parquet = "Parquet"
    case avro = "Avro"
    case arrow = "Arrow"
    case sqlite = "SQLite"
    case executable = "a program"
    case image = "an image"
  }

  /// The verdict on the first bytes of a FILE.
  package enum FormatVerdict: Equatable, Sendable {
    /// More bytes are needed.
    case undecided
    /// The FILE may be split into lines.
    case lines
    case other(InputFormat)
  }

  /// The largest number of bytes that a verdict needs.
  package static let longestHead = 262

  /// Returns the verdict on the beginning of a FILE.
  /// - Parameters:
  ///   - head: the first bytes of a FILE, all of them if the FILE is short.
  ///   - isAtEnd: whether no more bytes follow.
  package static func sniff(_ head: [UInt8], isAtEnd: Bool = false) -> FormatVerdict {
    // The usual beginning is decided at once. Any other may have to wait for more bytes.
    if head.count >= 4, head[0] == UInt8(ascii: "{"), !head[..<4].contains(0) { return .lines }
    for signature in signatures where head.starts(with: signature.bytes) { return .other(signature.format) }
    if head.starts(with: Array("BZh".utf8)), head.count > 4, (0x31...0x39).contains(head[3]), head[4] == 0x31 {
      return .other(.compressed(.bzip2))
    }
    if head.count >= longestHead, head[257..<262].elementsEqual("ustar".utf8) { return .other(.archive(.tar)) }
    switch UnicodeEncoding.sniff(head, isAtEnd: isAtEnd) {
    case nil: return .undecided
    case .utf8?: break
    case let wide?: return .other(.wideText(wide.rawValue))
    }
    if isAtEnd || head.count >= longestHead { return .lines }
    // A complete line is not kept waiting, unless it may be the beginning of a signature.
    let mayBeSignature = signatures.contains { $0.bytes.starts(with: head) } || "BZh9".utf8.starts(with: head)
    return head.contains(.newline) && !mayBeSignature ? .lines : .undecided
  }

  private static let signatures: [(bytes: [UInt8], format: InputFormat)] = [
    ([0x1F, 0x8B], .compressed(.gzip)), ([0x28, 0xB5, 0x2F, 0xFD], .compressed(.zstd)),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .compressed(.xz)), ([0x04, 0x22, 0x4D, 0x18], .compressed(.lz4)),
    ([0x1F, 0x9D], .compressed(.compress)), ([0x50, 0x4B, 0x03, 0x04], .archive(.zip)),
    ([0x50, 0x4B, 0x05, 0x06], .archive(.zip)), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive(.sevenZip)),
    (Array("%PDF-".utf8), .binary(.pdf)), (Array("PAR1".utf8), .binary(.parquet)),
    (Array("Obj\u{1}".utf8), .binary(.avro)), (Array("ARROW1".utf8), .binary(.arrow)),
    (Array("SQLite format 3\0".utf8), .binary(.sqlite)), ([0x7F, 0x45, 0x4C, 0x46], .binary(.executable)),
    ([0xCF, 0xFA, 0xED, 0xFE], .binary(.executable)), ([0x89, 0x50, 0x4E, 0x47], .binary(.image)),
    ([0xFF, 0xD8, 0xFF], .binary(.image)), (Array("GIF8".utf8), .binary(.image)),
  ]
}
