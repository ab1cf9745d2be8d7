import ColophonMath

/// Ranks of a collective, as they lie in the cluster.
package struct RankGroup: Hashable, Sendable {
  package var ranks: Int
  /// Ranks of the group in one node.
  package var perNode: Int
  /// How many such groups use a node's network at the same time.
  package var sharing: Int

  package init(ranks: Int, perNode: Int, sharing: Int = 1) {
    self.ranks = ranks
    self.perNode = max(1, min(perNode, ranks))
    self.sharing = max(1, sharing)
  }

  /// Nodes that the group spans.
  package var nodes: Int { (ranks + perNode - 1) / perNode }
}

/// How long collectives take in a cluster.
///
/// Within a node the measured curve of the hardware answers, scaled by the algorithm's own factor
/// where no curve of so many ranks exists; between nodes the α–β forms of the textbooks with the
/// network's measured share (Thakur, Rabenseifner and Gropp 2005; NVIDIA nccl-tests, PERFORMANCE).
package struct Collectives: Sendable {
  package let cluster: Cluster
  package let choice: CollectiveChoice

  package init(_ cluster: Cluster, _ choice: CollectiveChoice = .automatic) {
    self.cluster = cluster
    self.choice = choice
  }

  /// A collective's time, and the curve or formula that answered.
  package struct Answer: Hashable, Sendable {
    package var seconds: Double
    package var source: String
  }

  /// All-reduce of some bytes that each rank holds.
  package func allReduce(_ bytes: Double, _ group: RankGroup) -> Answer {
    guard group.ranks > 1, bytes > 0 else { return Answer(seconds: 0, source: "nothing to reduce") }
    if group.nodes == 1 { return withinNode(bytes, ranks: group.ranks) }
    return acrossNodes(bytes, group)
  }

  /// Reduce-scatter, or all-gather, of some bytes in all: half of an all-reduce.
  package func half(_ bytes: Double, _ group: RankGroup) -> Double {
    allReduce(bytes, group).seconds / 2
  }

  /// Each rank sends an equal part of its bytes to every other.
  package func allToAll(_ bytes: Double, _ group: RankGroup) -> Double {
    guard group.ranks > 1 else { return 0 }
    let n = Double(group.ranks)
    let inside = bytes * (n - 1) / n / (0.8 * cluster.linkBandwidth)
    guard group.nodes > 1 else { return inside + constants.launch * 4 }
    let away = bytes * (n - Double(group.perNode)) / n
    let rate = networkRate / Double(cluster.devicesPerNode)
    return max(inside, away / rate) + constants.crossing
  }

  /// One message from a device to another, in the same node or not.
  package func message(_ bytes: Double, crossing: Bool) -> Double {
    if crossing {
      return bytes / (networkRate / Double(cluster.devicesPerNode)) + constants.crossing / 2
    }
    return bytes / (0.5 * cluster.linkBandwidth) + 20e-6
  }

  private var constants: Calibration { cluster.accelerator.calibration }

  /// Bytes/s that a node's network reaches in collectives.
  private var networkRate: Double {
    let share =
      cluster.fabric == .infiniband ? constants.networkShare : constants.elasticNetworkShare
    return cluster.networkBandwidth * share
  }

  /// Bytes/s of a node's network that rings of a group reach.
  ///
  /// A ring that must leave by the adapter that it came in by has to come back to it. Where a group has
  /// two devices in a node, they lie in its two halves, and every ring goes once over the link between
  /// the sockets; with more there is a way back within a half, with one there is none to go.
  private func ringRate(_ group: RankGroup) -> Double {
    let crosses = !cluster.alternatesRings && group.perNode == 2 && cluster.devicesPerNode >= 4
    return crosses ? min(networkRate, 2 * constants.socketLink) : networkRate
  }

  // MARK: Within a node

  private func withinNode(_ bytes: Double, ranks: Int) -> Answer {
    if let curve = curve(ranks: ranks) {
      let same = curve.ranks == ranks ? 1 : factor(ranks) / factor(curve.ranks)
      return Answer(
        seconds: curve.seconds(bytes * same) / cluster.linkSpeedup,
        source: curve.name
      )
    }
    let rate = 0.75 * cluster.linkBandwidth * cluster.linkSpeedup
    let latency = 2 * Double(ranks - 1) * 5e-6
    return Answer(seconds: latency + factor(ranks) * bytes / rate, source: "ring over links")
  }

  /// 2(n − 1)/n: what a ring moves for each byte.
  private func factor(_ ranks: Int) -> Double { 2 * Double(ranks - 1) / Double(ranks) }

  /// The measured curve of the node's hardware, of as many ranks or of the next more.
  private func curve(ranks: Int) -> LinkCurve? {
    let name = cluster.accelerator.name
    let curves: [LinkCurve]
    if name.hasPrefix("A100"), cluster.interconnect == .nvswitch {
      curves = [LinkCurves.a100x2, LinkCurves.a100x4, LinkCurves.a100x8]
    } else if name.hasPrefix("V100"), cluster.interconnect == .nvlink {
      curves = [LinkCurves.v100x2, LinkCurves.v100x4, LinkCurves.v100x8]
    } else if name.hasPrefix("H100") || name.hasPrefix("H200"), cluster.interconnect == .nvswitch {
      curves = [LinkCurves.h100x8]
    } else {
      return nil
    }
    return curves.first { $0.ranks >= ranks } ?? curves.last
  }

  // MARK: Across nodes

  private func acrossNodes(_ bytes: Double, _ group: RankGroup) -> Answer {
    if let measured = measured(bytes, group) { return measured }
    let rate = networkRate / Double(group.sharing)
    let around = ringRate(group) / Double(group.sharing)
    let (n, k) = (Double(group.ranks), Double(group.nodes))
    let inside = group.perNode > 1 ? withinNode(bytes, ranks: group.perNode).seconds : 0
    let ringLatency = 2 * (n - 1) * constants.hop
    let treeLatency = 6 * Elementary.log2(max(2, k)) * constants.hop
    let ring = max(2 * (n - 1) / n * bytes / around, inside) + ringLatency
    let tree = max((k == 2 ? 1 : 2) * bytes / rate, inside) + treeLatency
    let hierarchical = inside + 2 * (k - 1) / k * bytes / rate + treeLatency
    let start = constants.crossing
    switch choice {
    case .ring: return Answer(seconds: ring + start, source: "ring")
    case .tree: return Answer(seconds: tree + start, source: "double binary tree")
    case .hierarchical: return Answer(seconds: hierarchical + start, source: "hierarchical")
    case .halvingDoubling:
      return Answer(seconds: halvingDoubling(bytes, group, rate), source: "halving and doubling")
    case .automatic:
      // A ring's bandwidth; where its latency would rule, the library takes a tree.
      let latent = max(2 * (n - 1) / n * bytes / around, inside) + treeLatency
      return Answer(
        seconds: min(ring, latent) + start,
        source: ring <= latent ? "ring" : "double binary tree"
      )
    }
  }

  /// Recursive halving and doubling (Thakur, Rabenseifner and Gropp 2005, section 4.4): ⌈log₂ n⌉ rounds
  /// that halve what is exchanged, then as many that double it.
  ///
  /// Partners in the first rounds are the farthest, so half of the bytes cross the network between
  /// all ranks of a node at once, and only what is left stays within the node.
  private func halvingDoubling(_ bytes: Double, _ group: RankGroup, _ rate: Double) -> Double {
    let rounds = Elementary.log2(Double(group.ranks)).rounded(.up)
    let outer = Elementary.log2(Double(group.nodes)).rounded(.up)
    let perDevice = rate / Double(group.perNode)
    let across = 2 * bytes * (1 - 1 / Double(group.nodes)) / perDevice
    let rest = bytes / Double(group.nodes)
    let inside = group.perNode > 1 ? withinNode(rest, ranks: group.perNode).seconds : 0
    return constants.crossing + across + inside + 2 * min(rounds, outer) * constants.hop
  }

  /// The curves of two AWS nodes, where these are two such nodes and the group has them alone.
  private func measured(_ bytes: Double, _ group: RankGroup) -> Answer? {
    guard cluster.fabric == .efa, group.nodes == 2, group.perNode == 8, group.sharing == 1,
      choice == .automatic
    else { return nil }
    let name = cluster.accelerator.name
    let curve: LinkCurve? =
      name.hasPrefix("A100") ? LinkCurves.p4dex2 : name.hasPrefix("H") ? LinkCurves.p5x2 : nil
    return curve.map { Answer(seconds: $0.seconds(bytes), source: $0.name) }
  }
}
