import ColophonCells
import ColophonCore
import ColophonNotebook

/// The traps that only the notebook as a whole shows, before anything runs.
enum StaticAdvice {
  static func diagnostics(notebook: Notebook, recipes: [String: CellRecipe]) -> [Diagnostic] {
    let cells = notebook.cells.compactMap { cell in
      recipes[cell.name.value].map { (name: cell.name.value, recipe: $0) }
    }
    return TestReuse.diagnostics(cells) + Forgetting.diagnostics(cells)
  }
}
