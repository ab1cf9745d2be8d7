import ColophonCore

/// Why a plan can't run, in a sentence for its author, and the key that is to blame.
package struct PlanFault: Hashable, Sendable {
  /// A key of `parallelism` or `batch`, such as `parallelism.tensor`.
  package var field: String
  package var message: String

  package init(_ field: String, _ message: String) {
    self.field = field
    self.message = message
  }
}

extension Plan {
  /// All that is wrong with the plan for a workload on a cluster, whatever its memory.
  package func faults(
    for workload: Workload,
    _ settings: StepSettings,
    on cluster: Cluster
  ) -> [PlanFault] {
    var faults: [PlanFault] = []
    func require(_ holds: Bool, _ field: String, _ message: @autoclosure () -> String) {
      if !holds { faults.append(PlanFault(field, message())) }
    }
    require(
      devices == cluster.devices,
      "parallelism",
      "tensor \(tensor) × pipeline \(pipeline) × context \(context) × data \(data) are \(devices) "
        + "devices, and the cluster has \(cluster.devices)"
    )
    require(
      pipeline <= workload.depth,
      "parallelism.pipeline",
      "\(pipeline) stages are more than the \(workload.depth) layers"
    )
    require(
      settings.globalBatch % (data * settings.microBatch) == 0 && settings.microBatches(self) > 0,
      "batch",
      "a global batch of \(settings.globalBatch) is no multiple of data \(data) × micro-batch "
        + "\(settings.microBatch)"
    )
    require(
      expert <= 1 || data % expert == 0,
      "parallelism.expert",
      "expert \(expert) doesn't divide data \(data), whose devices share the experts"
    )
    if case .transformer(let model) = workload { faults += modelFaults(model) }
    if faults.isEmpty, let schedule = schedules[schedule.rawValue],
      let fault = schedule.fault(
        stages: pipeline,
        microBatches: settings.microBatches(self),
        chunks: interleave
      )
    {
      faults.append(PlanFault("parallelism.schedule", fault))
    }
    return faults
  }

  private func modelFaults(_ model: Transformer) -> [PlanFault] {
    var faults: [PlanFault] = []
    if model.heads % tensor != 0 {
      faults.append(
        PlanFault("parallelism.tensor", "tensor \(tensor) doesn't divide \(model.heads) heads")
      )
    }
    if model.sequence % context != 0 {
      faults.append(
        PlanFault(
          "parallelism.context",
          "context \(context) doesn't divide a sequence of \(model.sequence)"
        )
      )
    }
    if expert > 1, model.experts % expert != 0 {
      faults.append(
        PlanFault("parallelism.expert", "expert \(expert) doesn't divide \(model.experts) experts")
      )
    }
    if interleave > 1, pipeline * interleave > model.layers {
      faults.append(
        PlanFault(
          "parallelism.interleave",
          "\(pipeline) stages of \(interleave) chunks are more than the \(model.layers) layers"
        )
      )
    }
    return faults
  }
}
