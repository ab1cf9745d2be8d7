/// Several runs after one another, on machines that are kept between them or asked for anew.
///
/// Times are in seconds; what is billed is in seconds of the whole cluster.
package struct WarmPool: Hashable, Sendable {
  package var runs: Int
  /// From a request until its machines are ready; they are paid for meanwhile.
  package var start: Double
  /// From the end of a run to the request of the next.
  package var gap: Double
  /// How long machines are kept after a run.
  package var keep: Double

  package init(runs: Int, start: Double, gap: Double, keep: Double) {
    self.runs = runs
    self.start = start
    self.gap = gap
    self.keep = keep
  }

  /// What all runs take together.
  package struct Bill: Hashable, Sendable {
    package var wall: Double
    package var billed: Double
  }

  /// Every run asks for machines of its own.
  package func cold(wall: Double, billed: Double) -> Bill {
    let count = Double(runs)
    return Bill(
      wall: count * (start + wall) + (count - 1) * gap,
      billed: count * (start + billed)
    )
  }

  /// Machines are kept after each run but the last; kept in vain where the next comes too late.
  package func warm(wall: Double, billed: Double) -> Bill {
    let cold = cold(wall: wall, billed: billed)
    let between = Double(runs - 1)
    guard isReached else { return Bill(wall: cold.wall, billed: cold.billed + between * keep) }
    return Bill(
      wall: cold.wall - between * start,
      billed: cold.billed - between * start + between * gap
    )
  }

  /// Whether the next run comes while the machines are still kept.
  package var isReached: Bool { gap <= keep }
}
