package import ColophonCore

/// What a cell's result is and why: equal stamps mean equal results for equal reasons.
///
/// Unlike the key it leaves the build out and holds the output, so two builds of one version that
/// compute the same give the same stamp.
package struct CellStamp: Hashable, Sendable {
  package var kind: String
  package var configuration: Value
  /// The stamp of each input, by the input cell's name.
  package var inputs: [String: Digest]
  package var files: [String: Digest]
  /// The engine's version, such as `1.4.0`.
  package var engine: String
  /// The version of each library whose results enter the cell's.
  package var libraries: [String: String]
  /// The digest of the canonical output; see `CellOutput`.
  package var output: Digest

  package init(
    kind: String,
    configuration: Value,
    inputs: [String: Digest] = [:],
    files: [String: Digest] = [:],
    engine: String,
    libraries: [String: String] = [:],
    output: Digest
  ) {
    self.kind = kind
    self.configuration = configuration
    self.inputs = inputs
    self.files = files
    self.engine = engine
    self.libraries = libraries
    self.output = output
  }

  /// SHA-256 of the canonical form.
  package var digest: Digest {
    Digest(
      of: [
        "format": "colophon-cell-stamp/1",
        "kind": .string(kind),
        "configuration": configuration,
        "inputs": .digests(inputs),
        "files": .digests(files),
        "engine": .string(engine),
        "libraries": .object(libraries.mapValues { .string($0) }),
        "output": .string(output.description),
      ]
    )
  }
}

/// What a cell made, as far as anyone can see it.
package enum CellOutput {
  /// The digest of the canonical output: the artifact's content, the values and the exhibits.
  ///
  /// Advice is no part of it: it tells of the result and changes none.
  package static func digest(artifact: Digest?, values: Value, exhibits: Value) -> Digest {
    Digest(
      of: [
        "format": "colophon-cell-output/1",
        "artifact": artifact.map { .string($0.description) } ?? .null,
        "values": values,
        "exhibits": exhibits,
      ]
    )
  }
}
