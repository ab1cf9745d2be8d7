import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// A model, the rows that it is explained on, and the columns as their author knows them.
struct ExplainSubject: Sendable {
  /// One of the author's columns.
  struct Column: Sendable {
    var name: String
    /// The features that the model reads it as.
    var features: [Int]
    /// The columns of the data that it stands in: itself, or the indicators that a step made of it.
    var sources: [String]
  }

  let trained: TrainedModel
  let dataset: Dataset
  /// The rows of the split in the dataset.
  let rows: [Int]
  /// Where the rows come from, for the report: "the test split of 'churn'".
  let origin: String
  let columns: [Column]
  let threads: Int

  init(
    model: String,
    data: String?,
    request: ExplainRequest,
    in workshop: Workshop
  ) throws {
    let trained = try workshop.load(TrainedModel.self, from: model)
    if let type = algorithms[trained.algorithm],
      let refusal = ExplainRefusal.of(
        method: ShapMethod.name,
        explainer: nil,
        algorithm: type
      )
    {
      throw CellFailure(refusal.message, hint: refusal.hint, field: refusal.field)
    }
    let dataset = try EvaluationRows.dataset(trained, data, in: workshop)
    (rows, origin) = try ExplainSubject.rows(of: dataset, named: data, request)
    self.trained = trained
    self.dataset = dataset
    threads = workshop.threads
    columns = ExplainSubject.columns(trained, dataset)
  }

  /// The rows of the split that is asked for, and where they come from.
  ///
  /// - Throws: `CellFailure` where there are none, or one that is asked for isn't there.
  static func rows(
    of dataset: Dataset,
    named data: String?,
    _ request: ExplainRequest
  ) throws(CellFailure) -> (rows: [Int], origin: String) {
    let origin = "the \(request.split.rawValue) split" + (data.map { " of '\($0)'" } ?? "")
    let rows = dataset.rows(of: request.split)
    guard !rows.isEmpty else {
      throw CellFailure(
        "\(origin) has no rows",
        hint: "give it a fraction under 'split' in the dataset cell",
        field: "split"
      )
    }
    if let place = request.rows.firstIndex(where: { $0 >= rows.count }) {
      throw CellFailure(
        "there is no row \(request.rows[place]): \(origin) has \(rows.count) rows, counted from 0",
        hint: "the last one is row \(rows.count - 1)",
        field: request.rows.count == 1 ? "rows" : "rows[\(place)]"
      )
    }
    return (rows, origin)
  }

  /// The author's columns in the order of their first feature.
  private static func columns(_ trained: TrainedModel, _ dataset: Dataset) -> [Column] {
    let preparation = trained.preparation ?? .raw
    var columns: [Column] = []
    var places: [String: Int] = [:]
    for (feature, source) in trained.encoding.sources.enumerated() {
      let name = preparation.origin(of: source)
      let place = places[name] ?? columns.count
      if place == columns.count {
        places[name] = place
        columns.append(Column(name: name, features: [], sources: []))
      }
      columns[place].features.append(feature)
      // Where the data still has the author's own column, that is what changes.
      let held = dataset.table[name] == nil ? source : name
      if dataset.table[held] != nil, !columns[place].sources.contains(held) {
        columns[place].sources.append(held)
      }
    }
    return columns
  }

  /// The author's column that each feature belongs to.
  var groups: [Int] {
    var groups = [Int](repeating: 0, count: trained.encoding.sources.count)
    for (place, column) in columns.enumerated() {
      for feature in column.features { groups[feature] = place }
    }
    return groups
  }

  /// Positions in the split, evenly spread: all where they are at most `limit`.
  func spread(_ limit: Int) -> [Int] { Spread.positions(of: rows.count, limit: limit) }

  /// Rows of the dataset that stand for what is not known: training rows, evenly spread.
  ///
  /// Data without a train split stands for itself.
  func background(_ limit: Int) -> (rows: [Int], words: String) {
    let training = dataset.rows(of: .train)
    let all = training.isEmpty ? rows : training
    let chosen = Spread.positions(of: all.count, limit: limit).map { all[$0] }
    let count = NumberFormat.standard(.integer(chosen.count))
    return (chosen, training.isEmpty ? "\(count) rows of \(origin)" : "\(count) training rows")
  }

  /// Some rows of the split in the form that the model reads, every number written out.
  func features(_ positions: [Int]) throws -> FeatureMatrix {
    try matrix(positions.map { rows[$0] })
  }

  /// Some rows of the dataset in the form that the model reads.
  func matrix(_ rows: [Int], of other: Dataset? = nil) throws -> FeatureMatrix {
    let features = try trained.features(of: other ?? dataset, rows: rows)
    guard let dense = features.densified else {
      throw CellFailure(
        "\(features.rows) rows of \(features.columns) features are too many to explain",
        hint: "lower 'sample'",
        field: "sample"
      )
    }
    return dense
  }

  /// The places of columns by name.
  ///
  /// - Throws: `CellFailure` at `features` for one that the model doesn't read.
  func place(of name: String) throws -> Int {
    if let place = columns.firstIndex(where: { $0.name == name }) { return place }
    throw CellFailure(
      "the model reads no column '\(name)'",
      hint: Suggestion.hint(for: name, among: columns.map { $0.name }),
      field: "features"
    )
  }

  /// The place of the class that is asked for; nil for all.
  func classPlace(_ label: Located<String>?) throws -> Int? {
    guard let label else { return nil }
    guard trained.task == .multiclass else {
      throw CellFailure("the model has no several classes to choose from", field: "class")
    }
    if let place = trained.classes.firstIndex(of: label.value) { return place }
    throw CellFailure(
      "the model knows no class '\(label.value)'",
      hint: Suggestion.hint(for: label.value, among: trained.classes),
      field: "class"
    )
  }
}

/// Positions among many, evenly spread.
enum Spread {
  /// All of `count` where they are at most `limit`; else that many, the first and last among them.
  static func positions(of count: Int, limit: Int) -> [Int] {
    if count <= limit { return Array(0..<count) }
    if limit == 1 { return [count / 2] }
    return (0..<limit).map { $0 * (count - 1) / (limit - 1) }
  }
}
