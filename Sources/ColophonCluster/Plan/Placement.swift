/// Where a plan's ranks lie: tensor-parallel ranks next to each other, then context, data, pipeline.
package struct Placement: Sendable {
  package let plan: Plan
  package let cluster: Cluster

  package init(_ plan: Plan, _ cluster: Cluster) {
    self.plan = plan
    self.cluster = cluster
  }

  private var node: Int { cluster.devicesPerNode }

  /// The ranks that share each matrix.
  package var tensor: RankGroup { group(plan.tensor, stride: 1) }

  /// The ranks that share a sequence.
  package var context: RankGroup { group(plan.context, stride: plan.tensor) }

  /// The ranks that reduce gradients together: data and context ones.
  package var data: RankGroup { group(plan.data * plan.context, stride: plan.tensor) }

  /// The ranks that share a layer's experts.
  package var expert: RankGroup { group(plan.expert, stride: plan.tensor * plan.context) }

  /// Whether a stage hands its results to another node.
  package var stagesCross: Bool { plan.tensor * plan.context * plan.data * 2 > node }

  /// A group of ranks `stride` apart; the other groups beside it share the node's network.
  private func group(_ ranks: Int, stride: Int) -> RankGroup {
    let perNode = max(1, min(ranks, node / max(1, stride)))
    let isWithin = ranks * stride <= node || ranks <= perNode
    return RankGroup(
      ranks: ranks,
      perNode: perNode,
      sharing: isWithin ? 1 : max(1, node / perNode)
    )
  }
}
