import ColophonCore
import ColophonTestSupport
import Testing

/// Every piece of advice about evaluation and bias, from a notebook that falls into the trap.
@Suite struct AdviceOnEvaluation {
  /// Sixty rows of which six are positive, told by one column alone; two groups fare unlike.
  private static let rows =
    "id,age,group,day,tells,left\n"
    + (0..<60).map { row in
      let isPositive = row % 10 == 3
      let day = "2024-01-\(row % 28 < 9 ? "0" : "")\(row % 28 + 1)"
      return "\(row),\(20 + row * 7 % 40),\(row % 2 == 0 ? "a" : "b"),\(day),"
        + "\(isPositive ? 9 : row % 4),\(isPositive ? "yes" : "no")"
    }.joined(separator: "\n") + "\n"

  private func codes(_ notebook: String) throws -> [String] {
    let folder = try ProjectFolder()
    try folder.write(notebook, to: "traps.md")
    try folder.write(AdviceOnEvaluation.rows, to: "data/rows.csv")
    let ending = try folder.colophon("run", "traps.md")
    let codes = ending.error.split(separator: "\n").compactMap { line -> String? in
      guard line.hasSuffix("]"), let start = line.lastIndex(of: "[") else { return nil }
      return String(line[line.index(after: start)...].dropLast())
    }
    return Set(codes).sorted()
  }

  private static let plain = """
    ```yaml dataset rows
    source: data/rows.csv
    target: left
    positive: "yes"
    columns: {day: ignore}
    split: {train: 0.6, validation: 0, test: 0.4, by: random}
    ```

    ```yaml train tree
    data: rows
    algorithm: decision_tree
    hyperparameters: {max_depth: 2}
    ```

    """

  @Test func isGivenToAnHonestLookingNotebook() throws {
    let found = try codes(
      AdviceOnEvaluation.plain + """
        ```yaml train line
        data: rows
        algorithm: linear_learner
        ```

        ```yaml evaluate final
        model: tree
        metrics: [accuracy]
        ```

        ```yaml compare first
        models: [tree, line]
        metric: accuracy
        test: mcnemar
        split: test
        ```

        ```yaml compare second
        models: [tree, line]
        metric: roc_auc
        test: delong
        split: test
        ```

        """
    )
    // The class is rare and was neither stratified nor measured by more than accuracy; one column
    // tells the target; two choices read the test rows.
    for code in [
      "eval.accuracy-imbalanced", "eval.stratify", "eval.leakage", "eval.test-reused",
    ] {
      #expect(found.contains(code), "\(code) is not among \(found)")
    }
  }

  @Test func stopsARandomSplitOfTimes() throws {
    let found = try codes(
      AdviceOnEvaluation.plain.replacing("columns: {day: ignore}", with: "time: day")
    )
    #expect(found.contains("eval.kfold-on-time"), "\(found)")
  }

  @Test func tellsOfAGroupThatIsAcceptedLessOften() throws {
    let found = try codes(
      """
      ```yaml bias groups
      predictions: {file: data/rows.csv, label: left, score: tells, positive: "yes"}
      threshold: 9
      facet: {column: group, values: [a]}
      label_positive: "yes"
      ```

      """
    )
    #expect(found.contains("bias.four-fifths"), "\(found)")
  }

  @Test func warnsOfLeavingOneOutOfManyRows() throws {
    let found = try codes(
      """
      ```yaml dataset many
      source: {synthetic: friedman1, rows: 1700, n_features: 5}
      split: {train: 0.6, validation: 0.2, test: 0.2, by: random}
      ```

      ```yaml train line
      data: many
      algorithm: linear_learner
      ```

      ```yaml crossvalidate each
      train: line
      scheme: loo
      metrics: [rmse]
      ```

      """
    )
    #expect(found.contains("eval.loo-large"), "\(found)")
  }
}
