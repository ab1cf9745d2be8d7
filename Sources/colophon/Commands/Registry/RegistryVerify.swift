import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRegistry
import ColophonRuntime

/// `colophon registry verify`: runs a version's evidence again.
struct RegistryVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Run a version's notebook again, compare every stamp, and note the verdict.",
    discussion: """
      The registry holds the notebook; only the data must lie where the notebook lay in the project, \
      or in the folder that --data names. The verdict becomes an event; what was registered stays.
      """
  )

  @Argument(help: "GROUP@N or GROUP@ALIAS.")
  var name: VersionName
  @Option(help: "The folder that stands for the notebook's, where its data lie.")
  var data: String?
  @OptionGroup var effort: EffortArguments
  @OptionGroup var actor: RegistryActor
  @OptionGroup var arguments: RegistryArguments

  mutating func run() throws {
    Interruption.install()
    var passed = true
    try arguments.reported {
      let registry = try arguments.writing()
      let version = try registry.show(name)
      let verification = RegistryVerification(version) { notebook in
        data.map { [$0] } ?? Reports.folders(for: notebook)
      }
      guard verification.errors.isEmpty else {
        DiagnosticOutput.show(verification.errors, line: verification.sourceLine(at:))
        Console.error("\(Style.red("error:")) this engine can't run the version's notebook\n")
        throw Status.requirementFailed
      }
      let observer: any RunObserver =
        arguments.format == .json ? SilentObserver() : effort.observer
      let result = try verification.run(options: effort.options, observer: observer)
      passed = result.passed
      try registry.note(
        verdict: result.word,
        document: result.value.canonicalText,
        of: VersionName(group: version.group, which: .number(version.number)),
        by: actor.hand(arguments)
      )
      arguments.print(result.value, text: result.text + "\(version.name): \(result.word)\n")
    }
    if !passed { throw Status.requirementFailed }
  }
}
