/// The binary tree of hierarchical softmax: Huffman's code of the classes' frequencies.
///
/// Of equal frequencies the earlier made goes first, so that the tree is one. An inner node decides
/// with the probability σ(v · h) for its second branch.
///
/// - SeeAlso: Huffman, 1952; Morin and Bengio, "Hierarchical probabilistic neural network language
///   model", 2005.
struct ClassTree: Hashable, Sendable {
  /// For each class the inner nodes from the root on, and which branch leads on.
  let paths: [[(node: Int, isSecond: Bool)]]

  init(counts: [Int]) {
    let leaves = counts.count
    var weights = counts
    var parent = [Int](repeating: -1, count: max(1, 2 * leaves - 1))
    var isSecond = [Bool](repeating: false, count: parent.count)
    var open = Array(counts.indices)
    while open.count > 1 {
      open.sort { (weights[$0], $0) < (weights[$1], $1) }
      let (a, b) = (open[0], open[1])
      let node = weights.count
      weights.append(weights[a] + weights[b])
      (parent[a], parent[b], isSecond[b]) = (node, node, true)
      open = Array(open.dropFirst(2)) + [node]
    }
    paths = counts.indices.map { leaf in
      var path: [(node: Int, isSecond: Bool)] = []
      var at = leaf
      while parent[at] >= 0 {
        path.append((parent[at] - leaves, isSecond[at]))
        at = parent[at]
      }
      return path.reversed()
    }
  }

  static func == (a: ClassTree, b: ClassTree) -> Bool {
    a.paths.elementsEqual(b.paths) { x, y in
      x.elementsEqual(y) { $0.node == $1.node && $0.isSecond == $1.isSecond }
    }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(paths.count) }
}
