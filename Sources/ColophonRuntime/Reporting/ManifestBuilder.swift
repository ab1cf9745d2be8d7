import ColophonCells
import ColophonCore
import ColophonLineage
import ColophonNotebook

/// Writes down what a run was, for `verify`, `diff` and every other program.
struct ManifestBuilder {
  let prepared: Prepared
  let results: [CellResult]
  let advice: AdviceList

  var manifest: Manifest {
    Manifest(
      notebook: Manifest.Notebook(
        path: prepared.name,
        digest: prepared.digest,
        title: prepared.notebook.title,
        source: prepared.sourceText
      ),
      parameters: prepared.notebook.parameters,
      seed: prepared.seed,
      engine: Manifest.Engine(version: Engine.version, libraries: libraries),
      cells: results.map { cell($0) },
      advice: advice.diagnostics.map { Manifest.Advice($0) }
    )
  }

  /// The libraries whose results entered some cell's.
  var libraries: [String: String] {
    results.reduce(into: [:]) { libraries, result in
      libraries.merge(result.libraries) { _, later in later }
    }
  }

  private func cell(_ result: CellResult) -> Manifest.Cell {
    let status: Manifest.Cell.Status
    switch result.status {
    case .done: status = .done
    case .failed: status = .failed
    case .skipped: status = .skipped
    }
    return Manifest.Cell(
      name: result.name,
      kind: result.kind,
      status: status,
      stamp: result.stamp,
      inputs: result.inputs,
      files: result.files,
      configuration: prepared.recipes[result.name]?.configuration,
      output: result.output,
      reproducibility: result.reproducibility,
      values: result.values.asObject ?? [:],
      advice: (advice.byCell[result.name] ?? []).map { Manifest.Advice($0) }
    )
  }
}
