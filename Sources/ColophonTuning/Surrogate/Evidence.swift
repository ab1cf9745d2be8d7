/// Points of the cube that lie one after another, what was seen there, and whether it counts as this
/// tuning's own.
struct Evidence: Sendable {
  let dimensions: Int
  private(set) var points: [Double] = []
  private(set) var values: [Double] = []
  private(set) var isOwn: [Bool] = []

  init(dimensions: Int) { self.dimensions = dimensions }

  mutating func add(_ point: [Double], _ value: Double, isOwn: Bool = true) {
    precondition(point.count == dimensions, "\(point.count) coordinates of \(dimensions)")
    points += point
    values.append(value)
    self.isOwn.append(isOwn)
  }

  func point(_ i: Int) -> [Double] { Array(points[i * dimensions..<(i + 1) * dimensions]) }

  /// The places of the values, own ones first, then the least, then the earliest.
  private var ranked: [Int] {
    values.indices.sorted {
      (isOwn[$0] ? 0 : 1, values[$0], $0) < (isOwn[$1] ? 0 : 1, values[$1], $1)
    }
  }

  /// The points of the least values that are own.
  func leaders(_ count: Int) -> [[Double]] {
    ranked.filter { isOwn[$0] }.prefix(count).map { point($0) }
  }

  /// At most so many: the best third and the latest, own ones before others.
  func kept(_ limit: Int) -> Evidence {
    guard values.count > limit else { return self }
    var chosen = Set(ranked.prefix(limit / 3))
    for own in [true, false] {
      for i in values.indices.reversed() where isOwn[i] == own && chosen.count < limit {
        chosen.insert(i)
      }
    }
    var kept = Evidence(dimensions: dimensions)
    for i in values.indices where chosen.contains(i) {
      kept.add(point(i), values[i], isOwn: isOwn[i])
    }
    return kept
  }
}
