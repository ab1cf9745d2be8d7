package import ColophonCluster
package import ColophonCore
package import ColophonLearning

/// Tells what training a network on a cluster would take, without the cluster.
package struct SimulateKind: CellKind {
  package static let name = "simulate"
  package static let summary = "A training cluster that isn't there: time, memory, cost, failures."

  /// What is trained, where its costs are written.
  package var workload: Workload?
  /// What is trained, where it is a train cell's network; its costs are counted when the data is known.
  package var training: SimulateTraining?
  /// Virtual workers that really train it.
  package var fleet: FleetRecipe?
  package var cluster: Cluster?
  package var settings: StepSettings
  package var plan: Plan
  /// Whether the best plan is looked for; the plan above is then not used.
  package var searches: Bool
  package var variants: [SimulateVariant]
  package var run: SimulateRun
  package var places: [String: SourcePosition]

  package init(reading fields: inout FieldReader) {
    training = fields.simulatedTraining()
    workload = fields.workload()
    cluster = fields.cluster()
    let batch = fields.batch(of: training)
    let numbers = fields.numbers(of: training)
    settings = StepSettings(
      globalBatch: batch.global,
      microBatch: batch.micro ?? 1,
      precision: numbers.precision,
      gradientsInFP32: numbers.gradientsInFP32,
      optimizer: numbers.optimizer,
      attention: numbers.attention
    )
    let recompute = fields.recompute(default: .none)
    plan = fields.parallelism(devices: cluster?.devices) ?? Plan(data: cluster?.devices ?? 1)
    plan.recompute = recompute
    plan.collective = fields.collective()
    if batch.micro == nil { settings.microBatch = max(1, batch.global / plan.data) }
    searches = fields.boolean(
      "search",
      default: false,
      "Whether the best plan is looked for; 'parallelism' and 'batch.micro' are then found."
    )
    fleet = fields.fleet()
    variants = fields.variants(of: plan, settings, devices: cluster?.devices)
    run = SimulateRun(reading: &fields)
    places = fields.simulatePlaces()
  }

  package var values: [PathPattern] {
    let own = [
      "step_seconds", "tokens_per_second", "tflops_per_device.model",
      "tflops_per_device.hardware", "mfu", "hfu", "bubble_fraction",
      "communication.exposed_seconds", "memory.device_bytes", "memory.parameters",
      "memory.gradients", "memory.optimizer", "memory.activations", "memory.buffers", "fits",
      "interval.step_seconds.low", "interval.step_seconds.high", "goodput", "wall_seconds",
      "billed_seconds", "cost_usd", "cost_per_step_usd", "parameters", "checkpoint_seconds",
      "status", "plan.data", "plan.tensor", "plan.pipeline", "plan.context", "plan.expert",
      "plan.zero", "plan.recompute", "plan.schedule", "plan.interleave", "plan.micro",
      "search.examined", "search.unfit", "binding", "warm_pool.wall_seconds",
      "warm_pool.cost_usd", "warm_pool.cold_wall_seconds", "warm_pool.cold_cost_usd",
      "mixed.even.step_seconds", "mixed.by_speed.step_seconds", "mixed.alone.step_seconds",
      "mixed.fits",
    ]
    let answers = [["step_seconds"], ["tokens_per_second"], ["mfu"], ["fits"]]
    let compared = variants.flatMap { variant in
      (answers + [["memory", "device_bytes"]]).map {
        PathPattern(exactly: ["compare", variant.name] + $0)
      }
    }
    let workers = [
      "count", "method", "steps", "loss", "seconds", "cost_usd", "bytes", "model", "diverged",
      "equality.same_bits", "equality.difference", "equality.bound", "equality.share",
      "equality.holds", "equality.steps", "equality.weights_difference", "staleness.mean",
      "staleness.max", "alone.loss", "alone.model", "train.*", "validation.*", "test.*",
      "spot.repeated_steps", "spot.same_bits", "spot.completed",
    ]
    let fleets =
      workers.map { PathPattern("workers.\($0)") }
      + variants.flatMap { variant in
        SimulateFleetReport.compared.map {
          PathPattern(exactly: ["compare", variant.name, $0])
        }
      }
    let sizes = ["devices", "step_seconds", "tokens_per_second", "cost_per_step_usd"].map {
      PathPattern("search.sizes[*].\($0)")
    }
    return own.map { PathPattern($0) } + sizes + compared + fleets
  }

  package func check(in survey: Survey) -> [Diagnostic] {
    guard let cluster else { return [] }
    if fleet != nil || training != nil || variants.contains(where: { $0.fleet != nil }) {
      let own = fleetFaults(cluster)
      if !own.isEmpty || training != nil { return own + run.faults(at: place) }
    }
    guard let workload else { return [] }
    if searches { return unknownPrecision(workload, cluster) + run.faults(at: place) }
    let own = faults(plan, settings, workload, cluster, under: "")
    let others = variants.flatMap {
      faults($0.plan, $0.settings, workload, cluster, under: "compare[\($0.index)].")
    }
    return own + others + advice(workload, cluster) + run.faults(at: place)
  }

  private func faults(
    _ plan: Plan,
    _ settings: StepSettings,
    _ workload: Workload,
    _ cluster: Cluster,
    under prefix: String
  ) -> [Diagnostic] {
    let wrong = plan.faults(for: workload, settings, on: cluster)
    if !wrong.isEmpty {
      return wrong.map { .simulatePlan($0.message, at: place(prefix + $0.field)) }
    }
    let unknown = unknownPrecision(workload, cluster)
    if !unknown.isEmpty { return unknown }
    // A variant that doesn't fit is an answer beside others; the cell's own plan must.
    guard prefix.isEmpty, let remedies = Remedies(workload, plan, settings, on: cluster) else {
      return []
    }
    return [.doesNotFit(remedies, at: place("parallelism"))]
  }

  private func unknownPrecision(_ workload: Workload, _ cluster: Cluster) -> [Diagnostic] {
    guard StepSimulator(workload, on: cluster, settings) == nil else { return [] }
    return [.noPrecision(settings.precision.rawValue, of: cluster, at: place("precision"))]
  }

  /// Where a field stands, else the nearest one around it.
  func place(_ field: String) -> SourcePosition {
    var name = field
    while places[name] == nil, let dot = name.lastIndex(of: ".") { name = String(name[..<dot]) }
    return places[name] ?? places["workload"] ?? SourcePosition(path: "", line: 1, column: 1)
  }
}
