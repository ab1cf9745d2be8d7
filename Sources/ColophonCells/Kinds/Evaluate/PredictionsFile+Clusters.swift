import ColophonCore
import ColophonData
import ColophonEvaluation

extension PredictionsFile {
  /// Rows with the clusters that the file puts them in.
  func clusterRows(
    of dataset: Dataset,
    _ features: [String],
    _ cluster: String,
    slices: [String]
  ) throws -> EvaluationRows {
    let all = Array(0..<dataset.table.rowCount)
    let columns = try features.map { name -> [Double] in
      guard let numbers = dataset.table[name]?.numbers else {
        throw CellFailure(
          "the column '\(name)' of '\(file)' holds text where numbers belong",
          field: "predictions"
        )
      }
      return numbers
    }
    guard case .categories(let codes, let levels)? = dataset.table[cluster]?.storage else {
      throw CellFailure("'\(cluster)' holds no clusters", field: "predictions")
    }
    return try EvaluationRows(
      labels: dataset.labels(of: all) ?? .absent(rows: all.count),
      predictions: .clusters(codes, count: levels.count),
      weights: dataset.weights(of: all),
      classes: dataset.classes,
      features: FeatureMatrix(
        names: features,
        rows: all.count,
        values: all.flatMap { row in columns.map { $0[row] } }
      ),
      clusters: levels,
      slices: slices.compactMap { dataset.table[$0] },
      columns: [.prediction: cluster, .label: label, .weight: weight].compactMapValues { $0 },
      origin: "'\(file)'",
      field: { place in place == .label ? "predictions.label" : "predictions.cluster" }
    )
  }
}
