import Articles
import JSONLines
import Summarization
import SystemIO

/// One non-blank line of the input.
struct InputLine: Sendable {
  /// Counted from 1 over all inputs.
  let number: Int
  let place: SourceLocation
  let content: Line.Content
  /// Whether it is the last line of its FILE and lacks its newline.
  var isUnfinished = false
  let admitted: ContinuousClock.Instant
  /// With `--output`.
  var selected: SelectedLine?

  /// How the article failed in an earlier run that this one goes on with.
  var failedBefore: ArticleError.Code? { selected?.failedBefore }
}

/// The lines of all inputs, one after another. It reads only when asked for a line that it does not have, and one chunk
/// at a time; a line is handed out when there is room for it in the window.
struct Intake: AsyncSequence, Sendable {
  typealias Element = InputLine
  typealias Failure = Never

  let inputs: [String]
  let longestLine: Int
  let outputs: [Descriptor]
  /// With `--output`: leaves out what FILE has.
  let resume: ResumeFilter?
  let reader: InputReader
  let admission: Admission
  let control: RunControl
  let observer: any RunObserver

  func makeAsyncIterator() -> Iterator {
    Iterator(self)
  }

  struct Iterator: AsyncIteratorProtocol {
    private struct File {
      let descriptor: Descriptor
      let name: String?
      let linesBefore: Int
      /// The first bytes, until they tell that this is no 16-bit text; nil from then on.
      var head: [UInt8]? = []
      /// All of it was read.
      var hasEnded = false
    }

    private let intake: Intake
    private var remaining: ArraySlice<String>
    private var file: File?
    private var splitter: LineSplitter
    private var isFirstLine = true

    init(_ intake: Intake) {
      self.intake = intake
      remaining = intake.inputs[...]
      splitter = LineSplitter(maximumLength: intake.longestLine)
    }

    mutating func next() async -> InputLine? {
      await next(isolation: nil)
    }

    mutating func next(isolation actor: isolated (any Actor)?) async -> InputLine? {
      guard await intake.admission.waitForRoom() else { return nil }
      while var input = await nextLine() {
        if let resume = intake.resume {
          input.selected = resume.select(input)
          if input.selected == nil { continue }
        }
        guard intake.admission.admit(line: input.number) else {
          intake.resume?.takeBack()
          return nil
        }
        intake.observer.observe(.admitted(line: input.number, at: input.admitted))
        return input
      }
      return nil
    }

    private mutating func nextLine() async -> InputLine? {
      while true {
        if let line = splitter.next() { return input(line) }
        guard let file = file ?? open() else {
          intake.control.inputEnded()
          return nil
        }
        if file.hasEnded {
          if let last = endFile() { return last }
          continue
        }
        switch await intake.reader.read(file.descriptor) {
        case .bytes(let chunk):
          guard take(chunk) else { return nil }
        case .end:
          if let head = file.head { splitter.append(head) }
          self.file?.hasEnded = true
        case .failed(let error):
          intake.control.inputFailed(name(of: file), error)
          // A line whose rest cannot be read is none: its record would be of an article that the input does not have.
          _ = endFile()
        case .stopped:
          return nil
        }
      }
    }

    private mutating func input(_ line: Line, isUnfinished: Bool = false) -> InputLine {
      if isFirstLine {
        isFirstLine = false
        if ShapeHint.applies(to: line) { intake.control.hint(ShapeHint.message) }
      }
      let place = SourceLocation(file: file?.name, line: line.number - (file?.linesBefore ?? 0))
      return InputLine(
        number: line.number, place: place, content: line.content, isUnfinished: isUnfinished, admitted: .now)
    }

    /// - Returns: false where the input cannot be read on.
    private mutating func take(_ chunk: [UInt8]) -> Bool {
      guard let head = file?.head else {
        splitter.append(chunk)
        return true
      }
      let bytes = head.isEmpty ? chunk : head + chunk
      switch UnicodeEncoding.sniff(bytes) {
      case nil:
        file?.head = bytes
      case .utf8?:
        file?.head = nil
        splitter.append(bytes)
      case let wide?:
        if let file { intake.control.inputIsWide(name(of: file), wide.rawValue) }
        return false
      }
      return true
    }

    /// Opens the next input that can be opened; nil when there is none left.
    private mutating func open() -> File? {
      while let input = remaining.popFirst() {
        let opened: Descriptor
        do throws(SystemError) {
          opened = input == "-" ? .standardInput : try .openForReading(input)
        } catch {
          // An empty name would be read over.
          intake.control.inputFailed(input.isEmpty ? "''" : input, error)
          continue
        }
        let new = File(descriptor: opened, name: input == "-" ? nil : input, linesBefore: splitter.lineNumber)
        if let identity = opened.regularFile, intake.outputs.contains(where: { $0.regularFile == identity }) {
          intake.control.inputIsOutput(name(of: new))
          close(new)
          continue
        }
        file = new
        return new
      }
      return nil
    }

    /// - Returns: the last line, where it lacks its newline.
    private mutating func endFile() -> InputLine? {
      let last = splitter.finish().map { input($0, isUnfinished: true) }
      if let file { close(file) }
      file = nil
      return last
    }

    private func close(_ file: File) {
      if file.name != nil { try? file.descriptor.close() }
    }

    private func name(of file: File) -> String { file.name ?? "standard input" }
  }
}
