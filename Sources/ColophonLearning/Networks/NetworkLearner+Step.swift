import ColophonCore
import ColophonData
import ColophonMath

extension NetworkLearner {
  /// One step on a batch, the places of whose rows among the kept are given.
  ///
  /// Returns the mean loss before the step, and the weight of the rows.
  mutating func takeStep(
    _ rows: ArraySlice<Int>,
    _ augmenting: inout RandomStream,
    isLooked: Bool
  ) -> (loss: Double, weight: Double) {
    let tape = tapes.training
    let number = step
    let job = job
    let lengths = gather(rows)
    augment(rows.count, &augmenting)
    let total = rows.reduce(0.0) { $0 + Double(weights[$1]) }
    let loss = lengths.withUnsafeBufferPointer { lengths in
      let pass = Pass(
        rows: rows.count,
        parameters: memory.parameters.base,
        gradients: memory.gradients.base,
        isTraining: true,
        threads: job.threads,
        lengths: lengths.baseAddress.flatMap { lengths.isEmpty ? nil : $0 },
        random: { job.random("\($0) step \(number)") }
      )
      tape.forward(pass)
      let loss = evaluate(rows, total: total)
      tape.backward(pass)
      return loss
    }
    if isLooked {
      log.current = statistics(rows.count)
      if let reach = reach(rows.count) { log.reaches.append(reach) }
    }
    update()
    step += 1
    return (loss, total)
  }

  /// Copies a batch's rows into the tape's input; returns their lengths, where they have any.
  private func gather(_ rows: ArraySlice<Int>) -> [Int32] {
    guard let all = splits[.train] else { return [] }
    for (i, place) in rows.enumerated() {
      (tapes.training.input + i * all.width).update(
        from: all.values.base + kept[place] * all.width,
        count: all.width
      )
    }
    guard let lengths = all.lengths else { return [] }
    return rows.map { lengths[kept[$0]] }
  }

  private func augment(_ rows: Int, _ random: inout RandomStream) {
    guard !recipe.augmentations.isEmpty, reader.form == .image else { return }
    let spare = FloatStorage(count: reader.count)
    for row in 0..<rows {
      let image = BatchImage(
        height: reader.shape[0],
        width: reader.shape[1],
        channels: reader.shape[2],
        pixels: tapes.training.input + row * reader.count,
        spare: spare.base,
        background: reader.background
      )
      for augmentation in recipe.augmentations { augmentation.apply(to: image, &random) }
    }
  }

  private func evaluate(_ rows: ArraySlice<Int>, total: Double) -> Double {
    let targets = rows.map { self.targets[$0] }
    let shares = rows.map { total > 0 ? Float(Double(weights[$0]) / total) : 0 }
    return targets.withUnsafeBufferPointer { targets in
      shares.withUnsafeBufferPointer { shares in
        guard let targets = targets.baseAddress, let shares = shares.baseAddress else { return 0 }
        return output.loss.evaluate(
          LossRows(
            rows: rows.count,
            width: network.width,
            outputs: tapes.training.output,
            slopes: tapes.training.outputSlope,
            targets: targets,
            shares: shares
          )
        )
      }
    }
  }

  /// Changes the weights by their slopes.
  private func update() {
    let optimizer = recipe.optimizer
    let rate = rate(of: step)
    cut()
    let decay = type(of: optimizer).decaysThroughSlope ? optimizer.weightDecay : 0
    for stretch in stretches {
      let l1 = stretch.isPenalised ? recipe.alpha * recipe.l1Ratio : 0
      let l2 = decay + (stretch.isPenalised ? recipe.alpha * (1 - recipe.l1Ratio) : 0)
      let count = stretch.range.count
      let strands = max(1, min(job.threads, count / 65_536))
      Workers.share(strands, among: strands) { strand in
        let start = stretch.range.lowerBound + count * strand / strands
        let length = stretch.range.lowerBound + count * (strand + 1) / strands - start
        let own = WeightStretch(
          count: length,
          weights: memory.parameters.base + start,
          slopes: memory.gradients.base + start,
          memory: memory.memories.map { $0.base + start }
        )
        if l1 > 0 || l2 > 0 {
          WeightSteps.penalise(length, l1: Float(l1), l2: Float(l2), own.weights, own.slopes)
        }
        optimizer.step(own, rate: rate * stretch.scale, step: step + 1)
      }
    }
  }

  /// Cuts the slope down to its longest, then each of its numbers.
  private func cut() {
    guard recipe.clipNorm != nil || recipe.clipValue != nil else { return }
    var factor: Float = 1
    if let longest = recipe.clipNorm {
      let squares = stretches.reduce(0.0) { sum, stretch in
        let start = memory.gradients.base + stretch.range.lowerBound
        return sum + SlopeSums.squares(start, stretch.range.count)
      }
      let length = squares.squareRoot()
      if length > longest { factor = Float(longest / (length + 1e-6)) }
    }
    for stretch in stretches {
      WeightSteps.limit(
        stretch.range.count,
        factor: factor,
        limit: Float(recipe.clipValue ?? 0),
        memory.gradients.base + stretch.range.lowerBound
      )
    }
  }

  /// The loss on the validation rows, where there are any.
  func watchedLoss() -> Double? {
    guard let rows = splits[.validation], let validation = job.splits[.validation], rows.rows > 0
    else { return nil }
    var sums = network.sums(of: rows, tapes.prediction, memory.parameters)
    let targets: [Float] =
      switch validation.labels {
      case .classes(let codes): codes.map { Float($0) }
      case .numbers(let numbers): numbers.map { Float(($0 - targetMean) / targetScale) }
      case .absent: []
      }
    guard targets.count == rows.rows else { return nil }
    let own = validation.weights ?? [Double](repeating: 1, count: rows.rows)
    let total = own.reduce(0, +)
    guard total > 0 else { return nil }
    let shares = own.map { Float($0 / total) }
    let slopes = FloatStorage(count: sums.count)
    return sums.withUnsafeMutableBufferPointer { sums in
      targets.withUnsafeBufferPointer { targets in
        shares.withUnsafeBufferPointer { shares in
          guard let sums = sums.baseAddress, let targets = targets.baseAddress,
            let shares = shares.baseAddress
          else { return nil }
          return output.loss.evaluate(
            LossRows(
              rows: rows.rows,
              width: network.width,
              outputs: sums,
              slopes: slopes.base,
              targets: targets,
              shares: shares
            )
          )
        }
      }
    }
  }
}
