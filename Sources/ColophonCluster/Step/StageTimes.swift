/// What each stage of a pipeline does for one micro-batch, in seconds.
package struct StageTimes: Hashable, Sendable {
  /// By chunk: chunk c of stage s is the model's part c · stages + s.
  package var forward: [Double]
  package var backward: [Double]
  /// The part of the backward pass that makes the weights' gradients and may wait.
  package var weights: [Double]
  package var stages: Int
  /// Seconds to hand a micro-batch's activations to the next stage.
  package var hop: Double

  package init(
    forward: [Double],
    backward: [Double],
    weights: [Double],
    stages: Int,
    hop: Double
  ) {
    precondition(forward.count % stages == 0 && forward.count == backward.count)
    self.forward = forward
    self.backward = backward
    self.weights = weights
    self.stages = stages
    self.hop = hop
  }

  /// Chunks of a stage.
  package var chunks: Int { forward.count / stages }

  /// Seconds that the busiest stage works for one micro-batch.
  package var busiest: Double {
    (0..<stages).reduce(0) { most, stage in
      var sum = 0.0
      for chunk in 0..<chunks {
        let part = chunk * stages + stage
        sum += forward[part] + backward[part]
      }
      return max(most, sum)
    }
  }

  /// Alike parts: for closed forms and tests.
  package static func even(
    stages: Int,
    chunks: Int = 1,
    forward: Double,
    backward: Double,
    weights: Double = 0,
    hop: Double = 0
  ) -> StageTimes {
    let count = stages * chunks
    return StageTimes(
      forward: Array(repeating: forward, count: count),
      backward: Array(repeating: backward, count: count),
      weights: Array(repeating: weights, count: count),
      stages: stages,
      hop: hop
    )
  }
}
