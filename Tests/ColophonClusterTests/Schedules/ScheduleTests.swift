import ColophonCluster
import ColophonCore
import Testing

@Suite struct EverySchedule {
  static let shapes = [(1, 1), (1, 4), (2, 2), (4, 4), (4, 16), (8, 8), (3, 12), (8, 64)]

  static let all = schedules.names.flatMap { name in shapes.map { (name, $0.0, $0.1) } }

  /// Every part sees every micro-batch once in each direction.
  @Test(arguments: all)
  func doesAllWorkOnce(name: String, stages: Int, microBatches: Int) throws {
    let schedule = try #require(schedules[name])
    let chunks = schedule.chunks(asked: 2)
    var seen: [PipelineTask: Int] = [:]
    for stage in 0..<stages {
      let tasks = schedule.tasks(
        stage: stage,
        stages: stages,
        microBatches: microBatches,
        chunks: chunks
      )
      for task in tasks {
        #expect(Int(task.part) % stages == stage)
        seen[task, default: 0] += 1
      }
    }
    let kinds = schedule.splitsBackward ? 3 : 2
    #expect(seen.count == kinds * stages * chunks * microBatches)
    #expect(seen.values.allSatisfy { $0 == 1 })
  }

  /// An order that can be played, whose stages are as long busy as their work is long, and that is
  /// never shorter than the work or the way through all stages.
  @Test(arguments: all)
  func endsWithAllWorkDone(name: String, stages: Int, microBatches: Int) throws {
    let schedule = try #require(schedules[name])
    let chunks = schedule.chunks(asked: 2)
    if schedule.fault(stages: stages, microBatches: microBatches, chunks: chunks) != nil { return }
    let times = StageTimes.even(
      stages: stages,
      chunks: chunks,
      forward: 1,
      backward: 2,
      weights: 1
    )
    let run = try #require(PipelineRun(schedule, times, microBatches: microBatches))
    let work = Double(microBatches * chunks) * 3
    #expect(run.busy.allSatisfy { $0 == work })
    #expect(run.duration >= work)
    let through = schedule.splitsBackward ? 2.0 : 3.0
    #expect(run.duration >= Double(stages * chunks) * through)
  }

  /// (p − 1)/m of the ideal time for GPipe and 1F1B (Narayanan and others 2021, section 2.2).
  @Test(arguments: ["gpipe", "1f1b"], shapes)
  func hasTheClosedFormsBubble(name: String, shape: (stages: Int, microBatches: Int)) throws {
    let schedule = try #require(schedules[name])
    let times = StageTimes.even(stages: shape.stages, forward: 1, backward: 2)
    let run = try #require(PipelineRun(schedule, times, microBatches: shape.microBatches))
    let ideal = Double(shape.microBatches) * 3
    let bubble = Double(shape.stages - 1) / Double(shape.microBatches)
    #expect(abs(run.duration / ideal - 1 - bubble) < 1e-12)
  }

  /// (p − 1)/(v m) of the ideal time when interleaved (the same, section 2.2).
  @Test(arguments: [(2, 2, 2), (4, 8, 2), (4, 16, 3), (8, 64, 2), (8, 8, 4)])
  func hasTheInterleavedBubble(stages: Int, microBatches: Int, chunks: Int) throws {
    let times = StageTimes.even(stages: stages, chunks: chunks, forward: 1, backward: 2)
    let run = try #require(PipelineRun(Interleaved.self, times, microBatches: microBatches))
    let ideal = Double(microBatches * chunks) * 3
    let bubble = Double(stages - 1) / Double(chunks * microBatches)
    #expect(abs(run.duration / ideal - 1 - bubble) < 1e-12)
  }

  /// A third of 1F1B's bubble where forward, input's and weights' gradients take alike (Qi et al.
  ///
  /// 2024, Table 1: ZB-H1).
  @Test(arguments: [(4, 16), (8, 64), (3, 12)])
  func leavesAThirdOfTheBubble(stages: Int, microBatches: Int) throws {
    let times = StageTimes.even(stages: stages, forward: 1, backward: 2, weights: 1)
    let run = try #require(PipelineRun(ZeroBubble.self, times, microBatches: microBatches))
    let bubble = run.duration - Double(microBatches) * 3
    #expect(abs(bubble - Double(stages - 1)) < 1e-12)
  }

  /// The activations that a schedule says it keeps are those that its order makes it keep.
  @Test(arguments: all)
  func keepsNoMoreThanItSays(name: String, stages: Int, microBatches: Int) throws {
    let schedule = try #require(schedules[name])
    let chunks = schedule.chunks(asked: 2)
    if schedule.fault(stages: stages, microBatches: microBatches, chunks: chunks) != nil { return }
    let tasks = schedule.tasks(
      stage: 0,
      stages: stages,
      microBatches: microBatches,
      chunks: chunks
    )
    var (held, most) = (0, 0)
    for task in tasks {
      if task.kind == .forward { held += 1 }
      most = max(most, held)
      if task.kind == .backward { held -= 1 }
    }
    let said = schedule.inFlight(stages: stages, microBatches: microBatches, chunks: chunks)
    #expect(Double(most) / Double(chunks) <= said + 1e-12)
  }
}
