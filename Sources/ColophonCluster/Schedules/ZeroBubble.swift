/// One forward, one backward, with the weights' gradients put off into the bubble (Qi and others 2024,
/// "Zero bubble pipeline parallelism", ZB-H1).
///
/// It keeps the activations of 1F1B. With equal passes a third of 1F1B's bubble is left.
package enum ZeroBubble: PipelineSchedule {
  package static let name = "zero_bubble"
  package static let splitsBackward = true

  /// Warm-up and steady state are 1F1B's; stage s starts its weights' gradients s micro-batches
  /// late, so that as many wait as the drain has gaps to fill.
  package static func tasks(stage: Int, stages: Int, microBatches: Int, chunks: Int)
    -> [PipelineTask]
  {
    let warmUp = min(stages - stage - 1, microBatches)
    let late = min(stage, microBatches)
    var tasks: [PipelineTask] = []
    tasks.reserveCapacity(3 * microBatches)
    var done = 0
    func backward(_ i: Int) {
      tasks.append(PipelineTask(.backward, microBatch: i, part: stage))
      if i >= late {
        tasks.append(PipelineTask(.weights, microBatch: done, part: stage))
        done += 1
      }
    }
    for i in 0..<warmUp { tasks.append(PipelineTask(.forward, microBatch: i, part: stage)) }
    for i in warmUp..<microBatches {
      tasks.append(PipelineTask(.forward, microBatch: i, part: stage))
      backward(i - warmUp)
    }
    for i in (microBatches - warmUp)..<microBatches { backward(i) }
    while done < microBatches {
      tasks.append(PipelineTask(.weights, microBatch: done, part: stage))
      done += 1
    }
    return tasks
  }

  package static func inFlight(stages: Int, microBatches: Int, chunks: Int) -> Double {
    Double(min(stages, microBatches))
  }
}
