import ColophonCore
import ColophonMath
import ColophonTuning
import Foundation

/// The functions by which choices about the strategies are made; the study judges by others.
enum TuningHoldout {
  private static func box(
    _ name: String,
    _ count: Int,
    noise: Double = 0,
    _ value: @escaping @Sendable ([Double]) -> Double
  ) -> TuningFunction {
    let ranges = (0..<count).map {
      ParameterRange("x\($0)", .continuous(lower: 0, upper: 1, .linear))
    }
    return TuningFunction(name: name, space: SearchSpace(ranges), noise: noise) { configuration in
      value(ranges.map { configuration[$0.name]?.asNumber ?? .nan })
    }
  }

  /// Six humps of a camel.
  @Sendable private static func camel(_ u: [Double]) -> Double {
    let (x, y) = (4 * u[0] - 2, 2 * u[1] - 1)
    let (a, b) = (x * x, y * y)
    return (4 - 2.1 * a + a * a / 3) * a + x * y + (4 * b - 4) * b + 1.0316284534898774
  }

  @Sendable private static func bowl(_ u: [Double]) -> Double {
    var sum = 0.0
    for (i, x) in u.enumerated() {
      sum += Double(10 + 10 * i) * TuningFunction.square(x - 0.3 - 0.1 * Double(i))
    }
    return sum
  }

  @Sendable private static func hartmann(_ x: [Double]) -> Double {
    let widths: [[Double]] = [[3, 10, 30], [0.1, 10, 35], [3, 10, 30], [0.1, 10, 35]]
    let centres: [[Double]] = [
      [3689, 1170, 2673], [4699, 4387, 7470], [1091, 8732, 5547], [381, 5743, 8828],
    ]
    var value = 3.86278214782076
    for (i, size) in [1.0, 1.2, 3.0, 3.2].enumerated() {
      var exponent = 0.0
      for j in 0..<3 {
        exponent += widths[i][j] * TuningFunction.square(x[j] - centres[i][j] * 1e-4)
      }
      value -= size * Elementary.exp(-exponent)
    }
    return value
  }

  /// Goldstein and Price's.
  @Sendable private static func goldstein(_ u: [Double]) -> Double {
    let (x, y) = (4 * u[0] - 2, 4 * u[1] - 2)
    let first = 19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y
    let second = 18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y
    let (p, q) = (x + y + 1, 2 * x - 3 * y)
    return (1 + p * p * first) * (30 + q * q * second) - 3
  }

  /// Styblinski and Tang's.
  @Sendable private static func styblinski(_ u: [Double]) -> Double {
    u.reduce(0.0) { sum, place in
      let x = 10 * place - 5
      return sum + 0.5 * (x * x * x * x - 16 * x * x + 5 * x) + 39.16616570377142
    }
  }

  @Sendable private static func valley(_ u: [Double]) -> Double {
    let x = u.map { 8 * $0 - 3 }
    return (0..<x.count - 1).reduce(0.0) { sum, i in
      sum + 100 * TuningFunction.square(x[i + 1] - x[i] * x[i]) + TuningFunction.square(1 - x[i])
    }
  }

  static let all = [
    box("camel", 2, camel), box("bowl4", 4, bowl), box("hartmann3", 3, hartmann),
    box("goldstein", 2, goldstein), box("styblinski4", 4, styblinski), box("valley3", 3, valley),
    box("noisy camel", 2, noise: 0.3, camel), box("noisy bowl2", 2, noise: 0.5, bowl),
    box("noisy bowl4", 4, noise: 0.5, bowl), box("noisy hartmann3", 3, noise: 0.3, hartmann),
    box("noisy goldstein", 2, noise: 20, goldstein),
    box("noisy styblinski3", 3, noise: 3, styblinski),
  ]
}

extension Study {
  /// Bayesian search alone on the functions that choices are made by, twenty seeds; and on those of
  /// the study with seeds that the study does not use.
  static let tuningHoldout = Study(name: "tuning-holdout") {
    for parallel in [1, 16] {
      for function in TuningHoldout.all + TuningFunction.all {
        let runs = (100..<120).map {
          VirtualRun(function: function, parallel: parallel, jobs: 60, seed: $0)
            .regrets(BayesianSearch())
        }
        let parts = [30, 60].map { jobs in
          let sample = RegretSample(values: runs.map { $0[jobs - 1] })
          let quartiles = [0.25, 0.5, 0.75].map { sample.quantile($0).threeDigits }
          return "after \(jobs): \(quartiles.joined(separator: " "))"
        }
        print("\(function.name), \(parallel) at a time, \(parts.joined(separator: ", "))")
      }
    }
  }
}
