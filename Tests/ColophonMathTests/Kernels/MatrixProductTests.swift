import ColophonMath
import Testing

/// Products against three nested loops in the documented order.
@Suite struct MatrixProductTests {
  private static let shapes = [
    (0, 3, 2), (3, 0, 2), (2, 3, 0), (1, 1, 1), (3, 5, 7), (8, 24, 16), (9, 25, 17), (6, 8, 4),
    (7, 31, 64), (40, 50, 61), (13, 49, 255), (5, 23, 256), (11, 27, 257), (3, 9, 600),
    (200, 10, 5), (70, 130, 33),
  ]

  private func matrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    Matrix(
      rows: rows,
      columns: columns,
      elements: KernelInputs.uniform(rows * columns, seed: seed)
    )
  }

  private func reference(
    alpha: Double,
    _ a: Matrix,
    _ b: Matrix,
    beta: Double,
    _ c: Matrix
  ) -> Matrix {
    var result = c
    for i in 0..<a.rows {
      for j in 0..<b.columns {
        var sum = 0.0
        for k in 0..<a.columns { sum.addProduct(a[i, k], b[k, j]) }
        sum *= alpha
        if beta != 0 { sum.addProduct(beta, c[i, j]) }
        result[i, j] = sum.canonical
      }
    }
    return result
  }

  @Test(arguments: CodePath.available, shapes)
  func addsItsTermsInAscendingOrder(path: CodePath, shape: (Int, Int, Int)) {
    let (m, n, k) = shape
    let a = matrix(m, k, seed: 1)
    let b = matrix(k, n, seed: 2)
    let c = matrix(m, n, seed: 3)
    CodePath.withPath(path) {
      for (alpha, beta) in [(1.0, 0.0), (-0.3, 0.0), (1, 1), (0.7, -1.3)] {
        let expected = reference(alpha: alpha, a, b, beta: beta, c)
        for (left, right) in [(false, false), (true, false), (false, true), (true, true)] {
          var result = c
          MatrixProduct.accumulate(
            alpha: alpha,
            left ? a.transposed() : a,
            transposed: left,
            right ? b.transposed() : b,
            transposed: right,
            beta: beta,
            into: &result
          )
          #expect(
            result.elements.bits == expected.elements.bits,
            "\(left) \(right) \(alpha) \(beta)"
          )
        }
      }
    }
  }

  @Test(arguments: CodePath.available)
  func carriesExtremesThrough(path: CodePath) {
    let a = Matrix(rows: 9, columns: 13, elements: KernelInputs.mixed(117))
    let b = Matrix(rows: 13, columns: 31, elements: KernelInputs.mixed(403, seed: 5))
    let zero = Matrix(rows: 9, columns: 31)
    let expected = reference(alpha: 1, a, b, beta: 0, zero)
    let result = CodePath.withPath(path) { a * b }
    #expect(result.elements.bits == expected.elements.bits)
  }

  @Test func doesNotReadTheOldElementsWithBetaZero() {
    var c = Matrix(rows: 2, columns: 2, repeating: .nan)
    MatrixProduct.accumulate(.identity(2), .identity(2), beta: 0, into: &c)
    #expect(c == .identity(2))
  }

  @Test(arguments: CodePath.available, shapes)
  func multipliesFloatsInTheSameOrder(path: CodePath, shape: (Int, Int, Int)) {
    let (m, n, k) = shape
    let a = KernelInputs.uniform(m * k, seed: 1).map { Float($0) }
    let b = KernelInputs.uniform(k * n, seed: 2).map { Float($0) }
    var expected = Array(repeating: Float(0), count: m * n)
    for i in 0..<m {
      for j in 0..<n {
        for p in 0..<k { expected[i * n + j].addProduct(a[i * k + p], b[p * n + j]) }
      }
    }
    var result = Array(repeating: Float(0), count: m * n)
    CodePath.withPath(path) {
      result.withUnsafeMutableBufferPointer { target in
        guard let target = target.baseAddress else { return }
        a.withUnsafeBufferPointer { a in
          b.withUnsafeBufferPointer { b in
            MatrixProduct.accumulate(
              m: m,
              n: n,
              k: k,
              .init(a.baseAddress, stride: k),
              .init(b.baseAddress, stride: n),
              into: target,
              stride: n
            )
          }
        }
      }
    }
    #expect(result.map(\.bitPattern) == expected.map(\.bitPattern))
  }

  @Test(arguments: [2, 3, 5])
  func givesTheSameBitsOnAnyNumberOfThreads(threads: Int) {
    let a = matrix(301, 270, seed: 1)
    let b = matrix(270, 45, seed: 2)
    #expect(MatrixProduct.product(a, b, threads: threads) == MatrixProduct.product(a, b))
    let t = a.transposed()
    #expect(MatrixProduct.product(t, transposed: true, b, threads: threads) == a * b)
  }

  @Test func givesARowTheSameBitsInAnyBatch() {
    let a = matrix(50, 40, seed: 1)
    let b = matrix(40, 30, seed: 2)
    let whole = a * b
    for i in 0..<a.rows {
      let alone = Matrix(rows: 1, columns: 40, elements: Array(a.row(i))) * b
      #expect(alone.row(0) == whole.row(i))
    }
  }
}
