import ColophonCore
import ColophonLearning
import ColophonReport

/// What the splits on each column were worth while the model was trained.
enum GainMethod: ExplainMethod {
  static let name = "gain"
  static let summary = "what the splits of a tree model gained, from the training alone."
  static let fields: Set<String> = []
  static let values: [PathPattern] = [
    "{importance,gain,total_gain,cover,splits,share}.*", "features",
  ]

  /// The algorithms whose models have splits.
  static let algorithms = [
    DecisionTree.name, RandomForest.name, AdaBoost.name, XGBoost.name, Bagging.name,
  ]

  /// One of the author's columns with what its features' splits are worth together.
  private struct Worth {
    var name: String
    var gain = 0.0
    var cover = 0.0
    var splits = 0.0
    var share: Double?

    var meanGain: Double { splits > 0 ? gain / splits : 0 }
    var meanCover: Double { splits > 0 ? cover / splits : 0 }
    /// The share of the fall in impurity where there is one, else the mean gain.
    var importance: Double { share ?? meanGain }
  }

  static func run(
    _ subject: ExplainSubject,
    _ request: ExplainRequest,
    in workshop: Workshop
  ) throws -> Outcome {
    let own = try subject.trained.model.importances
    guard own.count == subject.groups.count else {
      throw CellFailure(
        "this model of \(subject.trained.algorithm) has no splits that could gain anything",
        hint: "'method: permutation' and 'method: shap' take every model",
        field: "method"
      )
    }
    var all = subject.columns.map { Worth(name: $0.name) }
    for (feature, place) in zip(own, subject.groups) {
      all[place].gain += feature.gain * feature.splits
      all[place].cover += feature.cover * feature.splits
      all[place].splits += feature.splits
      if let share = feature.share { all[place].share = (all[place].share ?? 0) + share }
    }
    let chosen = try request.features.flatMap { $0.names }.map { try subject.place(of: $0.value) }
    let kept = chosen.isEmpty ? all : chosen.map { all[$0] }
    return Outcome(values: values(kept), exhibits: exhibits(kept))
  }

  private static func values(_ kept: [Worth]) -> [String: Value] {
    func map(_ number: (Worth) -> Double?) -> Value {
      .object(
        kept.reduce(into: [:]) { all, worth in
          if let value = number(worth) { all[worth.name] = .number(value) }
        }
      )
    }
    var values: [String: Value] = [
      "importance": map { $0.importance }, "gain": map { $0.meanGain },
      "total_gain": map { $0.gain }, "cover": map { $0.meanCover }, "splits": map { $0.splits },
      "features": .integer(kept.count),
    ]
    if kept.contains(where: { $0.share != nil }) { values["share"] = map { $0.share } }
    return values
  }

  private static func exhibits(_ kept: [Worth]) -> [Exhibit] {
    let order = kept.indices.sorted { (kept[$1].importance, $0) < (kept[$0].importance, $1) }
      .map { kept[$0] }
    let hasShares = order.contains { $0.share != nil }
    let top = order.first.map { "\($0.name) has most" } ?? ""
    let chart = BarChart(
      ChartText(
        "Gain of each feature",
        hasShares
          ? "The share of each column in all that splits lower the impurity; \(top)."
          : "The mean gain of the splits on each column; \(top).",
        note:
          "Gains are of the training rows: a column with many values has many chances to split, "
          + "and gains even where it tells nothing of new rows."
      ),
      axis: ChartAxis(
        hasShares ? "share of the fall in impurity" : "mean gain of a split",
        lower: 0
      ),
      bars: order.prefix(20).map { BarChart.Bar($0.name, $0.importance) }
    )
    let table = TableExhibit(
      caption: "Splits on each column",
      columns: [TableColumn("feature")] + (hasShares ? [TableColumn("share", .numeric)] : []) + [
        TableColumn("mean gain", .numeric), TableColumn("mean cover", .numeric),
        TableColumn("splits", .numeric),
      ],
      rows: order.map { worth in
        [.code(worth.name)] + (hasShares ? [.number(worth.share ?? 0)] : []) + [
          .number(worth.meanGain), .number(worth.meanCover), .count(Int(worth.splits)),
        ]
      },
      visibleRows: 12
    )
    return [.chart(.bar(chart)), .table(table)]
  }
}
