import ColophonMath
import Foundation
import Testing

/// The fast functions of floats, in units in the last place of the exact result.
@Suite struct FloatFunctionTests {
  /// Every 4,099th float of a range, and its ends.
  private func inputs(_ range: ClosedRange<Float>) -> [Float] {
    var found: [Float] = [range.lowerBound, range.upperBound, 0]
    var bits = UInt32(0)
    while bits < 0x7F80_0000 {
      let x = Float(bitPattern: bits)
      for value in [x, -x] where range.contains(value) { found.append(value) }
      bits += 4_099
    }
    return found
  }

  private func error(_ found: [Float], _ exact: [Double]) -> Double {
    zip(found, exact).reduce(0) { worst, pair in
      let unit = Double(max(Float(pair.1).ulp, Float.leastNonzeroMagnitude))
      return max(worst, (Double(pair.0) - pair.1).magnitude / unit)
    }
  }

  @Test func exponentialsAreNear() {
    let x = inputs(-87...88)
    #expect(error(FloatFunctions.exp(x), x.map { exp(Double($0)) }) < 1.1)
  }

  @Test func hyperbolicTangentsAreNear() {
    let x = inputs(-20...20)
    #expect(error(FloatFunctions.tanh(x), x.map { tanh(Double($0)) }) < 1.6)
  }

  @Test func sigmoidsAreNear() {
    let x = inputs(-80...80)
    #expect(error(FloatFunctions.sigmoid(x), x.map { 1 / (1 + exp(-Double($0))) }) < 2.5)
  }

  @Test func endsAreExact() {
    let ends: [Float] = [-200, 0, 200, -.infinity, .infinity]
    #expect(FloatFunctions.exp(ends) == [0, 1, .infinity, 0, .infinity])
    #expect(FloatFunctions.tanh([-.infinity, 0, .infinity, 1e-30]) == [-1, 0, 1, 1e-30])
    #expect(FloatFunctions.sigmoid([-.infinity, 0, .infinity]) == [0, 0.5, 1])
    #expect(FloatFunctions.exp([.nan])[0].isNaN)
    #expect(FloatFunctions.tanh([.nan])[0].isNaN)
    #expect(FloatFunctions.sigmoid([.nan])[0].isNaN)
  }

  @Test func areTheSameBitsOnEveryPath() {
    let x = inputs(-90...90)
    let functions = [FloatFunctions.exp, FloatFunctions.tanh, FloatFunctions.sigmoid]
    for function in functions {
      let expected = function(x)
      for path in CodePath.available {
        #expect(CodePath.withPath(path) { function(x) } == expected, "\(path)")
      }
    }
  }
}
