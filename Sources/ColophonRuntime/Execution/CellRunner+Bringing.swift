import ColophonCells
import ColophonCore
import ColophonLineage
import ColophonNotebook

extension CellRunner {
  /// Takes a cell from the store, runs it, or says why neither is possible.
  func bring(
    _ cell: Cell,
    _ recipe: CellRecipe,
    isDamaged: Bool
  ) throws -> CellResult {
    if state.isCancelled { throw Cancelled() }
    if let reason = reasonToSkip(cell, recipe) { return reason }
    if let when = recipe.when, try !holds(when) {
      return skipped(
        cell,
        why: "skipped: \(when.expression.text) does not hold",
        message: "Skipped, because \(when.expression.text) does not hold."
      )
    }
    let key = try key(of: cell, recipe)
    let previous = try state.store.previousKey(notebook: prepared.name, cell: cell.name.value)
    var found = isDamaged ? Staleness.Found.damage : .notAsked
    // What '--only' leaves out is not asked to run afresh either.
    if !isDamaged, !options.fresh || !allowed.contains(cell.name.value) {
      switch try state.store.lookup(key.digest) {
      case .found(let stored) where try !stands(stored, recipe): found = .unregistered
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

  /// Whether the registry still says what a stored result says of it.
  private func stands(_ stored: StoredOutcome, _ recipe: CellRecipe) throws -> Bool {
    guard recipe.kind is any ActsOnRegistry else { return true }
    return try registry?.confirms(stored.values) ?? false
  }

  private func holds(_ when: Condition) throws -> Bool {
    do throws(ExpressionProblem) {
      return try when.expression.holds { state.value(at: $0) }
    } catch {
      throw CellFailure(
        "the condition '\(when.expression.text)' can't be decided: \(error.message)",
        field: "when"
      )
    }
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
}
