/// Minimal cost-complexity pruning: the nested subtrees that are best for some cost of a leaf.
///
/// A leaf's cost is its impurity times its share of the root's cover. The inner node whose subtree
/// saves least a leaf, its effective alpha, is cut off first; among equals the lowest number.
///
/// - SeeAlso: Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees", 1984,
///   chapter 3.
package struct CostComplexityPruning: Hashable, Sendable {
  /// A subtree of the path.
  package struct Step: Hashable, Sendable {
    /// The cost of a leaf from which on the subtree is the best.
    package var alpha: Double
    /// The sum of its leaves' costs.
    package var impurity: Double
    package var leaves: Int
  }

  /// From the whole tree to its root, alphas ascending.
  package private(set) var path: [Step] = []
  /// The alpha at which each node becomes a leaf; infinite for the leaves of the tree.
  private var cuts: [Double]
  private let tree: Tree

  package init(_ tree: Tree) {
    self.tree = tree
    cuts = [Double](repeating: .infinity, count: tree.count)
    guard tree.count > 0 else { return }
    var state = State(tree)
    path = [Step(alpha: 0, impurity: state.costs[0], leaves: state.leaves[0])]
    var alpha = 0.0
    while let (node, found) = state.weakest() {
      alpha = max(alpha, found)
      cuts[node] = alpha
      state.cut(node)
      path.append(Step(alpha: alpha, impurity: state.costs[0], leaves: state.leaves[0]))
    }
  }

  /// The smallest subtree that is best where a leaf costs so much.
  package func pruned(_ alpha: Double) -> Tree {
    guard alpha > 0 else { return tree }
    return tree.inPreorder { cuts[$0] <= alpha }
  }

  /// The smallest subtree of a tree that is best where a leaf costs so much; the tree itself for 0.
  static func cut(_ tree: Tree, _ alpha: Double) -> Tree {
    alpha > 0 ? CostComplexityPruning(tree).pruned(alpha) : tree
  }

  /// The branches that are still there, and what their subtrees cost.
  private struct State {
    private let tree: Tree
    private let parents: [Int]
    private var own: [Double]
    private(set) var costs: [Double]
    private(set) var leaves: [Int]
    /// The smallest effective alpha below each node, itself included, and whose it is.
    private var least: [(alpha: Double, node: Int)]

    init(_ tree: Tree) {
      self.tree = tree
      var parents = [Int](repeating: -1, count: tree.count)
      for node in 0..<tree.count where !tree.isLeaf(node) {
        parents[Int(tree.left[node])] = node
        parents[Int(tree.right[node])] = node
      }
      self.parents = parents
      let root = tree.covers[0]
      own = (0..<tree.count).map { tree.impurities[$0] * (tree.covers[$0] / root) }
      costs = own
      leaves = [Int](repeating: 1, count: tree.count)
      least = [(Double, Int)](repeating: (.infinity, -1), count: tree.count)
      for node in (0..<tree.count).reversed() where !tree.isLeaf(node) { renew(node) }
    }

    func weakest() -> (Int, Double)? { least[0].node < 0 ? nil : (least[0].node, least[0].alpha) }

    private mutating func renew(_ node: Int) {
      let (l, r) = (Int(tree.left[node]), Int(tree.right[node]))
      costs[node] = costs[l] + costs[r]
      leaves[node] = leaves[l] + leaves[r]
      let alpha = (own[node] - costs[node]) / Double(leaves[node] - 1)
      least[node] = (alpha, node)
      for child in [l, r] where least[child].alpha < least[node].alpha {
        least[node] = least[child]
      }
    }

    mutating func cut(_ node: Int) {
      costs[node] = own[node]
      leaves[node] = 1
      least[node] = (.infinity, -1)
      var parent = parents[node]
      while parent >= 0 {
        renew(parent)
        parent = parents[parent]
      }
    }
  }
}
