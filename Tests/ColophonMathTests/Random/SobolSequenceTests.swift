import ColophonCore
import ColophonMath
import Testing

@Suite struct SobolSequences {
  @Test func pointsAreTheOnesOfTheReference() {
    let rows = FixtureTable("sobol.csv").rows("sobol")
    var sequence = SobolSequence(dimensions: 64)
    let points = (0..<4096).map { _ in sequence.next() }
    for row in rows { #expect(points[Int(row.numbers[0])] == Array(row.numbers.dropFirst())) }
  }

  /// The law that makes the sequence useful, which scrambling must keep.
  @Test(arguments: [false, true])
  func everySliceOfEveryAxisHoldsOnePoint(scrambled: Bool) {
    var random = RandomStream(root: 3, cell: "sobol", purpose: "scramble")
    var sequence =
      scrambled
      ? SobolSequence(dimensions: 64, scrambledBy: &random) : SobolSequence(dimensions: 64)
    let points = (0..<256).map { _ in sequence.next() }
    for axis in 0..<64 {
      #expect(Set(points.map { Int($0[axis] * 256) }).count == 256, "axis \(axis)")
    }
  }

  @Test func scramblesDifferByTheirStream() {
    var a = RandomStream(root: 3, cell: "sobol", purpose: "a")
    var b = RandomStream(root: 3, cell: "sobol", purpose: "b")
    var first = SobolSequence(dimensions: 2, scrambledBy: &a)
    var second = SobolSequence(dimensions: 2, scrambledBy: &b)
    #expect(first.next() != second.next())
  }
}
