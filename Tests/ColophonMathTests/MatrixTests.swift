import ColophonMath
import Testing

@Suite struct MatrixTests {
  private let a = Matrix([[1, 2, 3], [4, 5, 6]])

  @Test func readsAndWritesByRowAndColumn() {
    var b = a
    b[1, 2] = 7
    #expect(b[1, 2] == 7)
    #expect(Array(a.row(1)) == [4, 5, 6])
    #expect(a.column(1) == [2, 5])
    #expect(a.diagonal == [1, 5])
  }

  @Test func exchangesRowsAndColumns() {
    #expect(a.transposed() == Matrix([[1, 4], [2, 5], [3, 6]]))
    #expect(a.transposed().transposed() == a)
  }

  @Test func multipliesMatricesAndVectors() {
    #expect(a * a.transposed() == Matrix([[14, 32], [32, 77]]))
    #expect(a * [1, 0, -1] == [-2, -2])
    #expect(Matrix.identity(2) * a == a)
  }

  @Test func addsSubtractsAndScales() {
    #expect(a + a == 2 * a)
    #expect(a - a == Matrix(rows: 2, columns: 3))
  }
}
