import ColophonMath

/// Scores a feature by how much it tells of the target, in nats.
///
/// Categories, and numbers of at most ten different training values, count as discrete: of two
/// discrete variables the sum Σ p ln(p / (p_x p_y)) over weighted shares. With a continuous one the
/// estimate is by the nearest neighbours, where each row counts as one. As scikit-learn's
/// `mutual_info_classif` and `mutual_info_regression`, without the noise that these add.
///
/// - SeeAlso: Kraskov, Stögbauer and Grassberger, "Estimating mutual information", 2004, equation
///   8; Ross, "Mutual information between discrete and continuous data sets", 2014, equation 5.
enum MutualInformationScore: FeatureScore {
  static let name = "mutual_information"
  static let types: [ColumnType] = [.numeric, .category]
  /// Numbers of more different values are continuous.
  static let mostDiscrete = 10

  /// A variable's values in the training rows.
  private enum Variable {
    case discrete([Int32])
    case continuous([Double])
  }

  static func scores(
    of columns: [Column],
    _ training: FittingRows,
    neighbours: Int
  ) throws(DataFaults) -> [Double] {
    let target: Variable
    switch training.dataset.labels(of: training.rows) {
    case .classes(let labels)?: target = .discrete(labels)
    case .numbers(let values)?: target = .continuous(values)
    default: throw DataFaults(.scoreNeedsTarget(name))
    }
    return columns.map { column in
      switch (variable(column, training.rows), target) {
      case (.discrete(let x), .discrete(let y)): discrete(x, y, training.weights)
      case (.discrete(let x), .continuous(let y)): NeighbourInformation.mixed(y, x, neighbours)
      case (.continuous(let x), .discrete(let y)): NeighbourInformation.mixed(x, y, neighbours)
      case (.continuous(let x), .continuous(let y)):
        NeighbourInformation.continuous(x, y, neighbours)
      }
    }
  }

  private static func variable(_ column: Column, _ rows: [Int]) -> Variable {
    switch column.storage {
    case .categories(let codes, _): return .discrete(rows.map { codes[$0] })
    case .numbers(let values):
      let taken = rows.map { values[$0] }
      let levels = Set(taken).sorted()
      if levels.count > mostDiscrete { return .continuous(taken) }
      return .discrete(taken.map { value in Int32(levels.firstIndex(of: value) ?? 0) })
    case .texts(let texts): return .discrete(texts.map { _ in 0 })
    }
  }

  /// Of two discrete variables, terms added by x and then y.
  private static func discrete(_ x: [Int32], _ y: [Int32], _ weights: [Double]) -> Double {
    let (rows, columns) = (Int(x.max() ?? 0) + 1, Int(y.max() ?? 0) + 1)
    var joint = [Double](repeating: 0, count: rows * columns)
    for i in x.indices { joint[Int(x[i]) * columns + Int(y[i])] += weights[i] }
    let total = joint.reduce(0, +)
    let left = (0..<rows).map { row in
      joint[row * columns..<(row + 1) * columns].reduce(0, +)
    }
    let right = (0..<columns).map { column in
      stride(from: column, to: joint.count, by: columns).reduce(0) { $0 + joint[$1] }
    }
    var sum = 0.0
    for row in 0..<rows {
      for column in 0..<columns where joint[row * columns + column] > 0 {
        let share = joint[row * columns + column]
        sum += share / total * Elementary.log(share * total / (left[row] * right[column]))
      }
    }
    return max(0, sum)
  }
}
