/// What one layer costs one device for one micro-batch, in seconds.
package struct LayerTimes: Hashable, Sendable {
  /// Kernels of the forward pass.
  package var forward = 0.0
  /// Kernels of the backward pass that make the gradient of the layer's input.
  package var backwardInput = 0.0
  /// Kernels of the backward pass that make the gradient of its weights.
  package var backwardWeights = 0.0
  /// Kernels that run once more in the backward pass.
  package var recomputed = 0.0
  /// Collectives that the forward pass waits for.
  package var forwardWaits = 0.0
  /// Collectives that the backward pass waits for, those of recomputation included.
  package var backwardWaits = 0.0
  /// Collectives beside the kernels: gathering parameters, scattering gradients.
  package var forwardBeside = 0.0
  package var backwardBeside = 0.0
  /// The host's time to issue it.
  package var forwardHost = 0.0
  package var backwardHost = 0.0

  /// The share of a collective's time that is taken from the kernels beside it.
  package var interference = Calibration.standard.interference

  /// The forward pass: kernels and what they wait for, or what runs beside them, or the host.
  package var forwardTime: Double {
    together(forward + forwardWaits, beside: forwardBeside, host: forwardHost)
  }

  /// The backward pass, recomputation included.
  package var backwardTime: Double {
    let kernels = backwardInput + backwardWeights + recomputed
    return together(kernels + backwardWaits, beside: backwardBeside, host: backwardHost)
  }

  /// A collective beside the kernels takes a share of its own time from them; nothing is faster than
  /// the host issues it.
  private func together(_ kernels: Double, beside: Double, host: Double) -> Double {
    let slowed = kernels + interference * min(beside, kernels)
    return max(slowed, beside, host)
  }

  /// Several layers after one another.
  static func += (sum: inout LayerTimes, more: LayerTimes) {
    sum.forward += more.forward
    sum.backwardInput += more.backwardInput
    sum.backwardWeights += more.backwardWeights
    sum.recomputed += more.recomputed
    sum.forwardWaits += more.forwardWaits
    sum.backwardWaits += more.backwardWaits
    sum.forwardBeside += more.forwardBeside
    sum.backwardBeside += more.backwardBeside
    sum.forwardHost += more.forwardHost
    sum.backwardHost += more.backwardHost
  }
}
