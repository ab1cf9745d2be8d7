package import ColophonCore

/// Every configuration of a grid, in the order of the ranges.
///
/// Categories and integers stand for themselves; a continuum needs a number of points, which are
/// spread evenly over its scale, ends included.
package struct GridSearch: Strategy {
  package static let name = "Grid"

  package let configurations: [Configuration]

  /// Points for each continuous range, by name; others are taken whole unless named.
  package init(_ space: SearchSpace, sizes: [String: Int] = [:]) {
    let ranges = space.ranges.map { range -> ParameterRange in
      let whole = range.count ?? 5
      let size = sizes[range.name] ?? whole
      if size >= whole, range.count != nil { return range }
      let values = (0..<max(1, size)).map { i in
        range.value(at: size == 1 ? 0.5 : Double(i) / Double(size - 1))
      }
      var distinct: [Value] = []
      for value in values where !distinct.contains(value) { distinct.append(value) }
      return ParameterRange(range.name, .categorical(distinct), when: range.condition)
    }
    configurations = SearchSpace(ranges).all(limit: 1_000_000)
  }

  package func propose(_ history: History, drawing random: inout RandomStream) -> Proposal {
    configurations.first { !history.contains($0) }.map { .job($0) }
      ?? .exhausted("all \(configurations.count) points of the grid have been tried")
  }
}
