package import ColophonCore
import ColophonData

/// Intervals from resampling the rows with replacement (Efron, 1979).
///
/// A resample draws as many rows as there are, each with the weight it carries (of a ranking as many
/// queries and of forecasts as many series, each with all its rows); all metrics are computed on the same resamples. Rows stay where they are and only their weights change, so an
/// order by score is sorted once and walked in each resample. Resample i draws from the stream of
/// index i, so neither the number of threads nor their speed reaches a result. A threshold stays
/// what it was for the whole sample.
package struct Bootstrap: Hashable, Sendable {
  /// How bounds are read from the resampled values.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Bias-corrected and accelerated (Efron, 1987): second-order correct; the default.
    case bca
    /// The percentiles themselves.
    case percentile
  }

  package var kind: Kind
  /// The share of resamples between the bounds; between 0 and 1.
  package var level: Double
  package var resamples: Int

  package init(kind: Kind = .bca, level: Double = 0.95, resamples: Int = 2_000) {
    precondition(level > 0 && level < 1, "a level of \(level)")
    precondition(resamples > 0, "\(resamples) resamples")
    self.kind = kind
    self.level = level
    self.resamples = resamples
  }

  /// An interval for each metric; nil where the metric is undefined for the sample itself, or for
  /// more than one resample in 20.
  ///
  /// No result depends on how many `threads` draw resamples side by side; `stream` lends each
  /// resample its own random stream.
  package func intervals(
    of metrics: [Metric],
    sample: Sample,
    threads: Int = 1,
    stream: @escaping @Sendable (Int) -> RandomStream
  ) -> [ConfidenceInterval?] {
    let replicates = replicates(of: metrics, sample: sample, threads: threads, stream: stream)
    let accelerations =
      kind == .bca ? accelerations(of: metrics, sample: sample, threads: threads) : []
    return metrics.indices.map { index in
      guard let value = metrics[index].value(sample) else { return nil }
      let defined = replicates[index].compactMap { $0 }.sorted()
      guard !defined.isEmpty, defined.count * 20 >= resamples * 19 else { return nil }
      switch kind {
      case .percentile: return percentile(defined)
      case .bca: return corrected(defined, around: value, acceleration: accelerations[index])
      }
    }
  }

  /// The value of each metric in each resample, nil where it is undefined there.
  package func replicates(
    of metrics: [Metric],
    sample: Sample,
    threads: Int = 1,
    stream: @escaping @Sendable (Int) -> RandomStream
  ) -> [[Double?]] {
    let base = sample.weighting
    let units = sample.cases.units
    return Resampling.run(resamples, metrics: metrics, sample: sample, threads: threads) {
      index,
      weights in
      var stream = stream(index)
      Resampling.draw(from: &stream, base: base, units: units, into: &weights)
    }
  }

  /// How fast the spread of each metric changes with its value, by leaving rows out.
  package func accelerations(
    of metrics: [Metric],
    sample: Sample,
    threads: Int = 1
  ) -> [Double] {
    Jackknife.accelerations(of: metrics, sample: sample, threads: threads)
  }

  /// The bounds that leave (1 − level) / 2 of the resamples on either side.
  package func percentile(_ sorted: [Double]) -> ConfidenceInterval {
    let tail = (1 - level) / 2
    return ConfidenceInterval(low: quantile(tail, sorted), high: quantile(1 - tail, sorted))
  }
}

/// The value below which a share of the sorted numbers lies, straight between neighbours (type 7
/// of Hyndman and Fan, 1996).
func quantile(_ share: Double, _ sorted: [Double]) -> Double {
  let position = min(max(share, 0), 1) * Double(sorted.count - 1)
  let below = Int(position)
  let above = min(below + 1, sorted.count - 1)
  let (low, high) = (sorted[below], sorted[above])
  // Two infinities differ by NaN; and a step of 0 times infinity is NaN too.
  if low == high || position == Double(below) { return low }
  return low + (high - low) * (position - Double(below))
}
