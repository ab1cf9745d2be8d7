import ColophonData

/// Predictions as plain numbers, to be added up, spread over rows and set side by side.
struct PredictionGrid: Hashable, Sendable {
  let task: Task
  /// How many classes the data has; 0 for a regression.
  let classes: Int
  /// Row-major, `width` numbers a row.
  private(set) var values: [Double]

  /// Zeros.
  init(rows: Int, task: Task, classes: Int) {
    self.task = task
    self.classes = task == .regression ? 0 : classes
    values = [Double](repeating: 0, count: rows * (task == .multiclass ? classes : 1))
  }

  /// How many numbers a row has: a probability for each of several classes, else one.
  var width: Int { task == .multiclass ? classes : 1 }

  /// Adds the predictions for some rows to those rows.
  ///
  /// `rows`: The row of each prediction; nil for all rows in order.
  /// - Throws: A fault where the predictions are of another form.
  mutating func add(_ predictions: Predictions, to rows: [Int]? = nil) throws {
    let numbers = try numbers(predictions)
    guard let rows else {
      for i in values.indices { values[i] += numbers[i] }
      return
    }
    let width = width
    for (i, row) in rows.enumerated() {
      for k in 0..<width { values[row * width + k] += numbers[i * width + k] }
    }
  }

  /// Takes over numbers that were kept.
  mutating func take(_ numbers: [Double]) {
    precondition(numbers.count == values.count, "\(numbers.count) numbers for \(values.count)")
    values = numbers
  }

  private func numbers(_ predictions: Predictions) throws -> [Double] {
    switch (task, predictions) {
    case (.binary, .binary(let scores)): return scores
    case (.multiclass, .multiclass(let probabilities, classes)): return probabilities
    case (.regression, .regression(let numbers)): return numbers
    default: throw TrainingFault.labelsOfOtherKind(task)
    }
  }

  /// Every number over `divisor`.
  func divided(by divisor: Double) -> Predictions { predictions(values.map { $0 / divisor }) }

  /// The chosen rows, each over its own divisor.
  func divided(_ rows: [Int], by divisors: [Double]) -> Predictions {
    let width = width
    return predictions(
      rows.flatMap { row in (0..<width).map { values[row * width + $0] / divisors[row] } }
    )
  }

  private func predictions(_ numbers: [Double]) -> Predictions {
    switch task {
    case .binary: .binary(scores: numbers)
    case .multiclass: .multiclass(probabilities: numbers, classes: classes)
    default: .regression(numbers)
    }
  }
}
