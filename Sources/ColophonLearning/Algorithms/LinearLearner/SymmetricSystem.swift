/// A symmetric system of equations whose matrix is known in full, row by row.
struct SymmetricSystem: Sendable {
  let order: Int
  private(set) var elements: [Double]

  init(order: Int, elements: [Double]) {
    precondition(elements.count == order * order, "\(elements.count) elements of order \(order)")
    self.order = order
    self.elements = elements
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * order + column] }
    set { elements[row * order + column] = newValue }
  }

  /// The matrix times a vector.
  func times(_ x: [Double]) -> [Double] {
    (0..<order).map { i in
      var sum = 0.0
      for j in 0..<order { sum += elements[i * order + j] * x[j] }
      return sum
    }
  }

  /// The solution by Cholesky's factors; nil where the matrix is singular to working precision.
  func solve(_ right: [Double]) -> [Double]? {
    guard let factor = choleskyFactor() else { return nil }
    var x = right
    for i in 0..<order {
      var sum = x[i]
      for j in 0..<i { sum -= factor[i * order + j] * x[j] }
      x[i] = sum / factor[i * order + i]
    }
    for i in stride(from: order - 1, through: 0, by: -1) {
      x[i] /= factor[i * order + i]
      for j in 0..<i { x[j] -= factor[i * order + j] * x[i] }
    }
    return x
  }

  /// L of L · Lᵀ, row by row; nil where a pivot is lost in rounding.
  private func choleskyFactor() -> [Double]? {
    var factor = elements
    let isPositive = factor.withUnsafeMutableBufferPointer { factor in
      for i in 0..<order {
        let row = i * order
        for j in 0...i {
          let other = j * order
          var sum = factor[row + j]
          for k in 0..<j { sum -= factor[row + k] * factor[other + k] }
          if i == j {
            guard sum > 1e-13 * elements[row + i], sum.isFinite else { return false }
            factor[row + i] = sum.squareRoot()
          } else {
            factor[row + j] = sum / factor[other + j]
          }
        }
      }
      return true
    }
    return isPositive ? factor : nil
  }
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
  var square = squaredNorm(residual)
  let goal = square * tolerance * tolerance
  var step = 0
  while square > goal, step < limit {
    let image = times(direction)
    let bend = innerProduct(direction, image)
    guard bend > 0, bend.isFinite else { break }
    let length = square / bend
    for i in x.indices {
      x[i] += length * direction[i]
      residual[i] -= length * image[i]
    }
    let next = squaredNorm(residual)
    let keep = next / square
    for i in x.indices { direction[i] = residual[i] + keep * direction[i] }
    square = next
    step += 1
  }
  return x
}

private func innerProduct(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

private func squaredNorm(_ a: [Double]) -> Double { innerProduct(a, a) }
