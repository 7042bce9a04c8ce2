import SummarizeCommand

SummarizeCommand.main(Array(CommandLine.arguments.dropFirst()))
