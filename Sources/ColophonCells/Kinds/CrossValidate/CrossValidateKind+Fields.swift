package import ColophonCore
package import ColophonData
import ColophonLearning

/// A cell kind that makes a dataset of another one by steps that learn from its training rows, so
/// that who divides those rows anew can fit the steps anew.
package protocol PreparesDataset: CellKind {
  /// The cell whose data is prepared.
  var preparedCell: Located<String>? { get }
  /// The steps.
  var preparation: PreparationRecipe { get }
}

extension FieldReader {
  /// The recipes of the cells that prepare a template's data, the first one first.
  ///
  /// `cell`: The template's data; left at the data before all preparation. What the template refers
  /// to is released where its recipe stands in for it.
  mutating func preparations(
    before cell: inout Located<String>?
  ) -> [(cell: String, recipe: PreparationRecipe)] {
    var found: [(cell: String, recipe: PreparationRecipe)] = []
    var written: [Value] = []
    var seen: Set<String> = []
    let kinds = cellKinds.members.compactMap { $0 as? any PreparesDataset.Type }
    while let last = cell, seen.insert(last.value).inserted {
      guard let kind = kinds.first(where: { $0.name == neighbours[last.value]?.kind }),
        let step = preparation(of: last.value, as: kind)
      else { break }
      release(cell: last.value, in: "data")
      found.insert((last.value, step.recipe), at: 0)
      written.insert(
        ["cell": .string(last.value), "configuration": .object(step.configuration)],
        at: 0
      )
      cell = step.data
    }
    if !found.isEmpty, var members = configuration["train"]?.asObject {
      members["preparations"] = .array(written)
      resolve("train", to: .object(members))
    }
    return found
  }

  private mutating func preparation(
    of cell: String,
    as kind: any PreparesDataset.Type
  ) -> (recipe: PreparationRecipe, data: Located<String>?, configuration: [String: Value])? {
    guard
      let read = readRecipe(
        of: cell,
        kinds: [kind.name],
        in: "train",
        { kind.init(reading: &$0) as any PreparesDataset }
      )
    else { return nil }
    return (read.recipe.preparation, read.recipe.preparedCell, read.configuration)
  }

  /// The metrics that the author names, each known for some task.
  mutating func crossValidatedMetrics() -> [Located<String>] {
    let names = strings(
      "metrics",
      "What is measured of each fold's held-out rows; by default the train cell's metrics."
    )
    for name in names where !TrainMetrics.isKnown(name.value) { report(.unknownMetric(name)) }
    return names.filter { TrainMetrics.isKnown($0.value) }
  }
}

extension FoldRecipe {
  init(reading fields: inout FieldReader) {
    let count = fields.integer(
      "folds",
      in: 2...1_000_000,
      default: 5,
      "How many folds; loo has as many as there are training rows."
    )
    let scheme = fields.choice(
      "scheme",
      of: FoldScheme.allCases.map { $0.rawValue },
      "How rows are dealt: kfold at random; stratified keeps the classes' shares; group keeps each "
        + "group in one fold; time_series holds out what is later than all that is learned from; loo "
        + "holds out one row at a time. By default time_series where the data names a time column, "
        + "group where it names a group, stratified for classes, else kfold."
    )
    let gap = fields.integer(
      "gap",
      in: 0...1_000_000_000,
      default: 0,
      "With time_series, how many rows before each held-out block are left out."
    )
    self.init(
      scheme: scheme.flatMap { FoldScheme(rawValue: $0.value) },
      count: count,
      gap: gap
    )
    if fields.has("folds"), self.scheme == .leaveOneOut {
      fields.report(.foldsOfLeaveOneOut(at: fields.position(of: "folds")))
    }
    if fields.has("gap"), let scheme, self.scheme != .timeSeries {
      fields.report(.gapWithoutTime(scheme.value, at: fields.position(of: "gap")))
    }
  }
}
