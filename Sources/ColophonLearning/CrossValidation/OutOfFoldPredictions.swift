package import ColophonCore
package import ColophonData

/// What cross-validation predicts of each row by a model that has not seen it.
package struct OutOfFoldPredictions: Hashable, Sendable {
  /// The dataset's rows that some fold held out, ascending.
  package let rows: [Int]
  /// The fold of each of the rows, from 0.
  package let folds: [Int32]
  package let task: Task
  package let classes: [String]
  package let labels: Labels
  package let predictions: Predictions

  init(
    rows: [Int],
    folds: [Int32],
    task: Task,
    classes: [String],
    labels: Labels,
    predictions: Predictions
  ) {
    self.rows = rows
    self.folds = folds
    self.task = task
    self.classes = classes
    self.labels = labels
    self.predictions = predictions
  }

  /// Gathers the folds' predictions in the order of the dataset's rows.
  ///
  /// `held`: By fold its rows, ascending, as its predictions stand.
  init(_ dataset: Dataset, held: [[Int]], _ parts: [Predictions]) {
    var places: [(row: Int, fold: Int, place: Int)] = []
    for (fold, rows) in held.enumerated() {
      for (place, row) in rows.enumerated() { places.append((row, fold, place)) }
    }
    places.sort { ($0.row, $0.fold) < ($1.row, $1.fold) }
    rows = places.map { $0.row }
    folds = places.map { Int32($0.fold) }
    task = dataset.task
    classes = dataset.classes
    labels = dataset.labels(of: rows) ?? .absent(rows: rows.count)
    predictions = OutOfFoldPredictions.gather(parts, places.map { ($0.fold, $0.place) })
  }

  /// Rows of several folds' predictions, which all have one form.
  private static func gather(
    _ parts: [Predictions],
    _ places: [(fold: Int, place: Int)]
  ) -> Predictions {
    switch parts.first {
    case .multiclass(_, let classes):
      var all: [Double] = []
      all.reserveCapacity(places.count * classes)
      for (fold, place) in places {
        guard case .multiclass(let values, _) = parts[fold] else { continue }
        all += values[place * classes..<(place + 1) * classes]
      }
      return .multiclass(probabilities: all, classes: classes)
    case .clusters(_, let count, _):
      return .clusters(
        places.map { fold, place in
          guard case .clusters(let values, _, _) = parts[fold] else { return 0 }
          return values[place]
        },
        count: count
      )
    case .forecasts(_, let beside): return forecasts(parts, places, levels: beside.levels)
    case .regression: return .regression(numbers(parts, places))
    case .binary, nil: return .binary(scores: numbers(parts, places))
    }
  }

  private static func forecasts(
    _ parts: [Predictions],
    _ places: [(fold: Int, place: Int)],
    levels: [Double]
  ) -> Predictions {
    let chosen = places.compactMap { fold, place -> Forecasts? in
      guard case .forecasts(_, let beside) = parts[fold] else { return nil }
      return beside.rows([place])
    }
    return .forecasts(
      numbers(parts, places),
      Forecasts(
        levels: levels,
        quantiles: chosen.flatMap { $0.quantiles },
        series: chosen.flatMap { $0.series },
        steps: chosen.flatMap { $0.steps },
        scales: chosen.flatMap { $0.scales ?? [.nan] }
      )
    )
  }

  private static func numbers(
    _ parts: [Predictions],
    _ places: [(fold: Int, place: Int)]
  ) -> [Double] {
    places.map { fold, place in
      switch parts[fold] {
      case .binary(let values), .regression(let values), .forecasts(let values, _): values[place]
      default: .nan
      }
    }
  }
}
