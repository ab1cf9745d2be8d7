import ColophonCore
import ColophonEvaluation
import ColophonReport

extension DriftReport {
  /// How many columns are drawn at most, and where none has drifted.
  private static let (pictures, steadyPictures) = (6, 4)

  /// The verdict in words, every column's numbers, the columns that moved most, performance.
  var exhibits: [Exhibit] {
    var exhibits: [Exhibit] = [.facts(facts)]
    exhibits.append(.notice(kind: analysis.drifted.isEmpty ? .info : .advice, text: words))
    if let chart = sizes { exhibits.append(chart) }
    exhibits.append(.table(table))
    exhibits += notes.map { .text($0) }
    let moved = analysis.drifted.count
    let shown = min(max(moved, DriftReport.steadyPictures), DriftReport.pictures)
    let drawn = ranked.prefix(shown).compactMap(picture)
    if !drawn.isEmpty { exhibits.append(.group(Array(drawn))) }
    if let performance { exhibits += performance.exhibits }
    return exhibits
  }

  private var facts: [Fact] {
    [
      Fact(
        "reference",
        DecimalText.grouped(String(sides[0].rows)),
        note: "rows of \(sides[0].words)"
      ),
      Fact("now", DecimalText.grouped(String(sides[1].rows)), note: "rows of \(sides[1].words)"),
      Fact("columns", String(columns.count), note: "compared"),
      Fact("drifted", String(columns.count { $0.isDrifted }), note: "of them"),
    ]
  }

  /// The verdict for whoever reads nothing else.
  private var words: String {
    let moved = columns.filter { $0.isDrifted }
    let start: String
    if moved.isEmpty {
      start = "None of \(columns.count) columns has drifted."
    } else {
      let names = moved.prefix(8).map { "\($0.column) (\(DriftReport.reason($0)))" }
      let more = moved.count > 8 ? " and \(moved.count - 8) more" : ""
      start =
        "\(moved.count) of \(columns.count) columns \(moved.count == 1 ? "has" : "have") drifted: "
        + names.joined(separator: ", ") + more + "."
    }
    let said = prediction.map { verdict in
      verdict.isDrifted
        ? " The model’s predictions have drifted too (\(DriftReport.reason(verdict)))."
        : " The model’s predictions have not."
    }
    return start + (said ?? "") + (performance?.words ?? "")
  }

  /// "psi 0.412, ks p < 0.001".
  private static func reason(_ verdict: DriftAnalysis.Verdict) -> String {
    verdict.findings.filter { $0.isBeyond }.prefix(3).map { finding in
      let name = finding.test.name
      guard let p = finding.adjusted else {
        return "\(name) \(DecimalText.general(finding.reading?.value ?? 0, digits: 3))"
      }
      return p < 0.001 ? "\(name) p < 0.001" : "\(name) p = \(DecimalText.fixed(p, decimals: 3))"
    }.joined(separator: ", ")
  }

  /// The verdicts, those that moved most first; predictions before all.
  private var ranked: [DriftAnalysis.Verdict] {
    let size = tests.first { $0.measure == .size } ?? tests[0]
    func rank(_ verdict: DriftAnalysis.Verdict) -> Double {
      verdict[size.name]?.reading?.value ?? verdict.findings.first?.reading?.value ?? 0
    }
    let order = columns.indices.sorted { (rank(columns[$1]), $0) < (rank(columns[$0]), $1) }
    return [prediction].compactMap { $0 } + order.map { columns[$0] }
  }

  /// The first size of each column beside its threshold.
  private var sizes: Exhibit? {
    guard let test = tests.first(where: { $0.measure == .size && !$0.needsNumbers }) else {
      return nil
    }
    let bars = ranked.prefix(20).compactMap { verdict -> GroupedBarChart.Group? in
      guard let value = verdict[test.name]?.reading?.value else { return nil }
      return GroupedBarChart.Group(verdict.column, [value])
    }
    guard let bound = analysis.verdicts.first?[test.name]?.bound, !bars.isEmpty else { return nil }
    let beyond = bars.count { ($0.values[0] ?? 0) > bound }
    return .chart(
      .groupedBar(
        GroupedBarChart(
          ChartText(
            "How far each column has moved",
            "The \(test.name) of \(bars.count) columns, the largest first; \(beyond) lie beyond the "
              + "threshold of \(shortestText(bound)).",
            note: ranked.count > 20 ? "The first 20 of \(ranked.count)." : nil
          ),
          axis: ChartAxis(test.name, lower: 0),
          series: [test.name],
          groups: Array(bars),
          rules: [ChartRule(.vertical, at: bound, "threshold \(shortestText(bound))")]
        )
      )
    )
  }

  /// Every column's numbers.
  private var table: TableExhibit {
    var columns = [TableColumn("column"), TableColumn("verdict")]
    for test in tests {
      columns.append(TableColumn(test.name, .numeric))
      if test.measure == .chance {
        columns.append(TableColumn("p of \(test.name)", unit: "corrected", .numeric))
      }
    }
    columns += [TableColumn("missing then", .numeric), TableColumn("now", .numeric)]
    let hasChance = tests.contains { $0.measure == .chance }
    return TableExhibit(
      caption: hasChance
        ? "All columns; p-values with \(analysis.correction.words)" : "All columns",
      columns: columns,
      rows: ranked.map { row($0) },
      visibleRows: 14
    )
  }

  private func row(_ verdict: DriftAnalysis.Verdict) -> [TableCell] {
    let said = verdict.pair.isConstant ? "constant" : verdict.isDrifted ? "drifted" : "steady"
    var cells: [TableCell] = [.code(verdict.column), .text(said)]
    for test in tests {
      let finding = verdict[test.name]
      cells.append(finding?.reading.map { .number($0.value, .general(4)) } ?? .missing)
      if test.measure == .chance {
        cells.append(finding?.adjusted.map { .number($0, .general(3)) } ?? .missing)
      }
    }
    let missing = verdict.pair.missing
    cells += [.number(missing.reference, .percent(1)), .number(missing.current, .percent(1))]
    return cells
  }

  /// What the numbers leave unsaid.
  private var notes: [String] {
    var notes: [String] = []
    for verdict in columns {
      let unseen = verdict.pair.unseen
      if unseen.isEmpty { continue }
      let names = unseen.prefix(5).map { "“\($0.level)”" }.joined(separator: ", ")
      let more = unseen.count > 5 ? " and \(unseen.count - 5) more" : ""
      notes.append(
        "'\(verdict.column)' has values that the reference never had: \(names)\(more), in "
          + "\(NumberFormat.standard(.number(unseen.reduce(0) { $0 + $1.weight }))) rows."
      )
    }
    let hidden = columns.map { $0.column }.filter { DriftReport.ownNames.contains($0) }
    if !hidden.isEmpty {
      notes.append(
        "No value path leads to \(hidden.map { "'\($0)'" }.joined(separator: ", ")): the cell has "
          + "values of its own by that name."
      )
    }
    if !skipped.isEmpty {
      let list = skipped.prefix(10).map { "'\($0.column)' (\($0.reason))" }.joined(separator: ", ")
      notes.append(
        "Not compared: \(list)" + (skipped.count > 10 ? " and \(skipped.count - 10) more." : ".")
      )
    }
    return notes
  }
}
