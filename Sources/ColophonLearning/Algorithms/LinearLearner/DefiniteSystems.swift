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
