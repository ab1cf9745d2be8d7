/// Finds one cycle for each knot of cells that wait for each other.
///
/// A knot is named by its first cell in the notebook, and the cycle is a shortest one through it.
struct PlanCycles {
  /// Each cell of a cycle needs the next, and the last needs the first.
  private(set) var found: [[Int]] = []

  /// Looks among the cells that are not `ordered`, which are in no cycle and behind none.
  init(needs: [[Int]], ordered: [Int]) {
    var isDone = Array(repeating: false, count: needs.count)
    for cell in ordered { isDone[cell] = true }
    let needed = PlanCycles.reversed(needs)
    for start in needs.indices where !isDone[start] {
      guard let cycle = PlanCycles.cycle(through: start, needs, isDone) else { continue }
      found.append(cycle)
      // The rest of the knot is told by this cycle: all that both reach and are reached.
      let forward = PlanCycles.reached(from: start, needs)
      let backward = PlanCycles.reached(from: start, needed)
      for cell in needs.indices where forward[cell] && backward[cell] { isDone[cell] = true }
    }
  }

  /// The shortest way from a cell back to itself (breadth first, lower indices first).
  private static func cycle(through start: Int, _ needs: [[Int]], _ isDone: [Bool]) -> [Int]? {
    var before: [Int: Int] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let cell = queue[next]
      next += 1
      for source in needs[cell] where !isDone[source] {
        if source == start {
          var path = [cell]
          while let last = path.last, last != start, let previous = before[last] {
            path.append(previous)
          }
          return path.reversed()
        }
        guard before[source] == nil else { continue }
        before[source] = cell
        queue.append(source)
      }
    }
    return nil
  }

  private static func reversed(_ edges: [[Int]]) -> [[Int]] {
    var reversed: [[Int]] = Array(repeating: [], count: edges.count)
    for (cell, targets) in edges.enumerated() {
      for target in targets { reversed[target].append(cell) }
    }
    return reversed
  }

  private static func reached(from start: Int, _ edges: [[Int]]) -> [Bool] {
    var isSeen = Array(repeating: false, count: edges.count)
    var stack = [start]
    while let cell = stack.popLast() {
      for target in edges[cell] where !isSeen[target] {
        isSeen[target] = true
        stack.append(target)
      }
    }
    return isSeen
  }
}
