import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

extension ExplainSubject {
  /// The classes that predictions have a number for each of; empty for one number.
  var outputLabels: [String] { trained.task == .multiclass ? trained.classes : [] }

  /// How many numbers a prediction has.
  var outputs: Int { max(1, outputLabels.count) }

  /// What the model says, as numbers: rows × outputs.
  func numbers(_ features: FeatureMatrix) throws -> [Double] {
    switch try trained.model.predict(features, threads: threads) {
    case .binary(let scores): return scores
    case .multiclass(let probabilities, _): return probabilities
    case .regression(let numbers): return numbers
    case .forecasts:
      throw CellFailure(
        "a forecast is made of its series' past, and not of a row's features",
        field: "model"
      )
    case .clusters:
      throw CellFailure(
        "a cluster's number is no quantity that features could add up to",
        field: "model"
      )
    }
  }

  /// What the model's own numbers are.
  var predictionScale: ExplainedScale {
    if trained.task.isClassification { return .probability }
    return trained.task == .ranking ? .score : .number
  }

  /// What an axis of the model's predictions says.
  func axisWords(_ scale: ExplainedScale, of label: String? = nil) -> String {
    let subject = label ?? (trained.task == .binary ? trained.classes.last : nil)
    switch scale {
    case .number, .logarithm:
      let target = trained.target.map { " of \($0)" } ?? ""
      return scale == .number ? "prediction\(target)" : "logarithm of the prediction\(target)"
    default: return scale.words + (subject.map { " of \($0)" } ?? "")
    }
  }

  /// A row's value of an author's column as a person would read it.
  func text(_ column: Int, row: Int, _ features: FeatureMatrix, _ line: Int) -> String {
    let column = columns[column]
    if let held = dataset.table[column.name] {
      guard let text = held.text(row) else { return "missing" }
      guard let number = Double(text), held.numbers != nil else { return text }
      return DecimalText.general(number, digits: 4)
    }
    if column.features.count == 1 {
      return DecimalText.general(features[line, column.features[0]], digits: 4)
    }
    let on = column.features.first { features[line, $0] == 1 }
    return on.map { String(features.names[$0].dropFirst(column.name.utf8.count + 1)) } ?? "none"
  }

  /// The numbers of an author's column for some rows; nil for categories.
  func values(_ column: Int, rows: [Int], _ features: FeatureMatrix) -> [Double]? {
    let column = columns[column]
    if let held = dataset.table[column.name] {
      return held.numbers.map { all in rows.map { all[$0] } }
    }
    return column.features.count == 1 ? features.column(column.features[0]) : nil
  }
}
