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

  /// What each feature's splits are worth: its share of the fall in impurity where the model has
  /// one, else their mean gain; with cover and number.
  func importanceExhibits(_ importances: [FeatureImportance]) -> [Exhibit] {
    let worth = importances.map { $0.share ?? $0.gain }
    let order = importances.indices.sorted { (worth[$1], $0) < (worth[$0], $1) }
    let used = order.filter { importances[$0].splits > 0 }
    guard let top = used.first.map({ importances[$0] }) else { return [] }
    let hasShares = top.share != nil
    let chart = BarChart(
      hasShares
        ? ChartText(
          "Importance of each feature",
          "The share of each of \(used.count) features used in all that splits lower the impurity; "
            + "\(top.feature) has most.",
          note: limitNote(order.count)
        )
        : ChartText(
          "Gain of each feature",
          "The mean gain of the splits on each of \(used.count) features used; \(top.feature) "
            + "gains most.",
          note: limitNote(order.count)
        ),
      axis: ChartAxis(
        hasShares ? "share of the fall in impurity" : "mean gain of a split",
        lower: 0
      ),
      bars: used.prefix(chartLimit).map { BarChart.Bar(importances[$0].feature, worth[$0]) }
    )
    return [.chart(.bar(chart)), .table(importanceTable(order.map { importances[$0] }, hasShares))]
  }

  private func importanceTable(
    _ importances: [FeatureImportance],
    _ hasShares: Bool
  ) -> TableExhibit {
    let shares = hasShares ? [TableColumn("share", .numeric)] : []
    return TableExhibit(
      caption: "Splits on each feature",
      columns: [TableColumn("feature")] + shares + [
        TableColumn("gain", .numeric), TableColumn("cover", .numeric),
        TableColumn("splits", .numeric),
      ],
      rows: importances.map { importance in
        let share = importance.share.map { [TableCell.number($0)] } ?? []
        return [.code(importance.feature)] + share + [
          .number(importance.gain), .number(importance.cover), .count(Int(importance.splits)),
        ]
      },
      visibleRows: 12
    )
  }
}
