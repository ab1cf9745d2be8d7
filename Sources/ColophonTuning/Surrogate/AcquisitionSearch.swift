import ColophonCore
import ColophonMath

/// Looks for the point of the largest expected improvement.
struct AcquisitionSearch {
  private let model: SurrogateModel
  private let history: History

  /// Points drawn over the whole space, points near each leader, points that are refined.
  private static let spread = 384
  private static let near = 24
  private static let refined = 4

  init(_ model: SurrogateModel, _ history: History) {
    self.model = model
    self.history = history
  }

  /// The best configuration that was not proposed before; nil where none was met.
  func best(_ random: inout RandomStream) -> Configuration? {
    var scored = candidates(&random).map { (point: $0, value: value($0)) }
    let order = scored.indices.sorted { (scored[$1].value, $0) < (scored[$0].value, $1) }
    for index in order.prefix(AcquisitionSearch.refined) {
      let better = refine(scored[index].point)
      scored.append((better, value(better)))
    }
    let final = scored.indices.sorted { (scored[$1].value, $0) < (scored[$0].value, $1) }
    for index in final {
      let configuration = model.space.configuration(at: scored[index].point)
      if !history.contains(configuration) { return configuration }
    }
    return nil
  }

  private func value(_ point: [Double]) -> Double {
    let prediction = model.process.predict(snapped(point))
    return ExpectedImprovement.value(
      mean: prediction.mean,
      variance: prediction.variance,
      best: model.best
    )
  }

  /// A point as its configuration lies: whole numbers on their places, categories in their middle.
  private func snapped(_ point: [Double]) -> [Double] {
    model.space.point(of: model.space.configuration(at: point)) ?? point
  }

  private func candidates(_ random: inout RandomStream) -> [[Double]] {
    let d = model.coordinates.count
    var points: [[Double]] = []
    for _ in 0..<AcquisitionSearch.spread { points.append((0..<d).map { _ in random.uniform() }) }
    for (rank, leader) in model.leaders.enumerated() {
      for i in 0..<AcquisitionSearch.near {
        let width = rank == 0 && i % 2 == 0 ? 0.02 : 0.1
        points.append(
          leader.indices.map { c in
            if model.coordinates.isCategory[c] {
              return random.uniform() < 0.8 ? leader[c] : random.uniform()
            }
            return min(max(leader[c] + width * random.standardNormal(), 0), 1)
          }
        )
      }
    }
    return points.map { snapped($0) }
  }

  /// Goes uphill from a point along the numbers, categories held; x = (1 − cos θ)/2 keeps the cube.
  private func refine(_ start: [Double]) -> [Double] {
    let free = start.indices.filter { !model.coordinates.isCategory[$0] }
    guard !free.isEmpty else { return start }
    func point(_ angles: [Double]) -> [Double] {
      var point = start
      for (i, c) in free.enumerated() { point[c] = (1 - Elementary.cos(angles[i])) / 2 }
      return point
    }
    let angles = free.map { Elementary.acos(1 - 2 * min(max(start[$0], 1e-6), 1 - 1e-6)) }
    let minimiser = LBFGS(
      memory: 6,
      maximumIterations: 20,
      gradientTolerance: 1e-4,
      valueTolerance: 1e-6
    )
    let found = minimiser.minimise(from: angles) { angles, gradient in
      let x = point(angles)
      let p = model.process.predictWithGradient(x)
      let deviation = p.variance.squareRoot()
      let parts = ExpectedImprovement.logImprovement((model.best - p.mean) / deviation)
      for (i, c) in free.enumerated() {
        // (φ ∂s − Φ ∂μ)/(s h), with ∂s = ∂v/(2s).
        let rise =
          (parts.density * p.varianceSlope[c] / (2 * deviation) - parts.share * p.meanSlope[c])
          / deviation
        gradient[i] = -rise * Elementary.sin(angles[i]) / 2
      }
      return -(Elementary.log(deviation) + parts.value)
    }
    return snapped(point(found.point))
  }
}
