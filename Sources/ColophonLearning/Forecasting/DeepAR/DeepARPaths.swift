import ColophonCore
import ColophonData
import ColophonMath

/// Paths into the future of some blocks: ancestral sampling.
///
/// The network reads `context_length` observed steps of each block; from its states then, every path
/// goes on by itself: a value is drawn from the step's distribution and read by the next steps.
struct DeepARPaths {
  let model: DeepARModel
  let grid: SeriesGrid
  let blocks: [SeriesGrid.Block]
  let weights: FloatStorage
  let threads: Int
  private let scales: [Double]
  private let network: Network

  init(
    _ model: DeepARModel,
    _ grid: SeriesGrid,
    _ blocks: [SeriesGrid.Block],
    _ weights: FloatStorage,
    _ threads: Int
  ) {
    self.model = model
    self.grid = grid
    self.blocks = blocks
    self.weights = weights
    self.threads = threads
    network = model.network
    scales = blocks.map { block in
      model.inputs.scale(
        grid.series[block.series],
        before: block.start,
        context: model.shape.context
      )
    }
  }

  /// The forecasts of the blocks, in their order.
  func draw() -> [BlockForecast] {
    let samples = model.shape.samples
    let stepper = NetworkStepper(network.plan, rows: blocks.count * samples, threads: threads)
    stepper.spread(conditioned(), from: 0, times: samples)
    let length = blocks.map { $0.length }.max() ?? 0
    // Blocks × steps × samples.
    var paths = [Double](repeating: 0, count: blocks.count * length * samples)
    var streams = blocks.map { block in
      RandomStream(
        root: model.seed,
        cell: grid.series[block.series].name,
        purpose: "forecast",
        index: grid.series[block.series].first + block.start
      )
    }
    for step in 0..<length {
      write(step, paths, length, to: stepper)
      stepper.step(weights.base) { pass(rows: $0) }
      sample(step, stepper, length, &streams, &paths)
    }
    return blocks.indices.map { b in
      let own = (0..<blocks[b].length).map { step in
        let start = (b * length + step) * samples
        return Array(paths[start..<start + samples])
      }
      return SampleQuantiles.forecast(own, levels: model.terms.levels)
    }
  }

  private func pass(rows: Int) -> Pass {
    Pass(
      rows: rows,
      parameters: weights.base,
      gradients: weights.base,
      isTraining: false,
      threads: threads,
      random: { RandomStream(root: 0, cell: "", purpose: $0) }
    )
  }

  /// The states after the last observed step of each block.
  private func conditioned() -> NetworkStepper {
    let stepper = NetworkStepper(network.plan, rows: blocks.count, threads: threads)
    for t in 0..<model.shape.context {
      for (b, block) in blocks.enumerated() {
        let series = grid.series[block.series]
        let target = stepper.next + b * model.inputs.width
        let step = block.start - model.shape.context + t
        model.inputs.writeLags(series, step, scale: scales[b], to: target)
        writeKnown(b, step, to: target)
      }
      stepper.step(weights.base) { pass(rows: $0) }
    }
    return stepper
  }

  private func writeKnown(_ b: Int, _ step: Int, to target: UnsafeMutablePointer<Float>) {
    model.inputs.writeKnown(
      grid.series[blocks[b].series],
      step,
      scale: scales[b],
      covariates: grid.covariates.count,
      to: target
    )
  }

  /// Writes what each path reads at a step: observed values before the block, its own after that.
  private func write(_ step: Int, _ paths: [Double], _ length: Int, to stepper: NetworkStepper) {
    let (samples, width) = (model.shape.samples, model.inputs.width)
    for (b, block) in blocks.enumerated() {
      let series = grid.series[block.series]
      let first = stepper.next + b * samples * width
      writeKnown(b, block.start + step, to: first)
      for (k, lag) in model.inputs.lags.enumerated() where lag > step {
        let place = block.start + step - lag
        first[k] = place >= 0 ? DeepARInputs.scaled(series.filled[place], scales[b]) : 0
      }
      for sample in 1..<samples { (first + sample * width).update(from: first, count: width) }
      for (k, lag) in model.inputs.lags.enumerated() where lag <= step {
        let own = (b * length + step - lag) * samples
        for sample in 0..<samples {
          first[sample * width + k] = DeepARInputs.scaled(paths[own + sample], scales[b])
        }
      }
    }
  }

  /// Draws each path's value, a block's paths in order from the block's own stream.
  private func sample(
    _ step: Int,
    _ stepper: NetworkStepper,
    _ length: Int,
    _ streams: inout [RandomStream],
    _ paths: inout [Double]
  ) {
    let likelihood = model.shape.scorer
    let samples = model.shape.samples
    let output = stepper.output
    for (b, scale) in scales.enumerated() {
      for sample in 0..<samples {
        let numbers = output + (b * samples + sample) * likelihood.width
        paths[(b * length + step) * samples + sample] = likelihood.draw(
          numbers,
          scale: scale,
          &streams[b]
        )
      }
    }
  }
}
