package import ColophonCore

/// Draws positions with fixed chances, each in constant time.
///
/// - Complexity: O(n) to make, O(1) a draw.
/// - SeeAlso: Vose, "A linear algorithm for generating random numbers with a given distribution",
///   1991.
package struct AliasTable: Sendable {
  private let thresholds: [Double]
  private let aliases: [Int]

  /// `weights`: finite, at least 0, not all 0.
  package init(weights: [Double]) {
    let total = weights.reduce(0, +)
    precondition(
      total > 0 && total.isFinite && weights.allSatisfy { $0 >= 0 },
      "weights that add up to \(total)"
    )
    let count = weights.count
    var shares = weights.map { $0 / total * Double(count) }
    var aliases = Array(0..<count)
    var thresholds = Array(repeating: 1.0, count: count)
    var small = shares.indices.filter { shares[$0] < 1 }
    var large = shares.indices.filter { shares[$0] >= 1 }
    while let poor = small.popLast(), let rich = large.last {
      thresholds[poor] = shares[poor]
      aliases[poor] = rich
      shares[rich] -= 1 - shares[poor]
      if shares[rich] < 1 {
        large.removeLast()
        small.append(rich)
      }
    }
    self.thresholds = thresholds
    self.aliases = aliases
  }

  /// One position.
  package func draw(from random: inout RandomStream) -> Int {
    let position = random.integer(below: thresholds.count)
    return random.uniform() < thresholds[position] ? position : aliases[position]
  }
}
