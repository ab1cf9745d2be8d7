import ColophonCore
import ColophonData
import ColophonLearning
import ColophonReport

extension CrossValidationReport {
  /// How many folds a picture shows.
  private static let pictured = 30

  var exhibits: [Exhibit] {
    [.facts(facts), notices, .table(summaryTable), charts, layout, foldTable].compactMap { $0 }
  }

  private var facts: [Fact] {
    let rows = dataset.rows(of: .train).count
    var facts = [Fact("recipe", cell.templateCell ?? "", note: algorithm)]
    facts.append(Fact("data", cell.data?.value ?? "", note: "\(grouped(rows)) training rows"))
    if !cell.preparations.isEmpty {
      facts.append(
        Fact(
          "prepared by",
          cell.preparations.map { $0.cell }.joined(separator: ", "),
          note: "fitted in each fold"
        )
      )
    }
    facts.append(
      Fact("folds", grouped(folds.count), note: cell.recipe.scheme == nil ? words : scheme.rawValue)
    )
    if cell.recipe.gap > 0 { facts.append(Fact("gap", "\(grouped(cell.recipe.gap)) rows")) }
    if let watched { facts.append(Fact("early stopping", watched)) }
    return facts
  }

  private var algorithm: String? { cell.template?.algorithm.map { type(of: $0).name } }

  private var words: String { "\(scheme.rawValue), as the data asks for" }

  /// What early stopping watches, which is never a held-out row.
  private var watched: String? {
    guard let rule = cell.template?.earlyStopping else { return nil }
    let whose =
      rule.split == .train
      ? "each fold's training rows"
      : scheme == .timeSeries
        ? "the last quarter of each window" : "the validation rows, which are in no fold"
    return "\(rule.metric) on \(whose)"
  }

  func grouped(_ count: Int) -> String { DecimalText.grouped(String(count)) }

  /// Folds in which a metric is undefined, and classes that some fold lacks.
  private var notices: Exhibit? {
    var texts: [String] = []
    for summary in result.summaries {
      let count = summary.folds.count { $0 == nil }
      guard count > 0 else { continue }
      let all = count == folds.count
      texts.append(
        "\(summary.metric) is undefined in \(all ? "every fold" : "\(count) of \(folds.count) folds")"
          + (all ? "" : ", and its mean is that of the others")
      )
    }
    if scheme == .stratified {
      let counts = dataset.classCounts(in: dataset.rows(of: .train))
      for (label, count) in zip(dataset.classes, counts) where count < folds.count {
        texts.append("'\(label)' has \(count) rows, so some folds hold out none")
      }
    }
    guard !texts.isEmpty else { return nil }
    return .notice(kind: .advice, text: texts.joined(separator: "; ") + ".")
  }

  private var summaryTable: TableExhibit {
    let rows = result.summaries.map { summary -> [TableCell] in
      let known = summary.folds.compactMap { $0 }
      return [
        .code(summary.metric), number(summary.mean, of: summary.metric),
        number(summary.deviation, of: summary.metric), number(known.min(), of: summary.metric),
        number(known.max(), of: summary.metric), number(summary.pooled, of: summary.metric),
      ]
    }
    return TableExhibit(
      caption: "Metrics over the folds; pooled is that of all held-out rows together",
      columns: [TableColumn("metric")]
        + ["mean", "std", "least", "greatest", "pooled"].map { TableColumn($0, .numeric) },
      rows: rows
    )
  }

  private func number(_ value: Double?, of metric: String) -> TableCell {
    value.map { .number($0, TrainMetrics.format(of: metric, dataset)) } ?? .missing
  }

  /// A dot for each fold, and the mean with a standard deviation to either side.
  private var charts: Exhibit? {
    guard folds.count <= CrossValidationReport.pictured else { return nil }
    let charts = result.summaries.prefix(4).compactMap { summary -> Exhibit? in
      guard let mean = summary.mean, let deviation = summary.deviation else { return nil }
      let items = summary.folds.enumerated().compactMap { fold, value in
        value.map { IntervalChart.Item("fold \(fold + 1)", $0) }
      }
      let middle = IntervalChart.Item(
        "mean",
        mean,
        low: mean - deviation,
        high: mean + deviation,
        note: "± std"
      )
      return .chart(
        .interval(
          IntervalChart(
            ChartText(
              "\(summary.metric) by fold",
              "\(summary.metric) of each fold's held-out rows, and their mean \(short(mean)) with a "
                + "standard deviation of \(short(deviation)) to either side."
            ),
            axis: ChartAxis(summary.metric),
            items: items + [middle],
            rules: [ChartRule(.vertical, at: mean)]
          )
        )
      )
    }
    return charts.isEmpty ? nil : charts.count == 1 ? charts[0] : .group(charts)
  }

  /// A line for each fold: its rows, its rounds, its metrics.
  private var foldTable: Exhibit? {
    let isIterative = algorithm.flatMap { algorithms[$0]?.isIterative } == true
    let hasWatched = result.folds.contains { $0.watchedRows > 0 }
    let shown = result.summaries.prefix(6)
    let heads =
      [TableColumn("fold"), TableColumn("trained", unit: "rows", .numeric)]
      + (hasWatched ? [TableColumn("watched", unit: "rows", .numeric)] : [])
      + [TableColumn("held out", unit: "rows", .numeric)]
      + (isIterative ? [TableColumn("rounds", .numeric)] : [])
      + shown.map { TableColumn($0.metric, .numeric) }
    let rows = result.folds.enumerated().map { place, fold -> [TableCell] in
      [.text("\(place + 1)"), .count(fold.trainRows)]
        + (hasWatched ? [.count(fold.watchedRows)] : []) + [.count(fold.heldRows)]
        + (isIterative ? [.count(fold.result.keptRound)] : [])
        + shown.map { number($0.folds[place], of: $0.metric) }
    }
    return .table(
      TableExhibit(caption: "Folds", columns: heads, rows: rows, visibleRows: 12)
    )
  }
}
