import ColophonCore
import ColophonData

/// The traps that a dataset shows when it is read, in words.
enum DatasetAdvice {
  /// The share below which a class is rare.
  static let rare = 0.2

  static func advice(
    _ dataset: Dataset,
    _ profile: DatasetProfile,
    _ recipe: DatasetRecipe
  ) -> [Advice] {
    var advice = dataset.findings.map { words($0) }
    if recipe.split.method == .random, let rarest = profile.rarestClass, rarest.share < rare {
      advice.append(
        Advice(
          "eval.stratify",
          "the split is random while only \(percent(rarest.share)) of the rows are "
            + "'\(rarest.label)'",
          hint: "take 'by: stratified', so that every split has the classes' shares",
          field: "split"
        )
      )
    }
    return advice
  }

  private static func words(_ finding: DataFinding) -> Advice {
    switch finding {
    case .repeatedRows(let first, let second, let rows, let example):
      let one =
        rows == 1 ? "1 row of the \(second) split is" : "\(rows) rows of the \(second) split are"
      return Advice(
        "eval.leakage",
        "\(one) also in the \(first) split, such as rows \(example[0] + 1) and \(example[1] + 1)",
        hint: "drop repeated rows, or keep them together with a 'group' column",
        field: "source"
      )
    case .tellsTarget(let column, let score):
      return Advice(
        "eval.leakage",
        "column '\(column)' alone predicts the target almost perfectly (\(percent(score)))",
        hint: "if it is known only after the target, set it to 'ignore' under 'columns'",
        field: "columns"
      )
    case .identifier(let column):
      return Advice(
        "eval.leakage",
        "column '\(column)' looks like an identifier and is used as a feature",
        hint: "set it to 'ignore' under 'columns'",
        field: "columns"
      )
    case .unlabelled(let rows):
      return Advice(
        "data.missing-target",
        rows == 1
          ? "1 row has no target and belongs to no split"
          : "\(rows) rows have no target and belong to no split",
        field: "target"
      )
    }
  }

  private static func percent(_ share: Double) -> String {
    DecimalText.fixed(share * 100, decimals: 1) + " %"
  }
}
