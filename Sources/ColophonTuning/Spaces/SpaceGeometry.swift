/// A space as points of the unit cube know it: every coordinate is brought to the place of the value
/// that it stands for, without making the value's configuration.
package struct SpaceGeometry: Sendable {
  /// What a coordinate stands for.
  enum Axis: Hashable, Sendable {
    case continuous
    /// So many whole numbers, whose places are evenly spread.
    case evenIntegers(Int)
    /// The places of whole numbers on a curved scale, ascending; each owns the stretch around it.
    case integers(places: [Double], edges: [Double])
    case category(Int)
    /// One value.
    case single
  }

  let axes: [Axis]
  /// For each coordinate, the coordinate on which it depends and that one's categories for which it
  /// counts.
  private let conditions: [(coordinate: Int, categories: [Bool])?]

  /// The most whole numbers on a curved scale whose places are written down; a longer range is taken
  /// for a continuum.
  private static let tabulated = 4096

  package init(_ space: SearchSpace) {
    axes = space.ranges.map { SpaceGeometry.axis($0) }
    conditions = space.ranges.enumerated().map { index, range in
      guard let condition = range.condition,
        let on = space.ranges.prefix(index).firstIndex(where: { $0.name == condition.parameter }),
        case .categorical(let values) = space.ranges[on].kind
      else { return nil }
      return (on, values.map { condition.values.contains($0) })
    }
  }

  private static func axis(_ range: ParameterRange) -> Axis {
    if range.count == 1 { return .single }
    switch range.kind {
    case .continuous: return .continuous
    case .categorical(let values): return .category(values.count)
    case .integer(let lower, let upper, let scaling):
      let count = upper - lower + 1
      let scale = scaling.resolved(Double(lower), Double(upper))
      if scale == .linear { return .evenIntegers(count) }
      guard count <= tabulated else { return .continuous }
      let a = scale.forward(Double(lower) - 0.5)
      let width = scale.forward(Double(upper) + 0.5) - a
      return .integers(
        places: (lower...upper).map { (scale.forward(Double($0)) - a) / width },
        edges: (lower..<upper).map { (scale.forward(Double($0) + 0.5) - a) / width }
      )
    }
  }

  var count: Int { axes.count }

  /// Whether a coordinate is a choice among values that have no order.
  func isCategory(_ c: Int) -> Bool { if case .category = axes[c] { true } else { false } }

  /// Whether a coordinate is a number that may be followed uphill: a continuum, or so many whole
  /// numbers that their steps are small.
  func isSmooth(_ c: Int) -> Bool {
    switch axes[c] {
    case .continuous: true
    case .evenIntegers(let count): count > 4
    case .integers(let places, _): places.count > 4
    case .category, .single: false
    }
  }

  /// Whether some coordinate has neighbours.
  var hasSteps: Bool {
    axes.contains { axis in
      switch axis {
      case .continuous, .single: false
      case .evenIntegers, .integers, .category: true
      }
    }
  }

  /// The place of the value that a place of one coordinate stands for.
  func snapped(_ place: Double, _ c: Int) -> Double {
    let u = min(max(place, 0), 1)
    switch axes[c] {
    case .continuous: return u
    case .single: return 0.5
    case .evenIntegers(let count), .category(let count):
      return (Double(min(Int(u * Double(count)), count - 1)) + 0.5) / Double(count)
    case .integers(let places, let edges): return places[SpaceGeometry.rank(u, edges)]
    }
  }

  /// How many edges lie at or below a place.
  private static func rank(_ u: Double, _ edges: [Double]) -> Int {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= u { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Brings a point to its configuration's: 0.5 for what is switched off.
  func snap(_ point: inout [Double]) {
    for c in 0..<axes.count {
      point[c] = isActive(c, point) ? snapped(point[c], c) : 0.5
    }
  }

  package func snapped(_ point: [Double]) -> [Double] {
    var point = point
    snap(&point)
    return point
  }

  /// Whether a coordinate counts at a snapped point.
  func isActive(_ c: Int, _ point: [Double]) -> Bool {
    guard let condition = conditions[c] else { return true }
    guard isActive(condition.coordinate, point) else { return false }
    let count = condition.categories.count
    let category = min(Int(point[condition.coordinate] * Double(count)), count - 1)
    return condition.categories[category]
  }

  /// The neighbouring places of a snapped coordinate: the next whole numbers, the other categories.
  package func neighbours(_ place: Double, _ c: Int) -> [Double] {
    switch axes[c] {
    case .continuous, .single: return []
    case .category(let count):
      return (0..<count).map { (Double($0) + 0.5) / Double(count) }.filter { $0 != place }
    case .evenIntegers(let count):
      let index = min(Int(place * Double(count)), count - 1)
      return [index - 1, index + 1].filter { $0 >= 0 && $0 < count }.map {
        (Double($0) + 0.5) / Double(count)
      }
    case .integers(let places, let edges):
      let index = SpaceGeometry.rank(place, edges)
      return [index - 1, index + 1].filter { places.indices.contains($0) }.map { places[$0] }
    }
  }
}
