/// How a job is trained on spare capacity that may be taken away.
package struct SpotTerms: Hashable, Sendable {
  /// When capacity is taken away.
  package enum Interruptions: Hashable, Sendable {
    /// At these seconds after the job was asked for, ascending; one that meets no instance has no
    /// effect.
    case times([Double])
    /// So many an hour of a running instance, at random (a Poisson process).
    case rate(Double)
  }

  /// The most seconds that the job may run on instances, all of them together.
  package var maximumRun: Double
  /// The most seconds from the request to the end.
  package var maximumWait: Double
  package var interruptions: Interruptions
  /// Seconds until there is capacity again; nil draws them, exponential with `meanWait`.
  package var wait: Double?
  /// The share by which the capacity is cheaper than on demand, from 0 to 1.
  package var discount: Double

  /// The mean of drawn waits, in seconds.
  package static let meanWait = 600.0
  /// Seconds from the notice to the interruption.
  package static let notice = 120.0

  package init(
    maximumRun: Double,
    maximumWait: Double,
    interruptions: Interruptions,
    wait: Double? = nil,
    discount: Double = PriceList.assumedDiscount
  ) {
    self.maximumRun = maximumRun
    self.maximumWait = maximumWait
    self.interruptions = interruptions
    self.wait = wait
    self.discount = discount
  }
}
