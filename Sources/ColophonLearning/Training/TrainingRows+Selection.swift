package import ColophonData

extension TrainingRows {
  /// Some rows, in the order given, repeated ones repeated.
  package func taking(_ rows: [Int]) -> TrainingRows {
    TrainingRows(
      features: features.taking(rows),
      labels: labels.taking(rows),
      weights: weights.map { all in rows.map { all[$0] } },
      groups: groups.map { all in rows.map { all[$0] } }
    )
  }
}

extension FeatureMatrix {
  /// Some rows, in the order given.
  package func taking(_ rows: [Int]) -> FeatureMatrix {
    var taken: [Double] = []
    taken.reserveCapacity(rows.count * columns)
    for row in rows { taken += values[row * columns..<(row + 1) * columns] }
    return FeatureMatrix(names: names, rows: rows.count, values: taken)
  }

  /// Some columns, in the order given.
  package func taking(columns chosen: [Int]) -> FeatureMatrix {
    var taken: [Double] = []
    taken.reserveCapacity(rows * chosen.count)
    for row in 0..<rows {
      for column in chosen { taken.append(values[row * columns + column]) }
    }
    return FeatureMatrix(names: chosen.map { names[$0] }, rows: rows, values: taken)
  }
}

extension Labels {
  /// Some rows' answers, in the order given.
  package func taking(_ rows: [Int]) -> Labels {
    switch self {
    case .classes(let codes): .classes(rows.map { codes[$0] })
    case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
    case .absent: .absent(rows: rows.count)
    }
  }
}
