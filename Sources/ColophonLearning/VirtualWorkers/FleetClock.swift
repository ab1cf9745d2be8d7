/// What the parts of a step take on a cluster, in virtual seconds; told by the simulator.
///
/// A short last batch of an epoch is charged as a whole one.
package struct FleetClock: Sendable {
  /// A worker's share of a batch there and back with the host's part, where so many workers share it.
  package var pass: @Sendable (_ workers: Int) -> Double
  /// The optimizer's update.
  package var update: Double
  /// How much longer each worker takes.
  package var slowdowns: [Double]
  /// An all-reduce of some bytes that each of so many workers holds.
  package var reduce: @Sendable (_ bytes: Double, _ workers: Int) -> Double
  /// An all-gather of some bytes from each of so many workers.
  package var gather: @Sendable (_ bytes: Double, _ workers: Int) -> Double
  /// A message of some bytes to another worker.
  package var message: @Sendable (_ bytes: Double) -> Double
  /// A pipeline's whole step, and the busiest stage's time for a batch; 0 where there is none.
  package var pipeline: (flushed: Double, busiest: Double)
  /// Workers of a node.
  package var perNode: Int

  package init(
    pass: @escaping @Sendable (_ workers: Int) -> Double,
    update: Double = 0,
    slowdowns: [Double],
    reduce: @escaping @Sendable (_ bytes: Double, _ workers: Int) -> Double = { _, _ in 0 },
    gather: @escaping @Sendable (_ bytes: Double, _ workers: Int) -> Double = { _, _ in 0 },
    message: @escaping @Sendable (_ bytes: Double) -> Double = { _ in 0 },
    pipeline: (flushed: Double, busiest: Double) = (0, 0),
    perNode: Int = 8
  ) {
    self.pass = pass
    self.update = update
    self.slowdowns = slowdowns
    self.reduce = reduce
    self.gather = gather
    self.message = message
    self.pipeline = pipeline
    self.perNode = perNode
  }
}
