import ColophonData
import ColophonMath

/// A tree laid out for prediction: sixteen bytes a node, one after another along every left branch.
struct TreeWalker: Sendable {
  /// The left child is the next node.
  private struct Node {
    var threshold: Double
    /// The feature; -1 for a leaf.
    var feature: Int32
    /// The right child, times two, plus one where missing values go left.
    var right: UInt32
  }

  private let nodes: [Node]

  init(_ tree: Tree) {
    nodes = (0..<tree.count).map { i in
      Node(
        threshold: tree.thresholds[i],
        feature: tree.features[i],
        right: tree.isLeaf(i)
          ? 0 : UInt32(tree.right[i]) << 1 | (tree.missingGoesLeft[i] ? 1 : 0)
      )
    }
  }

  /// Calls a body with the leaf of each row of a range, rows ascending.
  func leaves(_ matrix: FeatureMatrix, rows: Range<Int>, _ body: (Int, Int) -> Void) {
    let columns = matrix.columns
    nodes.withUnsafeBufferPointer { nodes in
      matrix.values.withUnsafeBufferPointer { values in
        for row in rows {
          var node = 0
          let start = row &* columns
          while nodes[node].feature >= 0 {
            let asked = nodes[node]
            let x = values[start &+ Int(asked.feature)]
            let goesLeft = x <= asked.threshold || (x.isNaN && asked.right & 1 == 1)
            node = goesLeft ? node &+ 1 : Int(asked.right >> 1)
          }
          body(row, node)
        }
      }
    }
  }

  /// Adds `weight` times the value of each row's leaf to the row's outputs.
  ///
  /// Threads take blocks of rows, so that the bits don't depend on them.
  func add(
    _ tree: Tree,
    _ matrix: FeatureMatrix,
    weight: Double = 1,
    to sums: inout [Double],
    threads: Int
  ) {
    let outputs = tree.outputs
    precondition(sums.count == matrix.rows * outputs, "sums of another shape")
    let block = 4_096
    let blocks = (matrix.rows + block - 1) / block
    sums.withUnsafeMutableBufferPointer { sums in
      nonisolated(unsafe) let sums = sums
      tree.values.withUnsafeBufferPointer { values in
        Workers.share(blocks, among: threads) { index in
          let rows = index * block..<min((index + 1) * block, matrix.rows)
          leaves(matrix, rows: rows) { row, leaf in
            for k in 0..<outputs {
              sums[row &* outputs &+ k] += weight * values[leaf &* outputs &+ k]
            }
          }
        }
      }
    }
  }
}
