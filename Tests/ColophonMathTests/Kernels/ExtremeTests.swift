import ColophonMath
import Testing

/// Minima and maxima.
@Suite struct ExtremeTests {
  @Test(arguments: CodePath.available)
  func findsTheExtremesOfAnyLength(path: CodePath) throws {
    try CodePath.withPath(path) {
      for length in 1...130 {
        let x = KernelInputs.mixed(length).filter { !$0.isNaN } + [0.125]
        let largest = try #require(x.max())
        let smallest = try #require(x.min())
        #expect(Reduction.maximum(x) == largest)
        #expect(Reduction.minimum(x) == smallest)
        #expect(Reduction.indexOfMaximum(x) == x.firstIndex(of: largest))
        #expect(Reduction.indexOfMinimum(x) == x.firstIndex(of: smallest))
      }
    }
  }

  @Test(arguments: CodePath.available)
  func ordersZerosAndReportsNaN(path: CodePath) {
    CodePath.withPath(path) {
      #expect(Reduction.minimum([0, -0.0, 0]).sign == .minus)
      #expect(Reduction.maximum([-0.0, 0, -0.0]).sign == .plus)
      #expect(Reduction.maximum([1, .nan, 2]).bitPattern == Double.nan.bitPattern)
      #expect(Reduction.indexOfMinimum([1, .nan, -2, .nan]) == 1)
      #expect(Reduction.minimum([]) == .infinity)
      #expect(Reduction.maximum([]) == -.infinity)
      #expect(Reduction.indexOfMaximum([]) == nil)
    }
  }
}
