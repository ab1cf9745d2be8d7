import ColophonMath

/// A tree that halves the rows along their widest coordinate until a leaf holds few.
///
/// - SeeAlso: Friedman, Bentley and Finkel, "An algorithm for finding best matches in logarithmic
///   expected time", 1977.
struct SpaceTree: Sendable {
  /// A part of the space: its box, and its halves or its panels.
  private struct Node {
    /// The nodes of the two halves; nil for a leaf.
    var halves: (Int, Int)?
    var panels: Range<Int>
  }

  private let width: Int
  private var nodes: [Node] = []
  /// For each node its lower corner, then its upper one.
  private var boxes: [Double] = []
  /// The row of each packed point; -1 where a panel is filled up.
  private(set) var places: [Int32] = []

  /// Builds the tree of row-major rows.
  init(_ rows: [Double], width: Int, leafSize: Int) {
    self.width = width
    var order = (0..<Int32(width == 0 ? 0 : rows.count / width)).map { $0 }
    guard !order.isEmpty else { return }
    rows.withUnsafeBufferPointer { rows in
      order.withUnsafeMutableBufferPointer { order in
        _ = grow(rows, order, 0..<order.count, leafSize)
      }
    }
  }

  private mutating func grow(
    _ rows: UnsafeBufferPointer<Double>,
    _ order: UnsafeMutableBufferPointer<Int32>,
    _ range: Range<Int>,
    _ leafSize: Int
  ) -> Int {
    let index = nodes.count
    nodes.append(Node(halves: nil, panels: 0..<0))
    let axis = addBox(rows, order, range)
    guard range.count > leafSize, let axis else {
      nodes[index].panels = addLeaf(order, range)
      return index
    }
    let middle = range.lowerBound + range.count / 2
    select(middle, in: order, range) { a, b in
      let (x, y) = (rows[Int(a) * width + axis], rows[Int(b) * width + axis])
      return x < y || (x == y && a < b)
    }
    let left = grow(rows, order, range.lowerBound..<middle, leafSize)
    let right = grow(rows, order, middle..<range.upperBound, leafSize)
    nodes[index].halves = (left, right)
    return index
  }

  /// Adds the smallest box around some rows; its widest axis, nil where all rows are equal.
  private mutating func addBox(
    _ rows: UnsafeBufferPointer<Double>,
    _ order: UnsafeMutableBufferPointer<Int32>,
    _ range: Range<Int>
  ) -> Int? {
    var lower = [Double](repeating: .infinity, count: width)
    var upper = [Double](repeating: -.infinity, count: width)
    for place in range {
      let start = Int(order[place]) * width
      for k in 0..<width {
        lower[k] = min(lower[k], rows[start + k])
        upper[k] = max(upper[k], rows[start + k])
      }
    }
    boxes += lower + upper
    var (widest, axis) = (0.0, nil as Int?)
    for k in 0..<width where upper[k] - lower[k] > widest {
      (widest, axis) = (upper[k] - lower[k], k)
    }
    return axis
  }

  private mutating func addLeaf(
    _ order: UnsafeMutableBufferPointer<Int32>,
    _ range: Range<Int>
  ) -> Range<Int> {
    let start = places.count / PackedPoints.panel
    places += order[range].sorted()
    while !places.count.isMultiple(of: PackedPoints.panel) { places.append(-1) }
    return start..<places.count / PackedPoints.panel
  }

  /// Puts the element of a rank in its place, smaller ones before it, larger ones behind (Hoare,
  /// "Algorithm 65: find", 1961, with the median of three for pivot).
  private func select(
    _ rank: Int,
    in order: UnsafeMutableBufferPointer<Int32>,
    _ range: Range<Int>,
    _ precedes: (Int32, Int32) -> Bool
  ) {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      let middle = low + (high - low) / 2
      if precedes(order[middle], order[low]) { order.swapAt(middle, low) }
      if precedes(order[high], order[low]) { order.swapAt(high, low) }
      if precedes(order[high], order[middle]) { order.swapAt(high, middle) }
      let pivot = order[middle]
      var (i, j) = (low, high)
      while i <= j {
        while precedes(order[i], pivot) { i += 1 }
        while precedes(pivot, order[j]) { j -= 1 }
        guard i <= j else { break }
        order.swapAt(i, j)
        i += 1
        j -= 1
      }
      if rank <= j { high = j } else if rank >= i { low = i } else { return }
    }
  }

  /// Visits the leaves that may hold a row as near as the bound, near ones first.
  ///
  /// The box's distance is rounded otherwise than a row's, by less than a part in 10¹²; that much
  /// is taken off before a box is passed over, so that no row is missed.
  func search(
    _ query: UnsafePointer<Double>,
    _ metric: NeighbourMetric,
    bound: () -> Double,
    visit: (Range<Int>) -> Void
  ) {
    guard !nodes.isEmpty else { return }
    boxes.withUnsafeBufferPointer { boxes in
      var stack = [(node: 0, distance: 0.0)]
      while let (node, distance) = stack.popLast() {
        if distance > bound() { continue }
        guard let (left, right) = nodes[node].halves else {
          visit(nodes[node].panels)
          continue
        }
        let near = (left, least(query, boxes, left, metric))
        let far = (right, least(query, boxes, right, metric))
        if near.1 <= far.1 {
          stack.append(far)
          stack.append(near)
        } else {
          stack.append(near)
          stack.append(far)
        }
      }
    }
  }

  /// A lower bound of the reduced distance to what lies in a node's box.
  private func least(
    _ query: UnsafePointer<Double>,
    _ boxes: UnsafeBufferPointer<Double>,
    _ node: Int,
    _ metric: NeighbourMetric
  ) -> Double {
    let lower = node * 2 * width
    var sum = 0.0
    for k in 0..<width {
      let x = query[k]
      let outside = max(boxes[lower + k] - x, x - boxes[lower + width + k], 0)
      if outside > 0 { sum = metric.joined(sum, outside) }
    }
    return sum * (1 - 1e-12)
  }
}
