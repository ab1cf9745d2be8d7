package import ColophonCore
package import ColophonMath

/// The order in which a collective adds up what each worker holds, element by element.
///
/// Sums of floats depend on their order, so the collective that a cluster uses is part of the result.
/// Only the additions are done here; how long they take is the simulator's to say.
package protocol GradientReduction: Sendable {
  static var name: String { get }
  static var summary: String { get }
  init()
  /// Writes the sum of all workers' vectors.
  ///
  /// - Parameters:
  ///   - parts: One vector for each worker, in the order of ranks.
  ///   - perNode: Workers of a node.
  ///   - target: Where the sum goes; none of the parts.
  func sum(_ parts: [FloatStorage], perNode: Int, into target: FloatStorage)
}

/// The orders, as the reference lists them.
package let gradientReductions = Catalogue<any GradientReduction.Type>(
  "collective",
  [
    RingReduction.self, TreeReduction.self, HierarchicalReduction.self,
    HalvingDoublingReduction.self,
  ]
) { $0.name }

extension FloatStorage {
  /// Adds another vector's elements of a range.
  func add(_ other: FloatStorage, _ range: Range<Int>) {
    for i in range { base[i] += other.base[i] }
  }

  /// Takes another vector's elements of a range.
  func take(_ other: FloatStorage, _ range: Range<Int>) {
    (base + range.lowerBound).update(from: other.base + range.lowerBound, count: range.count)
  }

  /// Multiplies the elements.
  func scale(by factor: Float) {
    for i in 0..<count { base[i] *= factor }
  }
}

extension Range<Int> {
  /// One of some even parts.
  func part(_ index: Int, of parts: Int) -> Range<Int> {
    lowerBound + count * index / parts..<lowerBound + count * (index + 1) / parts
  }
}
