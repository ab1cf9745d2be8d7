import CKernels

/// What two points are told apart by; every measure takes in its terms with the coordinates
/// ascending.
package enum PairMeasure: Hashable, Sendable {
  /// Σ (x − y)², the difference rounded, one fused multiply-add a term.
  case squaredDifferences
  /// Σ x · y, one fused multiply-add a term, as in a matrix product.
  case products
  /// Σ |x − y|.
  case absoluteDifferences
  /// max |x − y|.
  case largestDifference
  /// Σ |x − y|ᵖ, for p above 0.
  case powers(Double)

  var kind: Int32 {
    switch self {
    case .squaredDifferences: Int32(CK_SQUARED)
    case .products: Int32(CK_PRODUCT_PAIRS)
    case .absoluteDifferences: Int32(CK_ABSOLUTE)
    case .largestDifference: Int32(CK_LARGEST)
    case .powers: Int32(CK_POWERED)
    }
  }

  var power: Double { if case .powers(let power) = self { power } else { 1 } }
}

/// Points in panels of eight, so that one row is measured against eight points at a time.
///
/// What is measured of a row and a point depends on the two alone: not on the other points, nor on
/// blocks, threads or vectors.
package struct PackedPoints: Sendable {
  /// How many points a panel holds.
  package static let panel = Int(CK_PANEL)

  /// How many coordinates a point has.
  package let width: Int
  /// How many panels there are.
  package let panels: Int
  private let values: [Double]

  /// Packs all rows of a row-major matrix, the last panel filled up with zeros.
  package init(_ rows: UnsafeBufferPointer<Double>, width: Int, count: Int) {
    precondition(rows.count >= width * count, "\(rows.count) values of \(count) points")
    self.width = width
    let panels = (count + PackedPoints.panel - 1) / PackedPoints.panel
    self.panels = panels
    values = Array(unsafeUninitializedCapacity: panels * PackedPoints.panel * width) {
      target,
      used in
      ck_pack_points(count, width, rows.baseAddress, width, target.baseAddress)
      used = panels * PackedPoints.panel * width
    }
  }

  /// Packs all rows of a row-major matrix.
  package init(_ rows: [Double], width: Int) {
    self = rows.withUnsafeBufferPointer {
      PackedPoints($0, width: width, count: width == 0 ? 0 : rows.count / width)
    }
  }

  /// Packs some rows of a row-major matrix; a negative place is filled with zeros.
  package init(_ rows: [Double], width: Int, places: [Int32]) {
    var chosen = [Double](repeating: 0, count: places.count * width)
    for (i, place) in places.enumerated() where place >= 0 {
      let start = Int(place) * width
      for k in 0..<width { chosen[i * width + k] = rows[start + k] }
    }
    self = chosen.withUnsafeBufferPointer {
      PackedPoints($0, width: width, count: places.count)
    }
  }

  /// How many results a row has: the points, and what fills up their last panel.
  package var paddedCount: Int { panels * PackedPoints.panel }

  /// Measures some rows against the points of some panels (all of them if nil).
  ///
  /// `stride` and `targetStride` are how far apart two rows and two rows' results begin; the latter
  /// is at least eight times the panels.
  package func measure(
    _ measure: PairMeasure,
    from rows: UnsafePointer<Double>,
    count: Int,
    stride: Int,
    panels range: Range<Int>? = nil,
    into target: UnsafeMutablePointer<Double>,
    targetStride: Int
  ) {
    let range = range ?? 0..<panels
    precondition(range.lowerBound >= 0 && range.upperBound <= panels, "panels \(range)")
    values.withUnsafeBufferPointer { points in
      ck_pairs(
        measure.kind,
        measure.power,
        count,
        range.count,
        width,
        rows,
        stride,
        points.baseAddress.map { $0 + range.lowerBound * PackedPoints.panel * width },
        target,
        targetStride
      )
    }
  }
}

/// What follows from distances to points.
package enum NearestPoints {
  /// For each row of squared distances the first place of the least, its root, and the root of the
  /// next one, infinite where there is one point alone.
  package static func find(
    rows: Int,
    points: Int,
    _ distances: UnsafePointer<Double>,
    stride: Int,
    places: UnsafeMutablePointer<Int64>,
    best: UnsafeMutablePointer<Double>,
    second: UnsafeMutablePointer<Double>
  ) {
    ck_nearest(rows, points, distances, stride, places, best, second)
  }

  /// Adds rows times their weights to their groups' sums, rows ascending; each group has
  /// `columns` + 1 sums, the last of the weights.
  package static func addGroups(
    rows: Int,
    columns: Int,
    _ a: UnsafePointer<Double>,
    groups: UnsafePointer<Int32>,
    weights: UnsafePointer<Double>?,
    to sums: UnsafeMutablePointer<Double>
  ) {
    ck_add_groups(rows, columns, a, columns, groups, weights, sums)
  }
}
