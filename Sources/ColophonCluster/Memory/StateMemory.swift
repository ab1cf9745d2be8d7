/// Bytes of parameters, gradients and optimizer state on one device (Rajbhandari and others 2020, "ZeRO",
/// Figure 1: with Adam and half precision 16 bytes a parameter, K = 12 of them shared from stage 1
/// on, 14 from stage 2 on, all from stage 3 on).
package struct StateMemory: Hashable, Sendable {
  package var parameters: Double
  package var gradients: Double
  package var optimizer: Double

  /// - Parameters:
  ///   - count: Parameters that the device's part of the model has.
  ///   - settings: Precision, gradients and optimizer.
  ///   - zero: What is shared.
  ///   - sharers: The devices that share it.
  package init(count: Double, _ settings: StepSettings, zero: ZeroStage, sharers: Int) {
    let n = Double(max(1, sharers))
    let stage = zero.rawValue
    parameters = count * settings.precision.bytes / (stage >= 3 ? n : 1)
    gradients = count * settings.gradientBytes / (stage >= 2 ? n : 1)
    optimizer = count * settings.optimizer.bytes(settings.precision) / (stage >= 1 ? n : 1)
  }
}
