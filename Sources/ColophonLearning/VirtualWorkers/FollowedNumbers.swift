import ColophonData
import ColophonMath

/// The running means and variances of batch normalisation where several workers share one set.
///
/// Each worker normalises by its own rows and begins from the same numbers; what is kept is the mean
/// over the workers, added in the order of ranks.
final class FollowedNumbers {
  private let range: Range<Int>
  private var start: [Float] = []
  private var sums: [Float] = []
  private var workers: Float = 0

  init(_ fleet: Fleet) { range = fleet.learnedCount..<fleet.learner.network.plan.parameterCount }

  private func numbers(_ parameters: FloatStorage) -> [Float] {
    range.map { parameters.base[$0] }
  }

  func begin(_ parameters: FloatStorage) {
    start = numbers(parameters)
    sums = [Float](repeating: 0, count: range.count)
    workers = 0
  }

  func beginWorker(_ parameters: FloatStorage) {
    for (i, place) in range.enumerated() { parameters.base[place] = start[i] }
  }

  func endWorker(_ parameters: FloatStorage) {
    for (i, place) in range.enumerated() {
      // The first worker alone must leave its own numbers.
      sums[i] = workers == 0 ? parameters.base[place] : sums[i] + parameters.base[place]
    }
    workers += 1
  }

  func end(_ parameters: FloatStorage) {
    guard workers > 0 else { return }
    for (i, place) in range.enumerated() { parameters.base[place] = sums[i] / workers }
  }
}

extension NetworkLearner {
  /// Lets a schedule that watches the loss know of an epoch's end.
  mutating func endEpoch(_ memory: NetworkMemory, loss: Double) {
    guard type(of: schedule).watchesLoss else { return }
    schedule.epochEnded(loss: meanLoss(of: .validation, at: memory.parameters) ?? loss)
  }
}
