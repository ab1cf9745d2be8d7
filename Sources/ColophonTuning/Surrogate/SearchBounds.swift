import ColophonMath

/// Where a proposal may lie: within the trust region where there are many numbers, and in a category
/// that would be neglected otherwise.
struct SearchBounds: Sendable {
  let lower: [Double]
  let upper: [Double]
  /// A category that the next proposal has to be in.
  let quota: CategoryQuota?

  init(_ history: History, _ model: SurrogateModel, _ lengths: [Double]) {
    let geometry = model.geometry
    quota = CategoryQuota(history, geometry)
    var lower = [Double](repeating: 0, count: geometry.count)
    var upper = [Double](repeating: 1, count: geometry.count)
    let numbers = (0..<geometry.count).filter { geometry.isSmooth($0) }
    if numbers.count >= TrustRegion.dimensions, let centre = model.leaders.first {
      let side = TrustRegion(history, numbers: numbers.count).side
      let logs = numbers.map { Elementary.log(min(lengths[$0], 2)) }
      let middle = Elementary.exp(Reduction.mean(logs))
      for c in numbers {
        // Longer where the function changes less, at an equal volume.
        let half = side * min(lengths[c], 2) / middle / 2
        lower[c] = min(max(centre[c] - half, 0), 1)
        upper[c] = min(max(centre[c] + half, 0), 1)
      }
    }
    self.lower = lower
    self.upper = upper
  }

  /// A point moved into the bounds.
  func held(_ point: [Double], _ geometry: SpaceGeometry) -> [Double] {
    var point = point
    for c in point.indices { point[c] = min(max(point[c], lower[c]), upper[c]) }
    if let quota { point[quota.coordinate] = quota.place }
    return geometry.snapped(point)
  }
}
