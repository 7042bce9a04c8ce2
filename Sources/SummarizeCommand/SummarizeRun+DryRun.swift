import Pipeline
import ResultLog
import CommandLine
import Articles
import LanguageModels
import Reporting
import Summarization
import SystemIO

extension SummarizeRun {
  /// Writes the request for the first article, without any call (`--dry-run`).
  func showRequest() async {
    if let request = await firstRequest() {
      pipeline.output.put(OutputRecord(bytes: Array(request.utf8), isError: false, line: nil))
    } else if !control.hasFailed {
      control.fail("there is no article in the input, and so no request to show")
    }
    await finishOutput()
    await messages.flush()
  }

  /// Reads the whole input and prints how many tokens a run would send, and receive at most (`--estimate`).
  func tellEstimate() async {
    guard let settings = configuration.languageModelSettings else { return }
    let preview = LanguageModelPreview(settings, configuration.request)
    var articles = 0
    var usage = TokenUsage(input: 0, output: 0)
    for await line in pipeline.lines {
      switch pipeline.articles.read(line).article {
      case .success(let article):
        articles += 1
        usage = usage + preview.estimatedUsage(for: article)
      case .failure(let error): messages.tell(error, at: line.place)
      }
      // No record is written for this line, so its place in the window is released here.
      control.handle(.written(1), of: nil)
    }
    await messages.flush()
    if control.signal != nil { return }
    let text =
      "\(articles) \(articles == 1 ? "article" : "articles"): about \(usage.input) tokens would be sent, "
      + "at most \(usage.output) would come back\n"
    do throws(SystemError) {
      try FileDescriptor.standardOutput.write(text)
    } catch {
      control.fail("cannot write standard output: \(error)")
      await messages.flush()
    }
  }

  private func firstRequest() async -> String? {
    guard let settings = configuration.languageModelSettings else { return nil }
    for await line in pipeline.lines {
      switch pipeline.articles.read(line).article {
      case .success(let article):
        return LanguageModelPreview(settings, configuration.request).request(for: article)
      case .failure(let error):
        messages.tell(error, at: line.place)
        // No record is written for this line, so its place in the window is released here.
        control.handle(.written(1), of: nil)
      }
    }
    return nil
  }
}
