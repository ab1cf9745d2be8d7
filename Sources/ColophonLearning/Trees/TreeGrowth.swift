import ColophonCore

/// Grows one tree from ranked columns.
///
/// Features are looked at in ascending order, or as drawn; among equally good splits the feature
/// that stands first and its lowest threshold are taken. Rows of a node keep their order.
final class TreeGrowth<Scan: SplitScan> {
  /// A node that may be split: a range of the rows, and what is known of them.
  struct Open {
    var start: Int
    var end: Int
    var depth: Int
    var number: Int
    var summary: NodeSummary
  }

  /// What splitting a node gives.
  struct Split {
    var choice: SplitChoice
    var middle: Int
    var left: NodeSummary
    var right: NodeSummary
    /// The impurity's decrease, by the node's share of the whole weight.
    var decrease: Double
  }

  let columns: RankedColumns
  let limits: TreeLimits
  var scan: Scan
  var random: RandomStream?
  let rows: UnsafeMutablePointer<UInt32>
  let payloads: UnsafeMutablePointer<UInt32>
  private let spare: UnsafeMutablePointer<UInt32>
  let count: Int
  let keys: NodeKeys
  var order: [Int]
  var bounds: SplitBounds
  var whole = 0.0

  /// `payload`: What the scan needs to know of a row.
  init(
    _ columns: RankedColumns,
    _ limits: TreeLimits,
    rows kept: [UInt32],
    scan: Scan,
    random: RandomStream?,
    payload: (UInt32) -> UInt32
  ) {
    self.columns = columns
    self.limits = limits
    self.scan = scan
    self.random = random
    count = kept.count
    rows = .allocate(capacity: max(1, count))
    payloads = .allocate(capacity: max(1, count))
    spare = .allocate(capacity: max(1, 2 * count))
    keys = NodeKeys(capacity: count)
    order = Array(0..<columns.columns)
    bounds = SplitBounds(count: limits.minLeaf, weight: 0)
    for (i, row) in kept.enumerated() {
      rows[i] = row
      payloads[i] = payload(row)
    }
  }

  deinit {
    rows.deallocate()
    payloads.deallocate()
    spare.deallocate()
  }

  func grow() -> Tree {
    let summary = summarise(0, count)
    whole = summary.weight
    bounds.weight = limits.minWeightShare * whole
    var tree = Tree(outputs: summary.value.count)
    let root = Open(
      start: 0,
      end: count,
      depth: 0,
      number: tree.append(summary),
      summary: summary
    )
    if let most = limits.maxLeaves {
      growBest(root, most: most, &tree)
      return tree.inPreorder()
    }
    var waiting = [root]
    while let node = waiting.popLast() {
      guard let split = split(node) else { continue }
      let (left, right) = tree.split(node, split)
      waiting.append(right)
      waiting.append(left)
    }
    return tree.inPreorder()
  }

  /// Splits the leaf whose split lowers the impurity most, until there are enough leaves; among
  /// equals the one that was made first.
  private func growBest(_ root: Open, most: Int, _ tree: inout Tree) {
    var waiting: [(node: Open, split: Split)] = []
    func add(_ node: Open) {
      guard let split = split(node) else { return }
      let place = waiting.partitioningIndex {
        ($0.split.decrease, node.number) > (split.decrease, $0.node.number)
      }
      waiting.insert((node, split), at: place)
    }
    add(root)
    var leaves = 1
    while leaves < most, let (node, split) = waiting.popLast() {
      let (left, right) = tree.split(node, split)
      add(left)
      add(right)
      leaves += 1
    }
  }

  /// Finds a node's split and parts its rows; nil where it stays a leaf.
  private func split(_ node: Open) -> Split? {
    let summary = node.summary
    guard !summary.isPure, node.depth < limits.maxDepth, summary.count >= limits.minSplit,
      summary.count >= 2 * limits.minLeaf, summary.weight >= 2 * bounds.weight
    else { return nil }
    let choice = choose(node)
    guard choice.isFound else { return nil }
    let middle = part(node, choice)
    guard middle > node.start, middle < node.end else { return nil }
    let (left, right) = (summarise(node.start, middle), summarise(middle, node.end))
    let after =
      left.weight / summary.weight * left.impurity
      + right.weight / summary.weight * right.impurity
    let decrease = summary.weight / whole * (summary.impurity - after)
    if decrease + 0x1p-52 < limits.minDecrease { return nil }
    return Split(choice: choice, middle: middle, left: left, right: right, decrease: decrease)
  }

  private func summarise(_ start: Int, _ end: Int) -> NodeSummary {
    let part = UnsafeBufferPointer(start: rows + start, count: end - start)
    return scan.summarise(part, payloads + start)
  }

  /// Puts the rows that go left before the others, both in their order; returns where the latter
  /// start.
  private func part(_ node: Open, _ choice: SplitChoice) -> Int {
    let (rows, payloads, spare) = (rows, payloads, spare)
    let missing = choice.missingGoesLeft
    let highest = choice.code
    return columns.codes.withUnsafeBufferPointer { codes in
      let offset = choice.feature * columns.rows
      var (l, r) = (node.start, 0)
      for i in node.start..<node.end {
        let row = rows[i]
        let code = codes[offset &+ Int(row)]
        let goesLeft = code == RankedColumns.missing ? missing : code <= highest
        if goesLeft {
          rows[l] = row
          payloads[l] = payloads[i]
          l &+= 1
        } else {
          spare[r] = row
          spare[r &+ 1] = payloads[i]
          r &+= 2
        }
      }
      for i in 0..<r / 2 {
        rows[l &+ i] = spare[2 &* i]
        payloads[l &+ i] = spare[2 &* i &+ 1]
      }
      return l
    }
  }
}

extension Tree {
  fileprivate mutating func append(_ summary: NodeSummary) -> Int {
    append(Node(value: summary.value, cover: summary.weight, impurity: summary.impurity))
  }

  /// Turns a leaf into a question; returns its children.
  fileprivate mutating func split<Scan>(
    _ node: TreeGrowth<Scan>.Open,
    _ split: TreeGrowth<Scan>.Split
  ) -> (TreeGrowth<Scan>.Open, TreeGrowth<Scan>.Open) {
    features[node.number] = Int32(split.choice.feature)
    thresholds[node.number] = split.choice.threshold
    missingGoesLeft[node.number] = split.choice.missingGoesLeft
    let children = [split.left, split.right].map { append($0) }
    connect(node.number, left: children[0], right: children[1])
    func child(_ side: Int, _ start: Int, _ end: Int, _ summary: NodeSummary)
      -> TreeGrowth<Scan>.Open
    {
      TreeGrowth<Scan>.Open(
        start: start,
        end: end,
        depth: node.depth + 1,
        number: children[side],
        summary: summary
      )
    }
    return (
      child(0, node.start, split.middle, split.left), child(1, split.middle, node.end, split.right)
    )
  }
}

extension Array {
  /// The first place at which a condition holds that holds at every later one.
  fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
