/// Finds room for labels: near what they name, off the curves, and off each other.
struct LabelPlacer {
  /// Where a label may stand, and how much it is liked: a lower cost is better.
  struct Candidate {
    var place: Place
    var anchor: Sketch.Anchor
    var cost: Double
  }

  let bounds: Box
  private var taken: [Box] = []
  private var obstacles: [Place] = []

  init(bounds: Box) { self.bounds = bounds }

  /// Points that labels should not cover.
  mutating func avoid(_ places: [Place]) { obstacles += places }

  mutating func avoid(_ box: Box) { taken.append(box) }

  /// The best of the candidates; the first among equals, so that the choice never varies.
  mutating func place(_ text: String, _ candidates: [Candidate]) -> Candidate? {
    var best: (candidate: Candidate, box: Box, cost: Double)?
    for candidate in candidates {
      let box = LabelPlacer.box(of: text, candidate)
      let cost = candidate.cost + cost(of: box)
      if let found = best, found.cost <= cost { continue }
      best = (candidate, box, cost)
    }
    guard let best else { return nil }
    taken.append(best.box)
    return best.candidate
  }

  /// Beside a point: right, left, above and below it, ever farther away.
  static func around(_ point: Place) -> [Candidate] {
    [8.0, 16, 28, 42].enumerated().flatMap { step, d in
      let cost = Double(step) * 2
      return [
        Candidate(place: Place(x: point.x + d, y: point.y + 4), anchor: .start, cost: cost),
        Candidate(place: Place(x: point.x + d, y: point.y - d), anchor: .start, cost: cost + 0.2),
        Candidate(
          place: Place(x: point.x + d, y: point.y + d + 9),
          anchor: .start,
          cost: cost + 0.4
        ),
        Candidate(place: Place(x: point.x - d, y: point.y - d), anchor: .end, cost: cost + 0.6),
        Candidate(place: Place(x: point.x - d, y: point.y + d + 9), anchor: .end, cost: cost + 0.8),
        Candidate(place: Place(x: point.x, y: point.y - d - 2), anchor: .middle, cost: cost + 1),
        Candidate(place: Place(x: point.x, y: point.y + d + 10), anchor: .middle, cost: cost + 1.2),
        Candidate(place: Place(x: point.x - d, y: point.y + 4), anchor: .end, cost: cost + 1.4),
      ]
    }
  }

  /// Along a curve: over and under it at several of its places, rather near its end.
  ///
  /// `rows`: How many heights are tried at each place; more where many curves run together.
  static func along(_ curve: [Place], rows: Int = 6) -> [Candidate] {
    guard !curve.isEmpty else { return [] }
    return [0.97, 0.85, 0.7, 0.55, 0.4, 0.25, 0.1].enumerated().flatMap { step, share in
      let point = curve[min(Int(Double(curve.count) * share), curve.count - 1)]
      let anchor: Sketch.Anchor = share > 0.8 ? .end : share < 0.2 ? .start : .middle
      let heights = [-7.0, 16, -16, 25, -28, 37, -41, -54, 50, -67, -80, -93]
      return heights.prefix(rows).enumerated().map { rank, dy in
        Candidate(
          place: Place(x: point.x, y: point.y + dy),
          anchor: anchor,
          cost: Double(step) * 1.5 + Double(rank) * 0.8
        )
      }
    }
  }

  /// Outside the points, above, below and beside them all.
  static func about(_ points: [Place]) -> [Candidate] {
    guard let top = points.map(\.y).min(), let bottom = points.map(\.y).max(),
      let left = points.map(\.x).min(), let right = points.map(\.x).max()
    else { return [] }
    let middle = Place(x: (left + right) / 2, y: (top + bottom) / 2)
    return [
      Candidate(place: Place(x: middle.x, y: top - 9), anchor: .middle, cost: 0),
      Candidate(place: Place(x: middle.x, y: bottom + 18), anchor: .middle, cost: 0.5),
      Candidate(place: Place(x: right + 9, y: middle.y + 4), anchor: .start, cost: 1),
      Candidate(place: Place(x: left - 9, y: middle.y + 4), anchor: .end, cost: 1.5),
    ]
  }

  private func cost(of box: Box) -> Double {
    let near = Box(x: box.x - 3, y: box.y - 1, width: box.width + 6, height: box.height + 2)
    var cost = obstacles.reduce(0.0) { $0 + (near.contains($1) ? 4 : 0) }
    for other in taken { cost += box.overlap(other) > 0 ? 60 + box.overlap(other) * 0.2 : 0 }
    let inside = box.overlap(bounds)
    return cost + (box.width * box.height - inside) * 1.5
  }

  static func box(of text: String, _ candidate: Candidate) -> Box {
    let width = TextMeasure.width(text)
    let x =
      switch candidate.anchor {
      case .start: candidate.place.x
      case .middle: candidate.place.x - width / 2
      case .end: candidate.place.x - width
      }
    return Box(x: x, y: candidate.place.y - 10, width: width, height: 13)
  }
}
