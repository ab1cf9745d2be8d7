import ColophonCluster
import ColophonCore
import ColophonReport

/// How many spans a pipeline's chart draws at most.
private let spanLimit = 1200

extension SimulateReport {
  /// Where a step's time goes.
  var timeChart: BarChart {
    let parts = estimate.parts
    let bars = [
      ("kernels", parts.compute), ("recomputation", parts.recompute),
      ("tensor and pipeline communication", parts.tensorCommunication),
      ("data communication", parts.dataCommunication), ("pipeline bubble", parts.bubble),
      ("optimizer", parts.optimizer), ("host", parts.host),
    ]
    let largest = bars.max { $0.1 < $1.1 }
    return BarChart(
      ChartText(
        "Where the step's time goes",
        "Of \(text(estimate.seconds, .seconds)), \(largest?.0 ?? "") takes "
          + "\(text((largest?.1 ?? 0) / estimate.seconds, .percent(0)))."
      ),
      axis: ChartAxis("seconds", lower: 0),
      bars: bars.filter { $0.1 > 0 }.map { BarChart.Bar($0.0, $0.1) }
    )
  }

  /// What the fullest device holds, beside what it has.
  var memoryChart: BarChart {
    let bars = estimate.memory.terms.filter { $0.bytes > 0 }
      .map { BarChart.Bar($0.name, $0.bytes / gibibyte) }
    return BarChart(
      ChartText(
        "What the fullest device holds",
        "\(text(estimate.memory.total, .bytes)) in all of \(text(capacity, .bytes)); "
          + "\(estimate.memory.largest.name) is the most of it."
      ),
      axis: ChartAxis("memory", unit: "GiB", lower: 0),
      bars: bars + [BarChart.Bar("capacity", capacity / gibibyte)]
    )
  }

  /// The pipeline's first micro-batches, task by task; nil without a pipeline.
  var pipelineChart: TimelineChart? {
    guard plan.pipeline > 1, let schedule = schedules[plan.schedule.rawValue],
      let device = DeviceTimes(cluster.accelerator, answer.candidate.settings.precision)
    else { return nil }
    let settings = answer.candidate.settings
    let model = StageModel(workload, plan, settings, device, cluster)
    let all = settings.microBatches(plan)
    let each = (schedule.splitsBackward ? 3 : 2) * plan.pipeline * model.times.chunks
    let room = max(plan.pipeline, spanLimit / each / plan.pipeline * plan.pipeline)
    let shown = min(all, room)
    guard plan.pipeline <= 64,
      let run = PipelineRun(schedule, model.times, microBatches: shown, recording: true)
    else { return nil }
    let lanes = (0..<plan.pipeline).map { stage in
      TimelineChart.Lane(
        "stage \(stage)",
        run.events.filter { $0.stage == stage }.map {
          TimelineChart.Span(
            from: $0.start,
            to: $0.end,
            "\($0.task.microBatch)",
            kind: Int($0.task.kind.rawValue)
          )
        }
      )
    }
    let cut = shown < all ? " The first \(shown) of \(all) micro-batches." : ""
    return TimelineChart(
      ChartText(
        "The pipeline's work",
        "\(plan.pipeline) stages, \(plan.schedule.rawValue): devices wait "
          + "\(text(run.bubble, .percent(1))) of the time.\(cut)"
      ),
      axis: ChartAxis("seconds"),
      lanes: lanes,
      kinds: schedule.splitsBackward
        ? ["forward", "backward", "weights"] : ["forward", "backward"]
    )
  }

  /// Tokens a second with fewer and more copies of the model: the same batch (strong scaling), and a
  /// batch that grows with them (weak scaling).
  var scalingChart: LineChart {
    let factors = [0.25, 0.5, 1, 2, 4, 8]
    func rate(_ factor: Double, weak: Bool) -> Double {
      var plan = plan
      var cluster = cluster
      var settings = answer.candidate.settings
      plan.data = Int((Double(plan.data) * factor).rounded())
      cluster.devices = plan.devices
      if weak { settings.globalBatch = Int(Double(settings.globalBatch) * factor) }
      guard plan.data > 0, plan.faults(for: workload, settings, on: cluster).isEmpty,
        let simulator = StepSimulator(workload, on: cluster, settings)
      else { return .nan }
      return workload.tokens * Double(settings.globalBatch) / simulator.closedFormSeconds(plan)
    }
    let devices = factors.map { Double(plan.devices) * $0 }
    let strong = factors.map { rate($0, weak: false) }
    let weak = factors.map { rate($0, weak: true) }
    let base = weak[2] / devices[2]
    return LineChart(
      ChartText(
        "Scaling",
        "Tokens a second with more copies of the model, by the closed form: the same batch, and a "
          + "batch that grows with the devices."
      ),
      x: ChartAxis("devices", scale: .logarithmic),
      y: ChartAxis("tokens a second", scale: .logarithmic),
      series: [
        LineChart.Series("same batch", x: devices, y: strong, shape: .markedLine),
        LineChart.Series("growing batch", x: devices, y: weak, shape: .markedLine),
        LineChart.Series("linear", x: devices, y: devices.map { $0 * base }),
      ]
    )
  }
}
