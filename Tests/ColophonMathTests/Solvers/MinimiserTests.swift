import ColophonMath
import Testing

@Suite struct Minimisers {
  /// Rosenbrock's valley in n dimensions, least at (1, …, 1).
  private func rosenbrock(_ x: [Double], _ gradient: inout [Double]) -> Double {
    gradient = Array(repeating: 0, count: x.count)
    var value = 0.0
    for i in 0..<x.count - 1 {
      let (a, b) = (1 - x[i], x[i + 1] - x[i] * x[i])
      value += a * a + 100 * b * b
      gradient[i] += -2 * a - 400 * b * x[i]
      gradient[i + 1] += 200 * b
    }
    return value
  }

  @Test(arguments: [2, 10, 100])
  func lbfgsFindsTheEndOfTheValley(dimensions: Int) {
    let start = (0..<dimensions).map { $0 % 2 == 0 ? -1.2 : 1.0 }
    let minimum = LBFGS(maximumIterations: 2000, valueTolerance: 0).minimise(
      from: start,
      rosenbrock
    )
    #expect(minimum.hasConverged, "\(minimum.ending) after \(minimum.iterations)")
    #expect(minimum.value < 1e-12)
  }

  @Test func lbfgsComesBackFromOutsideTheDomain() {
    // x − log x, least at 1 and not defined from 0 down.
    let minimum = LBFGS().minimise(from: [30]) { x, gradient in
      gradient[0] = 1 - 1 / x[0]
      return x[0] > 0 ? x[0] - Elementary.log(x[0]) : .nan
    }
    #expect(abs(minimum.point[0] - 1) < 1e-7)
  }

  @Test func lbfgsSaysWhyItStopped() {
    let flat = LBFGS().minimise(from: [3, 4]) { _, gradient in
      gradient = [0, 0]
      return 7
    }
    #expect(flat.ending == .gradient && flat.iterations == 0)
    let broken = LBFGS().minimise(from: [3]) { _, _ in .nan }
    #expect(broken.ending == .notFinite)
    let wrong = LBFGS().minimise(from: [3]) { x, gradient in
      gradient = [-1]
      return x[0] * x[0]
    }
    #expect(wrong.ending == .lineSearch)
    let short = LBFGS(maximumIterations: 3).minimise(from: [-1.2, 1], rosenbrock)
    #expect(short.ending == .iterations && !short.hasConverged)
    #expect(LBFGS().minimise(from: []) { _, _ in 1 }.ending == .gradient)
  }

  @Test func newtonConvergesQuadraticallyFromAnIndefiniteHessian() {
    // x⁴ − 2 x² + y², whose Hessian at (0.1, 1) is indefinite; least at (±1, 0).
    func value(_ p: [Double]) -> Double {
      p[0] * p[0] * p[0] * p[0] - 2 * p[0] * p[0] + p[1] * p[1]
    }
    let minimum = NewtonMinimiser().minimise(from: [0.1, 1], value: value) { p in
      NewtonMinimiser.Derivatives(
        value: value(p),
        gradient: [4 * p[0] * p[0] * p[0] - 4 * p[0], 2 * p[1]],
        hessian: Matrix([[12 * p[0] * p[0] - 4, 0], [0, 2]])
      )
    }
    #expect(minimum.hasConverged)
    #expect(abs(abs(minimum.point[0]) - 1) < 1e-9 && abs(minimum.point[1]) < 1e-9)
    #expect(minimum.iterations < 20)
  }

  @Test func newtonRefusesWhatIsNotFinite() {
    let minimum = NewtonMinimiser().minimise(from: [1], value: { _ in .nan }) { _ in
      NewtonMinimiser.Derivatives(value: 1, gradient: [1], hessian: Matrix([[.nan]]))
    }
    #expect(minimum.ending == .notFinite)
  }

  @Test func brentFindsRootsToTheLastBit() throws {
    let root = try #require(Brent.root(from: 1, to: 2) { $0 * $0 - 2 })
    #expect(abs(root - 2.0.squareRoot()) <= 2.0.squareRoot().ulp)
    let flat = try #require(Brent.root(from: -1, to: 3) { $0 * $0 * $0 * $0 * $0 })
    #expect(abs(flat) < 1e-3)
    #expect(Brent.root(from: 0, to: 5) { $0 - 5 } == 5)
    #expect(Brent.root(from: 3, to: 5) { $0 } == nil)
    #expect(Brent.root(from: -1, to: 1) { _ in .nan } == nil)
    let jump = try #require(Brent.root(from: 0, to: 1) { $0 < 0.3 ? -1 : 1 })
    #expect(abs(jump - 0.3) < 1e-15)
  }

  @Test func brentFindsMinima() {
    let parabola = Brent.minimise(from: -4, to: 9) { ($0 - 2) * ($0 - 2) + 1 }
    #expect(abs(parabola.point - 2) < 1e-7 && parabola.value == 1)
    let cosine = Brent.minimise(from: 2, to: 5) { Elementary.cos($0) }
    #expect(abs(cosine.point - Double.pi) < 1e-7)
    let edge = Brent.minimise(from: 1, to: 2) { $0 }
    #expect(abs(edge.point - 1) < 1e-6)
  }
}
