import ColophonMath
import Testing

/// Arrays give the bits of single numbers, and every code path gives those of plain C.
@Suite struct ElementaryPathTests {
  private static let lengths = Array(0...130) + [1_000, 4_097]

  @Test(arguments: Elementary.Function.allCases, CodePath.available)
  func givesTheBitsOfPlainCOneByOne(function: Elementary.Function, path: CodePath) {
    let x = KernelInputs.mixed(4_097)
    let expected = CodePath.withPath(.scalar) { x.map { function($0) } }
    CodePath.withPath(path) {
      #expect(x.map { function($0) }.bits == expected.bits)
      for length in Self.lengths {
        let result = function(Array(x.prefix(length)))
        #expect(result.bits == expected.prefix(length).map(\.bitPattern), "\(length) elements")
      }
    }
  }

  @Test(arguments: CodePath.available)
  func givesTheSamePowers(path: CodePath) {
    let extremes = KernelInputs.extremes
    let pairs = extremes.flatMap { base in extremes.map { (base, $0) } }
    let bases = pairs.map(\.0) + KernelInputs.mixed(3_001, seed: 2).map(abs)
    let exponents = pairs.map(\.1) + KernelInputs.mixed(3_001, seed: 3)
    let expected = CodePath.withPath(.scalar) { zip(bases, exponents).map(Elementary.pow) }
    CodePath.withPath(path) {
      #expect(zip(bases, exponents).map(Elementary.pow).bits == expected.bits)
      for length in [0, 1, 7, 8, 9, 63, bases.count] {
        let result = Elementary.pow(Array(bases.prefix(length)), Array(exponents.prefix(length)))
        #expect(result.bits == expected.prefix(length).map(\.bitPattern), "\(length) elements")
      }
    }
  }

  @Test(arguments: CodePath.available)
  func roundsFloatsFromTheDoubleResult(path: CodePath) {
    let x = KernelInputs.mixed(131).map { Float($0) }
    let doubles = x.map(Double.init)
    CodePath.withPath(path) {
      for (float, double) in [
        (Elementary.exp(x), Elementary.exp(doubles)), (Elementary.log(x), Elementary.log(doubles)),
        (Elementary.tanh(x), Elementary.tanh(doubles)),
        (Elementary.sigmoid(x), Elementary.sigmoid(doubles)),
      ] {
        #expect(float.map(\.bitPattern) == double.map { Float($0).bitPattern })
      }
    }
  }

  @Test(arguments: Elementary.Function.allCases)
  func returnsOneNaN(function: Elementary.Function) {
    let strange = Double(nan: 77, signaling: false)
    #expect(function(-strange).bitPattern == Double.nan.bitPattern)
    #expect(function([-strange]).bits == [Double.nan.bitPattern])
  }
}
