/// One forward, one backward (Narayanan and others 2019, PipeDream-Flush).
///
/// Its bubble is GPipe's, (p − 1)/m of the ideal time, with the activations of at most p
/// micro-batches.
package enum OneForwardOneBackward: PipelineSchedule {
  package static let name = "1f1b"

  package static func tasks(stage: Int, stages: Int, microBatches: Int, chunks: Int)
    -> [PipelineTask]
  {
    let warmUp = min(stages - stage - 1, microBatches)
    var tasks: [PipelineTask] = []
    tasks.reserveCapacity(2 * microBatches)
    for i in 0..<warmUp { tasks.append(PipelineTask(.forward, microBatch: i, part: stage)) }
    for i in warmUp..<microBatches {
      tasks.append(PipelineTask(.forward, microBatch: i, part: stage))
      tasks.append(PipelineTask(.backward, microBatch: i - warmUp, part: stage))
    }
    for i in (microBatches - warmUp)..<microBatches {
      tasks.append(PipelineTask(.backward, microBatch: i, part: stage))
    }
    return tasks
  }

  package static func inFlight(stages: Int, microBatches: Int, chunks: Int) -> Double {
    Double(min(stages, microBatches))
  }
}
