import ColophonData
import ColophonMath

/// A fleet's run from its first tick to its last, through interruptions and returns.
struct FleetCourse {
  private let fleet: Fleet
  private let every: Int
  private(set) var result = VirtualResult()
  private var now = 0.0
  private var epoch = (loss: 0.0, weight: 0.0)

  /// `every`: After how many ticks each the loss is taken.
  init(_ fleet: Fleet, every: Int) {
    self.fleet = fleet
    self.every = every
  }

  /// Does what the stretches say; each begins with the state that was kept at its first tick.
  mutating func run(
    _ stretches: [VirtualTraining.Stretch],
    _ check: (Double) throws -> Void
  ) throws {
    var run = try fleet.recipe.method.begin(fleet)
    let weights = fleet.vector()
    take(run, weights, after: 0)
    let resumed = Set(stretches.map { $0.ticks.lowerBound })
    var kept: [Int: (FleetSnapshot, (Double, Double))] = [:]
    var furthest = 0
    for (index, stretch) in stretches.enumerated() {
      if index > 0, let (snapshot, sums) = kept[stretch.ticks.lowerBound] {
        run = snapshot.restored()
        epoch = sums
      }
      if index == 0, resumed.contains(0) { kept[0] = (FleetSnapshot(run), epoch) }
      for tick in stretch.ticks {
        let isNew = tick >= furthest
        step(&run, tick, stretch.workers, isNew: isNew)
        if !isNew { result.repeated += 1 }
        furthest = max(furthest, tick + 1)
        if resumed.contains(tick + 1) { kept[tick + 1] = (FleetSnapshot(run), epoch) }
        guard isNew, (tick + 1).isMultiple(of: every) || tick + 1 == fleet.ticks else { continue }
        take(run, weights, after: tick + 1)
        if result.hasDiverged { return }
        try check(Double(tick + 1) / Double(fleet.ticks))
      }
    }
    run.weights(into: weights)
    result.weights = weights.elements
  }

  /// One tick; what a repetition says is what was said before.
  private mutating func step(
    _ run: inout any SharingRun,
    _ number: Int,
    _ workers: Int,
    isNew: Bool
  ) {
    let tick = run.tick(number, workers: workers)
    epoch.loss += tick.loss
    epoch.weight += tick.weight
    if (number + 1).isMultiple(of: fleet.batches) {
      run.epochEnded(loss: epoch.weight > 0 ? epoch.loss / epoch.weight : 0)
      epoch = (0, 0)
    }
    guard isNew else { return }
    result.seconds.append(tick.seconds)
    result.bytes += tick.bytes
    for age in tick.staleness { result.staleness[age, default: 0] += 1 }
    if let audit = tick.audit {
      result.audited += 1
      if result.audit == nil { result.audit = GradientAudit() }
      result.audit?.join(audit)
    }
    if number < VirtualTraining.shownTicks {
      result.spans += tick.spans.map {
        FleetSpan(worker: $0.worker, kind: $0.kind, start: $0.start + now, end: $0.end + now)
      }
    }
    now += tick.seconds
  }

  /// Takes the loss on the training rows.
  private mutating func take(_ run: any SharingRun, _ weights: FloatStorage, after tick: Int) {
    run.weights(into: weights)
    let numbers = UnsafeBufferPointer(start: weights.base, count: weights.count)
    guard numbers.allSatisfy({ $0.isFinite }),
      let loss = fleet.learner.meanLoss(of: .train, at: weights), loss.isFinite
    else {
      result.hasDiverged = true
      result.weights = weights.elements
      return
    }
    result.losses.append((tick, loss))
  }
}
