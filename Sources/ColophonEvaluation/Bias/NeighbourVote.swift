import ColophonData
import ColophonMath

/// The majority of the nearest of some rows, found by measuring all.
struct NeighbourVote {
  /// Members that are measured at once, and panels of points between them.
  private static let block = (rows: 16, panels: 64)

  private let points: PackedPoints
  private let count: Int
  private let width: Int
  private let votes: [Bool]
  private let weights: [Double]
  /// The weight of the neighbours that vote.
  private let size: Double

  init(
    _ features: FeatureMatrix,
    among rows: [Int],
    votes: [Bool],
    weights: [Double],
    size: Double
  ) {
    width = features.denseColumns
    count = rows.count
    points = PackedPoints(features.values, width: width, places: rows.map { Int32($0) })
    self.votes = votes
    self.weights = weights
    self.size = size
  }

  /// What the neighbours of some rows say, in the rows' order.
  func votes(of members: [Int], in features: FeatureMatrix, threads: Int) -> [Bool] {
    let blocks = (members.count + NeighbourVote.block.rows - 1) / NeighbourVote.block.rows
    let results = UnsafeMutableBufferPointer<Bool>.allocate(capacity: members.count)
    defer { results.deallocate() }
    Workers.share(blocks, among: threads) { index in
      let start = index * NeighbourVote.block.rows
      let end = min(start + NeighbourVote.block.rows, members.count)
      for (place, vote) in block(members[start..<end], features).enumerated() {
        results[start + place] = vote
      }
    }
    return Array(results)
  }

  private func block(_ members: ArraySlice<Int>, _ features: FeatureMatrix) -> [Bool] {
    let stride = NeighbourVote.block.panels * PackedPoints.panel
    let rows = members.flatMap { features.row($0) }
    var distances = [Double](repeating: 0, count: members.count * stride)
    var nearest = members.map { _ in Nearest(size: size) }
    for first in Swift.stride(from: 0, to: points.panels, by: NeighbourVote.block.panels) {
      let last = min(first + NeighbourVote.block.panels, points.panels)
      rows.withUnsafeBufferPointer { rows in
        distances.withUnsafeMutableBufferPointer { target in
          guard let base = rows.baseAddress, let target = target.baseAddress else { return }
          points.measure(
            .squaredDifferences,
            from: base,
            count: members.count,
            stride: width,
            panels: first..<last,
            into: target,
            targetStride: stride
          )
        }
      }
      let range = first * PackedPoints.panel..<min(count, last * PackedPoints.panel)
      for member in nearest.indices {
        for (place, other) in range.enumerated() {
          nearest[member].offer(distances[member * stride + place], other, weights[other])
        }
      }
    }
    return nearest.map { $0.vote(votes) }
  }
}

/// The nearest rows so far, just enough to reach a weight.
private struct Nearest {
  private let size: Double
  /// Ascending by distance, of equal ones the earlier first.
  private var found: [(distance: Double, row: Int, weight: Double)] = []
  private var total = 0.0

  init(size: Double) { self.size = size }

  /// Rows are offered in their order.
  mutating func offer(_ distance: Double, _ row: Int, _ weight: Double) {
    if let last = found.last, total >= size, distance >= last.distance { return }
    let place = found.firstIndex { $0.distance > distance } ?? found.count
    found.insert((distance, row, weight), at: place)
    total += weight
    while let last = found.last, total - last.weight >= size {
      total -= last.weight
      found.removeLast()
    }
  }

  /// Whether more than half of the votes are for acceptance; the last row votes with what is left.
  func vote(_ votes: [Bool]) -> Bool {
    var (rest, accepted) = (min(size, total), 0.0)
    let whole = rest
    for neighbour in found {
      let weight = min(neighbour.weight, rest)
      if votes[neighbour.row] { accepted += weight }
      rest -= weight
    }
    return accepted > whole / 2
  }
}
