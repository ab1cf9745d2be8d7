import ColophonCells
package import ColophonCore
import ColophonLineage
package import ColophonRegistry

/// Finds what `trace` is asked about: a report, a cell of a notebook, a model, a registered version.
package struct LineageSearch: Sendable {
  private let project: Project
  private let registry: Registry

  package init(_ project: Project, registry: Registry) {
    self.project = project
    self.registry = registry
  }

  /// The lineage of a reference.
  ///
  /// - Parameter reference: `REPORT.html` (or its `.json`'s page), `NOTEBOOK:CELL`, `GROUP@N`,
  ///   `GROUP@ALIAS`, or a model's digest or its first digits.
  /// - Returns: The graph, back to the data.
  /// - Throws: `RegistryRefusal` where there is nothing of that name; `ManifestError`.
  package func trace(_ reference: String) throws -> LineageTrace {
    if reference.contains("@"), let name = VersionName(reference) {
      return LineageTrace(try registry.show(name))
    }
    if reference.hasSuffix(".html"), LocalFiles.exists(reference) {
      return try trace(report: reference)
    }
    if let digits = StoredModels.digits(reference) { return try trace(model: digits, reference) }
    guard let colon = reference.lastIndex(of: ":") else {
      throw RegistryRefusal(
        .unknown,
        "'\(reference)' names nothing that has a lineage",
        hint: "name REPORT.html, NOTEBOOK:CELL, GROUP@N, GROUP@ALIAS or a model's digest"
      )
    }
    return try trace(
      notebook: String(reference[..<colon]),
      cell: String(reference[reference.index(after: colon)...])
    )
  }

  private func trace(report path: String) throws -> LineageTrace {
    let manifest = try Manifest(report: LocalFiles.read(path))
    var trace = LineageTrace(cells: manifest.cells.compactMap { LineageNode($0) })
    let ends = manifest.cells.filter { $0.stamp != nil }.map { "cell:\($0.name)" }
    trace.add(
      .init(
        .report,
        project.shown(LocalFiles.absolute(path)),
        detail: manifest.stamp.short,
        digest: manifest.stamp
      ),
      from: ends.filter { end in !trace.edges.contains { $0.from == end } }
    )
    return trace
  }

  /// The report of a notebook, as far as one of its cells.
  private func trace(notebook path: String, cell: String) throws -> LineageTrace {
    let report = "\(project.output)/\(LocalFiles.stem(of: path)).html"
    guard LocalFiles.exists(report) else {
      throw RegistryRefusal(
        .unknown,
        "there is no report of \(path)",
        hint: "run it first: colophon run \(path)"
      )
    }
    let manifest = try Manifest(report: LocalFiles.read(report))
    guard manifest[cell: cell] != nil else {
      throw RegistryRefusal(
        .unknown,
        "the report of \(path) has no cell '\(cell)'",
        hint: Suggestion.hint(for: cell, among: manifest.cells.map { $0.name })
      )
    }
    let nodes = manifest.cells.compactMap { LineageNode($0) }
    return LineageTrace(cells: nodes, to: cell)
  }

  /// A model by its digits: the first version that has it, else the report whose cell made it.
  private func trace(model digits: String, _ reference: String) throws -> LineageTrace {
    if registry.exists {
      let query = try? RegistryQuery("model = sha256:\(digits)")
      let found = try registry.list(query, limit: 2).versions
      if let first = found.last {
        let version = try registry.show(
          VersionName(group: first.group, which: .number(first.number))
        )
        return LineageTrace(
          cells: version.content.cells,
          model: version.content.model,
          to: version.content.model
        )
      }
    }
    for name in LocalFiles.names(in: project.output).filter({ $0.hasSuffix(".html") }) {
      guard let bytes = try? LocalFiles.read("\(project.output)/\(name)"),
        let manifest = try? Manifest(report: bytes),
        let cell = manifest.cells.first(where: {
          $0.values["model"]?.asString?.hasPrefix("sha256:\(digits)") == true
            && $0.kind != "register"
        })
      else { continue }
      return LineageTrace(cells: manifest.cells.compactMap { LineageNode($0) }, to: cell.name)
    }
    throw RegistryRefusal(
      .unknown,
      "no version and no report has a model whose digest begins with '\(reference)'",
      hint: "the digest of a cell's model is its value 'model'"
    )
  }
}

extension LineageNode {
  /// A cell of a report's record; nil where it made nothing.
  init?(_ cell: Manifest.Cell) {
    guard let stamp = cell.stamp else { return nil }
    self.init(
      name: cell.name,
      kind: cell.kind,
      stamp: stamp,
      inputs: cell.inputs,
      files: cell.files ?? [:],
      configuration: cell.configuration ?? .null,
      output: cell.output ?? stamp,
      reproducibility: cell.reproducibility,
      values: .object(cell.values)
    )
  }
}
