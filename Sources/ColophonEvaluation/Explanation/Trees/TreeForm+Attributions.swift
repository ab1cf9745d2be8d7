package import ColophonData
import ColophonMath

extension TreeForm {
  /// Rows that one piece of work explains.
  private static let chunk = 64

  /// Exact Shapley values where what is unknown of a row is averaged along the trees' own paths, by
  /// the training rows that took them (TreeSHAP, path-dependent).
  ///
  /// The base is the mean over the trees' covers.
  package func attributions(_ rows: FeatureMatrix, threads: Int = 1) -> Attributions {
    let numbers = numbers(rows)
    let plans = trees.map { TreePlan($0) }
    var base = offsets
    for (tree, plan) in zip(trees, plans) {
      for k in 0..<tree.outputs { base[tree.firstOutput + k] += plan.base[k] }
    }
    var values = [Double](repeating: 0, count: rows.rows * outputs * features)
    let chunk = TreeForm.chunk
    let chunks = (rows.rows + chunk - 1) / chunk
    values.withUnsafeMutableBufferPointer { values in
      // Each piece of work writes to the values of its own rows.
      nonisolated(unsafe) let values = values
      Workers.share(chunks, among: threads) { index in
        let range = index * chunk..<min((index + 1) * chunk, rows.rows)
        explain(range, numbers, plans, into: values)
      }
    }
    return Attributions(
      rows: rows.rows,
      outputs: outputs,
      features: features,
      base: base,
      values: Array(values)
    )
  }

  /// Explains some rows, eight at a time, tree by tree so that a tree is read once for all of them.
  private func explain(
    _ range: Range<Int>,
    _ numbers: [Double],
    _ plans: [TreePlan],
    into values: UnsafeMutableBufferPointer<Double>
  ) {
    let blocks = (range.count + 7) / 8
    let rows = Lanes.transposed(numbers, range, columns: features)
    var sums = [Lanes](repeating: .zero, count: blocks * outputs * features)
    let attribution = TreeAttribution(
      depth: plans.reduce(1) { max($0, $1.depth) },
      points: plans.reduce(1) { max($0, $1.points) }
    )
    rows.withUnsafeBufferPointer { rows in
      sums.withUnsafeMutableBufferPointer { sums in
        guard let x = rows.baseAddress, let target = sums.baseAddress else { return }
        for (tree, plan) in zip(trees, plans) where !plan.edges.isEmpty {
          tree.values.withUnsafeBufferPointer { leaves in
            guard let leaves = leaves.baseAddress else { return }
            for block in 0..<blocks {
              for k in 0..<tree.outputs {
                attribution.add(
                  plan,
                  leaves: leaves + k,
                  stride: tree.outputs,
                  rows: x + block * features,
                  to: target + (block * outputs + tree.firstOutput + k) * features
                )
              }
            }
          }
        }
      }
    }
    for row in range {
      let (block, lane) = (row - range.lowerBound).quotientAndRemainder(dividingBy: 8)
      for place in 0..<outputs * features {
        values[row * outputs * features + place] = sums[block * outputs * features + place][lane]
      }
    }
  }
}

extension SIMD8<Double> {
  /// Rows in blocks of eight: blocks × columns; lanes beyond the last row hold 0.
  static func transposed(_ numbers: [Double], _ range: Range<Int>, columns: Int) -> [Lanes] {
    var lanes = [Lanes](repeating: .zero, count: (range.count + 7) / 8 * columns)
    for row in range {
      let (block, lane) = (row - range.lowerBound).quotientAndRemainder(dividingBy: 8)
      for column in 0..<columns {
        lanes[block * columns + column][lane] = numbers[row * columns + column]
      }
    }
    return lanes
  }
}
