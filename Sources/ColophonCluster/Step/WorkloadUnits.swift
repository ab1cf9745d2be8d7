/// The pieces that a workload's stages are put together from.
struct WorkloadUnits: Sendable {
  private enum Kind {
    case transformer(Transformer, layer: LayerTimes, TransformerTimes)
    case layers([LayerTimes], LayerList)
  }

  private let kind: Kind
  private let plan: Plan
  /// Bytes that a stage hands to the next for one micro-batch, from each tensor-parallel rank.
  let message: Double

  init(
    _ workload: Workload,
    _ plan: Plan,
    _ settings: StepSettings,
    _ device: DeviceTimes,
    _ cluster: Cluster
  ) {
    self.plan = plan
    let b = Double(settings.microBatch)
    switch workload {
    case .transformer(let model):
      let times = TransformerTimes(model, plan, settings, device, cluster)
      kind = .transformer(model, layer: times.layer(), times)
      let tokens = b * Double(model.sequence) / Double(plan.context)
      message = tokens * Double(model.hidden) * settings.precision.bytes / Double(plan.tensor)
    case .layers(let list):
      kind = .layers(
        list.layers.map { WorkloadUnits.layer($0, plan, settings, device, cluster) },
        list
      )
      message = (list.layers.first?.activations ?? 0) * b / Double(plan.tensor)
    }
  }

  /// A layer given by its counts: the roofline of its FLOPs and its bytes.
  private static func layer(
    _ layer: LayerList.Layer,
    _ plan: Plan,
    _ settings: StepSettings,
    _ device: DeviceTimes,
    _ cluster: Cluster
  ) -> LayerTimes {
    let b = Double(settings.microBatch)
    let t = Double(plan.tensor)
    let rate = device.peak * device.accelerator.efficiency.product
    let bytes = layer.activations * b + layer.parameters * settings.precision.bytes
    let pass =
      max(layer.flops * b / rate, device.streaming(bytes)) / t + 3 * device.calibration.launch
    var times = LayerTimes()
    times.forward = pass
    times.backwardInput = pass
    times.backwardWeights = layer.parameters > 0 ? pass : 0
    if plan.recompute == .full { times.recomputed = pass }
    if plan.tensor > 1 {
      let reduce = Collectives(cluster, plan.collective)
        .allReduce(layer.activations * b, Placement(plan, cluster).tensor).seconds
      times.forwardWaits = reduce
      times.backwardWaits = reduce
    }
    return times
  }

  /// All that a part does.
  func part(_ part: Int, _ layout: StageLayout) -> LayerTimes {
    var sum = LayerTimes()
    switch kind {
    case .transformer(_, let layer, let times):
      for _ in 0..<layout.layers[part] { sum += layer }
      if part == 0 { sum += times.embedding() }
      if part == layout.layers.count - 1 { sum += times.output() }
    case .layers(let layers, _):
      for index in WorkloadUnits.range(part, layout) { sum += layers[index] }
    }
    return sum
  }

  /// A part's passes, each layer's host and collectives taken by themselves.
  func time(_ part: Int, _ layout: StageLayout) -> (forward: Double, backward: Double) {
    switch kind {
    case .transformer(_, let layer, let times):
      let count = Double(layout.layers[part])
      var forward = count * layer.forwardTime
      var backward = count * layer.backwardTime
      if part == 0 {
        forward += times.embedding().forwardTime
        backward += times.embedding().backwardTime
      }
      if part == layout.layers.count - 1 {
        forward += times.output().forwardTime
        backward += times.output().backwardTime
      }
      return (forward, backward)
    case .layers(let layers, _):
      var (forward, backward) = (0.0, 0.0)
      for index in WorkloadUnits.range(part, layout) {
        forward += layers[index].forwardTime
        backward += layers[index].backwardTime
      }
      return (forward, backward)
    }
  }

  /// The layers of a part.
  private static func range(_ part: Int, _ layout: StageLayout) -> Range<Int> {
    let start = layout.layers[..<part].reduce(0, +)
    return start..<start + layout.layers[part]
  }

  /// Parameters that a device of a stage holds.
  func parameters(stage: Int, _ layout: StageLayout) -> Double {
    switch kind {
    case .transformer(let model, _, let times):
      let t = Double(plan.tensor)
      var count = Double(layout.layers(of: stage)) * times.layerParameters
      if stage == 0 { count += model.embeddingParameters / t }
      if stage == layout.stages - 1 {
        // A tied output on another stage than the embedding is a copy of it.
        let isCopy = model.tiesEmbeddings && layout.stages > 1
        count += (isCopy ? model.embeddingParameters : model.outputParameters) / t
      }
      return count
    case .layers(_, let list):
      var count = 0.0
      for part in stride(from: stage, to: layout.layers.count, by: layout.stages) {
        for index in WorkloadUnits.range(part, layout) { count += list.layers[index].parameters }
      }
      return count / Double(plan.tensor)
    }
  }
}
