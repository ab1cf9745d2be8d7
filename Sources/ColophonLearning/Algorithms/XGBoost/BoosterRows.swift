import ColophonData

/// One split in the library's form: its rows, with what is known of them.
///
/// The library wants the rows of a query beside each other, so those of a ranking may stand in
/// another order there; `inOrder` brings what it says of them back to the split's.
struct BoosterRows {
  let matrix: BoosterMatrix
  /// Which of the split's rows each of the library's is; nil where they stand alike.
  private let order: [Int]?

  /// Takes over a split's features alone.
  init(features rows: TrainingRows, _ split: Split, threads: Int) throws {
    order = nil
    matrix = try BoosterMatrix(rows.features, split: split, threads: threads)
  }

  /// Takes over some rows that are only asked about.
  init(features: FeatureMatrix) throws {
    order = nil
    matrix = try BoosterMatrix(features)
  }

  private init(matrix: BoosterMatrix, order: [Int]?) {
    self.matrix = matrix
    self.order = order
  }

  /// Takes over a split with its labels, weights and queries.
  init(_ rows: TrainingRows, _ split: Split, _ goal: XGBoostObjective, threads: Int) throws {
    let labels = try BoosterRows.labels(rows.labels, goal)
    try BoosterRows.check(rows.weights)
    if goal.tasks == [.ranking] {
      self = try BoosterRows.ranking(rows, labels, split, threads: threads)
      return
    }
    try self.init(features: rows, split, threads: threads)
    try setLabels(labels, goal)
    if let weights = rows.weights { try matrix.set("weight", weights) }
  }

  /// A ranking's rows, query by query.
  private static func ranking(
    _ rows: TrainingRows,
    _ labels: [Double],
    _ split: Split,
    threads: Int
  ) throws -> BoosterRows {
    guard let groups = rows.groups else { throw TrainingFault.noQueries }
    let queries = QueryOrder(groups)
    var features = rows.features
    if !queries.isInPlace {
      features.values.removeAll(keepingCapacity: true)
      for row in queries.rows { features.values.append(contentsOf: rows.features.row(row)) }
    }
    let matrix = try BoosterMatrix(features, split: split, threads: threads)
    try matrix.set("label", queries.rows.map { labels[$0] })
    try matrix.setQueries(queries.sizes)
    if let weights = rows.weights {
      try matrix.set("weight", try BoosterRows.weights(weights, queries))
    }
    return BoosterRows(matrix: matrix, order: queries.isInPlace ? nil : queries.rows)
  }

  /// The library's numbers, `width` for each row, in the split's order of rows.
  func inOrder(_ numbers: [Float], width: Int) -> [Float] {
    guard let order else { return numbers }
    var result = numbers
    for (place, row) in order.enumerated() {
      for i in 0..<width { result[row * width + i] = numbers[place * width + i] }
    }
    return result
  }

  /// A time of `survival:aft` is known to be at least its magnitude where it is negative, and
  /// exactly it elsewhere, as that of `survival:cox` is.
  private func setLabels(_ labels: [Double], _ goal: XGBoostObjective) throws {
    guard goal.name == "survival:aft" else { return try matrix.set("label", labels) }
    try matrix.set("label_lower_bound", labels.map { $0.magnitude })
    try matrix.set("label_upper_bound", labels.map { $0 < 0 ? .infinity : $0 })
  }

  private static func check(_ weights: [Double]?) throws {
    guard let weights else { return }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw TrainingFault.weight(row: row)
    }
    guard weights.contains(where: { $0 > 0 }) else { throw TrainingFault.weightsAllZero }
  }

  /// One weight for each query.
  private static func weights(_ weights: [Double], _ queries: QueryOrder) throws -> [Double] {
    var start = 0
    return try queries.sizes.map { size in
      let first = weights[queries.rows[start]]
      for place in start..<start + size where weights[queries.rows[place]] != first {
        throw TrainingFault.queryWeight(row: queries.rows[place])
      }
      start += size
      return first
    }
  }

  private static func labels(_ labels: Labels, _ goal: XGBoostObjective) throws -> [Double] {
    switch labels {
    case .classes(let codes): return codes.map { Double($0) }
    case .numbers(let numbers):
      for (row, number) in numbers.enumerated() {
        guard Float(number).isFinite else { throw TrainingFault.targetNotFinite(row: row) }
        if let labels = goal.labels, !labels.takes(number) {
          throw TrainingFault.label(labels.words, objective: goal.name, row: row)
        }
      }
      return numbers
    case .absent: throw TrainingFault.labelsOfOtherKind(goal.tasks.first ?? .regression)
    }
  }
}

/// The rows of each query side by side: queries in the order in which they first appear, rows
/// within one in theirs.
struct QueryOrder {
  /// Positions of the given rows.
  let rows: [Int]
  /// How many rows each query has.
  let sizes: [Int]

  init(_ groups: [Int32]) {
    var places: [Int32: Int] = [:]
    var members: [[Int]] = []
    for (row, group) in groups.enumerated() {
      if let place = places[group] {
        members[place].append(row)
      } else {
        places[group] = members.count
        members.append([row])
      }
    }
    rows = members.flatMap { $0 }
    sizes = members.map { $0.count }
  }

  /// Whether the rows already stand so.
  var isInPlace: Bool { rows.elementsEqual(rows.indices) }
}
