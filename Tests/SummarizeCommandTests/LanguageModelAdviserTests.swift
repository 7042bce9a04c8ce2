import LanguageModels
import Testing

@testable import SummarizeCommand

struct LanguageModelAdviserTests {
  private func words(_ advice: LanguageModelAdvice, _ provider: LanguageModelProvider = .openAI) throws -> String {
    let settings = LanguageModelSettings(provider: provider, model: "llama9", endpoint: try provider.endpoint(at: nil))
    return LanguageModelAdviser(settings: settings).words(for: advice)
  }

  @Test func optionsAndVariablesAreNamed() throws {
    #expect(try words(.giveKey, .anthropic) == "give a key with ANTHROPIC_API_KEY or --key-file")
    #expect(try words(.checkKey) == "check the key in OPENAI_API_KEY or --key-file")
    #expect(
      try words(.checkModel, .ollama)
        == "get the model with 'ollama pull llama9', or check the address http://127.0.0.1:11434")
    #expect(try words(.checkModel).hasPrefix("check the model's name, 'llama9', and the address https://"))
    #expect(try words(.startServer, .ollama).contains("ollama serve"))
    #expect(try words(.useAddress("https://x")).hasSuffix("--base-url (it leads to https://x)"))
    #expect(try words(.raiseReplyLimit(field: nil)) == "raise --max-tokens")
    #expect(try words(.raiseReplyLimit(field: "num_predict")) == "raise --option num_predict")
    #expect(try words(.lowerReplyLimit(field: nil)) == "lower --max-tokens")
    #expect(try words(.thinkLess(field: nil)).contains("--option think=false"))
    #expect(try words(.thinkLess(field: "num_predict")).hasSuffix("or raise --option num_predict"))
    #expect(try words(.useLessMemory, .ollama).contains("num_ctx"))
    #expect(try words(.seeBilling).contains("billing"))
  }
}
