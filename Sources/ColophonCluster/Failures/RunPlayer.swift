import ColophonCore
import ColophonMath

/// A run in the middle of being played.
///
/// Work is counted in seconds of the whole cluster; with a share of the nodes it goes as much slower.
struct RunPlayer {
  let plan: RunPlan
  let work: Double
  var ending = RunSimulation.Ending.completed
  var clock = 0.0
  /// Seconds of steps that a checkpoint (or the end) holds, and those done since.
  var saved = 0.0
  var unsaved = 0.0
  var lost = 0.0
  var checkpointing = 0.0
  var restarting = 0.0
  var waiting = 0.0
  var billed = 0.0
  var failures = 0
  var interruptions = 0
  var resizes = 0
  var spans: [RunSimulation.Span] = []
  var course: [RunSimulation.Point] = []
  /// Seconds at work since the last checkpoint.
  private var sinceCheckpoint = 0.0
  /// When each node that failed is back, ascending.
  private var repairs: [Double] = []
  /// Changes of the capacity that are still to come.
  private var changes: ArraySlice<CapacityChange>
  private var capacity = Int.max
  /// Nodes at work.
  private var active: Int
  /// Expected failures until the next one comes.
  private var hazard = Double.infinity

  init(_ plan: RunPlan, drawing random: inout RandomStream) {
    self.plan = plan
    work = Double(plan.steps) * plan.stepSeconds
    active = plan.nodes
    changes = (plan.spot?.changes(nodes: plan.nodes, drawing: &random) ?? [])[...]
    if plan.failures != nil { hazard = random.exponential(rate: 1) }
  }

  private var isDone: Bool { saved + unsaved >= work * (1 - 1e-12) }
  private var rate: Double { Double(active) / Double(plan.nodes) }
  /// Nodes that are rented and whole.
  private var held: Int { min(plan.nodes + plan.spares - repairs.count, capacity) }
  /// Nodes that the run would work with now.
  private var target: Int {
    let whole = min(plan.nodes, held)
    return plan.isElastic || whole == plan.nodes ? max(0, whole) : 0
  }
  /// Failures expected in a second.
  private var failureRate: Double {
    guard let model = plan.failures else { return 0 }
    return 1 / model.meanTime(devices: active * plan.devicesPerNode)
  }

  mutating func play(_ random: inout RandomStream) {
    while !isDone {
      if limitReached() { return }
      if active == 0 {
        guard wait() else { return }
        continue
      }
      let failure = hazard.isFinite ? clock + hazard / failureRate : .infinity
      let next = min(failure, changes.first?.time ?? .infinity, repairs.first ?? .infinity)
      run(until: max(next, clock))
      if isDone { break }
      if limitReached() { return }
      if next == failure {
        fail(&random)
      } else {
        adapt()
      }
    }
    saved += unsaved
    unsaved = 0
    note()
  }

  /// Records how far the work is.
  private mutating func note() {
    guard plan.recordsCourse else { return }
    course.append(.init(clock: clock, work: saved + unsaved, billed: billed, nodes: active))
  }

  // MARK: Time passes

  /// Lets some seconds go by in which the machines that are held are paid for.
  private mutating func pass(_ seconds: Double, _ kind: RunSimulation.Span.Kind) {
    let nodes = kind == .waiting ? 0 : active
    if let last = spans.last, last.kind == kind, last.nodes == nodes, last.end == clock {
      spans[spans.count - 1].end = clock + seconds
    } else if seconds > 0 {
      spans.append(.init(kind: kind, start: clock, end: clock + seconds, nodes: nodes))
    }
    // Spot capacity that a run can't use is given back; machines of one's own are paid for idle.
    let idle = kind == .waiting && plan.spot != nil
    if !idle {
      billed += seconds * Double(max(0, held == .max ? plan.nodes : held)) / nodesAsNumber
    }
    if kind == .working, hazard.isFinite { hazard = max(0, hazard - seconds * failureRate) }
    clock += seconds
    note()
  }

  private var nodesAsNumber: Double { Double(plan.nodes) }

  /// Works and writes checkpoints up to a time, or to the end of the work.
  private mutating func run(until time: Double) {
    while clock < time, !isDone {
      let left = (work - saved - unsaved) / rate
      let untilCheckpoint = plan.checkpointEvery.map { max(0, $0 - sinceCheckpoint) } ?? .infinity
      let length = min(left, untilCheckpoint)
      if clock + length > time {
        labour(time - clock)
        return
      }
      labour(length)
      if isDone { return }
      guard clock + plan.checkpointSeconds <= time else {
        // The machine goes before the checkpoint is whole.
        let seconds = time - clock
        checkpointing += seconds
        pass(seconds, .working)
        return
      }
      checkpoint()
    }
  }

  private mutating func labour(_ seconds: Double) {
    note()
    unsaved += seconds * rate
    sinceCheckpoint += seconds
    pass(seconds, .working)
  }

  private mutating func checkpoint() {
    checkpointing += plan.checkpointSeconds
    pass(plan.checkpointSeconds, .working)
    saved += unsaved
    unsaved = 0
    sinceCheckpoint = 0
  }

  private mutating func lose() {
    lost += unsaved
    unsaved = 0
    note()
    sinceCheckpoint = 0
  }

  private mutating func restart() {
    restarting += plan.restartSeconds
    pass(plan.restartSeconds, .restarting)
  }

  /// Waits for capacity or a replacement; ends the run where neither will come.
  private mutating func wait() -> Bool {
    guard let until = [changes.first?.time, repairs.first].compactMap({ $0 }).min() else {
      ending = .maximumWaitTime
      return false
    }
    let limit = plan.spot?.maximumWait ?? .infinity
    let seconds = max(0, min(until, limit) - clock)
    waiting += seconds
    pass(seconds, .waiting)
    if clock >= limit { return true }
    advance()
    if target > 0 {
      active = target
      restart()
    }
    return true
  }

  // MARK: Things happen

  /// Takes note of what has changed by now.
  private mutating func advance() {
    while let repair = repairs.first, repair <= clock { repairs.removeFirst() }
    while let change = changes.first, change.time <= clock {
      capacity = change.nodes
      changes.removeFirst()
    }
  }

  private mutating func fail(_ random: inout RandomStream) {
    failures += 1
    hazard = random.exponential(rate: 1)
    lose()
    let model = plan.failures ?? FailureModel(deviceMeanTime: .infinity)
    let isCorrelated = random.uniform() < model.correlatedShare
    let nodes = isCorrelated ? min(active, model.correlatedNodes) : 1
    advance()
    for _ in 0..<nodes { repairs.append(clock + plan.replacementSeconds) }
    repairs.sort()
    resize()
    if active > 0 { restart() }
  }

  /// Goes on with the nodes that there are after a notice, a repair or new capacity.
  private mutating func adapt() {
    let before = active
    let soon = changes.first.map { $0.time <= clock ? $0.nodes : capacity } ?? capacity
    let isTaken = soon < capacity && soon < active
    if isTaken {
      interruptions += 1
      notice()
    }
    advance()
    guard target != before || isTaken else { return }
    // Growing again is worth a checkpoint, not the loss of work.
    if target > before, unsaved > 0, plan.checkpointEvery != nil { checkpoint() }
    resize()
    if active > 0 { restart() }
  }

  /// Two minutes to write a checkpoint in.
  private mutating func notice() {
    if plan.checkpointEvery != nil, plan.checkpointSeconds <= SpotModel.notice {
      checkpoint()
    } else {
      pass(SpotModel.notice, .lost)
      lose()
    }
  }

  private mutating func resize() {
    if target != active, target > 0 { resizes += 1 }
    active = target
  }

  /// Ends the run at a limit that has passed, with what is saved.
  private mutating func limitReached() -> Bool {
    guard let spot = plan.spot else { return false }
    if let most = spot.maximumWait, clock >= most {
      ending = .maximumWaitTime
      return true
    }
    if let most = spot.maximumRun, clock - waiting >= most {
      ending = .maximumRunTime
      return true
    }
    return false
  }
}
