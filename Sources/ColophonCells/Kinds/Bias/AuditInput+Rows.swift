import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

extension AuditInput {
  static func origin(_ split: Split?, of data: String?) -> String {
    (split.map { "the \($0.rawValue) split" } ?? "all rows") + (data.map { " of '\($0)'" } ?? "")
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

  static func rows(of dataset: Dataset, _ split: Split?) throws -> [Int] {
    let rows =
      split.map { dataset.rows(of: $0) }
      ?? dataset.splits.indices.filter {
        dataset.splits[$0] != nil
      }
    if !rows.isEmpty { return rows }
    throw CellFailure(
      "\(split.map { "the \($0.rawValue) split" } ?? "the data") has no rows",
      hint: "give it a fraction under 'split' in the dataset cell, or take another split",
      field: "split"
    )
  }

  /// The true answers as positions in a model's classes.
  static func labels(of rows: [Int], in dataset: Dataset, as classes: [String]) throws -> Labels {
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

  static func cases(
    labels: Labels,
    predictions: Predictions,
    weights: [Double]?,
    classes: [String],
    origin: String,
    field: String
  ) throws -> Cases {
    do {
      return try Cases(
        labels: labels,
        predictions: predictions,
        weights: weights,
        classes: classes
      )
    } catch {
      throw CellFailure(
        "\(origin) can't be audited: "
          + error.problems.map { $0.text(classes: classes) }.joined(separator: "; "),
        field: field
      )
    }
  }

  static func answers(_ cases: Cases, isHard: Bool, field: String) throws -> Answers {
    switch cases.body {
    case .binary(let scores, let positives):
      return .binary(actual: positives.map { $0 ? 1 : 0 }, scores: scores, isHard: isHard)
    case .multiclass(let probabilities, let actual):
      let width = cases.classes.count
      let predicted = actual.indices.map { row -> Int in
        let own = probabilities[row * width..<(row + 1) * width]
        // Of equally likely classes the first.
        return (own.indices.reduce(own.startIndex) { own[$1] > own[$0] ? $1 : $0 }) - row * width
      }
      return .multiclass(actual: actual.map { Int($0) }, predicted: predicted)
    case .regression(let predicted, let actual):
      return .numbers(actual: actual, predicted: predicted)
    case .clusters, .ranking: throw otherTask(cases.task, field: field)
    }
  }

  /// A model's own features but those of the facet, at some of the rows; nil where none is left.
  static func features(
    _ all: FeatureMatrix,
    without facet: String?,
    _ rows: [Int]
  ) -> FeatureMatrix? {
    guard all.sparse == nil, all.texts == nil else { return nil }
    let kept = all.names.indices.filter { place in
      guard let facet else { return true }
      return all.names[place] != facet && !all.names[place].hasPrefix(facet + "=")
    }
    if kept.isEmpty { return nil }
    return FeatureMatrix(
      names: kept.map { all.names[$0] },
      rows: rows.count,
      values: rows.flatMap { row in kept.map { all[row, $0] } }
    )
  }

  /// Columns of numbers that an author named.
  static func features(
    _ names: [String],
    of table: Table,
    at places: [Int]
  ) throws -> FeatureMatrix {
    let columns = try names.enumerated().map { index, name -> [Double] in
      guard let column = table[name] else {
        throw CellFailure(
          "the data has no column '\(name)'",
          hint: Suggestion.hint(for: name, among: table.columns.map { $0.name }),
          field: "features[\(index)]"
        )
      }
      guard let numbers = column.numbers else {
        throw CellFailure(
          "'\(name)' holds text, by which no neighbours can be found",
          field: "features[\(index)]"
        )
      }
      return numbers
    }
    return FeatureMatrix(
      names: names,
      rows: places.count,
      values: places.flatMap { place in columns.map { $0[place] } }
    )
  }

  /// A file's columns as their values look.
  static func table(_ file: String, in workshop: Workshop) throws -> Table {
    guard let format = TableFormat(path: file) else {
      throw CellFailure("'\(file)' is no table that can be read", field: "predictions")
    }
    let source = try workshop.read(file)
    do {
      return try DatasetReader.read(
        TextTable(source.bytes, digest: source.digest, format: format),
        DatasetRecipe(
          target: nil,
          columns: [:],
          split: SplitRecipe(train: 1, validation: 0, test: 0, method: .random)
        ),
        root: workshop.seed,
        cell: workshop.cell
      ).table
    } catch {
      throw CellFailure(
        "'\(file)': " + error.faults.map { $0.message }.joined(separator: "; "),
        field: "predictions"
      )
    }
  }
}
