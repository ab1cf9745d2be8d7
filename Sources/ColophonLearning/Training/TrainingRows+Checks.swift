import ColophonCore
import ColophonData

/// The rows that count, with what they count.
struct WeighedRows {
  /// The rows of weight above 0, ascending.
  var kept: [Int]
  /// Their weights; nil where all weigh 1.
  var weights: [Double]?

  /// The sum of weights, rows ascending.
  var total: Double { weights.map { $0.reduce(0, +) } ?? Double(kept.count) }
}

extension TrainingRows {
  /// The rows of weight above 0, all of whose features are finite.
  ///
  /// - Throws: `TrainingFault` for a weight below 0 or not finite, weights that are all 0, and a
  ///   feature that is not finite.
  func weighed(for algorithm: String) throws -> WeighedRows {
    var rows = WeighedRows(kept: Array(0..<features.rows), weights: nil)
    if let weights {
      if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        throw TrainingFault.weight(row: row)
      }
      rows.kept = weights.indices.filter { weights[$0] > 0 }
      guard !rows.kept.isEmpty else { throw TrainingFault.weightsAllZero }
      let all = rows.kept.map { weights[$0] }
      rows.weights = all.allSatisfy { $0 == 1 } ? nil : all
    }
    guard features.columns > 0 else { throw TrainingFault.noFeatures }
    let isFinite = features.values.withUnsafeBufferPointer { $0.allSatisfy { $0.isFinite } }
    guard !isFinite else { return rows }
    for row in rows.kept {
      for j in 0..<features.columns where !features[row, j].isFinite {
        throw TrainingFault.notFinite(features.names[j], row: row, of: algorithm)
      }
    }
    return rows
  }
}

extension FeatureMatrix {
  /// Some rows, row-major.
  func values(of kept: [Int]) -> [Double] {
    if kept.count == rows { return values }
    var chosen: [Double] = []
    chosen.reserveCapacity(kept.count * columns)
    for row in kept { chosen.append(contentsOf: values[row * columns..<(row + 1) * columns]) }
    return chosen
  }

  /// Refuses rows of another width than a model's, and numbers that are not finite.
  func check(width: Int, for algorithm: String) throws {
    guard columns == width else { throw TrainingFault.width(expected: width, found: columns) }
    guard let place = values.firstIndex(where: { !$0.isFinite }) else { return }
    throw TrainingFault(
      "train.not-finite",
      "\(algorithm) needs finite numbers: '\(names[place % columns])' has none in row "
        + "\(place / columns + 1)"
    )
  }
}
