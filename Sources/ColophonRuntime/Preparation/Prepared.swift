import ColophonCells
package import ColophonCore
package import ColophonNotebook

/// A notebook that was read, planned and checked: all that can be known before anything runs.
package struct Prepared: Sendable {
  package let notebook: Notebook
  /// The notebook's path from the project's root; the name under which results are remembered.
  package let name: String
  /// The folder that the notebook's files are relative to.
  package let directory: String
  /// What `-P` set to something else than the default.
  package let overrides: [String: String]
  /// The digest of the notebook's bytes, and the bytes as text.
  package let digest: Digest
  package let sourceText: String
  /// Errors and advice, sorted by place; accepted advice is left out.
  package let diagnostics: [Diagnostic]
  let recipes: [String: CellRecipe]
  let kinds: [String: any CellKind.Type]
  private let plan: Plan
  private let indices: [String: Int]
  private let turns: [String: Set<String>]

  /// Reads a notebook's bytes and finds everything that is wrong with them.
  ///
  /// - Parameters:
  ///   - bytes: The notebook, from anywhere.
  ///   - path: The file as the user named it; it stands in diagnostics.
  ///   - name: The path from the project's root; it stands in the report.
  ///   - directory: The folder that its files are relative to.
  ///   - overrides: What `-P name=value` set.
  package init(
    bytes: [UInt8],
    path: String,
    name: String,
    directory: String,
    overrides: [String: String] = [:]
  ) {
    let (notebook, found) = NotebookParser.parse(
      bytes: bytes,
      path: path,
      kinds: cellKinds.names,
      overrides: overrides
    )
    let reading = RecipeReading(notebook, found: found)
    let plan = Plan(cells: reading.planCells)
    let survey = Survey(
      directory: directory,
      recipes: reading.recipes.mapValues { $0.kind },
      seeds: reading.recipes.mapValues { $0.seed ?? notebook.seed }
    )
    let values = ValueChecks(notebook: notebook, recipes: reading.recipes)
    var diagnostics = found + reading.diagnostics + plan.diagnostics + values.diagnostics
    let files = FileChecks.diagnostics(reading.recipes, in: directory)
    // Where a file is missing, a kind's own complaint about it says nothing more.
    let missing = Set(files.map { $0.position })
    for cell in notebook.cells where !cell.isBroken {
      guard let recipe = reading.recipes[cell.name.value] else { continue }
      diagnostics += recipe.kind.check(in: survey).filter { !missing.contains($0.position) }
    }
    diagnostics += files
    diagnostics += StaticAdvice.diagnostics(notebook: notebook, recipes: reading.recipes)
    let accepted = Set(notebook.frontMatter.advice.map { $0.value })
    self.notebook = notebook
    self.name = name
    self.directory = directory
    self.overrides = Prepared.changing(overrides, notebook, bytes)
    self.plan = plan
    turns = reading.turns
    digest = Digest(of: bytes)
    sourceText = String(decoding: bytes, as: UTF8.self)
    recipes = reading.recipes
    kinds = reading.recipes.mapValues { type(of: $0.kind) }
    indices = Dictionary(
      notebook.cells.enumerated().map { ($1.name.value, $0) }
    ) { first, _ in first }
    self.diagnostics = Prepared.sorted(diagnostics, without: accepted)
  }

  private static func sorted(_ diagnostics: [Diagnostic], without accepted: Set<String>)
    -> [Diagnostic]
  {
    var kept: [Diagnostic] = []
    for diagnostic in diagnostics.sorted() where diagnostic != kept.last {
      if diagnostic.severity == .advice, accepted.contains(diagnostic.code.description) { continue }
      kept.append(diagnostic)
    }
    return kept
  }

  /// The overrides without those that say what the notebook says anyway, so that a report does not
  /// depend on how its parameters came about.
  private static func changing(
    _ overrides: [String: String],
    _ notebook: Notebook,
    _ bytes: [UInt8]
  ) -> [String: String] {
    if overrides.isEmpty { return [:] }
    let plain = NotebookParser.parse(bytes: bytes, path: notebook.path, kinds: cellKinds.names)
    let defaults = plain.notebook.parameters
    return overrides.filter { defaults[$0.key] != notebook.parameters[$0.key] }
  }

  /// Whether the notebook can be run.
  package var isValid: Bool { !diagnostics.contains { $0.severity == .error } }

  package var cellCount: Int { notebook.cells.count }

  /// The line that a diagnostic's excerpt shows.
  package func sourceLine(at position: SourcePosition) -> String? {
    notebook.sourceLine(at: position)
  }

  /// The root of the notebook's random streams.
  package var seed: UInt64 { notebook.seed }

  /// The cells' names, each after those that it needs.
  package var order: [String] { plan.order.map { plan.cells[$0].name } }

  package func cell(_ name: String) -> Cell? { indices[name].map { notebook.cells[$0] } }

  /// The cells whose results a cell needs, its condition's included.
  package func needs(_ name: String) -> [String] {
    let turns = turns[name] ?? []
    return waits(name).filter { !turns.contains($0) }
  }

  /// The cells that a cell waits for: those it needs, and those whose turn comes before.
  package func waits(_ name: String) -> [String] {
    guard let index = indices[name] else { return [] }
    return plan.needs[index].map { plan.cells[$0].name }
  }

  /// The cells whose results enter a cell's own, sorted; what only decides whether it runs is none.
  package func inputs(_ name: String) -> [String] {
    let uses = recipes[name]?.references ?? []
    let entering = uses.filter { $0.field != "when" && $0.use == .result }
    return Set(entering.map { $0.cell.value }).sorted()
  }

  /// The named cells and all that they need; every cell where none is named.
  package func closure(of names: [String]) -> Set<String> {
    guard !names.isEmpty else { return Set(order) }
    var closure = Set(names)
    for name in names {
      guard let index = indices[name] else { continue }
      closure.formUnion(plan.upstream(of: index).map { plan.cells[$0].name })
    }
    return closure
  }

  /// The cell whose fence holds a place.
  func cell(at position: SourcePosition) -> Cell? {
    var (low, high) = (0, notebook.cells.count)
    while low < high {
      let middle = (low + high) / 2
      if notebook.cells[middle].end.line < position.line { low = middle + 1 } else { high = middle }
    }
    guard low < notebook.cells.count, notebook.cells[low].start.line <= position.line else {
      return nil
    }
    return notebook.cells[low]
  }

  /// Whether the notebook accepts the advice of a code.
  func accepts(_ code: String) -> Bool {
    notebook.frontMatter.advice.contains { $0.value == code }
  }

  /// A finding of a cell's run, at the field that it names.
  func diagnostic(_ advice: Advice, of cell: String) -> Diagnostic {
    let place = advice.field.flatMap { recipes[cell]?.positions[$0] }
    return Diagnostic(
      .advice,
      Diagnostic.Code(advice.code),
      at: place ?? self.cell(cell)?.kind.position ?? .init(path: notebook.path, line: 1, column: 1),
      advice.message,
      hint: advice.hint
    )
  }

  /// A text in which files are named as the author named them, so that no folder of this machine
  /// enters a report.
  func withoutFolders(_ text: String) -> String {
    directory.isEmpty ? text : text.replacing(directory + "/", with: "")
  }
}
