import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRuntime

/// `colophon verify`: proves that a report happens again.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Run a report's notebook again, in a clean store, and compare every stamp.",
    discussion: """
      The report carries its notebook; only the data must lie where the notebook lay in the \
      project, beside the report, or in the folder that --data names.
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "A report.", completion: .file(extensions: ["html"]))
  var report: String
  @Option(help: "The folder that stands for the notebook's, where its data lie.")
  var data: String?
  @OptionGroup var effort: EffortArguments
  @Flag(help: "Run script and container cells too: they are programs of the report's author.")
  var allowScripts = false
  @Option(help: "How the result is printed: text or json.")
  var format = Format.text

  mutating func run() throws {
    Interruption.install()
    let verification = try Failures.reported { try read() }
    guard verification.errors.isEmpty else {
      DiagnosticOutput.show(verification.errors, line: verification.prepared.sourceLine(at:))
      Console.error("\(Style.red("error:")) this engine can't run the report's notebook\n")
      throw Status.requirementFailed
    }
    let scripts = verification.externalCells
    guard scripts.isEmpty || allowScripts else {
      let names = scripts.map { "'\($0)'" }.joined(separator: ", ")
      Console.error(
        "\(Style.red("error:")) \(names) \(scripts.count == 1 ? "runs" : "run") a program of the "
          + "report's author\nhint: read it first; then verify with --allow-scripts\n"
      )
      throw Status.requirementFailed
    }
    let options = effort.options
    let observer: any RunObserver = format == .json ? SilentObserver() : effort.observer
    let result = try Failures.reported {
      try verification.run(options: options, observer: observer)
    }
    switch format {
    case .text: Console.out(result.text)
    case .json: Console.out(result.value.indentedText)
    }
    if !result.passed { throw Status.requirementFailed }
  }

  private func read() throws -> ReportVerification {
    let bytes = try LocalFiles.read(report)
    return try Reports.sound(report) {
      try ReportVerification(report: bytes) { notebook in
        if let data { return [data] }
        return Reports.folders(for: notebook, beside: report)
      }
    }
  }
}

/// Reading reports that come from anywhere.
enum Reports {
  /// Does what needs a sound report; says what is wrong with one that isn't.
  static func sound<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let failure as ManifestError {
      Console.error("\(Style.red("error:")) \(path): \(failure)\n")
      throw Status.invalidNotebook
    }
  }

  /// Where a notebook's folder may be: in the current project, in a report's, beside the report.
  static func folders(for notebook: String, beside report: String? = nil) -> [String] {
    let folder = LocalFiles.directory(of: notebook)
    let here = Project.current().root
    guard let report else { return [folder.isEmpty ? here : "\(here)/\(folder)"] }
    let beside = LocalFiles.directory(of: report)
    let roots = [
      here, Project(around: LocalFiles.absolute(beside)).root,
      beside.isEmpty ? ".." : beside + "/..",
    ]
    return roots.map { folder.isEmpty ? $0 : "\($0)/\(folder)" } + [beside]
  }
}
