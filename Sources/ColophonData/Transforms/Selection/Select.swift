package import ColophonCore

/// Keeps the features that score best.
///
/// Equal scores are kept in the columns' order. Columns that are not chosen from stay. As
/// scikit-learn's `SelectKBest`, but that this keeps the later of two equals.
package struct Select: Transform {
  package static let name = "select"
  package static let summary = "The features that score best."

  package var columns: ColumnChoice
  package var method: String
  package var keep: Int
  package var neighbours: Int

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice(
      [.numeric, .category],
      "The features to choose from; by default all that the method can score."
    )
    let names = featureScores.names
    let node = fields.node(
      "method",
      .choice(names),
      required: true,
      "How features are scored: by their variance, by what they tell of the target, or by the "
        + "chi-squared statistic of counts over classes."
    )
    method = node.map { $0.text } ?? names[0]
    if let node, featureScores[node.text] == nil {
      fields.report(node.text == "rfe" ? .rfe(node) : .method(node, names))
      method = names[0]
    }
    keep = fields.integer("keep", in: 1...1_000_000, required: true, "How many are kept.") ?? 1
    neighbours = fields.integer(
      "n_neighbors",
      in: 1...100,
      default: 3,
      "Neighbours by which the mutual information of continuous numbers is estimated."
    )
  }

  private var score: any FeatureScore.Type { featureScores[method] ?? VarianceScore.self }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    columns.faults(in: preview, of: score.types)
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> Selected {
    let dataset = training.dataset
    let chosen = try columns.places(in: dataset, of: score.types).map { dataset.table.columns[$0] }
    let incomplete = chosen.filter { column in
      training.rows.contains { column.isMissing($0) }
    }
    if !incomplete.isEmpty { throw DataFaults(incomplete.map { .missingForScore($0.name) }) }
    let scores = try score.scores(of: chosen, training, neighbours: neighbours)
    let best = Set(
      chosen.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(keep)
    )
    return Selected(
      features: chosen.indices.map { place in
        Selected.Feature(
          column: chosen[place].name,
          score: scores[place],
          isKept: best.contains(place)
        )
      }
    )
  }
}

/// Features with their scores, of which some are kept.
package struct Selected: FittedTransform {
  package static let name = Select.name

  /// One feature.
  package struct Feature: Codable, Hashable, Sendable {
    package var column: String
    package var score: Double
    package var isKept: Bool
  }

  package var features: [Feature]

  package var learned: [String: Value] {
    [
      "score": .byColumn(features.map { ($0.column, .number($0.score)) }),
      "kept": .array(features.filter { $0.isKept }.map { .string($0.column) }),
    ]
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    for feature in features where !feature.isKept { made.remove(feature.column) }
    return made
  }
}
