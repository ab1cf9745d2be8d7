/// The forecast that repeats what was a season ago.
package enum SeasonalNaive {
  /// Its mean absolute error over a series' past, in the order of time: (1/(n − m)) Σ |yₜ − yₜ₋ₘ|
  /// (Hyndman and Koehler, 2006); nil where the past is no longer than a season.
  package static func error(_ past: [Double], season: Int) -> Double? {
    precondition(season > 0, "a season of \(season)")
    guard past.count > season else { return nil }
    let count = past.count - season
    return BlockSum.sum(count) { (past[$0 + season] - past[$0]).magnitude } / Double(count)
  }
}
