/// Ranks all plans of a space: those that fit by their time, the best of them played event by event.
package struct PlanSearch: Sendable {
  /// A plan and what is said of it.
  package struct Ranked: Hashable, Sendable {
    package var candidate: PlanSpace.Candidate
    package var estimate: StepEstimate
    /// USD of a step; nil where no price is known.
    package var cost: Double?
  }

  /// The plans that fit, the fastest first.
  package let ranked: [Ranked]
  /// How many plans were looked at.
  package let examined: Int
  /// How many of them don't fit.
  package let unfit: Int

  /// The best plan of each tensor and pipeline degree, by the closed form.
  package let map: PlanMap

  /// How many of the best are played event by event.
  private static let refined = 12

  package init(
    _ workload: Workload,
    _ settings: StepSettings,
    on cluster: Cluster,
    in space: PlanSpace
  ) {
    let candidates = space.candidates(workload, settings, on: cluster)
    examined = candidates.count
    var fitting: [(candidate: PlanSpace.Candidate, seconds: Double)] = []
    for candidate in candidates {
      let memory = PlanMemory(workload, candidate.plan, candidate.settings, cluster).fullest
      guard memory.total <= cluster.accelerator.memory,
        let simulator = StepSimulator(workload, on: cluster, candidate.settings)
      else { continue }
      fitting.append((candidate, simulator.closedFormSeconds(candidate.plan)))
    }
    unfit = examined - fitting.count
    map = PlanMap(candidates.map { $0.plan }, fitting.map { ($0.candidate.plan, $0.seconds) })
    let order = fitting.indices.sorted {
      (fitting[$0].seconds, $0) < (fitting[$1].seconds, $1)
    }
    var best: [Ranked] = []
    for index in order.prefix(max(PlanSearch.refined, 100)) {
      let candidate = fitting[index].candidate
      guard let simulator = StepSimulator(workload, on: cluster, candidate.settings),
        let estimate = simulator.estimate(candidate.plan)
      else { continue }
      let cost = cluster.nodePrice.map { price in
        price * Double(cluster.nodes) * estimate.seconds / 3600
      }
      best.append(Ranked(candidate: candidate, estimate: estimate, cost: cost))
    }
    let places = best.indices.sorted {
      (best[$0].estimate.seconds, $0) < (best[$1].estimate.seconds, $1)
    }
    ranked = places.map { best[$0] }
  }

  /// The best plan of the cluster and of its halves, quarters and so on, down to one node: what a step
  /// takes and costs on each, the largest first.
  package static func sizes(
    _ workload: Workload,
    _ settings: StepSettings,
    on cluster: Cluster
  ) -> [(cluster: Cluster, best: Ranked)] {
    var found: [(cluster: Cluster, best: Ranked)] = []
    var nodes = cluster.nodes
    while nodes >= 1 {
      var part = cluster
      part.devices = min(cluster.devices, nodes * cluster.devicesPerNode)
      let search = PlanSearch(workload, settings, on: part, in: PlanSpace(on: part))
      if let best = search.ranked.first { found.append((part, best)) }
      nodes /= 2
    }
    return found
  }

  /// Those that no other plan beats in both time and cost, the fastest first.
  package static func front(_ plans: [Ranked]) -> [Ranked] {
    let order = plans.indices.sorted {
      let (a, b) = (plans[$0], plans[$1])
      return (a.estimate.seconds, a.cost ?? 0, $0) < (b.estimate.seconds, b.cost ?? 0, $1)
    }
    var front: [Ranked] = []
    var cheapest = Double.infinity
    for index in order {
      let cost = plans[index].cost ?? 0
      if cost < cheapest || front.isEmpty {
        front.append(plans[index])
        cheapest = cost
      }
    }
    return front
  }
}
