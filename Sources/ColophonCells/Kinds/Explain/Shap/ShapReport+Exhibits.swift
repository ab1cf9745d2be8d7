import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonReport

/// How many columns a picture shows.
private let columnLimit = 12

extension ShapReport {
  func exhibits() throws -> [Exhibit] {
    var exhibits: [Exhibit] = [.facts(facts)]
    if output == nil { exhibits.append(.chart(.heatmap(classGrid))) }
    // Who asks about single rows sees them, and the summary in numbers.
    let isOfRows = !request.rows.isEmpty
    if isOfRows { exhibits.append(.group(waterfalls.map { .chart(.waterfall($0)) })) }
    if !isOfRows { exhibits.append(.chart(.beeswarm(beeswarm))) }
    exhibits.append(.table(table))
    if !isOfRows { exhibits.append(.group(waterfalls.map { .chart(.waterfall($0)) })) }
    if !isOfRows || !request.features.isEmpty { exhibits.append(.group(try dependences())) }
    if !isOfRows { exhibits.append(.chart(.force(force))) }
    if shap.interactions != nil { exhibits.append(.chart(.heatmap(interactionGrid))) }
    return exhibits
  }

  private var facts: [Fact] {
    let rows = NumberFormat.standard(.integer(shap.positions.count))
    let all = NumberFormat.standard(.integer(subject.rows.count))
    let isPart = shap.positions.count < subject.rows.count
    var facts = [
      Fact(
        "rows",
        rows,
        note: (isPart ? "evenly spread over the \(all) of " : "") + subject.origin
      ),
      Fact(
        "explainer",
        shap.explainer.name,
        note: shap.isExact ? "exact" : "estimated by sampling"
      ), Fact("unknown features", shap.absent),
    ]
    if let count = shap.coalitions {
      facts.append(
        Fact("sets of columns", NumberFormat.standard(.integer(count)), note: "for each row")
      )
    }
    if output != nil {
      let base = NumberFormat.standard(.number(shap.summary.base[pictured]))
      facts.append(Fact("base value", base, note: axisWords))
    }
    let gap = NumberFormat.general(2)
    let text = (try? gap.text(of: .number(shap.additivity))) ?? ""
    facts.append(
      Fact("largest error of sums", text, note: "base and values against the model's own number")
    )
    return facts
  }

  private var limitNote: String {
    names.count > columnLimit ? " The \(columnLimit) largest of \(names.count) columns." : ""
  }

  private var classGrid: HeatmapChart {
    let order = ranked.prefix(columnLimit)
    return HeatmapChart(
      ChartText(
        "What each feature adds to each class",
        "The mean size of what each column adds to the \(shap.scale.words) of each class.",
        note: limitNote.isEmpty ? nil : String(limitNote.dropFirst())
      ),
      rowTitle: "feature",
      columnTitle: "class",
      rows: order.map { names[$0] },
      columns: shap.labels,
      values: order.map { column in
        shap.labels.indices.map { shap.summary.meanSize(output: $0, feature: column) }
      }
    )
  }

  private var beeswarm: BeeswarmChart {
    let order = Array(ranked.prefix(columnLimit))
    let top = order.first.map { names[$0] } ?? ""
    let lanes = order.map { column in
      BeeswarmChart.Lane(
        names[column],
        values: shap.positions.indices.map { shap.summary[$0, pictured, column] },
        shades: shades(column) ?? []
      )
    }
    return BeeswarmChart(
      ChartText(
        "What each feature adds to each prediction",
        "A dot for each row and column; \(top) moves predictions most. Columns from top to bottom by "
          + "their mean size.",
        note: "Right of 0 a feature raises the prediction of that row, left of it lowers it. "
          + "Categories, which have no order, are in one colour.\(limitNote)"
      ),
      axis: ChartAxis("adds to the \(axisWords)"),
      lanes: lanes,
      shadeTitle: lanes.contains { !$0.shades.isEmpty } ? "feature value" : nil
    )
  }

  /// The rank of each summary row's value among all, from 0 to 1; nil for categories.
  func shades(_ column: Int) -> [Double?]? {
    let rows = shap.positions.map { subject.rows[$0] }
    return subject.values(column, rows: rows, shap.summaryRows).map { Ranks.shares($0) }
  }

  private var table: TableExhibit {
    let sizes = importance
    return TableExhibit(
      caption: "Mean size of what each feature adds",
      columns: [
        TableColumn("feature"), TableColumn("mean size", .numeric), TableColumn("share", .numeric),
      ],
      rows: ranked.map { column in
        let total = sizes.reduce(0, +)
        let share = total > 0 ? sizes[column] / total : 0
        return [
          .code(names[column]), .number(sizes[column]), .number(share, .percent(1)),
        ]
      },
      visibleRows: 12
    )
  }

  /// The rows that are told one by one: those that were chosen, else the highest and the lowest.
  private var waterfalls: [WaterfallChart] {
    if !request.rows.isEmpty {
      return shap.chosen.indices.prefix(6).map {
        waterfall(shap.single, $0, position: shap.chosen[$0], shap.singleRows, "")
      }
    }
    let totals = shap.positions.indices.map { shap.summary.total($0, output: pictured) }
    guard let high = totals.indices.max(by: { (totals[$0], $1) < (totals[$1], $0) }),
      let low = totals.indices.min(by: { (totals[$0], $0) < (totals[$1], $1) })
    else { return [] }
    let ends = high == low ? [(high, "")] : [(high, ", the highest"), (low, ", the lowest")]
    return ends.map {
      waterfall(shap.summary, $0.0, position: shap.positions[$0.0], shap.summaryRows, $0.1)
    }
  }

  private func waterfall(
    _ values: Attributions,
    _ row: Int,
    position: Int,
    _ features: FeatureMatrix,
    _ words: String
  ) -> WaterfallChart {
    let own = Array(values.row(row, output: pictured))
    let order = own.indices.sorted {
      (own[$1].magnitude, $0) < (own[$0].magnitude, $1)
    }
    let shown = own.count > columnLimit ? Array(order.prefix(columnLimit - 2)) : order
    var steps = shown.map { column in
      let value = subject.text(column, row: subject.rows[position], features, row)
      return WaterfallChart.Step("\(names[column]) = \(value)", own[column])
    }
    if shown.count < own.count {
      let rest = order.dropFirst(shown.count).reduce(0) { $0 + own[$1] }
      steps.append(WaterfallChart.Step("\(own.count - shown.count) other features", rest))
    }
    let total = NumberFormat.standard(.number(values.total(row, output: pictured)))
    let most = steps.first?.label ?? ""
    return WaterfallChart(
      ChartText(
        "Row \(position)\(words)",
        "From the base to \(total), step by step; \(most) adds most."
      ),
      axis: ChartAxis(axisWords),
      base: values.base[pictured],
      steps: steps,
      totalLabel: "this row"
    )
  }

  private var force: ForceChart {
    let shown = Array(ranked.prefix(5))
    let rest = ranked.dropFirst(5)
    let totals = shap.positions.indices.map { shap.summary.total($0, output: pictured) }
    let order = totals.indices.sorted { (totals[$0], $0) < (totals[$1], $1) }
    return ForceChart(
      ChartText(
        "What pushes each prediction up and down",
        "Rows from the lowest prediction to the highest; what raises a row stands above 0, what lowers "
          + "it below, and the line is their sum.",
        note: "The line is the prediction's distance from the base value."
      ),
      x: ChartAxis("row, by prediction"),
      y: ChartAxis("adds to the \(axisWords)"),
      parts: shown.map { names[$0] } + (rest.isEmpty ? [] : ["\(rest.count) others"]),
      columns: order.map { row in
        shown.map { shap.summary[row, pictured, $0] }
          + (rest.isEmpty ? [] : [rest.reduce(0) { $0 + shap.summary[row, pictured, $1] }])
      }
    )
  }

  private var interactionGrid: HeatmapChart {
    let order = Array(ranked.prefix(8))
    return HeatmapChart(
      ChartText(
        "What pairs of features add together",
        "The mean size of what two columns add together, beyond what each adds alone (on the diagonal).",
        note: "To the \(axisWords), summed over both halves of each pair."
      ),
      rowTitle: "feature",
      columnTitle: "with",
      rows: order.map { names[$0] },
      columns: order.map { names[$0] },
      values: order.map { a in order.map { strength(a, $0) } }
    )
  }
}

/// Ranks as shares.
enum Ranks {
  /// The mean rank of each number among all that are there, from 0 to 1; nil where one is missing.
  static func shares(_ values: [Double]) -> [Double?] {
    let order = values.indices.filter { values[$0].isFinite }
      .sorted { (values[$0], $0) < (values[$1], $1) }
    var shares = [Double?](repeating: nil, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let rank = Double(start + end - 1) / 2
      for place in start..<end {
        shares[order[place]] = order.count > 1 ? rank / Double(order.count - 1) : 0.5
      }
      start = end
    }
    return shares
  }
}
