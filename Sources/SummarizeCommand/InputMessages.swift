import Articles
import SystemIO

/// Messages for an input that cannot be read or has no lines of JSON, with the command to put before `summarize`.

extension SystemError {
  /// - Parameter file: the name of an input, as it was given.
  func message(ofReading file: String) -> String {
    let isAddress = file.utf8.firstRange(of: "://".utf8).map { $0.lowerBound > file.utf8.startIndex } ?? false
    let advice =
      isAddress
      ? "; summarize does not fetch pages: curl -s '\(file)' | jq -Rsc '{content:.}' | summarize"
      : self == .isFolder ? "; give the files in it" : ""
    return "cannot read \(file): \(self)\(advice)"
  }
}

extension InputFormat {
  /// - Parameter file: nil for standard input.
  func message(of file: String?) -> String {
    let name = file ?? "standard input"
    return switch self {
    case .wideText(let encoding):
      "\(name) looks like \(encoding); convert it with iconv -f \(encoding) -t UTF-8"
    case .compressed(let method):
      "\(name) is compressed with \(method.rawValue); unpack it first\(method.catCommand): \(Self.pipe(method.command, file))"
    case .archive(let kind):
      "\(name) is an archive (\(kind.rawValue)); unpack it first: \(Self.pipe(kind.command, file))"
    case .binary(let kind): "\(name) is \(kind.words(for: file ?? "FILE"))"
    }
  }

  private static func pipe(_ command: String, _ file: String?) -> String {
    file.map { "\(command) \($0) | summarize" } ?? "... | \(command) | summarize"
  }
}

extension InputFormat.CompressionFormat {
  fileprivate var command: String {
    switch self {
    case .compress: "uncompress -c"
    case .gzip, .zstd, .xz, .bzip2, .lz4: "\(rawValue) -dc"
    }
  }
}

extension InputFormat.CompressionFormat {
  fileprivate var catCommand: String {
    switch self {
    case .gzip: " (zcat)"
    case .zstd: " (zstdcat)"
    case .xz: " (xzcat)"
    case .bzip2: " (bzcat)"
    case .compress, .lz4: ""
    }
  }
}

extension InputFormat.ArchiveFormat {
  fileprivate var command: String {
    switch self {
    case .zip: "unzip -p"
    case .tar: "tar -xOf"
    case .sevenZip: "7z x -so"
    }
  }
}

extension InputFormat.BinaryFormat {
  fileprivate func words(for file: String) -> String {
    switch self {
    case .pdf: "a PDF; make an article of it: pdftotext \(file) - | jq -Rsc '{content:.}' | summarize"
    case .parquet: "Parquet; duckdb -c \"copy (from '\(file)') to '/dev/stdout' (format json)\" makes lines of it"
    case .avro: "Avro; avrocat \(file) makes lines of it"
    case .sqlite: "an SQLite database; sqlite3 -json \(file) 'select ...' | jq -c '.[]' makes lines of it"
    case .arrow, .executable, .image: "\(rawValue) and holds no articles"
    }
  }
}

extension InputShape {
  /// - Parameter file: nil for standard input.
  func message(of file: String?) -> String {
    let name = file ?? "the input"
    let operand = file.map { " \($0)" } ?? ""
    return switch self {
    case .array, .prettyPrinted:
      """
      \(name) looks like one JSON document; make lines of it with jq -c '.[]'\(operand) (an array) or \
      jq -c .\(operand) (an object)
      """
    case .severalOnALine: "\(name) has several objects on a line; jq -c .\(operand) puts each on its own"
    case .commasBetween:
      "\(name) has objects with commas between; (echo '['; cat\(operand); echo ']') | jq -c '.[]' makes lines of it"
    case .trailingComma: "\(name) has a comma behind each object; sed 's/,[[:space:]]*$//'\(operand) takes it away"
    case .recordSeparators: "\(name) has record separators; jq --seq -c .\(operand) makes lines of it"
    case .eventStream: "\(name) is an event stream; sed -n 's/^data: *//p'\(operand) makes lines of it"
    case .strings: "\(name) has a string a line; jq -c '{content:.}'\(operand) makes articles of them"
    case .xml:
      """
      \(name) is XML; of a feed xq -c '.rss.channel.item[]|{id:.link,title,content:.description}'\(operand) makes \
      articles (in Debian it is xq-python, of the package yq)
      """
    case .csv(separator: ","): "\(name) looks like CSV; mlr --icsv --ojsonl cat\(operand) makes lines of JSON of it"
    case .csv(let separator):
      "\(name) looks like CSV; mlr --icsv --ifs '\(separator)' --ojsonl cat\(operand) makes lines of JSON of it"
    case .tsv: "\(name) looks like TSV; mlr --itsv --ojsonl cat\(operand) makes lines of JSON of it"
    case .markdown, .plainText:
      """
      \(name) looks like \(self == .markdown ? "Markdown" : "plain text"); jq -Rsc '{content:.}'\(operand) makes one \
      article of it, jq -Rc '{content:.}'\(operand) one of each line
      """
    }
  }
}
