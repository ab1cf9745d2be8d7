import ColophonCluster
import Testing

@Suite struct TheStateOfAModel {
  /// ZeRO (Rajbhandari and others 2020), Table 1: GB a device of 7.5 billion parameters with Adam and
  /// half precision, on 1, 64 and 1,024 devices.
  @Test(arguments: [
    (1, 120.0, 120.0, 120.0), (4, 52.5, 41.25, 30.0), (16, 35.625, 21.5625, 7.5),
    (64, 31.40625, 16.640625, 1.875), (1024, 30.087890625, 15.1025390625, 0.1171875),
  ])
  func isZeROsTable(devices: Int, one: Double, two: Double, three: Double) {
    let settings = StepSettings(globalBatch: 1, microBatch: 1)
    let stages: [(ZeroStage, Double)] = [
      (.optimizer, one), (.gradients, two), (.parameters, three),
    ]
    for (stage, expected) in stages {
      let state = StateMemory(count: 7.5e9, settings, zero: stage, sharers: devices)
      #expect((state.parameters + state.gradients + state.optimizer) / 1e9 == expected)
    }
  }

  /// 16 bytes a parameter with gradients in half precision, 18 with gradients in fp32, 6 + 12/d with
  /// Megatron's distributed optimizer.
  @Test func countsTheGradientsConvention() {
    func bytes(_ isFP32: Bool, _ zero: ZeroStage, _ sharers: Int) -> Double {
      let settings = StepSettings(globalBatch: 1, microBatch: 1, gradientsInFP32: isFP32)
      let state = StateMemory(count: 1, settings, zero: zero, sharers: sharers)
      return state.parameters + state.gradients + state.optimizer
    }
    #expect(bytes(false, .none, 1) == 16)
    #expect(bytes(true, .none, 1) == 18)
    #expect(bytes(true, .optimizer, 8) == 6 + 12.0 / 8)
  }
}
