import ColophonData
import ColophonMath

/// The majority of the nearest of some rows, under the rows' weights or those of a resample.
///
/// For each member the nearest others are found once, by measuring all. For resamples several times
/// what votes is kept: they draw the others about once each, so that hardly any has to look farther.
/// One that has to does.
struct NeighbourVote: Sendable {
  /// Members that are measured at once, and panels of points between them.
  private static let block = (rows: 16, panels: 64)
  /// How many times the weight that votes, and in how many rows at least, is kept for resamples.
  private static let reach = (weight: 6.0, rows: 30)

  private let features: FeatureMatrix
  private let members: [Int]
  private let others: [Int]
  private let points: PackedPoints
  private let weights: [Double]
  /// The weight of the neighbours that vote.
  private let size: Double
  /// For each member some of the others by distance, of equal ones the earlier first.
  private var nearest: [[Int32]] = []

  /// `weights` are the others'; for resamples more of the nearest are kept than vote themselves.
  init(
    _ features: FeatureMatrix,
    of members: [Int],
    among others: [Int],
    weights: [Double],
    size: Double,
    forResamples: Bool,
    threads: Int
  ) {
    self.features = features
    self.members = members
    self.others = others
    self.weights = weights
    self.size = size
    points = PackedPoints(
      features.values,
      width: features.denseColumns,
      places: others.map { Int32($0) }
    )
    let reach = NeighbourVote.reach
    nearest = lists(
      weight: forResamples ? size * reach.weight : size,
      fewest: forResamples ? reach.rows : 1,
      threads
    )
  }

  /// Whether more than half of the weight of a member's nearest others is accepted; the last of
  /// them votes with what is left.
  ///
  /// `weigh` and `accepts` are asked of rows; `crowd` is what all others weigh.
  @inline(__always)
  func vote(
    _ member: Int,
    size: Double,
    crowd: Double,
    weigh: (Int) -> Double,
    accepts: (Int) -> Bool
  ) -> Bool {
    let whole = min(size, crowd)
    var (rest, accepted) = (whole, 0.0)
    func count(_ list: [Int32]) {
      for place in list {
        if rest <= 0 { return }
        let row = others[Int(place)]
        let weight = min(weigh(row), rest)
        if accepts(row) { accepted += weight }
        rest -= weight
      }
    }
    var known = nearest[member]
    count(known)
    while rest > 0, known.count < others.count {
      known = block([members[member]], weight: 0, fewest: known.count * 4)[0]
      (rest, accepted) = (whole, 0)
      count(known)
    }
    return accepted > whole / 2
  }
}

extension NeighbourVote {
  private func lists(weight: Double, fewest: Int, _ threads: Int) -> [[Int32]] {
    let blocks = (members.count + NeighbourVote.block.rows - 1) / NeighbourVote.block.rows
    let results = UnsafeMutableBufferPointer<[Int32]>.allocate(capacity: members.count)
    results.initialize(repeating: [])
    defer {
      results.deinitialize()
      results.deallocate()
    }
    Workers.share(blocks, among: threads) { index in
      let start = index * NeighbourVote.block.rows
      let end = min(start + NeighbourVote.block.rows, members.count)
      let found = block(members[start..<end], weight: weight, fewest: fewest)
      for (place, list) in found.enumerated() { results[start + place] = list }
    }
    return Array(results)
  }

  private func block(_ members: ArraySlice<Int>, weight: Double, fewest: Int) -> [[Int32]] {
    let stride = NeighbourVote.block.panels * PackedPoints.panel
    let rows = members.flatMap { features.row($0) }
    var distances = [Double](repeating: 0, count: members.count * stride)
    var nearest = members.map { _ in Nearest(weight: weight, fewest: fewest) }
    for first in Swift.stride(from: 0, to: points.panels, by: NeighbourVote.block.panels) {
      let last = min(first + NeighbourVote.block.panels, points.panels)
      rows.withUnsafeBufferPointer { rows in
        distances.withUnsafeMutableBufferPointer { target in
          guard let base = rows.baseAddress, let target = target.baseAddress else { return }
          points.measure(
            .squaredDifferences,
            from: base,
            count: members.count,
            stride: features.denseColumns,
            panels: first..<last,
            into: target,
            targetStride: stride
          )
        }
      }
      let range = first * PackedPoints.panel..<min(others.count, last * PackedPoints.panel)
      for member in nearest.indices {
        for (place, other) in range.enumerated() {
          nearest[member].offer(distances[member * stride + place], other, weights[other])
        }
      }
    }
    return nearest.map { $0.places }
  }
}

/// The nearest rows so far, just enough to reach a weight in no fewer rows than some number.
private struct Nearest {
  private let weight: Double
  private let fewest: Int
  /// Ascending by distance, of equal ones the earlier first.
  private var found: [(distance: Double, place: Int32, weight: Double)] = []
  private var total = 0.0

  init(weight: Double, fewest: Int) {
    self.weight = weight
    self.fewest = fewest
  }

  var places: [Int32] { found.map { $0.place } }

  /// Rows are offered in their order.
  mutating func offer(_ distance: Double, _ place: Int, _ own: Double) {
    if let last = found.last, isFull, distance >= last.distance { return }
    let index = found.firstIndex { $0.distance > distance } ?? found.count
    found.insert((distance, Int32(place), own), at: index)
    total += own
    while let last = found.last, found.count > fewest, total - last.weight >= weight {
      total -= last.weight
      found.removeLast()
    }
  }

  private var isFull: Bool { found.count >= fewest && total >= weight }
}
