/// One subject's measurements: a name to choose it by, and a run that prints lines.
struct Benchmark: Sendable {
  let name: String
  let run: @Sendable () -> Void
}

/// Wall-clock timing; the only place where a clock is read.
enum Stopwatch {
  /// The least nanoseconds that each body took over several rounds.
  ///
  /// The bodies take turns within a round, so that a change in the machine's speed meets all.
  static func best(rounds: Int = 7, repeating count: Int = 1, _ bodies: (() -> Void)...) -> [Double]
  {
    var best = bodies.map { _ in Double.infinity }
    let clock = ContinuousClock()
    for _ in 0..<rounds {
      for (index, body) in bodies.enumerated() {
        let spent = clock.measure { for _ in 0..<count { body() } }
        let (seconds, attoseconds) = spent.components
        let nanoseconds = Double(seconds) * 1e9 + Double(attoseconds) * 1e-9
        best[index] = min(best[index], nanoseconds / Double(count))
      }
    }
    return best
  }
}

extension Double {
  /// Two decimals, for a column of figures.
  var short: String {
    let hundredths = Int((self * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
