import ColophonCore
package import ColophonData
import ColophonMath

/// Boosted trees and what each one's word counts.
package struct AdaBoostModel: Model {
  package static var algorithm: String { AdaBoost.name }

  package let ensemble: TreeEnsemble
  /// The classes that occur in training; the others have the probability 0.
  package let present: [Int]

  init(_ ensemble: TreeEnsemble, present: [Int]) {
    self.ensemble = ensemble
    self.present = present
  }

  /// A threshold or a leaf for each node of each tree, and each tree's weight.
  package var parameterCount: Int { ensemble.nodeCount + ensemble.weights.count }
  package var importances: [FeatureImportance] {
    FeatureImportance.ofTrees(
      ensemble.trees,
      names: ensemble.features,
      weights: ensemble.weights
    )
  }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    try ensemble.check(features)
    var words = BoostedWords(
      rows: features.rows,
      classes: ensemble.classCount,
      present: present,
      task: ensemble.task
    )
    for (tree, weight) in zip(ensemble.trees, ensemble.weights) {
      words.add(tree, weight: weight, features)
    }
    return words.predictions
  }

  package func encoded() throws -> [UInt8] {
    let header = Value.object(["present": .array(present.map { .integer($0) })])
    return HeadedBytes(header: header, body: try ensemble.encoded()).encoded()
  }

  /// Nil where the bytes are no such model.
  init?(decoding bytes: [UInt8]) {
    guard let parts = HeadedBytes(decoding: bytes),
      let present = parts.header["present"]?.asArray?.compactMap({ $0.asInteger }),
      let ensemble = TreeEnsemble(decoding: parts.body),
      ensemble.weights.count == ensemble.trees.count,
      present.allSatisfy({ (0..<ensemble.classCount).contains($0) }),
      present.isEmpty == (ensemble.task == .regression)
    else { return nil }
    self.init(ensemble, present: present)
  }
}

/// What boosted trees have said so far of some rows.
struct BoostedWords {
  private let rows: Int
  private let classes: Int
  private let present: [Int]
  private let task: Task
  private var whole = 0.0
  /// Votes: rows × present classes.
  private var votes: [Double] = []
  /// For numbers, each row's predictions in ascending order with their weights.
  private var sorted: [[(value: Double, weight: Double)]] = []

  init(rows: Int, classes: Int, present: [Int], task: Task) {
    self.rows = rows
    self.classes = classes
    self.present = present
    self.task = task
    if task == .regression {
      sorted = [[(value: Double, weight: Double)]](repeating: [], count: rows)
    } else {
      votes = [Double](repeating: 0, count: rows * present.count)
    }
  }

  mutating func add(_ tree: Tree, weight: Double, _ features: FeatureMatrix) {
    whole += weight
    if task == .regression { return insert(tree, weight, features) }
    let answers = tree.likeliestClasses
    let count = present.count
    // The votes of one tree add up to 0 over the classes.
    let against = count > 1 ? weight / Double(count - 1) : 0
    TreeWalker(tree).leaves(features, rows: 0..<rows) { row, leaf in
      for k in 0..<count {
        votes[row * count + k] += present[k] == answers[leaf] ? weight : -against
      }
    }
  }

  private mutating func insert(_ tree: Tree, _ weight: Double, _ features: FeatureMatrix) {
    TreeWalker(tree).leaves(features, rows: 0..<rows) { row, leaf in
      let value = tree.values[leaf]
      var place = sorted[row].count
      while place > 0, sorted[row][place - 1].value > value { place -= 1 }
      sorted[row].insert((value, weight), at: place)
    }
  }

  var predictions: Predictions {
    switch task {
    case .regression: .regression(sorted.map { median($0) })
    case .binary: .binary(scores: (0..<rows).map { positive($0) })
    default: .multiclass(probabilities: probabilities, classes: classes)
    }
  }

  /// The weighted median: the first value at which half of the weight is reached.
  private func median(_ words: [(value: Double, weight: Double)]) -> Double {
    let half = 0.5 * words.reduce(0) { $0 + $1.weight }
    var sum = 0.0
    for word in words {
      sum += word.weight
      if sum >= half { return word.value }
    }
    return words.last?.value ?? 0
  }

  private func positive(_ row: Int) -> Double {
    guard present.count == 2 else { return present == [1] ? 1 : 0 }
    return Elementary.sigmoid(2 * votes[row * 2 + 1] / whole)
  }

  private var probabilities: [Double] {
    var result = [Double](repeating: 0, count: rows * classes)
    let count = present.count
    var margins = [Double](repeating: 0, count: count)
    for row in 0..<rows {
      for k in 0..<count {
        margins[k] = count > 1 ? votes[row * count + k] / whole / Double(count - 1) : 0
      }
      SoftmaxLoss.normalize(&margins, 0, count)
      for k in 0..<count { result[row * classes + present[k]] = margins[k] }
    }
    return result
  }
}

extension Tree {
  /// The likeliest class of each node; the first of equally likely ones.
  var likeliestClasses: [Int] {
    (0..<count).map { node in
      if outputs == 1 { return values[node] > 0.5 ? 1 : 0 }
      let shares = value(node)
      var best = shares.startIndex
      for k in shares.indices where shares[k] > shares[best] { best = k }
      return best - shares.startIndex
    }
  }
}
