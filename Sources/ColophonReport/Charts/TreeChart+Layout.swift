/// Where the nodes of a tree lie: a column for each level, leaves one under another, a parent halfway
/// between its children.
package struct TreeLayout: Hashable {
  package struct Slot: Hashable {
    /// The node's place in the chart.
    package var node: Int
    package var level: Int
    package var row: Double
    /// The slots of the children that are drawn.
    package var children: [Int]
    /// How many leaves below it are left out; 0 unless the tree is cut here.
    package var hiddenLeaves: Int
  }

  /// Children before their parents; the root last.
  package private(set) var slots: [Slot] = []
  package private(set) var rows = 0
  package var levels: Int { (slots.map { $0.level }.max() ?? -1) + 1 }
  package var hiddenLeaves: Int { slots.reduce(0) { $0 + $1.hiddenLeaves } }

  package init(_ chart: TreeChart) {
    guard !chart.nodes.isEmpty else { return }
    let leaves = TreeLayout.leaves(chart)
    _ = place(0, level: 0, chart, leaves)
  }

  /// The children of a node that stand after it; anything else is no tree.
  static func children(_ node: Int, _ chart: TreeChart) -> [Int] {
    guard let children = chart.nodes[node].children, children.count == 2,
      children.allSatisfy({ $0 > node && $0 < chart.nodes.count })
    else { return [] }
    return children
  }

  private static func leaves(_ chart: TreeChart) -> [Int] {
    var leaves = chart.nodes.map { max(1, $0.hiddenLeaves) }
    for node in chart.nodes.indices.reversed() {
      let children = children(node, chart)
      // A graph that is no tree may count leaves again and again; the number is only shown.
      if !children.isEmpty { leaves[node] = children.reduce(0) { $0 &+ leaves[$1] } }
    }
    return leaves
  }

  private mutating func place(
    _ node: Int,
    level: Int,
    _ chart: TreeChart,
    _ leaves: [Int]
  ) -> Int {
    let below = TreeLayout.children(node, chart)
    let isCut = level == chart.levels - 1
    let children = isCut ? [] : below.map { place($0, level: level + 1, chart, leaves) }
    var row = Double(rows)
    if children.isEmpty {
      rows += 1
    } else {
      row = children.reduce(0) { $0 + slots[$1].row } / Double(children.count)
    }
    slots.append(
      Slot(
        node: node,
        level: level,
        row: row,
        children: children,
        hiddenLeaves: isCut && !below.isEmpty ? leaves[node] : chart.nodes[node].hiddenLeaves
      )
    )
    return slots.count - 1
  }
}
