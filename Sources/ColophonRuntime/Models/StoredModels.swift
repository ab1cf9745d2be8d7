package import ColophonCells
import ColophonCore
package import ColophonLineage

/// Finds models in a project's store by what a person calls them.
package struct StoredModels: Sendable {
  /// Why no model was found, in a sentence.
  package struct Absence: Error, Hashable, Sendable {
    package var message: String
    package var hint: String?
  }

  /// A model and the name of the cell that made it.
  package struct Found: Sendable {
    package var cell: String
    package var model: ModelDescription
  }

  private let project: Project
  private let store: Store

  package init(_ project: Project, store: Store) {
    self.project = project
    self.store = store
  }

  /// The model of a reference: `NOTEBOOK:CELL`, or a digest or its first four digits or more.
  ///
  /// - Throws: `Absence`, `StoreDamage`, or `CellFailure` where the model is of another engine.
  package func find(_ reference: String) throws -> Found {
    if let digits = StoredModels.digits(reference) { return try find(digits: digits, reference) }
    guard let colon = reference.lastIndex(of: ":") else {
      throw Absence(
        message: "'\(reference)' names no model",
        hint: "write NOTEBOOK:CELL, such as churn.md:baseline, or the first digits of a digest"
      )
    }
    let cell = String(reference[reference.index(after: colon)...])
    return try find(notebook: String(reference[..<colon]), cell: cell)
  }

  private func find(notebook path: String, cell: String) throws -> Found {
    let notebook = project.relativeName(of: path)
    guard let outcome = try store.lastOutcome(notebook: notebook, cell: cell) else {
      throw try absence(path, notebook, cell)
    }
    guard let artifact = outcome.artifact, artifact.kind == TrainedModelKind.name else {
      let made = outcome.artifact.map { "a \($0.kind)" } ?? "nothing to keep"
      throw Absence(message: "the cell '\(cell)' of \(path) made \(made), not a model")
    }
    return Found(cell: cell, model: try ModelDescription(bytes: store.read(artifact.digest)))
  }

  private func absence(_ path: String, _ notebook: String, _ cell: String) throws -> Absence {
    let known = try store.knownCells()
    let cells = known.filter { $0.notebook == notebook }.map { $0.cell }
    if !cells.isEmpty {
      return Absence(
        message: "the store has no result of a cell '\(cell)' of \(path)",
        hint: Suggestion.hint(for: cell, among: cells)
      )
    }
    if LocalFiles.exists(path) {
      return Absence(
        message: "the store has no results of \(path)",
        hint: "run it first: colophon run \(path)"
      )
    }
    var names: [String] = []
    for entry in known where names.last != entry.notebook { names.append(entry.notebook) }
    return Absence(
      message: "there is no notebook \(path)",
      hint: Suggestion.hint(for: path, among: names)
    )
  }

  private func find(digits: String, _ reference: String) throws -> Found {
    let found = try store.artifacts(kind: TrainedModelKind.name, beginning: digits)
    guard let first = found.first else {
      throw Absence(
        message: "the store holds no model whose digest begins with '\(reference)'",
        hint: "the digest of a cell's model is its value 'model'"
      )
    }
    guard found.count == 1 else {
      let cells = found.prefix(8).map { "\($0.digest.short) of '\($0.cell)'" }
      throw Absence(
        message: "\(found.count) models begin with '\(reference)'",
        hint: "give more digits: \(cells.joined(separator: ", "))"
      )
    }
    return Found(cell: first.cell, model: try ModelDescription(bytes: store.read(first.digest)))
  }

  /// The hexadecimal digits of a digest or of its beginning; nil for anything else.
  ///
  /// Digests are also read as the report prints them: `7c1e 90ab`.
  static func digits(_ reference: String) -> String? {
    var text = reference.lowercased().filter { $0 != " " }
    if text.hasPrefix("sha256:") { text.removeFirst(7) }
    let isHex = text.allSatisfy { "0123456789abcdef".contains($0) }
    return isHex && (4...64).contains(text.count) ? text : nil
  }
}
