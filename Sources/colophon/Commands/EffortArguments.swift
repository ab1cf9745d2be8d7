import ArgumentParser
import ColophonRuntime
import Foundation

/// How hard a run works and how it is shown; nothing here can change a result.
struct EffortArguments: ParsableArguments {
  @Option(help: "How many cells run at once; by default as many as there are processors.")
  var jobs: Int?
  @Flag(name: .shortAndLong, help: "Print diagnostics and results only.")
  var quiet = false
  @Option(help: "How progress is shown: auto, plain or json.")
  var progress = ProgressStyle.auto

  @Option(
    help: ArgumentHelp(
      "Keep to an instruction set, to prove that none matters.",
      visibility: .hidden
    )
  )
  var instructions: String?

  func validate() throws {
    if let instructions, !Engine.use(instructionSet: instructions) {
      let known = Engine.instructionSets.joined(separator: ", ")
      throw ValidationError("'--instructions' must be one of \(known).")
    }
    if let jobs, jobs < 1 { throw ValidationError("'--jobs' must be at least 1.") }
  }

  var observer: any RunObserver { progress.observer(isQuiet: quiet) }

  var options: RunOptions {
    var options = RunOptions()
    let processors = ProcessInfo.processInfo.activeProcessorCount
    options.jobs = jobs ?? processors
    options.threads = processors
    return options
  }
}
