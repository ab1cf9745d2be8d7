import ColophonMath

/// A Gaussian process over the unit cube: Matérn 5/2 with a length for each coordinate, a constant
/// mean that is not known, and noise (Rasmussen and Williams 2006, equations 2.25, 2.26, 4.17).
///
/// k(x, x') = σ² M(r²) + τ², r² = Σ ((w(xⱼ) − w(x'ⱼ))/ℓⱼ)².
package struct GaussianProcess: Sendable {
  package let features: Features
  package let parameters: Parameters
  let count: Int
  /// The points' rows, and the same packed for distances.
  let rows: Matrix
  private let packed: PackedPoints
  let factor: TriangularFactor
  private let values: [Double]
  /// K⁻¹ y.
  package let weights: [Double]
  private let scale: Double

  /// Added to the noise, so that the matrix can be factored.
  static let jitter = 1e-8
  /// τ², the prior variance of the mean: wide beside values of variance 1.
  package static let meanVariance = 10.0

  /// Conditions the process on values at points that lie one after another; nil where the matrix
  /// can't be factored.
  package init?(
    _ features: Features,
    _ parameters: Parameters,
    points: [Double],
    values: [Double]
  ) {
    self.features = features
    self.parameters = parameters
    count = values.count
    self.values = values
    rows = Matrix(
      rows: count,
      columns: features.width,
      elements: features.rows(points, parameters)
    )
    packed = PackedPoints(rows.elements, width: features.width)
    scale = Elementary.exp(parameters.logScale)
    let noise = Elementary.exp(parameters.logNoise) + GaussianProcess.jitter
    let stride = packed.paddedCount
    var squares = GaussianProcess.squares(rows.elements, count, packed)
    Matern.values(inPlace: &squares)
    var matrix = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0..<count {
        matrix[i * count + j] = scale * squares[i * stride + j] + GaussianProcess.meanVariance
      }
      matrix[i * count + i] += noise
    }
    guard let factor = TriangularFactor(matrix, order: count) else { return nil }
    self.factor = factor
    weights = factor.solve(values)
  }

  /// The means at the process's own points.
  var fittedMeans: [Double] {
    let noise = Elementary.exp(parameters.logNoise) + GaussianProcess.jitter
    return values.indices.map { values[$0] - noise * weights[$0] }
  }

  /// The variance of the function where nothing is known.
  var priorVariance: Double { scale + GaussianProcess.meanVariance }

  static func squares(_ rows: [Double], _ count: Int, _ packed: PackedPoints) -> [Double] {
    let stride = packed.paddedCount
    var squares = [Double](repeating: 0, count: count * stride)
    squares.withUnsafeMutableBufferPointer { target in
      rows.withUnsafeBufferPointer { rows in
        guard let rows = rows.baseAddress, let target = target.baseAddress else { return }
        packed.measure(
          .squaredDifferences,
          from: rows,
          count: count,
          stride: packed.width,
          into: target,
          targetStride: stride
        )
      }
    }
    return squares
  }

  /// The covariances of points with the process's points, one row a point.
  func covariances(_ points: [Double]) -> Matrix {
    let rows = features.rows(points, parameters)
    let m = features.dimensions == 0 ? 0 : points.count / features.dimensions
    var squares = GaussianProcess.squares(rows, m, packed)
    Matern.values(inPlace: &squares)
    let stride = packed.paddedCount
    var result = Matrix(rows: m, columns: count)
    result.elements.withUnsafeMutableBufferPointer { target in
      squares.withUnsafeBufferPointer { squares in
        for i in 0..<m {
          for j in 0..<count {
            target[i * count + j] = scale * squares[i * stride + j] + GaussianProcess.meanVariance
          }
        }
      }
    }
    return result
  }

  /// Correlations M(r²) of points with the process's points, one row a point.
  func correlations(_ points: [Double]) -> Matrix {
    let inverse = 1 / scale
    return covariances(points).map { ($0 - GaussianProcess.meanVariance) * inverse }
  }

  /// Means and variances (of the function, without noise) at points that lie one after another.
  package func predict(_ points: [Double]) -> (means: [Double], variances: [Double]) {
    let k = covariances(points)
    let parts = MatrixProduct.product(k, transposed: false, factor.inverse, transposed: true)
    let variances = parts.elements.withUnsafeBufferPointer { parts in
      (0..<k.rows).map { i -> Double in
        guard let row = parts.baseAddress.map({ $0 + i * count }) else { return priorVariance }
        return bounded(priorVariance - Reduction.dot(row, row, count: count))
      }
    }
    return (k * weights, variances)
  }

  /// A variance that rounding can't take to 0.
  func bounded(_ variance: Double) -> Double { max(variance, 1e-12 * priorVariance) }

  /// What a prediction at one point is made of, for its gradient.
  package struct Local {
    package let mean: Double
    package let variance: Double
    /// ∂k/∂r², by point of the process.
    let slopes: [Double]
    /// K⁻¹ k.
    package let solved: [Double]
    /// The point's row.
    let row: [Double]
    /// Correlations M(r²).
    let correlations: [Double]
  }

  package func local(_ point: [Double]) -> Local {
    let row = features.rows(point, parameters)
    var correlations = GaussianProcess.squares(row, 1, packed)
    let slopes = Matern.valuesAndSlopes(inPlace: &correlations)
    var k = [Double](repeating: 0, count: count)
    for i in 0..<count { k[i] = scale * correlations[i] + GaussianProcess.meanVariance }
    let part = factor.forward(k)
    return Local(
      mean: Reduction.dot(k, weights),
      variance: bounded(priorVariance - Reduction.dot(part, part)),
      slopes: slopes.prefix(count).map { scale * $0 },
      solved: factor.backward(part),
      row: row,
      correlations: correlations
    )
  }

  /// The gradient at a point of a sum Σ shareᵢ k(x, xᵢ), by coordinate; categories have none.
  package func gradient(_ shares: [Double], _ local: Local, at point: [Double]) -> [Double] {
    let forces = Elementwise.multiply(shares, local.slopes)
    let total = Reduction.sum(forces)
    let pulls = MatrixProduct.product(rows, transposed: true, forces)
    var gradient = [Double](repeating: 0, count: features.dimensions)
    for (length, c) in features.coordinates.enumerated() where features.categories[length] == 0 {
      let column = features.starts[length]
      let byFeature = 2 * (local.row[column] * total - pulls[column])
      let slope = parameters.warp(length)?.slope(point[c]) ?? 1
      gradient[c] = byFeature * slope * Elementary.exp(-parameters.logLengths[length])
    }
    return gradient
  }
}
