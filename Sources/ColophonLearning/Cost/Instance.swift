/// A machine that training is rented on by the hour.
package struct Instance: Hashable, Sendable {
  /// Such as `ml.m5.xlarge`.
  package var name: String
  /// Virtual processors.
  package var processors: Int
  /// Memory in GiB.
  package var memory: Int
  /// What computes beside the processors, such as `4 × A10G`; nil for nothing.
  package var accelerators: String?
  /// US dollars an hour, on demand.
  package var hourly: Double

  init(
    _ name: String,
    _ processors: Int,
    _ memory: Int,
    _ hourly: Double,
    with accelerators: String? = nil
  ) {
    self.name = name
    self.processors = processors
    self.memory = memory
    self.accelerators = accelerators
    self.hourly = hourly
  }
}
