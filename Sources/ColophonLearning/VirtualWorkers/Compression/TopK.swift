package import ColophonCore
package import ColophonMath

/// The largest elements by absolute value, each with its place; the lower place where two are alike.
///
/// - SeeAlso: Lin, Han, Mao, Wang and Dally, "Deep gradient compression", 2018.
package struct TopK: GradientCompressor {
  package static let name = "top_k"
  package static let summary = "The largest elements, with their places."

  /// The share of the elements that is sent.
  package var share: Double

  package init(reading fields: inout FieldReader) {
    share = fields.number(
      "share",
      in: Interval(0, 1, lowerIsOpen: true),
      default: 0.01,
      "top_k: the share of a vector's elements that is sent, at least one."
    )
  }

  private func kept(_ count: Int) -> Int {
    min(count, max(1, Int((share * Double(count)).rounded(.up))))
  }

  /// Four bytes for the element, four for its place.
  package func bytes(count: Int, tensors: Int) -> Double { 8 * Double(kept(count)) }

  package func compress(_ vector: FloatStorage, tensors: [Range<Int>], into sent: FloatStorage) {
    let order = (0..<vector.count).sorted {
      let (a, b) = (vector.base[$0].magnitude, vector.base[$1].magnitude)
      return a != b ? a > b : $0 < $1
    }
    sent.base.update(repeating: 0, count: sent.count)
    for i in order.prefix(kept(vector.count)) { sent.base[i] = vector.base[i] }
  }
}
