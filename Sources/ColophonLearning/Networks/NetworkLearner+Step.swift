import ColophonCore
import ColophonData
import ColophonMath

/// Some rows of a batch, by their places among the kept ones.
struct BatchPart {
  var rows: ArraySlice<Int>
  /// Rows of the batch that stand before these.
  var first = 0
  /// The step that the batch is for, which names what is drawn.
  var step: Int
  /// The weight of all rows that share the loss.
  var total: Double
}

extension NetworkLearner {
  /// One step on a batch, the places of whose rows among the kept are given.
  ///
  /// Returns the mean loss before the step, and the weight of the rows.
  mutating func takeStep(
    _ rows: ArraySlice<Int>,
    _ augmenting: inout RandomStream,
    isLooked: Bool
  ) -> (loss: Double, weight: Double) {
    let total = weight(of: rows)
    let part = BatchPart(rows: rows, step: step, total: total)
    let loss = slope(
      part,
      at: memory.parameters,
      into: memory.gradients,
      augmenting: &augmenting
    )
    if isLooked {
      log.current = look.statistics(rows.count)
      if let reach = look.reach(rows.count) { log.reaches.append(reach) }
    }
    update(memory, step: step, rate: rate(of: step))
    step += 1
    return (loss, total)
  }

  var look: TensorLook { TensorLook(network: network, tape: tapes.training, memory: memory) }

  /// The weight of some rows, added in order.
  func weight(of rows: ArraySlice<Int>) -> Double {
    rows.reduce(0.0) { $0 + Double(weights[$1]) }
  }

  /// Takes some rows there and back; returns their part of the loss.
  ///
  /// `magnitudes`: Where the sums of the gradients' absolute terms go, where they are asked for.
  func slope(
    _ part: BatchPart,
    at parameters: FloatStorage,
    into gradients: FloatStorage,
    magnitudes: FloatStorage? = nil,
    augmenting: inout RandomStream
  ) -> Double {
    let (tape, job) = (tapes.training, job)
    let lengths = gather(part.rows)
    augment(part.rows.count, &augmenting)
    let pass = Pass(
      rows: part.rows.count,
      parameters: parameters.base,
      gradients: gradients.base,
      isTraining: true,
      threads: job.threads,
      lengths: lengths,
      first: part.first,
      magnitudes: magnitudes?.base,
      random: { job.random("\($0) step \(part.step)") }
    )
    tape.forward(pass)
    let loss = evaluate(part.rows, total: part.total)
    tape.backward(pass)
    return loss
  }

  /// Copies a batch's rows into the tape's input; returns their lengths, where they have any.
  private func gather(_ rows: ArraySlice<Int>) -> UnsafePointer<Int32>? {
    guard let all = splits[.train] else { return nil }
    for (i, place) in rows.enumerated() {
      (tapes.training.input + i * all.width).update(
        from: all.values.base + kept[place] * all.width,
        count: all.width
      )
    }
    guard let lengths = all.lengths else { return nil }
    for (i, place) in rows.enumerated() { batch.lengths[i] = lengths[kept[place]] }
    return UnsafePointer(batch.lengths)
  }

  private func augment(_ rows: Int, _ random: inout RandomStream) {
    guard !recipe.augmentations.isEmpty, reader.form == .image else { return }
    for row in 0..<rows {
      let image = BatchImage(
        height: reader.shape[0],
        width: reader.shape[1],
        channels: reader.shape[2],
        pixels: tapes.training.input + row * reader.count,
        spare: batch.spare.base,
        background: reader.background
      )
      for augmentation in recipe.augmentations { augmentation.apply(to: image, &random) }
    }
  }

  private func evaluate(_ rows: ArraySlice<Int>, total: Double) -> Double {
    for (i, place) in rows.enumerated() {
      batch.targets.base[i] = targets[place]
      batch.shares.base[i] = total > 0 ? Float(Double(weights[place]) / total) : 0
    }
    return output.loss.evaluate(
      LossRows(
        rows: rows.count,
        width: network.width,
        outputs: tapes.training.output,
        slopes: tapes.training.outputSlope,
        targets: batch.targets.base,
        shares: batch.shares.base
      )
    )
  }

  /// Changes weights by their slopes.
  func update(_ memory: NetworkMemory, step: Int, rate: Double) {
    let optimizer = recipe.optimizer
    cut(memory)
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
  private func cut(_ memory: NetworkMemory) {
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
}
