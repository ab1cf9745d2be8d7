import ColophonMath
import Testing

@Suite struct ElementwiseTests {
  @Test(arguments: CodePath.available)
  func equalsTheLoop(path: CodePath) {
    CodePath.withPath(path) {
      for length in 0...67 {
        let x = KernelInputs.mixed(length)
        let y = KernelInputs.mixed(length, seed: 9)
        func loop(_ operation: (Double, Double) -> Double) -> [UInt64] {
          zip(x, y).map { operation($0, $1).canonical.bitPattern }
        }
        #expect(Elementwise.add(x, y).bits == loop(+))
        #expect(Elementwise.subtract(x, y).bits == loop(-))
        #expect(Elementwise.multiply(x, y).bits == loop(*))
        #expect(Elementwise.divide(x, y).bits == loop(/))
        #expect(Elementwise.scale(-0.7, x).bits == x.map { (-0.7 * $0).canonical.bitPattern })
        var sum = y
        Elementwise.add(0.3, times: x, to: &sum)
        #expect(sum.bits == loop { $1.addingProduct(0.3, $0) })
      }
    }
  }

  @Test func addsPairsToTheirBinsInOrder() {
    var histogram = Array(repeating: 0.0, count: 6)
    let pairs = [1.0, 10, 2, 20, 3, 30, 4, 40]
    Elementwise.accumulate(pairs: pairs, bins: [2, 0, 2, 1], into: &histogram)
    #expect(histogram == [2, 20, 4, 40, 4, 40])
    Elementwise.accumulate(pairs: pairs, bins: [2, 0, 2, 1], rows: [3, 3], into: &histogram)
    #expect(histogram == [2, 20, 12, 120, 4, 40])
  }
}
