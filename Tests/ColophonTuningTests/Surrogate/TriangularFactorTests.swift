import ColophonCore
import ColophonMath
import ColophonTuning
import Testing

@Suite struct ATriangularFactor {
  /// Orders around the blocks' heights; beside the slow factorisation of the mathematics module.
  @Test(arguments: [1, 2, 15, 16, 17, 50, 193, 200])
  func solvesAsTheReference(order n: Int) throws {
    var random = RandomStream(root: 2, cell: "t", purpose: "matrix", index: n)
    let half = Matrix(rows: n, columns: n, elements: random.standardNormals(n * n))
    var matrix = half * half.transposed()
    for i in 0..<n { matrix[i, i] += 1 }
    let factor = try #require(TriangularFactor(matrix.elements, order: n))
    let reference = try Cholesky(matrix)
    let b = random.standardNormals(n)
    for (x, y) in zip(factor.solve(b), reference.solve(b)) {
      #expect(abs(x - y) < 1e-9 * max(1, abs(y)))
    }
    #expect(abs(factor.logDeterminant - reference.logDeterminant) < 1e-9 * Double(n) + 1e-9)
  }

  @Test func refusesWhatIsNotPositive() {
    #expect(TriangularFactor([1, 2, 2, 1], order: 2) == nil)
    #expect(TriangularFactor([.nan], order: 1) == nil)
  }
}

@Suite struct ALossScale {
  @Test func comesBackAndKeepsTheOrder() {
    let losses = [0.1, 0.2, 0.25, 0.3, 0.5, 0.9, 4, 80, 3000, 1e6]
    let scale = LossScale(losses)
    let seen = losses.map { scale.forward($0) }
    #expect(seen == seen.sorted())
    for (loss, value) in zip(losses, seen) {
      #expect(abs(scale.backward(value) - loss) < 1e-9 * max(1, abs(loss)))
    }
    #expect(abs(Reduction.mean(seen)) < 1e-12)
  }

  /// Three losses of a thousand must not hide how the others differ.
  @Test func bringsTheWorstIn() {
    let scale = LossScale([1, 2, 3, 4, 5, 6, 7, 1000, 1000, 1000])
    #expect(scale.forward(7) - scale.forward(1) > 1)
  }
}
