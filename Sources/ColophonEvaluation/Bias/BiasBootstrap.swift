package import ColophonCore
import ColophonMath
import Dispatch

/// Intervals about bias metrics, by resampling the rows with replacement.
///
/// All metrics are computed on the same resamples; resample i draws from the stream of index i, so
/// no result depends on the number of threads. The flip test has none: its neighbours would have to
/// be found again in every resample.
package struct BiasBootstrap: Sendable {
  /// Up to this many rows each is left out by itself for the acceleration, else in 200 groups.
  private static let exactLimit = 1_000
  private static let groups = 200

  private let bootstrap: Bootstrap

  package init(_ bootstrap: Bootstrap) { self.bootstrap = bootstrap }

  /// An interval for each metric; nil where it is undefined for the rows, or for more than one
  /// resample in 20.
  package func intervals(
    of metrics: [BiasMetric],
    rows: BiasRows,
    threads: Int = 1,
    stream: @escaping @Sendable (Int) -> RandomStream
  ) -> [ConfidenceInterval?] {
    let cells = CellRows(rows)
    let values = run(bootstrap.resamples, metrics, threads) { index in
      var stream = stream(index)
      return cells.drawn(from: &stream)
    }
    let left = bootstrap.kind == .bca ? leaveOut(cells, metrics, threads) : []
    let evidence = BiasMetric.Evidence(cells.counts { _ in true })
    return metrics.indices.map { m in
      guard let value = metrics[m].value(evidence) else { return nil }
      let defined = values.compactMap { $0[m] }.sorted()
      guard !defined.isEmpty, defined.count * 20 >= bootstrap.resamples * 19 else { return nil }
      guard bootstrap.kind == .bca else { return bootstrap.percentile(defined) }
      let acceleration = Jackknife.acceleration(left.compactMap { $0[m] })
      return bootstrap.corrected(defined, around: value, acceleration: acceleration)
    }
  }

  private func leaveOut(
    _ cells: CellRows,
    _ metrics: [BiasMetric],
    _ threads: Int
  ) -> [[Double?]] {
    let groups = cells.count <= BiasBootstrap.exactLimit ? cells.count : BiasBootstrap.groups
    return run(groups, metrics, threads) { group in cells.counts { $0 % groups != group } }
  }

  private func run(
    _ count: Int,
    _ metrics: [BiasMetric],
    _ threads: Int,
    counts: @escaping @Sendable (Int) -> BiasCounts
  ) -> [[Double?]] {
    let results = UnsafeMutableBufferPointer<[Double?]>.allocate(capacity: count)
    results.initialize(repeating: [])
    defer {
      results.deinitialize()
      results.deallocate()
    }
    Workers.share(count, among: threads) { index in
      let evidence = BiasMetric.Evidence(counts(index))
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

  init(_ rows: BiasRows) {
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

  /// The counts of as many rows, drawn with replacement.
  func drawn(from stream: inout RandomStream) -> BiasCounts {
    var sums = [Double](repeating: 0, count: groups * 8)
    sums.withUnsafeMutableBufferPointer { sums in
      cells.withUnsafeBufferPointer { cells in
        Resampling.draws(cells.count, below: cells.count, from: &stream) { row in
          sums[Int(cells[row])] += weights?[row] ?? 1
        }
      }
    }
    return counts(sums)
  }

  /// The counts of the rows at which `keeps` holds.
  func counts(_ keeps: (Int) -> Bool) -> BiasCounts {
    var sums = [Double](repeating: 0, count: groups * 8)
    for row in cells.indices where keeps(row) { sums[Int(cells[row])] += weights?[row] ?? 1 }
    return counts(sums)
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
