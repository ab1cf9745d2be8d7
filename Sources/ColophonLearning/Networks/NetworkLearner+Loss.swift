import ColophonCore
import ColophonData
import ColophonMath

extension NetworkLearner {
  /// The loss on the validation rows, where there are any.
  func watchedLoss() -> Double? { meanLoss(of: .validation, at: memory.parameters) }

  /// The mean loss on a split's rows as weights predict them, where there are any.
  func meanLoss(of split: Split, at parameters: FloatStorage) -> Double? {
    guard let rows = splits[split], let own = job.splits[split], rows.rows > 0 else { return nil }
    var sums = network.sums(of: rows, tapes.prediction, parameters)
    let targets: [Float] =
      switch own.labels {
      case .classes(let codes): codes.map { Float($0) }
      case .numbers(let numbers): numbers.map { Float(($0 - targetMean) / targetScale) }
      case .absent: []
      }
    guard targets.count == rows.rows else { return nil }
    let all = own.weights ?? [Double](repeating: 1, count: rows.rows)
    let total = all.reduce(0, +)
    guard total > 0 else { return nil }
    let shares = all.map { Float($0 / total) }
    let slopes = FloatStorage(count: sums.count)
    return sums.withUnsafeMutableBufferPointer { sums in
      targets.withUnsafeBufferPointer { targets in
        shares.withUnsafeBufferPointer { shares in
          guard let sums = sums.baseAddress, let targets = targets.baseAddress,
            let shares = shares.baseAddress
          else { return nil }
          return output.loss.evaluate(
            LossRows(
              rows: rows.rows,
              width: network.width,
              outputs: sums,
              slopes: slopes.base,
              targets: targets,
              shares: shares
            )
          )
        }
      }
    }
  }
}
