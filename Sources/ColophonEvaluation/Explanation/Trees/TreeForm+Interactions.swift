package import ColophonData
import ColophonMath

/// What each pair of features adds together: for each row and output a symmetric table that adds up
/// to the attributions.
package struct InteractionValues: Hashable, Sendable {
  package let rows: Int
  package let outputs: Int
  package let features: Int
  package let base: [Double]
  /// Rows × outputs × features × features.
  package let values: [Double]

  package subscript(row: Int, output: Int, a: Int, b: Int) -> Double {
    values[((row * outputs + output) * features + a) * features + b]
  }

  /// The tables of features that belong together, added up.
  package func gathered(_ groups: [Int], count: Int) -> InteractionValues {
    var sums = [Double](repeating: 0, count: rows * outputs * count * count)
    for line in 0..<rows * outputs {
      for a in 0..<features {
        for b in 0..<features {
          sums[(line * count + groups[a]) * count + groups[b]] +=
            values[(line * features + a) * features + b]
        }
      }
    }
    return InteractionValues(
      rows: rows,
      outputs: outputs,
      features: count,
      base: base,
      values: sums
    )
  }

  /// The mean size of a cell over the rows.
  package func meanSize(output: Int, _ a: Int, _ b: Int) -> Double {
    guard rows > 0 else { return 0 }
    return (0..<rows).reduce(0) { $0 + self[$1, output, a, b].magnitude } / Double(rows)
  }
}

extension TreeForm {
  /// Exact path-dependent Shapley interaction values.
  ///
  /// Off the diagonal stands half of each pair's interaction index, the integral over t of the
  /// multilinear extension's mixed second derivative, on the diagonal what is left of the feature's
  /// attribution; a table's rows add up to the attributions.
  ///
  /// - SeeAlso: Lundberg et al., 2020, equations 3 to 6; Fujimoto, Kojadinovic and Marichal,
  ///   "Axiomatic characterizations of probabilistic and cardinal-probabilistic interaction indices",
  ///   2006.
  package func interactions(_ rows: FeatureMatrix, threads: Int = 1) -> InteractionValues {
    let numbers = numbers(rows)
    let plans = trees.map { TreePlan($0) }
    let shares = attributions(rows, threads: threads)
    let table = features * features
    var values = [Double](repeating: 0, count: rows.rows * outputs * table)
    values.withUnsafeMutableBufferPointer { values in
      nonisolated(unsafe) let values = values
      Workers.share((rows.rows + 7) / 8, among: threads) { block in
        let range = block * 8..<min(block * 8 + 8, rows.rows)
        let x = Lanes.transposed(numbers, range, columns: features)
        for output in 0..<outputs {
          var sums = [Lanes](repeating: .zero, count: table)
          for (tree, plan) in zip(trees, plans) {
            let k = output - tree.firstOutput
            guard (0..<tree.outputs).contains(k) else { continue }
            TreePairs(plan: plan, features: features).add(tree, output: k, rows: x, to: &sums)
          }
          for row in range {
            let start = (row * outputs + output) * table
            for place in 0..<table { values[start + place] = sums[place][row - block * 8] }
            for a in 0..<features {
              // The diagonal was left at 0.
              let others = (0..<features).reduce(0) { $0 + values[start + a * features + $1] }
              values[start + a * features + a] = shares[row, output, a] - others
            }
          }
        }
      }
    }
    return InteractionValues(
      rows: rows.rows,
      outputs: outputs,
      features: features,
      base: shares.base,
      values: Array(values)
    )
  }
}

/// Adds one tree's pairs of features, leaf by leaf.
private struct TreePairs {
  let plan: TreePlan
  let features: Int

  func add(_ tree: TreeForm.Tree, output: Int, rows: [Lanes], to sums: inout [Lanes]) {
    let q = plan.points
    var products = [Lanes](repeating: Lanes(repeating: 1), count: (plan.depth + 1) * q)
    var follows = [LaneMask](repeating: LaneMask(repeating: true), count: plan.depth + 1)
    var open = [Int](repeating: 0, count: plan.depth + 1)
    for (index, edge) in plan.edges.enumerated() {
      let depth = Int(edge.depth)
      let x = rows[Int(edge.feature)]
      var isLeft = x .<= Lanes(repeating: edge.threshold)
      if edge.missingGoesLeft { isLeft = isLeft .| (x .!= x) }
      let above = follows[Int(edge.ancestor)]
      follows[depth] = above .& (edge.isLeft ? isLeft : .!isLeft)
      open[depth] = index
      for k in 0..<q {
        let own = (index * q + k) * 4
        var factor = Lanes(repeating: edge.restShare)
        factor.replace(with: Lanes(repeating: plan.tables[own + 1]), where: above)
        factor.replace(with: Lanes(repeating: plan.tables[own]), where: follows[depth])
        products[depth * q + k] = products[(depth - 1) * q + k] * factor
      }
      guard edge.leaf >= 0 else { continue }
      let value = tree.values[Int(edge.leaf) * tree.outputs + output]
      let slopes = slopes(depth, open, follows)
      let weighed = (0..<q).map { products[depth * q + $0] * (0.5 * value * plan.rule.weights[$0]) }
      for (i, first) in slopes.enumerated() {
        for second in slopes[..<i] {
          var share = Lanes.zero
          for k in 0..<q { share += weighed[k] * first.values[k] * second.values[k] }
          sums[first.feature * features + second.feature] += share
          sums[second.feature * features + first.feature] += share
        }
      }
    }
  }

  /// For each feature of the path to a leaf: the slope of its factor over the factor.
  private func slopes(
    _ depth: Int,
    _ open: [Int],
    _ follows: [LaneMask]
  ) -> [(feature: Int, values: [Lanes])] {
    let q = plan.points
    var found: [(feature: Int, values: [Lanes])] = []
    for level in stride(from: depth, to: 0, by: -1) {
      let feature = Int(plan.edges[open[level]].feature)
      if found.contains(where: { $0.feature == feature }) { continue }
      let values = (0..<q).map { k in
        var slope = Lanes(repeating: -1 / (1 - plan.rule.points[k]))
        let known = Lanes(repeating: plan.slopes[open[level] * q + k])
        slope.replace(with: known, where: follows[level])
        return slope
      }
      found.append((feature, values))
    }
    return found
  }
}
