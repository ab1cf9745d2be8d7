import ArgumentParser
import ColophonCore
import ColophonLineage
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

      For other programs it is written by a standard:

      \(lineageDocuments.members.map { "\($0.name): \($0.summary)" }.joined(separator: "\n"))

      These tell when the run was. That is the registry's journal's to say, or the run log's; where \
      neither knows, say it with --at.
      """
  )

  static let own = ["text", "mermaid", "json"]
  static var formats: [String] { own + lineageDocuments.names }

  @Argument(help: "What is traced.")
  var reference: String
  @Flag(help: "The other way: what rests on the data.")
  var descendants = false
  @Option(
    help: ArgumentHelp("How it is written.", valueName: formats.joined(separator: "|"))
  )
  var format = "text"
  @Option(
    name: .shortAndLong,
    help: "The file to write; of an RO-Crate the folder, which then holds its files too.",
    completion: .file()
  )
  var output: String?
  @Option(help: ArgumentHelp("When the run was, in a standard's document.", valueName: "date"))
  var at: String?
  @Option(help: "The licence that a standard's document states: a URL or an SPDX name.")
  var license: String?
  @Option(help: "The registry's file; the project's own by default.", completion: .file())
  var registry: String?

  func validate() throws {
    guard TraceCommand.formats.contains(format) else {
      let hint = Suggestion.hint(for: format, among: TraceCommand.formats)
      throw ValidationError("there is no format '\(format)'\(hint.map { " (\($0))" } ?? "")")
    }
    if descendants, !["text", "json"].contains(format) {
      throw ValidationError("--descendants is printed as text or json.")
    }
    if let at, Moment(at) == nil {
      throw ValidationError("'\(at)' is no date; write 2026-11-28 or 2026-11-28T14:05.")
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
            try write(format == "json" ? reach.value.indentedText : reach.text)
          } else if let document = lineageDocuments[format] {
            try write(document, project, registry)
          } else {
            try write(text(of: LineageSearch(project, registry: registry).trace(reference)))
          }
        }
      }
    } catch let refusal as RegistryRefusal {
      let hint = refusal.hint.map { "hint: \($0)\n" } ?? ""
      Console.error("\(Style.red("error:")) \(refusal.message)\n\(hint)")
      throw Status.wrongUsage
    }
  }

  private func text(of trace: LineageTrace) -> String {
    switch format {
    case "mermaid": trace.mermaid
    case "json": trace.value.indentedText
    default: trace.text
    }
  }

  private func write(_ text: String) throws {
    guard let output else { return Console.out(text) }
    try LocalFiles.write(Array(text.utf8), to: output)
  }

  private func write(
    _ document: any LineageDocument.Type,
    _ project: Project,
    _ registry: Registry
  ) throws {
    let store = Store(directory: project.store, readOnly: true)
    let search = DocumentSearch(
      project,
      registry: registry,
      store: store,
      at: at.flatMap { Moment($0) }
    )
    var subject = try search.subject(reference)
    subject.license = license
    guard document.name == "rocrate", let output else {
      return try write(document.text(of: subject))
    }
    let (held, missing) = try CrateFolder(subject, project: project, store: store)
      .write(to: output)
    Console.error("wrote \(output): the metadata and \(held.count) files\n")
    for path in missing { Console.error("note: \(path) is not there any more\n") }
  }
}
