import ColophonCore
import ColophonData
import ColophonMath

extension DeepARLearner {
  /// One step on some windows; returns the sum of the losses before it and how many values were
  /// scored.
  mutating func takeStep(
    _ windows: [DeepARSampler.Window],
    isLooked: Bool
  ) -> (loss: Double, count: Int) {
    let (job, number) = (job, step)
    let scales = gather(windows)
    let pass = Pass(
      rows: windows.count,
      parameters: memory.parameters.base,
      gradients: memory.gradients.base,
      isTraining: true,
      threads: job.threads,
      random: { job.random("\($0) step \(number)") }
    )
    tape.forward(pass)
    let scored = score(windows, scales)
    tape.backward(pass)
    if isLooked {
      log.current = look.statistics(windows.count)
      if let reach = look.reach(windows.count) { log.reaches.append(reach) }
    }
    update()
    step += 1
    return scored
  }

  /// Writes what the windows hold; returns their scales.
  private func gather(_ windows: [DeepARSampler.Window]) -> [Double] {
    let (steps, width) = (recipe.steps, inputs.width)
    return windows.enumerated().map { row, window in
      let series = grid.series[window.series]
      let scale = inputs.scale(series, before: window.start, context: recipe.shape.context)
      for t in 0..<steps {
        let place = tape.input + (row * steps + t) * width
        let step = window.start - recipe.shape.context + t
        inputs.writeLags(series, step, scale: scale, to: place)
        inputs.writeKnown(
          series,
          step,
          scale: scale,
          covariates: grid.covariates.count,
          to: place
        )
      }
      return scale
    }
  }

  /// Sums over windows, then steps, in order; slopes are of the mean over what was observed.
  private func score(
    _ windows: [DeepARSampler.Window],
    _ scales: [Double]
  ) -> (loss: Double, count: Int) {
    let likelihood = recipe.shape.scorer
    let (steps, width) = (recipe.steps, likelihood.width)
    var (loss, count) = (0.0, 0)
    var slopes = [Double](repeating: 0, count: windows.count * steps * width)
    slopes.withUnsafeMutableBufferPointer { slopes in
      guard let slopes = slopes.baseAddress else { return }
      for (row, window) in windows.enumerated() {
        let series = grid.series[window.series]
        for t in 0..<steps {
          let step = window.start - recipe.shape.context + t
          guard step >= 0, step < series.count, !series.values[step].isNaN else { continue }
          let place = (row * steps + t) * width
          loss += likelihood.loss(
            tape.output + place,
            series.values[step],
            scale: scales[row],
            slopes + place
          )
          count += 1
        }
      }
    }
    for (i, slope) in slopes.enumerated() {
      tape.outputSlope[i] = Float(slope / Double(max(1, count)))
    }
    return (loss, count)
  }

  private func update() {
    var squares = 0.0
    for stretch in stretches {
      squares += SlopeSums.squares(
        memory.gradients.base + stretch.range.lowerBound,
        stretch.range.count
      )
    }
    let length = squares.squareRoot()
    let factor = length > recipe.clipNorm ? Float(recipe.clipNorm / (length + 1e-6)) : 1
    for stretch in stretches {
      let start = stretch.range.lowerBound
      let own = WeightStretch(
        count: stretch.range.count,
        weights: memory.parameters.base + start,
        slopes: memory.gradients.base + start,
        memory: memory.memories.map { $0.base + start }
      )
      WeightSteps.limit(own.count, factor: factor, limit: 0, own.slopes)
      if recipe.optimizer.weightDecay > 0 {
        WeightSteps.penalise(
          own.count,
          l1: 0,
          l2: Float(recipe.optimizer.weightDecay),
          own.weights,
          own.slopes
        )
      }
      recipe.optimizer.step(own, rate: recipe.optimizer.rate, step: step + 1)
    }
  }
}
