import ColophonCells
import ColophonCore
import ColophonNotebook

/// Finds value paths that no run can fill: unknown cells in prose, and paths that a cell's kind does
/// not promise.
struct ValueChecks {
  private(set) var diagnostics: [Diagnostic] = []
  private let notebook: Notebook
  private let recipes: [String: CellRecipe]
  private let names: [String]

  init(notebook: Notebook, recipes: [String: CellRecipe]) {
    self.notebook = notebook
    self.recipes = recipes
    var seen: Set<String> = []
    names = notebook.cells.map { $0.name.value }.filter { seen.insert($0).inserted }
    let known = Set(names)
    for value in notebook.inlineValues {
      for (path, offset, length) in value.expression.paths {
        let place = value.position(at: offset)
        if known.contains(path.cell) {
          check(path, at: place, length: length)
        } else {
          diagnostics.append(.unknownCell(path.cell, at: place, known: names))
        }
      }
    }
    // The plan answers for unknown cells in conditions.
    for use in recipes.values.flatMap({ $0.valueUses }) where known.contains(use.path.cell) {
      check(use.path, at: use.position, length: use.length)
    }
  }

  private mutating func check(_ path: ValuePath, at place: SourcePosition, length: Int) {
    guard let recipe = recipes[path.cell] else { return }
    let patterns = recipe.kind.values
    // A path that leads to a map or a list is allowed where something takes it whole, as `from:` does.
    if patterns.contains(where: { $0.matches(path.segments, orLeadsTo: true) }) { return }
    let written = ValuePath(cell: path.cell, segments: path.segments)
    diagnostics.append(.unknownValue(written, at: place, length: length, patterns: patterns))
  }
}

extension Diagnostic {
  static func unknownCell(_ name: String, at place: SourcePosition, known: [String]) -> Diagnostic {
    Diagnostic(
      .error,
      "value.unknown-cell",
      at: place,
      length: name.utf8.count,
      "there is no cell '\(name)'",
      hint: Suggestion.hint(for: name, among: known)
    )
  }

  static func unknownValue(
    _ path: ValuePath,
    at place: SourcePosition,
    length: Int,
    patterns: [PathPattern]
  ) -> Diagnostic {
    let known = patterns.flatMap { $0.examples }.map { "\(path.cell).\($0)" }
    let written = path.description
    let near = Suggestion.nearest(to: written, among: known)
    return Diagnostic(
      .error,
      "value.unknown-path",
      at: place,
      length: length,
      "the cell '\(path.cell)' has no value '\(written)'",
      hint: near.map { "did you mean '\($0)'?" }
        ?? (known.isEmpty
          ? "this kind of cell has no values"
          : "it has \(known.prefix(12).joined(separator: ", "))\(known.count > 12 ? " …" : "")")
    )
  }
}
