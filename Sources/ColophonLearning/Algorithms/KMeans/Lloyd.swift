import ColophonMath

/// Lloyd's iterations: rows go to the nearest centre, centres to the mean of their rows.
///
/// Labels and sums are pure functions of the centres, so that an iteration begun from stored
/// centres has the bits of one that was never stopped.
package struct Lloyd {
  let rows: ClusterRows
  let clusters: Int
  private let threads: Int
  private let blockSize: Int
  /// Row-major: clusters × features.
  package private(set) var centres: [Double]
  /// The cluster of each row; -1 before the first assignment.
  private(set) var labels: [Int32]
  /// The weight of each cluster's rows at the last update.
  private(set) var sizes: [Double]
  /// Whether `labels` are those of `centres`.
  private(set) var isAssigned = false
  private var upper: [Double]
  private var lower: [Double]
  private var sums: [Double]
  /// How far each centre moved in the last update; nil before the first.
  private var moved: [Double]?

  package init(_ rows: ClusterRows, centres: [Double], threads: Int) {
    self.rows = rows
    self.centres = centres
    self.threads = threads
    clusters = centres.count / rows.width
    blockSize = rows.blockSize(clusters: clusters)
    labels = Array(repeating: -1, count: rows.count)
    upper = Array(repeating: 0, count: rows.count)
    lower = upper
    sizes = Array(repeating: 0, count: clusters)
    let blocks = (rows.count + blockSize - 1) / blockSize
    sums = Array(repeating: 0, count: blocks * clusters * (rows.width + 1))
  }

  private var blocks: Int { (rows.count + blockSize - 1) / blockSize }

  /// Puts each row to its nearest centre; whether a row changed its cluster.
  @discardableResult
  package mutating func assign() -> Bool {
    if isAssigned { return false }
    isAssigned = true
    let points = PackedPoints(centres, width: rows.width)
    var changes = [Bool](repeating: false, count: blocks)
    let (rows, clusters, blockSize, moved) = (rows, clusters, blockSize, moved)
    let (blocks, threads) = (blocks, threads)
    let halves = moved == nil ? [] : halfDistances(points)
    labels.withUnsafeMutableBufferPointer { labels in
      upper.withUnsafeMutableBufferPointer { upper in
        lower.withUnsafeMutableBufferPointer { lower in
          sums.withUnsafeMutableBufferPointer { sums in
            changes.withUnsafeMutableBufferPointer { changes in
              guard let labels = labels.baseAddress, let upper = upper.baseAddress,
                let lower = lower.baseAddress, let sums = sums.baseAddress,
                let changes = changes.baseAddress
              else { return }
              let pass = LloydPass(
                rows: rows,
                points: points,
                clusters: clusters,
                blockSize: blockSize,
                moved: moved,
                halves: halves,
                farthest: Lloyd.farthest(moved ?? []),
                labels: labels,
                upper: upper,
                lower: lower,
                sums: sums,
                changes: changes
              )
              Workers.share(blocks, among: threads) { pass.run($0) }
            }
          }
        }
      }
    }
    return changes.contains(true)
  }

  /// Moves each centre to the mean of its rows; the sum of squared movements.
  package mutating func update() -> Double {
    let width = rows.width
    var totals = [Double](repeating: 0, count: clusters * (width + 1))
    for block in 0..<blocks {
      let start = block * totals.count
      for i in totals.indices { totals[i] += sums[start + i] }
    }
    relocate(&totals)
    var next = centres
    for c in 0..<clusters {
      let weight = totals[c * (width + 1) + width]
      sizes[c] = weight
      guard weight > 0 else { continue }
      for j in 0..<width { next[c * width + j] = totals[c * (width + 1) + j] / weight }
    }
    return move(to: next)
  }

  /// Puts the centres elsewhere; the sum of squared movements.
  @discardableResult
  mutating func move(to next: [Double]) -> Double {
    let width = rows.width
    var shifts = [Double](repeating: 0, count: clusters)
    for c in 0..<clusters {
      for j in c * width..<(c + 1) * width {
        let difference = next[j] - centres[j]
        shifts[c] += difference * difference
      }
    }
    centres = next
    moved = shifts.map { $0.squareRoot() }
    isAssigned = false
    return shifts.reduce(0, +)
  }

  /// Gives each cluster without rows the row farthest from its centre, the first of equals; where
  /// every row lies on its centre, the cluster's centre stays where it was.
  private mutating func relocate(_ totals: inout [Double]) {
    let width = rows.width
    let empty = (0..<clusters).filter { totals[$0 * (width + 1) + width] == 0 }
    guard !empty.isEmpty else { return }
    let distances = (0..<rows.count).map { squaredDistance($0) }
    let order = distances.indices.sorted { (distances[$1], $0) < (distances[$0], $1) }
    for (cluster, row) in zip(empty, order) where distances[row] > 0 {
      let weight = rows.weights?[row] ?? 1
      let (from, to) = (Int(labels[row]) * (width + 1), cluster * (width + 1))
      for j in 0..<width {
        let part = weight * rows.values[row * width + j]
        totals[from + j] -= part
        totals[to + j] = part
      }
      totals[from + width] -= weight
      totals[to + width] = weight
    }
  }

  private func squaredDistance(_ row: Int) -> Double {
    let width = rows.width
    let centre = Int(labels[row]) * width
    var sum = 0.0
    for j in 0..<width {
      let difference = rows.values[row * width + j] - centres[centre + j]
      sum += difference * difference
    }
    return sum
  }

  /// The weighted sum of the rows' squared distances to their centres.
  var inertia: Double {
    rows.sum(block: blockSize, threads: threads) { range in
      range.reduce(0) { $0 + (rows.weights?[$1] ?? 1) * squaredDistance($1) }
    }
  }

  private func halfDistances(_ points: PackedPoints) -> [Double] {
    var distances = [Double](repeating: 0, count: clusters * points.paddedCount)
    distances.withUnsafeMutableBufferPointer { target in
      centres.withUnsafeBufferPointer { centres in
        guard let target = target.baseAddress, let centres = centres.baseAddress else { return }
        points.measure(
          .squaredDifferences,
          from: centres,
          count: clusters,
          stride: rows.width,
          into: target,
          targetStride: points.paddedCount
        )
      }
    }
    return (0..<clusters).map { c in
      let others = (0..<clusters).filter { $0 != c }
      let least = others.reduce(Double.infinity) { min($0, distances[c * points.paddedCount + $1]) }
      return least.squareRoot() / 2
    }
  }

  private static func farthest(_ moved: [Double]) -> (Int, Double, Double) {
    var (place, most, others) = (0, 0.0, 0.0)
    for (c, distance) in moved.enumerated() {
      if distance > most {
        (others, most, place) = (most, distance, c)
      } else if distance > others {
        others = distance
      }
    }
    return (place, most, others)
  }
}
