import ColophonCells
import ColophonCore
import ColophonLineage
import ColophonNotebook

extension CellRunner {
  /// Runs a cell, going on from unfinished work of the same key, and keeps what it made.
  func compute(
    _ cell: Cell,
    _ recipe: CellRecipe,
    _ key: CellKey,
    why: String
  ) throws -> CellResult {
    observer.observe(
      .started(
        cell: cell.name.value,
        kind: cell.kind.value,
        why: why,
        lastSeconds: try state.store.lastSeconds(notebook: prepared.name, cell: cell.name.value)
      )
    )
    let work = try unfinishedWork(of: cell, key)
    let supply = CellSupply(
      state: state,
      kinds: prepared.kinds,
      directory: prepared.directory,
      cell: cell.name.value,
      unfinished: work,
      experiments: CellShelf(
        state: state,
        prepared: prepared,
        cell: cell.name.value,
        fileDigest: fileDigest,
        clock: clock,
        isFresh: options.fresh,
        log: logJob
      ),
      registry: registry?.access(for: cell.name.value, in: prepared),
      lineage: { try lineage(of: $0) },
      observer: observer
    )
    let workshop = Workshop(
      cell: cell.name.value,
      seed: key.seed.root,
      notebookSeed: prepared.seed,
      threads: options.threads,
      supply: supply
    )
    let outcome = try recipe.kind.run(in: workshop)
    // A file that changed between the key and the reading: the bytes that were read count.
    var key = key
    key.files.merge(supply.filesRead) { _, read in read }
    let stored = try keep(outcome, of: cell, recipe, key)
    work?.forget()
    let whole = ([why] + [supply.resumption].compactMap { $0 }).joined(separator: ", ")
    return try result(of: cell, recipe, stored, isKept: false, why: whole)
  }

  /// Where the cell's jobs keep their states; emptied first where all is to be done afresh.
  private func unfinishedWork(of cell: Cell, _ key: CellKey) throws -> CellUnfinishedWork? {
    let checkpoints = try state.store.checkpoints(
      of: key.digest,
      notebook: prepared.name,
      cell: cell.name.value
    )
    if options.fresh { checkpoints?.forget() }
    return checkpoints.map { CellUnfinishedWork($0, clock: clock) }
  }

  private func keep(
    _ outcome: Outcome,
    of cell: Cell,
    _ recipe: CellRecipe,
    _ key: CellKey
  ) throws -> StoredOutcome {
    var artifact: StoredOutcome.Artifact?
    if let made = outcome.artifact {
      let digest = try state.store.write(try made.encodedArtifact())
      artifact = StoredOutcome.Artifact(digest: digest, kind: type(of: made).artifactName)
      state.remember(made, as: digest)
    }
    let values = Value.object(outcome.values)
    let exhibits = try Value(encoding: outcome.exhibits)
    let inputs = prepared.needs(cell.name.value).compactMap { state[$0]?.reproducibility }
    let stored = StoredOutcome(
      key: key.digest,
      kind: cell.kind.value,
      cell: cell.name.value,
      output: CellOutput.digest(artifact: artifact?.digest, values: values, exhibits: exhibits),
      artifact: artifact,
      values: values,
      exhibits: exhibits,
      advice: try Value(encoding: outcome.advice),
      verdict: try outcome.verdict.map { try Value(encoding: $0) },
      files: key.files,
      libraries: recipe.kind.libraries,
      reproducibility: (inputs + [recipe.kind.reproducibility]).max() ?? .exact
    )
    return try state.store.record(stored, key: key, notebook: prepared.name, cell: cell.name.value)
  }
}
