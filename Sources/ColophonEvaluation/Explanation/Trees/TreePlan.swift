/// A tree laid out for exact attributions: its edges in preorder, with what the integral needs of
/// each.
///
/// A leaf of value v on a path with the features 1 … d, of whose training rows the share z_j
/// followed j's questions, is worth v Π_j (t o_j + (1 − t) z_j) where each feature is known with
/// the chance t; o_j is 1 where the row itself follows, else 0. That is Owen's multilinear extension,
/// and a feature's Shapley value is the integral over t of its slope,
///
///     φ_j = v (o_j − z_j) ∫₀¹ Π_{k ≠ j} (t o_k + (1 − t) z_k) dt,
///
/// a polynomial of degree d − 1 in t, which ⌈d / 2⌉ Gauss–Legendre points integrate without error.
/// Products are shared by all leaves below an edge, as in Linear TreeSHAP, so a row costs O(nodes ·
/// points) and, all factors lying in [0, 1], nothing cancels.
///
/// - SeeAlso: Owen, "Multilinear extensions of games", 1972; Lundberg et al., "From local
///   explanations to global understanding with explainable AI for trees", 2020, algorithm 1; Yu, Xu,
///   Bifet and Read, "Linear TreeShap", 2022.
struct TreePlan: Sendable {
  /// The way into a node; nodes stand in preorder without the root.
  struct Edge: Sendable {
    var threshold: Double
    var feature: Int32
    /// How many edges lead to its end, itself included.
    var depth: Int32
    /// The depth of the last edge above that asks about the same feature; 0 for none.
    var ancestor: Int32
    /// The end's node where that is a leaf, else -1.
    var leaf: Int32
    var isLeft: Bool
    var missingGoesLeft: Bool
    /// The end's share of its ancestor's rows, once the row has left both; 0 where none came.
    var restShare: Double
  }

  let edges: [Edge]
  /// Edges × points, four numbers each: the factor where the row follows both the edge and its
  /// ancestor, or the ancestor alone; then what the sum of leaves below is to be multiplied with for
  /// the feature's attribution in these two cases, the ancestor's share taken off.
  let tables: [Double]
  /// Edges × points: (1 − z) / (t + (1 − t) z), for interactions.
  let slopes: [Double]
  let points: Int
  let rule: GaussLegendre
  /// The most edges between the root and a leaf.
  let depth: Int
  /// What the tree adds where nothing is known, one for each of its outputs.
  let base: [Double]

  init(_ tree: TreeForm.Tree) {
    var walk = Walk(tree)
    walk.descend()
    edges = walk.edges
    depth = walk.edges.reduce(0) { max($0, Int($1.depth)) }
    points = max(1, (walk.mostFeatures + 1) / 2)
    let rule = GaussLegendre(points)
    self.rule = rule
    base = walk.base
    tables = TreePlan.tables(walk, rule)
    slopes = walk.shares.flatMap { z in rule.points.map { (1 - z) / ($0 + (1 - $0) * z) } }
  }

  private static func tables(_ walk: Walk, _ rule: GaussLegendre) -> [Double] {
    var tables: [Double] = []
    for (z, above) in zip(walk.shares, walk.sharesAbove) {
      for (t, w) in zip(rule.points, rule.weights) {
        let (known, unknown) = (t + (1 - t) * z, (1 - t) * z)
        let knownAbove = t + (1 - t) * above
        // The slope of the ancestor's factor over that factor, where the row follows it.
        let slopeAbove = w * (1 - above) / knownAbove
        tables += [known / knownAbove, unknown / knownAbove]
        tables += [w * (1 - z) / known - slopeAbove, -w / (1 - t) - slopeAbove]
      }
    }
    return tables
  }

  /// Collects the edges of a tree.
  private struct Walk {
    let tree: TreeForm.Tree
    var edges: [Edge] = []
    /// The share of rows that follow all questions about the edge's feature down to its end.
    var shares: [Double] = []
    /// The same for the edge's ancestor; 1 for none.
    var sharesAbove: [Double] = []
    var base: [Double]
    var mostFeatures = 1
    private var path: [(feature: Int32, share: Double, depth: Int)] = []

    init(_ tree: TreeForm.Tree) {
      self.tree = tree
      base = [Double](repeating: 0, count: tree.outputs)
    }

    mutating func descend() {
      // The path's state is cut back to an edge's depth before it is entered.
      var waiting: [(node: Int, depth: Int, weight: Double, edge: (parent: Int, isLeft: Bool)?)] =
        [(0, 0, 1, nil)]
      while let next = waiting.popLast() {
        if let edge = next.edge { enter(next.node, next.depth, edge.parent, edge.isLeft) }
        let node = next.node
        if tree.features[node] < 0 {
          for k in base.indices { base[k] += next.weight * tree.values[node * tree.outputs + k] }
          mostFeatures = max(mostFeatures, Set(path.map { $0.feature }).count)
          continue
        }
        let right = (parent: node, isLeft: false)
        let left = (parent: node, isLeft: true)
        waiting.append(
          (Int(tree.right[node]), next.depth + 1, next.weight * tree.rightShare(node), right)
        )
        waiting.append(
          (Int(tree.left[node]), next.depth + 1, next.weight * tree.leftShare(node), left)
        )
      }
    }

    private mutating func enter(_ node: Int, _ depth: Int, _ parent: Int, _ isLeft: Bool) {
      path.removeLast(path.count - (depth - 1))
      let feature = tree.features[parent]
      let ancestor = path.last { $0.feature == feature }
      let above = ancestor?.share ?? 1
      let step = isLeft ? tree.leftShare(parent) : tree.rightShare(parent)
      edges.append(
        Edge(
          threshold: tree.thresholds[parent],
          feature: feature,
          depth: Int32(depth),
          ancestor: Int32(ancestor?.depth ?? 0),
          leaf: tree.features[node] < 0 ? Int32(node) : -1,
          isLeft: isLeft,
          missingGoesLeft: tree.missingGoesLeft[parent],
          restShare: above > 0 ? step : 0
        )
      )
      shares.append(above * step)
      sharesAbove.append(above)
      path.append((feature, above * step, depth))
    }
  }
}
