import ColophonCluster
import Testing

@Suite struct TheActivationsOfALayer {
  /// Korthikanti and others 2022: heads, hidden, layers, pipeline, virtual stages, micro-batch, and GiB of
  /// Figure 1 with tensor parallelism alone, and with the sequence shared and selective
  /// recomputation.
  @Test(arguments: [
    (64, 6144, 48, 1, 1, 4, 59.25, 9.5625), (96, 12288, 96, 8, 3, 1, 66.84375, 12.3515625),
    (128, 20480, 105, 35, 3, 1, 114.0234375, 23.076171875),
    (160, 25600, 128, 64, 1, 1, 131.25, 26.5625),
  ])
  func areKorthikantisFigure1(
    heads: Int,
    hidden: Int,
    layers: Int,
    stages: Int,
    chunks: Int,
    batch: Int,
    plain: Double,
    shared: Double
  ) {
    let model = Transformer(
      layers: layers,
      hidden: hidden,
      heads: heads,
      sequence: 2048,
      vocabulary: 51_200
    )
    let settings = StepSettings(globalBatch: 1024, microBatch: batch, precision: .fp16)
    let schedule: any PipelineSchedule.Type =
      chunks > 1 ? Interleaved.self : OneForwardOneBackward.self
    // Layers that the first stage holds, times the micro-batches in flight.
    let held = schedule.inFlight(stages: stages, microBatches: 1024, chunks: chunks)
    let count = Double(layers) / Double(stages) * held
    let one = Plan(tensor: 8)
    let two = Plan(tensor: 8, sharesSequence: true, recompute: .selective)
    #expect(
      abs(ActivationMemory(model, one, settings).layer * count / gibibyte - plain) < 1e-9 * plain
    )
    #expect(
      abs(ActivationMemory(model, two, settings).layer * count / gibibyte - shared) < 1e-9 * shared
    )
  }

  /// Equation 6: 2sbh with full recomputation.
  @Test func areTheInputAloneWithFullRecomputation() {
    let model = Transformer(layers: 1, hidden: 64, heads: 4, sequence: 32, vocabulary: 100)
    let settings = StepSettings(globalBatch: 3, microBatch: 3)
    let plan = Plan(recompute: .full)
    #expect(ActivationMemory(model, plan, settings).layer == 2 * 32 * 3 * 64)
  }
}
