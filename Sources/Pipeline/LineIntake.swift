import Basics
package import Articles
import JSONLines
package import ResultLog
package import Summarization
package import SystemIO

/// An event of the input other than a line.
package enum InputEvent: Sendable {
  /// No input is left to read.
  case ended
  case failed(file: String, SystemError)
  /// An input file is also an output file; it is skipped.
  case isOutput(file: String)
  /// The first line shows that the input is not one article a line. `file` is nil for standard input.
  case shape(InputShape, file: String?)
  /// A file does not hold lines of text. If no earlier input held lines (`isFirst`), the run stops; otherwise the file
  /// is skipped.
  case refused(InputFormat, file: String?, isFirst: Bool)
}

/// The lines of all inputs, one after another. Input is read only when a line is requested that is not buffered, and
/// one chunk at a time. A line is returned when the admission window has room for it.
package struct LineIntake: AsyncSequence, Sendable {
  package typealias Element = InputLine
  package typealias Failure = Never

  let inputs: [String]
  let longestLine: Int
  let outputs: [FileDescriptor]
  /// With `--output`: leaves out the articles whose results FILE has.
  let resume: ResumeFilter?
  let reader: InputReader
  let admission: AdmissionGate
  let observer: any RunObserver
  let tell: @Sendable (InputEvent) -> Void
  /// Called once, when the first input is found to hold lines. Files that start anew are emptied by this call and not
  /// before.
  /// - Returns: false when the run cannot go on.
  let begin: @Sendable () -> Bool

  package init(
    inputs: [String], longestLine: Int, outputs: [FileDescriptor], resume: ResumeFilter?, reader: InputReader,
    admission: AdmissionGate, observer: any RunObserver, tell: @escaping @Sendable (InputEvent) -> Void,
    begin: @escaping @Sendable () -> Bool
  ) {
    self.inputs = inputs
    self.longestLine = longestLine
    self.outputs = outputs
    self.resume = resume
    self.reader = reader
    self.admission = admission
    self.observer = observer
    self.tell = tell
    self.begin = begin
  }

  package func makeAsyncIterator() -> Iterator {
    Iterator(self)
  }

  package struct Iterator: AsyncIteratorProtocol {
    private struct InputFile {
      let descriptor: FileDescriptor
      let name: String?
      let linesBefore: Int
      /// The first bytes, until they show that the file holds lines; nil from then on.
      var head: [UInt8]? = []
      /// Whether the file was read to its end.
      var hasEnded = false
    }

    private let intake: LineIntake
    private var remaining: ArraySlice<String>
    private var file: InputFile?
    private var splitter: LineSplitter
    private var hasBegun = false
    private var isFirstLine = true

    init(_ intake: LineIntake) {
      self.intake = intake
      remaining = intake.inputs[...]
      splitter = LineSplitter(maximumLength: intake.longestLine)
    }

    package mutating func next() async -> InputLine? {
      await next(isolation: nil)
    }

    package mutating func next(isolation actor: isolated (any Actor)?) async -> InputLine? {
      let hasRoom = if let hasRoom = intake.admission.hasRoom { hasRoom } else { await intake.admission.waitForRoom() }
      guard hasRoom else { return nil }
      while var input = if let line = bufferedLine() { line } else { await nextLine() } {
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

    /// The next line of what has been read, without waiting; nil if there is none.
    private mutating func bufferedLine() -> InputLine? {
      splitter.next().map { input($0) }
    }

    private mutating func nextLine() async -> InputLine? {
      while true {
        if let line = bufferedLine() { return line }
        guard let file = file ?? open() else {
          intake.tell(.ended)
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
          guard take([], isAtEnd: true) else { return nil }
          self.file?.hasEnded = true
        case .failed(let error):
          intake.tell(.failed(file: name(of: file), error))
          // A line whose rest cannot be read is dropped: its record would be of an article that the input does not
          // have.
          _ = endFile()
        case .stopped:
          return nil
        }
      }
    }

    private mutating func input(_ line: NumberedLine, isUnfinished: Bool = false) -> InputLine {
      if isFirstLine {
        isFirstLine = false
        if let shape = InputShape(firstLine: line.content) { intake.tell(.shape(shape, file: file?.name)) }
      }
      let place = SourceLocation(file: file?.name, line: line.number - (file?.linesBefore ?? 0))
      return InputLine(
        number: line.number, place: place, content: line.content, isUnfinished: isUnfinished, admitted: .now)
    }

    /// - Returns: false when the run cannot go on.
    private mutating func take(_ chunk: [UInt8], isAtEnd: Bool = false) -> Bool {
      guard let file else { return true }
      guard let head = file.head else {
        if !isAtEnd { splitter.append(chunk) }
        return true
      }
      let bytes = head.isEmpty ? chunk : head + chunk
      switch InputFormat.sniff(bytes, isAtEnd: isAtEnd) {
      case .undecided:
        self.file?.head = bytes
      case .lines:
        self.file?.head = nil
        guard hasBegun || intake.begin() else {
          intake.admission.stop()
          return false
        }
        hasBegun = true
        splitter.append(bytes)
      case .other(let format):
        intake.tell(.refused(format, file: file.name, isFirst: !hasBegun))
        guard hasBegun else {
          intake.admission.stop()
          return false
        }
        close(file)
        self.file = nil
      }
      return true
    }

    /// Opens the next input that can be opened; returns nil when none is left.
    private mutating func open() -> InputFile? {
      while let input = remaining.popFirst() {
        let opened: FileDescriptor
        do throws(SystemError) {
          opened = input == "-" ? .standardInput : try .openForReading(input)
        } catch {
          // An empty name could not be seen in a message.
          intake.tell(.failed(file: input.isEmpty ? "''" : input, error))
          continue
        }
        let new = InputFile(descriptor: opened, name: input == "-" ? nil : input, linesBefore: splitter.lineNumber)
        if let identity = opened.regularFile, intake.outputs.contains(where: { $0.regularFile == identity }) {
          intake.tell(.isOutput(file: name(of: new)))
          close(new)
          continue
        }
        file = new
        return new
      }
      return nil
    }

    /// - Returns: the last line, if it lacks its newline.
    private mutating func endFile() -> InputLine? {
      let last = splitter.finish().map { input($0, isUnfinished: true) }
      if let file { close(file) }
      file = nil
      return last
    }

    private func close(_ file: InputFile) {
      if file.name != nil { try? file.descriptor.close() }
    }

    private func name(of file: InputFile) -> String { file.name ?? "standard input" }
  }
}
