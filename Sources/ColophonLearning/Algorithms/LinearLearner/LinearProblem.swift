import ColophonData

/// The labels as losses of margins, and which classes the margins are of.
struct LinearProblem {
  /// What is minimised: losses that are solved for one by one, each with its outputs.
  enum Goal {
    case smooth([any MarginLoss])
    case box([BoxLoss])
  }

  var goal: Goal
  /// How labels become numbers: `.text` is `.multiclass` here.
  var task: Task
  /// All classes of the data; empty for a regression.
  var classes: [String]
  /// For several classes: which of them the outputs are of; the others never occur in training.
  var present: [Int]

  /// The targets of least squares; nil for another loss.
  var squares: [Double]? {
    guard case .smooth(let losses) = goal, let loss = losses.first as? SquaredLoss else {
      return nil
    }
    return loss.targets
  }

  /// Margins a row, all losses together.
  var outputs: Int {
    switch goal {
    case .smooth(let losses): losses.reduce(0) { $0 + $1.outputs }
    case .box(let losses): losses.count
    }
  }

  init(
    _ recipe: LinearLearner,
    _ labels: Labels,
    kept: [Int],
    shares: [Double],
    _ job: TrainingJob
  ) throws {
    task = job.task == .text ? .multiclass : job.task
    classes = job.task == .regression ? [] : job.classes
    switch (task, labels) {
    case (.regression, .numbers(let numbers)):
      if let row = kept.first(where: { !numbers[$0].isFinite }) {
        throw TrainingFault.targetNotFinite(row: row)
      }
      present = []
      let targets = kept.count == numbers.count ? numbers : kept.map { numbers[$0] }
      goal = recipe.goal(targets: targets, shares: shares)
    case (.binary, .classes(let codes)), (.multiclass, .classes(let codes)):
      let labels = kept.count == codes.count ? codes.map { Int($0) } : kept.map { Int(codes[$0]) }
      var occurs = [Bool](repeating: false, count: job.classes.count)
      for label in labels {
        guard occurs.indices.contains(label) else {
          throw TrainingFault.labelsOfOtherKind(job.task)
        }
        occurs[label] = true
      }
      present = occurs.indices.filter { occurs[$0] }
      guard present.count > 1 else {
        throw TrainingFault.oneClass(present.first.map { job.classes[$0] }, of: LinearLearner.name)
      }
      let weighted = try recipe.weighted(labels, classes: classes, shares: shares)
      goal = recipe.goal(
        labels: labels,
        of: task == .binary ? nil : present,
        shares: weighted
      )
    default: throw TrainingFault.labelsOfOtherKind(job.task)
    }
  }
}

extension LinearLearner {
  /// The rows' shares after their classes' weights; they sum to 1.
  fileprivate func weighted(
    _ labels: [Int],
    classes: [String],
    shares: [Double]
  ) throws -> [Double] {
    if classWeights == .none { return shares }
    let factors = try classWeights.factors(classes, labels: labels, shares: shares)
    let weighted = zip(labels, shares).map { factors[$0] * $1 }
    let total = weighted.reduce(0, +)
    return weighted.map { $0 / total }
  }

  fileprivate func goal(targets: [Double], shares: [Double]) -> LinearProblem.Goal {
    switch loss {
    case .huber: .box([.huber(epsilon, targets: targets, shares: shares)])
    case .quantile: .box([.quantile(quantile, targets: targets, shares: shares)])
    default: .smooth([SquaredLoss(targets: targets, shares: shares)])
    }
  }

  /// The loss of two classes (`present` is nil) or of several; a hinge takes each class against the
  /// rest.
  fileprivate func goal(
    labels: [Int],
    of present: [Int]?,
    shares: [Double]
  ) -> LinearProblem.Goal {
    let sides = (present ?? [1]).map { side in labels.map { $0 == side } }
    switch loss {
    case .hinge: return .box(sides.map { .hinge(positives: $0, shares: shares) })
    case .squaredHinge:
      return .smooth(sides.map { SquaredHingeLoss(positives: $0, shares: shares) })
    default:
      guard let present else {
        return .smooth([LogisticLoss(positives: sides[0], shares: shares)])
      }
      let places = Dictionary(uniqueKeysWithValues: zip(present, 0...))
      return .smooth([
        SoftmaxLoss(
          labels: labels.map { places[$0] ?? 0 },
          shares: shares,
          outputs: present.count
        )
      ])
    }
  }
}
