import ColophonCore
package import ColophonData
import ColophonMath

/// Support vectors and their coefficients, laid out as LIBSVM's models are.
package struct SVMModel: Model, Hashable {
  package static var algorithm: String { SupportVectorMachine.name }

  package let task: Task
  /// How many classes the data has; 0 for a regression.
  package let classCount: Int
  /// Which classes occurred in training, ascending; the others have the probability 0.
  package let present: [Int]
  package let features: [String]
  package let kernel: SVMKernel
  /// Support vectors, row-major, grouped by class in the order of `present`.
  package let vectors: [Double]
  /// Which training row each vector is.
  package let places: [Int]
  /// How many vectors each present class has; one entry for a regression.
  package let counts: [Int]
  /// Row-major: (classes − 1) × vectors; a vector of class i has its coefficient against class j in
  /// row j where j < i, else j − 1. One row for a regression.
  package let coefficients: [Double]
  /// What is added to the sum for each pair (0, 1), (0, 2) … (1, 2) …; one for a regression.
  package let intercepts: [Double]
  /// How each pair's decision value becomes the probability of its first class; empty without
  /// calibration.
  package let scalings: [PlattScaling]
  /// The minimum of each pair's dual problem.
  package let objectives: [Double]

  package var parameterCount: Int { vectors.count + coefficients.count + intercepts.count }

  /// The pairs of present classes, in the order of `intercepts`.
  private var pairs: [(Int, Int)] {
    present.indices.flatMap { i in present.indices.filter { $0 > i }.map { (i, $0) } }
  }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    try predict(features, threads: 1)
  }

  package func predict(_ features: FeatureMatrix, threads: Int) throws -> Predictions {
    let decisions = try decisions(features, threads: threads)
    switch task {
    case .regression: return .regression(decisions)
    case .binary:
      // The pair's first class is the negative one.
      return .binary(
        scores: decisions.map { decision in
          scalings.first.map { 1 - clipped($0.probability(decision)) }
            ?? Elementary.sigmoid(-decision)
        }
      )
    default:
      let pairs = pairs
      var result = [Double](repeating: 0, count: features.rows * classCount)
      for row in 0..<features.rows {
        let own = Array(decisions[row * pairs.count..<(row + 1) * pairs.count])
        let shares = scalings.isEmpty ? votes(own, pairs) : coupled(own, pairs)
        for (k, share) in shares.enumerated() { result[row * classCount + present[k]] = share }
      }
      return .multiclass(probabilities: result, classes: classCount)
    }
  }

  /// Decision values, row-major: rows × pairs; a pair's is above 0 on its first class's side. For a
  /// regression the estimates.
  package func decisions(_ features: FeatureMatrix, threads: Int = 1) throws -> [Double] {
    try features.check(width: self.features.count, for: SupportVectorMachine.name)
    let machine = SVMDecision(kernel: kernel, vectors: vectors, width: self.features.count)
    let parts = parts
    let outputs = intercepts.count
    var result = [Double](repeating: 0, count: features.rows * outputs)
    let (intercepts, coefficients) = (intercepts, coefficients)
    result.withUnsafeMutableBufferPointer { result in
      // Each row writes to its own place.
      nonisolated(unsafe) let result = result
      machine.each(of: features.values, threads: threads) { row, kernels in
        coefficients.withUnsafeBufferPointer { coefficients in
          for output in 0..<outputs {
            var sum = intercepts[output]
            for part in parts[output] {
              guard let base = coefficients.baseAddress else { continue }
              sum += Reduction.dot(
                base + part.coefficient,
                kernels + part.vector,
                count: part.count
              )
            }
            result[row * outputs + output] = sum
          }
        }
      }
    }
    return result
  }

  /// A run of vectors and their coefficients.
  private struct Part: Sendable {
    var vector: Int
    var coefficient: Int
    var count: Int
  }

  /// What each output sums.
  private var parts: [[Part]] {
    let total = places.count
    if task == .regression { return [[Part(vector: 0, coefficient: 0, count: total)]] }
    let starts = counts.indices.map { counts[..<$0].reduce(0, +) }
    return pairs.map { i, j in
      [
        Part(vector: starts[i], coefficient: (j - 1) * total + starts[i], count: counts[i]),
        Part(vector: starts[j], coefficient: i * total + starts[j], count: counts[j]),
      ]
    }
  }

  private func clipped(_ probability: Double) -> Double { min(max(probability, 1e-7), 1 - 1e-7) }

  private func coupled(_ decisions: [Double], _ pairs: [(Int, Int)]) -> [Double] {
    let classes = present.count
    var table = [Double](repeating: 0, count: classes * classes)
    for (index, (i, j)) in pairs.enumerated() {
      let p = clipped(scalings[index].probability(decisions[index]))
      table[i * classes + j] = p
      table[j * classes + i] = 1 - p
    }
    return classes == 2 ? [table[1], table[2]] : pairwiseCoupling(table, classes: classes)
  }

  /// The softmax of each class's votes plus, below a third of one, its sum of decision values.
  private func votes(_ decisions: [Double], _ pairs: [(Int, Int)]) -> [Double] {
    var votes = [Double](repeating: 0, count: present.count)
    var sums = votes
    for (index, (i, j)) in pairs.enumerated() {
      votes[decisions[index] > 0 ? i : j] += 1
      sums[i] += decisions[index]
      sums[j] -= decisions[index]
    }
    var margins = zip(votes, sums).map { $0 + $1 / (3 * ($1.magnitude + 1)) }
    SoftmaxLoss.normalize(&margins, 0, margins.count)
    return margins
  }
}
