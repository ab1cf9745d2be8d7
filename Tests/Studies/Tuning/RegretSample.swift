import ColophonMath

/// Results of one way over several seeds.
struct RegretSample {
  let values: [Double]

  /// A quantile, between the two nearest values.
  func quantile(_ share: Double) -> Double {
    let sorted = values.sorted()
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    guard low + 1 < sorted.count else { return sorted[low] }
    return sorted[low] + (sorted[low + 1] - sorted[low]) * (place - Double(low))
  }

  /// The two-sided chance of ranks as far apart as these, were both ways alike: Mann and Whitney's
  /// test by its normal approximation, with correction for ties and continuity.
  func chance(beside other: RegretSample) -> Double {
    let (n, m) = (Double(values.count), Double(other.values.count))
    var wins = 0.0
    for a in values { for b in other.values { wins += a < b ? 1 : a == b ? 0.5 : 0 } }
    var ties = 0.0
    for (_, group) in Dictionary(grouping: values + other.values, by: { $0 }) {
      let t = Double(group.count)
      ties += t * t * t - t
    }
    let total = n + m
    let variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    guard variance > 0 else { return 1 }
    let z = max(0, abs(wins - n * m / 2) - 0.5) / variance.squareRoot()
    return min(1, Elementary.erfc(z / 2.0.squareRoot()))
  }
}

extension Double {
  /// Three significant digits.
  var threeDigits: String {
    guard isFinite, self != 0 else { return "\(self)" }
    let power = Int(Elementary.log10(abs(self)).rounded(.down))
    let step = Elementary.pow(10, Double(power - 2))
    let rounded = (self / step).rounded()
    if power < -4 || power > 5 {
      return "\((rounded / 100).rounded(toPlaces: 2))e\(power)"
    }
    return "\((rounded * step).rounded(toPlaces: max(0, 2 - power)))"
  }

  private func rounded(toPlaces places: Int) -> Double {
    let scale = Elementary.pow(10, Double(places))
    return (self * scale).rounded() / scale
  }
}
