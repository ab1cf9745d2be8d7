import ColophonCluster
import ColophonCore
import ColophonLearning

/// What one fleet came to.
struct FleetAnswer {
  var name: String
  var recipe: FleetRecipe
  var count: Int
  var times: FleetTimes
  /// The order in which gradients were added up.
  var reduction: String
  var result: VirtualResult

  /// Virtual seconds after so many ticks of an undisturbed run.
  func seconds(after tick: Int) -> Double { result.seconds.prefix(tick).reduce(0, +) }
  var seconds: Double { result.seconds.reduce(0, +) }
  var cost: Double? { times.price.map { $0 * seconds } }
  var loss: Double? { result.hasDiverged ? nil : result.losses.last?.loss }
}

/// Virtual workers with all that is compared: the train cell alone, other fleets, an interrupted run.
struct FleetRun {
  var training: VirtualTraining
  var alone: VirtualResult
  var answer: FleetAnswer
  var others: [FleetAnswer]
  /// The same fleet through failures and interruptions.
  var disturbed: DisturbedFleet?

  init(_ kind: SimulateKind, _ fleet: FleetRecipe, _ cluster: Cluster, _ workshop: Workshop) throws
  {
    guard let source = kind.training else {
      throw CellFailure("the train cell's configuration could not be read", field: "workload")
    }
    training = try source.training(in: workshop)
    let training = training
    let all =
      [("this cell", fleet)]
      + kind.variants.compactMap { variant in
        variant.fleet.map { (variant.name, $0) }
      }
    do {
      alone = try training.alone()
      var answers: [FleetAnswer] = []
      for (index, (name, recipe)) in all.enumerated() {
        answers.append(
          try FleetRun.answer(
            name,
            recipe,
            training,
            kind,
            cluster,
            audits: index == 0 || recipe.method.isExact
          ) { share in
            let done = (Double(index) + share) / Double(all.count)
            workshop.progress(done, name)
            try workshop.checkCancellation()
          }
        )
      }
      answer = answers[0]
      others = Array(answers.dropFirst())
    } catch let fault as TrainingFault {
      throw CellFailure(fault.message, hint: fault.hint, field: "workload")
    }
    if kind.run.isDisturbed {
      disturbed = try DisturbedFleet(answer, training, kind, workshop)
    }
  }

  private static func answer(
    _ name: String,
    _ recipe: FleetRecipe,
    _ training: VirtualTraining,
    _ kind: SimulateKind,
    _ cluster: Cluster,
    audits: Bool,
    check: (Double) throws -> Void
  ) throws -> FleetAnswer {
    let count = recipe.count ?? cluster.devices
    let workload = training.workload
    let times = FleetTimes(workload, on: cluster, kind.settings, kind.plan.collective, count: count)
    let pipeline = recipe.method as? PipelineMethod
    if pipeline != nil, count > workload.depth {
      throw CellFailure(
        "\(count) stages need as many layers, and the network has \(workload.depth)",
        field: "workers"
      )
    }
    let reduction = times.reduction(bytes: 4 * workload.parameters)
    let result = try training.run(
      recipe,
      count: count,
      reduction: reduction,
      clock: times.clock(pieces: pipeline?.pieces, stragglers: kind.run.stragglers),
      stages: times.stages,
      audits: audits,
      check: check
    )
    return FleetAnswer(
      name: name,
      recipe: recipe,
      count: count,
      times: times,
      reduction: Swift.type(of: reduction).name,
      result: result
    )
  }
}

/// A fleet whose machines fail or are taken away: what is lost is done again, from the checkpoint.
struct DisturbedFleet {
  var run: SimulateLength
  var result: VirtualResult
  /// The seconds of an undisturbed tick.
  var tick: Double
  var completed: Bool
  var hasSameBits: Bool

  init(
    _ answer: FleetAnswer,
    _ training: VirtualTraining,
    _ kind: SimulateKind,
    _ workshop: Workshop
  ) throws {
    let ticks = answer.result.seconds.count
    tick = answer.seconds / Double(max(1, ticks))
    run = try kind.length(
      steps: ticks,
      stepSeconds: tick,
      answer.times.cluster,
      workshop,
      recording: true
    )
    completed = run.outcome.ending == .completed
    let pipeline = answer.recipe.method as? PipelineMethod
    result = try training.run(
      answer.recipe,
      count: answer.count,
      reduction: answer.times.reduction(bytes: 4 * answer.times.workload.parameters),
      clock: answer.times.clock(pieces: pipeline?.pieces, stragglers: kind.run.stragglers),
      stages: answer.times.stages,
      stretches: DisturbedFleet.stretches(run.outcome, tick, ticks, answer)
    )
    hasSameBits = result.hasSameBits(as: answer.result)
  }

  /// The course of the run in whole ticks: each stretch ends where work was lost, where machines went,
  /// or where their number changed.
  ///
  /// A checkpoint holds whole ticks: what is part of one is done again.
  static func stretches(
    _ outcome: RunSimulation,
    _ tick: Double,
    _ ticks: Int,
    _ answer: FleetAnswer
  ) -> [VirtualTraining.Stretch] {
    func whole(_ work: Double) -> Int { min(ticks, Int((work / tick + 1e-6).rounded(.down))) }
    let perNode = answer.times.cluster.devicesPerNode
    var stretches: [VirtualTraining.Stretch] = []
    var first = 0
    var last: RunSimulation.Point?
    func close(_ end: Int, _ nodes: Int) {
      let workers = min(answer.count, max(1, nodes) * perNode)
      if end > first { stretches.append(.init(first..<end, workers: workers)) }
    }
    for point in outcome.course {
      if let last, point.work < last.work - 1e-9 || (point.nodes != last.nodes && last.nodes > 0) {
        close(whole(last.work), last.nodes)
        first = whole(min(point.work, last.work))
      }
      last = point
    }
    if let last { close(outcome.ending == .completed ? ticks : whole(outcome.useful), last.nodes) }
    return stretches
  }

  /// When the work first came so far, and what was paid by then.
  func reached(_ done: Int) -> (clock: Double, billed: Double)? {
    let work = Double(done) * tick
    var before: RunSimulation.Point?
    for point in run.outcome.course {
      if point.work >= work - 1e-9 {
        guard let before, point.work > before.work else { return (point.clock, point.billed) }
        let share = max(0, (work - before.work) / (point.work - before.work))
        return (
          before.clock + share * (point.clock - before.clock),
          before.billed + share * (point.billed - before.billed)
        )
      }
      before = point
    }
    return nil
  }
}
