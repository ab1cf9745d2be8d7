import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonReport

/// What a metric loses where a column is shuffled.
enum PermutationMethod: ExplainMethod {
  static let name = "permutation"
  static let summary = "how much worse a metric gets where a column's values are shuffled."
  static let fields: Set<String> = ["metric", "repeats", "sample"]
  static let values: [PathPattern] = [
    "rows", "baseline", "metric", "{importance,std}.*", "losses.*[*]",
  ]
  /// Rows beyond which more hardly steady the metric.
  static let usualRows = 5_000

  static func run(
    _ subject: ExplainSubject,
    _ request: ExplainRequest,
    in workshop: Workshop
  ) throws -> Outcome {
    let positions = subject.spread(request.sample ?? usualRows)
    let judge = try PermutationJudge(subject, positions, request)
    let baseline = try judge.value(subject.dataset)
    let chosen = try request.features.flatMap { $0.names }.map { try subject.place(of: $0.value) }
    let places =
      chosen.isEmpty
      ? subject.columns.indices.filter { !subject.columns[$0].sources.isEmpty } : chosen
    var found: [PermutationImportance] = []
    for (done, place) in places.enumerated() {
      let column = subject.columns[place]
      guard !column.sources.isEmpty else {
        throw CellFailure(
          "'\(column.name)' is made of the data's columns, and is none of them",
          hint: "name the columns that it is made of",
          field: "features"
        )
      }
      var losses: [Double] = []
      for index in 0..<request.repeats {
        try workshop.checkCancellation()
        var random = workshop.random(for: "permutation \(column.name)", index: index)
        let value = try judge.value(judge.shuffled(column.sources, drawing: &random))
        losses.append(judge.loss(from: baseline, to: value))
      }
      found.append(PermutationImportance(feature: column.name, losses: losses))
      workshop.progress(Double(done + 1) / Double(places.count), "shuffled \(column.name)")
    }
    return Outcome(
      values: values(found, judge, baseline),
      exhibits: exhibits(found, judge, baseline, subject, request)
    )
  }

  private static func values(
    _ found: [PermutationImportance],
    _ judge: PermutationJudge,
    _ baseline: Double
  ) -> [String: Value] {
    func map(_ value: (PermutationImportance) -> Value) -> Value {
      .object(found.reduce(into: [:]) { $0[$1.feature] = value($1) })
    }
    return [
      "rows": .integer(judge.rows.count), "baseline": .number(baseline),
      "metric": .string(judge.metric.name), "importance": map { .number($0.mean) },
      "std": map { .number($0.deviation) },
      "losses": map { .array($0.losses.map { .number($0) }) },
    ]
  }

  private static func exhibits(
    _ found: [PermutationImportance],
    _ judge: PermutationJudge,
    _ baseline: Double,
    _ subject: ExplainSubject,
    _ request: ExplainRequest
  ) -> [Exhibit] {
    let order = found.indices.sorted { (found[$1].mean, $0) < (found[$0].mean, $1) }
      .map { found[$0] }
    let name = judge.metric.name
    let rows = NumberFormat.standard(.integer(judge.rows.count))
    let top = order.first.map { "\($0.feature) costs most" } ?? ""
    let chart = BarChart(
      ChartText(
        "What \(name) loses without each feature",
        "The mean loss of \(name) over \(request.repeats) shuffles of each column; \(top).",
        note:
          "Whiskers: one standard deviation over the shuffles to either side. Columns that tell "
          + "the same stand in for each other, and each then seems to cost little."
      ),
      axis: ChartAxis("loss of \(name)"),
      bars: order.prefix(20).map {
        BarChart.Bar($0.feature, $0.mean, low: $0.mean - $0.deviation, high: $0.mean + $0.deviation)
      },
      showsSign: true
    )
    let table = TableExhibit(
      caption: "Loss of \(name) over \(request.repeats) shuffles",
      columns: [
        TableColumn("feature"), TableColumn("mean", .numeric), TableColumn("std", .numeric),
        TableColumn("least", .numeric), TableColumn("greatest", .numeric),
      ],
      rows: order.map { item in
        [
          .code(item.feature), .number(item.mean), .number(item.deviation),
          .number(item.losses.min() ?? 0), .number(item.losses.max() ?? 0),
        ]
      },
      visibleRows: 12
    )
    return [
      .facts([
        Fact("rows", rows, note: subject.origin),
        Fact(name, NumberFormat.standard(.number(baseline)), note: "with every column in place"),
      ]), .chart(.bar(chart)), .table(table),
    ]
  }
}

/// Measures a model on some rows, as they are and with columns shuffled.
struct PermutationJudge: Sendable {
  let metric: Metric
  /// Rows of the dataset.
  let rows: [Int]
  private let subject: ExplainSubject
  private let labels: Labels
  private let weights: [Double]?
  private let queries: [Int32]?

  init(_ subject: ExplainSubject, _ positions: [Int], _ request: ExplainRequest) throws {
    self.subject = subject
    rows = positions.map { subject.rows[$0] }
    let trained = subject.trained
    let task = trained.task.measured
    metric = try PermutationJudge.metric(request.metric?.value, task, trained.classes)
    labels = try EvaluationRows.labels(of: rows, in: subject.dataset, as: trained.classes)
    weights = subject.dataset.weights(of: rows)
    queries = task == .ranking ? try EvaluationRows.queries(of: rows, in: subject.dataset) : nil
  }

  private static func metric(_ name: String?, _ task: Task, _ classes: [String]) throws -> Metric {
    let usual: [Task: String] = [
      .binary: "roc_auc", .multiclass: "accuracy", .regression: "r2", .ranking: "ndcg_10",
    ]
    guard let wanted = name ?? usual[task] else {
      throw CellFailure("a \(task.rawValue) model has no metric to lose", field: "method")
    }
    if let metric = Metric.named(wanted, task: task, classes: classes) { return metric }
    throw CellFailure(
      "'\(wanted)' is no metric of a \(task.rawValue) task",
      hint: Suggestion.hint(for: wanted, among: Metric.names(for: task, classes: classes)),
      field: "metric"
    )
  }

  /// The metric on a dataset that has the same rows.
  func value(_ dataset: Dataset) throws -> Double {
    let features = try subject.matrix(rows, of: dataset)
    let predictions = try subject.trained.model.predict(features, threads: subject.threads)
    let cases: Cases
    do {
      cases = try Cases(
        labels: labels,
        predictions: predictions,
        weights: weights,
        classes: subject.trained.classes,
        queries: queries
      )
    } catch {
      throw CellFailure(
        "\(subject.origin) can't be evaluated: "
          + error.problems.map { $0.text(classes: subject.trained.classes) { _ in nil } }
          .joined(separator: "; "),
        field: "data"
      )
    }
    if metric.need == .probabilities, cases.probabilityProblem != nil {
      throw CellFailure(
        "'\(metric.name)' needs probabilities, which the model doesn't give",
        field: "metric"
      )
    }
    guard let value = metric.value(Sample(cases)) else {
      throw CellFailure("\(metric.name) is undefined where \(metric.undefined)", field: "metric")
    }
    guard value.isFinite else {
      throw CellFailure(
        "\(metric.name) is infinite, so that no loss of it can be told",
        hint: "a probability of 0 met a row of that class; 'metric: brier' stays finite",
        field: "metric"
      )
    }
    return value
  }

  /// How much worse a value is than another: above 0 where it is worse.
  func loss(from before: Double, to after: Double) -> Double {
    switch metric.direction {
    case .maximize: before - after
    case .minimize: after - before
    case .nearZero: after.magnitude - before.magnitude
    }
  }

  /// The dataset with the rows' values of some columns in another order, the same for all of them.
  func shuffled(_ columns: [String], drawing random: inout RandomStream) -> Dataset {
    let order = random.permutation(rows.count)
    var all = Array(0..<subject.dataset.table.rowCount)
    for (row, taken) in zip(rows, order) { all[row] = rows[taken] }
    var made = subject.dataset
    for name in columns {
      guard let column = made.table[name] else { continue }
      made.replace(name, with: [column.taking(all)])
    }
    return made
  }
}
