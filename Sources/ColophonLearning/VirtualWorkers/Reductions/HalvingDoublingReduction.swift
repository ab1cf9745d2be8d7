package import ColophonMath

/// Recursive halving: partners half the workers apart add up, then a quarter, and so on.
///
/// Where the workers are no power of two, the first ones beyond it hand theirs to a neighbour: of the
/// first 2r workers each odd one adds that of the even one before it.
///
/// - SeeAlso: Thakur, Rabenseifner and Gropp, "Optimization of collective communication operations in
///   MPICH", 2005, section 4.4.
package struct HalvingDoublingReduction: GradientReduction {
  package static let name = "halving_doubling"
  package static let summary = "Pairs half the workers apart, then a quarter, down to neighbours."

  package init() {}

  package func sum(_ parts: [FloatStorage], perNode: Int, into target: FloatStorage) {
    let all = 0..<target.count
    var power = 1
    while power * 2 <= parts.count { power *= 2 }
    let beyond = parts.count - power
    var sums: [FloatStorage] = []
    for rank in parts.indices where rank >= 2 * beyond || !rank.isMultiple(of: 2) {
      let sum = FloatStorage(count: target.count)
      sum.take(parts[rank], all)
      if rank < 2 * beyond { sum.add(parts[rank - 1], all) }
      sums.append(sum)
    }
    while power > 1 {
      power /= 2
      // Either partner gets the same sum, addition of two numbers having no order.
      for rank in 0..<power { sums[rank].add(sums[rank + power], all) }
    }
    target.take(sums[0], all)
  }
}
