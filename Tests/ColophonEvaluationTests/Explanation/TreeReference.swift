import ColophonCore
import ColophonData
import ColophonEvaluation

/// Shapley values by their definition: every coalition of features, in every tree, slow and obvious.
struct TreeReference {
  /// What stands for a feature that is not known.
  enum Absent {
    /// Both ways, weighed by the training rows that took them.
    case path
    /// The values of each of some rows, one after another.
    case background(FeatureMatrix)
  }

  let form: TreeForm
  let absent: Absent

  /// What the trees say of a row where only the features of `known` are known.
  func value(_ row: [Double], known: Set<Int>, output: Int) -> Double {
    switch absent {
    case .path:
      return form.trees.reduce(form.offsets[output]) { sum, tree in
        let k = output - tree.firstOutput
        guard (0..<tree.outputs).contains(k) else { return sum }
        return sum + expected(tree, 0, row, known, k)
      }
    case .background(let rows):
      let said = (0..<rows.rows).map { other in
        let mixed = row.indices.map { known.contains($0) ? row[$0] : rows[other, $0] }
        let matrix = FeatureMatrix(names: rows.names, rows: 1, values: mixed)
        return form.sums(matrix)[output]
      }
      return said.reduce(0, +) / Double(rows.rows)
    }
  }

  private func expected(
    _ tree: TreeForm.Tree,
    _ node: Int,
    _ row: [Double],
    _ known: Set<Int>,
    _ k: Int
  ) -> Double {
    if tree.features[node] < 0 { return tree.values[node * tree.outputs + k] }
    let (left, right) = (Int(tree.left[node]), Int(tree.right[node]))
    let feature = Int(tree.features[node])
    if known.contains(feature) {
      let isLeft =
        row[feature] <= tree.thresholds[node]
        || (row[feature].isNaN && tree.missingGoesLeft[node])
      return expected(tree, isLeft ? left : right, row, known, k)
    }
    // Where no row came, both ways count alike.
    let whole = tree.covers[node]
    let (a, b) = whole > 0 ? (tree.covers[left] / whole, tree.covers[right] / whole) : (0.5, 0.5)
    return a * expected(tree, left, row, known, k) + b * expected(tree, right, row, known, k)
  }

  private func subsets(without omitted: [Int]) -> [Set<Int>] {
    let others = (0..<form.features).filter { !omitted.contains($0) }
    return (0..<(1 << others.count)).map { bits in
      Set(others.indices.filter { bits >> $0 & 1 == 1 }.map { others[$0] })
    }
  }

  private func factorial(_ n: Int) -> Double { (1...max(1, n)).reduce(1.0) { $0 * Double($1) } }

  func shares(_ row: [Double], output: Int) -> [Double] {
    let count = form.features
    return (0..<count).map { i in
      subsets(without: [i]).reduce(0) { sum, known in
        let weight =
          factorial(known.count) * factorial(count - known.count - 1) / factorial(count)
        return sum + weight
          * (value(row, known: known.union([i]), output: output)
            - value(row, known: known, output: output))
      }
    }
  }

  /// Half of the pair's Shapley interaction index.
  func interaction(_ row: [Double], _ i: Int, _ j: Int, output: Int) -> Double {
    let count = form.features
    return subsets(without: [i, j]).reduce(0) { sum, known in
      let weight =
        factorial(known.count) * factorial(count - known.count - 2)
        / (2 * factorial(count - 1))
      return sum + weight
        * (value(row, known: known.union([i, j]), output: output)
          - value(row, known: known.union([i]), output: output)
          - value(row, known: known.union([j]), output: output)
          + value(row, known: known, output: output))
    }
  }
}

/// Trees drawn at random, with missing values, repeated features and nodes that no row reached.
enum MadeUpTrees {
  static func form(seed: Int, features: Int = 5, depth: Int = 5, outputs: Int = 1) -> TreeForm {
    var random = explanationStream(seed)
    let trees = (0..<4).map { index in
      tree(&random, features, depth, outputs: index < 2 ? outputs : 1, first: index % outputs)
    }
    return TreeForm(
      trees: trees,
      features: features,
      outputs: outputs,
      offsets: (0..<outputs).map { Double($0) - 0.5 }
    )
  }

  private static func tree(
    _ random: inout RandomStream,
    _ features: Int,
    _ depth: Int,
    outputs: Int,
    first: Int
  ) -> TreeForm.Tree {
    var tree = Growing()
    _ = tree.grow(&random, features, depth, cover: 64)
    return TreeForm.Tree(
      features: tree.features,
      thresholds: tree.thresholds,
      left: tree.left,
      right: tree.right,
      missingGoesLeft: tree.missing,
      covers: tree.covers,
      values: (0..<tree.features.count * outputs).map { _ in random.uniform() * 4 - 2 },
      outputs: outputs,
      firstOutput: outputs > 1 ? 0 : first
    )
  }

  private struct Growing {
    var features: [Int32] = []
    var thresholds: [Double] = []
    var left: [Int32] = []
    var right: [Int32] = []
    var missing: [Bool] = []
    var covers: [Double] = []

    mutating func grow(
      _ random: inout RandomStream,
      _ count: Int,
      _ depth: Int,
      cover: Double
    ) -> Int {
      let node = features.count
      let isLeaf = depth == 0 || (depth < 4 && random.uniform() < 0.2)
      features.append(isLeaf ? -1 : Int32(random.integer(below: count)))
      thresholds.append(isLeaf ? 0 : (random.uniform() * 2 - 1))
      missing.append(random.uniform() < 0.5)
      left.append(-1)
      right.append(-1)
      covers.append(cover)
      if isLeaf { return node }
      // Now and then every row went one way.
      let share = random.uniform() < 0.1 ? 0 : random.uniform()
      left[node] = Int32(grow(&random, count, depth - 1, cover: cover * share))
      right[node] = Int32(grow(&random, count, depth - 1, cover: cover * (1 - share)))
      return node
    }
  }

  static func rows(_ count: Int, features: Int, seed: Int) -> FeatureMatrix {
    var random = explanationStream(seed)
    return FeatureMatrix(
      names: (0..<features).map { "x\($0)" },
      rows: count,
      values: (0..<count * features).map { _ in
        random.uniform() < 0.1 ? .nan : random.uniform() * 2 - 1
      }
    )
  }
}
