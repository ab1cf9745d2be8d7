import ColophonMath

/// The solution of A · x = b by Cholesky's factors; nil where A is singular to working precision.
func solveDefinite(_ matrix: Matrix, _ right: [Double]) -> [Double]? {
  guard let factors = try? Cholesky(matrix) else { return nil }
  let order = matrix.rows
  for i in 0..<order {
    // A pivot that has lost all its digits tells of columns that are sums of others.
    let pivot = factors.factor[i * order + i]
    guard pivot * pivot > 1e-13 * matrix.elements[i * order + i] else { return nil }
  }
  return factors.solve(right)
}

/// Solves A · x = b for a positive semidefinite A that is known by its products.
///
/// Begun at zero, the iterates stay in the range of A, so that of many solutions the shortest is
/// found.
///
/// - SeeAlso: Hestenes and Stiefel, "Methods of conjugate gradients for solving linear systems",
///   1952.
func conjugateGradients(
  _ right: [Double],
  tolerance: Double,
  limit: Int,
  times: ([Double]) -> [Double]
) -> [Double] {
  var x = [Double](repeating: 0, count: right.count)
  var residual = right
  var direction = right
  var square = Reduction.sumOfSquares(residual)
  let goal = square * tolerance * tolerance
  var step = 0
  while square > goal, step < limit {
    let image = times(direction)
    let bend = Reduction.dot(direction, image)
    guard bend > 0, bend.isFinite else { break }
    let length = square / bend
    for i in x.indices {
      x[i] += length * direction[i]
      residual[i] -= length * image[i]
    }
    let next = Reduction.sumOfSquares(residual)
    let keep = next / square
    for i in x.indices { direction[i] = residual[i] + keep * direction[i] }
    square = next
    step += 1
  }
  return x
}

/// Xᵀ diag(weights) X + diag(diagonal) of a design, to be solved for several right sides.
///
/// Written down and factored up to `NewtonSolver.denseLimit` columns; beyond, solved by conjugate
/// gradients with the diagonal for a preconditioner.
struct DefiniteSystem {
  private let design: LinearDesign
  private let weights: [Double]
  private let diagonal: [Double]
  private let matrix: Matrix?
  private let factors: Cholesky?
  private let preconditioner: [Double]

  init(_ design: LinearDesign, weights: [Double], diagonal: [Double]) {
    self.design = design
    self.weights = weights
    self.diagonal = diagonal
    let width = design.columns
    guard design.sparse == nil, width <= NewtonSolver.denseLimit else {
      matrix = nil
      factors = nil
      preconditioner = zip(design.squares(weights), diagonal).map { max($0 + $1, 1e-300) }
      return
    }
    var matrix = Matrix(rows: width, columns: width)
    matrix.elements = design.gram(weights)
    for j in 0..<width { matrix[j, j] += diagonal[j] }
    self.matrix = matrix
    // What rounding may have taken from a pivot is put back; the refinement takes it out again.
    var steady = matrix
    for j in 0..<width { steady[j, j] += 1e-14 * matrix[j, j] + 1e-300 }
    factors = try? Cholesky(steady)
    preconditioner = []
  }

  func solve(_ right: [Double]) -> [Double] {
    guard let matrix, let factors else {
      return preconditioned(right) { self.times($0) }
    }
    var x = factors.solve(right)
    for _ in 0..<2 {
      let miss = zip(right, matrix * x).map { $0 - $1 }
      for (j, step) in factors.solve(miss).enumerated() { x[j] += step }
    }
    return x
  }

  private func times(_ x: [Double]) -> [Double] {
    if let matrix { return matrix * x }
    let spread = design.margins(x, outputs: 1)
    var image = design.gathered(Elementwise.multiply(spread, weights), outputs: 1)
    for j in image.indices { image[j] += diagonal[j] * x[j] }
    return image
  }

  private func preconditioned(
    _ right: [Double],
    _ times: ([Double]) -> [Double]
  ) -> [Double] {
    let scale = preconditioner.isEmpty ? right.map { _ in 1.0 } : preconditioner
    var x = [Double](repeating: 0, count: right.count)
    var residual = right
    var ahead = Elementwise.divide(residual, scale)
    var direction = ahead
    var square = Reduction.dot(residual, ahead)
    let goal = square * 1e-22
    var step = 0
    while square > goal, step < 1_000 {
      let image = times(direction)
      let bend = Reduction.dot(direction, image)
      guard bend > 0, bend.isFinite else { break }
      Elementwise.add(square / bend, times: direction, to: &x)
      Elementwise.add(-square / bend, times: image, to: &residual)
      ahead = Elementwise.divide(residual, scale)
      let next = Reduction.dot(residual, ahead)
      let keep = next / square
      for i in x.indices { direction[i] = ahead[i] + keep * direction[i] }
      square = next
      step += 1
    }
    return x
  }
}
