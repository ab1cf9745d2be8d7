import ColophonData
import ColophonMath

/// The numbers that steps change: weights, slopes, and what the optimiser remembers.
final class NetworkMemory: Sendable {
  let parameters: FloatStorage
  let gradients: FloatStorage
  let memories: [FloatStorage]

  init(_ count: Int, vectors: Int) {
    parameters = FloatStorage(count: count)
    gradients = FloatStorage(count: count)
    memories = (0..<vectors).map { _ in FloatStorage(count: count) }
  }

  /// Whether every weight is a finite number: a sum of products with 0 is 0 unless one is not.
  var areWeightsFinite: Bool {
    let numbers = UnsafeBufferPointer(start: parameters.base, count: parameters.count)
    return numbers.allSatisfy { $0.isFinite }
  }
}

/// What the rows of a batch are to give and how much each counts, and room for one of them.
///
/// All of it is planned for the largest batch, so that a step allocates none.
final class BatchMemory: @unchecked Sendable {
  let targets: FloatStorage
  let shares: FloatStorage
  let spare: FloatStorage
  let lengths: UnsafeMutablePointer<Int32>

  init(rows: Int, width: Int) {
    targets = FloatStorage(count: rows)
    shares = FloatStorage(count: rows)
    spare = FloatStorage(count: width)
    lengths = .allocate(capacity: max(1, rows))
    lengths.initialize(repeating: 0, count: max(1, rows))
  }

  deinit { lengths.deallocate() }
}

/// Weights beside each other that are changed alike.
struct LearnedStretch: Hashable, Sendable {
  var range: Range<Int>
  var scale: Double
  var isPenalised: Bool
}

extension Network {
  /// All learned weights but the frozen ones, in stretches as long as they can be.
  ///
  /// `apart`: Whether what is penalised must be told from what is not.
  func stretches(_ apart: Bool) -> [LearnedStretch] {
    var found: [LearnedStretch] = []
    for layer in layers where !layer.isFrozen && layer.rateScale > 0 {
      for operation in plan.operations[layer.operations] {
        for parameter in operation.parameters where parameter.role.isLearned {
          let isWeight = parameter.role == .weight || parameter.role == .recurrent
          let next = LearnedStretch(
            range: parameter.range,
            scale: layer.rateScale,
            isPenalised: apart && isWeight
          )
          if let last = found.last, last.range.upperBound == next.range.lowerBound,
            last.scale == next.scale, last.isPenalised == next.isPenalised
          {
            found[found.count - 1].range = last.range.lowerBound..<next.range.upperBound
          } else {
            found.append(next)
          }
        }
      }
    }
    return found
  }
}

extension NetworkRecipe {
  /// Whether there is a penalty on weights.
  var penalises: Bool { alpha > 0 }
}

/// What the training rows are to give, and how much each counts.
struct NetworkTargets {
  /// The rows of weight above 0.
  let kept: [Int]
  /// Their weights over the sum of weights.
  let shares: [Double]
  /// Their weights, the classes' factors in them; by place among the kept.
  let weights: [Float]
  /// Classes or numbers, by place among the kept.
  private let numbers: [Double]
  let mean: Double
  let scale: Double

  init(_ rows: TrainingRows, _ job: TrainingJob, _ recipe: NetworkRecipe) throws {
    let own = rows.weights ?? [Double](repeating: 1, count: rows.features.rows)
    if let row = own.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw TrainingFault.weight(row: row)
    }
    let kept = own.indices.filter { own[$0] > 0 }
    guard !kept.isEmpty else { throw TrainingFault.weightsAllZero }
    let largest = kept.reduce(0) { max($0, own[$1]) }
    let total = kept.reduce(0) { $0 + own[$1] / largest }
    let shares = kept.map { own[$0] / largest / total }
    self.kept = kept
    self.shares = shares
    var factors = [Double](repeating: 1, count: kept.count)
    switch rows.labels {
    case .classes(let codes) where job.task.isClassification:
      let labels = kept.map { Int(codes[$0]) }
      guard labels.allSatisfy({ job.classes.indices.contains($0) }) else {
        throw TrainingFault.labelsOfOtherKind(job.task)
      }
      let byClass = try recipe.classWeights.factors(job.classes, labels: labels, shares: shares)
      factors = labels.map { byClass[$0] }
      numbers = labels.map { Double($0) }
    case .numbers(let all) where !job.task.isClassification:
      if let row = kept.first(where: { !all[$0].isFinite }) {
        throw TrainingFault.targetNotFinite(row: row)
      }
      numbers = kept.map { all[$0] }
    default: throw TrainingFault.labelsOfOtherKind(job.task)
    }
    weights = zip(kept, factors).map { Float(own[$0] / largest * $1) }
    guard recipe.standardizeTarget, !job.task.isClassification else {
      (mean, scale) = (0, 1)
      return
    }
    let mean = zip(numbers, shares).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = zip(numbers, shares).reduce(0) {
      $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean)
    }
    let deviation = variance.squareRoot()
    self.mean = mean.isFinite ? mean : 0
    scale = deviation > 8 * mean.magnitude.ulp && deviation.isFinite ? deviation : 1
  }

  /// The targets as the network learns them.
  func scaled(by scale: Double, around mean: Double) -> [Float] {
    numbers.map { Float(($0 - mean) / scale) }
  }
}
