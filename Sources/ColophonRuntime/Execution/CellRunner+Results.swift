import ColophonCells
import ColophonCore
import ColophonLineage
import ColophonNotebook

extension CellRunner {
  /// What a report says of a cell that is done.
  func result(
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
    result.key = stored.key
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

  /// What a report says of a cell that did not run.
  func skipped(_ cell: Cell, why: String, message: String) -> CellResult {
    var result = CellResult(
      name: cell.name.value,
      kind: cell.kind.value,
      status: .skipped,
      why: why
    )
    result.message = message
    return result
  }

  /// What a report says of a cell that failed, at the place of the field that is to blame.
  func failed(_ cell: Cell, _ recipe: CellRecipe, _ error: any Error) -> CellResult {
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
      failure?.code ?? "run.cell-failed",
      at: failure?.field.flatMap { recipe.positions[$0] } ?? cell.kind.position,
      message,
      hint: failure?.hint
    )
    result.configuration = recipe.configuration
    return result
  }
}
