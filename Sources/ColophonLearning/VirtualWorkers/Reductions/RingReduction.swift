package import ColophonMath

/// A ring: as many chunks as workers, chunk c handed on from worker c to c + 1 and so on round to
/// c − 1, each adding its own.
///
/// - SeeAlso: Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters of
///   workstations", 2009.
package struct RingReduction: GradientReduction {
  package static let name = "ring"
  package static let summary = "Chunk c is added up from worker c on, round the ring."

  package init() {}

  package func sum(_ parts: [FloatStorage], perNode: Int, into target: FloatStorage) {
    RingReduction.sum(parts, 0..<target.count, into: target)
  }

  /// The same for a range of the elements.
  static func sum(_ parts: [FloatStorage], _ range: Range<Int>, into target: FloatStorage) {
    for first in parts.indices {
      let chunk = range.part(first, of: parts.count)
      target.take(parts[first], chunk)
      for step in 1..<max(1, parts.count) {
        target.add(parts[(first + step) % parts.count], chunk)
      }
    }
  }
}
