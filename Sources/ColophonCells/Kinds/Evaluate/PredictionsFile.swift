import ColophonCore
import ColophonData

/// A table of predictions made elsewhere, and which of its columns is what.
struct PredictionsFile: Sendable {
  /// The tasks whose predictions can be evaluated.
  static let tasks: [Task] = [.binary, .multiclass, .regression, .ranking, .forecasting]

  /// What the table says of each row.
  enum Form: Sendable {
    /// A number that is higher the likelier the row is positive.
    case score(String)
    /// A label or a number.
    case prediction(String)
    /// For each label its column.
    case probabilities([(label: String, column: String)])
    /// The columns that were clustered, and the column of clusters.
    case clusters(features: [String], cluster: String)
    /// A number, and for each level between 0 and 1 the column of its quantile.
    case forecasts(point: String?, quantiles: [(level: Double, column: String)])
  }

  let file: String
  /// The column of true answers; clusters may have none.
  let label: String?
  let form: Form?
  let weight: String?
  /// The column that tells the queries of a ranking apart.
  let query: String?
  /// The columns of series and times, and the file of the past, where the predictions are forecasts.
  let forecast: ForecastColumns
  let id: String?
  let positive: String?
  let task: Task?
  let slices: [String]
  /// The file and every column that is named, where they stand.
  let path: Located<String>?
  let named: [Located<String>]
  /// Where each field that was written stands.
  let places: [String: SourcePosition]

  init(reading fields: inout FieldReader) {
    path = fields.file("file", required: true, "A CSV or TSV file, one row a prediction.")
    let truth = fields.string(
      "label",
      required: !fields.has("cluster"),
      "The column of true labels or numbers; clusters may go without."
    )
    label = truth?.value
    file = path?.value ?? ""
    let (form, columns) = PredictionsFile.form(&fields)
    let weights = fields.string("weight", "A column of weights of at least 0.")
    weight = weights?.value
    let queries = fields.string(
      "query",
      "The column of queries: the predictions are then a ranking's, and the label is how relevant a "
        + "row is."
    )
    query = queries?.value
    let ids = fields.string("id", "A column of row ids; none may occur twice.")
    id = ids?.value
    positive =
      fields.string(
        "positive",
        "The positive label of a binary task; by default the last in order."
      )?.value
    task = fields.choice(
      "task",
      of: PredictionsFile.tasks.map { $0.rawValue },
      "By default a query means ranking, quantiles and a history forecasting, a score binary, "
        + "probabilities of more than two labels multiclass, and a prediction what its label column "
        + "looks like."
    ).flatMap { Task(rawValue: $0.value) }
    forecast = ForecastColumns(reading: &fields)
    self.form = PredictionsFile.forecasts(form, forecast, task)
    let sliced = fields.strings("slices", "Columns to slice by, as the cell's own `slices`.")
    slices = sliced.map { $0.value }
    named =
      [truth].compactMap { $0 } + columns + [weights, queries, ids].compactMap { $0 }
      + forecast.named + sliced
    places = PredictionsFile.places(fields)
    if knownTask != .forecasting, !fields.has("quantiles") { forecast.refuse(&fields) }
  }

  private static func places(_ fields: FieldReader) -> [String: SourcePosition] {
    let names = [
      "file", "label", "score", "prediction", "probabilities", "cluster", "features", "quantiles",
      "weight", "query", "id", "positive", "series", "time", "history",
    ]
    return names.reduce(into: [:]) { $0[$1] = fields.peek($1)?.position }
  }

  /// The task as far as the cell itself tells.
  var knownTask: Task? {
    if let task { return task }
    if query != nil { return .ranking }
    switch form {
    case .score: return .binary
    case .probabilities(let columns): return columns.count == 2 ? .binary : .multiclass
    case .clusters: return .clustering
    case .forecasts: return .forecasting
    case .prediction, nil: return positive == nil ? nil : .binary
    }
  }

  /// What is wrong with the file's head, such as columns that are named and aren't there.
  ///
  /// The slices are the cell's own. A file that is missing is reported where files are.
  func check(_ slices: [Located<String>], in survey: Survey) -> [Diagnostic] {
    guard let path else { return [] }
    do {
      let header = try CSVHeader.read(path: survey.path(of: file), name: file)
      return (named + slices).filter { !header.contains($0.value) }
        .map { .unknownColumn($0, known: header) }
    } catch {
      return error.faults.filter { $0.code != "data.file-missing" }
        .map { $0.diagnostic(path: file) { _ in path.position } }
    }
  }

  private static func form(_ fields: inout FieldReader) -> (Form?, columns: [Located<String>]) {
    let score = fields.string(
      "score",
      "The column of scores or probabilities of the positive label."
    )
    let prediction = fields.string("prediction", "The column of predicted labels or numbers.")
    let columns = fields.map(
      "probabilities",
      of: .string,
      "For each label the column of its probability."
    ) { fields, entry -> Located<String>? in
      guard entry.value.isScalar, !entry.value.text.isEmpty else {
        fields.report(
          .wrongType("probabilities", expected: "the name of a column", found: entry.value)
        )
        return nil
      }
      return Located(entry.value.text, at: entry.value.position)
    }
    let features = fields.strings("features", "The columns that were clustered.")
    let cluster = fields.string("cluster", "The column of clusters.")
    let quantiles = PredictionsFile.quantiles(&fields)
    var written = ["score", "prediction", "probabilities", "cluster", "quantiles"]
      .filter { fields.has($0) }
    // A forecast's number may stand beside its quantiles.
    if written == ["prediction", "quantiles"] { written = ["quantiles"] }
    if written.count != 1, !fields.isBlank {
      fields.report(
        .onePrediction(written, at: written.last.map { fields.position(of: $0) } ?? fields.position)
      )
    }
    if !quantiles.isEmpty {
      return (
        .forecasts(
          point: prediction?.value,
          quantiles: quantiles.map { ($0.level, $0.column.value) }
        ), [prediction].compactMap { $0 } + quantiles.map { $0.column }
      )
    }
    if let score { return (.score(score.value), [score]) }
    if let prediction { return (.prediction(prediction.value), [prediction]) }
    if fields.has("cluster") || fields.has("features") {
      return clusters(features, cluster, &fields)
    }
    if columns.isEmpty { return (nil, []) }
    return (
      .probabilities(columns.map { ($0.key.value, $0.value.value) }), columns.map { $0.value }
    )
  }

  private static func clusters(
    _ features: [Located<String>],
    _ cluster: Located<String>?,
    _ fields: inout FieldReader
  ) -> (Form?, columns: [Located<String>]) {
    if let cluster, !features.isEmpty {
      return (
        .clusters(features: features.map { $0.value }, cluster: cluster.value),
        features + [cluster]
      )
    }
    let name = fields.has("cluster") ? "cluster" : "features"
    fields.report(.clusterFeatures(at: fields.position(of: name)))
    return (nil, features)
  }
}
