import ColophonCluster
import ColophonCore
import Testing

@Suite struct RingsBetweenNodes {
  private func seconds(_ group: RankGroup, alternates: Bool, _ choice: CollectiveChoice) throws
    -> Double
  {
    var cluster = Cluster(
      accelerator: try #require(accelerators["A100-SXM4-80GB"]),
      devices: 256,
      networkBandwidth: 100e9
    )
    cluster.alternatesRings = alternates
    return Collectives(cluster, choice).allReduce(4e9, group).seconds
  }

  /// Where rings can't alternate, those of groups with two devices in a node go over the link between
  /// its sockets, 16 GB/s each way; all others are as fast as ever.
  @Test(arguments: [1, 2, 4, 8])
  func goOverTheSocketsWhereTwoAreInANode(perNode: Int) throws {
    let group = RankGroup(ranks: 16 * perNode, perNode: perNode, sharing: 8 / perNode)
    for choice in [CollectiveChoice.ring, .automatic] {
      let fast = try seconds(group, alternates: true, choice)
      let slow = try seconds(group, alternates: false, choice)
      guard perNode == 2 else {
        #expect(slow == fast)
        continue
      }
      let moved = 2 * 31.0 / 32 * 4e9 * 4
      #expect((slow - fast - moved / 32e9 + moved / 96e9).magnitude < 1e-9)
    }
    #expect(
      try seconds(group, alternates: true, .tree) == seconds(group, alternates: false, .tree)
    )
  }
}
