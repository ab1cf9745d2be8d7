import ColophonCore
import ColophonLearning
import ColophonReport

/// How many features a chart shows.
private let chartLimit = 20

extension TrainReport {
  /// Coefficients: their effect a standard deviation as a chart, their own scale as a table.
  func coefficientExhibits(_ linear: LinearCoefficients) -> [Exhibit] {
    guard !linear.features.isEmpty else { return [] }
    let chart: Chart =
      linear.outputs.count == 1 ? .bar(coefficientBars(linear)) : .heatmap(coefficientGrid(linear))
    return [.chart(chart), .table(coefficientTable(linear))]
  }

  private func effect(_ linear: LinearCoefficients, _ output: Int, _ feature: Int) -> Double {
    linear[output, feature] * linear.deviations[feature]
  }

  /// Features by the largest effect of any output, ties in the features' order.
  private func ranked(_ linear: LinearCoefficients) -> [Int] {
    let sizes = linear.features.indices.map { j in
      linear.outputs.indices.reduce(0) { max($0, effect(linear, $1, j).magnitude) }
    }
    return linear.features.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
  }

  private func coefficientBars(_ linear: LinearCoefficients) -> BarChart {
    let order = ranked(linear).prefix(chartLimit)
    let top = order.first.map { linear.features[$0] } ?? ""
    return BarChart(
      ChartText(
        "Effect of each feature",
        "What one standard deviation of a feature adds to the prediction; \(top) adds most.",
        note: limitNote(linear.features.count)
      ),
      axis: ChartAxis("coefficient × standard deviation"),
      bars: order.map { BarChart.Bar(linear.features[$0], effect(linear, 0, $0)) },
      showsSign: true
    )
  }

  private func coefficientGrid(_ linear: LinearCoefficients) -> HeatmapChart {
    let order = Array(ranked(linear).prefix(chartLimit))
    return HeatmapChart(
      ChartText(
        "Effect of each feature on each class",
        "What one standard deviation of a feature adds to the log-odds of each class.",
        note: limitNote(linear.features.count)
      ),
      rowTitle: "feature",
      columnTitle: "class",
      rows: order.map { linear.features[$0] },
      columns: linear.outputs,
      values: order.map { j in linear.outputs.indices.map { effect(linear, $0, j) } },
      shading: .diverging
    )
  }

  private func limitNote(_ count: Int) -> String? {
    count > chartLimit ? "The \(chartLimit) largest of \(count); the table has all." : nil
  }

  private func coefficientTable(_ linear: LinearCoefficients) -> TableExhibit {
    let outputs = linear.outputs.indices
    let heads =
      linear.outputs.count == 1
      ? [TableColumn("coefficient", .numeric), TableColumn("× deviation", .numeric)]
      : linear.outputs.map { TableColumn($0, .numeric) }
    let rows = ranked(linear).map { j -> [TableCell] in
      let numbers = outputs.map { TableCell.number(linear[$0, j], .general(5)) }
      let more = outputs.count == 1 ? [TableCell.number(effect(linear, 0, j))] : []
      return [.code(linear.features[j])] + numbers + more
    }
    let intercept =
      [TableCell.text("intercept")] + outputs.map { .number(linear.intercepts[$0], .general(5)) }
      + (outputs.count == 1 ? [.missing] : [])
    return TableExhibit(
      caption: "Coefficients on the features' own scale",
      columns: [TableColumn("feature")] + heads,
      rows: [intercept] + rows,
      visibleRows: 12
    )
  }

  /// What each feature's splits gain on average, with cover and number.
  func importanceExhibits(_ importances: [FeatureImportance]) -> [Exhibit] {
    let order = importances.indices.sorted {
      (importances[$1].gain, $0) < (importances[$0].gain, $1)
    }.map { importances[$0] }
    let used = order.filter { $0.splits > 0 }
    guard let top = used.first else { return [] }
    let chart = BarChart(
      ChartText(
        "Gain of each feature",
        "The mean gain of the splits on each of \(used.count) features used; \(top.feature) "
          + "gains most.",
        note: limitNote(order.count)
      ),
      axis: ChartAxis("mean gain of a split", lower: 0),
      bars: used.prefix(chartLimit).map { BarChart.Bar($0.feature, $0.gain) }
    )
    let table = TableExhibit(
      caption: "Splits on each feature",
      columns: [
        TableColumn("feature"), TableColumn("gain", .numeric), TableColumn("cover", .numeric),
        TableColumn("splits", .numeric),
      ],
      rows: order.map {
        [
          .code($0.feature), .number($0.gain), .number($0.cover), .count(Int($0.splits)),
        ]
      },
      visibleRows: 12
    )
    return [.chart(.bar(chart)), .table(table)]
  }
}
