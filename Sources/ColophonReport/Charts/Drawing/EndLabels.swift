/// Names beside the right ends of curves, pushed apart where the ends lie too near each other.
package struct EndLabels {
  /// One name: which series it is, where its curve ends, and where the name stands.
  package struct Label: Hashable {
    package var series: Int
    package var end: Double
    package var y: Double
  }

  /// From the top down.
  package let labels: [Label]

  /// Whether a name stands so far from its curve's end that a line has to lead to it.
  package var needLeaders: Bool {
    labels.contains { ($0.y - $0.end).magnitude > Sketch.lineHeight * 0.7 }
  }

  /// How far right of the plot the names begin.
  var indent: Double { needLeaders ? EndLabels.leader + 6 : 6 }

  /// The length of a leading line.
  static let leader = 12.0
  /// The height that a name takes.
  package static let line = Sketch.lineHeight

  /// The places that differ least from the ends, in squares, with a line's height between neighbours;
  /// nil where there is no room for so many.
  ///
  /// - Parameters:
  ///   - ends: By series, the height of its curve's end.
  ///   - room: The heights between which names may stand.
  package init?(_ ends: [(series: Int, y: Double)], in room: ClosedRange<Double>) {
    let line = EndLabels.line
    guard !ends.isEmpty, room.upperBound - room.lowerBound >= Double(ends.count - 1) * line else {
      return nil
    }
    let sorted = ends.sorted { ($0.y, $0.series) < ($1.y, $1.series) }
    let free = EndLabels.ascending(sorted.indices.map { sorted[$0].y - Double($0) * line })
    let most = room.upperBound - Double(ends.count - 1) * line
    labels = sorted.indices.map { i in
      let y = min(max(free[i], room.lowerBound), most) + Double(i) * line
      return Label(series: sorted[i].series, end: sorted[i].y, y: y)
    }
  }

  /// The ascending numbers nearest to these: neighbours in the wrong order take their mean.
  ///
  /// - SeeAlso: Ayer and others, "An empirical distribution function for sampling with incomplete
  ///   information", 1955.
  private static func ascending(_ numbers: [Double]) -> [Double] {
    var pools: [(mean: Double, count: Int)] = []
    for number in numbers {
      pools.append((number, 1))
      while pools.count > 1, pools[pools.count - 2].mean > pools[pools.count - 1].mean {
        let last = pools.removeLast()
        let before = pools.removeLast()
        let count = before.count + last.count
        let sum = before.mean * Double(before.count) + last.mean * Double(last.count)
        pools.append((sum / Double(count), count))
      }
    }
    return pools.flatMap { [Double](repeating: $0.mean, count: $0.count) }
  }
}
