/// All forward passes, then all backward ones (Huang and others 2019).
///
/// Its bubble is (p − 1)/m of the ideal time; the activations of all m micro-batches are kept.
package enum GPipe: PipelineSchedule {
  package static let name = "gpipe"

  package static func tasks(stage: Int, stages: Int, microBatches: Int, chunks: Int)
    -> [PipelineTask]
  {
    let forward = (0..<microBatches).map { PipelineTask(.forward, microBatch: $0, part: stage) }
    let backward = (0..<microBatches).reversed().map {
      PipelineTask(.backward, microBatch: $0, part: stage)
    }
    return forward + backward
  }

  package static func inFlight(stages: Int, microBatches: Int, chunks: Int) -> Double {
    Double(microBatches)
  }
}
