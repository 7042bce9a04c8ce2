import SummarizeCommand

await SummarizeCommand.run(Array(CommandLine.arguments.dropFirst()))
