extension Task {
  /// Whether the target holds classes.
  package var isClassification: Bool {
    switch self {
    case .binary, .multiclass, .text: true
    case .regression, .forecasting, .ranking, .clustering: false
    }
  }
}

extension Task {
  /// The task by whose metrics predictions are measured: a text's classes are like any classes.
  package var measured: Task { self == .text ? .multiclass : self }
}

extension Dataset {
  /// The target's column.
  package var targetColumn: Column? { target.flatMap { table[$0] } }

  /// The true answers of some rows; nil without a target.
  ///
  /// A row whose target is missing (it belongs to no split) has the class -1 or the number NaN.
  package func labels(of rows: [Int]) -> Labels? {
    guard let column = targetColumn else { return nil }
    switch column.storage {
    case .numbers(let values): return .numbers(rows.map { values[$0] })
    case .categories(let codes, let levels):
      let places = levels.map { level in Int32(classes.firstIndex(of: level) ?? -1) }
      return .classes(rows.map { codes[$0] < 0 ? -1 : places[Int(codes[$0])] })
    case .texts, .sparse: return nil
    }
  }

  /// The weights of some rows; nil where every row counts alike.
  package func weights(of rows: [Int]) -> [Double]? {
    guard let values = weight.flatMap({ table[$0] })?.numbers else { return nil }
    return rows.map { values[$0] }
  }

  /// The group (or query) of some rows as whole numbers, equal within a group; nil without groups.
  package func groups(of rows: [Int]) -> [Int32]? {
    guard let keys = group.flatMap({ table[$0] })?.keys.codes else { return nil }
    return rows.map { keys[$0] }
  }

  /// How many of some rows are of each class, in the order of `classes`.
  package func classCounts(in rows: some Sequence<Int>) -> [Int] {
    var counts = [Int](repeating: 0, count: classes.count)
    guard case .classes(let labels) = labels(of: Array(rows)) else { return counts }
    for label in labels where label >= 0 { counts[Int(label)] += 1 }
    return counts
  }
}
