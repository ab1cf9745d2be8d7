import ColophonCells
import ColophonCore
import ColophonNotebook

/// The traps that only the notebook as a whole shows, before anything runs.
enum StaticAdvice {
  static func diagnostics(notebook: Notebook, recipes: [String: CellRecipe]) -> [Diagnostic] {
    testReused(notebook, recipes)
  }

  /// More than one choice that reads the test split: the second one is no longer a test.
  private static func testReused(
    _ notebook: Notebook,
    _ recipes: [String: CellRecipe]
  ) -> [Diagnostic] {
    let choices = notebook.cells.compactMap { cell -> (Cell, SourcePosition)? in
      guard let recipe = recipes[cell.name.value],
        let choosing = recipe.kind as? any ChoosesOnSplit, choosing.choosesOn == "test"
      else { return nil }
      return (cell, cell.kind.position)
    }
    guard let first = choices.first else { return [] }
    return choices.dropFirst().map { cell, place in
      Diagnostic(
        .advice, "eval.test-reused", at: place, length: cell.kind.value.utf8.count,
        "'\(cell.name.value)' is the second choice that reads the test split",
        hint: "choose on the validation split, and read the test split once",
        notes: [Diagnostic.Note("'\(first.0.name.value)' chose on it first", at: first.1)]
      )
    }
  }
}
