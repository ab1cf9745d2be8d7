/// What follows a step's passes: gradients reduced, parameters updated and gathered.
struct StepTail: Sendable {
  /// Seconds of reduction that nothing hides.
  let exposed: Double
  /// Seconds of the optimizer's update.
  let optimizer: Double
  let sources: [String]

  init(
    _ model: StageModel,
    _ plan: Plan,
    _ settings: StepSettings,
    _ device: DeviceTimes,
    _ cluster: Cluster,
    passes: Double,
    lastBackward: [Double]?
  ) {
    let placement = Placement(plan, cluster)
    let collectives = Collectives(cluster, plan.collective)
    let sharers = plan.data * plan.context
    let most = model.parameters.max() ?? 0
    let updated = plan.zero == .none ? most : most / Double(sharers)
    optimizer = device.streaming(updated * device.calibration.optimizerTraffic)
    guard sharers > 1, plan.zero != .parameters else {
      exposed = 0
      sources = []
      return
    }
    // Each stage reduces its own gradients; the step ends with the last.
    var end = passes
    var source = ""
    for stage in 0..<model.layout.stages {
      let gradients = model.parameters[stage] * settings.gradientBytes
      let answer = collectives.allReduce(gradients, placement.data)
      source = answer.source
      let gathered = model.parameters[stage] * settings.precision.bytes
      let seconds =
        plan.zero == .none
        ? answer.seconds : answer.seconds / 2 + collectives.half(gathered, placement.data)
      if plan.reducesBeside {
        // The last backward pass hides what its own length allows: gradients are ready as it goes.
        let start = lastBackward.map { $0[stage] } ?? passes - model.lastBackward(of: stage)
        let hidden = passes - start
        end = max(end, passes + max(seconds - hidden, seconds * 0.05))
      } else {
        end = max(end, passes + seconds)
      }
    }
    exposed = end - passes
    sources = [source]
  }
}
