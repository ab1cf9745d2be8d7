import ColophonCore
import ColophonData
import ColophonReport

/// What a reader of the report sees of a dataset.
enum DatasetExhibits {
  /// How many columns stand open before the rest is folded.
  private static let openColumns = 12

  static func exhibits(
    _ dataset: Dataset,
    _ profile: DatasetProfile,
    source: String
  ) -> [Exhibit] {
    var exhibits: [Exhibit] = [.facts(facts(dataset, profile, source: source))]
    if !profile.classes.isEmpty { exhibits.append(.table(balance(profile, dataset))) }
    if let chart = targetChart(dataset) { exhibits.append(.chart(chart)) }
    exhibits.append(.table(columns(dataset, profile)))
    return exhibits
  }

  private static func facts(
    _ dataset: Dataset,
    _ profile: DatasetProfile,
    source: String
  ) -> [Fact] {
    var facts = [
      Fact("source", source), Fact("rows", count(profile.rows)),
      Fact("features", count(dataset.features.count), note: "of \(profile.columns.count) columns"),
      Fact("task", dataset.task.rawValue),
    ]
    if let target = dataset.target {
      let positive = dataset.task == .binary ? dataset.classes.last : nil
      facts.append(Fact("target", target, note: positive.map { "positive: \($0)" }))
    }
    for (split, rows) in zip(Split.allCases, profile.splits) where rows > 0 {
      facts.append(Fact(split.rawValue, count(rows), note: share(rows, of: profile.rows)))
    }
    let none = profile.rows - profile.splits.reduce(0, +)
    if none > 0 { facts.append(Fact("in no split", count(none))) }
    if !profile.columns.contains(where: { $0.missing > 0 }) {
      facts.append(Fact("missing values", "none"))
    }
    return facts
  }

  private static func count(_ count: Int) -> String { DecimalText.grouped(String(count)) }

  private static func share(_ part: Int, of whole: Int) -> String {
    DecimalText.fixed(Double(part) / Double(max(whole, 1)) * 100, decimals: 1) + "\u{202F}%"
  }

  /// How the classes fall to the splits.
  private static func balance(_ profile: DatasetProfile, _ dataset: Dataset) -> TableExhibit {
    let used = profile.splits.indices.filter { profile.splits[$0] > 0 }
    let labelled = profile.classes.reduce(0) { $0 + $1.count }
    let rows = profile.classes.map { item -> [TableCell] in
      let share = Double(item.count) / Double(max(labelled, 1))
      return [
        .text(item.label), .count(item.count), .number(share, .percent(1), bar: share),
      ]
        + used.map { .count(item.bySplit[$0]) }
    }
    let splits = used.map { TableColumn(Split.allCases[$0].rawValue, unit: "rows", .numeric) }
    return TableExhibit(
      caption: "Classes of \(dataset.target ?? "the target")",
      columns: [
        TableColumn("class"), TableColumn("rows", .numeric), TableColumn("share", .numeric),
      ] + splits,
      rows: rows,
      visibleRows: openColumns
    )
  }

  /// The distribution of a number that is to be predicted, training rows beside the others.
  private static func targetChart(_ dataset: Dataset) -> Chart? {
    guard let column = dataset.targetColumn, let values = column.numbers,
      let summary = NumberSummary(values)
    else { return nil }
    let series = Split.allCases.compactMap { split -> HistogramChart.Series? in
      let rows = dataset.rows(of: split)
      guard !rows.isEmpty else { return nil }
      let counts = NumberSummary.counts(rows.map { values[$0] }, edges: summary.edges)
      return HistogramChart.Series(
        split.rawValue,
        edges: summary.edges,
        counts: counts.map { Double($0) }
      )
    }
    let range =
      "from \(DecimalText.general(summary.min, digits: 4)) to "
      + DecimalText.general(summary.max, digits: 4)
    let text = ChartText(
      "Distribution of \(column.name)",
      "How often each value of \(column.name) comes, \(range), by split; the median is "
        + "\(DecimalText.general(summary.median, digits: 4))."
    )
    return .histogram(HistogramChart(text, x: ChartAxis(column.name), series: series))
  }

  /// A row for each column: what it holds and how it is spread.
  private static func columns(_ dataset: Dataset, _ profile: DatasetProfile) -> TableExhibit {
    // A column of zeros would say less than the room it takes.
    let hasMissing = profile.columns.contains { $0.missing > 0 }
    let heads =
      [TableColumn("column"), TableColumn("type"), TableColumn("distribution")]
      + (hasMissing ? [TableColumn("missing", .numeric)] : [])
      + ["distinct", "mean", "std", "min", "median", "max"].map { TableColumn($0, .numeric) }
    let rows = zip(profile.columns, dataset.table.columns).map { profile, column in
      row(profile, column, role: role(of: column.name, in: dataset), showsMissing: hasMissing)
    }
    return TableExhibit(caption: "Columns", columns: heads, rows: rows, visibleRows: openColumns)
  }

  private static func role(of name: String, in dataset: Dataset) -> String? {
    switch name {
    case dataset.target: "target"
    case dataset.weight: "weight"
    case dataset.group: "group"
    case dataset.time: "time"
    default: nil
    }
  }

  private static func row(
    _ profile: ColumnProfile,
    _ column: Column,
    role: String?,
    showsMissing: Bool
  ) -> [TableCell] {
    let rows = max(profile.count + profile.missing, 1)
    let type = profile.type.rawValue
    let bar = profile.missing > 0 ? Double(profile.missing) / Double(rows) : nil
    var cells: [TableCell] = [
      .code(profile.name),
      .text(role.map { $0 == type ? type : "\(type), \($0)" } ?? type),
      profile.numbers.map { .sparkline($0.counts.map { Double($0) }) }
        ?? levels(profile, isNamed: role != "target"),
    ]
    if showsMissing { cells.append(.number(Double(profile.missing), .thousands, bar: bar)) }
    cells.append(.count(profile.distinct))
    guard let numbers = profile.numbers else {
      return cells + [TableCell](repeating: .missing, count: 5)
    }
    if column.type == .time, column.isCalendar {
      let dates = [numbers.min, numbers.median, numbers.max].map {
        TableCell.text(ISOTime.text($0))
      }
      return cells + [.missing, .missing] + dates
    }
    return cells
      + [numbers.mean, numbers.std, numbers.min, numbers.median, numbers.max].map {
        $0.isNaN ? .missing : .number($0)
      }
  }

  /// The most frequent values with their shares, and a bar for each in a word's room.
  ///
  /// The target's are named in the table of classes already.
  private static func levels(_ profile: ColumnProfile, isNamed: Bool) -> TableCell {
    guard let first = profile.levels.first else { return .missing }
    // Where hardly anything repeats, shares say nothing.
    if first.count == 1 { return .text("all different") }
    let named = profile.levels.prefix(1).map {
      "\($0.label.prefix(16)) \(share($0.count, of: profile.count))"
    }
    let more = profile.distinct > 1 ? " …" : ""
    return .sparkline(
      profile.levels.map { Double($0.count) },
      isNamed ? named.joined(separator: ", ") + more : ""
    )
  }
}
