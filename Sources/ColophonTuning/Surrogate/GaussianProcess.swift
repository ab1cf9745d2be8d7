import ColophonMath

/// A Gaussian process over the unit cube: Matérn 5/2 with a length for each coordinate, a constant
/// mean of 0, and noise (Rasmussen and Williams 2006, equations 2.25, 2.26, 4.17 and 5.8).
///
/// k(x, x') = σ² (1 + √5 r + 5/3 r²) exp(−√5 r), r² = Σ ((xⱼ − x'ⱼ)/ℓⱼ)²; two categories are 1 apart
/// where they differ.
package struct GaussianProcess: Sendable {
  /// Logarithms of what is learned: ℓ₁ … ℓ_d, σ², the noise's variance.
  package struct Parameters: Hashable, Sendable {
    var logLengths: [Double]
    var logScale: Double
    var logNoise: Double

    var vector: [Double] { logLengths + [logScale, logNoise] }

    package init(_ vector: [Double]) {
      logLengths = Array(vector.dropLast(2))
      logScale = vector[vector.count - 2]
      logNoise = vector[vector.count - 1]
    }

    /// The prior's modes: lengths that grow with the root of the dimension (Hvarfner and others 2024).
    static func prior(dimensions: Int) -> Parameters {
      let length = Prior.lengthMean(dimensions: dimensions) - Prior.lengthVariance
      let lengths = [Double](repeating: length, count: dimensions)
      return Parameters(lengths + [0, Prior.noiseMean])
    }
  }

  let coordinates: Coordinates
  let parameters: Parameters
  /// Row-major, points × coordinates.
  let points: [Double]
  let count: Int
  private let factor: Cholesky
  private let weights: [Double]
  /// exp(−2 log ℓ), by coordinate.
  private let inverseSquares: [Double]
  private let scale: Double

  /// Conditions the process on values at points; nil where the matrix can't be factored.
  package init?(
    _ coordinates: Coordinates,
    _ parameters: Parameters,
    points: [Double],
    values: [Double]
  ) {
    self.coordinates = coordinates
    self.parameters = parameters
    self.points = points
    count = values.count
    inverseSquares = parameters.logLengths.map { Elementary.exp(-2 * $0) }
    scale = Elementary.exp(parameters.logScale)
    let noise = Elementary.exp(parameters.logNoise) + GaussianProcess.jitter
    var matrix = Matrix(rows: count, columns: count)
    let d = coordinates.count
    for i in 0..<count {
      for j in 0...i {
        let square = GaussianProcess.distance(
          points,
          i * d,
          points,
          j * d,
          coordinates,
          inverseSquares
        )
        let k = scale * Matern.value(square) + (i == j ? noise : 0)
        matrix[i, j] = k
        matrix[j, i] = k
      }
    }
    guard let factor = try? Cholesky(matrix) else { return nil }
    self.factor = factor
    weights = factor.solve(values)
  }

  static let jitter = 1e-8

  /// r² of two points.
  @inline(__always)
  static func distance(
    _ a: [Double],
    _ i: Int,
    _ b: [Double],
    _ j: Int,
    _ coordinates: Coordinates,
    _ inverseSquares: [Double]
  ) -> Double {
    var sum = 0.0
    for c in 0..<inverseSquares.count {
      let difference = a[i + c] - b[j + c]
      let square = coordinates.isCategory[c] ? (difference == 0 ? 0 : 1) : difference * difference
      sum.addProduct(square, inverseSquares[c])
    }
    return sum
  }

  /// The covariances of a point with all points of the process.
  func covariances(_ point: [Double]) -> [Double] {
    (0..<count).map { i in
      scale
        * Matern.value(
          GaussianProcess.distance(
            point,
            0,
            points,
            i * coordinates.count,
            coordinates,
            inverseSquares
          )
        )
    }
  }

  /// Mean and variance (of the function, without noise) at a point.
  package func predict(_ point: [Double]) -> (mean: Double, variance: Double) {
    let k = covariances(point)
    var mean = 0.0
    for i in 0..<count { mean.addProduct(k[i], weights[i]) }
    let v = factor.forward(k)
    var explained = 0.0
    for value in v { explained.addProduct(value, value) }
    return (mean, max(scale - explained, 1e-12 * scale))
  }

  /// Mean, variance and their gradients at a point; categories have no gradient.
  package func predictWithGradient(
    _ point: [Double]
  ) -> (mean: Double, variance: Double, meanSlope: [Double], varianceSlope: [Double]) {
    let d = coordinates.count
    let k = covariances(point)
    let solved = factor.solve(k)
    var mean = 0.0
    var explained = 0.0
    for i in 0..<count {
      mean.addProduct(k[i], weights[i])
      explained.addProduct(k[i], solved[i])
    }
    var meanSlope = [Double](repeating: 0, count: d)
    var varianceSlope = meanSlope
    for i in 0..<count {
      let square = GaussianProcess.distance(
        point,
        0,
        points,
        i * d,
        coordinates,
        inverseSquares
      )
      let slope = scale * Matern.slope(square)
      for c in 0..<d where !coordinates.isCategory[c] {
        let part = slope * 2 * (point[c] - points[i * d + c]) * inverseSquares[c]
        meanSlope[c].addProduct(part, weights[i])
        varianceSlope[c].addProduct(-2 * part, solved[i])
      }
    }
    return (mean, max(scale - explained, 1e-12 * scale), meanSlope, varianceSlope)
  }
}

/// Matérn 5/2 as a function of r².
enum Matern {
  private static let root = 2.23606797749979

  package static func value(_ square: Double) -> Double {
    let r = root * square.squareRoot()
    return (1 + r + r * r / 3) * Elementary.exp(-r)
  }

  /// The derivative by r²: −5/6 (1 + √5 r) exp(−√5 r).
  package static func slope(_ square: Double) -> Double {
    let r = root * square.squareRoot()
    return -5.0 / 6 * (1 + r) * Elementary.exp(-r)
  }
}

/// The priors of what is learned: log-normal.
enum Prior {
  static let lengthVariance = 3.0
  static let noiseMean = -9.0
  static let noiseVariance = 4.0
  static let scaleVariance = 1.0

  /// √2 + log(d)/2.
  package static func lengthMean(dimensions: Int) -> Double {
    1.4142135623730951 + Elementary.log(Double(max(1, dimensions))) / 2
  }
}
