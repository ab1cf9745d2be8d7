package import ColophonCore

/// Every configuration of a grid, in the order of the ranges.
///
/// Categories and integers stand for themselves; a continuum needs a number of points, which are
/// spread evenly over its scale, ends included.
package struct GridSearch: Strategy {
  package static let name = "Grid"
  /// The most configurations that are written down.
  package static let limit = 1_000_000

  package let configurations: [Configuration]
  /// How many points the grid has before what conditions make equal is taken out; nil where that is
  /// beyond counting.
  package let size: Int?

  /// Points for each range by name, or its values themselves; integers and categories are taken
  /// whole unless named, a continuum at five points.
  package init(
    _ space: SearchSpace,
    sizes: [String: Int] = [:],
    values: [String: [Value]] = [:]
  ) {
    let ranges = space.ranges.map { range -> ParameterRange in
      let points = values[range.name] ?? GridSearch.points(of: range, sizes[range.name])
      return ParameterRange(range.name, .categorical(points), when: range.condition)
    }
    let grid = SearchSpace(ranges)
    size = grid.count
    configurations = grid.all(limit: GridSearch.limit)
  }

  private static func points(of range: ParameterRange, _ size: Int?) -> [Value] {
    switch (range.kind, range.count, size) {
    case (.categorical(let values), _, nil): return values
    case (.integer(let lower, let upper, _), .some(let count), _)
    where count <= size ?? count && count <= limit:
      return (lower...upper).map { .integer($0) }
    default: break
    }
    let count = max(1, min(size ?? 5, range.count ?? .max))
    var distinct: [Value] = []
    for i in 0..<count {
      let value = range.value(at: count == 1 ? 0.5 : Double(i) / Double(count - 1))
      if !distinct.contains(value) { distinct.append(value) }
    }
    return distinct
  }

  package func propose(_ history: History, drawing random: inout RandomStream) -> Proposal {
    // Trials come in the grid's order, so the first one not seen is seldom far from their number.
    let start = min(history.trials.count, configurations.count)
    let later = configurations[start...].first { !history.contains($0) }
    let next = configurations[..<start].first { !history.contains($0) } ?? later
    return next.map { .job($0) }
      ?? .exhausted("all \(configurations.count) points of the grid have been tried")
  }
}
