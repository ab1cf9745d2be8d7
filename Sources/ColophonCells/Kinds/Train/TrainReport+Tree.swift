import ColophonCore
import ColophonData
import ColophonLearning
import ColophonReport

/// How many levels of a tree are drawn.
private let levelLimit = 4

extension TrainReport {
  /// The first levels of a tree that the model is.
  func treeChart(_ tree: Tree) -> TreeChart {
    let depths = tree.depths
    let kept = depths.indices.filter { depths[$0] < levelLimit }
    var places = [Int](repeating: -1, count: tree.count)
    for (place, node) in kept.enumerated() { places[node] = place }
    let leaves = leavesBelow(tree)
    let range = (low: tree.values.min() ?? 0, high: tree.values.max() ?? 0)
    let nodes = kept.map { node -> TreeChart.Node in
      let isLeaf = tree.isLeaf(node)
      let isCut = !isLeaf && depths[node] == levelLimit - 1
      let threshold = tree.thresholds[node]
      return TreeChart.Node(
        subject: isLeaf ? nil : job.featureNames[Int(tree.features[node])],
        condition: isLeaf ? nil : threshold == .infinity ? "is given" : "≤ \(short(threshold))",
        answer: answer(tree, node),
        rows: rows(tree.covers[node]),
        shares: shares(tree, node, range),
        children: isLeaf || isCut
          ? nil : [places[Int(tree.left[node])], places[Int(tree.right[node])]],
        missingIsYes: isLeaf ? nil : tree.missingGoesLeft[node],
        hiddenLeaves: isCut ? leaves[node] : 0
      )
    }
    return TreeChart(words(tree, range), nodes: nodes, levels: levelLimit)
  }

  private func leavesBelow(_ tree: Tree) -> [Int] {
    var leaves = [Int](repeating: 1, count: tree.count)
    for node in (0..<tree.count).reversed() where !tree.isLeaf(node) {
      leaves[node] = leaves[Int(tree.left[node])] + leaves[Int(tree.right[node])]
    }
    return leaves
  }

  private func words(_ tree: Tree, _ range: (low: Double, high: Double)) -> ChartText {
    let first =
      tree.isLeaf(0)
      ? "It asks nothing" : "It first asks \(job.featureNames[Int(tree.features[0])])"
    let classes = job.trained.classes
    let note =
      job.trained.task.isClassification
      ? "Bars are the shares of \(classes.joined(separator: ", ")), in this order."
      : "Bars run from \(short(range.low)) to \(short(range.high)), the least and the largest "
        + "value of a node."
    return ChartText(
      "The tree",
      "\(first); it has \(tree.leafCount) leaves and asks at most \(tree.depth) questions.",
      note: note
    )
  }

  /// The likeliest class with its share, or the number.
  private func answer(_ tree: Tree, _ node: Int) -> String {
    guard job.trained.task.isClassification else { return short(tree.values[node * tree.outputs]) }
    let shares = classShares(tree, node)
    var best = 0
    for k in shares.indices where shares[k] > shares[best] { best = k }
    guard job.trained.classes.indices.contains(best) else { return "" }
    return "\(job.trained.classes[best]) \(DecimalText.fixed(shares[best], decimals: 2))"
  }

  private func classShares(_ tree: Tree, _ node: Int) -> [Double] {
    let value = Array(tree.value(node))
    return tree.outputs == 1 ? [1 - value[0], value[0]] : value
  }

  private func shares(
    _ tree: Tree,
    _ node: Int,
    _ range: (low: Double, high: Double)
  ) -> [Double] {
    if job.trained.task.isClassification { return classShares(tree, node) }
    let width = range.high - range.low
    return width > 0 ? [(tree.values[node] - range.low) / width] : []
  }

  private func rows(_ cover: Double) -> String {
    guard let count = Int(exactly: cover) else { return "weight \(short(cover))" }
    return "\(DecimalText.grouped(String(count))) \(count == 1 ? "row" : "rows")"
  }
}
