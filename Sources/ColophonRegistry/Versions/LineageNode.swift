package import ColophonCore
package import ColophonLineage

/// One cell of a version's lineage: what it did, with what, and what came of it.
package struct LineageNode: Codable, Hashable, Sendable {
  package var name: String
  package var kind: String
  package var stamp: Digest
  /// The stamp of each input, by the input cell's name.
  package var inputs: [String: Digest]
  /// The content digest of each file that it read, by the path that the author wrote.
  package var files: [String: Digest]
  /// Parameters substituted, defaults filled in.
  package var configuration: Value
  package var output: Digest
  package var artifact: StoredOutcome.Artifact?
  package var reproducibility: Reproducibility
  package var libraries: [String: String]
  package var values: Value

  package init(
    name: String,
    kind: String,
    stamp: Digest,
    inputs: [String: Digest] = [:],
    files: [String: Digest] = [:],
    configuration: Value = [:],
    output: Digest,
    artifact: StoredOutcome.Artifact? = nil,
    reproducibility: Reproducibility = .exact,
    libraries: [String: String] = [:],
    values: Value = [:]
  ) {
    self.name = name
    self.kind = kind
    self.stamp = stamp
    self.inputs = inputs
    self.files = files
    self.configuration = configuration
    self.output = output
    self.artifact = artifact
    self.reproducibility = reproducibility
    self.libraries = libraries
    self.values = values
  }

  /// The cell as a report's record has it, for the comparison with a second run.
  package var record: Manifest.Cell {
    Manifest.Cell(
      name: name,
      kind: kind,
      stamp: stamp,
      inputs: inputs,
      files: files,
      configuration: configuration,
      output: output,
      reproducibility: reproducibility,
      values: values.asObject ?? [:]
    )
  }

  /// What the stamp should be.
  func expectedStamp(engine: String) -> Digest {
    CellStamp(
      kind: kind,
      configuration: configuration,
      inputs: inputs,
      files: files,
      engine: engine,
      libraries: libraries,
      output: output
    ).digest
  }
}
