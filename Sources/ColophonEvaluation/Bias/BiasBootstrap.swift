package import ColophonCore
import ColophonMath
import Dispatch

/// Intervals about bias metrics, by resampling the rows with replacement.
///
/// All metrics are computed on the same resamples; resample i draws from the stream of index i, so
/// no result depends on the number of threads. The flip test is made anew in each, among those who
/// were drawn. Of its resamples only the spread is believed: a row that was drawn twice makes the
/// neighbours of a resample coarser than those of the sample, which moves all of them to one side
/// (Abadie and Imbens, 2008, on the bootstrap of matching). So its bounds are the percentiles, moved
/// by as much as the resamples' mean lies off the value.
package struct BiasBootstrap: Sendable {
  /// Up to this many rows each is left out by itself for the acceleration, else in 200 groups.
  private static let exactLimit = 1_000
  private static let groups = 200

  private let bootstrap: Bootstrap

  package init(_ bootstrap: Bootstrap) { self.bootstrap = bootstrap }

  /// An interval for each metric; nil where it is undefined for the rows, or for more than one
  /// resample in 20.
  ///
  /// The flip test has one where its neighbours are given as `flips`.
  package func intervals(
    of metrics: [BiasMetric],
    rows: BiasRows,
    flips: FlipSearch? = nil,
    threads: Int = 1,
    stream: @escaping @Sendable (Int) -> RandomStream
  ) -> [ConfidenceInterval?] {
    let cells = CellRows(rows, flips)
    let values = run(bootstrap.resamples, metrics, threads) { index in
      var stream = stream(index)
      return cells.drawn(from: &stream)
    }
    let left = bootstrap.kind == .bca ? leaveOut(cells, metrics, threads) : []
    let evidence = cells.evidence { _ in true }
    return metrics.indices.map { m in
      guard let value = metrics[m].value(evidence) else { return nil }
      let defined = values.compactMap { $0[m] }.sorted()
      guard !defined.isEmpty, defined.count * 20 >= bootstrap.resamples * 19 else { return nil }
      if metrics[m].need == .neighbours { return centred(defined, on: value, metrics[m].range) }
      guard bootstrap.kind == .bca else { return bootstrap.percentile(defined) }
      let acceleration = Jackknife.acceleration(left.compactMap { $0[m] })
      return bootstrap.corrected(defined, around: value, acceleration: acceleration)
    }
  }

  /// The percentiles about a value, within the metric's range.
  private func centred(
    _ sorted: [Double],
    on value: Double,
    _ range: Interval
  ) -> ConfidenceInterval {
    let shift = value - BlockSum.sum(sorted.count) { sorted[$0] } / Double(sorted.count)
    let bounds = bootstrap.percentile(sorted)
    return ConfidenceInterval(
      low: max(bounds.low + shift, range.lower),
      high: min(bounds.high + shift, range.upper)
    )
  }

  private func leaveOut(
    _ cells: CellRows,
    _ metrics: [BiasMetric],
    _ threads: Int
  ) -> [[Double?]] {
    let groups = cells.count <= BiasBootstrap.exactLimit ? cells.count : BiasBootstrap.groups
    return run(groups, metrics, threads) { group in cells.evidence { $0 % groups != group } }
  }

  private func run(
    _ count: Int,
    _ metrics: [BiasMetric],
    _ threads: Int,
    evidence: @escaping @Sendable (Int) -> BiasMetric.Evidence
  ) -> [[Double?]] {
    let results = UnsafeMutableBufferPointer<[Double?]>.allocate(capacity: count)
    results.initialize(repeating: [])
    defer {
      results.deinitialize()
      results.deallocate()
    }
    Workers.share(count, among: threads) { index in
      let evidence = evidence(index)
      results[index] = metrics.map { $0.value(evidence) }
    }
    return Array(results)
  }
}

/// Rows as the cell of the counts that each falls into.
private struct CellRows: Sendable {
  private let cells: [Int32]
  private let weights: [Double]?
  private let groups: Int
  private let hasPredictions: Bool
  private let hasGroups: Bool
  private let flips: FlipSearch?

  init(_ rows: BiasRows, _ flips: FlipSearch?) {
    self.flips = flips
    cells = rows.labels.indices.map { row in
      let place = Int(rows.groups?[row] ?? 0) * 8 + (rows.isDisadvantaged[row] ? 4 : 0)
      let prediction = rows.predictions?[row] ?? false
      return Int32(place + (rows.labels[row] ? 2 : 0) + (prediction ? 1 : 0))
    }
    weights = rows.weights
    groups = rows.groups.map { Int(($0.max() ?? -1) + 1) } ?? 1
    hasPredictions = rows.predictions != nil
    hasGroups = rows.groups != nil
  }

  var count: Int { cells.count }

  /// What is measured of as many rows, drawn with replacement.
  func drawn(from stream: inout RandomStream) -> BiasMetric.Evidence {
    var sums = [Double](repeating: 0, count: groups * 8)
    var drawn = [Double](repeating: 0, count: flips == nil ? 0 : count)
    sums.withUnsafeMutableBufferPointer { sums in
      cells.withUnsafeBufferPointer { cells in
        Resampling.draws(cells.count, below: cells.count, from: &stream) { row in
          let weight = weights?[row] ?? 1
          sums[Int(cells[row])] += weight
          if !drawn.isEmpty { drawn[row] += weight }
        }
      }
    }
    return BiasMetric.Evidence(counts(sums), flips: flips?.test(weights: drawn))
  }

  /// What is measured of the rows at which `keeps` holds.
  func evidence(_ keeps: (Int) -> Bool) -> BiasMetric.Evidence {
    var sums = [Double](repeating: 0, count: groups * 8)
    var kept = [Double](repeating: 0, count: flips == nil ? 0 : count)
    for row in cells.indices where keeps(row) {
      let weight = weights?[row] ?? 1
      sums[Int(cells[row])] += weight
      if !kept.isEmpty { kept[row] = weight }
    }
    return BiasMetric.Evidence(counts(sums), flips: flips?.test(weights: kept))
  }

  private func counts(_ sums: [Double]) -> BiasCounts {
    func group(_ start: Int) -> BiasCounts.Group {
      BiasCounts.Group(
        truePositive: sums[start + 3],
        falseNegative: sums[start + 2],
        falsePositive: sums[start + 1],
        trueNegative: sums[start]
      )
    }
    let strata = (0..<groups).map {
      BiasCounts.Stratum(others: group($0 * 8), disadvantaged: group($0 * 8 + 4))
    }
    return BiasCounts(strata, hasPredictions: hasPredictions, hasGroups: hasGroups)
  }
}
