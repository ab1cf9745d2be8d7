import ColophonCore
import ColophonData
import ColophonEvaluation

extension PredictionsFile {
  /// Rows with their forecasts, each in its series and at its time.
  func forecastRows(
    of dataset: Dataset,
    _ point: String,
    _ quantiles: [(level: Double, column: String)],
    slices: [String],
    season: Int,
    in workshop: Workshop
  ) throws -> EvaluationRows {
    let all = Array(0..<dataset.table.rowCount)
    guard let labels = dataset.labels(of: all) else {
      throw CellFailure("'\(label ?? "")' holds no labels", field: "predictions")
    }
    var layout = ForecastLayout(
      all,
      series: forecast.series.flatMap { dataset.table[$0.value] },
      time: forecast.time.flatMap { dataset.table[$0.value] }
    )
    if let history = forecast.history {
      layout.scale(by: try past(history.value, in: workshop), season: season)
    }
    let columns = try quantiles.map { try numbers(dataset, $0.column) }
    return try EvaluationRows(
      labels: labels,
      predictions: .regression(try numbers(dataset, point)),
      weights: dataset.weights(of: all),
      classes: [],
      forecasts: layout.forecasts(
        levels: quantiles.map { $0.level },
        quantiles: all.flatMap { row in columns.map { $0[row] } }
      ),
      series: layout.names,
      slices: slices.compactMap { dataset.table[$0] },
      columns: self.columns,
      origin: "'\(file)'",
      field: { self.field(of: $0) }
    )
  }

  /// The values of each series before the forecasts, in the order of time.
  private func past(_ name: String, in workshop: Workshop) throws -> [String: [Double]] {
    guard let format = TableFormat(path: name), let label else {
      throw CellFailure(
        "'\(name)' is no table that can be read",
        hint: "names end in \(TableFormat.endings.joined(separator: ", "))",
        field: "predictions.history"
      )
    }
    let source = try workshop.read(name)
    do {
      let table = try TextTable(source.bytes, digest: source.digest, format: format)
      let wanted = [label] + forecast.named.map { $0.value }
      if let lacking = wanted.first(where: { !table.header.contains($0) }) {
        throw CellFailure(
          "'\(name)' has no column '\(lacking)'",
          hint: Suggestion.hint(for: lacking, among: table.header),
          field: "predictions.history"
        )
      }
      var types: [String: ColumnType] = [label: .numeric]
      if let series = forecast.series?.value { types[series] = .category }
      var split = SplitRecipe(train: 1, validation: 0, test: 0, method: .random)
      split.method = .random
      let dataset = try DatasetReader.read(
        table,
        DatasetRecipe(target: label, task: .regression, columns: types, split: split),
        root: workshop.seed,
        cell: workshop.cell
      )
      let values = try numbers(dataset, label)
      if let row = values.firstIndex(where: { !$0.isFinite }) {
        throw CellFailure(
          "row \(row + 1) of '\(name)': the label (column '\(label)') is missing",
          field: "predictions.history"
        )
      }
      let layout = ForecastLayout(
        Array(values.indices),
        series: forecast.series.flatMap { dataset.table[$0.value] },
        time: forecast.time.flatMap { dataset.table[$0.value] }
      )
      return layout.values(values)
    } catch let faults as DataFaults {
      throw CellFailure(
        "'\(name)': " + faults.faults.map { $0.message }.joined(separator: "; "),
        field: "predictions.history"
      )
    }
  }
}
