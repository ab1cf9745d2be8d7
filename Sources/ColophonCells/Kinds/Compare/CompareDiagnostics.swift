import ColophonCore
import ColophonData
import ColophonEvaluation

/// The wording of what is found in a compare cell before it runs.
extension Diagnostic {
  static func loneUnit(_ message: String, hint: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "compare.lone-unit", at: position, message, hint: hint)
  }

  static func comparesNothing(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.source",
      at: position,
      "a compare cell needs 'models' or a file of 'predictions'",
      hint: "name two or more cells: 'models: [baseline, challenger]'"
    )
  }

  static func comparesTwoSources(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.source",
      at: position,
      "a compare cell takes 'models' or a file of 'predictions', not both"
    )
  }

  static func onlyWithModels(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.source",
      at: position,
      length: field.utf8.count,
      "'\(field)' has no meaning for a file of predictions, all of whose rows are compared"
    )
  }

  static func tooFewModels(_ count: Int, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.models",
      at: position,
      count == 0
        ? "there is no model to compare" : "one model alone has nothing to be compared with",
      hint: "name two or more"
    )
  }

  static func modelTwice(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.models",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' is compared with itself",
      hint: "name each model once"
    )
  }

  static func unknownBaseline(_ name: Located<String>, among known: [String]) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.baseline",
      at: name.position,
      length: name.value.utf8.count,
      "the baseline '\(name.value)' is none of the models",
      hint: Suggestion.hint(for: name.value, among: known)
    )
  }

  static func meaninglessForTest(
    _ field: String,
    of owner: String,
    test: String,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.option",
      at: position,
      "'\(field)' belongs to 'test: \(owner)' and has no meaning for '\(test)'",
      hint: "leave it out"
    )
  }

  static func oneFormOfPredictions(_ found: [String], at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.predictions",
      at: position,
      found.isEmpty
        ? "'predictions' needs one of 'scores', 'predicted' and 'probabilities'"
        : "'predictions' takes only one of \(found.map { "'\($0)'" }.joined(separator: ", "))"
    )
  }

  static func metricWithoutSense(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.metric",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' is best neither high nor low, so a difference doesn't tell which model is better",
      hint: "compare 'mae' or 'rmse'"
    )
  }

  static func testOfOtherMetric(
    _ test: Located<String>,
    _ metric: String,
    _ objection: String
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.test",
      at: test.position,
      length: test.value.utf8.count,
      "'\(metric)' \(objection)",
      hint: "take 'test: bootstrap', which compares any metric"
    )
  }

  static func testOfOtherSubjects(_ test: Located<String>, folds: Bool) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.test",
      at: test.position,
      length: test.value.utf8.count,
      folds
        ? "'\(test.value)' compares models by rows, and crossvalidate cells make one for each fold"
        : "'\(test.value)' compares the folds of crossvalidate cells, and these are trained models",
      hint: folds
        ? "take 'test: paired_t'"
        : "take 'delong', 'mcnemar' or 'bootstrap', or cross-validate the models"
    )
  }

  static func foldsBesideModels(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.mixed",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' is another kind of cell than the first: models are compared by rows, "
        + "crossvalidate cells by folds",
      hint: "compare one kind with its own"
    )
  }

  static func foldsWithoutMetric(
    _ name: Located<String>,
    _ metric: String,
    known: [String]
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.metric",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' does not measure '\(metric)'",
      hint: "add it to that cell's 'metrics'"
        + (known.isEmpty ? "" : ", or compare \(known.prefix(4).joined(separator: ", "))")
    )
  }

  static func onlyOfRows(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "compare.source",
      at: position,
      length: field.utf8.count,
      "'\(field)' has no meaning for crossvalidate cells, which hold out their own training rows"
    )
  }
}
