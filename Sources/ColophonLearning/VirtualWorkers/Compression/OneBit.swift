package import ColophonCore
package import ColophonMath

/// Each element's sign, and for each tensor the mean of the absolute values.
///
/// The mean's sum is taken in 64 bits, elements ascending.
///
/// - SeeAlso: Karimireddy and others, "Error feedback fixes SignSGD", 2019, the scaled sign of its
///   section 5.
package struct OneBit: GradientCompressor {
  package static let name = "one_bit"
  package static let summary = "The sign of each element, and one size for each tensor."

  package init(reading fields: inout FieldReader) {}

  /// A bit an element, four bytes a tensor.
  package func bytes(count: Int, tensors: Int) -> Double {
    (Double(count) / 8).rounded(.up) + 4 * Double(tensors)
  }

  package func compress(_ vector: FloatStorage, tensors: [Range<Int>], into sent: FloatStorage) {
    for tensor in tensors where !tensor.isEmpty {
      var sum = 0.0
      for i in tensor { sum += Double(vector.base[i].magnitude) }
      let size = Float(sum / Double(tensor.count))
      for i in tensor { sent.base[i] = vector.base[i] < 0 ? -size : size }
    }
  }
}
