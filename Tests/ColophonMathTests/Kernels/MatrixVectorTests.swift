import ColophonMath
import Testing

/// Matrix times vector, weighted Gram matrices and outer products.
@Suite struct MatrixVectorTests {
  private static let shapes = [
    (0, 3), (3, 0), (1, 1), (8, 32), (9, 33), (17, 70), (40, 300), (9, 1_030), (1_030, 11),
  ]

  private func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: KernelInputs.uniform(rows * columns))
  }

  @Test(arguments: CodePath.available, shapes)
  func equalsTheProductWithOneColumn(path: CodePath, shape: (Int, Int)) {
    let a = matrix(shape.0, shape.1)
    let x = KernelInputs.uniform(shape.1, seed: 4)
    let column = Matrix(rows: x.count, columns: 1, elements: x)
    CodePath.withPath(path) {
      let expected = (a * column).elements.bits
      #expect(MatrixProduct.product(a, x).bits == expected)
      #expect(MatrixProduct.product(a.transposed(), transposed: true, x).bits == expected)
    }
  }

  @Test(arguments: CodePath.available, shapes)
  func buildsGramMatricesRowByRow(path: CodePath, shape: (Int, Int)) {
    let a = matrix(shape.0, shape.1)
    let weights = KernelInputs.uniform(shape.0, seed: 6)
    CodePath.withPath(path) {
      for weights in [nil, weights] {
        let result = MatrixProduct.gram(a, weights: weights)
        var expected = Matrix(rows: a.columns, columns: a.columns)
        for i in 0..<a.columns {
          for j in 0...i {
            var sum = 0.0
            for k in 0..<a.rows { sum.addProduct((weights?[k] ?? 1) * a[k, i], a[k, j]) }
            expected[i, j] = sum
            expected[j, i] = sum
          }
        }
        #expect(result.elements.bits == expected.elements.bits)
      }
    }
  }

  @Test(arguments: CodePath.available, shapes)
  func addsOuterProducts(path: CodePath, shape: (Int, Int)) {
    var a = matrix(shape.0, shape.1)
    let x = KernelInputs.uniform(shape.0, seed: 7)
    let y = KernelInputs.uniform(shape.1, seed: 8)
    var expected = a
    for i in 0..<a.rows {
      for j in 0..<a.columns { expected[i, j].addProduct(0.3 * x[i], y[j]) }
    }
    CodePath.withPath(path) { MatrixProduct.addOuterProduct(alpha: 0.3, x, y, to: &a) }
    #expect(a.elements.bits == expected.elements.bits)
  }
}
