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
    rows.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      points.measure(
        .squaredDifferences,
        from: side(by: count, base, bench),
        count: count,
        stride: rows.width,
        into: bench.distances,
        targetStride: points.paddedCount
      )
    }
    var hasChanged = false
    for i in 0..<count {
      let (place, best, second) = nearest(bench.distances + i * points.paddedCount)
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

  /// The rows on the bench one after another: in place where they are, else copied.
  private func side(
    by count: Int,
    _ base: UnsafePointer<Double>,
    _ bench: Bench
  ) -> UnsafePointer<Double> {
    let first = bench.places[0]
    if bench.places[count - 1] - first == count - 1 { return base + first * rows.width }
    for i in 0..<count {
      (bench.gathered + i * rows.width)
        .update(from: base + bench.places[i] * rows.width, count: rows.width)
    }
    return UnsafePointer(bench.gathered)
  }

  /// The nearest centre, the first of equals, its distance and the next one's.
  @inline(__always)
  private func nearest(_ distances: UnsafePointer<Double>) -> (Int, Double, Double) {
    var (best, second, place) = (distances[0], Double.infinity, 0)
    for c in 1..<max(clusters, 1) {
      let distance = distances[c]
      if distance < best {
        (second, best, place) = (best, distance, c)
      } else if distance < second {
        second = distance
      }
    }
    return (place, best, second)
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
