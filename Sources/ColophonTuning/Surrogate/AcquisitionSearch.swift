import ColophonCore
import ColophonMath

/// Looks for the point of the largest acquisition: many candidates, then uphill along the numbers and
/// from neighbour to neighbour along whole numbers and categories, from the best of them.
struct AcquisitionSearch {
  private let model: SurrogateModel
  private let acquisition: Acquisition
  private let history: History
  private let geometry: SpaceGeometry
  /// By coordinate; 1 for what has none.
  private let lengths: [Double]
  private let bounds: SearchBounds

  /// Points that are refined; fewer where each is dear.
  private var starts: Int { model.process.count > 200 ? 3 : 6 }

  init(_ model: SurrogateModel, _ history: History) {
    self.model = model
    self.history = history
    acquisition = Acquisition(model: model)
    geometry = model.geometry
    var lengths = [Double](repeating: 1, count: geometry.count)
    for (length, c) in model.process.features.coordinates.enumerated() where c < lengths.count {
      lengths[c] = Elementary.exp(model.process.parameters.logLengths[length])
    }
    self.lengths = lengths
    bounds = SearchBounds(history, model, lengths)
  }

  /// The best configuration that was not proposed before; nil where none was met.
  func best(_ random: inout RandomStream) -> Configuration? {
    let candidates = Candidates(model, lengths, bounds, count: model.process.count)
    let points = candidates.points(&random)
    let values = acquisition.values(points)
    let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
    var found = starts(points, values, order, &random).map { climb($0) }
    found += order.map { (points[$0], values[$0]) }
    let ranks = found.indices.sorted { (found[$1].value, $0) < (found[$0].value, $1) }
    for rank in ranks {
      let configuration = model.space.configuration(at: found[rank].point)
      if !history.contains(configuration) { return configuration }
    }
    return nil
  }

  /// The best candidate, the best trial, and others by a wheel on which improvement counts.
  private func starts(
    _ points: [[Double]],
    _ values: [Double],
    _ order: [Int],
    _ random: inout RandomStream
  ) -> [[Double]] {
    guard let first = order.first else { return [] }
    let weights = values.indices.map { i in
      i == first ? 0 : Elementary.exp(min(0, values[i] - values[first]))
    }
    let leader = model.leaders.prefix(1).map { bounds.held($0, geometry) }
    let others = random.sample(starts - 2, weights: weights)
    return [points[first]] + leader + others.map { points[$0] }
  }

  /// Goes uphill in turns until nothing moves.
  private func climb(_ start: [Double]) -> (point: [Double], value: Double) {
    var best = (point: start, value: acquisition.values([start])[0])
    for _ in 0..<4 {
      let snapped = geometry.snapped(refine(best.point))
      let rounded = acquisition.values([snapped])[0]
      let rises = rounded > best.value + 1e-9
      if rises { best = (snapped, rounded) }
      guard geometry.hasSteps else { break }
      let stepped = step(best.point, best.value)
      if stepped.value > best.value + 1e-9 { best = stepped } else if !rises { break }
    }
    return best
  }

  /// The best neighbour along each whole number and category in turn.
  private func step(_ point: [Double], _ value: Double) -> (point: [Double], value: Double) {
    var best = (point: point, value: value)
    for c in 0..<geometry.count where c != bounds.quota?.coordinate {
      guard geometry.isActive(c, best.point) else { continue }
      let places = geometry.neighbours(best.point[c], c)
      guard !places.isEmpty else { continue }
      let moved = places.map { place -> [Double] in
        var next = best.point
        next[c] = place
        return geometry.snapped(next)
      }
      let values = acquisition.values(moved)
      if let i = Reduction.indexOfMaximum(values), values[i] > best.value {
        best = (moved[i], values[i])
      }
    }
    return best
  }

  /// Uphill along the numbers that count, in units of their lengths.
  private func refine(_ start: [Double]) -> [Double] {
    let free = start.indices.filter { geometry.isSmooth($0) && geometry.isActive($0, start) }
    guard !free.isEmpty else { return start }
    func point(_ scaled: [Double]) -> [Double] {
      var point = start
      for (i, c) in free.enumerated() { point[c] = min(max(scaled[i] * lengths[c], 0), 1) }
      return point
    }
    var ascent = BoxAscent(
      lower: free.map { bounds.lower[$0] / lengths[$0] },
      upper: free.map { bounds.upper[$0] / lengths[$0] }
    )
    if model.process.count > 200 { ascent.iterations = 15 }
    let found = ascent.climb(from: free.map { start[$0] / lengths[$0] }) { scaled in
      let (value, gradient) = acquisition.valueAndGradient(point(scaled))
      return (value, free.map { gradient[$0] * lengths[$0] })
    }
    return point(found.point)
  }
}
