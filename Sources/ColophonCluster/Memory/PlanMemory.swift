import ColophonCore

/// The memory of a plan's devices.
package struct PlanMemory: Sendable {
  private let workload: Workload
  private let plan: Plan
  private let settings: StepSettings
  private let layout: StageLayout
  private let inFlight: @Sendable (Int) -> Double

  package init(_ workload: Workload, _ plan: Plan, _ settings: StepSettings, _ cluster: Cluster) {
    self.workload = workload
    self.plan = plan
    self.settings = settings
    let schedule: any PipelineSchedule.Type =
      schedules[plan.schedule.rawValue] ?? OneForwardOneBackward.self
    let chunks = schedule.chunks(asked: plan.interleave)
    layout = StageLayout(layers: workload.depth, stages: plan.pipeline, chunks: chunks)
    let m = max(1, settings.microBatches(plan))
    let whole = schedule.inFlight(stages: plan.pipeline, microBatches: m, chunks: chunks)
    let stages = plan.pipeline
    inFlight = { stage in
      // Later stages hold fewer, but for GPipe, which holds them all everywhere.
      schedule.name == GPipe.name
        ? whole : max(min(1, whole), whole - Double(stage) * whole / Double(stages))
    }
  }

  /// The libraries' own memory on a device: context, communicators, workspaces.
  private static let library = 1.2 * gibibyte

  /// The stage whose devices hold most.
  package var fullest: MemoryEstimate {
    let all = (0..<plan.pipeline).map { estimate(stage: $0) }
    return all.reduce(all[0]) { $1.total > $0.total ? $1 : $0 }
  }

  /// A device of one stage.
  package func estimate(stage: Int) -> MemoryEstimate {
    let state = StateMemory(
      count: parameters(stage: stage),
      settings,
      zero: plan.zero,
      sharers: plan.data * plan.context
    )
    return MemoryEstimate(
      parameters: state.parameters,
      gradients: state.gradients,
      optimizer: state.optimizer,
      activations: activations(stage: stage),
      buffers: buffers(stage: stage),
      stage: stage
    )
  }

  private func parameters(stage: Int) -> Double {
    let t = Double(plan.tensor)
    switch workload {
    case .transformer(let model):
      let experts = Double(model.experts) * model.expertParameters / Double(plan.expert)
      let layer = (model.attentionParameters + experts) / t + model.routerParameters
      var count = Double(layout.layers(of: stage)) * layer
      if stage == 0 { count += model.embeddingParameters / t }
      if stage == plan.pipeline - 1 {
        let isCopy = model.tiesEmbeddings && plan.pipeline > 1
        count += (isCopy ? model.embeddingParameters : model.outputParameters) / t
      }
      return count
    case .layers(let list):
      return list.layers.reduce(0) { $0 + $1.parameters } / Double(plan.pipeline) / t
    }
  }

  private func activations(stage: Int) -> Double {
    switch workload {
    case .transformer(let model):
      let memory = ActivationMemory(model, plan, settings)
      var bytes = Double(layout.layers(of: stage)) * memory.layer * inFlight(stage)
      if plan.recompute == .full || settings.attention != .standard && plan.recompute == .selective
      {
        // One layer at a time is whole again.
        var whole = plan
        whole.recompute = .none
        bytes += ActivationMemory(model, whole, settings).layer
      }
      return bytes
    case .layers(let list):
      let bytes = list.layers.reduce(0) { $0 + $1.activations } * Double(settings.microBatch)
      return bytes / Double(plan.pipeline * plan.tensor) * inFlight(stage)
    }
  }

  /// Bytes of a logit while the loss is computed: in the model's precision and in fp32; a loss that
  /// is not fused keeps its logarithms and their gradient in fp32 as well.
  private var logitBytes: Double {
    settings.precision.bytes + (plan.zero == .parameters ? 12 : 4)
  }

  /// Logits and their gradients on the last stage, two gathered layers where parameters are shared.
  private func buffers(stage: Int) -> Double {
    guard case .transformer(let model) = workload else { return PlanMemory.library }
    let t = Double(plan.tensor)
    let tokens = Double(settings.microBatch) * Double(model.sequence) / Double(plan.context)
    var bytes = PlanMemory.library
    if stage == plan.pipeline - 1 {
      bytes += tokens * Double(model.vocabulary) / t * logitBytes
    }
    if plan.zero == .parameters {
      let gathered = 2 * model.layerParameters + Double(model.vocabulary * model.hidden)
      bytes += gathered / t * settings.precision.bytes
    }
    return bytes
  }
}
