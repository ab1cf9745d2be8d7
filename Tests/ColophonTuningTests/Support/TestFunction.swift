import ColophonCore
import ColophonMath
import ColophonTuning

/// A function with a known minimum, over a space.
struct TestFunction: Sendable {
  let name: String
  let space: SearchSpace
  let minimum: Double
  let value: @Sendable ([Double]) -> Double

  func callAsFunction(_ configuration: Configuration) -> Double {
    value(space.ranges.map { configuration[$0.name]?.asNumber ?? .nan })
  }

  private static func box(_ count: Int, _ lower: Double, _ upper: Double) -> SearchSpace {
    SearchSpace(
      (0..<count).map {
        ParameterRange("x\($0)", .continuous(lower: lower, upper: upper, .linear))
      }
    )
  }

  static let pi = 3.141592653589793

  /// Branin–Hoo: three minima of 0.397887.
  static let branin = TestFunction(
    name: "branin",
    space: SearchSpace([
      ParameterRange("x0", .continuous(lower: -5, upper: 10, .linear)),
      ParameterRange("x1", .continuous(lower: 0, upper: 15, .linear)),
    ]),
    minimum: 0.397887357729739
  ) { x in
    let a = x[1] - 5.1 / (4 * pi * pi) * x[0] * x[0] + 5 / pi * x[0] - 6
    return a * a + 10 * (1 - 1 / (8 * pi)) * Elementary.cos(x[0]) + 10
  }

  /// Hartmann in six dimensions: −3.32237.
  static let hartmann6 = TestFunction(
    name: "hartmann6",
    space: box(6, 0, 1),
    minimum: -3.322368011415512
  ) { x in
    let alpha = [1.0, 1.2, 3.0, 3.2]
    let a: [[Double]] = [
      [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8],
      [17, 8, 0.05, 10, 0.1, 14],
    ]
    let p: [[Double]] = [
      [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
      [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381],
    ]
    return -(0..<4).reduce(0.0) { sum, i in
      let e = (0..<6).reduce(0.0) { s, j in
        let difference = x[j] - p[i][j] * 1e-4
        return s + a[i][j] * difference * difference
      }
      return sum + alpha[i] * Elementary.exp(-e)
    }
  }

  /// Ackley in five dimensions: 0 at the origin.
  static let ackley5 = TestFunction(name: "ackley5", space: box(5, -32.768, 32.768), minimum: 0) {
    x in
    let n = Double(x.count)
    let squares = x.reduce(0) { $0 + $1 * $1 } / n
    let waves = x.reduce(0) { $0 + Elementary.cos(2 * pi * $1) } / n
    return -20 * Elementary.exp(-0.2 * squares.squareRoot()) - Elementary.exp(waves) + 20
      + Elementary.exp(1)
  }

  /// Rosenbrock in four dimensions: 0 at (1, 1, 1, 1).
  static let rosenbrock4 = TestFunction(
    name: "rosenbrock4",
    space: box(4, -5, 10),
    minimum: 0
  ) { x in
    (0..<3).reduce(0.0) { sum, i in
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      return sum + 100 * a * a + b * b
    }
  }

  /// Levy in eight dimensions: 0 at (1, …, 1).
  static let levy8 = TestFunction(name: "levy8", space: box(8, -10, 10), minimum: 0) { x in
    let w = x.map { 1 + ($0 - 1) / 4 }
    let first = Elementary.sin(pi * w[0])
    var sum = first * first
    for i in 0..<(w.count - 1) {
      let wave = Elementary.sin(pi * w[i] + 1)
      sum += (w[i] - 1) * (w[i] - 1) * (1 + 10 * wave * wave)
    }
    let last = w[w.count - 1]
    let wave = Elementary.sin(2 * pi * last)
    return sum + (last - 1) * (last - 1) * (1 + wave * wave)
  }

  static let all = [branin, hartmann6, ackley5, rosenbrock4, levy8]
}

/// Runs a tuning one job at a time on a function.
func tuned(
  _ function: TestFunction,
  by strategy: any Strategy,
  jobs: Int,
  seed: UInt64,
  parallel: Int = 1
) -> History {
  var history = History(function.space, .minimize, seed: seed)
  while history.trials.count < jobs || !history.pending.isEmpty {
    while history.pending.count < parallel, history.trials.count < jobs {
      var random = RandomStream(
        root: seed,
        cell: "tuning",
        purpose: "proposal",
        index: history.trials.count
      )
      guard case .job(let configuration, _, _) = strategy.propose(history, drawing: &random)
      else { return history }
      history.add(Trial(index: history.trials.count, configuration: configuration))
    }
    guard var trial = history.pending.first else { break }
    trial.objective = function(trial.configuration)
    trial.state = .completed
    history.tell(trial)
  }
  return history
}
