package import ColophonCore
package import ColophonMath

/// What a worker sends in the place of a whole vector.
package protocol GradientCompressor: Sendable {
  static var name: String { get }
  static var summary: String { get }
  init(reading fields: inout FieldReader)
  /// Bytes that a worker sends of a vector in so many tensors.
  func bytes(count: Int, tensors: Int) -> Double
  /// Writes what arrives of a vector.
  func compress(_ vector: FloatStorage, tensors: [Range<Int>], into sent: FloatStorage)
}

/// The compressors, in the order the reference lists them.
package let gradientCompressors = Catalogue<any GradientCompressor.Type>(
  "compression",
  [TopK.self, OneBit.self]
) { $0.name }

/// What a worker hasn't sent yet, to be added to its next vector.
///
/// With it, all that was ever sent and the residual add up to all gradients; without it, what is cut
/// off is lost.
///
/// - SeeAlso: Seide, Fu, Droppo, Li and Yu, "1-bit stochastic gradient descent", 2014; Karimireddy,
///   Rebjock, Stich and Jaggi, "Error feedback fixes SignSGD and other gradient compression schemes",
///   2019, algorithm 1.
struct ErrorFeedback {
  let compressor: any GradientCompressor
  let tensors: [Range<Int>]
  /// Nil where what isn't sent is forgotten.
  let residual: FloatStorage?

  /// Compresses a vector with what is left of those before; `vector` is written over.
  func send(_ vector: FloatStorage, into sent: FloatStorage) {
    let all = 0..<vector.count
    if let residual { vector.add(residual, all) }
    compressor.compress(vector, tensors: tensors, into: sent)
    guard let residual else { return }
    for i in all { residual.base[i] = vector.base[i] - sent.base[i] }
  }
}
