import ColophonCore
import ColophonEvaluation
import ColophonReport

extension PerformanceReport {
  /// A sentence of the verdict.
  var words: String {
    guard let reference, let current else { return "" }
    let start =
      " Its \(metric.name) is \(DecimalText.general(current, digits: 4)) on the labelled rows of now, "
      + "beside \(DecimalText.general(reference, digits: 4)) on the reference"
    guard let fell else { return start + "." }
    return start
      + (fell
        ? "; in the last slice of time its whole interval is worse than that."
        : "; in the last slice of time its interval is not clear of that.")
  }

  var exhibits: [Exhibit] {
    guard !slices.isEmpty else { return [] }
    var exhibits: [Exhibit] = []
    if slices.count > 1 { exhibits.append(chart) }
    exhibits.append(.table(table))
    if unlabelled > 0 {
      exhibits.append(
        .text("\(DecimalText.grouped(String(unlabelled))) rows of now have no label yet.")
      )
    }
    return exhibits
  }

  private var chart: Exhibit {
    let shown = slices.filter { $0.interval != nil }
    let first = slices.first?.value.map { DecimalText.general($0, digits: 3) } ?? "undefined"
    let last = slices.last?.value.map { DecimalText.general($0, digits: 3) } ?? "undefined"
    let note =
      fell == true ? "The last interval lies wholly on the worse side of the reference." : nil
    return .chart(
      .line(
        LineChart(
          ChartText(
            "\(metric.name) over time",
            "The \(metric.name) in \(slices.count) slices of \(time ?? "time"), from \(first) in the "
              + "first to \(last) in the last.",
            note: note
          ),
          x: ChartAxis(axis),
          y: ChartAxis(metric.name),
          series: [
            LineChart.Series(
              metric.name,
              x: slices.map { $0.place },
              y: slices.map { $0.value ?? .nan },
              shape: .markedLine
            )
          ],
          bands: [
            LineChart.Band(
              "95 % interval",
              x: shown.map { $0.place },
              low: shown.map { $0.interval?.low ?? 0 },
              high: shown.map { $0.interval?.high ?? 0 }
            )
          ],
          rules: reference.map { [ChartRule(.horizontal, at: $0, "reference")] } ?? []
        )
      )
    )
  }

  private var table: TableExhibit {
    TableExhibit(
      caption: "\(metric.name) by slice; 95 % intervals: bias-corrected and accelerated bootstrap, "
        + "\(DecimalText.grouped(String(PerformanceReport.resamples))) resamples",
      columns: [
        TableColumn("from"), TableColumn("to"), TableColumn("rows", .numeric),
        TableColumn(metric.name, .numeric), TableColumn("low", .numeric),
        TableColumn("high", .numeric),
      ],
      rows: slices.map { slice in
        [
          .text(slice.from), .text(slice.to), .count(slice.rows),
          slice.value.map { .number($0, .general(4)) } ?? .missing,
          slice.interval.map { .number($0.low, .general(4)) } ?? .missing,
          slice.interval.map { .number($0.high, .general(4)) } ?? .missing,
        ]
      },
      visibleRows: 12
    )
  }
}
