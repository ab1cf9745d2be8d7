/// The rows that one tree learns from, and how much each weighs.
final class TreeSample: Sendable {
  /// The rows of weight above 0, ascending.
  let rows: [UInt32]
  /// The weight of every row: that of the data times bootstrap count and class weight, rounded so
  /// that all sums of them are exact.
  let weights: [Double]
  /// How many rows each stands for where a number of rows is asked for; nil for one each.
  private let counts: [Int32]?
  /// Whether weights are small whole numbers, which fit into half a payload.
  let isSmall: Bool

  /// - Parameters:
  ///   - data: Each row's weight in the data; nil for 1.
  ///   - repeats: How often each row was drawn; nil for once.
  ///   - classWeight: The weight of each class, with each row's class; nil for 1.
  init(
    count: Int,
    data: [Double]?,
    repeats: [UInt16]? = nil,
    classWeight: (weights: [Double], classes: [Int32])? = nil
  ) {
    var bound = 0.0
    var factors = classWeight?.weights ?? []
    if classWeight != nil {
      // The largest sum that can be; classes are rounded first, so that rows repeat exactly.
      let heaviest = factors.reduce(0, max)
      let grid = ExactSums(bound: TreeSample.total(count, data, repeats) * heaviest)
      factors = factors.map { grid.round($0) }
      bound = TreeSample.total(count, data, repeats) * factors.reduce(0, max)
    } else {
      bound = TreeSample.total(count, data, repeats)
    }
    let exact = ExactSums(bound: bound)
    var weights = [Double](repeating: 0, count: count)
    for row in 0..<count {
      let base = (data?[row] ?? 1) * Double(repeats?[row] ?? 1)
      let factor = classWeight.map { factors[Int($0.classes[row])] } ?? 1
      weights[row] = exact.round(base * factor)
    }
    self.weights = weights
    rows = (0..<UInt32(count)).filter { weights[Int($0)] > 0 }
    counts = data.map { $0.map { Int32(min($0.rounded(.up), 1e6)) } }
    isSmall =
      data == nil && classWeight == nil && bound < 0x1p31
      && weights.allSatisfy { $0 < 65_536 && $0 == $0.rounded() }
  }

  /// How many rows a row counts as: its weight in the data, rounded up.
  ///
  /// So a row of weight 2 counts as the row twice, and one of weight 0.1 as a row.
  @inline(__always)
  func count(_ row: Int) -> Int { counts.map { Int($0[row]) } ?? 1 }

  private static func total(_ count: Int, _ data: [Double]?, _ repeats: [UInt16]?) -> Double {
    (0..<count).reduce(0.0) { $0 + (data?[$1] ?? 1) * Double(repeats?[$1] ?? 1) }
  }
}
