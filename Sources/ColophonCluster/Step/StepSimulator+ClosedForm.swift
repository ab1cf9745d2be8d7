import ColophonCore

extension StepSimulator {
  /// Seconds of a step by the schedule's closed form, without playing its events.
  ///
  /// The slowest stage works through all micro-batches, and the first of them goes once through the
  /// others; interleaving divides that way by the chunks, zero bubbles leave a third of it.
  package func closedFormSeconds(_ plan: Plan) -> Double {
    guard let device = DeviceTimes(cluster.accelerator, settings.precision) else { return .nan }
    let model = StageModel(workload, plan, settings, device, cluster)
    let m = Double(max(1, settings.microBatches(plan)))
    let times = model.times
    let all = zip(times.forward, times.backward).reduce(0) { $0 + $1.0 + $1.1 }
    let busiest = times.busiest
    let hops = 2 * Double(times.stages - 1) * times.hop
    let share: Double =
      switch plan.schedule {
      case .gpipe, .oneForwardOneBackward: 1
      case .interleaved: 1 / Double(max(1, plan.interleave))
      case .zeroBubble: 1.0 / 3
      }
    let pipeline = m * busiest + (all - busiest) * share + hops
    let tail = StepTail(model, plan, settings, device, cluster, passes: pipeline, lastBackward: nil)
    return pipeline + tail.exposed + tail.optimizer + device.calibration.step
  }
}
