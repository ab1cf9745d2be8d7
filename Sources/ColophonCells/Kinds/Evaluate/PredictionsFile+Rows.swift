import ColophonCore
import ColophonData
import ColophonEvaluation

extension PredictionsFile {
  /// The file's rows, checked.
  func rows(
    in workshop: Workshop,
    slices cell: [String],
    season: Int = 1
  ) throws -> EvaluationRows {
    guard let format = TableFormat(path: file) else {
      throw CellFailure(
        "'\(file)' is no table that can be read",
        hint: "names end in \(TableFormat.endings.joined(separator: ", "))",
        field: "predictions"
      )
    }
    let source = try workshop.read(file)
    let wanted = slices + cell.filter { !slices.contains($0) }
    let dataset: Dataset
    do {
      let table = try TextTable(source.bytes, digest: source.digest, format: format)
      try check(table, wanted)
      dataset = try DatasetReader.read(
        table,
        recipe(wanted),
        root: workshop.seed,
        cell: workshop.cell
      )
    } catch let faults as DataFaults {
      throw CellFailure(
        "'\(file)': " + faults.faults.map { $0.message }.joined(separator: "; "),
        // A file of predictions has no list of texts that are missing.
        hint: faults.faults.filter { $0.code != "data.not-numeric" }.compactMap { $0.hint }.first,
        field: faults.faults.first.map { field(of: $0) } ?? "predictions"
      )
    }
    return try rows(of: dataset, slices: wanted, season: season, in: workshop)
  }

  /// How the table is read: only what the cell names has a meaning.
  private func recipe(_ slices: [String]) -> DatasetRecipe {
    var columns: [String: ColumnType] = [:]
    for name in slices where ![label, weight].contains(name) { columns[name] = .category }
    for name in predicted where task != nil || !isPrediction { columns[name] = .numeric }
    if case .clusters(_, let cluster) = form { columns[cluster] = .category }
    if let series = forecast.series?.value { columns[series] = .category }
    if isPrediction, task != .regression, task != .ranking, query == nil {
      columns[predicted[0]] = task == nil ? nil : .category
    }
    if query != nil, knownTask == .ranking {
      for name in predicted + [label].compactMap({ $0 }) { columns[name] = .numeric }
    }
    if let id { columns[id] = .text }
    var split = SplitRecipe(train: 1, validation: 0, test: 0, method: .random)
    split.method = .random
    // A label that is a number must be one in every row, so that the first other is named.
    if let label, task == .regression || knownTask == .forecasting { columns[label] = .numeric }
    var recipe = DatasetRecipe(
      target: label,
      positive: knownTask == .multiclass ? nil : positive,
      task: knownTask == .forecasting ? .regression : knownTask,
      columns: columns,
      weight: weight,
      group: knownTask == .ranking ? query : nil,
      split: split
    )
    recipe.allowsOneClass = true
    return recipe
  }

  var isPrediction: Bool {
    if case .prediction = form { true } else { false }
  }

  /// The columns that hold predictions.
  var predicted: [String] {
    switch form {
    case .score(let column), .prediction(let column): [column]
    case .probabilities(let columns): columns.map { $0.column }
    case .clusters(let features, let cluster): features + [cluster]
    case .forecasts(let point, let quantiles):
      [point].compactMap { $0 } + quantiles.map { $0.column }
    case nil: []
    }
  }

  /// The columns that values stand in, for messages.
  var columns: [InputProblem.Place: String] {
    var columns: [InputProblem.Place: String] = [:]
    columns[.label] = label
    columns[.weight] = weight
    switch form {
    case .score(let column):
      // Of a ranking it is the number that rows are ranked by.
      columns[.score] = column
      columns[.prediction] = column
    case .prediction(let column): columns[.prediction] = column
    case .probabilities(let all):
      for (place, entry) in all.enumerated() { columns[.probability(place)] = entry.column }
      if all.count == 2 { columns[.score] = all.map { $0.column }.joined(separator: " or ") }
    case .clusters(_, let cluster): columns[.prediction] = cluster
    case .forecasts(let point, let quantiles):
      columns[.prediction] = point ?? quantiles.first { $0.level == 0.5 }?.column
      for (place, quantile) in quantiles.enumerated() {
        columns[.quantile(place)] = quantile.column
      }
    case nil: break
    }
    return columns
  }

  /// The field that names a place's column.
  func field(of place: InputProblem.Place) -> String {
    switch (place, form) {
    case (.label, _): "predictions.label"
    case (.weight, _): "predictions.weight"
    case (.rows, _): "predictions"
    case (_, .score): "predictions.score"
    case (_, .prediction): "predictions.prediction"
    case (_, .clusters): "predictions.cluster"
    case (.prediction, .forecasts(.some, _)): "predictions.prediction"
    case (_, .forecasts): "predictions.quantiles"
    default: "predictions.probabilities"
    }
  }

  private func rows(
    of dataset: Dataset,
    slices: [String],
    season: Int,
    in workshop: Workshop
  ) throws -> EvaluationRows {
    let all = Array(0..<dataset.table.rowCount)
    if case .clusters(let features, let cluster) = form {
      return try clusterRows(of: dataset, features, cluster, slices: slices)
    }
    if case .forecasts(let point, let quantiles) = form {
      return try forecastRows(
        of: dataset,
        point ?? quantiles.first { $0.level == 0.5 }?.column ?? "",
        quantiles,
        slices: slices,
        season: season,
        in: workshop
      )
    }
    guard let labels = dataset.labels(of: all) else {
      throw CellFailure("'\(label ?? "")' holds no labels", field: "predictions")
    }
    if dataset.task == .ranking, query == nil {
      throw CellFailure("a ranking needs the column of queries", field: "predictions.query")
    }
    let (predictions, classes) = try predictions(dataset)
    return try EvaluationRows(
      labels: try reordered(labels, dataset.classes, as: classes),
      predictions: predictions,
      weights: dataset.weights(of: all),
      classes: classes,
      queries: dataset.task == .ranking ? dataset.groups(of: all) : nil,
      isHard: isPrediction && dataset.task.isClassification,
      slices: slices.compactMap { dataset.table[$0] },
      columns: columns,
      origin: "'\(file)'",
      field: { self.field(of: $0) }
    )
  }

  /// Labels as positions in the classes of the predictions, which the cell may order by itself.
  private func reordered(_ labels: Labels, _ from: [String], as classes: [String]) throws -> Labels
  {
    guard case .classes(let values) = labels, from != classes else { return labels }
    let places = from.map { label in Int32(classes.firstIndex(of: label) ?? classes.count) }
    return .classes(values.map { $0 < 0 ? -1 : places[Int($0)] })
  }

  func numbers(_ dataset: Dataset, _ column: String) throws -> [Double] {
    guard let numbers = dataset.table[column]?.numbers else {
      throw CellFailure(
        "the column '\(column)' of '\(file)' holds text where numbers belong",
        field: "predictions"
      )
    }
    return numbers
  }

  private func predictions(_ dataset: Dataset) throws -> (Predictions, classes: [String]) {
    switch form {
    case .score(let column), .prediction(let column):
      guard dataset.task == .ranking else { break }
      return (.regression(try numbers(dataset, column)), [])
    default: break
    }
    switch form {
    case .score(let column):
      return (.binary(scores: try numbers(dataset, column)), dataset.classes)
    case .probabilities(let columns):
      if columns.count == 2, dataset.task == .binary,
        let place = columns.firstIndex(where: { $0.label == dataset.classes.last })
      {
        return (.binary(scores: try numbers(dataset, columns[place].column)), dataset.classes)
      }
      let all = try columns.map { try numbers(dataset, $0.column) }
      let rows = 0..<dataset.table.rowCount
      let probabilities = rows.flatMap { row in all.map { $0[row] } }
      return (
        .multiclass(probabilities: probabilities, classes: columns.count), columns.map { $0.label }
      )
    case .prediction(let column):
      if dataset.task == .regression {
        return (.regression(try numbers(dataset, column)), [])
      }
      return try hard(dataset, column)
    case .clusters, .forecasts, nil:
      throw CellFailure("the cell names no predictions", field: "predictions")
    }
  }

  /// Predicted labels as probabilities of 0 and 1.
  private func hard(_ dataset: Dataset, _ column: String) throws -> (Predictions, classes: [String])
  {
    guard let predicted = dataset.table[column] else { return (.binary(scores: []), []) }
    var classes = dataset.classes
    let texts = (0..<dataset.table.rowCount).map { predicted.text($0) }
    if dataset.task == .multiclass {
      classes += Set(texts.compactMap { $0 }).subtracting(classes).sorted(by: scalarOrder)
    }
    let places = try texts.enumerated().map { row, text in
      guard let text, let place = classes.firstIndex(of: text) else {
        throw CellFailure(
          "row \(row + 1) of '\(file)' predicts \(text.map { "'\($0)'" } ?? "nothing"), which is "
            + "none of the labels",
          field: "predictions.prediction"
        )
      }
      return place
    }
    if dataset.task == .binary { return (.binary(scores: places.map { Double($0) }), classes) }
    var probabilities = Array(repeating: 0.0, count: places.count * classes.count)
    for (row, place) in places.enumerated() { probabilities[row * classes.count + place] = 1 }
    return (.multiclass(probabilities: probabilities, classes: classes.count), classes)
  }
}
