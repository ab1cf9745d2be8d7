/// The eigenvalues and eigenvectors of a symmetric matrix.
///
/// Householder's reduction to a tridiagonal matrix, then QL steps with Wilkinson's shift. Values
/// ascend; the sign of each vector is such that its largest component (the first of equals) is
/// positive, so that the answer is one and not two.
///
/// - SeeAlso: Bowdler, Martin, Reinsch and Wilkinson, "The QR and QL algorithms for symmetric
///   matrices", 1968.
package struct SymmetricEigen: Sendable {
  /// Ascending.
  package private(set) var values: [Double]
  /// Column k belongs to value k.
  package private(set) var vectors: Matrix
  /// Whether each value was found; a matrix with NaN in it is not decomposed.
  package private(set) var hasConverged = true

  /// Decomposes the matrix; only its lower triangle is read.
  package init(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "\(matrix.rows) × \(matrix.columns)")
    var form = Tridiagonal(matrix)
    hasConverged = form.diagonalise()
    let n = matrix.rows
    let order = (0..<n).sorted { (form.diagonal[$0], $0) < (form.diagonal[$1], $1) }
    values = order.map { form.diagonal[$0] }
    vectors = Matrix(rows: n, columns: n)
    for (k, source) in order.enumerated() {
      let row = form.rows[source * n..<(source + 1) * n]
      let largest = row.reduce(0) { abs($1) > abs($0) ? $1 : $0 }
      let sign: Double = largest < 0 ? -1 : 1
      for (i, value) in row.enumerated() { vectors[i, k] = sign * value }
    }
  }
}

/// A symmetric tridiagonal matrix and the rotations that led to it.
private struct Tridiagonal {
  var diagonal: [Double]
  /// Element i couples i − 1 and i; the first is 0.
  var coupling: [Double]
  /// The transposed transformation, so that each rotation mixes two adjacent rows of memory.
  var rows: [Double]
  let n: Int

  init(_ matrix: Matrix) {
    n = matrix.rows
    diagonal = Array(repeating: 0, count: n)
    coupling = diagonal
    rows = Matrix.identity(n).elements
    var a = matrix.elements
    for i in 0..<n {
      for j in i + 1..<max(n, i + 1) { a[i * n + j] = a[j * n + i] }
    }
    var reflectors: [(Int, [Double], Double)] = []
    for k in 0..<max(n - 2, 0) {
      if let (v, scale) = Tridiagonal.reduce(&a, n, k) { reflectors.append((k, v, scale)) }
    }
    for i in 0..<n {
      diagonal[i] = a[i * n + i]
      if i > 0 { coupling[i] = a[i * n + i - 1] }
    }
    // Q = H₀ H₁ …; its transpose is built by applying them from the last to the first.
    for (k, v, scale) in reflectors.reversed() { accumulate(k, v, scale) }
  }

  /// Clears column k below the subdiagonal; returns the reflector I − scale · v vᵀ.
  private static func reduce(_ a: inout [Double], _ n: Int, _ k: Int) -> ([Double], Double)? {
    let largest = (k + 2..<n).reduce(0.0) { max($0, abs(a[$1 * n + k])) }
    guard largest > 0 else { return nil }
    let size = max(largest, abs(a[(k + 1) * n + k]))
    var norm = 0.0
    for i in k + 1..<n { norm.addProduct(a[i * n + k] / size, a[i * n + k] / size) }
    norm = size * norm.squareRoot()
    let head = a[(k + 1) * n + k]
    let target = head > 0 ? -norm : norm
    var v = Array(repeating: 0.0, count: n)
    for i in k + 1..<n { v[i] = a[i * n + k] / norm }
    v[k + 1] = (head - target) / norm
    let scale = norm / (norm + abs(head))
    rotateBothSides(&a, n, k, v, scale)
    a[(k + 1) * n + k] = target
    a[k * n + k + 1] = target
    for i in k + 2..<n {
      a[i * n + k] = 0
      a[k * n + i] = 0
    }
    return (v, scale)
  }

  /// A − v wᵀ − w vᵀ with w = scale A v − ½ scale² (vᵀ A v) v, in the part right of and below k.
  private static func rotateBothSides(
    _ a: inout [Double],
    _ n: Int,
    _ k: Int,
    _ v: [Double],
    _ scale: Double
  ) {
    var w = Array(repeating: 0.0, count: n)
    a.withUnsafeMutableBufferPointer { a in
      for i in k + 1..<n {
        var sum = 0.0
        for j in k + 1..<n { sum.addProduct(a[i * n + j], v[j]) }
        w[i] = scale * sum
      }
      var product = 0.0
      for i in k + 1..<n { product.addProduct(v[i], w[i]) }
      let half = 0.5 * scale * product
      for i in k + 1..<n { w[i].addProduct(-half, v[i]) }
      for i in k + 1..<n {
        for j in k + 1..<n {
          a[i * n + j] -= v[i] * w[j] + w[i] * v[j]
        }
      }
    }
  }

  private mutating func accumulate(_ k: Int, _ v: [Double], _ scale: Double) {
    let n = n
    rows.withUnsafeMutableBufferPointer { q in
      for r in 0..<n {
        var product = 0.0
        for i in k + 1..<n { product.addProduct(q[r * n + i], v[i]) }
        product *= -scale
        for i in k + 1..<n { q[r * n + i].addProduct(product, v[i]) }
      }
    }
  }

  /// Implicit QL; false where a value doesn't settle in 60 sweeps.
  mutating func diagonalise() -> Bool {
    guard n > 0 else { return true }
    for i in 1..<max(n, 1) { coupling[i - 1] = coupling[i] }
    coupling[n - 1] = 0
    for l in 0..<n {
      var sweeps = 0
      while true {
        var m = l
        while m < n - 1 {
          let size = abs(diagonal[m]) + abs(diagonal[m + 1])
          if abs(coupling[m]) <= 0x1p-53 * size { break }
          m += 1
        }
        if m == l { break }
        sweeps += 1
        if sweeps > 60 { return false }
        sweep(from: l, to: m)
      }
    }
    return diagonal.allSatisfy { $0.isFinite }
  }

  private mutating func sweep(from l: Int, to m: Int) {
    var g = (diagonal[l + 1] - diagonal[l]) / (2 * coupling[l])
    var r = hypotenuse(g, 1)
    g = diagonal[m] - diagonal[l] + coupling[l] / (g + (g < 0 ? -r : r))
    var (s, c, p) = (1.0, 1.0, 0.0)
    var i = m - 1
    while i >= l {
      let f = s * coupling[i]
      let b = c * coupling[i]
      r = hypotenuse(f, g)
      coupling[i + 1] = r
      if r == 0 {
        diagonal[i + 1] -= p
        coupling[m] = 0
        return
      }
      s = f / r
      c = g / r
      g = diagonal[i + 1] - p
      r = (diagonal[i] - g) * s + 2 * c * b
      p = s * r
      diagonal[i + 1] = g + p
      g = c * r - b
      rotateRows(i, s, c)
      i -= 1
    }
    diagonal[l] -= p
    coupling[l] = g
    coupling[m] = 0
  }

  private mutating func rotateRows(_ i: Int, _ s: Double, _ c: Double) {
    let n = n
    rows.withUnsafeMutableBufferPointer { q in
      for k in 0..<n {
        let upper = q[i * n + k]
        let lower = q[(i + 1) * n + k]
        q[(i + 1) * n + k] = s * upper + c * lower
        q[i * n + k] = c * upper - s * lower
      }
    }
  }

  /// √(x² + y²) without overflow.
  private func hypotenuse(_ x: Double, _ y: Double) -> Double {
    let large = max(abs(x), abs(y))
    guard large > 0, large.isFinite else { return large }
    let ratio = min(abs(x), abs(y)) / large
    return large * (1 + ratio * ratio).squareRoot()
  }
}
