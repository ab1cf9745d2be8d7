/// What a step would gain if the hardware had a little more of one thing.
package struct Sensitivity: Hashable, Sendable {
  /// One resource and the share of the step's time that ten per cent more of it saves.
  package struct Gain: Hashable, Sendable {
    package var resource: String
    package var saving: Double
  }

  /// By resource, the largest saving first.
  package let gains: [Gain]

  /// The share of the step's time that twice as many copies of the model save with the same batch; nil
  /// where the batch can't be dealt out to so many.
  package let twiceTheCopies: Double?

  /// The resource that binds.
  package var binding: String { gains.first?.resource ?? "" }

  /// Nil where the plan can't be simulated.
  package init?(_ workload: Workload, _ plan: Plan, _ settings: StepSettings, on cluster: Cluster) {
    func seconds(_ change: (inout Cluster) -> Void) -> Double? {
      var cluster = cluster
      change(&cluster)
      return StepSimulator(workload, on: cluster, settings)?.estimate(plan)?.seconds
    }
    guard let base = seconds({ _ in }) else { return nil }
    let changes: [(String, (inout Cluster) -> Void)] = [
      ("compute", { $0.accelerator.peak = $0.accelerator.peak.mapValues { $0 * 1.1 } }),
      ("memory bandwidth", { $0.accelerator.bandwidth *= 1.1 }),
      ("links within the node", { $0.linkSpeedup *= 1.1 }),
      ("network", { $0.networkBandwidth *= 1.1 }),
    ]
    let all = changes.compactMap { name, change in
      seconds(change).map { Gain(resource: name, saving: 1 - $0 / base) }
    }
    let order = all.indices.sorted { (all[$1].saving, $0) < (all[$0].saving, $1) }
    gains = order.map { all[$0] }
    var (wide, large) = (plan, cluster)
    wide.data *= 2
    large.devices = wide.devices
    let isPossible = wide.faults(for: workload, settings, on: large).isEmpty
    twiceTheCopies =
      isPossible
      ? StepSimulator(workload, on: large, settings)?.estimate(wide).map { 1 - $0.seconds / base }
      : nil
  }
}
