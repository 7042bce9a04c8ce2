import Pipeline
import ResultLog
import CommandLine
import Articles
import LanguageModels
import Reporting
import SystemIO

extension Run {
  /// Writes the request that the first article would become, and calls nothing (`--dry-run`).
  func showRequest() async {
    if let request = await firstRequest() {
      pipeline.output.put(OutputRecord(bytes: Array(request.utf8), isError: false, line: nil))
    } else if !control.hasFailed {
      control.fail("there is no article in the input, and so no request to show")
    }
    await finishOutput()
    await messages.flush()
  }

  private func firstRequest() async -> String? {
    guard let settings = configuration.languageModelSettings else { return nil }
    for await line in pipeline.lines {
      switch pipeline.articles.read(line).article {
      case .success(let article):
        return LanguageModel.shownRequest(for: article, settings, configuration.request)
      case .failure(let error):
        messages.tell(error, at: line.place)
        // It will not be written, and is not to be waited for.
        control.handle(.written(1), of: nil)
      }
    }
    return nil
  }
}
