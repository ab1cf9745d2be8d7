package import ColophonCore

extension Manifest {
  /// What a report records of one cell.
  package struct Cell: Codable, Hashable, Sendable {
    package enum Status: String, Codable, Hashable, Sendable, CaseIterable {
      case done
      case failed
      case skipped
    }

    package var name: String
    package var kind: String
    package var status: Status
    /// Nil where the cell made nothing.
    package var stamp: Digest?
    /// The stamp of each input, by the input cell's name.
    package var inputs: [String: Digest]
    /// Nil in `output/NAME.json`, where `data` tells it for the whole notebook.
    package var files: [String: Digest]?
    /// The resolved configuration; nil in `output/NAME.json`.
    package var configuration: Value?
    package var output: Digest?
    package var reproducibility: Reproducibility
    package var values: [String: Value]
    package var advice: [Advice]

    package init(
      name: String,
      kind: String,
      status: Status = .done,
      stamp: Digest? = nil,
      inputs: [String: Digest] = [:],
      files: [String: Digest]? = nil,
      configuration: Value? = nil,
      output: Digest? = nil,
      reproducibility: Reproducibility = .exact,
      values: [String: Value] = [:],
      advice: [Advice] = []
    ) {
      self.name = name
      self.kind = kind
      self.status = status
      self.stamp = stamp
      self.inputs = inputs
      self.files = files
      self.configuration = configuration
      self.output = output
      self.reproducibility = reproducibility
      self.values = values
      self.advice = advice
    }
  }
}
