/// Finds quantiles of whole numbers by bisection between ever wider bounds.
enum Discrete {
  /// The least whole number from 0 to `last` at which `reaches` holds; it must hold from there on.
  ///
  /// - `guess`: Where to begin; any number will do.
  /// - `spread`: About how far off the guess may be; above 0.
  static func least(
    near guess: Double,
    spread: Double,
    upTo last: Double,
    where reaches: (Double) -> Bool
  ) -> Double {
    let start = max(0, min(last, guess.isFinite ? guess.rounded() : 0))
    var step = max(1, spread.rounded())
    var low = start
    var high = start
    if reaches(start) {
      while low >= 0, reaches(low) {
        high = low
        low -= step
        step *= 2
      }
      low = max(low, -1)
    } else {
      while high < last, !reaches(high) {
        low = high
        high = min(last, high + step)
        step *= 2
      }
    }
    // `reaches` fails at low (or low is −1) and holds at high (or high is last).
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded(.down)
      if middle <= low || middle >= high { break }
      if reaches(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
