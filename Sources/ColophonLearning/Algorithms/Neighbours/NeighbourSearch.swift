import ColophonMath

/// Finds the nearest stored rows, by a tree or by looking at all; both find the same.
struct NeighbourSearch: Sendable {
  /// Queries that are measured at once, and panels of stored rows between them.
  private static let block = (queries: 8, panels: 64)
  /// Numbers of stored rows that a processor's last cache is taken to hold: 8 MB.
  private static let cached = 1 << 20

  let metric: NeighbourMetric
  let needed: Int
  let weights: [Double]?
  private let width: Int
  private let points: PackedPoints
  private let places: [Int32]
  private let tree: SpaceTree?

  /// Packs the stored rows, which stand row-major, each counting by its weight (nil where all weigh
  /// 1); with a tree of leaves of at most `leafSize` rows, or without one where that is nil.
  init(
    _ rows: [Double],
    width: Int,
    metric: NeighbourMetric,
    needed: Int,
    weights: [Double]?,
    leafSize: Int?
  ) {
    self.metric = metric
    self.needed = needed
    self.weights = weights
    self.width = width
    let rows = metric.prepared(rows, width: width)
    tree = leafSize.map { SpaceTree(rows, width: width, leafSize: $0) }
    if let tree {
      places = tree.places
      points = PackedPoints(rows, width: width, places: places)
    } else {
      points = PackedPoints(rows, width: width)
      let count = Int32(width == 0 ? 0 : rows.count / width)
      places = (0..<Int32(points.paddedCount)).map { $0 < count ? $0 : -1 }
    }
  }

  /// Calls a body with each query's neighbours, blocks of queries side by side.
  ///
  /// `body` is called once a query, from any thread.
  func each(
    of queries: [Double],
    threads: Int,
    _ body: @Sendable (_ query: Int, _ nearest: NearestRows) -> Void
  ) {
    let queries = metric.prepared(queries, width: width)
    let count = queries.count / width
    let share = 64
    Workers.share((count + share - 1) / share, among: threads) { block in
      let range = block * share..<min(count, (block + 1) * share)
      queries.withUnsafeBufferPointer { all in
        guard let base = all.baseAddress else { return }
        if tree != nil {
          walk(base, range, body)
        } else {
          scan(base, range, body)
        }
      }
    }
  }

  private func scan(
    _ queries: UnsafePointer<Double>,
    _ range: Range<Int>,
    _ body: (Int, NearestRows) -> Void
  ) {
    let (height, panels) = NeighbourSearch.block
    let stride = panels * PackedPoints.panel
    withUnsafeTemporaryAllocation(of: Double.self, capacity: height * stride) { buffer in
      guard let target = buffer.baseAddress else { return }
      // Points beyond the cache are fetched once for all queries of the range.
      let isLarge = points.paddedCount * width > NeighbourSearch.cached
      let group = isLarge ? range.count : height
      for begin in Swift.stride(from: range.lowerBound, to: range.upperBound, by: group) {
        let own = begin..<min(begin + group, range.upperBound)
        var nearest = [NearestRows](
          repeating: NearestRows(needed: needed, weights: weights),
          count: own.count
        )
        for first in Swift.stride(from: 0, to: points.panels, by: panels) {
          let part = first..<min(first + panels, points.panels)
          for start in Swift.stride(from: begin, to: own.upperBound, by: height) {
            let rows = min(height, own.upperBound - start)
            points.measure(
              metric.measure,
              from: queries + start * width,
              count: rows,
              stride: width,
              panels: part,
              into: target,
              targetStride: stride
            )
            for row in 0..<rows {
              take(target + row * stride, part, into: &nearest[start - begin + row])
            }
          }
        }
        for query in own { body(query, nearest[query - begin]) }
      }
    }
  }

  private func walk(
    _ queries: UnsafePointer<Double>,
    _ range: Range<Int>,
    _ body: (Int, NearestRows) -> Void
  ) {
    guard let tree else { return }
    var nearest = NearestRows(needed: needed, weights: weights)
    var buffer: [Double] = []
    for query in range {
      nearest.clear()
      let place = queries + query * width
      tree.search(place, metric, bound: { nearest.bound }) { panels in
        let stride = panels.count * PackedPoints.panel
        if buffer.count < stride { buffer = [Double](repeating: 0, count: stride) }
        buffer.withUnsafeMutableBufferPointer { buffer in
          guard let target = buffer.baseAddress else { return }
          points.measure(
            metric.measure,
            from: place,
            count: 1,
            stride: width,
            panels: panels,
            into: target,
            targetStride: stride
          )
          take(target, panels, into: &nearest)
        }
      }
      body(query, nearest)
    }
  }

  @inline(__always)
  private func take(
    _ measured: UnsafePointer<Double>,
    _ panels: Range<Int>,
    into nearest: inout NearestRows
  ) {
    let first = panels.lowerBound * PackedPoints.panel
    var bound = nearest.bound
    places.withUnsafeBufferPointer { places in
      for i in 0..<panels.count * PackedPoints.panel {
        let distance = metric.reduced(measured[i])
        guard distance <= bound, places[first + i] >= 0 else { continue }
        nearest.take(distance, places[first + i])
        bound = nearest.bound
      }
    }
  }
}
