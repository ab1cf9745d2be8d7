import ArgumentParser

/// Where the program starts.
@main enum Main {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    // 'colophon help cell train' is the reference; the library's own 'help' knows commands only.
    if arguments.starts(with: ["help", "cell"]) { arguments.removeFirst() }
    Program.main(arguments)
  }
}

/// The program: one command a file, each a thin layer over the runtime.
struct Program: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "colophon",
    abstract: "Runs literate machine-learning notebooks into reports that can be run again.",
    discussion: """
      A notebook is a Markdown file whose fenced YAML blocks are the steps of an experiment. \
      'colophon run' runs what is out of date and writes one self-contained HTML report; \
      'colophon verify' runs that report's notebook again and compares every result.
      """,
    version: Version.text,
    subcommands: [
      RunCommand.self, CheckCommand.self, VerifyCommand.self, DiffCommand.self, CellCommand.self,
      ModelCommand.self, RunsCommand.self, RegistryCommand.self, TraceCommand.self,
      StoreCommand.self,
    ]
  )
}
