import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// Labelled rows to audit, what was predicted of them, and the columns beside them.
struct AuditInput {
  enum Answers {
    /// Positions in the classes, and for binary rows the scores.
    case binary(actual: [Int], scores: [Double]?, isHard: Bool)
    case multiclass(actual: [Int], predicted: [Int]?)
    case numbers(actual: [Double], predicted: [Double]?)
  }

  let answers: Answers
  let classes: [String]
  let weights: [Double]?
  let table: Table
  /// Each audited row's place in the table.
  let places: [Int]
  /// What neighbours are found by, one row for each audited one.
  let features: FeatureMatrix?
  /// Where the rows come from, for the report.
  let origin: String
  /// The field that names the data, for failures.
  let field: String

  /// The rows of a split as a cell's model predicts them.
  init(
    model: String,
    data: String?,
    split: Split?,
    features names: [String],
    facet: String?,
    in workshop: Workshop
  ) throws {
    let trained = try workshop.load(TrainedModel.self, from: model)
    let dataset = try AuditInput.dataset(trained, data, in: workshop)
    let rows = try AuditInput.rows(of: dataset, split)
    origin = AuditInput.origin(split, of: data)
    field = data == nil ? "model" : "data"
    let all: FeatureMatrix
    let predictions: Predictions
    do {
      all = try trained.features(of: dataset, rows: rows)
      predictions = try trained.model.predict(all, threads: workshop.threads)
    } catch let faults as DataFaults {
      throw CellFailure(
        faults.faults.map { $0.message }.joined(separator: "; "),
        hint: faults.faults.compactMap { $0.hint }.first,
        field: "data"
      )
    }
    let cases = try AuditInput.cases(
      labels: AuditInput.labels(of: rows, in: dataset, as: trained.classes),
      predictions: predictions,
      weights: dataset.weights(of: rows),
      classes: trained.classes,
      origin: origin,
      field: field
    )
    let kept = cases.origins ?? Array(rows.indices)
    answers = try AuditInput.answers(cases, isHard: false, field: field)
    classes = cases.classes
    weights = cases.weights
    table = dataset.table
    places = kept.map { rows[$0] }
    features =
      names.isEmpty
      ? AuditInput.features(all, without: facet, kept)
      : try AuditInput.features(names, of: table, at: places)
  }

  /// The labels of a dataset's rows, without any prediction.
  init(data: String, split: Split?, in workshop: Workshop) throws {
    try self.init(
      dataset: try workshop.load(Dataset.self, from: data),
      named: data,
      split: split
    )
  }

  /// The labels of a dataset's rows, as they are known before a model says anything.
  init(dataset: Dataset, named data: String, split: Split?) throws {
    origin = AuditInput.origin(split, of: data)
    field = "data"
    let all = try AuditInput.rows(of: dataset, split)
    let given = dataset.weights(of: all)
    let rows = all.indices.filter { (given?[$0] ?? 1) > 0 }
    guard let labels = dataset.labels(of: rows.map { all[$0] }) else {
      throw CellFailure("'\(data)' has no target whose labels could be audited", field: "data")
    }
    switch (labels, dataset.task.measured) {
    case (.classes(let values), .binary):
      answers = .binary(actual: values.map { Int($0) }, scores: nil, isHard: false)
    case (.classes(let values), .multiclass):
      answers = .multiclass(actual: values.map { Int($0) }, predicted: nil)
    case (.numbers(let values), .regression): answers = .numbers(actual: values, predicted: nil)
    default: throw AuditInput.otherTask(dataset.task, field: "data")
    }
    classes = dataset.classes
    weights = given.map { given in rows.map { given[$0] } }
    table = dataset.table
    places = rows.map { all[$0] }
    features = nil
  }

  /// The rows of a file of predictions.
  init(file: PredictionsFile, features names: [String], in workshop: Workshop) throws {
    let rows = try file.rows(in: workshop, slices: [])
    origin = rows.origin
    field = "predictions"
    answers = try AuditInput.answers(rows.cases, isHard: rows.isHard, field: field)
    classes = rows.cases.classes
    weights = rows.cases.weights
    table = try AuditInput.table(file.file, in: workshop)
    places = rows.cases.origins ?? Array(0..<table.rowCount)
    features = names.isEmpty ? nil : try AuditInput.features(names, of: table, at: places)
  }

  /// A column that an author named.
  func column(_ name: String, field: String) throws -> Column {
    if let column = table[name] { return column }
    let names = table.columns.map { $0.name }
    let isPrepared = names.contains { $0.hasPrefix(name + "=") }
    throw CellFailure(
      "the data has no column '\(name)'",
      hint: isPrepared
        ? "it was encoded when the data was prepared: name the raw dataset in 'data'"
        : Suggestion.hint(for: name, among: names),
      field: field
    )
  }

  static func otherTask(_ task: Task, field: String) -> CellFailure {
    CellFailure(
      "bias is measured for labels or numbers that are predicted, and this task is \(task.rawValue)",
      field: field
    )
  }
}
