import ColophonCore
import ColophonData

/// How a tree is grown, under scikit-learn's names and with its defaults.
///
/// Shared by all algorithms that grow trees. Two things are ours: a number of rows counts a row as
/// its weight in the data rounded up, so that a weight of 2 is the row twice everywhere; and equal
/// splits are told apart by the order of features and thresholds instead of by chance.
package struct TreeSettings: Hashable, Sendable {
  /// What a split makes small.
  package enum Criterion: String, CaseIterable, Sendable {
    case gini, entropy
    case logLoss = "log_loss"
    case squaredError = "squared_error"
    /// The same splits as `squaredError`: its improvement is that criterion's, written otherwise
    /// (Friedman, "Greedy function approximation", 2001, equation 35).
    case friedman = "friedman_mse"
    case absoluteError = "absolute_error"
    case poisson

    var isOfClasses: Bool { [.gini, .entropy, .logLoss].contains(self) }
  }

  package enum Splitter: String, CaseIterable, Sendable {
    case best, random
  }

  /// A number of rows or features, as it stands or as a share.
  package enum Amount: Hashable, Sendable {
    case count(Int)
    case share(Double)
    case squareRoot
    case logarithm
    case all

    /// The number of rows, of so many: shares are rounded up.
    func rows(of count: Int, atLeast least: Int) -> Int {
      switch self {
      case .count(let number): number
      case .share(let share): max(least, Int((share * Double(count)).rounded(.up)))
      default: count
      }
    }

    /// The number of features, of so many: at least one, shares rounded down.
    func features(of count: Int) -> Int {
      let number: Int =
        switch self {
        case .count(let number): number
        case .share(let share): Int(share * Double(count))
        case .squareRoot: Int(Double(count).squareRoot())
        case .logarithm: Int.bitWidth - 1 - max(1, count).leadingZeroBitCount
        case .all: count
        }
      return min(max(1, number), max(1, count))
    }
  }

  /// Nil for the task's own: gini for classes, squared_error for numbers.
  package var criterion: Criterion?
  package var splitter = Splitter.best
  package var maxDepth: Int?
  package var minSamplesSplit = Amount.count(2)
  package var minSamplesLeaf = Amount.count(1)
  package var minWeightFraction = 0.0
  /// Nil for the algorithm's own.
  package var maxFeatures: Amount?
  package var maxLeafNodes: Int?
  package var minImpurityDecrease = 0.0
  package var pruning = 0.0
  package var classWeight = ClassWeight.none

  package init() {}

  func criterion(for task: Task) -> Criterion {
    criterion ?? (task == .regression ? .squaredError : .gini)
  }

  /// The limits of a training on so many rows (as they count) and features.
  func limits(rows: Int, features: Int, maxFeatures other: Amount = .all) -> TreeLimits {
    TreeLimits(
      maxDepth: maxDepth ?? .max,
      minSplit: max(
        minSamplesSplit.rows(of: rows, atLeast: 2),
        2 * minSamplesLeaf.rows(of: rows, atLeast: 1)
      ),
      minLeaf: minSamplesLeaf.rows(of: rows, atLeast: 1),
      minWeightShare: minWeightFraction,
      maxFeatures: (maxFeatures ?? other).features(of: features),
      maxLeaves: maxLeafNodes,
      minDecrease: minImpurityDecrease,
      drawsThresholds: splitter == .random
    )
  }

  /// What the hyperparameters can't do for a task.
  func faults(for task: Task) -> [TrainingFault] {
    var faults: [TrainingFault] = []
    if let criterion, criterion.isOfClasses != task.isClassification {
      faults.append(.criterion(criterion.rawValue, task: task))
    }
    if classWeight != .none, !task.isClassification { faults.append(.classWeightOfNumbers) }
    return faults
  }
}

/// What the rows of each class weigh.
package enum ClassWeight: Hashable, Sendable {
  case none
  /// Each class as much as any other: the whole weight over the number of classes and the class's
  /// own weight.
  case balanced
  /// The same, for each bootstrap sample by itself.
  case balancedSubsample
  /// By label; other classes weigh 1.
  case given([String: Double])

  /// The weight of each class.
  ///
  /// `totals`: the weight of each class in the data.
  func weights(_ totals: [Double], classes: [String]) -> [Double]? {
    switch self {
    case .none: return nil
    case .balanced, .balancedSubsample:
      let present = totals.count { $0 > 0 }
      let whole = totals.reduce(0, +)
      return totals.map { $0 > 0 ? whole / (Double(present) * $0) : 0 }
    case .given(let weights): return classes.map { weights[$0] ?? 1 }
    }
  }
}
