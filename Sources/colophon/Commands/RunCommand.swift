import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRegistry
import ColophonRuntime

/// `colophon run`: brings a notebook up to date and writes its report.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run what is out of date and write output/NAME.html and output/NAME.json."
  )

  enum Executor: String, ExpressibleByArgument, CaseIterable { case local, slurm }

  @OptionGroup var arguments: NotebookArguments
  @Option(name: .shortAndLong, help: "The folder for reports; 'output' in the project's root.")
  var output: String?
  @OptionGroup var effort: EffortArguments
  @Option(help: "Where cells run: local or slurm.")
  var executor = Executor.local
  @Flag(help: "Run every cell again, whatever the store holds.")
  var fresh = false
  @Option(parsing: .upToNextOption, help: "Bring only these cells, and what they need, up to date.")
  var only: [String] = []
  @Flag(help: "Advice fails the run.")
  var strict = false

  func validate() throws {
    if executor == .slurm {
      throw ValidationError("'--executor slurm' is not in this version; cells run on this machine.")
    }
  }

  mutating func run() throws {
    Interruption.install()
    let project = Project.current()
    let observer = effort.observer
    var worst: ExitCode?
    for path in arguments.notebooks {
      let ending = try Failures.reported { try run(path, in: project, observer) }
      if let ending, ending.rawValue > (worst?.rawValue ?? 0) { worst = ending }
    }
    if let worst { throw worst }
  }

  /// Runs one notebook; returns the exit status where it isn't 0.
  private func run(
    _ path: String,
    in project: Project,
    _ observer: any RunObserver
  ) throws -> ExitCode? {
    let prepared = try arguments.prepare(path, in: project)
    guard prepared.isValid else {
      DiagnosticOutput.show(
        prepared.diagnostics,
        as: effort.progress,
        line: prepared.sourceLine(at:)
      )
      return Status.invalidNotebook
    }
    for cell in only where !prepared.order.contains(cell) {
      return Failures.unknown(cell, "--only names no cell", known: prepared.order)
    }
    let store = Store(directory: project.store, lingering: true)
    var options = effort.options
    options.fresh = fresh
    options.only = only
    options.isInterrupted = { Interruption.isAsked }
    let before = StoreAdvice.diagnostics(prepared, store)
    let logbook = Logbook(store: store, prepared: prepared, threads: options.threads)
    let registry = ProjectRegistry(
      Registry(path: project.registry),
      hand: .current(keys: project.keys, file: project.registry)
    )
    let run = NotebookRun(
      prepared,
      options: options,
      store: store,
      registry: registry,
      observer: observer,
      log: { logbook.note($0, seconds: $1) },
      logJob: { logbook.note($0) }
    )
    let ending: NotebookRun.Ending
    do { ending = try run.run() } catch is RunInterrupted { throw Status.interrupted }
    logbook.end(ending.results)
    let name = try write(ending.report, of: path, in: project)
    report(ending, of: prepared, name: name, before)
    if ending.results.contains(where: { $0.status == .failed }) { return Status.cellFailed }
    let isAdvised = strict && !ending.report.advice.isEmpty
    return ending.isBroken || isAdvised ? Status.requirementFailed : nil
  }

  private func write(_ report: Report, of path: String, in project: Project) throws -> String {
    let folder = output ?? project.output
    try LocalFiles.makeDirectory(folder)
    let name = "\(folder)/\(LocalFiles.stem(of: path))"
    try LocalFiles.write(report.page, to: name + ".html")
    try LocalFiles.write(report.json, to: name + ".json")
    return project.shown(name)
  }

  private func report(
    _ ending: NotebookRun.Ending,
    of prepared: Prepared,
    name: String,
    _ before: [Diagnostic]
  ) {
    let failures = ending.results.compactMap { $0.failure }
    DiagnosticOutput.show(
      before + ending.report.advice + ending.report.diagnostics + failures,
      as: effort.progress,
      line: prepared.sourceLine(at:)
    )
    if !effort.quiet { Console.out(summary(ending, name: name)) }
  }

  private func summary(_ ending: NotebookRun.Ending, name: String) -> String {
    let ran = ending.results.count { $0.status == .done && !$0.isKept }
    let kept = ending.results.count { $0.isKept }
    var parts = ["\(ran) ran", "\(kept) kept"]
    let failed = ending.results.count { $0.status == .failed }
    let skipped = ending.results.count { $0.status == .skipped }
    if failed > 0 { parts.append(Style.red("\(failed) failed")) }
    if skipped > 0 { parts.append("\(skipped) skipped") }
    if let (held, total) = ending.verdict {
      parts.append(
        held == total
          ? Style.green("\(held) of \(total) requirements hold")
          : Style.red("\(total - held) of \(total) requirements do not hold")
      )
    }
    let words = ending.report.stamp.words.description
    return "\(Style.bold(name + ".html"))  \(words)\n\(parts.joined(separator: ", "))\n"
  }
}
