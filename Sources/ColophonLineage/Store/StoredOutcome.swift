package import ColophonCore

/// What the store keeps of a cell's run: everything that a report shows and other cells need.
package struct StoredOutcome: Codable, Hashable, Sendable {
  /// The cell's artifact: an object of the store, and what kind of artifact it is.
  package struct Artifact: Codable, Hashable, Sendable {
    package var digest: Digest
    package var kind: String

    package init(digest: Digest, kind: String) {
      self.digest = digest
      self.kind = kind
    }
  }

  /// The digest of the `CellKey` that the outcome answers.
  package var key: Digest
  package var kind: String
  package var cell: String
  /// The digest of the canonical output; see `CellOutput`.
  package var output: Digest
  package var artifact: Artifact?
  package var values: Value
  package var exhibits: Value
  package var advice: Value
  /// How the cell's conditions ended, where it states any.
  package var verdict: Value?
  /// The content digest of each file that was read, by the path that the author wrote.
  package var files: [String: Digest]
  package var libraries: [String: String]
  package var reproducibility: Reproducibility
  /// Deterministic units of work, the virtual clock's measure.
  package var work: Double

  package init(
    key: Digest,
    kind: String,
    cell: String,
    output: Digest,
    artifact: Artifact? = nil,
    values: Value = [:],
    exhibits: Value = [],
    advice: Value = [],
    verdict: Value? = nil,
    files: [String: Digest] = [:],
    libraries: [String: String] = [:],
    reproducibility: Reproducibility = .exact,
    work: Double = 0
  ) {
    self.key = key
    self.kind = kind
    self.cell = cell
    self.output = output
    self.artifact = artifact
    self.values = values
    self.exhibits = exhibits
    self.advice = advice
    self.verdict = verdict
    self.files = files
    self.libraries = libraries
    self.reproducibility = reproducibility
    self.work = work
  }

  /// The canonical bytes under which the outcome is stored.
  func encoded() throws -> [UInt8] { try Value(encoding: self).canonicalBytes }

  init(decoding bytes: [UInt8]) throws { self = try Value(json: bytes).decode() }
}
