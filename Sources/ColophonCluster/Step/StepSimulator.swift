import ColophonCore

/// Tells what one training step of a workload takes on a cluster under a plan.
package struct StepSimulator: Sendable {
  package let workload: Workload
  package let cluster: Cluster
  package let settings: StepSettings
  private let device: DeviceTimes

  /// Nil where the accelerator lacks the precision.
  package init?(_ workload: Workload, on cluster: Cluster, _ settings: StepSettings) {
    guard let device = DeviceTimes(cluster.accelerator, settings.precision) else { return nil }
    self.workload = workload
    self.cluster = cluster
    self.settings = settings
    self.device = device
  }

  /// Simulates a plan that has no fault.
  ///
  /// - Returns: The estimate, or nil where the plan's schedule can't run.
  package func estimate(_ plan: Plan) -> StepEstimate? {
    guard let schedule = schedules[plan.schedule.rawValue] else { return nil }
    let model = StageModel(workload, plan, settings, device, cluster)
    let microBatches = max(1, settings.microBatches(plan))
    guard let run = PipelineRun(schedule, model.times, microBatches: microBatches) else {
      return nil
    }
    let tail = StepTail(
      model,
      plan,
      settings,
      device,
      cluster,
      passes: run.duration,
      lastBackward: run.lastBackward
    )
    var parts = model.parts(microBatches: microBatches, run: run)
    parts.dataCommunication += tail.exposed
    parts.optimizer = tail.optimizer
    parts.host += device.calibration.step
    let seconds = run.duration + tail.exposed + tail.optimizer + device.calibration.step
    return StepEstimate(
      seconds: seconds,
      parts: parts,
      memory: PlanMemory(workload, plan, settings, cluster).fullest,
      bubble: run.bubble,
      modelFlops: workload.modelFlops * Double(settings.globalBatch),
      hardwareFlops: hardwareFlops(plan),
      peak: device.peak,
      devices: plan.devices,
      tokens: workload.tokens * Double(settings.globalBatch),
      deviation: deviation(parts),
      sources: model.sources + tail.sources
    )
  }

  /// FLOPs that the devices do in a step.
  private func hardwareFlops(_ plan: Plan) -> Double {
    var again = 0.0
    switch (workload, plan.recompute) {
    case (_, .none): break
    case (.transformer(let model), .selective):
      let (s, h) = (Double(model.sequence), Double(model.hidden))
      let core = 4 * s * s * h
      let layer = settings.attention == .standard ? core : (model.layerFlops - core) / 2
      again = Double(model.layers) * layer
    case (.transformer(let model), .full): again = Double(model.layers) * model.layerFlops
    case (.layers(let list), _): again = list.layers.reduce(0) { $0 + $1.flops }
    }
    return (workload.modelFlops + again) * Double(settings.globalBatch)
  }

  /// Independent relative errors of kernels, collectives and the host, added in squares.
  private func deviation(_ parts: StepEstimate.Parts) -> Double {
    let kernels = parts.compute + parts.recompute + parts.bubble + parts.optimizer
    let collectives = parts.tensorCommunication + parts.dataCommunication
    let u = device.calibration.uncertainty
    let squares =
      (kernels * u.kernels) * (kernels * u.kernels)
      + (collectives * u.collectives) * (collectives * u.collectives)
      + (parts.host * u.host) * (parts.host * u.host)
    return squares.squareRoot()
  }
}
