import ColophonCells
import ColophonCore
import ColophonNotebook
import ColophonLineage
import ColophonReport

/// Brings one cell up to date: finds it in the store, or runs it and keeps what it made.
struct CellRunner: Sendable {
  let prepared: Prepared
  let options: RunOptions
  let state: RunState
  let observer: any RunObserver
  /// The digests of files by path; a changed file is always noticed.
  let fileDigest: @Sendable (_ path: String) throws -> Digest?
  /// The cells that may run: all, or what `--only` asks for.
  ///
  /// Others are taken from the store.
  let allowed: Set<String>
  /// Seconds that only ever grow, for the run log and the display.
  let clock: @Sendable () -> Double
  let log: @Sendable (CellResult, _ seconds: Double) -> Void

  func run(_ name: String) {
    guard let cell = prepared.cell(name), let recipe = prepared.recipes[name] else { return }
    let start = clock()
    var result: CellResult
    do {
      result = try bringMending(cell, recipe)
    } catch is Cancelled {
      result = skipped(cell, why: "interrupted", message: "The run was interrupted.")
    } catch let damage as StoreDamage {
      state.end(with: damage)
      result = skipped(cell, why: "the store failed", message: "The store failed.")
    } catch {
      result = failed(cell, recipe, error)
    }
    settle(result, since: start)
  }

  /// Tells everybody how a cell ended.
  private func settle(_ result: CellResult, since start: Double) {
    let seconds = clock() - start
    state.finish(result)
    if !result.isKept, result.status != .skipped { log(result, seconds) }
    observer.observe(
      .finished(
        cell: result.name,
        kind: result.kind,
        status: result.status,
        why: result.why,
        seconds: result.isKept ? 0 : seconds
      )
    )
  }

  /// Brings a cell up to date; where an object that it needs turns out damaged, the cell that made
  /// the object is run again first.
  private func bringMending(
    _ cell: Cell,
    _ recipe: CellRecipe,
    isDamaged: Bool = false
  ) throws -> CellResult {
    var mended: Set<String> = []
    while true {
      do { return try bring(cell, recipe, isDamaged: isDamaged) } catch let damage as StoreDamage {
        guard let maker = maker(of: damage, for: cell), mended.insert(maker).inserted,
          let makingCell = prepared.cell(maker), let making = prepared.recipes[maker]
        else { throw damage }
        let start = clock()
        settle(try bringMending(makingCell, making, isDamaged: true), since: start)
      }
    }
  }

  /// The cell, among those that a cell rests on, that made a damaged object.
  private func maker(of damage: StoreDamage, for cell: Cell) -> String? {
    let digest: Digest
    switch damage {
    case .object(let damaged), .missing(let damaged): digest = damaged
    default: return nil
    }
    let upstream = prepared.closure(of: [cell.name.value]).subtracting([cell.name.value])
    return upstream.sorted().first { state[$0]?.artifact == digest }
  }

  private func bring(
    _ cell: Cell,
    _ recipe: CellRecipe,
    isDamaged: Bool
  ) throws -> CellResult {
    if state.isCancelled { throw Cancelled() }
    if let reason = reasonToSkip(cell, recipe) { return reason }
    if let when = recipe.when {
      do throws(ExpressionProblem) {
        guard try when.expression.holds({ state.value(at: $0) }) else {
          return skipped(
            cell,
            why: "skipped: \(when.expression.text) does not hold",
            message: "Skipped, because \(when.expression.text) does not hold."
          )
        }
      } catch {
        throw CellFailure(
          "the condition '\(when.expression.text)' can't be decided: \(error.message)",
          field: "when"
        )
      }
    }
    let key = try key(of: cell, recipe)
    let previous = try state.store.previousKey(notebook: prepared.name, cell: cell.name.value)
    var found = isDamaged ? Staleness.Found.damage : .notAsked
    // What '--only' leaves out is not asked to run afresh either.
    if !isDamaged, !options.fresh || !allowed.contains(cell.name.value) {
      switch try state.store.lookup(key.digest) {
      case .found(let stored):
        try state.store.keep(key, notebook: prepared.name, cell: cell.name.value)
        let why = Staleness.explain(previous: previous, present: key, found: .result)
        return try result(of: cell, recipe, stored, isKept: true, why: why.description)
      case .absent: found = .nothing
      case .damaged: found = .damage
      }
    }
    guard allowed.contains(cell.name.value) else {
      return skipped(
        cell,
        why: "left out: not asked for by --only",
        message: "Not up to date, and not asked for: this report was made with --only."
      )
    }
    let why = Staleness.explain(previous: previous, present: key, found: found).description
    return try compute(cell, recipe, key, why: why)
  }

  /// Why a cell can't run, told by its flags and by the cells that it needs.
  private func reasonToSkip(_ cell: Cell, _ recipe: CellRecipe) -> CellResult? {
    if cell.isSkipped {
      return skipped(cell, why: "skipped: flag 'skip'", message: "Skipped by its author.")
    }
    for needed in prepared.needs(cell.name.value) {
      guard let other = state[needed], other.status != .done else { continue }
      let happened = other.status == .failed ? "failed" : "was skipped"
      return skipped(
        cell,
        why: "skipped: '\(needed)' \(happened)",
        message: "Skipped, because \u{201C}\(needed)\u{201D} \(happened)."
      )
    }
    return nil
  }

  private func key(of cell: Cell, _ recipe: CellRecipe) throws -> CellKey {
    var files: [String: Digest] = [:]
    for file in recipe.files {
      let path = LocalFiles.path(of: file.path.value, in: prepared.directory)
      guard let digest = try fileDigest(path) else {
        throw CellFailure("there is no file '\(file.path.value)'", field: file.field)
      }
      files[file.path.value] = digest
    }
    var inputs: [String: Digest] = [:]
    for input in prepared.inputs(cell.name.value) { inputs[input] = state[input]?.output }
    return CellKey(
      kind: cell.kind.value,
      configuration: recipe.configuration,
      seed: CellKey.Seed(root: recipe.seed ?? prepared.seed, cell: cell.name.value),
      inputs: inputs,
      files: files,
      build: Engine.build
    )
  }

  private func compute(
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
    let supply = CellSupply(
      state: state,
      kinds: prepared.kinds,
      directory: prepared.directory,
      cell: cell.name.value,
      observer: observer
    )
    let workshop = Workshop(
      cell: cell.name.value,
      seed: key.seed.root,
      threads: options.threads,
      supply: supply
    )
    let outcome = try recipe.kind.run(in: workshop)
    // A file that changed between the key and the reading: the bytes that were read count.
    var key = key
    key.files.merge(supply.filesRead) { _, read in read }
    let stored = try keep(outcome, of: cell, recipe, key)
    return try result(of: cell, recipe, stored, isKept: false, why: why)
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

  private func result(
    of cell: Cell,
    _ recipe: CellRecipe,
    _ stored: StoredOutcome,
    isKept: Bool,
    why: String
  ) throws -> CellResult {
    var result = CellResult(
      name: cell.name.value,
      kind: cell.kind.value,
      status: .done,
      isKept: isKept,
      why: why
    )
    result.configuration = recipe.configuration
    result.output = stored.output
    result.artifact = stored.artifact?.digest
    result.values = stored.values
    result.exhibits = try stored.exhibits.decode()
    result.advice = try stored.advice.decode()
    result.verdict = try stored.verdict.map { try $0.decode() }
    result.files = stored.files
    result.libraries = stored.libraries
    result.reproducibility = stored.reproducibility
    for input in prepared.inputs(cell.name.value) { result.inputs[input] = state[input]?.stamp }
    result.stamp =
      CellStamp(
        kind: cell.kind.value,
        configuration: recipe.configuration,
        inputs: result.inputs,
        files: stored.files,
        engine: Engine.version,
        libraries: stored.libraries,
        output: stored.output
      ).digest
    return result
  }

  private func skipped(_ cell: Cell, why: String, message: String) -> CellResult {
    var result = CellResult(
      name: cell.name.value,
      kind: cell.kind.value,
      status: .skipped,
      why: why
    )
    result.message = message
    return result
  }

  private func failed(_ cell: Cell, _ recipe: CellRecipe, _ error: any Error) -> CellResult {
    let failure = error as? CellFailure
    let message = prepared.withoutFolders("\(error)")
    var result = CellResult(
      name: cell.name.value,
      kind: cell.kind.value,
      status: .failed,
      why: "failed: \(message)"
    )
    result.message = message + (failure?.hint.map { ". Hint: \($0)" } ?? "")
    result.failure = Diagnostic(
      .error,
      "run.cell-failed",
      at: failure?.field.flatMap { recipe.positions[$0] } ?? cell.kind.position,
      message,
      hint: failure?.hint
    )
    result.configuration = recipe.configuration
    return result
  }
}
