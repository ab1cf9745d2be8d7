import ColophonCore

/// A workload cut into stages: what each part takes, and what of it is waiting.
package struct StageModel: Sendable {
  package let times: StageTimes
  package let layout: StageLayout
  /// Parameters of each stage on one device.
  package let parameters: [Double]
  /// The curves and formulas that answered for collectives.
  package let sources: [String]
  /// All that a part does for one micro-batch.
  private let work: [LayerTimes]

  package init(
    _ workload: Workload,
    _ plan: Plan,
    _ settings: StepSettings,
    _ device: DeviceTimes,
    _ cluster: Cluster
  ) {
    let schedule = schedules[plan.schedule.rawValue]
    let chunks = schedule?.chunks(asked: plan.interleave) ?? 1
    let layout = StageLayout(layers: workload.depth, stages: plan.pipeline, chunks: chunks)
    let units = WorkloadUnits(workload, plan, settings, device, cluster)
    let work = layout.layers.indices.map { units.part($0, layout) }
    let passes = layout.layers.indices.map { units.time($0, layout) }
    parameters = (0..<plan.pipeline).map { units.parameters(stage: $0, layout) }
    let placement = Placement(plan, cluster)
    let collectives = Collectives(cluster, plan.collective)
    let message = collectives.message(units.message, crossing: placement.stagesCross)
    times = StageTimes(
      forward: passes.map { $0.forward },
      backward: passes.map { $0.backward },
      weights: work.map { $0.backwardWeights },
      stages: plan.pipeline,
      hop: plan.pipeline > 1 ? message : 0
    )
    self.layout = layout
    self.work = work
    sources =
      plan.tensor > 1 ? [collectives.allReduce(units.message, placement.tensor).source] : []
  }

  /// Seconds of a stage's last backward task.
  func lastBackward(of stage: Int) -> Double { times.backward[stage] }

  /// Where the time of the busiest stage goes.
  func parts(microBatches: Int, run: PipelineRun) -> StepEstimate.Parts {
    let stages = layout.stages
    let busiest = (0..<stages).max { (run.busy[$0], $1) < (run.busy[$1], $0) } ?? 0
    var sum = LayerTimes()
    var time = 0.0
    for part in stride(from: busiest, to: work.count, by: stages) {
      sum += work[part]
      time += times.forward[part] + times.backward[part]
    }
    let m = Double(microBatches)
    var parts = StepEstimate.Parts()
    parts.compute = m * (sum.forward + sum.backwardInput + sum.backwardWeights)
    parts.recompute = m * sum.recomputed
    parts.tensorCommunication = m * (sum.forwardWaits + sum.backwardWaits)
    let rest = m * time - parts.compute - parts.recompute - parts.tensorCommunication
    // What is left of a stage's time is waiting: for gathered parameters, else for the host.
    if sum.forwardBeside + sum.backwardBeside > 0 {
      parts.dataCommunication = max(0, rest)
    } else {
      parts.host = max(0, rest)
    }
    parts.bubble = run.duration - m * time
    return parts
  }
}
