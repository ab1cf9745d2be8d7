import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

extension EvaluationRows {
  /// The rows of a split as a cell's model predicts them.
  ///
  /// The data is what the model was trained on, found by its digest, unless the cell names other
  /// data; labels of that data are matched by their text.
  init(
    model: String,
    data: String?,
    split: Split,
    slices: [String],
    season: Int? = nil,
    in workshop: Workshop
  ) throws {
    let trained = try workshop.load(TrainedModel.self, from: model)
    let dataset = try EvaluationRows.dataset(trained, data, in: workshop)
    let rows = dataset.rows(of: split)
    let origin = "the \(split.rawValue) split" + (data.map { " of '\($0)'" } ?? "")
    guard !rows.isEmpty else {
      throw CellFailure(
        "\(origin) has no rows",
        hint: "give it a fraction under 'split' in the dataset cell",
        field: "split"
      )
    }
    let isClustering = trained.task == .clustering
    guard MetricRequest.tasks.contains(trained.task.measured),
      dataset.target != nil || isClustering
    else {
      throw CellFailure("a \(trained.task.rawValue) model has no metrics yet", field: "model")
    }
    let columns = try slices.map { try EvaluationRows.column($0, of: dataset) }
    let predictions: Predictions
    let features: FeatureMatrix
    do {
      features = try trained.features(of: dataset, rows: rows)
      predictions = try trained.model.predict(features, threads: workshop.threads)
    } catch let faults as DataFaults {
      throw CellFailure(
        faults.faults.map { $0.message }.joined(separator: "; "),
        hint: faults.faults.compactMap { $0.hint }.first,
        field: "data"
      )
    }
    var (layout, forecasts): (ForecastLayout?, Forecasts?) = (nil, nil)
    if trained.task == .forecasting {
      let own = (trained.model as? any ForecastingModel)?.terms.season
      let made = ForecastLayout(dataset, rows, season: season ?? own ?? 1)
      layout = made
      forecasts = made.forecasts(beside: predictions)
    }
    try self.init(
      labels: isClustering
        ? EvaluationRows.reference(of: rows, in: dataset)
        : EvaluationRows.labels(of: rows, in: dataset, as: trained.classes),
      predictions: predictions,
      weights: dataset.weights(of: rows),
      classes: isClustering ? dataset.classes : trained.classes,
      queries: trained.task == .ranking ? try EvaluationRows.queries(of: rows, in: dataset) : nil,
      features: isClustering ? features : nil,
      clusters: (0..<(trained.model.clusters?.count ?? 0)).map { String($0) },
      forecasts: forecasts,
      series: layout?.names ?? [],
      slices: columns,
      at: rows,
      columns: [.label: dataset.target, .weight: dataset.weight].compactMapValues { $0 },
      origin: origin,
      field: { _ in data == nil ? "model" : "data" }
    )
    pasts = layout.map { $0.pasts(dataset, rows) } ?? []
  }

  static func dataset(
    _ trained: TrainedModel,
    _ data: String?,
    in workshop: Workshop
  ) throws -> Dataset {
    if let data { return try workshop.load(Dataset.self, from: data) }
    guard let digest = trained.data else {
      throw CellFailure("the model doesn't tell what it was trained on", hint: "name the 'data'")
    }
    return try workshop.load(Dataset.self, digest: digest)
  }

  static func queries(of rows: [Int], in dataset: Dataset) throws -> [Int32] {
    if let queries = dataset.groups(of: rows) { return queries }
    throw CellFailure(
      "the data does not tell which rows belong to one query",
      hint: "name the query column in the dataset's 'group'",
      field: "data"
    )
  }

  private static func column(_ name: String, of dataset: Dataset) throws -> Column {
    if let column = dataset.table[name] { return column }
    throw CellFailure(
      "the data has no column '\(name)'",
      hint: Suggestion.hint(for: name, among: dataset.table.columns.map { $0.name }),
      field: "slices"
    )
  }

  /// The classes that clusters are compared with, where the data names any.
  private static func reference(of rows: [Int], in dataset: Dataset) -> Labels {
    if dataset.task == .clustering || dataset.task.isClassification,
      let labels = dataset.labels(of: rows)
    {
      return labels
    }
    return .absent(rows: rows.count)
  }

  /// The true answers as positions in a model's classes.
  static func labels(
    of rows: [Int],
    in dataset: Dataset,
    as classes: [String]
  ) throws -> Labels {
    guard let labels = dataset.labels(of: rows) else {
      throw CellFailure("the data has no labels to compare with", field: "data")
    }
    guard case .classes(let values) = labels, dataset.classes != classes else { return labels }
    let places = dataset.classes.map { classes.firstIndex(of: $0) }
    return .classes(
      try values.map { value in
        guard value >= 0 else { return -1 }
        guard let place = places[Int(value)] else {
          throw CellFailure(
            "the label '\(dataset.classes[Int(value)])' is none that the model knows",
            hint: "it knows \(classes.joined(separator: ", "))",
            field: "data"
          )
        }
        return Int32(place)
      }
    )
  }
}
