import ColophonMath

/// Climbs a smooth function within a box: projected steps of L-BFGS over the coordinates that are
/// free to move (Byrd, Lu, Nocedal and Zhu 1995, simplified to a projected backtracking search).
struct BoxAscent {
  /// How far each coordinate may go, from 0.
  let upper: [Double]
  var lower: [Double]
  var iterations = 40
  var memory = 6
  var tolerance = 1e-6

  init(lower: [Double], upper: [Double]) {
    self.lower = lower
    self.upper = upper
  }

  /// The best point that is reached, and its value.
  func climb(
    from start: [Double],
    _ objective: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (point: [Double], value: Double) {
    var point = clipped(start)
    var (value, gradient) = objective(point)
    var pairs: [(step: [Double], change: [Double], inverse: Double)] = []
    for _ in 0..<iterations {
      guard value.isFinite else { break }
      let slope = free(gradient, point)
      let norm = Reduction.sumOfSquares(slope).squareRoot()
      if norm < 1e-5 { break }
      var direction = BoxAscent.direction(slope, pairs)
      for i in direction.indices where slope[i] == 0 { direction[i] = 0 }
      if !(Reduction.dot(direction, slope) > 0) {
        pairs = []
        direction = slope
      }
      let first = pairs.isEmpty ? min(1, 0.2 / norm) : 1
      guard let next = step(point, value, slope, direction, first, objective) else {
        if pairs.isEmpty { break }
        pairs = []
        continue
      }
      let move = next.point.indices.map { next.point[$0] - point[$0] }
      let change = gradient.indices.map { gradient[$0] - next.gradient[$0] }
      let product = Reduction.dot(move, change)
      if product > 1e-12 * Reduction.sumOfSquares(change) {
        pairs.append((move, change, 1 / product))
        if pairs.count > memory { pairs.removeFirst() }
      }
      let gain = next.value - value
      (point, value, gradient) = next
      if gain < tolerance { break }
    }
    return (point, value)
  }

  private func clipped(_ point: [Double]) -> [Double] {
    point.indices.map { min(max(point[$0], lower[$0]), upper[$0]) }
  }

  /// The gradient without what points out of the box.
  private func free(_ gradient: [Double], _ point: [Double]) -> [Double] {
    gradient.indices.map { i in
      let isHeld =
        gradient[i] < 0 && point[i] <= lower[i] || gradient[i] > 0 && point[i] >= upper[i]
      return isHeld ? 0 : gradient[i]
    }
  }

  private func step(
    _ point: [Double],
    _ value: Double,
    _ slope: [Double],
    _ direction: [Double],
    _ first: Double,
    _ objective: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (point: [Double], value: Double, gradient: [Double])? {
    var length = first
    for _ in 0..<12 {
      let next = clipped(point.indices.map { point[$0] + length * direction[$0] })
      let rise = next.indices.reduce(0.0) { $0 + slope[$1] * (next[$1] - point[$1]) }
      if rise <= 0 { return nil }
      let found = objective(next)
      if found.value >= value + 1e-4 * rise { return (next, found.value, found.gradient) }
      length *= 0.3
    }
    return nil
  }

  /// The two-loop recursion.
  private static func direction(
    _ slope: [Double],
    _ pairs: [(step: [Double], change: [Double], inverse: Double)]
  ) -> [Double] {
    var q = slope
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = pair.inverse * Reduction.dot(pair.step, q)
      for i in q.indices { q[i] -= factor * pair.change[i] }
      factors.append(factor)
    }
    if let last = pairs.last {
      let scale = 1 / (last.inverse * Reduction.sumOfSquares(last.change))
      for i in q.indices { q[i] *= scale }
    }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      let correction = factor - pair.inverse * Reduction.dot(pair.change, q)
      for i in q.indices { q[i] += correction * pair.step[i] }
    }
    return q
  }
}
