import ColophonMath

/// The logarithm of the posterior of a process's parameters, and its gradient (Rasmussen and Williams
/// 2006, equation 5.9).
package struct MarginalLikelihood {
  let features: Features
  /// Row-major, points × coordinates.
  let points: [Double]
  let values: [Double]
  let prior: SurrogatePrior
  let isWarped: Bool

  package init(
    _ features: Features,
    points: [Double],
    values: [Double],
    prior: SurrogatePrior = .init(),
    isWarped: Bool = true
  ) {
    self.features = features
    self.points = points
    self.values = values
    self.prior = prior
    self.isWarped = isWarped
  }

  /// The negative logarithm of the posterior; infinite where the matrix can't be factored.
  package func loss(_ vector: [Double], _ gradient: inout [Double]) -> Double {
    guard vector.allSatisfy({ $0 > -30 && $0 < 30 }) else { return .infinity }
    let n = values.count
    let parameters = GaussianProcess.Parameters(vector, lengths: features.count)
    let rows = features.rows(points, parameters)
    let packed = PackedPoints(rows, width: features.width)
    let stride = packed.paddedCount
    var correlations = GaussianProcess.squares(rows, n, packed)
    let slopes = Matern.valuesAndSlopes(inPlace: &correlations)
    let scale = Elementary.exp(parameters.logScale)
    let noise = Elementary.exp(parameters.logNoise)
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0..<n {
        matrix[i * n + j] = scale * correlations[i * stride + j] + GaussianProcess.meanVariance
      }
      matrix[i * n + i] += noise + GaussianProcess.jitter
    }
    guard let factor = TriangularFactor(matrix, order: n) else { return .infinity }
    let part = factor.forward(values)
    let weights = factor.backward(part)
    // K⁻¹ − αα'
    var rest = MatrixProduct.product(factor.inverse, transposed: true, factor.inverse)
    MatrixProduct.addOuterProduct(alpha: -1, weights, weights, to: &rest)
    var (scaleSlope, noiseSlope) = (0.0, 0.0)
    for i in 0..<n {
      rest.elements.withUnsafeMutableBufferPointer { rest in
        correlations.withUnsafeBufferPointer { correlations in
          guard let r = rest.baseAddress, let c = correlations.baseAddress else { return }
          scaleSlope += Reduction.dot(r + i * n, c + i * stride, count: n)
          noiseSlope += r[i * n + i]
          // From here on the forces ½ (K⁻¹ − αα') ∂K/∂r², twice.
          slopes.withUnsafeBufferPointer { slopes in
            for j in 0..<n { r[i * n + j] *= scale * slopes[i * stride + j] }
          }
        }
      }
    }
    var result = 0.5 * Reduction.dot(part, part) + 0.5 * factor.logDeterminant
    result += prior.loss(parameters, features, &gradient)
    gradient[features.count] += 0.5 * scale * scaleSlope
    gradient[features.count + 1] += 0.5 * noise * noiseSlope
    let matrixOfRows = Matrix(rows: n, columns: features.width, elements: rows)
    addFeatureSlopes(rest, matrixOfRows, parameters, to: &gradient)
    return result
  }

  /// Adds the derivatives by lengths and warps, of the forces between the rows.
  ///
  /// With M = forces and ρ its row sums, Σᵢⱼ Mᵢⱼ (zᵢ − zⱼ)² = 2 Σᵢ zᵢ (ρᵢ zᵢ − (M z)ᵢ).
  private func addFeatureSlopes(
    _ forces: Matrix,
    _ rows: Matrix,
    _ parameters: GaussianProcess.Parameters,
    to gradient: inout [Double]
  ) {
    let n = values.count
    let pulls = forces * rows
    let sums = MatrixProduct.product(forces, [Double](repeating: 1, count: n))
    for length in 0..<features.count {
      let start = features.starts[length]
      var total = 0.0
      for column in start..<start + max(1, features.categories[length]) {
        for i in 0..<n {
          let z = rows[i, column]
          total += z * (sums[i] * z - pulls[i, column])
        }
      }
      gradient[length] -= 2 * total
      guard features.categories[length] == 0, isWarped, let warp = parameters.warp(length)
      else { continue }
      let c = features.coordinates[length]
      let d = features.dimensions
      let slopes = warp.parameterSlopes((0..<n).map { points[$0 * d + c] })
      let inverse = Elementary.exp(-parameters.logLengths[length])
      var (a, b) = (0.0, 0.0)
      for i in 0..<n {
        let force = 2 * (sums[i] * rows[i, start] - pulls[i, start]) * inverse
        a += force * slopes.a[i]
        b += force * slopes.b[i]
      }
      gradient[features.count + 2 + 2 * length] += a
      gradient[features.count + 3 + 2 * length] += b
    }
  }

  /// The parameters of the highest posterior that is reached from the prior's modes.
  package func fitted(iterations: Int = 30) -> GaussianProcess.Parameters {
    best(iterations: iterations).parameters
  }

  /// The same, with the negative logarithm of the posterior there.
  func best(iterations: Int) -> (parameters: GaussianProcess.Parameters, loss: Double) {
    let start = prior.start(features, isWarped: isWarped).vector
    let minimiser = LBFGS(
      memory: 8,
      maximumIterations: iterations,
      gradientTolerance: 1e-2,
      valueTolerance: 1e-5
    )
    let found = minimiser.minimise(from: start) { point, gradient in loss(point, &gradient) }
    let vector = found.value.isFinite ? found.point : start
    return (GaussianProcess.Parameters(vector, lengths: features.count), found.value)
  }
}
