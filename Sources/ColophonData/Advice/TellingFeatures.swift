extension Dataset {
  /// The fewest rows on which a perfect feature is a finding rather than luck.
  private static let fewest = 50
  /// From which score on a feature is said to tell the target.
  private static let threshold = 0.998

  /// Features that predict the target almost perfectly by themselves.
  ///
  /// For classes the score is the share of rows that the best rule on the one column gets right:
  /// each value (of a category, or a number that repeats) says its most frequent class, and runs of
  /// numbers in order say theirs; more than four runs for each class count as no rule. For numbers
  /// it is the share of the variance that a straight line, or the mean by category, explains.
  package var tellingFeatures: [DataFinding] {
    guard task != .clustering, let labels = labels(of: Array(splits.indices)) else { return [] }
    return features.compactMap { column in
      guard let score = score(of: column, labels), score >= Dataset.threshold else { return nil }
      return .tellsTarget(column: column.name, score: score)
    }
  }

  private func score(of column: Column, _ labels: Labels) -> Double? {
    switch (column.storage, labels) {
    case (.categories(let codes, _), .classes(let classes)):
      ruleScore(codes, classes)
    case (.numbers(let values), .classes(let classes)): runScore(values, classes)
    case (.categories(let codes, let levels), .numbers(let numbers)):
      meanScore(codes, levels.count, numbers)
    case (.numbers(let values), .numbers(let numbers)): lineScore(values, numbers)
    case (.texts, _), (_, .absent): nil
    }
  }

  /// The share of rows whose category's most frequent class is theirs; nil where categories are
  /// too many to be a rule.
  private func ruleScore(_ codes: [Int32], _ labels: [Int32]) -> Double? {
    let rows = codes.indices.filter { codes[$0] >= 0 && labels[$0] >= 0 }
    var counts: [Int32: [Int]] = [:]
    for row in rows {
      counts[codes[row], default: [Int](repeating: 0, count: classes.count)][Int(labels[row])] += 1
    }
    guard rows.count >= Dataset.fewest, counts.count * 5 <= rows.count else { return nil }
    let right = counts.values.reduce(0) { $0 + ($1.max() ?? 0) }
    return Double(right) / Double(rows.count)
  }

  /// The share of rows in the right place when the numbers' order is cut into few runs of a class.
  private func runScore(_ values: [Double], _ labels: [Int32]) -> Double? {
    let rows = values.indices.filter { !values[$0].isNaN && labels[$0] >= 0 }
      .sorted { (values[$0], $0) < (values[$1], $1) }
    guard rows.count >= Dataset.fewest else { return nil }
    var runs: [(label: Int, right: Int, wrong: Int)] = []
    var start = 0
    while start < rows.count {
      var counts = [Int](repeating: 0, count: classes.count)
      var end = start
      while end < rows.count, values[rows[end]] == values[rows[start]] {
        counts[Int(labels[rows[end]])] += 1
        end += 1
      }
      let best = counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0
      let (right, wrong) = (counts[best], end - start - counts[best])
      if let last = runs.last, last.label == best {
        runs[runs.count - 1] = (best, last.right + right, last.wrong + wrong)
      } else {
        runs.append((best, right, wrong))
      }
      start = end
    }
    guard runs.count <= 4 * classes.count else { return nil }
    return Double(runs.reduce(0) { $0 + $1.right }) / Double(rows.count)
  }

  /// The share of the variance between the categories.
  private func meanScore(_ codes: [Int32], _ levels: Int, _ numbers: [Double]) -> Double? {
    let rows = codes.indices.filter { codes[$0] >= 0 && !numbers[$0].isNaN }
    guard rows.count >= Dataset.fewest, levels * 5 <= rows.count else { return nil }
    var sums = [Double](repeating: 0, count: levels)
    var counts = sums
    for row in rows {
      sums[Int(codes[row])] += numbers[row]
      counts[Int(codes[row])] += 1
    }
    let mean = sums.reduce(0, +) / Double(rows.count)
    var (within, total) = (0.0, 0.0)
    for row in rows {
      let own = numbers[row] - sums[Int(codes[row])] / counts[Int(codes[row])]
      within += own * own
      total += (numbers[row] - mean) * (numbers[row] - mean)
    }
    return total > 0 ? 1 - within / total : nil
  }

  /// The squared correlation.
  private func lineScore(_ values: [Double], _ numbers: [Double]) -> Double? {
    let rows = values.indices.filter { !values[$0].isNaN && !numbers[$0].isNaN }
    guard rows.count >= Dataset.fewest else { return nil }
    let count = Double(rows.count)
    let x = rows.reduce(0) { $0 + values[$1] } / count
    let y = rows.reduce(0) { $0 + numbers[$1] } / count
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for row in rows {
      let (a, b) = (values[row] - x, numbers[row] - y)
      xx += a * a
      yy += b * b
      xy += a * b
    }
    let product = xx * yy
    return product > 0 && product.isFinite ? xy * xy / product : nil
  }
}
