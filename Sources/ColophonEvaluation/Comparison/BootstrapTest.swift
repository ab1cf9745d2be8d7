package import ColophonCore
import ColophonData
import ColophonMath

/// The difference of any metric over resamples that all models share (Efron and Tibshirani, 1993).
///
/// A resample draws rows (queries of a ranking, series of forecasts) with replacement and measures every model on it, so
/// that what is easy or hard for all cancels. The p-value is the error at which the interval would
/// just touch zero: of percentiles 2 · min(F, 1 − F), F the share of differences below 0, ties
/// counting half; of BCa bounds the same share moved back by bias and acceleration. Half a resample
/// is added on either side, so that no finite number of resamples proves anything for certain.
package struct BootstrapTest: ComparisonTest {
  package static let name = "bootstrap"
  package static let summary =
    "A bootstrap of the difference of any metric, each resample measured for all models."
  package static let compares = ComparisonSubject.Kind.rows

  private let options: ComparisonOptions

  package init(_ options: ComparisonOptions) { self.options = options }

  package var words: String {
    let bounds =
      options.bootstrap.kind == .bca ? "bias-corrected and accelerated bounds" : "percentile bounds"
    return "paired bootstrap, \(options.bootstrap.resamples) resamples, \(bounds)"
  }

  package static func objection(to metric: Metric) -> String? {
    metric.task == .clustering
      ? "has no bootstrap: rows drawn twice would look like tight clusters" : nil
  }

  package func evidence(
    for challengers: [ComparisonSubject],
    beside baseline: ComparisonSubject,
    in metric: Metric
  ) throws(ComparisonFault) -> [PairedEvidence] {
    let samples = try samples([baseline] + challengers)
    let values = samples.map { metric.value($0) }
    let replicates = options.bootstrap.replicates(
      of: metric,
      samples: samples,
      threads: options.threads,
      stream: options.stream
    )
    let leftOut =
      options.bootstrap.kind == .bca
      ? Jackknife.values(of: metric, samples: samples, threads: options.threads) : []
    return challengers.indices.map { place in
      guard let a = values[0], let b = values[place + 1], !(b - a).isNaN else { return .undefined }
      let acceleration =
        leftOut.isEmpty
        ? 0
        : Jackknife.acceleration(
          BootstrapTest.differences(leftOut[0], leftOut[place + 1]).filter { $0.isFinite }
        )
      return evidence(
        b - a,
        BootstrapTest.differences(replicates[0], replicates[place + 1]).sorted(),
        acceleration: acceleration,
        sense: metric.sense ?? 1
      )
    }
  }

  /// Differences where both values exist.
  private static func differences(_ a: [Double?], _ b: [Double?]) -> [Double] {
    zip(a, b).compactMap { a, b in
      guard let a, let b, !(b - a).isNaN else { return nil }
      return b - a
    }
  }

  private func evidence(
    _ difference: Double,
    _ sorted: [Double],
    acceleration: Double,
    sense: Double
  ) -> PairedEvidence {
    let bootstrap = options.bootstrap
    guard !sorted.isEmpty, sorted.count * 20 >= bootstrap.resamples * 19 else {
      return PairedEvidence(difference: difference)
    }
    let tail = ResampledTail(
      sorted,
      around: difference,
      acceleration: bootstrap.kind == .bca ? acceleration : nil
    )
    let below = tail.error(at: 0)
    return PairedEvidence(
      difference: difference,
      interval: bootstrap.kind == .bca
        ? bootstrap.corrected(sorted, around: difference, acceleration: acceleration)
        : bootstrap.percentile(sorted),
      pValue: min(1, 2 * min(below, 1 - below)),
      nonInferiority: options.margin.map { margin in
        // Where smaller is better, too large a difference is what is ruled out.
        sense > 0 ? tail.error(at: -margin) : 1 - tail.error(at: margin)
      }
    )
  }
}

/// The error at which a one-sided bound from resamples would reach a number.
struct ResampledTail {
  private let sorted: [Double]
  private let shift: Double
  /// nil for plain percentiles.
  private let acceleration: Double?

  init(_ sorted: [Double], around value: Double, acceleration: Double?) {
    self.sorted = sorted
    shift = Normal().quantile(ResampledTail.share(below: value, sorted))
    self.acceleration = shift.isFinite ? acceleration : nil
  }

  /// The share below a number, ties counting half.
  private static func share(below x: Double, _ sorted: [Double]) -> Double {
    sorted.reduce(0.0) { $0 + ($1 < x ? 1 : $1 == x ? 0.5 : 0) } / Double(sorted.count)
  }

  /// The error of the lower bound that equals `x`: the inverse of Efron's corrected tail,
  /// z = w / (1 + a · w) − z₀ with w = Φ⁻¹(share below x) − z₀.
  func error(at x: Double) -> Double {
    let count = Double(sorted.count)
    let share = (ResampledTail.share(below: x, sorted) * count + 0.5) / (count + 1)
    guard let acceleration else { return share }
    let w = Normal().quantile(share) - shift
    let scale = 1 + acceleration * w
    guard scale > 0 else { return w > 0 ? 1 : 0 }
    return Normal().cumulative(at: w / scale - shift)
  }
}

extension Bootstrap {
  /// The metric of each sample in each resample of the rows that they share.
  package func replicates(
    of metric: Metric,
    samples: [Sample],
    threads: Int = 1,
    stream: @escaping @Sendable (Int) -> RandomStream
  ) -> [[Double?]] {
    let base = samples[0].weighting
    let units = samples[0].cases.units
    return Resampling.run(resamples, metric: metric, samples: samples, threads: threads) {
      index,
      weights in
      var stream = stream(index)
      Resampling.draw(from: &stream, base: base, units: units, into: &weights)
    }
  }
}
