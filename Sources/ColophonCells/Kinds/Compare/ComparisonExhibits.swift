import ColophonCore
import ColophonEvaluation
import ColophonReport

/// What a comparison shows: facts, the differences with their intervals, tables, and words.
enum ComparisonExhibits {
  static func exhibits(_ comparison: Comparison) -> [Exhibit] {
    [.facts(facts(comparison)), chart(comparison)].compactMap { $0 }
      + comparison.paragraphs.map { .text($0) }
      + [.table(table(comparison))]
  }

  private static func facts(_ comparison: Comparison) -> [Fact] {
    let subjects = comparison.subjects
    let count = subjects.folds.map { "\(NumberFormat.standard(.integer($0))) folds" }
    return [
      Fact("metric", subjects.metric.name, note: sense(subjects.metric)),
      Fact("best", comparison.best, note: "of \(subjects.names.count) models"),
      Fact("baseline", comparison.baseline),
      Fact(
        "compared on",
        count ?? "\(NumberFormat.standard(.integer(subjects.rows))) rows",
        note: subjects.origin
      ),
      Fact("test", comparison.test.words, note: correction(comparison)),
    ]
  }

  private static func sense(_ metric: Metric) -> String {
    (metric.sense ?? 1) > 0 ? "higher is better" : "lower is better"
  }

  private static func correction(_ comparison: Comparison) -> String? {
    guard comparison.entries.count > 1, let words = comparison.settings.correction.words
    else { return nil }
    return "\(words) for \(comparison.entries.count) challengers"
  }

  private static func chart(_ comparison: Comparison) -> Exhibit? {
    let name = comparison.subjects.metric.name
    let sense = comparison.subjects.metric.sense ?? 1
    let items = comparison.entries.compactMap { entry -> IntervalChart.Item? in
      guard let difference = entry.evidence.difference, difference.isFinite else { return nil }
      let bounds = entry.evidence.interval.flatMap { interval in
        interval.low.isFinite && interval.high.isFinite ? interval : nil
      }
      return IntervalChart.Item(
        entry.name,
        difference,
        low: bounds?.low,
        high: bounds?.high,
        note: entry.verdict.words
      )
    }
    guard !items.isEmpty else { return nil }
    var rules = [ChartRule(.vertical, at: 0, comparison.baseline)]
    if let margin = comparison.settings.margin, margin > 0 {
      rules.append(ChartRule(.vertical, at: -sense * margin, "margin"))
    }
    return .chart(
      .interval(
        IntervalChart(
          ChartText(
            "Difference in \(name) to '\(comparison.baseline)'",
            "\(sense > 0 ? "Right" : "Left") of 0 a challenger is better; where a "
              + "\(comparison.percent) interval reaches over 0, chance may explain the difference.",
            note: items.count > 1 ? "Each interval holds for its challenger by itself." : nil
          ),
          axis: ChartAxis("difference in \(name)"),
          items: items,
          rules: rules
        )
      )
    )
  }

  private static func table(_ comparison: Comparison) -> TableExhibit {
    let format = comparison.subjects.metric.format
    let isCorrected = correction(comparison) != nil
    let isDiscordant = comparison.entries.contains { $0.evidence.discordance != nil }
    let hasMargin = comparison.settings.margin != nil
    func number(_ value: Double?, _ format: NumberFormat) -> TableCell {
      value.map { .number($0, format) } ?? .missing
    }
    var columns = [
      TableColumn("model"), TableColumn(comparison.subjects.metric.name, .numeric),
      TableColumn("difference", .numeric), TableColumn("low", .numeric),
      TableColumn("high", .numeric), TableColumn("p", .numeric),
    ]
    if isCorrected { columns.append(TableColumn("p, corrected", .numeric)) }
    if hasMargin { columns.append(TableColumn("p of the margin", .numeric)) }
    if isDiscordant {
      columns += [
        TableColumn("right alone", .numeric), TableColumn("wrong alone", .numeric),
      ]
    }
    columns.append(TableColumn("verdict"))
    var first = [TableCell.code(comparison.baseline), number(comparison.baselineValue, format)]
    first += (0..<columns.count - 3).map { _ in .text("") }
    first.append(.text("baseline"))
    let rows = comparison.entries.map { entry -> [TableCell] in
      let interval = entry.evidence.interval
      var cells = [
        .code(entry.name), number(entry.value, format), number(entry.evidence.difference, format),
        number(interval?.low, format), number(interval?.high, format),
        number(entry.evidence.pValue, .general(3)),
      ]
      if isCorrected { cells.append(number(entry.pValue, .general(3))) }
      if hasMargin { cells.append(number(entry.nonInferiority, .general(3))) }
      if isDiscordant {
        let counts = entry.evidence.discordance
        cells += [
          counts.map { .count($0.challengerAlone) } ?? .missing,
          counts.map { .count($0.baselineAlone) } ?? .missing,
        ]
      }
      cells.append(.text(entry.verdict.words))
      return cells
    }
    return TableExhibit(
      caption: "\(comparison.percent) intervals of the difference to the baseline",
      columns: columns,
      rows: [first] + rows,
      isSortable: false,
      visibleRows: 20
    )
  }
}
