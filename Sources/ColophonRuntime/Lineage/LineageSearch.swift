import ColophonCells
package import ColophonCore
package import ColophonLineage
package import ColophonRegistry

/// Finds what `trace` is asked about: a report, a cell of a notebook, a model, a registered version.
package struct LineageSearch: Sendable {
  private let project: Project
  private let registry: Registry

  package init(_ project: Project, registry: Registry) {
    self.project = project
    self.registry = registry
  }

  /// What a reference was found as.
  package enum Found: Sendable {
    case version(RegisteredVersion)
    /// The cells of a version that its model rests on.
    case model(of: RegisteredVersion)
    /// A report, or one cell of it with what that rests on.
    case report(path: String, Manifest, cell: String?)
  }

  /// Looks for a reference.
  ///
  /// - Parameter reference: `REPORT.html` (or its `.json`'s page), `NOTEBOOK:CELL`, `GROUP@N`,
  ///   `GROUP@ALIAS`, or a model's digest or its first digits.
  /// - Returns: What it is.
  /// - Throws: `RegistryRefusal` where there is nothing of that name; `ManifestError`.
  package func find(_ reference: String) throws -> Found {
    if reference.contains("@"), let name = VersionName(reference) {
      return .version(try registry.show(name))
    }
    if reference.hasSuffix(".html"), LocalFiles.exists(reference) {
      return .report(
        path: reference,
        try Manifest(report: LocalFiles.read(reference)),
        cell: nil
      )
    }
    if let digits = StoredModels.digits(reference) { return try find(model: digits, reference) }
    guard let colon = reference.lastIndex(of: ":") else {
      throw RegistryRefusal(
        .unknown,
        "'\(reference)' names nothing that has a lineage",
        hint: "name REPORT.html, NOTEBOOK:CELL, GROUP@N, GROUP@ALIAS or a model's digest"
      )
    }
    return try find(
      notebook: String(reference[..<colon]),
      cell: String(reference[reference.index(after: colon)...])
    )
  }

  /// The lineage of a reference as a graph, back to the data.
  package func trace(_ reference: String) throws -> LineageTrace {
    switch try find(reference) {
    case .version(let version): return LineageTrace(version)
    case .model(let version):
      let content = version.content
      return LineageTrace(cells: content.cells, model: content.model, to: content.model)
    case .report(_, let manifest, let cell?):
      return LineageTrace(cells: manifest.cells.compactMap { LineageNode($0) }, to: cell)
    case .report(let path, let manifest, nil): return trace(report: path, manifest)
    }
  }

  private func trace(report path: String, _ manifest: Manifest) -> LineageTrace {
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
  private func find(notebook path: String, cell: String) throws -> Found {
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
    return .report(path: report, manifest, cell: cell)
  }

  /// A model by its digits: the first version that has it, else the report whose cell made it.
  private func find(model digits: String, _ reference: String) throws -> Found {
    if registry.exists {
      let query = try? RegistryQuery("model = sha256:\(digits)")
      let found = try registry.list(query, limit: 2).versions
      if let first = found.last {
        return .model(
          of: try registry.show(VersionName(group: first.group, which: .number(first.number)))
        )
      }
    }
    for name in LocalFiles.names(in: project.output).filter({ $0.hasSuffix(".html") }) {
      let path = "\(project.output)/\(name)"
      guard let bytes = try? LocalFiles.read(path), let manifest = try? Manifest(report: bytes),
        let cell = manifest.cells.first(where: {
          $0.values["model"]?.asString?.hasPrefix("sha256:\(digits)") == true
            && $0.kind != "register"
        })
      else { continue }
      return .report(path: path, manifest, cell: cell.name)
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
