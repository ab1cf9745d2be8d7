/// The nearest rows so far: the fewest whose weights come to what is needed.
///
/// Rows stand by distance, those of equal distance by their place in the data, so that the answer
/// depends on the set of rows alone and not on the order in which they were met.
struct NearestRows {
  /// The weight that is asked for: the number of neighbours.
  let needed: Double
  /// Each stored row's weight; nil where all weigh 1.
  let weights: [Double]?
  private(set) var distances: [Double] = []
  private(set) var rows: [Int32] = []
  /// What a row's reduced distance must not exceed.
  private(set) var bound = Double.infinity

  init(needed: Int, weights: [Double]?) {
    self.needed = Double(needed)
    self.weights = weights
    if weights == nil {
      distances.reserveCapacity(needed + 1)
      rows.reserveCapacity(needed + 1)
    }
  }

  mutating func clear() {
    distances.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    bound = .infinity
  }

  /// Takes in a row that is no farther than the bound.
  mutating func take(_ distance: Double, _ row: Int32) {
    var place = distances.count
    while place > 0, (distances[place - 1], rows[place - 1]) > (distance, row) { place -= 1 }
    if place == distances.count, bound < .infinity { return }
    distances.insert(distance, at: place)
    rows.insert(row, at: place)
    cut()
  }

  /// Drops what lies beyond the weight that is needed.
  private mutating func cut() {
    guard let weights else {
      let count = Int(needed)
      if distances.count > count {
        distances.removeLast()
        rows.removeLast()
      }
      if distances.count == count { bound = distances[count - 1] }
      return
    }
    var sum = 0.0
    for place in rows.indices {
      sum += weights[Int(rows[place])]
      guard sum >= needed else { continue }
      distances.removeLast(distances.count - place - 1)
      rows.removeLast(rows.count - place - 1)
      bound = distances[place]
      return
    }
  }

  /// How much each row counts: its weight, the last one's cut to what is still needed.
  var shares: [Double] {
    guard let weights else { return [Double](repeating: 1, count: rows.count) }
    var rest = needed
    return rows.map { row in
      let share = min(weights[Int(row)], rest)
      rest -= share
      return share
    }
  }
}
