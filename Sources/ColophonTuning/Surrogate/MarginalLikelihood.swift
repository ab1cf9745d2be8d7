import ColophonMath

/// The logarithm of the posterior of a process's parameters, and its gradient (Rasmussen and Williams
/// 2006, equation 5.9).
package struct MarginalLikelihood {
  let coordinates: Coordinates
  /// Row-major, points × coordinates.
  let points: [Double]
  let values: [Double]
  /// (xⱼ − x'ⱼ)² of each pair i > k, coordinates innermost.
  private let squares: [Double]

  package init(_ coordinates: Coordinates, points: [Double], values: [Double]) {
    self.coordinates = coordinates
    self.points = points
    self.values = values
    let d = coordinates.count
    var squares: [Double] = []
    squares.reserveCapacity(values.count * (values.count - 1) / 2 * d)
    for i in 0..<values.count {
      for k in 0..<i {
        for c in 0..<d {
          let difference = points[i * d + c] - points[k * d + c]
          squares.append(
            coordinates.isCategory[c] ? (difference == 0 ? 0 : 1) : difference * difference
          )
        }
      }
    }
    self.squares = squares
  }

  /// The negative logarithm of the posterior; infinite where the matrix can't be factored.
  package func loss(_ vector: [Double], _ gradient: inout [Double]) -> Double {
    let n = values.count
    let d = coordinates.count
    let parameters = GaussianProcess.Parameters(vector)
    guard vector.allSatisfy({ $0 > -30 && $0 < 30 }) else { return .infinity }
    let inverse = parameters.logLengths.map { Elementary.exp(-2 * $0) }
    let scale = Elementary.exp(parameters.logScale)
    let noise = Elementary.exp(parameters.logNoise)
    var matrix = Matrix(rows: n, columns: n)
    var slopes = [Double](repeating: 0, count: n * (n - 1) / 2)
    var pair = 0
    for i in 0..<n {
      for k in 0..<i {
        var square = 0.0
        for c in 0..<d { square.addProduct(squares[pair * d + c], inverse[c]) }
        let value = scale * Matern.value(square)
        slopes[pair] = scale * Matern.slope(square)
        matrix[i, k] = value
        matrix[k, i] = value
        pair += 1
      }
      matrix[i, i] = scale + noise + GaussianProcess.jitter
    }
    guard let factor = try? Cholesky(matrix) else { return .infinity }
    let weights = factor.solve(values)
    let inverseMatrix = factor.inverse
    var fit = 0.0
    for i in 0..<n { fit.addProduct(values[i], weights[i]) }
    var result = 0.5 * fit + 0.5 * factor.logDeterminant
    // ½ tr((K⁻¹ − αα') ∂K) for each parameter.
    var lengths = [Double](repeating: 0, count: d)
    var (scaleSlope, noiseSlope) = (0.0, 0.0)
    pair = 0
    for i in 0..<n {
      for k in 0..<i {
        let g = inverseMatrix[i, k] - weights[i] * weights[k]
        scaleSlope.addProduct(g, matrix[i, k])
        let weighted = g * slopes[pair]
        for c in 0..<d {
          // ∂K/∂log ℓ = slope · (−2) (x − x')²/ℓ²
          lengths[c].addProduct(weighted * -2 * inverse[c], squares[pair * d + c])
        }
        pair += 1
      }
      let g = inverseMatrix[i, i] - weights[i] * weights[i]
      scaleSlope.addProduct(0.5 * g, scale)
      noiseSlope.addProduct(0.5 * g, noise)
    }
    let mean = Prior.lengthMean(dimensions: d)
    for c in 0..<d {
      let off = parameters.logLengths[c] - mean
      result += 0.5 * off * off / Prior.lengthVariance + parameters.logLengths[c]
      gradient[c] = lengths[c] + off / Prior.lengthVariance + 1
    }
    let noiseOff = parameters.logNoise - Prior.noiseMean
    result += 0.5 * noiseOff * noiseOff / Prior.noiseVariance
    result += 0.5 * parameters.logScale * parameters.logScale / Prior.scaleVariance
    gradient[d] = scaleSlope + parameters.logScale / Prior.scaleVariance
    gradient[d + 1] = noiseSlope + noiseOff / Prior.noiseVariance
    return result
  }

  /// The parameters of the highest posterior that is reached from the prior's modes.
  package func fitted(iterations: Int = 30) -> GaussianProcess.Parameters {
    let start = GaussianProcess.Parameters.prior(dimensions: coordinates.count).vector
    let minimiser = LBFGS(
      memory: 8,
      maximumIterations: iterations,
      gradientTolerance: 1e-3,
      valueTolerance: 1e-6
    )
    let found = minimiser.minimise(from: start) { point, gradient in loss(point, &gradient) }
    return GaussianProcess.Parameters(found.value.isFinite ? found.point : start)
  }
}
