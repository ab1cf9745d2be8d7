import ColophonCells
import ColophonCore
import ColophonNotebook

/// Reads every cell's fields: recipes, what is wrong with them, and what the plan must know.
struct RecipeReading {
  private(set) var recipes: [String: CellRecipe] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var planCells: [PlanCell] = []

  init(_ notebook: Notebook) {
    for (index, cell) in notebook.cells.enumerated() { read(cell, index) }
  }

  private mutating func read(_ cell: Cell, _ index: Int) {
    let name = cell.name.value
    guard let kind = cellKinds[cell.kind.value], !cell.isBroken else {
      planCells.append(
        PlanCell(
          name: name, kind: cell.kind.value, index: index, artifacts: nil,
          isSkipped: cell.isSkipped
        )
      )
      return
    }
    let (recipe, found) = CellRecipe.read(kind, cell.config, at: cell.kind.position)
    diagnostics += found
    if recipes[name] == nil { recipes[name] = recipe }
    planCells.append(
      PlanCell(
        name: name, kind: cell.kind.value, index: index, references: recipe.references,
        artifacts: kind.produces.map { [$0.artifactName] } ?? [], isSkipped: cell.isSkipped
      )
    )
  }
}
