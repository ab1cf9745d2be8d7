package import ColophonCore
import ColophonMath

/// A long run, played from failure to failure on a virtual clock.
package struct RunSimulation: Hashable, Sendable {
  /// How it ended, in the managed service's words.
  package enum Ending: String, Hashable, Sendable {
    case completed = "Completed"
    case maximumRunTime = "MaxRuntimeExceeded"
    case maximumWaitTime = "MaxWaitTimeExceeded"
  }

  /// A stretch of time.
  package struct Span: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      case working
      case lost
      case restarting
      case waiting
    }
    package var kind: Kind
    package var start: Double
    package var end: Double
  }

  package let ending: Ending
  /// Seconds from start to end.
  package let wall: Double
  /// Seconds of steps that count.
  package let useful: Double
  /// Seconds in which machines were paid for.
  package let billed: Double
  /// Seconds of steps that were done again, of checkpoints, of restarts, of waiting for machines.
  package let lost: Double
  package let checkpointing: Double
  package let restarting: Double
  package let waiting: Double
  package let failures: Int
  package let interruptions: Int
  package let spans: [Span]

  /// Useful seconds over wall seconds.
  package var goodput: Double { wall > 0 ? useful / wall : 1 }

  /// Plays a run.
  ///
  /// Failures come as a Poisson stream of all devices' rates; one that takes several nodes needs as
  /// many spares. At a spot notice a checkpoint is written where there is time for one.
  package init(_ plan: RunPlan, drawing random: inout RandomStream) {
    var player = Player(plan)
    player.play(&random)
    ending = player.ending
    wall = player.clock
    useful = player.saved
    billed = player.clock - player.waiting
    lost = player.lost
    checkpointing = player.checkpointing
    restarting = player.restarting
    waiting = player.waiting
    failures = player.failures
    interruptions = player.interruptions
    spans = player.spans
  }
}

/// A run in the middle of being played.
private struct Player {
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
  var failures = 0
  var interruptions = 0
  var spans: [RunSimulation.Span] = []
  /// When each spare that was used is replaced.
  private var replacements: [Double] = []

  init(_ plan: RunPlan) {
    self.plan = plan
    work = Double(plan.steps) * plan.stepSeconds
  }

  private var isDone: Bool { saved + unsaved >= work * (1 - 1e-12) }

  mutating func play(_ random: inout RandomStream) {
    var failure = nextFailure(after: 0, &random)
    var notices = (plan.spot?.interruptions ?? [])[...]
    while !isDone {
      let notice = notices.first.map { max($0, clock) } ?? .infinity
      run(until: min(failure, notice))
      if isDone { break }
      if limitReached() { return }
      if notice <= failure {
        notices = notices.dropFirst()
        interrupt(&random)
      } else {
        fail(&random)
        failure = nextFailure(after: clock, &random)
      }
      if limitReached() { return }
    }
    saved += unsaved
    unsaved = 0
  }

  private func nextFailure(after time: Double, _ random: inout RandomStream) -> Double {
    guard let model = plan.failures else { return .infinity }
    let devices = plan.nodes * plan.devicesPerNode
    return time + random.exponential(rate: 1 / model.meanTime(devices: devices))
  }

  /// Works and writes checkpoints up to a time, or to the end of the work.
  private mutating func run(until time: Double) {
    let start = clock
    guard let every = plan.checkpointEvery else {
      let length = min(work - saved - unsaved, time - clock)
      clock += length
      unsaved += length
      return note(.working, start)
    }
    while clock < time, !isDone {
      let length = min(every - unsaved, work - saved - unsaved)
      if clock + length > time {
        unsaved += time - clock
        clock = time
        break
      }
      clock += length
      unsaved += length
      if isDone { break }
      if clock + plan.checkpointSeconds > time {
        // The machine goes before the checkpoint is whole.
        checkpointing += time - clock
        clock = time
        break
      }
      clock += plan.checkpointSeconds
      checkpointing += plan.checkpointSeconds
      saved += unsaved
      unsaved = 0
    }
    note(.working, start)
  }

  private mutating func note(_ kind: RunSimulation.Span.Kind, _ start: Double) {
    if clock > start { spans.append(.init(kind: kind, start: start, end: clock)) }
  }

  private mutating func fail(_ random: inout RandomStream) {
    failures += 1
    lose()
    let model = plan.failures ?? FailureModel(deviceMeanTime: .infinity)
    let isCorrelated = random.uniform() < model.correlatedShare
    let nodes = isCorrelated ? min(plan.nodes, model.correlatedNodes) : 1
    replacements.removeAll { $0 <= clock }
    let free = plan.spares - replacements.count
    let missing = max(0, nodes - max(0, free))
    for _ in 0..<nodes { replacements.append(clock + plan.replacementSeconds) }
    if missing > 0, !plan.isElastic { wait(plan.replacementSeconds) }
    restart()
    if missing > 0, plan.isElastic { shrink(missing) }
  }

  /// Fewer nodes for as long as a replacement takes: what they would have done is waited for.
  private mutating func shrink(_ missing: Int) {
    let share = Double(missing) / Double(plan.nodes)
    wait(plan.replacementSeconds * share)
  }

  private mutating func interrupt(_ random: inout RandomStream) {
    interruptions += 1
    let start = clock
    let hasTime = plan.checkpointEvery != nil && plan.checkpointSeconds <= SpotModel.notice
    if hasTime {
      checkpointing += plan.checkpointSeconds
      clock += plan.checkpointSeconds
      saved += unsaved
      unsaved = 0
      note(.working, start)
    } else {
      clock += SpotModel.notice
      lose()
      note(.lost, start)
    }
    wait(random.exponential(rate: 1 / max(1e-9, plan.spot?.meanWait ?? 600)))
    restart()
  }

  private mutating func lose() {
    lost += unsaved
    unsaved = 0
  }

  private mutating func wait(_ seconds: Double) {
    let start = clock
    clock += seconds
    waiting += seconds
    note(.waiting, start)
  }

  private mutating func restart() {
    let start = clock
    clock += plan.restartSeconds
    restarting += plan.restartSeconds
    note(.restarting, start)
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
