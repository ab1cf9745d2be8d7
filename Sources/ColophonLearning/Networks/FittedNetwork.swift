import ColophonCore
package import ColophonData
package import ColophonMath

/// A network with its weights, from columns to predictions.
package struct FittedNetwork: Sendable {
  package let task: Task
  /// How many classes the data has; 0 for numbers.
  package let classCount: Int
  package let reader: NetworkReader
  /// The layers as maps of one key, the output layer last.
  let layers: [Value]
  package let network: Network
  /// All weights in the plan's order.
  package var parameters: [Float]
  /// What predicted numbers are multiplied by, and what is then added.
  let targetScale: Double
  let targetMean: Double

  /// How many rows are predicted at a time.
  static let block = 256

  /// What the network says about rows.
  func predict(_ features: FeatureMatrix, algorithm: String, threads: Int) throws -> Predictions {
    let rows = try reader.read(features, for: algorithm)
    let tape = Tape(
      network.plan,
      capacity: max(1, min(rows.rows, FittedNetwork.block)),
      isTraining: false,
      threads: threads
    )
    let weights = FloatStorage(parameters)
    return predictions(network.sums(of: rows, tape, weights))
  }

  /// Predictions from the last sums of each row.
  func predictions(_ sums: [Float]) -> Predictions {
    let width = network.width
    switch network.link {
    case .identity:
      return .regression(sums.map { Double($0) * targetScale + targetMean })
    case .sigmoid: return .binary(scores: sums.map { Elementary.sigmoid(Double($0)) })
    case .softmax:
      var shares = sums.map { Double($0) }
      for row in 0..<shares.count / width { SoftmaxLoss.normalize(&shares, row * width, width) }
      if classCount == 2 {
        return .binary(scores: stride(from: 1, to: shares.count, by: 2).map { shares[$0] })
      }
      return .multiclass(probabilities: shares, classes: width)
    }
  }
}

extension Network {
  /// The last sums of each row, some rows at a time.
  func sums(of rows: NetworkRows, _ tape: Tape, _ weights: FloatStorage) -> [Float] {
    var sums = [Float](repeating: 0, count: rows.rows * width)
    sums.withUnsafeMutableBufferPointer { target in
      guard let target = target.baseAddress else { return }
      for start in stride(from: 0, to: rows.rows, by: tape.capacity) {
        let count = min(tape.capacity, rows.rows - start)
        tape.input.update(from: rows.values.base + start * rows.width, count: count * rows.width)
        withLengths(rows, start) { lengths in
          tape.forward(
            Pass(
              rows: count,
              parameters: weights.base,
              gradients: weights.base,
              isTraining: false,
              threads: tape.threads,
              lengths: lengths,
              random: { RandomStream(root: 0, cell: "", purpose: $0) }
            )
          )
        }
        (target + start * width).update(from: tape.output, count: count * width)
      }
    }
    return sums
  }

  private func withLengths(
    _ rows: NetworkRows,
    _ start: Int,
    _ body: (UnsafePointer<Int32>?) -> Void
  ) {
    guard let lengths = rows.lengths else { return body(nil) }
    lengths.withUnsafeBufferPointer { body($0.baseAddress.map { $0 + start }) }
  }
}

/// A model that is a network.
package protocol FittedNetworkModel: Model {
  var fitted: FittedNetwork { get }
}

/// A network that one of the algorithms fitted.
package struct NetworkModel<Recipe: NetworkAlgorithm>: FittedNetworkModel {
  package static var algorithm: String { Recipe.name }
  package let fitted: FittedNetwork

  package var parameterCount: Int { fitted.network.plan.learnedCount }

  package func predict(_ features: FeatureMatrix) throws -> Predictions {
    try predict(features, threads: 1)
  }

  package func predict(_ features: FeatureMatrix, threads: Int) throws -> Predictions {
    try fitted.predict(features, algorithm: Recipe.name, threads: threads)
  }

  package func encoded() throws -> [UInt8] { try fitted.encoded() }
}
