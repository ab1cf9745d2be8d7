/// How often to write a checkpoint.
package enum CheckpointInterval {
  /// √(2 C M): C seconds to write one, M seconds between failures (Young 1974).
  package static func young(cost: Double, meanTimeBetweenFailures: Double) -> Double {
    (2 * cost * meanTimeBetweenFailures).squareRoot()
  }

  /// Daly's higher-order estimate (Daly 2006, equation 37): M where writing takes at least 2 M.
  package static func daly(cost: Double, meanTimeBetweenFailures: Double) -> Double {
    let m = meanTimeBetweenFailures
    guard cost < 2 * m else { return m }
    let ratio = cost / (2 * m)
    return (2 * cost * m).squareRoot() * (1 + ratio.squareRoot() / 3 + ratio / 9) - cost
  }

  /// The expected share of time that checkpoints, lost work and restarts take, to first order:
  /// C/T + (T/2 + R)/M.
  package static func waste(
    interval: Double,
    cost: Double,
    restart: Double,
    meanTimeBetweenFailures: Double
  ) -> Double {
    cost / interval + (interval / 2 + restart) / meanTimeBetweenFailures
  }
}
