import ColophonCluster
import ColophonCore
import Testing

@Suite struct WhatALayerTakes {
  private func step(
    heads: Int = 32,
    _ plan: Plan,
    micro: Int = 2,
    attention: AttentionKernel = .standard,
    precision: Precision = .fp16
  ) throws -> Double {
    let model = Transformer(
      layers: 8,
      hidden: 6144,
      heads: heads,
      sequence: 2048,
      vocabulary: 51_200
    )
    let settings = StepSettings(
      globalBatch: 64,
      microBatch: micro,
      precision: precision,
      attention: attention
    )
    let cluster = Cluster(
      accelerator: try #require(accelerators["A100-SXM4-80GB"]),
      devices: plan.devices,
      networkBandwidth: 100e9
    )
    let simulator = try #require(StepSimulator(.transformer(model), on: cluster, settings))
    return try #require(simulator.estimate(plan)).seconds
  }

  /// Six matrices of scores take longer than eight, because a fused softmax takes them by fours; not so
  /// where attention is fused as a whole.
  @Test func aSoftmaxIsFusedByFours() throws {
    let plan = Plan(tensor: 8)
    #expect(try step(heads: 24, plan) > step(heads: 32, plan))
    #expect(
      try step(heads: 24, plan, attention: .flash) < step(heads: 32, plan, attention: .flash) * 1.01
    )
    #expect(try step(heads: 24, plan, precision: .fp32) < step(heads: 32, plan, precision: .fp32))
    #expect(try step(heads: 24, plan, micro: 4) < step(heads: 32, plan, micro: 4))
  }

  /// Collectives beside the weights' gradients cost less, never more, and nothing where there are none.
  @Test func collectivesRunBesideTheWeightsGradients() throws {
    func both(_ plan: Plan) throws -> (beside: Double, after: Double) {
      var other = plan
      other.overlapsTensor = false
      return try (step(plan), step(other))
    }
    let shared = try both(Plan(tensor: 8))
    #expect(shared.beside < shared.after && shared.beside > 0.8 * shared.after)
    let whole = try both(Plan(data: 8))
    #expect(whole.beside == whole.after)
    let waiting = try both(Plan(tensor: 4, pipeline: 2, schedule: .zeroBubble))
    #expect(waiting.beside == waiting.after)
  }
}
