import ColophonCluster
import ColophonCore

extension SimulateKind {
  /// What a plan that can run would still do better.
  func advice(_ workload: Workload, _ cluster: Cluster) -> [Diagnostic] {
    guard plan.faults(for: workload, settings, on: cluster).isEmpty else { return [] }
    let unneeded = unneeded(workload, cluster)
    // Where nothing needs cutting, how it is cut doesn't matter.
    let layout = unneeded.isEmpty ? acrossNodes(workload, cluster) + idle : unneeded
    return layout + oftenOrSeldom(cluster)
  }

  private func unneeded(_ workload: Workload, _ cluster: Cluster) -> [Diagnostic] {
    guard plan.tensor * plan.pipeline > 1 else { return [] }
    var alone = plan
    alone.data *= alone.tensor * alone.pipeline
    alone.tensor = 1
    alone.pipeline = 1
    alone.schedule = .oneForwardOneBackward
    alone.interleave = 1
    guard alone.faults(for: workload, settings, on: cluster).isEmpty,
      Remedies(workload, alone, settings, on: cluster) == nil
    else { return [] }
    return [.modelParallelUnneeded(at: place("parallelism"))]
  }

  /// Tensor parallelism beyond a node, where stages could hold what it cuts.
  private func acrossNodes(_ workload: Workload, _ cluster: Cluster) -> [Diagnostic] {
    guard plan.tensor > cluster.devicesPerNode, workload.depth > plan.pipeline else { return [] }
    return [
      .tensorAcrossNodes(
        plan.tensor,
        perNode: cluster.devicesPerNode,
        at: place("parallelism.tensor")
      )
    ]
  }

  /// A pipeline that stands still for more than a quarter of its time, by its schedule's closed form.
  private var idle: [Diagnostic] {
    let m = Double(max(1, settings.microBatches(plan)))
    let left: Double =
      switch plan.schedule {
      case .gpipe, .oneForwardOneBackward: 1
      case .interleaved: 1 / Double(max(1, plan.interleave))
      case .zeroBubble: 1.0 / 3
      }
    let bubble = left * Double(plan.pipeline - 1) / m
    guard bubble / (1 + bubble) > 0.25 else { return [] }
    return [.idlePipeline(bubble / (1 + bubble), at: place("parallelism.pipeline"))]
  }

  /// Checkpoints more than four times as often, or as seldom, as Daly's interval.
  private func oftenOrSeldom(_ cluster: Cluster) -> [Diagnostic] {
    guard let every = run.checkpointEvery, run.checkpointSeconds > 0,
      let meanTime = run.meanTime(devices: cluster.devices)
    else { return [] }
    let best = CheckpointInterval.daly(
      cost: run.checkpointSeconds,
      meanTimeBetweenFailures: meanTime
    )
    guard best > 0, every > 4 * best || every * 4 < best else { return [] }
    return [.checkpointInterval(every: every, best: best, at: place("checkpoint.every"))]
  }
}
