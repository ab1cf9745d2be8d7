import ColophonCells
package import ColophonCore
package import ColophonLineage
import ColophonNotebook
package import ColophonRegistry

/// Gathers what a standard's document tells of a reference.
package struct DocumentSearch: Sendable {
  private let project: Project
  private let registry: Registry
  private let store: Store
  /// When the run was, where somebody says so in place of the journal and the run log.
  private let moment: Moment?

  package init(_ project: Project, registry: Registry, store: Store, at moment: Moment? = nil) {
    self.project = project
    self.registry = registry
    self.store = store
    self.moment = moment
  }

  /// The subject of a reference as `trace` takes it.
  ///
  /// - Throws: `RegistryRefusal` where nothing is found, or nobody knows when the run was.
  package func subject(_ reference: String) throws -> DocumentSubject {
    switch try LineageSearch(project, registry: registry).find(reference) {
    case .version(let version): return subject(version)
    case .model(let version):
      var subject = subject(version)
      subject.version = nil
      let wanted = version.content.upstream(of: version.content.model)
      subject.cells.removeAll { !wanted.contains($0.name) }
      return subject
    case .report(let path, let manifest, let cell):
      return try subject(path, manifest, cell: cell)
    }
  }

  /// The subject of a registered version.
  package func subject(_ version: RegisteredVersion) -> DocumentSubject {
    let source = version.source
    var subject = DocumentSubject(
      version,
      notebook: DocumentSearch.notebook(path: source.path, text: source.text)
    )
    if let moment { subject.times = .init(began: moment, ended: moment) }
    return subject
  }

  private func subject(_ path: String, _ manifest: Manifest, cell: String?) throws
    -> DocumentSubject
  {
    let name = project.relativeName(of: path)
    var subject = DocumentSubject(
      name: cell.map { "\(manifest.notebook.path):\($0)" } ?? name,
      notebook: DocumentSearch.notebook(
        path: manifest.notebook.path,
        text: manifest.notebook.source ?? ""
      ),
      parameters: manifest.parameters,
      seed: manifest.seed,
      engine: manifest.engine.version,
      libraries: manifest.engine.libraries,
      cells: DocumentSearch.ordered(manifest.cells, downTo: cell).compactMap { LineageNode($0) },
      stamp: manifest.stamp,
      times: try times(of: manifest.notebook.path, manifest.parameters)
    )
    guard cell == nil else { return subject }
    subject.failed = manifest.cells.filter { $0.status == .failed }.map { $0.name }
    subject.report = .init(path: name, digest: Digest(of: try LocalFiles.read(path)))
    return subject
  }

  /// When the notebook last ran with these parameters, by the run log.
  private func times(of notebook: String, _ parameters: [String: Value]) throws
    -> DocumentSubject.Times
  {
    if let moment { return .init(began: moment, ended: moment) }
    let runs = (try? store.runs(of: notebook)) ?? []
    let ended = runs.filter { $0.ended != nil }
    guard let run = ended.first(where: { $0.parameters == .object(parameters) }) ?? ended.first,
      let end = run.ended
    else {
      throw RegistryRefusal(
        .unknown,
        "the run log knows no run of \(notebook), so nobody knows when it was",
        hint: "run it here, or say when it was: --at 2026-11-28T14:05"
      )
    }
    func read(_ seconds: Double) -> Moment {
      Moment(milliseconds: Int((seconds * 1000).rounded(.down)))
    }
    return .init(began: read(run.started), ended: read(end))
  }

  /// A notebook's own words.
  static func notebook(path: String, text: String) -> DocumentSubject.Notebook {
    let (notebook, _) = NotebookParser.parse(
      bytes: Array(text.utf8),
      path: path,
      kinds: cellKinds.names,
      overrides: [:]
    )
    let abstract = notebook.frontMatter.abstract.map { $0.inlines.map { $0.plainText }.joined() }
    return DocumentSubject.Notebook(
      path: path,
      title: notebook.title,
      text: text,
      authors: notebook.frontMatter.authors.map { $0.value },
      abstract: abstract.isEmpty ? nil : abstract.joined(separator: " ")
    )
  }

  /// The cells that made something, each after those it needs; down to one of them where it is named.
  private static func ordered(_ cells: [Manifest.Cell], downTo target: String?) -> [Manifest.Cell] {
    let known = Dictionary(cells.map { ($0.name, $0) }) { first, _ in first }
    var done: Set<String> = []
    var ordered: [Manifest.Cell] = []
    func visit(_ name: String) {
      guard let cell = known[name], cell.stamp != nil, done.insert(name).inserted else { return }
      for input in cell.inputs.keys.sorted() { visit(input) }
      ordered.append(cell)
    }
    for name in target.map({ [$0] }) ?? cells.map({ $0.name }) { visit(name) }
    return ordered
  }
}
