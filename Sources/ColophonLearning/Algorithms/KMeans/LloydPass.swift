import ColophonMath

/// One assignment of rows to their nearest centres, block by block.
///
/// Each row has bounds: `upper`, at least its distance to its own centre, and `lower`, at most that
/// to any other. A row whose bounds, moved with the centres, still don't meet keeps its cluster
/// unseen; a part in 10⁹ is held back for rounding, so that nothing is passed over that looking
/// would change.
struct LloydPass {
  /// Rows that are measured at once.
  private static let batch = 64

  let rows: ClusterRows
  let points: PackedPoints
  let clusters: Int
  let blockSize: Int
  /// How far each centre moved since the bounds held; nil where there are no bounds yet.
  let moved: [Double]?
  /// Half the distance from each centre to the nearest other.
  let halves: [Double]
  /// The centre that moved most, its movement and the most of the others.
  let farthest: (centre: Int, most: Double, others: Double)
  let labels: UnsafeMutablePointer<Int32>
  let upper: UnsafeMutablePointer<Double>
  let lower: UnsafeMutablePointer<Double>
  /// For each block and cluster the weighted sum of rows, then the weight.
  let sums: UnsafeMutablePointer<Double>
  /// Whether a row of the block changed its cluster.
  let changes: UnsafeMutablePointer<Bool>

  /// Space of one thread.
  private struct Bench {
    var distances: UnsafeMutablePointer<Double>
    var gathered: UnsafeMutablePointer<Double>
    var best: UnsafeMutablePointer<Double>
    var second: UnsafeMutablePointer<Double>
    /// The rows to be measured, counted from the batch's first.
    var pending: UnsafeMutablePointer<Int>
    var places: UnsafeMutablePointer<Int64>
  }

  func run(_ block: Int) {
    let range = block * blockSize..<min(rows.count, (block + 1) * blockSize)
    let batch = LloydPass.batch
    withUnsafeTemporaryAllocation(
      of: Double.self,
      capacity: batch * (points.paddedCount + rows.width + 2)
    ) { numbers in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: batch) { pending in
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: batch) { places in
          guard let distances = numbers.baseAddress, let pending = pending.baseAddress,
            let places = places.baseAddress
          else { return }
          let gathered = distances + batch * points.paddedCount
          let best = gathered + batch * rows.width
          let bench = Bench(
            distances: distances,
            gathered: gathered,
            best: best,
            second: best + batch,
            pending: pending,
            places: places
          )
          let hasChanged = assign(range, bench)
          changes[block] = hasChanged
          if hasChanged || moved == nil { add(range, sums + block * clusters * (rows.width + 1)) }
        }
      }
    }
  }

  private func assign(_ range: Range<Int>, _ bench: Bench) -> Bool {
    var hasChanged = false
    for start in stride(from: range.lowerBound, to: range.upperBound, by: LloydPass.batch) {
      let count = min(LloydPass.batch, range.upperBound - start)
      let pending = moved == nil ? count : doubtful(start, count, bench)
      if pending > 0, measure(start, count, pending, bench) { hasChanged = true }
    }
    return hasChanged
  }

  /// Moves the bounds of some rows, and puts those whose bounds meet on the bench.
  private func doubtful(_ start: Int, _ count: Int, _ bench: Bench) -> Int {
    var pending = 0
    moved.withBuffer { moved in
      halves.withUnsafeBufferPointer { halves in
        guard let moved else { return }
        for i in 0..<count {
          let row = start + i
          let own = Int(labels[row])
          let high = upper[row] + moved[own]
          let low = lower[row] - (own == farthest.centre ? farthest.others : farthest.most)
          upper[row] = high
          lower[row] = low
          bench.pending[pending] = i
          pending += high * (1 + 1e-9) < max(low, halves[own]) ? 0 : 1
        }
      }
    }
    return pending
  }

  /// Measures the pending rows of a batch against all centres; whether one changed its cluster.
  ///
  /// Where many are pending, all are measured where they lie, since that is cheaper than to gather
  /// some.
  private func measure(_ start: Int, _ count: Int, _ pending: Int, _ bench: Bench) -> Bool {
    let isWhole = 4 * pending >= count
    let measured = isWhole ? count : pending
    rows.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      let first = base + start * rows.width
      if !isWhole {
        for i in 0..<pending {
          (bench.gathered + i * rows.width)
            .update(from: first + bench.pending[i] * rows.width, count: rows.width)
        }
      }
      points.measure(
        .squaredDifferences,
        from: isWhole ? first : UnsafePointer(bench.gathered),
        count: measured,
        stride: rows.width,
        into: bench.distances,
        targetStride: points.paddedCount
      )
    }
    NearestPoints.find(
      rows: measured,
      points: clusters,
      bench.distances,
      stride: points.paddedCount,
      places: bench.places,
      best: bench.best,
      second: bench.second
    )
    var hasChanged = false
    // A row that was measured though it was not pending has tighter bounds and its old cluster.
    for i in 0..<measured {
      let row = start + (isWhole ? i : bench.pending[i])
      let place = Int32(truncatingIfNeeded: bench.places[i])
      upper[row] = bench.best[i]
      lower[row] = bench.second[i]
      hasChanged = hasChanged || labels[row] != place
      labels[row] = place
    }
    return hasChanged
  }

  /// Adds up a block's rows by cluster, rows ascending.
  private func add(_ range: Range<Int>, _ sums: UnsafeMutablePointer<Double>) {
    let width = rows.width
    sums.update(repeating: 0, count: clusters * (width + 1))
    rows.values.withUnsafeBufferPointer { values in
      rows.weights.withBuffer { weights in
        guard let base = values.baseAddress else { return }
        NearestPoints.addGroups(
          rows: range.count,
          columns: width,
          base + range.lowerBound * width,
          groups: labels + range.lowerBound,
          weights: weights.flatMap { $0.baseAddress }.map { $0 + range.lowerBound },
          to: sums
        )
      }
    }
  }
}

extension [Double]? {
  /// Calls a body with the numbers in place, or with nil.
  fileprivate func withBuffer(_ body: (UnsafeBufferPointer<Double>?) -> Void) {
    guard let self else { return body(nil) }
    self.withUnsafeBufferPointer { body($0) }
  }
}
