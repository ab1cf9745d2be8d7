/// Why some rows can't be evaluated: what is wrong, and with the first row of which it is so.
package struct InputProblem: Hashable, Sendable, Error, CustomStringConvertible {
  /// Which of a row's values is refused.
  package enum Place: Hashable, Sendable {
    case label
    case score
    case prediction
    /// The probability of the class at that position.
    case probability(Int)
    /// The forecast of the quantile at that position.
    case quantile(Int)
    case weight
    /// The rows as a whole.
    case rows
  }

  package var place: Place
  /// The first such row, from 0; nil where no single row is to blame.
  package var row: Int?
  /// How many rows have the same problem.
  package var count: Int
  /// What is wrong, as the end of the sentence "the score …".
  package var message: String

  package init(_ place: Place, row: Int?, count: Int = 1, _ message: String) {
    self.place = place
    self.row = row
    self.count = count
    self.message = message
  }

  /// What the place is called in a sentence.
  package func subject(classes: [String] = []) -> String {
    switch place {
    case .label: "label"
    case .score: "score"
    case .prediction: "prediction"
    case .probability(let index):
      classes.indices.contains(index)
        ? "probability of '\(classes[index])'" : "probability of class \(index)"
    case .quantile: "quantile"
    case .weight: "weight"
    case .rows: "data"
    }
  }

  package var description: String { text() }

  /// The problem as one sentence; rows count from 1.
  ///
  /// `column` names the column that holds a place's values, where there is one.
  package func text(
    classes: [String] = [],
    column: (Place) -> String? = { _ in nil }
  ) -> String {
    let source = column(place).map { " (column '\($0)')" } ?? ""
    let sentence = "the \(subject(classes: classes))\(source) \(message)"
    guard let row else { return sentence }
    let others = count > 1 ? " (and \(count - 1) more)" : ""
    if place == .rows { return "row \(row + 1)\(others) \(message)" }
    return "row \(row + 1)\(others): \(sentence)"
  }
}

/// Every kind of problem that some rows have, each with its first row.
package struct InputProblems: Hashable, Sendable, Error, CustomStringConvertible {
  package var problems: [InputProblem]

  package init(_ problems: [InputProblem]) { self.problems = problems }

  package var description: String { problems.map { $0.text() }.joined(separator: "; ") }
}
