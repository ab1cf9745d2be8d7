/// The number format that the matrix products of a training step run in.
package enum Precision: String, Codable, Hashable, Sendable, CaseIterable {
  case fp32
  case fp16
  case bf16
  case fp8

  /// Bytes of one activation or parameter as the layers hold it.
  ///
  /// With fp8 only the operands of matrix products are narrow; what lies between them is bf16.
  package var bytes: Double { self == .fp32 ? 4 : 2 }
}
