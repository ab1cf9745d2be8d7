/// Where the nodes of a graph lie.
///
/// The layered drawing of Sugiyama, Tagawa and Toda (1981): longest-path layers, a few sweeps that
/// order each layer by the mean height of its neighbours, and places as near to them as there is
/// room. Ties keep the order in which the nodes are given, so the layout never varies.
package struct GraphLayout {
  /// A node, or a bend of an edge that crosses a layer.
  package struct Slot: Hashable {
    package var layer: Int
    /// The position of the node in the chart; nil for a bend.
    package var node: Int?
    package var row: Double = 0
  }

  package private(set) var slots: [Slot] = []
  /// Edges as the slots that they pass, from left to right.
  package private(set) var routes: [[Int]] = []
  package private(set) var layers: [[Int]] = []
  /// The slots to the left and to the right of each slot, in the order of the routes.
  private var sources: [[Int]] = []
  private var targets: [[Int]] = []

  package init(_ chart: GraphChart) {
    let places = Dictionary(chart.nodes.indices.map { (chart.nodes[$0].id, $0) }) { first, _ in
      first
    }
    var seen: Set<GraphChart.Edge> = []
    let edges = chart.edges.compactMap { edge -> (Int, Int)? in
      guard let from = places[edge.from], let to = places[edge.to], from != to,
        seen.insert(edge).inserted
      else { return nil }
      return (from, to)
    }
    let depth = GraphLayout.depths(count: chart.nodes.count, edges: edges)
    slots = chart.nodes.indices.map { Slot(layer: depth[$0], node: $0) }
    for (from, to) in edges where depth[from] < depth[to] { addRoute(from, to, depth) }
    connect()
    layers = Array(repeating: [], count: (depth.max() ?? -1) + 1)
    for i in slots.indices { layers[slots[i].layer].append(i) }
    for sweep in 0..<8 { order(rightwards: sweep % 2 == 0) }
    for sweep in 0..<12 { settle(rightwards: sweep % 2 == 0) }
    let top = slots.map(\.row).min() ?? 0
    for i in slots.indices { slots[i].row -= top }
  }

  /// The length of the longest path to each node; edges that close a cycle are passed over.
  private static func depths(count: Int, edges: [(Int, Int)]) -> [Int] {
    var depth = Array(repeating: 0, count: count)
    // A path has fewer edges than there are nodes, so this ends with or without cycles.
    for _ in 0..<max(count - 1, 0) {
      var changed = false
      for (from, to) in edges where depth[to] < depth[from] + 1 && depth[from] + 1 < count {
        depth[to] = depth[from] + 1
        changed = true
      }
      if !changed { break }
    }
    return depth
  }

  private mutating func addRoute(_ from: Int, _ to: Int, _ depth: [Int]) {
    var route = [from]
    for layer in (depth[from] + 1)..<depth[to] {
      slots.append(Slot(layer: layer, node: nil))
      route.append(slots.count - 1)
    }
    routes.append(route + [to])
  }

  private mutating func connect() {
    sources = Array(repeating: [], count: slots.count)
    targets = sources
    for route in routes {
      for (from, to) in zip(route, route.dropFirst()) {
        sources[to].append(from)
        targets[from].append(to)
      }
    }
  }

  private func neighbours(of slot: Int, rightwards: Bool) -> [Int] {
    rightwards ? sources[slot] : targets[slot]
  }

  /// Orders each layer by the mean place of its neighbours in the layer before.
  private mutating func order(rightwards: Bool) {
    let sequence = rightwards ? Array(layers.indices) : layers.indices.reversed()
    for layer in layers { for (row, slot) in layer.enumerated() { slots[slot].row = Double(row) } }
    for l in sequence {
      let wanted = layers[l].enumerated().map { row, slot -> (Double, Int, Int) in
        let near = neighbours(of: slot, rightwards: rightwards)
        let mean = near.reduce(0.0) { $0 + slots[$1].row } / Double(max(near.count, 1))
        return (near.isEmpty ? Double(row) : mean, row, slot)
      }
      layers[l] = wanted.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
      for (row, slot) in layers[l].enumerated() { slots[slot].row = Double(row) }
    }
  }

  /// Moves the slots of each layer towards their neighbours, at least a row apart.
  private mutating func settle(rightwards: Bool) {
    for l in rightwards ? Array(layers.indices) : layers.indices.reversed() {
      let wanted = layers[l].map { slot -> Double in
        let near = neighbours(of: slot, rightwards: rightwards)
        guard !near.isEmpty else { return slots[slot].row }
        return near.reduce(0.0) { $0 + slots[$1].row } / Double(near.count)
      }
      for (slot, row) in zip(layers[l], GraphLayout.apart(wanted)) { slots[slot].row = row }
    }
  }

  /// Rising numbers a distance of one apart, near the wanted ones: blocks of neighbours that would
  /// overlap move together to the mean of their wishes.
  package static func apart(_ wanted: [Double]) -> [Double] {
    var blocks: [(sum: Double, count: Int)] = []
    for (i, wish) in wanted.enumerated() {
      blocks.append((wish - Double(i), 1))
      while blocks.count > 1 {
        let (a, b) = (blocks[blocks.count - 2], blocks[blocks.count - 1])
        guard a.sum / Double(a.count) > b.sum / Double(b.count) else { break }
        blocks.removeLast(2)
        blocks.append((a.sum + b.sum, a.count + b.count))
      }
    }
    let starts = blocks.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
    return starts.enumerated().map { $0.element + Double($0.offset) }
  }
}
