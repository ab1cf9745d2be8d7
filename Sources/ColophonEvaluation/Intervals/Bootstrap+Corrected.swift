import ColophonMath

extension Bootstrap {
  /// Bounds corrected for bias and for how the spread changes with the value (Efron, 1987).
  ///
  /// With z₀ the normal quantile of the share of resamples below the value (ties counting half),
  /// the tail z moves to Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z))). Where all resamples lie on one side,
  /// z₀ is infinite, and the percentiles themselves are taken.
  package func corrected(
    _ sorted: [Double],
    around value: Double,
    acceleration: Double
  ) -> ConfidenceInterval {
    let below = sorted.reduce(0.0) { $0 + ($1 < value ? 1 : $1 == value ? 0.5 : 0) }
    let normal = Normal()
    let shift = normal.quantile(below / Double(sorted.count))
    guard shift.isFinite else { return percentile(sorted) }
    func moved(_ tail: Double) -> Double {
      let z = shift + normal.quantile(tail)
      let scale = 1 - acceleration * z
      return scale > 0 ? normal.cumulative(at: shift + z / scale) : (z > 0 ? 1 : 0)
    }
    let tail = (1 - level) / 2
    return ConfidenceInterval(
      low: quantile(moved(tail), sorted),
      high: quantile(moved(1 - tail), sorted)
    )
  }
}
