import ColophonCluster
import ColophonCore
import ColophonLearning
import ColophonReport

extension SimulateFleetReport {
  /// The loss against steps, virtual seconds and dollars: one picture in three panels.
  var lossCharts: [Exhibit] {
    let losses = all.flatMap { $0.result.losses.map { $0.loss } }.filter { $0.isFinite }
    let (least, most) = (losses.min() ?? 0, losses.max() ?? 0)
    // Curves that fall far run together at the foot of a linear scale.
    let isWide = least > 0 && most > 10 * least
    func chart(
      _ title: String,
      _ axis: ChartAxis,
      _ place: (FleetAnswer, Int) -> Double?
    ) -> Exhibit {
      let series = all.map { fleet in
        let points = fleet.result.losses.compactMap { point in
          place(fleet, point.tick).map { ($0, point.loss) }
        }
        return LineChart.Series(fleet.name, x: points.map { $0.0 }, y: points.map { $0.1 })
      }
      return .chart(
        .line(
          LineChart(
            ChartText(title, words(title)),
            x: axis,
            y: ChartAxis(
              "loss on the training rows",
              scale: isWide ? .logarithmic : .linear
            ),
            series: series + disturbedSeries(title)
          )
        )
      )
    }
    var charts = [
      chart("Loss against steps", ChartAxis("steps")) { Double($1) },
      chart("Loss against virtual time", ChartAxis("virtual time", unit: "s")) {
        $0.seconds(after: $1)
      },
    ]
    if all.allSatisfy({ $0.times.price != nil }) {
      charts.append(
        chart("Loss against cost", ChartAxis("cost", unit: "USD")) { fleet, tick in
          fleet.times.price.map { $0 * fleet.seconds(after: tick) }
        }
      )
    }
    return charts
  }

  private func words(_ title: String) -> String {
    let best = all.filter { $0.loss != nil }.min { ($0.loss ?? 0) < ($1.loss ?? 0) }
    let fastest = all.min { $0.seconds < $1.seconds }
    switch title {
    case "Loss against steps":
      return best.map {
        "\($0.name) ends lowest, at \(text($0.loss ?? .nan, .general(4)))."
      } ?? "No fleet ends at a number."
    case "Loss against virtual time":
      return "\(fastest?.name ?? "") is done first, after \(text(fastest?.seconds ?? 0, .seconds))."
    default:
      let cheapest = all.min { ($0.cost ?? 0) < ($1.cost ?? 0) }
      return "\(cheapest?.name ?? "") costs least, \(text(cheapest?.cost ?? 0, .usd))."
    }
  }

  /// The interrupted run, on the clock and the bill that interruptions leave it.
  private func disturbedSeries(_ title: String) -> [LineChart.Series] {
    guard let disturbed = run.disturbed, title != "Loss against steps" else { return [] }
    let points = disturbed.result.losses.compactMap { point -> (Double, Double)? in
      guard let reached = disturbed.reached(point.tick) else { return nil }
      if title == "Loss against virtual time" { return (reached.clock, point.loss) }
      return answer.times.price.map { ($0 * reached.billed, point.loss) }
    }
    return [
      LineChart.Series("interrupted", x: points.map { $0.0 }, y: points.map { $0.1 })
    ]
  }

  /// What each worker does in the first steps.
  var clockChart: Exhibit? {
    let spans = answer.result.spans
    guard !spans.isEmpty, answer.count > 1, answer.count <= 32 else { return nil }
    let lanes = (0..<answer.count).map { worker in
      TimelineChart.Lane(
        "worker \(worker)",
        spans.filter { $0.worker == worker && $0.end > $0.start }.map {
          TimelineChart.Span(from: $0.start, to: $0.end, kind: $0.kind.rawValue)
        }
      )
    }
    let end = spans.map { $0.end }.max() ?? 0
    let busy = spans.filter { $0.kind == .pass }.reduce(0) { $0 + $1.end - $1.start }
    let share = end > 0 ? busy / end / Double(answer.count) : 0
    return .chart(
      .timeline(
        TimelineChart(
          ChartText(
            "The first steps on the virtual clock",
            "\(answer.recipe.words): workers compute for \(text(share, .percent(0))) of the time."
          ),
          axis: ChartAxis("seconds"),
          lanes: lanes,
          kinds: ["rows there and back", "exchange", "update"]
        )
      )
    )
  }

  /// How old the weights were that gradients were computed with.
  var stalenessChart: Exhibit? {
    let stale = all.filter { !$0.result.staleness.isEmpty }
    guard let first = stale.first else { return nil }
    let ages = first.result.staleness.keys.sorted()
    let count = first.result.staleness.values.reduce(0, +)
    let mean = ages.reduce(0.0) { $0 + Double($1 * (first.result.staleness[$1] ?? 0)) }
    let average = text(mean / Double(count), .general(3))
    return .chart(
      .bar(
        BarChart(
          ChartText(
            "How stale gradients are",
            "\(first.name): updates that came between fetching the weights and applying the gradient; "
              + "\(average) on average, \(ages.last ?? 0) at most."
          ),
          axis: ChartAxis("gradients", lower: 0),
          bars: ages.map { BarChart.Bar("\($0)", Double(first.result.staleness[$0] ?? 0)) }
        )
      )
    )
  }

  /// The run through interruptions: what it came to, and what happened when.
  func exhibits(of disturbed: DisturbedFleet) -> [Exhibit] {
    let repeated = text(Double(disturbed.result.repeated), .thousands)
    let sentence: String
    if disturbed.completed, disturbed.hasSameBits {
      sentence =
        "Through \(disturbed.run.outcome.interruptions) interruptions and "
        + "\(disturbed.run.outcome.failures) failures, with \(repeated) steps done again, the weights "
        + "are those of the undisturbed run, bit for bit."
    } else if disturbed.completed {
      sentence =
        "Through interruptions that changed the number of workers, and with it the order of "
        + "sums, the weights are at most "
        + text(disturbed.result.difference(from: answer.result), .general(2))
        + " from those of the undisturbed run; \(repeated) steps were done again."
    } else {
      sentence =
        "The run ended as \(disturbed.run.outcome.ending.rawValue) with the weights of its "
        + "last checkpoint."
    }
    return [.notice(kind: .info, text: sentence)] + step.runExhibits(disturbed.run)
  }
}
