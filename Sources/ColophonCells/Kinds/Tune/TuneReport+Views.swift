import ColophonCore
import ColophonReport
import ColophonTuning

extension TuneReport {
  /// What the model of the objective shows: every job across the space, importance, slices, a
  /// contour.
  var viewPictures: [Exhibit] {
    let lines = [parallel].compactMap { $0 }
    guard let view = result.view, let importance = result.importance else { return lines }
    let order = importance.totals.sorted { ($1.share, $0.names[0]) < ($0.share, $1.names[0]) }
      .map { $0.names[0] }
    let slices = order.prefix(4).compactMap { slice(view, $0) }
    return lines + [importanceChart(importance), interactionTable(importance)].compactMap { $0 }
      + (slices.isEmpty ? [] : [slices.count == 1 ? slices[0] : .group(slices)])
      + [contour(view, order)].compactMap { $0 }
  }

  /// Every job as a line across the hyperparameters.
  private var parallel: Exhibit? {
    let view = ParallelCoordinates(record.history)
    guard view.axes.count > 1, view.lines.count > 1 else { return nil }
    let losses = view.lines.map { run.objective.direction.loss($0.objective) }
    let (low, high) = (losses.min() ?? 0, losses.max() ?? 1)
    func place(_ objective: Double) -> Double {
      let loss = run.objective.direction.loss(objective)
      return high > low ? (high - loss) / (high - low) : 0.5
    }
    let ends = [view.lines.last, view.lines.first].compactMap { $0?.objective }
    let axes =
      view.axes.map { axis in
        ParallelChart.Axis(
          axis.name,
          axis.ticks.map { ParallelChart.Tick(text($0.value), at: $0.place) }
        )
      } + [
        ParallelChart.Axis(
          objectiveName,
          ends.map { ParallelChart.Tick(short($0), at: place($0)) }
        )
      ]
    let lines = view.lines.map { line -> ParallelChart.Line in
      let trial = record.history.trials[line.trial]
      return ParallelChart.Line(
        "job \(record.number(of: trial))",
        places: line.places + [place(line.objective)],
        texts: view.axes.map { axis in trial.configuration[axis.name].map { text($0) } ?? "" }
          + [short(line.objective)],
        rank: line.rank
      )
    }
    return .chart(
      .parallel(
        ParallelChart(
          ChartText(
            "Every job across the hyperparameters",
            "\(lines.count) jobs as lines from \(view.axes[0].name) to \(objectiveName), where the best "
              + "is at the top.",
            note: "The best job and the best quarter are coloured."
          ),
          axes: axes,
          lines: lines
        )
      )
    )
  }

  private func importanceChart(_ importance: SurrogateView.Importance) -> Exhibit? {
    guard importance.totals.count > 1 else { return nil }
    let order = importance.totals.sorted { ($1.share, $0.names[0]) < ($0.share, $1.names[0]) }
    return .chart(
      .bar(
        BarChart(
          ChartText(
            "What the objective depends on",
            "Shares of the objective's variation over the space in which each hyperparameter has a "
              + "part, by a model of the jobs; \(order[0].names[0]) has the largest.",
            note: "By the model of the jobs; shares overlap where hyperparameters interact."
          ),
          axis: ChartAxis.fraction("share of the variation"),
          bars: order.map { BarChart.Bar($0.names[0], $0.share) }
        )
      )
    )
  }

  private func interactionTable(_ importance: SurrogateView.Importance) -> Exhibit? {
    let shown = importance.interactions.filter { $0.share >= 0.01 }.prefix(6)
    guard !shown.isEmpty else { return nil }
    return .table(
      TableExhibit(
        caption: "Interactions: what two hyperparameters explain beyond their own shares",
        columns: [TableColumn("hyperparameters"), TableColumn("share", .numeric)],
        rows: shown.map { effect in
          [.text(effect.names.joined(separator: " × ")), .number(effect.share, .general(3))]
        }
      )
    )
  }

  /// The objective along one hyperparameter, the others as the best job has them.
  private func slice(_ view: SurrogateView, _ name: String) -> Exhibit? {
    guard let slice = view.slice(name), slice.values.count > 1,
      let range = kind.ranges.first(where: { $0.name.value == name })?.range
    else { return nil }
    let words = ChartText(
      "\(objectiveName) along \(name)",
      "What the model of the jobs expects from \(text(slice.values[0])) to "
        + "\(text(slice.values[slice.values.count - 1])), the others as the best job has them.",
      note: "The band is its 95 % interval."
    )
    if case .categorical = range.kind {
      return .chart(
        .interval(
          IntervalChart(
            words,
            axis: ChartAxis(objectiveName),
            items: zip(slice.values, slice.estimates).map { value, estimate in
              IntervalChart.Item(
                text(value),
                estimate.objective,
                low: estimate.lower,
                high: estimate.upper
              )
            }
          )
        )
      )
    }
    let x = slice.values.map { $0.asNumber ?? .nan }
    let jobs = result.jobs.filter { $0.trial.objective != nil }
    let low = slice.estimates.map { $0.lower }
    let high = slice.estimates.map { $0.upper }
    // Jobs far outside of what the slice shows would flatten it.
    let (floor, ceiling) = (low.min() ?? 0, high.max() ?? 1)
    let near = jobs.filter { job in
      let y = job.trial.objective ?? .nan
      return y >= floor - (ceiling - floor) && y <= ceiling + (ceiling - floor)
    }
    return .chart(
      .line(
        LineChart(
          words,
          x: ChartAxis(name, scale: range.isLogarithmic ? .logarithmic : .linear),
          y: ChartAxis(objectiveName),
          series: [
            LineChart.Series("expected", x: x, y: slice.estimates.map { $0.objective }),
            LineChart.Series(
              "jobs",
              x: near.map { $0.trial.configuration[name]?.asNumber ?? .nan },
              y: near.map { $0.trial.objective ?? .nan },
              shape: .hollowPoints
            ),
          ],
          bands: [LineChart.Band("95 %", x: x, low: low, high: high)]
        )
      )
    )
  }

  /// The objective over the two hyperparameters that matter most, and how sure the model is of it.
  private func contour(_ view: SurrogateView, _ order: [String]) -> Exhibit? {
    guard order.count > 1, let contour = view.contour(order[0], order[1], points: 9) else {
      return nil
    }
    guard contour.values[0].count > 1, contour.values[1].count > 1 else { return nil }
    let best = order.prefix(2).map { name in
      "\(name) \(result.best.configuration[name].map { text($0) } ?? "")"
    }
    func map(_ words: ChartText, _ value: (SurrogateView.Estimate) -> Double) -> Exhibit {
      .chart(
        .heatmap(
          HeatmapChart(
            words,
            rowTitle: order[0],
            columnTitle: order[1],
            rows: contour.values[0].map { shortText($0) },
            columns: contour.values[1].map { shortText($0) },
            values: contour.estimates.map { row in row.map { value($0) } },
            format: .general(3)
          )
        )
      )
    }
    return .group([
      map(
        ChartText(
          "\(objectiveName) over \(order[0]) and \(order[1])",
          "What the model of the jobs expects, the others as the best job has them; the best job has "
            + "\(best.joined(separator: " and "))."
        )
      ) { $0.objective },
      map(
        ChartText(
          "How unsure the model is of it",
          "The width of the 95 % interval of what the model expects, over the same settings.",
          note: "The width of the 95 % interval."
        )
      ) { $0.upper - $0.lower },
    ])
  }

  private func shortText(_ value: Value) -> String {
    if case .number(let number) = value { return DecimalText.general(number, digits: 2) }
    return text(value)
  }
}

extension ParameterRange {
  /// Whether the range is spread by factors.
  var isLogarithmic: Bool {
    switch kind {
    case .continuous(let lower, let upper, let scaling):
      scaling.resolved(lower, upper) == .logarithmic
    case .integer(let lower, let upper, let scaling):
      scaling.resolved(Double(lower), Double(upper)) == .logarithmic
    case .categorical: false
    }
  }
}
