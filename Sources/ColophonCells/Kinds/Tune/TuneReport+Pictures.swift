import ColophonCore
import ColophonReport
import ColophonTuning

extension TuneReport {
  /// Every job by the moment at which its end was revealed, and the best so far.
  var progress: Exhibit? {
    let ends = record.order.compactMap { index in
      record.spans.last { $0.trial == index }.map {
        (trial: record.history.trials[index], at: $0.end)
      }
    }
    guard ends.count > 1 else { return nil }
    var series: [LineChart.Series] = []
    let curve = record.curve.map { $0 ?? .nan }
    series.append(
      LineChart.Series("best so far", x: ends.map { $0.at }, y: curve, shape: .step)
    )
    for (name, state, shape) in [
      ("completed", Trial.State.completed, LineChart.Shape.points),
      ("stopped", .stopped, .hollowPoints),
    ] {
      let own = ends.filter { $0.trial.state == state && $0.trial.objective != nil }
      guard !own.isEmpty else { continue }
      series.append(
        LineChart.Series(
          name,
          x: own.map { $0.at },
          y: own.map { $0.trial.objective ?? .nan },
          shape: shape
        )
      )
    }
    let best = result.best.objective ?? .nan
    let time = record.spans.first { $0.trial == result.best.index }?.end ?? 0
    return .chart(
      .line(
        LineChart(
          ChartText(
            "\(objectiveName) of every job over virtual time",
            "\(ends.count) ends of jobs; the best, \(short(best)), came after \(self.time(time))."
          ),
          x: ChartAxis("virtual time", unit: "s"),
          y: ChartAxis(objectiveName),
          series: series,
          marks: [ChartMark(x: time, y: best, "job \(result.bestNumber), \(short(best))")]
        )
      )
    )
  }

  /// Which job ran when on which virtual worker.
  var timeline: [Exhibit] {
    guard record.spans.count > 1, kind.parallelJobs > 1 || kind.strategy.usesResources else {
      return []
    }
    let spans = record.spans.sorted { ($0.worker, $0.start) < ($1.worker, $1.start) }
    let workers = (spans.map { $0.worker }.max() ?? 0) + 1
    let kinds = ["completed", "stopped", "failed"]
    let lanes = (0..<workers).map { worker in
      TimelineChart.Lane(
        "worker \(worker + 1)",
        spans.filter { $0.worker == worker }.map { span in
          let trial = record.history.trials[span.trial]
          let place =
            switch trial.state {
            case .completed: 0
            case .stopped, .pending: 1
            case .failed: 2
            }
          return TimelineChart.Span(
            from: span.start,
            to: span.end,
            "\(record.number(of: trial))",
            kind: place
          )
        }
      )
    }
    let busy = record.seconds > 0 ? record.workerSeconds / (record.seconds * Double(workers)) : 0
    return [
      .chart(
        .timeline(
          TimelineChart(
            ChartText(
              "Jobs on virtual workers",
              "\(record.spans.count) runs on \(workers) workers, which were busy for "
                + "\(DecimalText.general(100 * busy, digits: 3)) % of the time."
            ),
            axis: ChartAxis("virtual time", unit: "s"),
            lanes: lanes,
            kinds: kinds
          )
        )
      )
    ] + (result.parallelism.map { [$0.exhibit(objectiveName)] } ?? [])
  }

  /// How the space was looked through: stopped jobs' curves, brackets.
  var searchPictures: [Exhibit] { [curves].compactMap { $0 } + brackets }

  /// The curves of jobs that were stopped beside the best one's.
  private var curves: Exhibit? {
    let stopped = result.jobs.filter { $0.status == "stopped" && $0.epochs > 1 }
    guard !stopped.isEmpty, result.best.curve.count > 1 else { return nil }
    func series(_ name: String, _ curve: [Double]) -> LineChart.Series {
      LineChart.Series(name, x: curve.indices.map { Double($0 + 1) }, y: curve)
    }
    let longest = stopped.sorted { ($1.epochs, $0.number) < ($0.epochs, $1.number) }
    let shown = longest.prefix(5)
    return .chart(
      .line(
        LineChart(
          ChartText(
            "Curves of stopped jobs beside the best one's",
            "\(stopped.count) jobs were stopped after \(shown.map { $0.epochs }.min() ?? 0) epochs or "
              + "more; the best ran for \(result.best.curve.count).",
            note: stopped.count > shown.count
              ? "The \(shown.count) of \(stopped.count) stopped jobs that ran longest." : nil
          ),
          x: ChartAxis("epoch", format: .thousands),
          y: ChartAxis(objectiveName),
          series: [series("best: job \(result.bestNumber)", result.best.curve)]
            + shown.map { series("job \($0.number)", $0.trial.curve) }
        )
      )
    )
  }
}
