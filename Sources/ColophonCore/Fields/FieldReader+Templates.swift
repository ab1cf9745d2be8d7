/// A cell as it is written: its kind and its fields, unread.
package struct WrittenCell: Hashable, Sendable {
  package var kind: String
  package var entries: [Node.Entry]
  /// The fence.
  package var position: SourcePosition

  package init(kind: String, entries: [Node.Entry], position: SourcePosition) {
    self.kind = kind
    self.entries = entries
    self.position = position
  }
}

extension FieldReader {
  /// The recipe of another cell, read as if its fields stood here.
  ///
  /// The other cell need not run. What its fields refer to becomes this cell's own reference, and
  /// their resolved configuration becomes part of this cell's; so the plan waits for the template's
  /// inputs, and this cell's key changes with the template. What is wrong with the template is
  /// reported where the template itself is read.
  ///
  /// `kinds`: The kinds of cell whose recipe is taken. `body` reads the template's fields; it is not
  /// called where there is no such cell, which the plan reports.
  package mutating func template<Recipe>(
    _ name: String,
    of kinds: [String],
    required: Bool = false,
    _ documentation: String,
    _ body: (inout FieldReader) -> Recipe
  ) -> (cell: Located<String>, recipe: Recipe)? {
    let type = FieldType.reference(kinds.map { "\($0) recipe" }.joined(separator: " or "))
    guard let node = declare(name, type, required: required, default: nil, documentation),
      let cell = scalarText(name, node)
    else { return nil }
    references.append(ReferenceUse(field: name, cell: cell, artifacts: kinds, use: .recipe))
    configuration[name] = .string(cell.value)
    guard let found = readRecipe(of: cell.value, kinds: kinds, in: name, body) else { return nil }
    configuration[name] = .object([
      "cell": .string(cell.value), "configuration": .object(found.configuration),
    ])
    return (cell, found.recipe)
  }

  /// The recipe of a cell that another field led to; nil where it is of none of the kinds.
  ///
  /// Its references become this cell's own, its configuration is returned.
  package mutating func readRecipe<Recipe>(
    of cell: String,
    kinds: [String],
    in field: String,
    _ body: (inout FieldReader) -> Recipe
  ) -> (recipe: Recipe, configuration: [String: Value])? {
    guard let written = neighbours[cell], kinds.contains(written.kind) else { return nil }
    var inner = FieldReader(
      written.entries,
      context: "a \(written.kind) cell",
      at: written.position,
      beside: neighbours
    )
    // A template that leads back to itself is read once.
    inner.neighbours[cell] = nil
    let recipe = body(&inner)
    references += inner.references
    files += inner.files
    valueUses += inner.valueUses
    return (recipe, inner.configuration)
  }

  /// Takes back a reference that a template's fields made, where something else is used in its
  /// place.
  package mutating func release(cell: String, in field: String) {
    references.removeAll { $0.field == field && $0.cell.value == cell && $0.use == .result }
  }
}
