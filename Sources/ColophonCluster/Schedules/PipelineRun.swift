/// A step of a pipeline, played through as a graph of events.
///
/// A task starts when its stage is free and what it needs has arrived: a forward pass its input from
/// the part before, a backward pass the gradient from the part after, a weights' gradient its own
/// backward pass.
package struct PipelineRun: Sendable {
  /// One task with its time.
  package struct Event: Hashable, Sendable {
    package var stage: Int
    package var task: PipelineTask
    package var start: Double
    package var end: Double
  }

  /// When the last task ends, in seconds.
  package let duration: Double
  /// Seconds that each stage works.
  package let busy: [Double]
  /// When each stage's last backward task starts: from then on its gradients are complete.
  package let lastBackward: [Double]
  /// All tasks in the order of their stages; empty unless asked for.
  package let events: [Event]

  /// The share of the devices' time in which they wait.
  package var bubble: Double {
    let total = busy.reduce(0, +)
    let all = duration * Double(busy.count)
    return all > 0 ? 1 - total / all : 0
  }

  /// Plays a schedule; nil where its order can never end.
  package init?(
    _ schedule: any PipelineSchedule.Type,
    _ times: StageTimes,
    microBatches: Int,
    recording: Bool = false
  ) {
    let stages = times.stages
    let parts = times.forward.count
    let lists = (0..<stages).map {
      schedule.tasks(
        stage: $0,
        stages: stages,
        microBatches: microBatches,
        chunks: times.chunks
      )
    }
    var player = Player(times, microBatches: microBatches, splits: schedule.splitsBackward)
    var places = [Int](repeating: 0, count: stages)
    var free = [Double](repeating: 0, count: stages)
    var busy = free
    var last = free
    var events: [Event] = []
    var waiting = Array(0..<stages)
    // Each round goes over the stages; a stage runs on as far as what it needs is known.
    while !waiting.isEmpty {
      var advanced = false
      for stage in waiting {
        while places[stage] < lists[stage].count {
          let task = lists[stage][places[stage]]
          guard let ready = player.ready(task, parts: parts) else { break }
          let start = max(free[stage], ready)
          let length = player.length(task)
          player.finish(task, at: start + length)
          free[stage] = start + length
          busy[stage] += length
          if task.kind == .backward { last[stage] = start }
          if recording {
            events.append(Event(stage: stage, task: task, start: start, end: start + length))
          }
          places[stage] += 1
          advanced = true
        }
      }
      waiting.removeAll { places[$0] == lists[$0].count }
      if !advanced, !waiting.isEmpty { return nil }
    }
    duration = free.max() ?? 0
    self.busy = busy
    lastBackward = last
    self.events = events
  }

  /// What has ended so far, and when.
  private struct Player {
    let times: StageTimes
    let splits: Bool
    private let microBatches: Int
    private var forward: [Double]
    private var backward: [Double]

    init(_ times: StageTimes, microBatches: Int, splits: Bool) {
      self.times = times
      self.splits = splits
      self.microBatches = microBatches
      forward = Array(repeating: .nan, count: times.forward.count * microBatches)
      backward = forward
    }

    private func place(_ part: Int, _ task: PipelineTask) -> Int {
      part * microBatches + Int(task.microBatch)
    }

    /// When what a task needs is there; nil where it is not known yet.
    func ready(_ task: PipelineTask, parts: Int) -> Double? {
      let part = Int(task.part)
      let time: Double
      switch task.kind {
      case .forward:
        if part == 0 { return 0 }
        time = forward[place(part - 1, task)] + hop
      case .backward:
        time =
          part == parts - 1
          ? forward[place(part, task)] : backward[place(part + 1, task)] + hop
      case .weights: time = backward[place(part, task)]
      }
      return time.isNaN ? nil : time
    }

    private var hop: Double { times.stages == 1 ? 0 : times.hop }

    func length(_ task: PipelineTask) -> Double {
      let part = Int(task.part)
      switch task.kind {
      case .forward: return times.forward[part]
      case .backward: return times.backward[part] - (splits ? times.weights[part] : 0)
      case .weights: return times.weights[part]
      }
    }

    mutating func finish(_ task: PipelineTask, at time: Double) {
      switch task.kind {
      case .forward: forward[place(Int(task.part), task)] = time
      case .backward: backward[place(Int(task.part), task)] = time
      case .weights: break
      }
    }
  }
}
