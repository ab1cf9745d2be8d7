package import ColophonCore

/// What runs after what: the graph of the cells, known before anything runs.
///
/// Cells are named by their place in `cells`. Everything is a pure function of the cells and their
/// order in the notebook.
package struct Plan: Sendable {
  package let cells: [PlanCell]
  /// The cells that each cell needs directly, ascending.
  package let needs: [[Int]]
  /// The cells that need each cell directly, ascending.
  package let needed: [[Int]]
  /// Whether each cell is skipped: by its own flag, or because it needs one that is.
  package let isSkipped: [Bool]
  /// Every cell after those that it needs, else as in the notebook.
  ///
  /// Cells in a cycle, and those that need them, are left out.
  package let order: [Int]
  /// The cells that may run at the same time, wave by wave: each needs only those before its wave.
  package let waves: [[Int]]
  /// Unknown names, references to oneself, wrong kinds and cycles, sorted by place.
  package let diagnostics: [Diagnostic]

  /// Resolves every reference; of two cells with one name, the first counts.
  package init(cells: [PlanCell]) {
    self.cells = cells
    var resolver = PlanReferences(cells)
    resolver.resolve()
    needs = resolver.needs
    var needed: [[Int]] = Array(repeating: [], count: cells.count)
    for (cell, sources) in resolver.needs.enumerated() {
      for source in sources { needed[source].append(cell) }
    }
    self.needed = needed
    order = Plan.order(needs: resolver.needs, needed: needed)
    waves = Plan.waves(order, needs: resolver.needs)
    var isSkipped = cells.map { $0.isSkipped }
    for cell in order where resolver.needs[cell].contains(where: { isSkipped[$0] }) {
      isSkipped[cell] = true
    }
    self.isSkipped = isSkipped
    let cycles = PlanCycles(needs: resolver.needs, ordered: order).found
    diagnostics =
      (resolver.diagnostics + cycles.compactMap { resolver.diagnostic(ofCycle: $0) }).sorted()
  }

  /// The place in `cells` of the first cell of that name.
  package func index(of name: String) -> Int? { cells.firstIndex { $0.name == name } }

  /// Everything that a cell needs, directly or not, ascending; without the cell.
  package func upstream(of cell: Int) -> [Int] { reachable(from: cell, along: needs) }

  /// Everything that needs a cell, directly or not, ascending; without the cell.
  package func downstream(of cell: Int) -> [Int] { reachable(from: cell, along: needed) }

  /// The cells that may start now, in the plan's order.
  ///
  /// - Parameters:
  ///   - finished: The cells that are done.
  ///   - started: The cells that must not be named again, done or not.
  /// - Returns: Places in `cells`.
  package func ready(finished: Set<Int>, started: Set<Int> = []) -> [Int] {
    order.filter { cell in
      !isSkipped[cell] && !finished.contains(cell) && !started.contains(cell)
        && needs[cell].allSatisfy { finished.contains($0) }
    }
  }

  private func reachable(from cell: Int, along edges: [[Int]]) -> [Int] {
    var isSeen = Array(repeating: false, count: cells.count)
    var stack = [cell]
    while let next = stack.popLast() {
      for target in edges[next] where !isSeen[target] {
        isSeen[target] = true
        stack.append(target)
      }
    }
    return isSeen.indices.filter { isSeen[$0] && $0 != cell }
  }

  /// Kahn's order; of the cells that are free, the first of the notebook goes first.
  private static func order(needs: [[Int]], needed: [[Int]]) -> [Int] {
    var open = needs.map { $0.count }
    var free = FreeCells(open.indices.filter { open[$0] == 0 })
    var order: [Int] = []
    while let cell = free.removeFirst() {
      order.append(cell)
      for next in needed[cell] {
        open[next] -= 1
        if open[next] == 0 { free.insert(next) }
      }
    }
    return order
  }

  private static func waves(_ order: [Int], needs: [[Int]]) -> [[Int]] {
    var level = Array(repeating: 0, count: needs.count)
    var waves: [[Int]] = []
    for cell in order {
      level[cell] = needs[cell].map { level[$0] + 1 }.max() ?? 0
      if level[cell] == waves.count { waves.append([]) }
      waves[level[cell]].append(cell)
    }
    return waves.map { $0.sorted() }
  }
}

/// A binary heap of cells, the lowest first.
private struct FreeCells {
  private var heap: [Int] = []

  init(_ cells: [Int]) { heap = cells.sorted() }

  mutating func insert(_ cell: Int) {
    heap.append(cell)
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() -> Int? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return first }
    heap[0] = last
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
      guard let child = children.min(by: { heap[$0] < heap[$1] }), heap[child] < heap[parent]
      else { return first }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
