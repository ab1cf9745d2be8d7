import ColophonCells
import ColophonCore
import ColophonNotebook

/// Reads every cell's fields: recipes, what is wrong with them, and what the plan must know.
struct RecipeReading {
  private(set) var recipes: [String: CellRecipe] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var planCells: [PlanCell] = []
  /// The cells that each cell waits for without using what they made, by name.
  private(set) var turns: [String: Set<String>] = [:]
  /// Parameters that don't exist, where they are written; what a field makes of one says nothing.
  private let unknownParameters: Set<SourcePosition>
  /// The cells as they are written; of two with one name, the first counts.
  private let written: [String: WrittenCell]

  /// - Parameters:
  ///   - notebook: The cells to read.
  ///   - found: What parsing the notebook found.
  init(_ notebook: Notebook, found: [Diagnostic]) {
    unknownParameters = Set(found.filter { $0.code == "parameters.unknown" }.map { $0.position })
    written = Dictionary(
      notebook.cells.filter { !$0.isBroken }.map { cell in
        let entries = cell.config.entries ?? []
        return (
          cell.name.value,
          WrittenCell(kind: cell.kind.value, entries: entries, position: cell.kind.position)
        )
      }
    ) { first, _ in first }
    for (index, cell) in notebook.cells.enumerated() { read(cell, index) }
    takeTurns()
  }

  /// Lets the cells that act on one group of the registry act in the order of the notebook, unless
  /// an earlier one needs a later one.
  private mutating func takeTurns() {
    var last: [String: Int] = [:]
    for index in planCells.indices {
      let cell = planCells[index]
      guard let kind = recipes[cell.name]?.kind as? any ActsOnRegistry, let group = kind.groupName
      else { continue }
      if let before = last[group], !needs(before, index) {
        let name = planCells[before].name
        last[group] = index
        if cell.references.contains(where: { $0.cell.value == name }) { continue }
        planCells[index].references.append(
          ReferenceUse(
            field: "group",
            cell: Located(name, at: .init(path: "", line: 1, column: 1)),
            artifacts: [],
            use: .turn
          )
        )
        turns[cell.name, default: []].insert(name)
      }
      last[group] = index
    }
  }

  /// Whether a cell needs another, directly or not.
  private func needs(_ cell: Int, _ other: Int) -> Bool {
    var seen: Set<String> = []
    var open = [planCells[cell].name]
    while let name = open.popLast() {
      guard seen.insert(name).inserted else { continue }
      if name == planCells[other].name { return true }
      open += planCells.first { $0.name == name }?.references.map { $0.cell.value } ?? []
    }
    return false
  }

  private mutating func read(_ cell: Cell, _ index: Int) {
    let name = cell.name.value
    var planCell = PlanCell(
      name: name,
      kind: cell.kind.value,
      index: index,
      artifacts: nil,
      isSkipped: cell.isSkipped
    )
    defer { planCells.append(planCell) }
    guard let kind = cellKinds[cell.kind.value] else { return }
    planCell.artifacts = kind.produces.map { [$0.artifactName] } ?? []
    // Broken YAML leaves an empty map, of which nothing can be said.
    if cell.isBroken, cell.config.entries?.isEmpty ?? true { return }
    let (recipe, found) = CellRecipe.read(
      kind,
      cell.config,
      at: cell.kind.position,
      beside: written
    )
    diagnostics += found.filter { !isAboutUnknownParameter($0) }
    planCell.references = recipe.references
    if !cell.isBroken { recipes[name] = recipe }
  }

  private func isAboutUnknownParameter(_ diagnostic: Diagnostic) -> Bool {
    let columns = diagnostic.position.column...diagnostic.position.column + diagnostic.length
    return unknownParameters.contains {
      $0.line == diagnostic.position.line && columns.contains($0.column)
    }
  }
}
