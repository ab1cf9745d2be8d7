import ArgumentParser
import ColophonCore
import ColophonLineage
import ColophonRegistry
import ColophonRuntime

/// `colophon registry card`: a version's model card, for people and for other programs.
struct RegistryCard: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card",
    abstract: "Write a version's model card: a page, or a format of other programs.",
    discussion: """
      html: A page that needs nothing beside itself.
      \(cardDocuments.members.map { "\($0.name): \($0.summary)" }.joined(separator: "\n"))
      """
  )

  static var formats: [String] { ["html"] + cardDocuments.names }

  @Argument(help: "GROUP@N or GROUP@ALIAS.")
  var name: VersionName
  @Option(help: ArgumentHelp("The format.", valueName: formats.joined(separator: "|")))
  var format = "html"
  @Option(
    name: .shortAndLong,
    help: "The file; '-' for standard output; of a page output/GROUP-N-card.html by default.",
    completion: .file()
  )
  var output: String?
  @Option(help: "The registry's file; the project's own by default.", completion: .file())
  var registry: String?

  func validate() throws {
    if name.which == nil { throw ValidationError("Name one version, such as \(name.group)@1.") }
    guard RegistryCard.formats.contains(format) else {
      let hint = Suggestion.hint(for: format, among: RegistryCard.formats)
      throw ValidationError("there is no format '\(format)'\(hint.map { " (\($0))" } ?? "")")
    }
  }

  mutating func run() throws {
    try RegistryArguments.told {
      let project = Project.current()
      let registry = Registry(path: registry ?? project.registry, readOnly: true)
      let version = try registry.show(name)
      let search = DocumentSearch(
        project,
        registry: registry,
        store: Store(directory: project.store, readOnly: true)
      )
      guard let subject = CardSubject(search.subject(version)) else { return }
      guard let document = cardDocuments[format] else {
        return try write(CardPage(subject).render(), project, version)
      }
      let text = try document.text(of: subject)
      guard let output, output != "-" else { return Console.out(text) }
      try LocalFiles.write(Array(text.utf8), to: output)
      Console.error("wrote \(output)\n")
    }
  }

  private func write(_ page: [UInt8], _ project: Project, _ version: RegisteredVersion) throws {
    if output == "-" { return Console.out(bytes: page) }
    var path = output ?? ""
    if output == nil {
      try LocalFiles.makeDirectory(project.output)
      path = "\(project.output)/\(version.group)-\(version.number)-card.html"
    }
    try LocalFiles.write(page, to: path)
    Console.out("wrote \(project.shown(path))\n")
  }
}
