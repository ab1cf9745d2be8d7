import ColophonCore
import ColophonData

/// A table of predictions made elsewhere, and which of its columns is what.
struct PredictionsFile: Sendable {
  /// The tasks whose predictions can be evaluated.
  static let tasks: [Task] = [.binary, .multiclass, .regression]

  /// What the table says of each row.
  enum Form: Sendable {
    /// A number that is higher the likelier the row is positive.
    case score(String)
    /// A label or a number.
    case prediction(String)
    /// For each label its column.
    case probabilities([(label: String, column: String)])
  }

  let file: String
  let label: String
  let form: Form?
  let weight: String?
  let id: String?
  let positive: String?
  let task: Task?
  let slices: [String]

  init(reading fields: inout FieldReader) {
    let path = fields.file("file", required: true, "A CSV or TSV file, one row a prediction.")
    label =
      fields.string("label", required: true, "The column of true labels or numbers.")?.value ?? ""
    file = path?.value ?? ""
    form = PredictionsFile.form(&fields)
    weight = fields.string("weight", "A column of weights of at least 0.")?.value
    id = fields.string("id", "A column of row ids; none may occur twice.")?.value
    positive =
      fields.string(
        "positive",
        "The positive label of a binary task; by default the last in order."
      )?.value
    task = fields.choice(
      "task",
      of: PredictionsFile.tasks.map { $0.rawValue },
      "By default a score means binary, probabilities of more than two labels multiclass, and a "
        + "prediction what its label column looks like."
    ).flatMap { Task(rawValue: $0.value) }
    slices = fields.strings("slices", "Columns to slice by, as the cell's own `slices`.").map {
      $0.value
    }
    PredictionsFile.refuse(
      [("query", "ranking"), ("features", "clustering"), ("cluster", "clustering")],
      &fields
    )
  }

  /// The task as far as the cell itself tells.
  var knownTask: Task? {
    if let task { return task }
    switch form {
    case .score: return .binary
    case .probabilities(let columns): return columns.count == 2 ? .binary : .multiclass
    case .prediction, nil: return positive == nil ? nil : .binary
    }
  }

  private static func form(_ fields: inout FieldReader) -> Form? {
    let score = fields.string(
      "score",
      "The column of scores or probabilities of the positive label."
    )
    let prediction = fields.string("prediction", "The column of predicted labels or numbers.")
    let columns = fields.map(
      "probabilities",
      of: .string,
      "For each label the column of its probability."
    ) { fields, entry -> String? in
      guard entry.value.isScalar, !entry.value.text.isEmpty else {
        fields.report(
          .wrongType("probabilities", expected: "the name of a column", found: entry.value)
        )
        return nil
      }
      return entry.value.text
    }
    let written = ["score", "prediction", "probabilities"].filter { fields.has($0) }
    if written.count != 1, !fields.isBlank {
      fields.report(
        .onePrediction(written, at: written.last.map { fields.position(of: $0) } ?? fields.position)
      )
    }
    if let score { return .score(score.value) }
    if let prediction { return .prediction(prediction.value) }
    return columns.isEmpty ? nil : .probabilities(columns.map { ($0.key.value, $0.value) })
  }

  private static func refuse(_ names: [(String, String)], _ fields: inout FieldReader) {
    for (name, task) in names where fields.has(name) {
      _ = fields.node(name, .any, "Not in this version.")
      fields.report(.notYet(name, task, at: fields.position(of: name)))
    }
  }
}
