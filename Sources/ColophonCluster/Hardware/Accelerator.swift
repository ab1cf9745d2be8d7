import ColophonMath

/// One accelerator: what its maker says of it, and what measurements say it reaches.
package struct Accelerator: Codable, Hashable, Sendable {
  package var name: String
  /// Dense peak of matrix products in FLOP/s, by precision; a precision it lacks is absent.
  package var peak: [Precision: Double]
  /// Device memory in bytes.
  package var memory: Double
  /// Bandwidth of the device memory in bytes/s.
  package var bandwidth: Double
  /// How many blocks of a matrix product run at once (streaming multiprocessors, cores).
  package var multiprocessors: Int
  /// The share of its peaks that a training step reaches.
  package var efficiency: Efficiency
  /// The constants that predictions for it rest on.
  package var calibration = Calibration.standard
  /// Where the figures come from.
  package var source: String

  package init(
    name: String,
    peak: [Precision: Double],
    memory: Double,
    bandwidth: Double,
    multiprocessors: Int,
    efficiency: Efficiency,
    source: String
  ) {
    self.name = name
    self.peak = peak
    self.memory = memory
    self.bandwidth = bandwidth
    self.multiprocessors = multiprocessors
    self.efficiency = efficiency
    self.source = source
  }

  /// The same accelerator, predicted with other constants.
  package func recalibrated(_ constants: Calibration) -> Accelerator {
    var other = self
    other.calibration = constants
    for share: KeyPath<Calibration, Efficiency> in [\.volta, \.ampere, \.hopper]
    where efficiency == calibration[keyPath: share] {
      other.efficiency = constants[keyPath: share]
    }
    return other
  }

  /// The same accelerator under a power cap, a share of what its board may draw.
  ///
  /// The power of switching goes with the clock and the square of the voltage, which itself follows the
  /// clock, so the clock follows the cube root of the power; memory keeps its own.
  ///
  /// - SeeAlso: Mudge, "Power: a first-class architectural design constraint", 2001, equation 1.
  package func capped(at share: Double) -> Accelerator {
    var other = self
    let clock = Elementary.pow(min(1, share), 1 / 3.0)
    other.efficiency.product *= clock
    other.efficiency.attentionForward *= clock
    other.efficiency.attentionBackward *= clock
    return other
  }

  /// The shares of its peaks that an accelerator's kernels reach on large operands.
  package struct Efficiency: Codable, Hashable, Sendable {
    /// Matrix products in long training steps, where the clock gives way to the power limit.
    package var product: Double
    /// Fused attention, forward, of the multiply-adds below the diagonal alone.
    package var attentionForward: Double
    /// Fused attention, backward.
    package var attentionBackward: Double
    /// Streams through the device memory.
    package var memory: Double

    package init(
      product: Double,
      attentionForward: Double,
      attentionBackward: Double,
      memory: Double
    ) {
      self.product = product
      self.attentionForward = attentionForward
      self.attentionBackward = attentionBackward
      self.memory = memory
    }
  }
}
