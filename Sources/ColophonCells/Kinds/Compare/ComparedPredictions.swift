import ColophonCore
import ColophonData

/// A table of several models' predictions made elsewhere: a column, or several, for each model.
struct ComparedPredictions: Sendable {
  /// One for each model, all of the same file.
  let files: [(name: String, file: PredictionsFile)]
  let path: Located<String>?
  let named: [Located<String>]

  var names: [String] { files.map { $0.name } }
  var knownTask: Task? { files.first?.file.knownTask }

  init(reading fields: inout FieldReader) {
    path = fields.file("file", required: true, "A CSV or TSV file, one row an observation.")
    let truth = fields.string("label", required: true, "The column of true labels or numbers.")
    let forms = ComparedPredictions.forms(&fields)
    let weight = fields.string("weight", "A column of weights of at least 0.")
    let query = fields.string("query", "The column of queries, where the predictions rank rows.")
    let id = fields.string("id", "A column of row ids; none may occur twice.")
    let positive = fields.string(
      "positive",
      "The positive label of a binary task; by default the last in order."
    )
    let task = fields.choice(
      "task",
      of: PredictionsFile.tasks.map { $0.rawValue },
      "By default as for an evaluate cell."
    ).flatMap { Task(rawValue: $0.value) }
    let forecast = ForecastColumns(reading: &fields)
    named =
      [truth].compactMap { $0 } + forms.flatMap { $0.columns }
      + [weight, query, id].compactMap { $0 } + forecast.named
    let path = path
    files = forms.map { model in
      (
        model.name,
        PredictionsFile(
          path: path,
          label: truth?.value,
          form: model.form,
          weight: weight?.value,
          query: query?.value,
          id: id?.value,
          positive: positive?.value,
          task: task,
          forecast: forecast
        )
      )
    }
    if knownTask != .forecasting { forecast.refuse(&fields) }
  }

  private typealias ModelForm = (
    name: String, form: PredictionsFile.Form, columns: [Located<String>]
  )

  /// One of the three ways to name the models' columns.
  private static func forms(_ fields: inout FieldReader) -> [ModelForm] {
    let scores = columns(
      "scores",
      "For each model its column of scores of the positive label.",
      &fields
    )
    let predicted = columns(
      "predicted",
      "For each model its column of predicted labels or numbers.",
      &fields
    )
    let probabilities = fields.map(
      "probabilities",
      of: .map(.string),
      "For each model a map from label to the column of its probability."
    ) { fields, entry -> [(label: String, column: Located<String>)]? in
      guard let entries = entry.value.entries, !entries.isEmpty,
        entries.allSatisfy({ $0.value.isScalar && !$0.value.text.isEmpty })
      else {
        fields.report(
          .wrongType("probabilities", expected: "a map from label to column", found: entry.value)
        )
        return nil
      }
      return entries.map { ($0.key, Located($0.value.text, at: $0.value.position)) }
    }
    let written = ["scores", "predicted", "probabilities"].filter { fields.has($0) }
    if written.count != 1, !fields.isBlank {
      fields.report(
        .oneFormOfPredictions(
          written,
          at: written.last.map { fields.position(of: $0) } ?? fields.position
        )
      )
    }
    return scores.map { ($0.key.value, .score($0.value.value), [$0.value]) }
      + predicted.map { ($0.key.value, .prediction($0.value.value), [$0.value]) }
      + probabilities.map { model in
        (
          model.key.value, .probabilities(model.value.map { ($0.label, $0.column.value) }),
          model.value.map { $0.column }
        )
      }
  }

  private static func columns(
    _ name: String,
    _ documentation: String,
    _ fields: inout FieldReader
  ) -> [(key: Located<String>, value: Located<String>)] {
    fields.map(name, of: .string, documentation) { fields, entry -> Located<String>? in
      guard entry.value.isScalar, !entry.value.text.isEmpty else {
        fields.report(.wrongType(name, expected: "the name of a column", found: entry.value))
        return nil
      }
      return Located(entry.value.text, at: entry.value.position)
    }
  }

  /// What is wrong with the file's head, or else with the rows of the first model that has a fault.
  ///
  /// `more` looks at the rows of each model that has none.
  func check(
    in survey: Survey,
    _ more: (EvaluationRows) -> [Diagnostic] = { _ in [] }
  ) -> [Diagnostic] {
    guard let path else { return [] }
    do {
      let header = try CSVHeader.read(path: survey.path(of: path.value), name: path.value)
      let unknown = named.filter { !header.contains($0.value) }
      if !unknown.isEmpty { return unknown.map { .unknownColumn($0, known: header) } }
      for model in files {
        let found = model.file.problems(in: survey, slices: [], more)
        if !found.isEmpty { return found }
      }
      return []
    } catch {
      return error.faults.filter { $0.code != "data.file-missing" }
        .map { $0.diagnostic(path: path.value) { _ in path.position } }
    }
  }
}

extension PredictionsFile {
  /// Some columns of a file that another section has read.
  init(
    path: Located<String>?,
    label: String?,
    form: Form,
    weight: String?,
    query: String?,
    id: String?,
    positive: String?,
    task: Task?,
    forecast: ForecastColumns
  ) {
    file = path?.value ?? ""
    self.path = path
    self.label = label
    self.form = PredictionsFile.forecasts(form, forecast, task)
    self.weight = weight
    self.query = query
    self.id = id
    self.positive = positive
    self.task = task
    slices = []
    named = []
    places = [:]
    self.forecast = forecast
  }
}
