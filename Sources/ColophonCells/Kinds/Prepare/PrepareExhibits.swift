import ColophonCore
import ColophonData
import ColophonReport

/// What a reader of the report sees of a preparation.
enum PrepareExhibits {
  /// How many rows of a table stand open before the rest is folded.
  private static let openRows = 10
  /// How many changed columns are drawn.
  private static let drawn = 3

  static func exhibits(
    _ before: Dataset,
    _ after: Dataset,
    _ reports: [PreparationRecipe.StepReport],
    source: String
  ) -> [Exhibit] {
    [.facts(facts(before, after, source: source)), .table(steps(before, reports))]
      + reports.enumerated().compactMap { place, report in
        lessons(report.fitted, place: place).map { .table($0) }
      }
      + [.table(columns(before, after))]
      + histograms(before, after)
  }

  private static func facts(_ before: Dataset, _ after: Dataset, source: String) -> [Fact] {
    var facts = [
      Fact("data", source),
      Fact(
        "features",
        count(after.features.count),
        note: "of \(count(before.features.count)) before"
      ),
      Fact(
        "rows",
        count(after.table.rowCount),
        note: before.table.rowCount == after.table.rowCount
          ? nil : "of \(count(before.table.rowCount)) before"
      ),
    ]
    facts.append(Fact("fitted on", count(FittingRows(before).rows.count), note: "training rows"))
    return facts
  }

  private static func count(_ count: Int) -> String { DecimalText.grouped(String(count)) }

  /// The steps in order, and how many features and rows each left.
  private static func steps(
    _ before: Dataset,
    _ reports: [PreparationRecipe.StepReport]
  ) -> TableExhibit {
    let rows = reports.enumerated().map { place, report -> [TableCell] in
      let name = type(of: report.fitted).name
      return [
        .count(place + 1), .code(name), .text(transforms[name]?.summary ?? ""),
        .count(report.features), .count(report.rows),
      ]
    }
    return TableExhibit(
      caption: "Steps",
      columns: [
        TableColumn("step", .numeric), TableColumn("name"), TableColumn("what it makes"),
        TableColumn("features after", .numeric), TableColumn("rows after", .numeric),
      ],
      rows: rows,
      isSortable: false,
      visibleRows: openRows
    )
  }

  /// What a step learned: a row for each column (or class), a column for each quantity.
  private static func lessons(_ fitted: any FittedTransform, place: Int) -> TableExhibit? {
    let learned = fitted.learned.sorted { $0.key < $1.key }.compactMap { key, value in
      value.asObject.map { (key: key, members: $0) }
    }
    let names = Set(learned.flatMap { $0.members.keys }).sorted(by: scalarOrder)
    guard !names.isEmpty else { return nil }
    return TableExhibit(
      caption: "What step \(place + 1), \(type(of: fitted).name), learned from the training rows",
      columns: [TableColumn("of")]
        + learned.map { TableColumn($0.key, isNumeric($0.members) ? .numeric : .text) },
      rows: names.map { name in [.code(name)] + learned.map { cell($0.members[name]) } },
      visibleRows: openRows
    )
  }

  private static func isNumeric(_ members: [String: Value]) -> Bool {
    members.values.allSatisfy { $0.asNumber != nil }
  }

  private static func cell(_ value: Value?) -> TableCell {
    switch value {
    case .integer(let number)?: .count(number)
    case .number(let number)?: .number(number, .general(5))
    case .string(let text)?: .text(text)
    case .array(let items)?: .text(list(items))
    default: .missing
    }
  }

  /// The first few of a list, and how many more there are.
  private static func list(_ items: [Value]) -> String {
    let shown = items.prefix(8).map { item in
      item.asNumber.map { DecimalText.general($0, digits: 5) } ?? item.asString ?? ""
    }
    let more = items.count > 8 ? " and \(items.count - 8) more" : ""
    return shown.joined(separator: ", ") + more
  }

  // MARK: Before and after

  /// Each column that the steps changed, made or left out, before and after.
  private static func columns(_ before: Dataset, _ after: Dataset) -> TableExhibit {
    let gone = before.table.columns.filter { after.table[$0.name] == nil }
    let changed = after.table.columns.filter { before.table[$0.name] != $0 }
    let same = after.table.columns.count - changed.count
    let rows = (gone + changed).map { column -> [TableCell] in
      [.code(column.name)] + cells(before.table[column.name]) + cells(after.table[column.name])
    }
    let heads = ["before", "after"].flatMap { side in
      [
        TableColumn("type", unit: side), TableColumn("mean", unit: side, .numeric),
        TableColumn("std", unit: side, .numeric), TableColumn("missing", unit: side, .numeric),
      ]
    }
    return TableExhibit(
      caption: "Columns before and after"
        + (same > 0 ? "; \(same) that stayed as they were are not listed" : ""),
      columns: [TableColumn("column")] + heads,
      rows: rows,
      visibleRows: openRows
    )
  }

  /// Type, mean, deviation and missing values of a column; dashes where it isn't there.
  private static func cells(_ column: Column?) -> [TableCell] {
    guard let column else { return [TableCell](repeating: .missing, count: 4) }
    let summary = column.type == .time ? nil : column.numbers.flatMap { NumberSummary($0) }
    return [
      .text(column.type.rawValue), summary.map { .number($0.mean) } ?? .missing,
      summary.flatMap { $0.std.isNaN ? nil : .number($0.std) } ?? .missing,
      .count(column.missingCount),
    ]
  }

  /// The first features whose distribution has another shape afterwards.
  private static func histograms(_ before: Dataset, _ after: Dataset) -> [Exhibit] {
    let changed = after.features.compactMap { column -> Exhibit? in
      guard let old = before.table[column.name]?.numbers.flatMap({ NumberSummary($0) }),
        let new = column.numbers.flatMap({ NumberSummary($0) }), old.counts != new.counts
      else { return nil }
      return .group([chart(column.name, "before", old), chart(column.name, "after", new)])
    }
    return Array(changed.prefix(drawn))
  }

  private static func chart(_ name: String, _ side: String, _ summary: NumberSummary) -> Exhibit {
    let text = ChartText(
      "\(name) \(side)",
      "How often each value of \(name) comes \(side) the steps; the median is "
        + "\(DecimalText.general(summary.median, digits: 4))."
    )
    let series = HistogramChart.Series(
      "rows",
      edges: summary.edges,
      counts: summary.counts.map { Double($0) }
    )
    return .chart(.histogram(HistogramChart(text, x: ChartAxis(name), series: [series])))
  }
}
