/// Scores a feature of counts by the chi-squared statistic of its sums over the classes.
///
/// Σ over classes of (o − e)² / e with o = Σ w x over the class's rows and e the class's share of
/// the weight times Σ w x over all rows. As scikit-learn's `chi2`; a column of zeros scores 0.
enum ChiSquaredScore: FeatureScore {
  static let name = "chi2"
  static let types: [ColumnType] = [.numeric]

  static func scores(
    of columns: [Column],
    _ training: FittingRows,
    neighbours: Int
  ) throws(DataFaults) -> [Double] {
    let dataset = training.dataset
    guard case .classes(let labels)? = dataset.labels(of: training.rows) else {
      throw DataFaults(.scoreNeedsClasses(name))
    }
    var shares = [Double](repeating: 0, count: dataset.classes.count)
    for (label, weight) in zip(labels, training.weights) { shares[Int(label)] += weight }
    let total = shares.reduce(0, +)
    var scores: [Double] = []
    var faults: [DataFault] = []
    for column in columns {
      let values = column.numbers ?? []
      if let row = training.rows.first(where: { values[$0] < 0 }) {
        faults.append(.negativeForChi(column.name, row: row + 1, value: values[row]))
      }
      var sums = [Double](repeating: 0, count: shares.count)
      for (place, row) in training.rows.enumerated() {
        sums[Int(labels[place])] += training.weights[place] * values[row]
      }
      let whole = sums.reduce(0, +)
      scores.append(
        shares.indices.reduce(0) { score, place in
          let expected = shares[place] / total * whole
          guard expected > 0 else { return score }
          return score + (sums[place] - expected) * (sums[place] - expected) / expected
        }
      )
    }
    if !faults.isEmpty { throw DataFaults(faults) }
    return scores
  }
}
