/// What the simulator says of one training step.
package struct StepEstimate: Hashable, Sendable {
  /// Seconds of a step.
  package var seconds: Double
  /// Its parts, which add up to it.
  package var parts: Parts
  package var memory: MemoryEstimate
  /// The share of the pipeline's time in which devices wait for one another.
  package var bubble: Double
  /// FLOPs of a step that the model needs, over all devices.
  package var modelFlops: Double
  /// FLOPs of a step that the devices do, recomputation included.
  package var hardwareFlops: Double
  /// Peak FLOP/s of one device.
  package var peak: Double
  package var devices: Int
  /// Tokens (samples) of a step.
  package var tokens: Double
  /// One standard deviation of `seconds`.
  package var deviation: Double
  /// The curves and formulas that answered for collectives, sorted.
  package var sources: [String]

  /// Seconds of the busiest stage, by what they go to.
  package struct Parts: Hashable, Sendable {
    /// Kernels, without what is computed again.
    package var compute = 0.0
    /// Kernels that run once more.
    package var recompute = 0.0
    /// Collectives that kernels wait for, messages of the pipeline among them.
    package var tensorCommunication = 0.0
    /// Parameters and gradients that move beside no kernel.
    package var dataCommunication = 0.0
    /// Waiting for other stages.
    package var bubble = 0.0
    package var optimizer = 0.0
    /// Waiting for the host.
    package var host = 0.0

    package var sum: Double {
      compute + recompute + tensorCommunication + dataCommunication + bubble + optimizer + host
    }
  }

  package var tokensPerSecond: Double { tokens / seconds }
  /// TFLOP/s of a device that the model needs.
  package var modelTeraflops: Double { modelFlops / seconds / Double(devices) / 1e12 }
  /// TFLOP/s of a device that it does.
  package var hardwareTeraflops: Double { hardwareFlops / seconds / Double(devices) / 1e12 }
  /// Model FLOPs utilisation (Chowdhery and others 2022).
  package var mfu: Double { modelFlops / seconds / Double(devices) / peak }
  /// Hardware FLOPs utilisation.
  package var hfu: Double { hardwareFlops / seconds / Double(devices) / peak }
  /// Seconds of communication that no kernel hides.
  package var exposedCommunication: Double {
    parts.tensorCommunication + parts.dataCommunication
  }
  /// The interval that holds the truth in nine cases of ten, by the residuals of the calibration.
  package var interval: (low: Double, high: Double) {
    (max(0, seconds - 1.645 * deviation), seconds + 1.645 * deviation)
  }
}
