package import ColophonCore
package import ColophonData

/// A cell kind that may choose something (a threshold, a model, hyperparameters) by looking at the
/// labels of a split, so that the split no longer gives an unbiased answer.
package protocol ChoosesOnSplit: CellKind {
  /// The split that is chosen on; nil where nothing is chosen.
  var choiceSplit: Split? { get }
  /// The same where it also depends on what the cells are that this one refers to.
  func choiceSplit(beside cells: [String: any CellKind]) -> Split?
  /// The field that makes the choice.
  static var choiceField: String { get }
}

extension ChoosesOnSplit {
  package func choiceSplit(beside cells: [String: any CellKind]) -> Split? { choiceSplit }
}

/// Advice about a test split that serves more than one choice.
package enum TestReuse {
  /// One finding at each choice but the first, with a note that leads there.
  ///
  /// Takes the cells in the document's order.
  package static func diagnostics(_ cells: [(name: String, recipe: CellRecipe)]) -> [Diagnostic] {
    var first: (name: String, position: SourcePosition)?
    var found: [Diagnostic] = []
    let kinds = Dictionary(cells.map { ($0.name, $0.recipe.kind) }) { first, _ in first }
    for (name, recipe) in cells {
      guard let kind = recipe.kind as? any ChoosesOnSplit, kind.choiceSplit(beside: kinds) == .test,
        let position = recipe.positions[type(of: kind).choiceField]
      else { continue }
      guard let known = first else {
        first = (name, position)
        continue
      }
      found.append(
        Diagnostic(
          .advice,
          "eval.test-reused",
          at: position,
          "'\(name)' is another choice that reads the test split",
          hint: "choose on the validation split, and keep the test split for one final answer",
          notes: [Diagnostic.Note("'\(known.name)' chose on it first", at: known.position)]
        )
      )
    }
    return found
  }
}
