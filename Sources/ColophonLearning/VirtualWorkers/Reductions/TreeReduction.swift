package import ColophonMath

/// Two binary trees, each of which adds up half of the elements: a worker that is a leaf in one is an
/// inner node in the other.
///
/// The first tree's workers stand in the order of their ranks, each rank's height being that of its
/// lowest set bit; the second is its mirror image, or the first moved on by one where their number is
/// odd. A worker adds its first child's sum to its own, then its second's.
///
/// - SeeAlso: Sanders, Speck and Träff, "Two-tree algorithms for full bandwidth broadcast, reduction
///   and scan", 2009; NVIDIA's NCCL builds its trees so.
package struct TreeReduction: GradientReduction {
  package static let name = "tree"
  package static let summary = "Two binary trees, each for half of the elements."

  package init() {}

  package func sum(_ parts: [FloatStorage], perNode: Int, into target: FloatStorage) {
    let count = parts.count
    let second = (0..<count).map { rank in
      count.isMultiple(of: 2) ? count - 1 - rank : (rank + 1) % count
    }
    let halves = [(Array(0..<count), 0), (second, 1)]
    let spare = (0..<count).map { _ in FloatStorage(count: target.count) }
    for (ranks, half) in halves {
      let range = (0..<target.count).part(half, of: 2)
      add(0, ranks, parts, range, spare)
      target.take(spare[0], range)
    }
  }

  /// Leaves in a place's spare vector the sum of its subtree.
  private func add(
    _ place: Int,
    _ ranks: [Int],
    _ parts: [FloatStorage],
    _ range: Range<Int>,
    _ spare: [FloatStorage]
  ) {
    spare[place].take(parts[ranks[place]], range)
    for child in TreeReduction.children(of: place, among: ranks.count) {
      add(child, ranks, parts, range, spare)
      spare[place].add(spare[child], range)
    }
  }

  /// The children of a place of the first tree, lower one first.
  ///
  /// Place 0 is the root and has one child: the largest power of two. Below, a place whose lowest set
  /// bit is 2^h has its children 2^(h − 1) before and after it; where that is beyond the last place,
  /// the next lower power is taken.
  static func children(of place: Int, among count: Int) -> [Int] {
    if place == 0 {
      var top = 1
      while top * 2 < count { top *= 2 }
      return count > 1 ? [top] : []
    }
    var reach = (place & -place) / 2
    guard reach > 0 else { return [] }
    let lower = place - reach
    while reach > 0, place + reach >= count { reach /= 2 }
    return reach > 0 ? [lower, place + reach] : [lower]
  }
}
