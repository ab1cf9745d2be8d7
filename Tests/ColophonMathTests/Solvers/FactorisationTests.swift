import ColophonCore
import ColophonMath
import Testing

@Suite struct Factorisations {
  private func random(_ rows: Int, _ columns: Int, _ purpose: String = "matrix") -> Matrix {
    var random = RandomStream(root: 2, cell: "solvers", purpose: purpose)
    return Matrix(rows: rows, columns: columns, elements: random.standardNormals(rows * columns))
  }

  private func positive(_ order: Int) -> Matrix {
    let a = random(order, order)
    return a * a.transposed() + Matrix.identity(order)
  }

  private func largest(_ m: Matrix) -> Double { m.elements.reduce(0) { max($0, abs($1)) } }

  /// 1, 2: trivial; 64, 65: the edge of a block; 150: three blocks.
  @Test(arguments: [1, 2, 5, 63, 64, 65, 150])
  func choleskyGivesBackTheMatrix(order: Int) throws {
    let a = positive(order)
    let cholesky = try Cholesky(a)
    let factor = Matrix(rows: order, columns: order, elements: cholesky.factor)
    #expect(largest(factor * factor.transposed() - a) <= 1e-13 * largest(a))
    let b = a.row(0).map { $0 + 1 }
    let residual = zip(a * cholesky.solve(b), b).map { $0 - $1 }
    #expect(largest(Matrix([residual])) <= 1e-10)
  }

  @Test func choleskyNamesTheRowThatFails() throws {
    var a = positive(100)
    a[70, 70] = -1
    #expect(throws: Cholesky.Failure(row: 70)) { try Cholesky(a) }
    #expect(throws: Cholesky.Failure(row: 0)) { try Cholesky(Matrix([[.nan]])) }
    #expect(throws: Cholesky.Failure(row: 1)) { try Cholesky(Matrix([[1, 1], [1, 1]])) }
  }

  @Test func choleskyKnowsDeterminantAndInverse() throws {
    let cholesky = try Cholesky(Matrix([[4, 2], [2, 3]]))
    // 4 · 3 − 2 · 2 = 8.
    #expect(abs(cholesky.logDeterminant - 2.0794415416798357) < 1e-15)
    let expected = Matrix([[0.375, -0.25], [-0.25, 0.5]])
    #expect(largest(cholesky.inverse - expected) < 1e-15)
    #expect(try Cholesky(Matrix(rows: 0, columns: 0)).solve([]).isEmpty)
  }

  @Test(arguments: [1, 2, 17, 80])
  func luSolves(order: Int) throws {
    let a = random(order, order)
    let expected = (0..<order).map { Double($0) - 3 }
    let x = try LUFactorisation(a).solve(a * expected)
    #expect(zip(x, expected).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func luExchangesRowsAndNamesTheSingularColumn() throws {
    let swapped = try LUFactorisation(Matrix([[0, 2], [3, 4]]))
    #expect(swapped.determinant == -6)
    #expect(swapped.solve([2, 7]) == [1, 1])
    #expect(throws: LUFactorisation.Singular(column: 1)) {
      try LUFactorisation(Matrix([[1, 2], [2, 4]]))
    }
  }

  @Test func leastSquaresLeavesAResidualAcrossAllColumns() {
    let a = random(40, 7)
    let b = (0..<40).map { Double($0 % 5) }
    let fit = LeastSquares(a)
    let (x, norm) = fit.solve(b)
    let residual = zip(a * x, b).map { $0 - $1 }
    #expect(fit.rank == 7)
    #expect((a.transposed() * residual).allSatisfy { abs($0) < 1e-12 })
    #expect(abs(norm - Reduction.sumOfSquares(residual).squareRoot()) < 1e-12)
  }

  /// The Läuchli matrix: its normal equations are singular in doubles, the reflections are not.
  @Test func leastSquaresSurvivesWhatNormalEquationsDoNot() {
    let e = 1e-9
    let a = Matrix([[1, 1, 1], [e, 0, 0], [0, e, 0], [0, 0, e]])
    let x = LeastSquares(a).solve([3, e, e, e]).solution
    #expect(x.allSatisfy { abs($0 - 1) < 1e-6 })
  }

  @Test func leastSquaresCountsDependentColumns() {
    let a = Matrix([[1, 2, 0], [2, 4, 1], [3, 6, 5], [4, 8, 2]])
    let fit = LeastSquares(a)
    #expect(fit.rank == 2)
    let (x, norm) = fit.solve([1, 2, 3, 4])
    #expect(norm < 1e-14)
    #expect(x[0] == 0 || x[1] == 0)
    #expect(LeastSquares(Matrix(rows: 3, columns: 2)).rank == 0)
    #expect(LeastSquares(Matrix(rows: 3, columns: 2)).solve([1, 2, 2]).residualNorm == 3)
  }

  @Test(arguments: [1, 2, 3, 30, 90])
  func eigenvectorsDiagonalise(order: Int) {
    let a = random(order, order) + random(order, order).transposed()
    let eigen = SymmetricEigen(a)
    #expect(eigen.hasConverged)
    let v = eigen.vectors
    #expect(largest(v.transposed() * v - Matrix.identity(order)) < 1e-13)
    #expect(largest(a * v - v * Matrix(diagonal: eigen.values)) < 1e-12 * largest(a) * 10)
    #expect(eigen.values == eigen.values.sorted())
  }

  @Test func eigenvaluesOfKnownMatrices() {
    #expect(SymmetricEigen(Matrix([[2, 0], [0, 1]])).values == [1, 2])
    let eigen = SymmetricEigen(Matrix([[2, 1], [1, 2]]))
    #expect(abs(eigen.values[0] - 1) < 1e-15 && abs(eigen.values[1] - 3) < 1e-15)
    #expect(eigen.vectors[0, 1] > 0, "the sign is fixed")
    #expect(SymmetricEigen(Matrix(rows: 0, columns: 0)).values.isEmpty)
    let ones = SymmetricEigen(Matrix(rows: 3, columns: 3, repeating: 1))
    #expect(zip(ones.values, [0, 0, 3]).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(!SymmetricEigen(Matrix(rows: 2, columns: 2, repeating: .nan)).hasConverged)
  }
}
