import ColophonCells
package import ColophonCore
package import ColophonLineage
import ColophonNotebook

/// Runs the notebook that a report carries once more, in a clean store, and compares every stamp.
package struct ReportVerification: Sendable {
  /// What the report says of itself.
  package let recorded: Manifest
  /// The notebook of the report, read again.
  package let prepared: Prepared
  private let page: [UInt8]

  /// Reads a report.
  ///
  /// - Parameters:
  ///   - bytes: The report, from anywhere; nothing in it is believed.
  ///   - folders: Given the notebook's path from its project's root, the folders that may stand for
  ///     the notebook's own, where its data lie. The first that holds the most of them counts.
  /// - Throws: `ManifestError` where the report carries no sound record.
  package init(report bytes: [UInt8], folders: (_ notebook: String) -> [String]) throws {
    recorded = try Manifest(report: bytes)
    page = bytes
    let files = recorded.data.keys
    let candidates = folders(recorded.notebook.path)
    let scores = candidates.map { folder in
      files.count { LocalFiles.exists(LocalFiles.path(of: $0, in: folder)) }
    }
    let best = scores.max() ?? 0
    let directory = scores.firstIndex(of: best).map { candidates[$0] } ?? ""
    prepared = Prepared(
      bytes: Array((recorded.notebook.source ?? "").utf8),
      path: recorded.notebook.path,
      name: recorded.notebook.path,
      directory: directory,
      overrides: recorded.parameters.mapValues { NumberFormat.plain($0) }
    )
  }

  /// Errors that keep the notebook from being run, missing files apart.
  package var errors: [Diagnostic] {
    prepared.diagnostics.filter { $0.severity == .error && $0.code != "cell.missing-file" }
  }

  /// The cells that run a program of the report's author, in order.
  package var externalCells: [String] {
    prepared.order.filter { prepared.recipes[$0]?.kind.reproducibility == .external }
  }

  /// Runs the cells and compares them; where all are identical, the page must be so too.
  ///
  /// A cell whose file is missing fails, and what needs it is skipped.
  package func run(options: RunOptions, observer: any RunObserver) throws -> Verification {
    let missing = prepared.missingFiles
    let run = NotebookRun(
      prepared,
      options: options,
      store: Store(),
      registry: RecordedRegistry(recorded),
      observer: observer
    )
    let again = try run.run().report
    return Verification(
      recorded: recorded,
      again: again.manifest,
      tolerances: prepared.tolerances,
      missingFiles: missing,
      isSamePage: again.page == page
    )
  }
}
