import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonReport

/// Effects of columns as a cell's values and pictures.
struct PartialReport {
  let work: PartialWork
  let effects: [ColumnEffect]
  let pairs: [PairEffect]
  /// Whether single rows are the subject, and not their mean.
  let showsRows: Bool

  private var subject: ExplainSubject { work.subject }
  private var isCentred: Bool { work.request.isCentred }

  func name(_ column: Int) -> String { subject.columns[column].name }

  /// The classes that are told of; empty for one output.
  private var labels: [String] {
    work.outputs.count > 1 ? work.outputs.map { subject.outputLabels[$0] } : []
  }

  private func shown(_ curves: PartialDependence) -> PartialDependence {
    isCentred ? curves.centred : curves
  }

  var values: [String: Value] {
    var all: [String: [String: Value]] = [:]
    for effect in effects {
      let name = name(effect.column)
      all["importance", default: [:]][name] = .number(effect.importance)
      all["heterogeneity", default: [:]][name] = .number(heterogeneity(effect))
      switch effect.grid {
      case .numbers(let grid):
        all["grid", default: [:]][name] = .array(grid.map { .number($0) })
        all["mean", default: [:]][name] = byClass { k in
          .array(shown(effect.outputs[k]).mean.map { .number($0) })
        }
      case .levels(let levels):
        all["level", default: [:]][name] = byClass { k in
          let mean = shown(effect.outputs[k]).mean
          return .object(zip(levels, mean).reduce(into: [:]) { $0[$1.0] = .number($1.1) })
        }
      }
    }
    var values = all.mapValues { Value.object($0) }
    values["rows"] = .integer(work.positions.count)
    if !work.request.rows.isEmpty, labels.isEmpty { values["ice"] = single }
    if !pairs.isEmpty { values["pair"] = pairValues }
    return values
  }

  /// One value, or one for each class.
  private func byClass(_ value: (Int) -> Value) -> Value {
    if labels.isEmpty { return value(0) }
    return .object(labels.indices.reduce(into: [:]) { $0[labels[$1]] = value($1) })
  }

  /// The curves of the rows that were named.
  private var single: Value {
    .array(
      work.request.rows.indices.map { row in
        .object(
          effects.reduce(into: [:]) { all, effect in
            let curve = shown(effect.outputs[0]).curve(row)
            all[name(effect.column)] = .array(curve.map { .number($0) })
          }
        )
      }
    )
  }

  private var pairValues: Value {
    var all: [String: [String: Value]] = [:]
    for pair in pairs {
      all[name(pair.columns.0), default: [:]][name(pair.columns.1)] = .object([
        "mean": .array(pair.mean.map { .array($0.map { .number($0) }) }),
        "rows": PartialReport.places(pair.grids.0),
        "columns": PartialReport.places(pair.grids.1),
      ])
    }
    return .object(all.mapValues { .object($0) })
  }

  private static func places(_ grid: FeatureGrid) -> Value {
    switch grid {
    case .numbers(let values): .array(values.map { .number($0) })
    case .levels(let names): .array(names.map { .string($0) })
    }
  }

  /// How differently rows follow the column: the mean over the grid of the centred curves' standard
  /// deviation; 0 where every curve has one shape, as without interactions.
  func heterogeneity(_ effect: ColumnEffect) -> Double {
    let curves = effect.outputs[0].centred.curves
    let spreads = curves.map { here in
      let mean = here.reduce(0, +) / Double(max(1, here.count))
      let squares = here.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(max(1, here.count - 1))).squareRoot()
    }
    return spreads.reduce(0, +) / Double(max(1, spreads.count))
  }
}

extension PartialReport {
  var exhibits: [Exhibit] {
    var exhibits: [Exhibit] = [.facts(facts)]
    exhibits.append(.group(effects.map { .chart(chart($0)) }))
    exhibits += pairs.map { .chart(.heatmap(grid($0))) }
    if !effects.isEmpty { exhibits.append(.table(table)) }
    return exhibits
  }

  private var facts: [Fact] {
    [
      Fact(
        "rows",
        NumberFormat.standard(.integer(work.positions.count)),
        note: "of \(subject.origin)"
      ), Fact("prediction", words(work.outputs.count == 1 ? work.outputs[0] : nil)),
    ]
  }

  private func words(_ output: Int?) -> String {
    let label = output.flatMap { subject.outputLabels.isEmpty ? nil : subject.outputLabels[$0] }
    return subject.axisWords(subject.predictionScale, of: label)
  }

  private var axis: ChartAxis {
    let words = words(work.outputs.count == 1 ? work.outputs[0] : nil)
    return ChartAxis(isCentred ? "change of the \(words)" : words)
  }

  private func text(_ effect: ColumnEffect) -> ChartText {
    let name = name(effect.column)
    let mean = shown(effect.outputs[0]).mean
    let low = NumberFormat.standard(.number(mean.min() ?? 0))
    let high = NumberFormat.standard(.number(mean.max() ?? 0))
    return ChartText(
      showsRows ? "Rows' predictions by \(name)" : "Prediction by \(name)",
      "The mean prediction lies between \(low) and \(high) while \(name) is set to each of its values.",
      note: effect.isOfLevels || !labels.isEmpty
        ? nil
        : "Strokes at the foot: the deciles of the rows' own values; between far ones nothing was "
          + "learned."
    )
  }

  private func chart(_ effect: ColumnEffect) -> Chart {
    switch effect.grid {
    case .levels(let levels): return levelChart(effect, levels)
    case .numbers(let grid) where !labels.isEmpty:
      return .line(
        LineChart(
          text(effect),
          x: ChartAxis(name(effect.column)),
          y: axis,
          series: labels.indices.prefix(6).map {
            LineChart.Series(labels[$0], x: grid, y: shown(effect.outputs[$0]).mean)
          }
        )
      )
    case .numbers(let grid):
      let curves = shown(effect.outputs[0])
      let isNamed = showsRows && !work.request.rows.isEmpty
      let rows = isNamed ? Array(work.request.rows.indices) : Array(work.positions.indices)
      return .partial(
        PartialChart(
          text(effect),
          x: ChartAxis(name(effect.column)),
          y: axis,
          grid: grid,
          mean: curves.mean,
          curves: rows.map { curves.curve($0) },
          rug: effect.sorted.isEmpty
            ? [] : (1...9).map { FeatureGrid.quantile(effect.sorted, Double($0) / 10) }
        )
      )
    }
  }

  /// A dot for each level's mean, with the middle four fifths of rows.
  private func levelChart(_ effect: ColumnEffect, _ levels: [String]) -> Chart {
    if !labels.isEmpty {
      return .heatmap(
        HeatmapChart(
          text(effect),
          rowTitle: name(effect.column),
          columnTitle: "class",
          rows: levels,
          columns: labels,
          values: levels.indices.map { i in
            labels.indices.map { shown(effect.outputs[$0]).mean[i] }
          }
        )
      )
    }
    let curves = shown(effect.outputs[0])
    let mean = curves.mean
    var words = text(effect)
    words.note = "Whiskers: the middle four fifths of the rows."
    return .interval(
      IntervalChart(
        words,
        axis: axis,
        items: levels.indices.map { i in
          let sorted = curves.curves[i].sorted()
          return IntervalChart.Item(
            levels[i],
            mean[i],
            low: FeatureGrid.quantile(sorted, 0.1),
            high: FeatureGrid.quantile(sorted, 0.9)
          )
        }
      )
    )
  }

  private func grid(_ pair: PairEffect) -> HeatmapChart {
    func texts(_ grid: FeatureGrid) -> [String] {
      switch grid {
      case .numbers(let values): values.map { DecimalText.general($0, digits: 3) }
      case .levels(let names): names
      }
    }
    let (a, b) = (name(pair.columns.0), name(pair.columns.1))
    return HeatmapChart(
      ChartText(
        "Prediction by \(a) and \(b)",
        "The mean \(axis.label) while both columns are set to each of their values.",
        note: "Some pairs of values may not occur together in any row."
      ),
      rowTitle: a,
      columnTitle: b,
      rows: texts(pair.grids.0),
      columns: texts(pair.grids.1),
      values: pair.mean
    )
  }

  private var table: TableExhibit {
    TableExhibit(
      caption: "How much the prediction follows each feature",
      columns: [
        TableColumn("feature"), TableColumn("mean moves by", .numeric),
        TableColumn("rows differ by", .numeric), TableColumn("values", .numeric),
      ],
      rows: effects.map { effect in
        [
          .code(name(effect.column)), .number(effect.importance), .number(heterogeneity(effect)),
          .count(effect.grid.count),
        ]
      }
    )
  }
}
