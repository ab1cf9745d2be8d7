import ColophonCells
import ColophonCore
import ColophonLineage
import ColophonRegistry

extension CellRunner {
  /// The cells and all that they rest on, each after what it needs, as a version's content has them.
  ///
  /// - Throws: `CellFailure` where one of them has no result.
  func lineage(of cells: [String]) throws -> [LineageNode] {
    var wanted: Set<String> = []
    var open = cells
    while let name = open.popLast() {
      if wanted.insert(name).inserted { open += prepared.inputs(name) }
    }
    return try prepared.order.filter { wanted.contains($0) }.map { name in
      guard let result = state[name], let stamp = result.stamp, let output = result.output else {
        throw CellFailure("'\(name)' has no result")
      }
      var artifact: StoredOutcome.Artifact?
      if let digest = result.artifact, let made = prepared.kinds[name]?.produces {
        artifact = StoredOutcome.Artifact(digest: digest, kind: made.artifactName)
      }
      return LineageNode(
        name: name,
        kind: result.kind,
        stamp: stamp,
        inputs: result.inputs,
        files: result.files,
        configuration: result.configuration,
        output: output,
        artifact: artifact,
        reproducibility: result.reproducibility,
        libraries: result.libraries,
        values: result.values
      )
    }
  }
}
