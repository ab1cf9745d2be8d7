import ColophonData
import ColophonMath

/// The products of the columns with each other and with targets, from one pass over the rows as
/// they are: all that least squares needs, the columns' moments included.
///
/// Products of numbers far from zero say little about their spread, so this is only done where the
/// first rows, and in the end all rows, are within some deviations of zero.
struct DesignProducts: Sendable {
  /// Σ w a b of every two columns, the last being the intercept's ones.
  let pairs: [Double]
  /// Σ w a y of every column.
  let sums: [Double]
  /// Σ w y².
  let square: Double

  /// The most columns that are worth it.
  private static let widest = 256
  /// Rows that are looked at first.
  private static let first = 256

  /// Nil where a column is far from zero, does not vary among the first rows, or is sparse.
  init?(_ matrix: FeatureMatrix, shares: [Double], targets: [Double], threads: Int) {
    let width = matrix.columns
    guard matrix.sparse == nil, width > 0, width <= DesignProducts.widest,
      matrix.rows == shares.count, matrix.rows > 2 * DesignProducts.first,
      DesignProducts.isNear(matrix)
    else { return nil }
    let plain = LinearDesign(plain: matrix, shares: shares, threads: threads)
    let all = plain.products(with: targets)
    let size = (width + 1) * (width + 1)
    pairs = Array(all[..<size])
    sums = Array(all[size..<size + width + 1])
    square = all[size + width + 1]
    let far = (0..<width).contains { j in
      let (mean, variance) = (mean(j), variance(j))
      return !(mean * mean <= LinearDesign.nearest * LinearDesign.nearest * variance)
    }
    if far || !all.allSatisfy({ $0.isFinite }) { return nil }
  }

  private var width: Int { sums.count }
  func mean(_ column: Int) -> Double { pairs[(width - 1) * width + column] }
  func square(_ column: Int) -> Double { pairs[column * width + column] }
  func variance(_ column: Int) -> Double { square(column) - mean(column) * mean(column) }

  /// Whether every column varies among the first rows and is near zero there.
  private static func isNear(_ matrix: FeatureMatrix) -> Bool {
    (0..<matrix.columns).allSatisfy { j in
      let values = (0..<first).map { matrix.values[$0 * matrix.columns + j] }
      let mean = values.reduce(0, +) / Double(first)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(first)
      return variance > 1e-60 && variance < 1e60
        && mean * mean <= 0.5 * LinearDesign.nearest * LinearDesign.nearest * variance
    }
  }
}

/// Least squares told by products of centred columns of deviation 1.
struct LeastSquares: Sendable {
  let pairs: [Double]
  let sums: [Double]
  let square: Double
  /// Whether columns are far enough from being each other's sums for products to tell coefficients
  /// to ten digits: what was rounded grows by the condition number, which the pivots of Cholesky's
  /// factors bound from below and, short of rare matrices, tell to a small factor (Higham,
  /// "Accuracy and stability of numerical algorithms", 2002, sections 10.3 and 15.4).
  let isSound: Bool

  /// Nil where a design has no products.
  init?(_ design: LinearDesign) {
    guard let products = design.products else { return nil }
    pairs = design.scaledPairs(products.pairs)
    sums = design.scaledSums(products.sums)
    square = products.square
    isSound = LeastSquares.leastPivot(pairs, sums.count) > 1e-4
  }

  /// The smallest share of a column that the columns before it don't tell.
  private static func leastPivot(_ pairs: [Double], _ width: Int) -> Double {
    var rest = pairs
    var least = Double.infinity
    for k in 0..<width {
      let pivot = rest[k * width + k]
      least = min(least, pivot / max(pairs[k * width + k], .leastNormalMagnitude))
      guard pivot > 0 else { return 0 }
      for i in k + 1..<max(width, k + 1) {
        let factor = rest[i * width + k] / pivot
        for j in k + 1..<width { rest[i * width + j] -= factor * rest[k * width + j] }
      }
    }
    return least
  }

  /// Half the mean squared error of some coefficients, and its slopes.
  func state(_ coefficients: [Double]) -> LossState {
    var slopes = sums.map { -$0 }
    for i in slopes.indices {
      for j in coefficients.indices {
        slopes[i] += pairs[i * coefficients.count + j] * coefficients[j]
      }
    }
    var value = 0.5 * square
    for j in coefficients.indices { value += 0.5 * coefficients[j] * (slopes[j] - sums[j]) }
    return LossState(
      margins: [],
      point: LossPoint(value: value, slopes: [], shapes: []),
      slopes: slopes
    )
  }
}

extension ColumnMoments {
  /// Those that follow from products.
  init(_ products: DesignProducts, columns: Int) {
    self.init(
      means: (0..<columns).map { products.mean($0) },
      deviations: (0..<columns).map { products.variance($0).squareRoot() },
      rootMeanSquares: (0..<columns).map { products.square($0).squareRoot() }
    )
  }
}

extension LinearDesign {
  /// Every column as it is, and the intercept's.
  fileprivate init(plain matrix: FeatureMatrix, shares: [Double], threads: Int) {
    let width = matrix.columns
    self.init(
      rows: matrix.rows,
      columns: width + 1,
      source: matrix.values,
      stride: width,
      kept: nil,
      dense: Array(0..<width),
      sparse: nil,
      shares: shares,
      hasIntercept: true,
      features: Array(0..<width),
      means: [Double](repeating: 0, count: width),
      centers: [Double](repeating: 0, count: width),
      scales: [Double](repeating: 1, count: width),
      penaltyFactors: [Double](repeating: 0, count: width + 1),
      threads: threads
    )
  }

  /// The weighted products of columns with each other, those with targets, and the targets' own.
  fileprivate func products(with targets: [Double]) -> [Double] {
    let (width, size) = (columns, columns * columns)
    return targets.withUnsafeBufferPointer { targets in
      shares.withUnsafeBufferPointer { shares in
        summed(size + width + 1) { range, values, target in
          guard let weights = shares.baseAddress.map({ $0 + range.lowerBound }) else { return }
          pair(range.count, values, weights, target)
          withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { slopes in
            guard let slopes = slopes.baseAddress else { return }
            var square = 0.0
            for (i, row) in range.enumerated() {
              slopes[i] = weights[i] * targets[row]
              square += slopes[i] * targets[row]
            }
            gather(range.count, values, slopes, 1, target + size)
            target[size + width] = square
          }
        }
      }
    }
  }
}
