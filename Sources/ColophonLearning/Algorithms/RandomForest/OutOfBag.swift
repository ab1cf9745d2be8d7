import ColophonData

/// What a forest says of its training rows by the trees that did not see them.
///
/// The score is the accuracy of the likeliest class, or the coefficient of determination, over the
/// rows that some tree did not see, weighed as the data are.
struct OutOfBag {
  /// What `scores` are.
  let metric: String
  /// After each tree; nil while no row is unseen by some tree, or the score is undefined.
  private(set) var scores: [Double?] = []
  private let features: FeatureMatrix
  private let target: TreeTable.Target
  private let weights: [Double]?
  private let outputs: Int
  private var sums: [Double]
  private var counts: [Int32]

  init(_ table: TreeTable, _ job: TrainingJob) {
    features = table.features
    target = table.target
    weights = table.weights
    outputs = table.outputs
    metric = job.task == .regression ? "r2" : "accuracy"
    sums = [Double](repeating: 0, count: features.rows * outputs)
    counts = [Int32](repeating: 0, count: features.rows)
  }

  /// How many rows every tree has seen.
  var unseen: Int { counts.count { $0 == 0 } }

  /// Takes in a tree and how often it saw each row.
  mutating func add(_ tree: Tree, drawn: [UInt16]?, threads: Int) {
    guard let drawn else { return }
    let outputs = outputs
    TreeWalker(tree).leaves(features, rows: 0..<features.rows) { row, leaf in
      guard drawn[row] == 0 else { return }
      counts[row] += 1
      for k in 0..<outputs { sums[row * outputs + k] += tree.values[leaf * outputs + k] }
    }
    scores.append(score())
  }

  private func score() -> Double? {
    switch target {
    case .classes(let codes, let count): accuracy(codes, count)
    case .numbers(let numbers): determination(numbers)
    }
  }

  /// The share of rows whose likeliest class is theirs; the first of equally likely ones is taken.
  private func accuracy(_ codes: [Int32], _ count: Int) -> Double? {
    var (right, whole) = (0.0, 0.0)
    for row in counts.indices where counts[row] > 0 {
      let weight = weights?[row] ?? 1
      whole += weight
      var best = 0
      if outputs == 1 {
        best = 2 * sums[row] > Double(counts[row]) ? 1 : 0
      } else {
        for k in 1..<outputs where sums[row * outputs + k] > sums[row * outputs + best] { best = k }
      }
      if best == Int(codes[row]) { right += weight }
    }
    return whole > 0 ? right / whole : nil
  }

  private func determination(_ numbers: [Double]) -> Double? {
    let rows = counts.indices.filter { counts[$0] > 0 && (weights?[$0] ?? 1) > 0 }
    let whole = rows.reduce(0.0) { $0 + (weights?[$1] ?? 1) }
    guard whole > 0 else { return nil }
    let mean = rows.reduce(0.0) { $0 + (weights?[$1] ?? 1) * numbers[$1] } / whole
    var (errors, spread) = (0.0, 0.0)
    for row in rows {
      let weight = weights?[row] ?? 1
      let error = numbers[row] - sums[row] / Double(counts[row])
      let distance = numbers[row] - mean
      errors += weight * error * error
      spread += weight * distance * distance
    }
    return spread > 0 ? 1 - errors / spread : nil
  }
}
