import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRuntime

/// `colophon runs`: what ran when, how long, with how much memory; experiments side by side.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Show what ran when, and experiments side by side.",
    subcommands: [List.self, Show.self, Compare.self]
  )

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "The last runs, the newest first."
    )

    @Argument(help: "Only the runs of this notebook.", completion: .file(extensions: ["md"]))
    var notebook: String?
    @Option(help: "How many.")
    var limit = 20
    @Option(help: "How it is printed: text or json.")
    var format = Format.text

    mutating func run() throws {
      let project = Project.current()
      let name = notebook.map { project.relativeName(of: $0) }
      let limit = max(0, limit)
      let runs = try RunsCommand.told { try $0.runs(of: name, limit: limit) }
      switch format {
      case .text: Console.out(RunLogText.list(runs))
      case .json: Console.out(Value.array(runs.map { RunLogText.value($0) }).indentedText)
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "One run: its cells and their jobs."
    )

    @Argument(help: "The run's number.")
    var id: Int
    @Option(help: "How it is printed: text or json.")
    var format = Format.text

    mutating func run() throws {
      let id = id
      let run = try RunsCommand.told { try $0.run(id) }
      switch format {
      case .text: Console.out(RunLogText.show(run))
      case .json: Console.out(RunLogText.value(run).indentedText)
      }
    }
  }

  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare",
      abstract: "Two or more experiments side by side: settings, results, time."
    )

    @Argument(
      help: ArgumentHelp(
        "RUN:CELL or NOTEBOOK:CELL, and :JOB after it for one job of a tuning.",
        valueName: "experiment"
      )
    )
    var experiments: [String]
    @Option(help: "How it is printed: text or json.")
    var format = Format.text

    func validate() throws {
      if experiments.count < 2 { throw ValidationError("name two or more experiments.") }
    }

    mutating func run() throws {
      let experiments = experiments
      let sides = try RunsCommand.told { try $0.compare(experiments) }
      switch format {
      case .text: Console.out(RunLogText.compare(sides))
      case .json: Console.out(RunLogText.value(sides).indentedText)
      }
    }
  }

  /// Reads the log; turns what is wrong with a reference into a sentence.
  static func told<Result>(_ work: (RunLogReader) throws -> Result) throws -> Result {
    let store = Store(directory: Project.current().store, readOnly: true)
    do {
      return try Failures.reported { try work(RunLogReader(store)) }
    } catch let absence as RunLogReader.Absence {
      let hint = absence.hint.map { "hint: \($0)\n" } ?? ""
      Console.error("\(Style.red("error:")) \(absence.message)\n\(hint)")
      throw Status.wrongUsage
    }
  }
}
