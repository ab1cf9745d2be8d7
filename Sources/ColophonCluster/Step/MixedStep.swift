import ColophonMath

/// A step on devices of several kinds: each kind holds whole copies of the model, and the batch is
/// dealt out to the copies evenly, or by how fast they are.
package struct MixedStep: Hashable, Sendable {
  /// The copies of one kind.
  package struct Share: Hashable, Sendable {
    package var accelerator: String
    package var copies: Int
    /// Micro-batches of the copy that has most, dealt out evenly and by speed.
    package var even: Int
    package var bySpeed: Int
    /// Seconds for them, without the reduction.
    package var evenSeconds: Double
    package var bySpeedSeconds: Double
    /// What the fullest device holds, and what it has, in bytes.
    package var memory: Double
    package var capacity: Double
  }

  package let shares: [Share]
  /// Seconds of the reduction over all copies.
  package let reduction: Double
  /// The first kind without the others.
  package let aloneSeconds: Double

  package var evenSeconds: Double { (shares.map { $0.evenSeconds }.max() ?? 0) + reduction }
  package var bySpeedSeconds: Double { (shares.map { $0.bySpeedSeconds }.max() ?? 0) + reduction }
  package var fits: Bool { shares.allSatisfy { $0.memory <= $0.capacity } }

  /// Nil where the cluster has one kind, or a kind has no room for a whole copy or lacks the precision.
  package init?(_ workload: Workload, _ plan: Plan, _ settings: StepSettings, on cluster: Cluster) {
    guard !cluster.others.isEmpty else { return nil }
    let width = plan.tensor * plan.pipeline * plan.context
    let kinds =
      [(cluster.accelerator, cluster.devices)]
      + cluster.others.map { ($0.accelerator, $0.devices) }
    let all = settings.globalBatch / max(1, settings.microBatch)
    var lanes = kinds.compactMap { kind in
      Lane(workload, plan, settings, cluster, kind.0, copies: kind.1 / width)
    }
    guard lanes.count == kinds.count, all > 0 else { return nil }
    let copies = lanes.reduce(0) { $0 + $1.copies }
    let each = (all + copies - 1) / copies
    let evenSeconds = lanes.indices.map { lanes[$0].seconds(each) }
    let dealt = MixedStep.deal(all, to: &lanes)
    var whole = cluster
    whole.devices = copies * width
    var wide = plan
    wide.data = copies
    let gradients =
      (workload.parameters / Double(plan.tensor * plan.pipeline))
      * settings.gradientBytes
    reduction =
      Collectives(whole, plan.collective)
      .allReduce(gradients, Placement(wide, whole).data).seconds
    let own = (all + lanes[0].copies - 1) / lanes[0].copies
    aloneSeconds = lanes[0].seconds(own) + reduction
    shares = lanes.indices.map { index in
      Share(
        accelerator: lanes[index].cluster.accelerator.name,
        copies: lanes[index].copies,
        even: each,
        bySpeed: dealt[index],
        evenSeconds: evenSeconds[index],
        bySpeedSeconds: lanes[index].seconds(dealt[index]),
        memory: lanes[index].memory,
        capacity: lanes[index].cluster.accelerator.memory
      )
    }
  }

  /// One micro-batch after another goes to the kind whose busiest copy would be done first.
  private static func deal(_ count: Int, to lanes: inout [Lane]) -> [Int] {
    var given = [Int](repeating: 0, count: lanes.count)
    func most(_ lane: Int, _ given: Int) -> Int {
      (given + lanes[lane].copies - 1) / lanes[lane].copies
    }
    for _ in 0..<count {
      var best = (lane: 0, seconds: Double.infinity)
      for lane in lanes.indices {
        let seconds = lanes[lane].seconds(most(lane, given[lane] + 1))
        if seconds < best.seconds { best = (lane, seconds) }
      }
      given[best.lane] += 1
    }
    return lanes.indices.map { most($0, given[$0]) }
  }

  /// The copies of one kind, and what they take for so many micro-batches.
  private struct Lane {
    let copies: Int
    let cluster: Cluster
    let memory: Double
    private let workload: Workload
    private let plan: Plan
    private let settings: StepSettings
    private var known: [Int: Double] = [:]

    init?(
      _ workload: Workload,
      _ plan: Plan,
      _ settings: StepSettings,
      _ cluster: Cluster,
      _ accelerator: Accelerator,
      copies: Int
    ) {
      guard copies > 0, accelerator.peak[settings.precision] != nil else { return nil }
      self.copies = copies
      self.workload = workload
      self.settings = settings
      var own = cluster
      own.accelerator = accelerator
      own.others = []
      var alone = plan
      alone.data = 1
      own.devices = alone.devices
      own.devicesPerNode = min(cluster.devicesPerNode, own.devices)
      self.cluster = own
      var shared = plan
      shared.data = copies
      memory = PlanMemory(workload, shared, settings, own).fullest.total
      self.plan = alone
    }

    /// A copy's seconds for some micro-batches, by the closed form.
    mutating func seconds(_ count: Int) -> Double {
      if count == 0 { return 0 }
      if let known = known[count] { return known }
      var own = settings
      own.globalBatch = count * settings.microBatch
      let seconds =
        StepSimulator(workload, on: cluster, own)?.closedFormSeconds(plan) ?? .infinity
      known[count] = seconds
      return seconds
    }
  }
}
