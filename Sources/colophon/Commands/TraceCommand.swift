import ArgumentParser
import ColophonCore
import ColophonRegistry
import ColophonRuntime

/// `colophon trace`: from a result back to the data, or from data on to everything it reached.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Show the lineage of a report, a cell, a model or a registry version.",
    discussion: """
      A reference is REPORT.html, NOTEBOOK:CELL, GROUP@N, GROUP@ALIAS, or a model's digest or its \
      first digits. With --descendants it is data (a file as the notebook names it, a digest, \
      KIND:NAME), and every version, alias and report that rests on it is named.
      """
  )

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, mermaid, json }

  @Argument(help: "What is traced.")
  var reference: String
  @Flag(help: "The other way: what rests on the data.")
  var descendants = false
  @Option(help: "text, mermaid or json.")
  var format = Format.text
  @Option(help: "The registry's file; the project's own by default.", completion: .file())
  var registry: String?

  func validate() throws {
    if descendants, format == .mermaid {
      throw ValidationError("--descendants is printed as text or json.")
    }
  }

  mutating func run() throws {
    let project = Project.current()
    let registry = Registry(path: registry ?? project.registry, readOnly: true)
    do {
      try Failures.reported {
        try Reports.sound(reference) {
          if descendants {
            let reach = try LineageReach(of: reference, in: project, registry)
            Console.out(format == .json ? reach.value.indentedText : reach.text)
          } else {
            show(try LineageSearch(project, registry: registry).trace(reference))
          }
        }
      }
    } catch let refusal as RegistryRefusal {
      let hint = refusal.hint.map { "hint: \($0)\n" } ?? ""
      Console.error("\(Style.red("error:")) \(refusal.message)\n\(hint)")
      throw Status.wrongUsage
    }
  }

  private func show(_ trace: LineageTrace) {
    switch format {
    case .text: Console.out(trace.text)
    case .mermaid: Console.out(trace.mermaid)
    case .json: Console.out(trace.value.indentedText)
    }
  }
}
