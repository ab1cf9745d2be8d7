/// One forward, one backward, over several chunks of layers to a stage (Narayanan and others 2021,
/// section 2.2).
///
/// Its bubble is (p − 1)/(v m) of the ideal time, its messages are v times as many. Micro-batches go
/// through in groups of p, so m must be a multiple of p.
package enum Interleaved: PipelineSchedule {
  package static let name = "interleaved"

  package static func chunks(asked: Int) -> Int { max(1, asked) }

  package static func fault(stages: Int, microBatches: Int, chunks: Int) -> String? {
    if chunks < 2 { return "the interleaved schedule needs 'interleave' of at least 2" }
    if microBatches % stages != 0 {
      return
        "the interleaved schedule needs a number of micro-batches that \(stages) stages divide, "
        + "and there are \(microBatches)"
    }
    return nil
  }

  package static func tasks(stage: Int, stages: Int, microBatches: Int, chunks: Int)
    -> [PipelineTask]
  {
    let total = microBatches * chunks
    // The last group may be short only where there is one group in all.
    let warmUp =
      microBatches == stages
      ? total : min(total, 2 * (stages - stage - 1) + (chunks - 1) * stages)
    func task(_ i: Int, _ kind: PipelineTask.Kind) -> PipelineTask {
      let group = i / (stages * chunks)
      let inGroup = i % (stages * chunks)
      let chunk = inGroup / stages
      let microBatch = group * stages + inGroup % stages
      let place = kind == .forward ? chunk : chunks - 1 - chunk
      return PipelineTask(kind, microBatch: microBatch, part: place * stages + stage)
    }
    var tasks: [PipelineTask] = []
    tasks.reserveCapacity(2 * total)
    for i in 0..<warmUp { tasks.append(task(i, .forward)) }
    for i in warmUp..<total {
      tasks.append(task(i, .forward))
      tasks.append(task(i - warmUp, .backward))
    }
    for i in (total - warmUp)..<total { tasks.append(task(i, .backward)) }
    return tasks
  }

  package static func inFlight(stages: Int, microBatches: Int, chunks: Int) -> Double {
    let (p, v) = (Double(stages), Double(chunks))
    return min(Double(microBatches), p * (1 + (p - 1) / (p * v)))
  }
}
