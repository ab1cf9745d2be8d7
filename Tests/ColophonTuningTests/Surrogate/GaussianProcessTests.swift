import ColophonCore
import ColophonMath
import Testing

import ColophonTuning

@Suite struct AGaussianProcess {
  static func data(_ n: Int, _ d: Int) -> (points: [Double], values: [Double]) {
    var random = RandomStream(root: 3, cell: "gp", purpose: "points")
    let points = (0..<n * d).map { _ in random.uniform() }
    let values = (0..<n).map { i in
      (0..<d).reduce(0.0) { $0 + Elementary.sin(6 * points[i * d + $1]) / Double($1 + 1) }
    }
    return (points, values)
  }

  @Test func interpolatesWhereThereIsNoNoise() throws {
    let (points, values) = Self.data(12, 2)
    let parameters = GaussianProcess.Parameters([-1, -1, 0, -20], lengths: 2)
    let process = try #require(
      GaussianProcess(Features(numeric: 2), parameters, points: points, values: values)
    )
    for i in 0..<12 {
      let prediction = process.local([points[i * 2], points[i * 2 + 1]])
      #expect(abs(prediction.mean - values[i]) < 1e-4)
      #expect(prediction.variance < 1e-4)
    }
  }

  /// Central differences of step 1e-5 agree to 1e-6.
  @Test func hasTheGradientOfItsLikelihood() {
    let (points, values) = Self.data(15, 3)
    let likelihood = MarginalLikelihood(
      Features(numeric: 3),
      points: points,
      values: values
    )
    let at = [-0.7, 0.2, -0.1, 0.3, -3.0, 0.2, -0.1, 0.1, 0.3, -0.2, -0.3]
    var gradient = [Double](repeating: 0, count: 11)
    var none = gradient
    _ = likelihood.loss(at, &gradient)
    for i in 0..<11 {
      var (up, down) = (at, at)
      up[i] += 1e-5
      down[i] -= 1e-5
      let slope = (likelihood.loss(up, &none) - likelihood.loss(down, &none)) / 2e-5
      #expect(abs(slope - gradient[i]) < 1e-6 * max(1, abs(slope)))
    }
  }

  @Test func hasTheGradientOfItsPredictions() throws {
    let (points, values) = Self.data(15, 3)
    let parameters = GaussianProcess.Parameters([-0.5, -0.2, 0, 0.1, -6], lengths: 3)
    let process = try #require(
      GaussianProcess(Features(numeric: 3), parameters, points: points, values: values)
    )
    let at = [0.31, 0.62, 0.15]
    let local = process.local(at)
    let meanSlope = process.gradient(process.weights, local, at: at)
    let varianceSlope = process.gradient(local.solved.map { -2 * $0 }, local, at: at)
    for c in 0..<3 {
      var (up, down) = (at, at)
      up[c] += 1e-5
      down[c] -= 1e-5
      let (a, b) = (process.local(up), process.local(down))
      #expect(abs((a.mean - b.mean) / 2e-5 - meanSlope[c]) < 1e-5)
      #expect(abs((a.variance - b.variance) / 2e-5 - varianceSlope[c]) < 1e-5)
    }
  }

  /// log h(z) from mpmath 1.4.1 at 40 digits.
  ///
  /// Near 0 from above h itself is computed, whose terms cancel for negative z: 1e-10 at −3.
  @Test(arguments: [
    (2.0, 0.69738354578822831), (0.0, -0.91893853320467274), (-3.0, -7.8696860596030285),
    (-5.0, -16.74430116266099), (-10.0, -55.553122036122356), (-30.0, -457.724653760598),
  ])
  func improvesByTheLogarithm(z: Double, expected: Double) {
    let found = ExpectedImprovement.logImprovement(z).value
    #expect(abs(found - expected) < 1e-10 * abs(expected))
  }
}
