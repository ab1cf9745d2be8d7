import ColophonMath

/// Rows of the kernel matrix over the active points, computed when they are asked for and kept as
/// long as memory lasts; the least recently used goes first.
///
/// A row's values depend on its points alone, so what is kept changes no result.
final class KernelRows {
  private let kernel: SVMKernel
  private let width: Int
  private let budget: Int
  private var rows: [Double]
  private var points: PackedPoints
  private(set) var count: Int
  /// Each active point's place among the kept rows; -1 where its row is not kept.
  private var slots: [Int]
  private var owners: [Int] = []
  private var uses: [Int] = []
  private var clock = 0
  private var kept: [UnsafeMutablePointer<Double>] = []

  /// - Parameters:
  ///   - rows: The points, row-major.
  ///   - bytes: How much memory kept rows may take; at least two are kept.
  init(_ kernel: SVMKernel, rows: [Double], width: Int, bytes: Int) {
    self.kernel = kernel
    self.width = width
    self.rows = rows
    budget = bytes
    points = PackedPoints(rows, width: width)
    count = rows.count / width
    slots = Array(repeating: -1, count: count)
  }

  deinit { for row in kept { row.deallocate() } }

  private var limit: Int { max(2, budget / (8 * max(points.paddedCount, 1))) }

  /// The kernel of a point with every active point; valid until two other rows were asked for.
  func row(_ point: Int) -> UnsafePointer<Double> {
    clock += 1
    if slots[point] >= 0 {
      uses[slots[point]] = clock
      return UnsafePointer(kept[slots[point]])
    }
    let slot = freeSlot()
    slots[point] = slot
    owners[slot] = point
    uses[slot] = clock
    let target = kept[slot]
    rows.withUnsafeBufferPointer { rows in
      guard let base = rows.baseAddress else { return }
      kernel.evaluate(base + point * width, count: 1, against: points, into: target)
    }
    return UnsafePointer(target)
  }

  private func freeSlot() -> Int {
    if kept.count < limit {
      kept.append(.allocate(capacity: points.paddedCount))
      owners.append(-1)
      uses.append(0)
      return kept.count - 1
    }
    let oldest = uses.indices.min { uses[$0] < uses[$1] } ?? 0
    if owners[oldest] >= 0 { slots[owners[oldest]] = -1 }
    return oldest
  }

  /// Makes all points active again; rows are computed anew.
  func widen(to rows: [Double]) {
    for row in kept { row.deallocate() }
    kept = []
    owners = []
    uses = []
    self.rows = rows
    points = PackedPoints(rows, width: width)
    count = rows.count / width
    slots = Array(repeating: -1, count: count)
  }

  /// Keeps only some of the active points, ascending; rows that are kept lose the others' columns.
  func shrink(to chosen: [Int]) {
    var newSlots = [Int](repeating: -1, count: chosen.count)
    let before = count
    rows = chosen.flatMap { Array(rows[$0 * width..<($0 + 1) * width]) }
    points = PackedPoints(rows, width: width)
    count = chosen.count
    var places = [Int](repeating: -1, count: before)
    for (new, old) in chosen.enumerated() { places[old] = new }
    for slot in kept.indices where owners[slot] >= 0 {
      let owner = places[owners[slot]]
      owners[slot] = owner
      guard owner >= 0 else {
        uses[slot] = 0
        continue
      }
      newSlots[owner] = slot
      let row = kept[slot]
      for (new, old) in chosen.enumerated() { row[new] = row[old] }
    }
    slots = newSlots
  }
}
