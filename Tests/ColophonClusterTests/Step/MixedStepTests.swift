import ColophonCluster
import ColophonCore
import Testing

@Suite struct AStepOnSeveralKindsOfDevices {
  static let model = Workload.transformer(
    Transformer(layers: 24, hidden: 2048, heads: 16, sequence: 2048, vocabulary: 51_200)
  )
  static let settings = StepSettings(globalBatch: 128, microBatch: 1, attention: .flash)

  private func cluster(_ name: String, _ others: [(String, Int)]) throws -> Cluster {
    var cluster = Cluster(
      accelerator: try #require(accelerators[name]),
      devices: 8,
      networkBandwidth: 200e9
    )
    cluster.others = try others.map {
      .init(accelerator: try #require(accelerators[$0.0]), devices: $0.1)
    }
    return cluster
  }

  private func step(_ name: String, _ others: [(String, Int)]) throws -> MixedStep {
    try #require(
      MixedStep(Self.model, Plan(data: 8), Self.settings, on: cluster(name, others))
    )
  }

  @Test func equalKindsShareEvenly() throws {
    let step = try step("A100-SXM4-80GB", [("A100-SXM4-80GB", 8)])
    #expect(step.shares.map { $0.even } == [8, 8])
    #expect(step.shares.map { $0.bySpeed } == [8, 8])
    #expect(step.evenSeconds == step.bySpeedSeconds)
    #expect(step.evenSeconds < step.aloneSeconds)
  }

  @Test func slowerDevicesGetLess() throws {
    let step = try step("H100-SXM5-80GB", [("A100-SXM4-80GB", 8)])
    let (fast, slow) = (step.shares[0], step.shares[1])
    #expect(fast.bySpeed > fast.even && slow.bySpeed < slow.even)
    #expect(fast.copies * fast.bySpeed + slow.copies * slow.bySpeed >= 128)
    #expect(step.bySpeedSeconds < step.evenSeconds)
    #expect(step.bySpeedSeconds < step.aloneSeconds)
    // Whoever is done first waits for less than one micro-batch.
    let one = slow.bySpeedSeconds / Double(slow.bySpeed)
    #expect((fast.bySpeedSeconds - slow.bySpeedSeconds).magnitude < 1.1 * one)
  }

  /// Devices that lack the precision can't join: a V100 knows no bf16.
  @Test func aKindWithoutThePrecisionIsRefused() throws {
    let cluster = try cluster("H100-SXM5-80GB", [("V100-SXM2-32GB", 8)])
    #expect(MixedStep(Self.model, Plan(data: 8), Self.settings, on: cluster) == nil)
    var half = Self.settings
    half.precision = .fp16
    #expect(MixedStep(Self.model, Plan(data: 8), half, on: cluster) != nil)
  }

  @Test func aKindWithoutRoomIsRefused() throws {
    var cluster = try cluster("H100-SXM5-80GB", [("A100-SXM4-80GB", 3)])
    #expect(MixedStep(Self.model, Plan(data: 2, tensor: 4), Self.settings, on: cluster) == nil)
    cluster.others = []
    #expect(MixedStep(Self.model, Plan(data: 8), Self.settings, on: cluster) == nil)
  }
}
