import ColophonCore
import ColophonData
import ColophonLearning

/// A few rows of three features that tell a good part of the label.
struct LawRows: Sendable {
  var features: FeatureMatrix
  var labels: Labels
  var weights: [Double]?

  var count: Int { features.rows }
  var rows: TrainingRows { TrainingRows(features: features, labels: labels, weights: weights) }

  init(_ task: Task, count: Int = 90) {
    var random = RandomStream(root: 5, cell: "laws", purpose: "rows")
    if task == .text {
      self = LawRows.texts(count, drawing: &random)
      return
    }
    // Halves and quarters: sums of them are exact, and values recur.
    let values = (0..<count * 3).map { _ in Double(random.integer(below: 33)) / 4 - 4 }
    features = FeatureMatrix(names: ["a", "b", "c"], rows: count, values: values)
    let scores = (0..<count).map { i in
      values[3 * i] - 0.5 * values[3 * i + 1] + Double(random.integer(below: 9)) / 4 - 1
    }
    labels = LawRows.labels(scores, task)
  }

  /// Short texts of two kinds, told apart by some of their words.
  private static func texts(_ count: Int, drawing random: inout RandomStream) -> LawRows {
    var texts: [String?] = []
    var codes: [Int32] = []
    for row in 0..<count {
      let kind = row % 2
      let words = (0..<6).map { _ -> String in
        let number = random.integer(below: 8)
        return number < 3 ? "\(["warm", "cold"][kind])\(number)" : "word\(number)"
      }
      texts.append(words.joined(separator: " "))
      codes.append(Int32(kind))
    }
    return LawRows(features: FeatureMatrix(texts: texts), labels: .classes(codes))
  }

  init(features: FeatureMatrix, labels: Labels, weights: [Double]? = nil) {
    self.features = features
    self.labels = labels
    self.weights = weights
  }

  private static func labels(_ scores: [Double], _ task: Task) -> Labels {
    switch task {
    case .binary: .classes(scores.map { $0 > 0 ? 1 : 0 })
    case .multiclass: .classes(scores.map { $0 > 1.5 ? 2 : $0 > -1 ? 1 : 0 })
    case .clustering: .absent(rows: scores.count)
    default: .numbers(scores)
    }
  }

  /// Some of the rows, in this order, maybe several times.
  func taking(_ kept: [Int]) -> LawRows {
    let values = features.texts == nil ? kept.flatMap { Array(features.row($0)) } : []
    let labels: Labels =
      switch self.labels {
      case .classes(let codes): .classes(kept.map { codes[$0] })
      case .numbers(let numbers): .numbers(kept.map { numbers[$0] })
      case .absent: .absent(rows: kept.count)
      }
    let matrix =
      features.texts.map { texts in FeatureMatrix(texts: kept.map { texts[$0] }) }
      ?? FeatureMatrix(names: features.names, rows: kept.count, values: values)
    return LawRows(
      features: matrix,
      labels: labels,
      weights: weights.map { all in kept.map { all[$0] } }
    )
  }

  /// The first columns alone.
  func narrowed(to columns: Int) -> LawRows {
    if let texts = features.texts {
      // A text has no columns; without any it is empty.
      var narrow = self
      narrow.features.texts = texts.map { columns > 0 ? $0 : "" }
      return narrow
    }
    let values = (0..<count).flatMap { Array(features.row($0).prefix(columns)) }
    let names = Array(features.names.prefix(columns))
    return LawRows(
      features: FeatureMatrix(names: names, rows: count, values: values),
      labels: labels,
      weights: weights
    )
  }

  /// The features changed one by one, by row and column.
  func changing(_ body: (Int, Int, Double) -> Double) -> LawRows {
    var changed = self
    if let texts = features.texts {
      // What is no number has no word: its text is missing, else it is what it was or one word.
      changed.features.texts = texts.enumerated().map { row, text in
        let number = body(row, 0, 1)
        return number.isNaN ? nil : number == 3 ? "same" : text
      }
      return changed
    }
    for i in 0..<features.values.count {
      let (row, column) = i.quotientAndRemainder(dividingBy: features.columns)
      changed.features.values[i] = body(row, column, features.values[i])
    }
    return changed
  }
}

/// Rows that nobody means to learn from and somebody will.
enum AwkwardRows: String, CaseIterable, Sendable {
  case oneRow, twoRows, oneColumn, noColumn, constantTarget, constantColumns, missing
  case missingColumn, infinite, huge, tiny, zeroWeights, oneWeight, negativeWeight, equalRows

  func rows(_ task: Task) -> LawRows {
    var rows = LawRows(task)
    let count = rows.count
    switch self {
    case .oneRow: return rows.taking([4])
    case .twoRows: return rows.taking([0, 1])
    case .oneColumn: return rows.narrowed(to: 1)
    case .noColumn: return rows.narrowed(to: 0)
    case .constantTarget: rows.labels = constant(rows.labels)
    case .constantColumns: return rows.changing { _, _, _ in 3 }
    case .missing: return rows.changing { $1 == 0 && $0 % 3 == 0 ? .nan : $2 }
    case .missingColumn: return rows.changing { $1 == 1 ? .nan : $2 }
    case .infinite: return rows.changing { $0 == 7 && $1 == 2 ? .infinity : $2 }
    case .huge: return rows.changing { $2 * 1e300 }
    case .tiny: return rows.changing { $2 * 1e-310 }
    case .zeroWeights: rows.weights = [Double](repeating: 0, count: count)
    case .oneWeight: rows.weights = (0..<count).map { $0 == 3 ? 1 : 0 }
    case .negativeWeight: rows.weights = (0..<count).map { $0 == 3 ? -1 : 1 }
    case .equalRows: return rows.taking([Int](repeating: 5, count: 20))
    }
    return rows
  }

  private func constant(_ labels: Labels) -> Labels {
    switch labels {
    case .classes(let codes): .classes(codes.map { _ in 1 })
    case .numbers(let numbers): .numbers(numbers.map { _ in 2.5 })
    case .absent(let rows): .absent(rows: rows)
    }
  }
}

extension Predictions {
  /// All that was said, as numbers.
  var allNumbers: [Double] {
    switch self {
    case .binary(let scores): scores
    case .multiclass(let probabilities, _): probabilities
    case .regression(let numbers): numbers
    case .clusters(let codes, _, _): codes.map { Double($0) }
    case .forecasts(let numbers, let beside): numbers + beside.quantiles
    }
  }
}
