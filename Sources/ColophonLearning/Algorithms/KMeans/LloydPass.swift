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
    var places: UnsafeMutablePointer<Int>
  }

  func run(_ block: Int) {
    let range = block * blockSize..<min(rows.count, (block + 1) * blockSize)
    let batch = LloydPass.batch
    withUnsafeTemporaryAllocation(
      of: Double.self,
      capacity: batch * (points.paddedCount + rows.width)
    ) { numbers in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: batch) { places in
        guard let distances = numbers.baseAddress, let places = places.baseAddress else { return }
        let bench = Bench(
          distances: distances,
          gathered: distances + batch * points.paddedCount,
          places: places
        )
        let hasChanged = assign(range, bench)
        changes[block] = hasChanged
        if hasChanged || moved == nil { add(range, sums + block * clusters * (rows.width + 1)) }
      }
    }
  }

  private func assign(_ range: Range<Int>, _ bench: Bench) -> Bool {
    var pending = 0
    var hasChanged = false
    moved.withBuffer { moved in
      halves.withUnsafeBufferPointer { halves in
        for row in range {
          if let moved {
            let own = Int(labels[row])
            let high = upper[row] + moved[own]
            let low = lower[row] - (own == farthest.centre ? farthest.others : farthest.most)
            upper[row] = high
            lower[row] = low
            if high * (1 + 1e-9) < max(low, halves[own]) { continue }
          }
          bench.places[pending] = row
          pending += 1
          if pending == LloydPass.batch {
            if measure(pending, bench) { hasChanged = true }
            pending = 0
          }
        }
      }
    }
    if pending > 0, measure(pending, bench) { hasChanged = true }
    return hasChanged
  }

  /// Measures the rows on the bench against all centres; whether one changed its cluster.
  private func measure(_ count: Int, _ bench: Bench) -> Bool {
    let width = rows.width
    let stride = points.paddedCount
    rows.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      let first = bench.places[0]
      var start = base + first * width
      if bench.places[count - 1] - first != count - 1 {
        for i in 0..<count {
          (bench.gathered + i * width).update(from: base + bench.places[i] * width, count: width)
        }
        start = UnsafePointer(bench.gathered)
      }
      points.measure(
        .squaredDifferences,
        from: start,
        count: count,
        stride: width,
        into: bench.distances,
        targetStride: stride
      )
    }
    var hasChanged = false
    for i in 0..<count {
      let distances = bench.distances + i * stride
      var (best, second, place) = (distances[0], Double.infinity, 0)
      for c in 1..<max(clusters, 1) {
        let distance = distances[c]
        if distance < best {
          (second, best, place) = (best, distance, c)
        } else if distance < second {
          second = distance
        }
      }
      let row = bench.places[i]
      upper[row] = best.squareRoot()
      lower[row] = second.squareRoot()
      if labels[row] != Int32(place) {
        labels[row] = Int32(place)
        hasChanged = true
      }
    }
    return hasChanged
  }

  /// Adds up a block's rows by cluster, rows ascending.
  private func add(_ range: Range<Int>, _ sums: UnsafeMutablePointer<Double>) {
    let width = rows.width
    sums.update(repeating: 0, count: clusters * (width + 1))
    rows.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for row in range {
        let target = sums + Int(labels[row]) * (width + 1)
        let source = base + row * width
        if let weights = rows.weights {
          let weight = weights[row]
          for j in 0..<width { target[j] += weight * source[j] }
          target[width] += weight
        } else {
          for j in 0..<width { target[j] += source[j] }
          target[width] += 1
        }
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
