import ColophonCluster
import ColophonCore
import ColophonLearning
import ColophonMath

extension SimulateKind {
  package func run(in workshop: Workshop) throws -> Outcome {
    guard let cluster else { throw CellFailure("the cell's configuration could not be read") }
    if let fleet { return try outcome(fleet, cluster, workshop) }
    guard let training else { return try outcome(workload, cluster, workshop) }
    let network = try training.training(in: workshop)
    return try outcome(network.workload, cluster, workshop, steps: network.ticks)
  }

  /// Virtual workers with what the simulator says of their step.
  private func outcome(
    _ fleet: FleetRecipe,
    _ cluster: Cluster,
    _ workshop: Workshop
  ) throws -> Outcome {
    let run = try FleetRun(self, fleet, cluster, workshop)
    let times = run.answer.times
    var own = PlanSpace.Candidate(plan: Plan(data: times.count), settings: settings)
    if let pipeline = fleet.method as? PipelineMethod {
      own.plan = Plan(pipeline: times.count)
      own.settings.microBatch = max(1, settings.globalBatch / pipeline.pieces)
    } else {
      own.settings.microBatch = max(1, settings.globalBatch / times.count)
    }
    own.plan.collective = plan.collective
    let step = SimulateReport(
      workload: times.workload,
      cluster: times.cluster,
      answer: try answer(own, times.workload, times.cluster),
      variants: [],
      search: nil,
      sizes: [],
      run: nil
    )
    let report = SimulateFleetReport(run: run, step: step)
    return Outcome(values: report.values, exhibits: report.exhibits)
  }

  /// What is true of a plan that was known only when the data was.
  private func checkPlan(_ workload: Workload, _ cluster: Cluster) throws {
    if let fault = plan.faults(for: workload, settings, on: cluster).first {
      throw CellFailure(fault.message, field: places[fault.field] == nil ? "workload" : fault.field)
    }
    guard let remedies = Remedies(workload, plan, settings, on: cluster) else { return }
    throw CellFailure(
      remedies.sentence,
      hint: remedies.changes.isEmpty ? nil : remedies.changes.joined(separator: "; "),
      field: "cluster",
      code: "simulate.does-not-fit"
    )
  }

  /// `usual`: The steps of the run where none are written.
  private func outcome(
    _ workload: Workload?,
    _ cluster: Cluster,
    _ workshop: Workshop,
    steps usual: Int? = nil
  ) throws -> Outcome {
    guard let workload else {
      throw CellFailure("the cell's configuration could not be read")
    }
    if training != nil, !searches { try checkPlan(workload, cluster) }
    var found: PlanSearch?
    var candidate = PlanSpace.Candidate(plan: plan, settings: settings)
    if searches {
      let search = PlanSearch(workload, settings, on: cluster, in: PlanSpace(on: cluster))
      guard let best = search.ranked.first else {
        throw CellFailure(
          "none of \(search.examined) plans fits",
          hint: "take more devices, or a smaller model",
          field: "cluster"
        )
      }
      candidate = best.candidate
      found = search
    }
    let answer = try answer(candidate, workload, cluster)
    let others = try variants.map { variant in
      let own = PlanSpace.Candidate(plan: variant.plan, settings: variant.settings)
      return (variant.name, try self.answer(own, workload, cluster))
    }
    let length = try runLength(answer.estimate, cluster, workshop, steps: usual)
    var report = SimulateReport(
      workload: workload,
      cluster: cluster,
      answer: answer,
      variants: others,
      search: found,
      sizes: searches ? PlanSearch.sizes(workload, settings, on: cluster) : [],
      run: length
    )
    report.pool = run.pool
    if !cluster.others.isEmpty {
      report.mixed = MixedStep(workload, candidate.plan, candidate.settings, on: cluster)
      if report.mixed == nil {
        throw CellFailure(
          "a kind of device holds no whole copy of the model, or lacks the precision",
          hint: "give it at least as many devices as a copy takes",
          field: "cluster"
        )
      }
    }
    return Outcome(values: report.values, exhibits: report.exhibits)
  }

  private func answer(
    _ candidate: PlanSpace.Candidate,
    _ workload: Workload,
    _ cluster: Cluster
  ) throws -> SimulateAnswer {
    guard let simulator = StepSimulator(workload, on: cluster, candidate.settings),
      var estimate = simulator.estimate(candidate.plan)
    else { throw CellFailure("the plan's schedule can't run", field: "parallelism") }
    if let slow = run.stragglers, slow.fraction * Double(cluster.devices) >= 1 {
      // Everybody waits for the slowest: one slow device slows the step, but not what is sent.
      let parts = estimate.parts
      let own = parts.compute + parts.recompute + parts.bubble + parts.optimizer
      let added = own * (slow.slowdown - 1)
      estimate.seconds += added
      estimate.parts.bubble += added
    }
    return SimulateAnswer(
      candidate: candidate,
      estimate: estimate,
      remedies: Remedies(workload, candidate.plan, candidate.settings, on: cluster),
      sensitivity: Sensitivity(workload, candidate.plan, candidate.settings, on: cluster)
    )
  }

  /// The run that the step is one of; nil where its length isn't told.
  private func runLength(
    _ estimate: StepEstimate,
    _ cluster: Cluster,
    _ workshop: Workshop,
    steps usual: Int?
  ) throws -> SimulateLength? {
    let steps = run.steps ?? run.tokens.map { Int(($0 / estimate.tokens).rounded(.up)) } ?? usual
    guard let steps else { return nil }
    return try length(
      steps: steps,
      stepSeconds: estimate.seconds,
      cluster,
      workshop,
      recording: false
    )
  }

  /// A run of some steps, with all that may happen to it.
  func length(
    steps: Int,
    stepSeconds: Double,
    _ cluster: Cluster,
    _ workshop: Workshop,
    recording: Bool
  ) throws -> SimulateLength {
    var every = run.checkpointEvery
    if every == nil, run.takesBestInterval, let meanTime = run.meanTime(devices: cluster.devices) {
      every = CheckpointInterval.daly(
        cost: run.checkpointSeconds,
        meanTimeBetweenFailures: meanTime
      )
    }
    var plan = RunPlan(
      steps: steps,
      stepSeconds: stepSeconds,
      nodes: cluster.nodes,
      devicesPerNode: cluster.devicesPerNode,
      checkpointEvery: every,
      checkpointSeconds: run.checkpointSeconds,
      restartSeconds: run.restartSeconds,
      spares: run.spares,
      replacementSeconds: run.replacementSeconds,
      isElastic: run.isElastic,
      failures: run.failures
    )
    plan.recordsCourse = recording
    plan.spot = try spot(work: Double(steps) * stepSeconds, nodes: cluster.nodes, workshop)
    var random = workshop.random(for: "failures")
    return SimulateLength(plan: plan, outcome: RunSimulation(plan, drawing: &random))
  }

  private func spot(work: Double, nodes: Int, _ workshop: Workshop) throws -> SpotModel? {
    let source: SpotModel.Source
    if let rate = run.spotRate {
      source = .rate(rate, nodes: min(nodes, run.spotNodes ?? nodes))
    } else if let trace = run.trace {
      source = try CapacityTrace(reading: trace, in: workshop).source
    } else if !run.spotTimes.isEmpty || run.maximumWait != nil || run.maximumRun != nil {
      source = .times(run.spotTimes.sorted())
    } else {
      return nil
    }
    return SpotModel(
      source,
      meanWait: run.meanWait,
      maximumRun: run.maximumRun,
      maximumWait: run.maximumWait,
      // Changes for as long as the run can last at its worst.
      horizon: run.maximumWait ?? 20 * work + 30 * 86_400
    )
  }
}

/// What is said of one plan.
struct SimulateAnswer {
  var candidate: PlanSpace.Candidate
  var estimate: StepEstimate
  var remedies: Remedies?
  var sensitivity: Sensitivity?
}

/// A whole run.
struct SimulateLength {
  var plan: RunPlan
  var outcome: RunSimulation
}
