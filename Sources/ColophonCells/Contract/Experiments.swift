package import ColophonCore

/// What a job of a cell depends on, as far as the cell knows it; the runtime adds the digests of the
/// inputs, of the files and of the build.
package struct ExperimentRecipe: Hashable, Sendable {
  /// The resolved configuration.
  package var configuration: Value
  /// The cell by whose name the job's random streams are keyed.
  package var cell: String
  /// The root of the job's random streams.
  package var seed: UInt64
  /// The cells whose results enter the job's.
  package var inputs: [String]
  /// The files that the job reads, as the author named them.
  package var files: [String]

  package init(
    configuration: Value,
    cell: String,
    seed: UInt64,
    inputs: [String] = [],
    files: [String] = []
  ) {
    self.configuration = configuration
    self.cell = cell
    self.seed = seed
    self.inputs = inputs
    self.files = files
  }
}

/// What is kept of a job: what it said, and perhaps what it made.
package struct Experiment: Sendable {
  package var values: [String: Value]
  /// The bytes of what it made, and what they are.
  package var artifact: (bytes: [UInt8], kind: String)?

  package init(
    values: [String: Value],
    artifact: (bytes: [UInt8], kind: String)? = nil
  ) {
    self.values = values
    self.artifact = artifact
  }
}

/// Where a running cell keeps its jobs, and finds those that were run before by whatever cell: the
/// runtime's side.
///
/// What is found is what would be computed, so no result depends on it.
package protocol ExperimentShelf: Sendable {
  /// The job of a recipe, where it was kept; nil where it is to be run.
  func find(_ recipe: ExperimentRecipe, as job: String) throws -> Experiment?
  /// Keeps a job; one that was kept before under the same recipe gives way.
  func keep(_ experiment: Experiment, of recipe: ExperimentRecipe, as job: String) throws
  /// Notes in the run log that a job begins; the returned function notes its end.
  func begin(_ job: String, _ recipe: ExperimentRecipe) -> @Sendable (_ isDone: Bool) -> Void
  /// The stamp of a job with some result.
  func stamp(_ recipe: ExperimentRecipe, result: Value) throws -> Digest
}
