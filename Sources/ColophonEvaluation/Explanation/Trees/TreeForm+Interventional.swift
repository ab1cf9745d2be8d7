package import ColophonData
import ColophonMath

extension TreeForm {
  /// Exact Shapley values where what is unknown of a row is taken from the rows of a background, one
  /// after another (TreeSHAP, interventional).
  ///
  /// The base is the background's mean. Against one background row a leaf matters where each of
  /// its questions is answered as asked by the row, by the other, or by both; with a features that only
  /// the row answers so and b that only the other does, each of the first gets v (a − 1)! b! / (a + b)!
  /// and each of the second loses v a! (b − 1)! / (a + b)!.
  ///
  /// - Complexity: O(rows · background · the nodes that either of two rows reaches).
  /// - SeeAlso: Lundberg et al., 2020, algorithm 3.
  package func attributions(
    _ rows: FeatureMatrix,
    background: FeatureMatrix,
    threads: Int = 1
  ) -> Attributions {
    precondition(background.rows > 0, "a background without rows")
    let (own, others) = (numbers(rows), numbers(background))
    let weights = MeetingWeights(most: min(features, trees.reduce(1) { max($0, $1.depth) }))
    let width = outputs * features
    var values = [Double](repeating: 0, count: rows.rows * width)
    values.withUnsafeMutableBufferPointer { values in
      nonisolated(unsafe) let values = values
      Workers.share(rows.rows, among: threads) { row in
        var meeting = TreeMeeting(features: features, weights: weights)
        var sums = [Double](repeating: 0, count: width)
        for tree in trees {
          for other in 0..<background.rows {
            meeting.x = own[row * features..<(row + 1) * features]
            meeting.b = others[other * features..<(other + 1) * features]
            for k in 0..<tree.outputs {
              meeting.add(tree, output: k, to: &sums, at: (tree.firstOutput + k) * features)
            }
          }
        }
        for place in 0..<width {
          values[row * width + place] = sums[place] / Double(background.rows)
        }
      }
    }
    let said = sums(background)
    let base = (0..<outputs).map { output in
      (0..<background.rows).reduce(0) { $0 + said[$1 * outputs + output] }
        / Double(background.rows)
    }
    return Attributions(
      rows: rows.rows,
      outputs: outputs,
      features: features,
      base: base,
      values: Array(values)
    )
  }
}

/// (a − 1)! b! / (a + b)! for all a and b that can meet.
private struct MeetingWeights: Sendable {
  private let width: Int
  private let table: [Double]

  init(most: Int) {
    width = most + 1
    var table = [Double](repeating: 0, count: width * width)
    for b in 0..<width {
      // 1 / (1 + b) for a = 1, then times (a − 1) / (a + b).
      var weight = 0.0
      for a in 1..<max(width, 2) where a < width {
        weight = a == 1 ? 1 / Double(1 + b) : weight * Double(a - 1) / Double(a + b)
        table[a * width + b] = weight
      }
    }
    self.table = table
  }

  subscript(a: Int, b: Int) -> Double { table[a * width + b] }
}

/// One row against one of the background, in one tree.
private struct TreeMeeting {
  /// Who alone answers a feature's questions as the path asks.
  private enum Side: UInt8 {
    case neither
    case row
    case other
  }

  let weights: MeetingWeights
  var x: ArraySlice<Double> = []
  var b: ArraySlice<Double> = []
  private var sides: [Side]

  init(features: Int, weights: MeetingWeights) {
    self.weights = weights
    sides = [Side](repeating: .neither, count: features)
  }

  mutating func add(
    _ tree: TreeForm.Tree,
    output: Int,
    to sums: inout [Double],
    at start: Int
  ) {
    _ = visit(tree, 0, output, 0, 0, &sums, start)
  }

  /// What the leaves below are worth to a feature of the row's side, and to one of the other's.
  private mutating func visit(
    _ tree: TreeForm.Tree,
    _ start: Int,
    _ output: Int,
    _ own: Int,
    _ others: Int,
    _ sums: inout [Double],
    _ offset: Int
  ) -> (row: Double, other: Double) {
    var node = start
    while tree.features[node] >= 0 {
      let feature = Int(tree.features[node])
      let xChild = tree.child(node, x[x.startIndex + feature])
      let bChild = tree.child(node, b[b.startIndex + feature])
      if xChild == bChild || sides[feature] == .row {
        node = xChild
      } else if sides[feature] == .other {
        node = bChild
      } else {
        sides[feature] = .row
        let first = visit(tree, xChild, output, own + 1, others, &sums, offset)
        sides[feature] = .other
        let second = visit(tree, bChild, output, own, others + 1, &sums, offset)
        sides[feature] = .neither
        sums[offset + feature] += first.row - second.other
        return (first.row + second.row, first.other + second.other)
      }
    }
    let value = tree.values[node * tree.outputs + output]
    return (value * weights[own, others], value * weights[others, own])
  }
}
