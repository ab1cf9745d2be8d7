package import ColophonMath

/// The inverse of the lower triangular factor of a positive definite matrix, A = L Lᵀ, which is what
/// predictions of a Gaussian process ask for again and again.
///
/// Rows are taken in blocks: a diagonal block is factored and inverted by itself, everything else is
/// a matrix product in the order that `MatrixProduct` states. The blocks' height follows from the
/// order of the matrix alone.
package struct TriangularFactor: Sendable {
  package let order: Int
  /// L⁻¹, row by row; zero above the diagonal.
  package let inverse: Matrix
  /// log det A.
  package let logDeterminant: Double

  /// Nil where a pivot is not above 0.
  package init?(_ matrix: [Double], order n: Int) {
    precondition(matrix.count == n * n, "\(matrix.count) elements of order \(n)")
    var upper = matrix
    var inverse = Matrix(rows: n, columns: n)
    var spare = [Double](repeating: 0, count: n * TriangularFactor.block(n))
    let isPositive = upper.withUnsafeMutableBufferPointer { u in
      inverse.elements.withUnsafeMutableBufferPointer { w in
        spare.withUnsafeMutableBufferPointer { t in
          guard let u = u.baseAddress, let w = w.baseAddress, let t = t.baseAddress
          else { return n == 0 }
          return Blocks(n: n, u: u, w: w, spare: t).run()
        }
      }
    }
    guard isPositive else { return nil }
    order = n
    self.inverse = inverse
    var log = 0.0
    for i in 0..<n { log -= Elementary.log(inverse.elements[i * n + i]) }
    logDeterminant = 2 * log
  }

  static func block(_ n: Int) -> Int { n > 192 ? 48 : 16 }

  /// L⁻¹ b.
  package func forward(_ b: [Double]) -> [Double] { MatrixProduct.product(inverse, b) }

  /// L⁻ᵀ b.
  package func backward(_ b: [Double]) -> [Double] {
    MatrixProduct.product(inverse, transposed: true, b)
  }

  /// A⁻¹ b.
  package func solve(_ b: [Double]) -> [Double] { backward(forward(b)) }
}

/// The work of a factorisation: `u` holds A and ends as Lᵀ above the diagonal, `w` ends as L⁻¹.
private struct Blocks {
  let n: Int
  let u: UnsafeMutablePointer<Double>
  let w: UnsafeMutablePointer<Double>
  let spare: UnsafeMutablePointer<Double>

  func run() -> Bool {
    let height = TriangularFactor.block(n)
    var start = 0
    while start < n {
      let end = min(start + height, n)
      guard factor(start, end) else { return false }
      invertDiagonal(start, end)
      if end < n {
        solvePanel(start, end)
        updateRest(start, end)
      }
      if start > 0 { invertRows(start, end) }
      start = end
    }
    return true
  }

  /// The diagonal block, one row of Lᵀ after another.
  private func factor(_ start: Int, _ end: Int) -> Bool {
    for i in start..<end {
      let row = u + i * n
      let pivot = row[i]
      guard pivot > 0, pivot.isFinite else { return false }
      let root = pivot.squareRoot()
      row[i] = root
      for j in i + 1..<max(end, i + 1) { row[j] /= root }
      for k in i + 1..<max(end, i + 1) {
        let (other, share) = (u + k * n, row[k])
        for j in k..<end { other[j] -= share * row[j] }
      }
    }
    return true
  }

  /// L⁻¹ of the diagonal block, by forward substitution of the unit matrix.
  private func invertDiagonal(_ start: Int, _ end: Int) {
    for i in start..<end {
      let row = w + i * n
      for k in start..<i {
        let (share, above) = (u[k * n + i], w + k * n)
        for j in start...k { row[j] -= share * above[j] }
      }
      let pivot = u[i * n + i]
      for j in start..<i { row[j] /= pivot }
      row[i] = 1 / pivot
    }
  }

  /// The rows of Lᵀ right of the diagonal block.
  private func solvePanel(_ start: Int, _ end: Int) {
    let (height, width) = (end - start, n - end)
    MatrixProduct.accumulate(
      m: height,
      n: width,
      k: height,
      .init(w + start * n + start, stride: n),
      .init(u + start * n + end, stride: n),
      into: spare,
      stride: width
    )
    for i in 0..<height {
      (u + (start + i) * n + end).update(from: spare + i * width, count: width)
    }
  }

  /// What is right of and below the block loses the panel's product, in strips from the diagonal on.
  private func updateRest(_ start: Int, _ end: Int) {
    var first = end
    while first < n {
      let last = min(first + 96, n)
      MatrixProduct.accumulate(
        m: last - first,
        n: n - first,
        k: end - start,
        alpha: -1,
        .init(u + start * n + first, stride: n, isTransposed: true),
        .init(u + start * n + first, stride: n),
        beta: 1,
        into: u + first * n + first,
        stride: n
      )
      first = last
    }
  }

  /// The rows of L⁻¹ left of the diagonal block.
  private func invertRows(_ start: Int, _ end: Int) {
    let height = end - start
    MatrixProduct.accumulate(
      m: height,
      n: start,
      k: start,
      .init(u + start, stride: n, isTransposed: true),
      .init(w, stride: n),
      into: spare,
      stride: start
    )
    MatrixProduct.accumulate(
      m: height,
      n: start,
      k: height,
      alpha: -1,
      .init(w + start * n + start, stride: n),
      .init(spare, stride: start),
      into: w + start * n,
      stride: n
    )
  }
}
