import ColophonCells
package import ColophonCore
import ColophonLineage
import Synchronization

/// The jobs of one running cell in the store.
///
/// A job's key is made like a cell's, so what one tuning has run, another one finds.
final class CellShelf: ExperimentShelf {
  /// What a job is called in the store.
  static let kind = "job"

  private let state: RunState
  private let notebook: String
  private let directory: String
  private let cell: String
  private let fileDigest: @Sendable (_ path: String) throws -> Digest?
  private let clock: @Sendable () -> Double
  private let log: @Sendable (JobEntry) -> Void
  /// Whether nothing of earlier runs counts.
  private let isFresh: Bool
  /// The keys of the jobs that this run has kept.
  private let own = Mutex<Set<Digest>>([])

  init(
    state: RunState,
    prepared: Prepared,
    cell: String,
    fileDigest: @escaping @Sendable (_ path: String) throws -> Digest?,
    clock: @escaping @Sendable () -> Double,
    isFresh: Bool,
    log: @escaping @Sendable (JobEntry) -> Void
  ) {
    self.state = state
    notebook = prepared.name
    directory = prepared.directory
    self.cell = cell
    self.fileDigest = fileDigest
    self.clock = clock
    self.isFresh = isFresh
    self.log = log
  }

  private func key(of recipe: ExperimentRecipe) throws -> CellKey {
    var inputs: [String: Digest] = [:]
    for input in recipe.inputs { inputs[input] = state[input]?.output }
    return CellKey(
      kind: CellShelf.kind,
      configuration: recipe.configuration,
      seed: CellKey.Seed(root: recipe.seed, cell: recipe.cell),
      inputs: inputs,
      files: try files(of: recipe),
      build: Engine.build
    )
  }

  private func files(of recipe: ExperimentRecipe) throws -> [String: Digest] {
    var files: [String: Digest] = [:]
    for file in recipe.files {
      files[file] = try fileDigest(LocalFiles.path(of: file, in: directory))
    }
    return files
  }

  /// The name under which the store remembers a job of the cell: `search/job 3`.
  private func place(_ job: String) -> String { "\(cell)/\(job)" }

  func find(_ recipe: ExperimentRecipe, as job: String) throws -> Experiment? {
    let key = try key(of: recipe)
    if isFresh, !own.withLock({ $0.contains(key.digest) }) { return nil }
    guard case .found(let outcome) = try state.store.lookup(key.digest),
      let values = outcome.values.asObject
    else { return nil }
    var artifact: (bytes: [UInt8], kind: String)?
    if let made = outcome.artifact {
      // A damaged object was set aside: the job is run again.
      do { artifact = (try state.store.read(made.digest), made.kind) } catch is StoreDamage {
        return nil
      }
    }
    try state.store.keep(key, notebook: notebook, cell: place(job))
    return Experiment(values: values, artifact: artifact)
  }

  func keep(_ experiment: Experiment, of recipe: ExperimentRecipe, as job: String) throws {
    let key = try key(of: recipe)
    let artifact = try experiment.artifact.map {
      StoredOutcome.Artifact(digest: try state.store.write($0.bytes), kind: $0.kind)
    }
    let values = Value.object(experiment.values)
    let outcome = StoredOutcome(
      key: key.digest,
      kind: CellShelf.kind,
      cell: place(job),
      output: CellOutput.digest(artifact: artifact?.digest, values: values, exhibits: []),
      artifact: artifact,
      values: values,
      files: key.files
    )
    own.withLock { _ = $0.insert(key.digest) }
    try state.store.record(outcome, key: key, notebook: notebook, cell: place(job))
  }

  func begin(_ job: String, _ recipe: ExperimentRecipe) -> @Sendable (_ isDone: Bool) -> Void {
    let key = try? key(of: recipe).digest
    let start = clock()
    return { [cell, clock, log] isDone in
      log(JobEntry(cell: cell, job: job, key: key, isDone: isDone, seconds: clock() - start))
    }
  }

  func stamp(_ recipe: ExperimentRecipe, result: Value) throws -> Digest {
    var inputs: [String: Digest] = [:]
    for input in recipe.inputs { inputs[input] = state[input]?.stamp }
    return CellStamp(
      kind: CellShelf.kind,
      configuration: recipe.configuration,
      inputs: inputs,
      files: try files(of: recipe),
      engine: Engine.version,
      output: Digest(of: result)
    ).digest
  }
}

/// A job of a cell that ran, for the run log.
package struct JobEntry: Sendable {
  package var cell: String
  package var job: String
  package var key: Digest?
  package var isDone: Bool
  package var seconds: Double
}
