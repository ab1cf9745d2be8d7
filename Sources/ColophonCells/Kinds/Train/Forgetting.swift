package import ColophonCore
import ColophonLearning

/// Advice about models that learned on and whose old data nobody looks at again.
package enum Forgetting {
  /// One finding at each `from` whose new model no cell evaluates on the data of the first one.
  ///
  /// Takes the cells in the document's order.
  package static func diagnostics(_ cells: [(name: String, recipe: CellRecipe)]) -> [Diagnostic] {
    let kinds = Dictionary(cells.map { ($0.name, $0.recipe.kind) }) { first, _ in first }
    return cells.compactMap { name, recipe in
      // A transfer to another target is not meant to answer the old question.
      guard let kind = recipe.kind as? TrainKind, !kind.transfer.isTransfer,
        let from = kind.initial?.cell,
        let old = (kinds[from.value] as? any UsesDataset)?.dataCell, old != kind.dataCell
      else { return nil }
      let isLookedAt = cells.contains { _, other in
        guard let evaluate = other.kind as? EvaluateKind,
          case .model(let model, let data) = evaluate.source
        else { return false }
        return model.value == name && data?.value == old
      }
      if isLookedAt { return nil }
      return Diagnostic(
        .advice,
        "train.incremental-or-transfer",
        at: from.position,
        length: from.value.utf8.count,
        "no cell evaluates '\(name)' on '\(old)', so nobody sees what it forgets",
        hint: "add an evaluate cell with 'model: \(name)' and 'data: \(old)'"
      )
    }
  }
}
