import ColophonMath

/// How points become rows whose squared distances the kernel takes: a number is itself, warped and
/// divided by its length; a category is one column for each of its values, so that two different
/// ones are 1/ℓ² apart; what has one value has no column.
package struct Features: Hashable, Sendable {
  /// The point's coordinate of each length.
  let coordinates: [Int]
  /// The values of each length's category; 0 for a number.
  let categories: [Int]
  /// The first column of each length.
  let starts: [Int]
  /// How many columns there are.
  let width: Int
  /// How many coordinates a point has.
  let dimensions: Int

  /// - Parameters:
  ///   - geometry: What the coordinates stand for.
  ///   - tasks: Parents whose results are another's: each has a coordinate behind the others, 1 at its
  ///     own points and 0 elsewhere, whose learned length says how much it has in common.
  init(_ geometry: SpaceGeometry, tasks: Int = 0) {
    var found: [(coordinate: Int, categories: Int)] = []
    for c in 0..<geometry.count {
      switch geometry.axes[c] {
      case .single: break
      case .category(let count): found.append((c, count))
      default: found.append((c, 0))
      }
    }
    for task in 0..<tasks { found.append((geometry.count + task, 0)) }
    self.init(found, dimensions: geometry.count + tasks)
  }

  package init(numeric count: Int) {
    self.init((0..<count).map { ($0, 0) }, dimensions: count)
  }

  private init(_ lengths: [(coordinate: Int, categories: Int)], dimensions: Int) {
    coordinates = lengths.map { $0.coordinate }
    categories = lengths.map { $0.categories }
    var starts: [Int] = []
    var width = 0
    for length in lengths {
      starts.append(width)
      width += max(1, length.categories)
    }
    self.starts = starts
    self.width = width
    self.dimensions = dimensions
  }

  /// How many lengths there are.
  var count: Int { coordinates.count }

  /// The places of the lengths of numbers.
  var numbers: [Int] { categories.indices.filter { categories[$0] == 0 } }

  /// √½: two rows of a category differ in two columns.
  private static let half = 0.7071067811865476

  /// The rows of points that lie one after another.
  func rows(_ points: [Double], _ parameters: GaussianProcess.Parameters) -> [Double] {
    let n = dimensions == 0 ? 0 : points.count / dimensions
    let inverse = Elementary.exp(parameters.logLengths.map { -$0 })
    var rows = [Double](repeating: 0, count: n * width)
    for (length, c) in coordinates.enumerated() {
      let (start, scale) = (starts[length], inverse[length])
      if categories[length] > 0 {
        let count = Double(categories[length])
        for i in 0..<n {
          let category = min(Int(points[i * dimensions + c] * count), categories[length] - 1)
          rows[i * width + start + category] = Features.half * scale
        }
      } else if let warp = parameters.warp(length), n == 1 {
        rows[start] = warp.value(points[c]) * scale
      } else if let warp = parameters.warp(length) {
        let column = (0..<n).map { points[$0 * dimensions + c] }
        for (i, w) in warp.values(column).enumerated() { rows[i * width + start] = w * scale }
      } else {
        for i in 0..<n { rows[i * width + start] = points[i * dimensions + c] * scale }
      }
    }
    return rows
  }
}
