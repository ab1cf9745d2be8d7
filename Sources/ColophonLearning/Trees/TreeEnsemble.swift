import ColophonCore
package import ColophonData

/// Trees with what it takes to read their values: what tree algorithms' models hold.
package struct TreeEnsemble: Sendable {
  package let task: Task
  /// How many classes the data has; 0 for a regression.
  package let classCount: Int
  package let features: [String]
  package let trees: [Tree]
  /// What each tree's word counts; empty where all count alike.
  package let weights: [Double]
  private let walkers: [TreeWalker]

  init(
    task: Task,
    classCount: Int,
    features: [String],
    trees: [Tree],
    weights: [Double] = []
  ) {
    self.task = task
    self.classCount = classCount
    self.features = features
    self.trees = trees
    self.weights = weights
    walkers = trees.map { TreeWalker($0) }
  }

  init(_ job: TrainingJob, features: [String], trees: [Tree], weights: [Double] = []) {
    self.init(
      task: job.task,
      classCount: job.task.isClassification ? job.classes.count : 0,
      features: features,
      trees: trees,
      weights: weights
    )
  }

  /// How many numbers a tree says of a row.
  var outputs: Int { classCount > 2 ? classCount : 1 }

  /// The nodes of all trees.
  var nodeCount: Int { trees.reduce(0) { $0 + $1.count } }

  func check(_ rows: FeatureMatrix) throws {
    guard rows.columns == features.count
    else { throw TrainingFault.width(expected: features.count, found: rows.columns) }
  }

  /// The sum over trees, in their order, of what each says of each row: rows × outputs.
  func sums(_ rows: FeatureMatrix, threads: Int = 1) throws -> [Double] {
    try check(rows)
    var sums = [Double](repeating: 0, count: rows.rows * outputs)
    for (tree, walker) in zip(trees, walkers) {
      walker.add(tree, rows, to: &sums, threads: threads)
    }
    return sums
  }

  /// Calls a body with each row and its leaf in a tree.
  func leaves(of tree: Int, _ rows: FeatureMatrix, _ body: (Int, Int) -> Void) {
    walkers[tree].leaves(rows, rows: 0..<rows.rows, body)
  }

  /// Numbers, rows × outputs, as what they mean for the task.
  func predictions(_ numbers: [Double]) -> Predictions {
    switch task {
    case .binary: .binary(scores: numbers)
    case .multiclass: .multiclass(probabilities: numbers, classes: classCount)
    default: .regression(numbers)
    }
  }

  private struct Header: Codable {
    var task: Task
    var classCount: Int
    var features: [String]
    var weights: [Double]
  }

  func encoded() throws -> [UInt8] {
    let header = Header(task: task, classCount: classCount, features: features, weights: weights)
    return HeadedBytes(header: try Value(encoding: header), body: TreeBytes.encode(trees))
      .encoded()
  }

  /// Nil where the bytes are no ensemble.
  init?(decoding bytes: [UInt8]) {
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self),
      header.classCount >= 0,
      header.task == .binary || header.task == .multiclass || header.task == .regression,
      let trees = TreeBytes.decode(
        parts.body,
        features: header.features.count,
        outputs: header.classCount > 2 ? header.classCount : 1
      ), !trees.isEmpty, header.weights.isEmpty || header.weights.count == trees.count
    else { return nil }
    self.init(
      task: header.task,
      classCount: header.classCount,
      features: header.features,
      trees: trees,
      weights: header.weights
    )
  }
}
