import ColophonCells
package import ColophonCore
package import ColophonLineage
import ColophonNotebook
package import ColophonRegistry

/// Runs the notebook of a registered version once more, in a clean store, and compares every cell
/// of the version's lineage with its stamp.
package struct RegistryVerification: Sendable {
  package let version: RegisteredVersion
  private let prepared: Prepared

  /// `folders`: Given the notebook's path from its project's root, the folders that may stand for
  /// its own, where its data lie.
  package init(_ version: RegisteredVersion, folders: (_ notebook: String) -> [String]) {
    self.version = version
    let files = version.content.files.keys
    let candidates = folders(version.source.path)
    let scores = candidates.map { folder in
      files.count { LocalFiles.exists(LocalFiles.path(of: $0, in: folder)) }
    }
    let best = scores.max() ?? 0
    prepared = Prepared(
      bytes: Array(version.source.text.utf8),
      path: version.source.path,
      name: version.source.path,
      directory: scores.firstIndex(of: best).map { candidates[$0] } ?? "",
      overrides: version.source.parameters.mapValues { NumberFormat.plain($0) }
    )
  }

  /// What keeps this engine from reading the notebook.
  package var errors: [Diagnostic] {
    prepared.diagnostics.filter { $0.severity == .error && $0.code != "cell.missing-file" }
  }

  package func sourceLine(at position: SourcePosition) -> String? {
    prepared.sourceLine(at: position)
  }

  /// Runs the cells of the lineage, and them alone.
  package func run(options: RunOptions, observer: any RunObserver) throws -> Verification {
    var options = options
    let names = version.content.cells.map { $0.name }
    options.only = [version.content.model] + version.content.evaluation
    let run = NotebookRun(prepared, options: options, store: Store(), observer: observer)
    let report = try run.run().report.manifest
    let wanted = Set(names)
    let again = Manifest(
      notebook: report.notebook,
      parameters: report.parameters,
      seed: report.seed,
      engine: report.engine,
      cells: report.cells.filter { wanted.contains($0.name) }
    )
    let recorded = Manifest(
      notebook: report.notebook,
      parameters: version.source.parameters,
      seed: version.source.seed,
      engine: Manifest.Engine(
        version: version.content.engine,
        libraries: version.content.cells.reduce(into: [:]) {
          $0.merge($1.libraries) { first, _ in first }
        }
      ),
      cells: version.content.cells.map { $0.record }
    )
    return Verification(
      recorded: recorded,
      again: again,
      tolerances: prepared.tolerances,
      missingFiles: prepared.missingFiles
    )
  }
}

extension Verification {
  /// The verdict as the journal holds it: `identical`, `within tolerance`, or `different at CELL`.
  package var word: String {
    if let first = firstDifference { return "\(first.verdict.name) at \(first.cell)" }
    let isNear = lines.contains { $0.verdict == .withinTolerance }
    return isNear ? "within tolerance" : "identical"
  }
}
