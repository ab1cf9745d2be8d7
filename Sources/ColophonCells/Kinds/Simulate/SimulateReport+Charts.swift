import ColophonCluster
import ColophonCore
import ColophonReport

/// How many spans a pipeline's chart draws at most.
private let spanLimit = 4000

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

  /// What devices hold, term upon term, beside what they have: one of each stage, the fullest of every
  /// variant.
  var memoryChart: TimelineChart {
    let settings = answer.candidate.settings
    let own = PlanMemory(workload, plan, settings, cluster)
    let stages = SimulateReport.shown(of: plan.pipeline, with: estimate.memory.stage)
    let lanes =
      stages.map { stage in
        stack(plan.pipeline > 1 ? "stage \(stage)" : "a device", own.estimate(stage: stage))
      }
      + variants.map { stack($0.name, $0.answer.estimate.memory) }
    let full = estimate.memory.total / capacity
    return TimelineChart(
      ChartText(
        "What devices hold",
        "\(text(estimate.memory.total, .bytes)) of \(text(capacity, .bytes)) on the fullest"
          + (plan.pipeline > 1 ? ", of stage \(estimate.memory.stage)" : "")
          + " (\(text(full, .percent(0)))); \(estimate.memory.largest.name) is the most of it."
      ),
      axis: ChartAxis("memory", unit: "GiB", lower: 0),
      lanes: lanes,
      kinds: estimate.memory.terms.map { $0.name },
      rules: [ChartRule(.vertical, at: capacity / gibibyte, "capacity")]
    )
  }

  /// The terms of one device, one after the other.
  private func stack(_ name: String, _ memory: MemoryEstimate) -> TimelineChart.Lane {
    var end = 0.0
    let spans = memory.terms.enumerated().map { kind, term in
      let start = end
      end += term.bytes / gibibyte
      return TimelineChart.Span(
        from: start,
        to: end,
        "\(text(end - start, .general(3)))",
        kind: kind
      )
    }
    return TimelineChart.Lane(name, spans.filter { $0.end > $0.start })
  }

  /// At most sixteen stages: those at equal distances, the fullest and the last among them.
  private static func shown(of stages: Int, with fullest: Int) -> [Int] {
    let step = max(1, (stages + 13) / 14)
    return Set(stride(from: 0, to: stages, by: step)).union([fullest, stages - 1]).sorted()
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
