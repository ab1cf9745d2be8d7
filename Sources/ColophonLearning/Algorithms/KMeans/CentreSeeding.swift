import ColophonCore
import ColophonMath

/// Chooses the first centres among the rows.
struct CentreSeeding {
  let rows: ClusterRows
  let clusters: Int
  let threads: Int
  private let block = 1_024

  /// Any rows, each with a chance in proportion to its weight, none twice.
  func random(_ stream: inout RandomStream) -> [Double] {
    let chosen =
      rows.weights.map { stream.sample(clusters, weights: $0) }
      ?? stream.sample(clusters, of: rows.count)
    return chosen.flatMap { Array(rows.row($0)) }
  }

  /// Greedy k-means++: the next centre is the best of a few rows, each drawn with a chance in
  /// proportion to its squared distance to the nearest centre so far.
  ///
  /// The number of candidates is 2 + ⌊log k⌋.
  func plusPlus(_ stream: inout RandomStream) -> [Double] {
    let trials = min(2 + Int(Elementary.log(Double(clusters))), rows.count)
    let first = draw(rows.weights ?? [Double](repeating: 1, count: rows.count), &stream)
    var centres = Array(rows.row(first))
    var nearest = distances(to: [first])[0]
    while centres.count < clusters * rows.width {
      let mass = rows.weights.map { zip($0, nearest).map { $0 * $1 } } ?? nearest
      let candidates = (0..<trials).map { _ in draw(mass, &stream) }
      let found = distances(to: candidates, atMost: nearest)
      let costs = found.map { cost($0) }
      let best = costs.indices.min { costs[$0] < costs[$1] } ?? 0
      nearest = found[best]
      centres += rows.row(candidates[best])
    }
    return centres
  }

  /// One row with a chance in proportion to its mass; where all have none, any row.
  private func draw(_ mass: [Double], _ stream: inout RandomStream) -> Int {
    let sums = stride(from: 0, to: mass.count, by: block).map { start in
      mass[start..<min(start + block, mass.count)].reduce(0, +)
    }
    let total = sums.reduce(0, +)
    let draw = stream.uniform()
    guard total > 0 else { return Int(draw * Double(mass.count)) }
    var rest = draw * total
    for (index, sum) in sums.enumerated() {
      if rest >= sum {
        rest -= sum
        continue
      }
      for place in index * block..<min((index + 1) * block, mass.count) where mass[place] > 0 {
        if rest < mass[place] { return place }
        rest -= mass[place]
      }
    }
    return mass.lastIndex { $0 > 0 } ?? 0
  }

  private func cost(_ distances: [Double]) -> Double {
    rows.sum(block: block, threads: 1) { range in
      range.reduce(0) { $0 + (rows.weights?[$1] ?? 1) * distances[$1] }
    }
  }

  /// For each candidate every row's squared distance to it, or what it was before if that is less.
  private func distances(to candidates: [Int], atMost before: [Double]? = nil) -> [[Double]] {
    let points = PackedPoints(
      rows.values,
      width: rows.width,
      places: candidates.map { Int32($0) }
    )
    let padded = points.paddedCount
    var found = [Double](repeating: 0, count: candidates.count * rows.count)
    found.withUnsafeMutableBufferPointer { found in
      rows.values.withUnsafeBufferPointer { values in
        Workers.share((rows.count + block - 1) / block, among: threads) { index in
          let range = index * block..<min(rows.count, (index + 1) * block)
          withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count * padded) { part in
            guard let base = values.baseAddress, let target = part.baseAddress else { return }
            points.measure(
              .squaredDifferences,
              from: base + range.lowerBound * rows.width,
              count: range.count,
              stride: rows.width,
              into: target,
              targetStride: padded
            )
            for c in candidates.indices {
              for (i, row) in range.enumerated() {
                let distance = target[i * padded + c]
                found[c * rows.count + row] = before.map { min($0[row], distance) } ?? distance
              }
            }
          }
        }
      }
    }
    return candidates.indices.map { Array(found[$0 * rows.count..<($0 + 1) * rows.count]) }
  }
}
