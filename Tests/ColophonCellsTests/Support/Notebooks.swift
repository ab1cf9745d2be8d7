import ColophonCells
import ColophonCore

/// Reads a cell of a kind beside other cells that it may take the recipe of.
///
/// The place of the cell's n-th scalar is line n + 1, column 3, as `Config` writes it.
func readTemplated<Kind: CellKind>(
  _ kind: Kind.Type,
  _ members: KeyValuePairs<String, Value>,
  beside cells: [String: (kind: String, fields: KeyValuePairs<String, Value>)],
  recipes: [String: any CellKind] = [:]
) -> (cell: Kind, recipe: CellRecipe, diagnostics: [Diagnostic]) {
  let fence = SourcePosition(path: "n.md", line: 1, column: 1)
  let written = cells.mapValues { cell in
    WrittenCell(kind: cell.kind, entries: Config(cell.fields).entries, position: fence)
  }
  let config = Node(.mapping(Config(members).entries), at: fence)
  let (recipe, found) = CellRecipe.read(kind, config, at: fence, beside: written)
  guard let cell = recipe.kind as? Kind else { fatalError("another kind") }
  let survey = Survey(directory: handbook, recipes: recipes)
  return (cell, recipe, found + cell.check(in: survey))
}
