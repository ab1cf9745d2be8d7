import ColophonCluster
import ColophonCore
import ColophonMath

extension SimulateKind {
  package func run(in workshop: Workshop) throws -> Outcome {
    guard let workload, let cluster else {
      throw CellFailure("the cell's configuration could not be read")
    }
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
    let length = try runLength(answer.estimate, workload, cluster, workshop)
    let report = SimulateReport(
      workload: workload,
      cluster: cluster,
      answer: answer,
      variants: others,
      search: found,
      sizes: searches ? PlanSearch.sizes(workload, settings, on: cluster) : [],
      run: length
    )
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
      // Everybody waits for the slowest: one slow device slows the step.
      let added = (estimate.seconds - cluster.accelerator.calibration.step) * (slow.slowdown - 1)
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
    _ workload: Workload,
    _ cluster: Cluster,
    _ workshop: Workshop
  ) throws -> SimulateLength? {
    let steps = run.steps ?? run.tokens.map { Int(($0 / estimate.tokens).rounded(.up)) }
    guard let steps else { return nil }
    let meanTime = run.failures.map { $0.meanTime(devices: cluster.devices) }
    var every = run.checkpointEvery
    if every == nil, run.takesBestInterval, let meanTime {
      every = CheckpointInterval.daly(
        cost: run.checkpointSeconds,
        meanTimeBetweenFailures: meanTime
      )
    }
    var plan = RunPlan(
      steps: steps,
      stepSeconds: estimate.seconds,
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
    plan.spot = try spot(work: Double(steps) * estimate.seconds, nodes: cluster.nodes, workshop)
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
