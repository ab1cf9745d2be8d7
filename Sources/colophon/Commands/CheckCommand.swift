import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRuntime

/// `colophon check`: everything that can be known to be wrong, without running anything.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check notebooks: syntax, fields, references, values, advice. Runs nothing."
  )

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif }

  @OptionGroup var arguments: NotebookArguments
  @Option(help: "How findings are printed: text, json or sarif.")
  var format = Format.text
  @Flag(help: "Advice counts as failure.")
  var strict = false

  mutating func run() throws {
    let project = Project.current()
    var findings: [Diagnostic] = []
    for path in arguments.notebooks {
      let prepared = try Failures.reported { try arguments.prepare(path, in: project) }
      let store = Store(directory: project.store, readOnly: true)
      let found = (prepared.diagnostics + StoreAdvice.diagnostics(prepared, store)).sorted()
      findings += found
      guard format == .text else { continue }
      DiagnosticOutput.show(found, line: prepared.sourceLine(at:))
      let ending = DiagnosticOutput.summary(found) ?? "nothing to report"
      Console.out("\(path): \(DiagnosticOutput.count(prepared.cellCount, "cell")), \(ending)\n")
    }
    switch format {
    case .text: break
    case .json:
      Console.out(Value.object(["diagnostics": .array(findings.map { $0.value })]).indentedText)
    case .sarif: Console.out(SARIF.log(findings).indentedText)
    }
    if findings.contains(where: { $0.severity == .error }) { throw Status.invalidNotebook }
    if strict, !findings.isEmpty { throw Status.requirementFailed }
  }
}
