import ColophonCore
import ColophonData

/// The rows of a job as trees take them: ranked columns, targets, weights.
///
/// Made once and read by every tree.
struct TreeTable: Sendable {
  /// What is predicted.
  enum Target: Sendable {
    case classes([Int32], count: Int)
    case numbers([Double])
  }

  let columns: RankedColumns
  let target: Target
  /// The labels in their order, for classes.
  let classes: [String]
  /// Each row's weight; nil where all weigh 1.
  let weights: [Double]?
  let features: FeatureMatrix
  /// How many rows there are where a number of rows is asked for.
  let count: Int

  /// - Throws: `TrainingFault` for rows that no tree can learn from.
  init(_ job: TrainingJob, of algorithm: String) throws {
    let rows = try job.trainingRows()
    features = rows.features
    classes = job.task.isClassification ? job.classes : []
    if let weights = rows.weights {
      if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        throw TrainingFault.weight(row: row)
      }
      guard weights.contains(where: { $0 > 0 }) else { throw TrainingFault.weightsAllZero }
    }
    weights = rows.weights
    count =
      rows.weights.map { $0.reduce(0) { $0 + Int(min($1.rounded(.up), 1e6)) } }
      ?? rows.features.rows
    switch rows.labels {
    case .classes(let codes) where job.task.isClassification:
      guard codes.allSatisfy({ job.classes.indices.contains(Int($0)) }) else {
        throw TrainingFault.labelsOfOtherKind(job.task)
      }
      target = .classes(codes, count: job.classes.count)
    case .numbers(let numbers) where job.task == .regression:
      let kept = rows.weights
      if let row = numbers.indices.first(where: { !numbers[$0].isFinite && kept?[$0] != 0 }) {
        throw TrainingFault.targetNotFinite(row: row)
      }
      target = .numbers(numbers)
    default: throw TrainingFault.labelsOfOtherKind(job.task)
    }
    columns = RankedColumns(rows.features, threads: job.threads)
  }

  /// How many numbers a node's value has.
  var outputs: Int {
    if case .classes(_, let count) = target, count > 2 { return count }
    return 1
  }

  /// The weight of each class, where classes weigh.
  ///
  /// `repeats`: how often each row was drawn.
  func classWeights(_ rule: ClassWeight, repeats: [UInt16]? = nil) -> [Double]? {
    guard rule != .none, case .classes(let codes, let count) = target else { return nil }
    var totals = [Double](repeating: 0, count: count)
    for row in codes.indices {
      totals[Int(codes[row])] += (weights?[row] ?? 1) * Double(repeats?[row] ?? 1)
    }
    return rule.weights(totals, classes: classes)
  }

  /// All rows, weighed by class.
  ///
  /// - Throws: `TrainingFault` where a weighed class is none, or all rows weigh 0.
  func sample(weighing rule: ClassWeight) throws -> TreeSample {
    try check(rule)
    let sample = sample(classWeights: classWeights(rule))
    if sample.rows.isEmpty { throw TrainingFault.classWeightsAllZero }
    return sample
  }

  func check(_ rule: ClassWeight) throws {
    guard case .given(let weights) = rule else { return }
    if let label = weights.keys.sorted().first(where: { !classes.contains($0) }) {
      throw TrainingFault.classWeightLabel(label, known: classes)
    }
  }

  /// The rows of one tree.
  ///
  /// - Parameters:
  ///   - classWeights: The weight of each class; nil for 1.
  ///   - other: Each row's weight instead of the data's.
  ///   - repeats: How often each row was drawn; nil for once.
  ///   - ignoringWeights: Whether rows weigh 1, for draws that went by their weights.
  /// - Returns: The rows that weigh anything, and what each weighs.
  func sample(
    classWeights: [Double]? = nil,
    weights other: [Double]? = nil,
    repeats: [UInt16]? = nil,
    ignoringWeights: Bool = false
  ) -> TreeSample {
    var pair: (weights: [Double], classes: [Int32])?
    if let classWeights, case .classes(let codes, _) = target { pair = (classWeights, codes) }
    return TreeSample(
      count: columns.rows,
      data: ignoringWeights ? nil : other ?? weights,
      repeats: repeats,
      classWeight: pair
    )
  }

  /// - Throws: `TrainingFault` where a criterion can't be computed of the targets.
  func check(_ criterion: TreeSettings.Criterion) throws {
    guard criterion == .poisson, case .numbers(let numbers) = target else { return }
    let kept = numbers.indices.filter { weights?[$0] != 0 }
    if let row = kept.first(where: { numbers[$0] < 0 }) {
      throw TrainingFault.negativeCount(row: row)
    }
    guard kept.contains(where: { numbers[$0] > 0 }) else { throw TrainingFault.countsAllZero }
  }

  /// Grows a tree.
  func grow(
    _ sample: TreeSample,
    _ criterion: TreeSettings.Criterion,
    _ limits: TreeLimits,
    random: RandomStream?
  ) -> Tree {
    func growth(_ scan: some SplitScan, _ payload: (UInt32) -> UInt32) -> Tree {
      TreeGrowth(
        columns,
        limits,
        rows: sample.rows,
        scan: scan,
        random: random,
        payload: payload
      ).grow()
    }
    switch target {
    case .classes(let codes, 2) where criterion == .gini && sample.isSmall:
      return growth(BinaryGiniScan()) { row in
        let weight = UInt32(sample.weights[Int(row)])
        return BinaryGiniScan.payload(weight: weight, isPositive: codes[Int(row)] == 1)
      }
    case .classes(let codes, let count):
      let scan = ClassScan(sample, codes, count: count, usesEntropy: criterion != .gini)
      return growth(scan) { $0 }
    case .numbers(let numbers):
      switch criterion {
      case .absoluteError: return growth(AbsoluteErrorScan(sample, numbers)) { $0 }
      case .poisson: return growth(PoissonScan(sample, numbers)) { $0 }
      default: return growth(SquaredErrorScan(sample, numbers)) { $0 }
      }
    }
  }
}
