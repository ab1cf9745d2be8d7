import ColophonCore
import ColophonMath
import ColophonTuning

/// A function to tune on whose least value is 0, and what is added to it where it is shown.
struct TuningFunction: Sendable {
  let name: String
  let space: SearchSpace
  /// The standard deviation of the noise.
  var noise = 0.0
  let regret: @Sendable (Configuration) -> Double

  /// A function of the numbers x0, x1 and so on.
  private static func box(
    _ name: String,
    _ bounds: [(Double, Double)],
    noise: Double = 0,
    _ value: @escaping @Sendable ([Double]) -> Double
  ) -> TuningFunction {
    let ranges = bounds.enumerated().map { index, ends in
      ParameterRange("x\(index)", .continuous(lower: ends.0, upper: ends.1, .linear))
    }
    return TuningFunction(name: name, space: SearchSpace(ranges), noise: noise) { configuration in
      value(ranges.map { configuration[$0.name]?.asNumber ?? .nan })
    }
  }

  private static func cube(_ count: Int, _ lower: Double, _ upper: Double) -> [(Double, Double)] {
    Array(repeating: (lower, upper), count: count)
  }

  static let pi = 3.141592653589793

  static func square(_ x: Double) -> Double { x * x }

  @Sendable static func branin(_ x: [Double]) -> Double {
    let slope = 5 / pi * x[0] - 6
    let a = x[1] - 5.1 / (4 * pi * pi) * x[0] * x[0] + slope
    return a * a + 10 * (1 - 1 / (8 * pi)) * Elementary.cos(x[0]) + 10 - 0.397887357729739
  }

  @Sendable static func hartmann(_ x: [Double]) -> Double {
    let sizes = [1.0, 1.2, 3.0, 3.2]
    let widths: [[Double]] = [
      [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8],
      [17, 8, 0.05, 10, 0.1, 14],
    ]
    let centres: [[Double]] = [
      [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
      [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381],
    ]
    var value = 3.322368011415512
    for i in 0..<4 {
      var exponent = 0.0
      for j in 0..<6 { exponent += widths[i][j] * square(x[j] - centres[i][j] * 1e-4) }
      value -= sizes[i] * Elementary.exp(-exponent)
    }
    return value
  }

  /// Its bottom is moved out of the middle, which some strategies try first.
  @Sendable static func ackley(_ x: [Double]) -> Double {
    let moved = zip(x, [5.1, -7.3, 2.9, 9.7, -4.4]).map { $0 - $1 }
    let squares = moved.reduce(0) { $0 + $1 * $1 } / 5
    let waves = moved.reduce(0) { $0 + Elementary.cos(2 * pi * $1) } / 5
    return -20 * Elementary.exp(-0.2 * squares.squareRoot()) - Elementary.exp(waves) + 20
      + Elementary.exp(1)
  }

  @Sendable static func rosenbrock(_ x: [Double]) -> Double {
    var value = 0.0
    for i in 0..<3 { value += 100 * square(x[i + 1] - x[i] * x[i]) + square(1 - x[i]) }
    return value
  }

  @Sendable static func levy(_ x: [Double]) -> Double {
    let w = x.map { 1 + ($0 - 1) / 4 }
    var value = square(Elementary.sin(pi * w[0]))
    for v in w.dropLast() {
      value += square(v - 1) * (1 + 10 * square(Elementary.sin(pi * v + 1)))
    }
    let last = w[w.count - 1]
    return value + square(last - 1) * (1 + square(Elementary.sin(2 * pi * last)))
  }

  private static func log10(_ x: Double) -> Double { Elementary.log10(x) }

  /// Numbers, whole numbers and a choice that moves the bottom of the others.
  static let mixed = TuningFunction(
    name: "mixed",
    space: SearchSpace([
      ParameterRange("rate", .continuous(lower: 1e-5, upper: 1, .logarithmic)),
      ParameterRange("depth", .integer(lower: 1, upper: 15, .linear)),
      ParameterRange("width", .integer(lower: 8, upper: 512, .logarithmic)),
      ParameterRange("kind", .categorical([.integer(0), .integer(1), .integer(2)])),
      ParameterRange("drop", .continuous(lower: 0, upper: 0.6, .linear)),
    ])
  ) { configuration in
    func x(_ name: String) -> Double { configuration[name]?.asNumber ?? .nan }
    let kind = Int(x("kind"))
    var value = 0.5 * square(log10(x("rate")) + [2.5, 2.8, 2.2][kind])
    value += square(x("depth") - [6, 9, 4][kind]) / 30
    value += square(Elementary.log2(x("width")) - 6) / 10
    value += 8 * square(x("drop") - 0.04 * x("depth"))
    return value + [0.15, 0, 0.3][kind]
  }

  /// Three kinds, each with hyperparameters of its own.
  static let conditional = TuningFunction(
    name: "conditional",
    space: SearchSpace(
      [ParameterRange("kind", .categorical([.integer(0), .integer(1), .integer(2)]))]
        + [
          ("a", .continuous(lower: 0, upper: 1, .linear), 0),
          ("b", .continuous(lower: 1e-4, upper: 1, .logarithmic), 0),
          ("c", .integer(lower: 1, upper: 20, .linear), 1),
          ("d", .continuous(lower: 0, upper: 1, .linear), 1),
          ("e", .continuous(lower: 0, upper: 1, .linear), 2),
          ("g", .continuous(lower: 0, upper: 1, .linear), 2),
          ("h", .continuous(lower: 0, upper: 1, .linear), 2),
        ].map { (name: String, kind: ParameterRange.Kind, when: Int) in
          ParameterRange(name, kind, when: RangeCondition("kind", in: [.integer(when)]))
        }
    )
  ) { configuration in
    func x(_ name: String) -> Double { configuration[name]?.asNumber ?? .nan }
    switch Int(x("kind")) {
    case 0: return 0.3 + 4 * square(x("a") - 0.3) + 0.2 * square(log10(x("b")) + 2)
    case 1: return 0.1 + square(x("c") - 13) / 100 + 3 * square(x("d") - 0.8)
    default:
      return 2 * square(x("e") - 0.2) + 2 * square(x("g") - 0.9) + 4 * square(x("h") - x("e"))
    }
  }

  static let all = [
    box("branin", [(-5, 10), (0, 15)], branin), box("hartmann6", cube(6, 0, 1), hartmann),
    box("ackley5", cube(5, -32.768, 32.768), ackley),
    box("rosenbrock4", cube(4, -5, 10), rosenbrock), box("levy8", cube(8, -10, 10), levy), mixed,
    box("noisy", [(-5, 10), (0, 15)], noise: 1, branin), conditional,
  ]
}
