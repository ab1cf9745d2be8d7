import ColophonCore
import ColophonData
import ColophonLearning

/// Why a model of an algorithm can't be explained so, before anything runs.
struct ExplainRefusal: Hashable, Sendable {
  var message: String
  var hint: String?
  /// The field to blame.
  var field: String

  /// Nil where nothing is known against it.
  static func of(
    method: String,
    explainer: String?,
    algorithm: any Algorithm.Type
  ) -> ExplainRefusal? {
    let name = algorithm.name
    if algorithm.reads == .text {
      return ExplainRefusal(
        message: "\(name) reads texts, which have no columns to explain",
        hint: "prepare the texts with 'tfidf' and train a linear_learner: its words are features",
        field: "model"
      )
    }
    if name == KMeans.name {
      return ExplainRefusal(
        message: "a cluster's number is no quantity that features could add up to",
        hint: "the train cell shows each cluster's centre, and 'evaluate' its shape",
        field: "model"
      )
    }
    if method == GainMethod.name, !GainMethod.algorithms.contains(name) {
      return ExplainRefusal(
        message: "a model of \(name) has no splits that could gain anything",
        hint: "'method: permutation' and 'method: shap' take every model",
        field: "method"
      )
    }
    guard method == ShapMethod.name, let explainer else { return nil }
    let takers = ShapMethod.exactAlgorithms[explainer]
    if let takers, !takers.contains(name) {
      return ExplainRefusal(
        message: "'explainer: \(explainer)' can't explain a model of \(name)",
        hint: "leave 'explainer' out: the best one that fits is taken",
        field: "explainer"
      )
    }
    return nil
  }
}

/// The wording of what is found in an explain cell before it runs.
extension Diagnostic {
  static func notExplained(_ refusal: ExplainRefusal, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "explain.method", at: position, refusal.message, hint: refusal.hint)
  }

  static func explainedRole(_ name: Located<String>, role: String) -> Diagnostic {
    Diagnostic(
      .error,
      "explain.feature",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' is the data's \(role), and no feature of the model"
    )
  }

  static func pairsAlone(_ method: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "explain.feature",
      at: position,
      "'method: \(method)' looks at one column at a time",
      hint: "pairs are for 'pdp', and for 'shap' to colour one column by another"
    )
  }

  static func fieldOfOtherMethod(
    _ field: String,
    _ method: String,
    _ takers: [String],
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "explain.field",
      at: position,
      length: field.utf8.count,
      "'\(field)' has no meaning for 'method: \(method)'",
      hint: "it is for \(takers.joined(separator: ", "))"
    )
  }

  /// Rows that the split lacks, as the run would say it.
  static func absentRows(_ failure: CellFailure, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "explain.rows", at: position, failure.message, hint: failure.hint)
  }

  static func absentClass(_ label: Located<String>, among classes: [String]) -> Diagnostic {
    Diagnostic(
      .error,
      "explain.class",
      at: label.position,
      length: label.value.utf8.count,
      "the data has no class '\(label.value)'",
      hint: Suggestion.hint(for: label.value, among: classes)
    )
  }

  static func classOfOtherTask(_ label: Located<String>, task: Task) -> Diagnostic {
    Diagnostic(
      .error,
      "explain.class",
      at: label.position,
      length: label.value.utf8.count,
      "'class' chooses one of several classes, and the data's task is \(task.rawValue)",
      hint: "leave it out"
    )
  }

  /// A field of the exact attributions of trees, for a model or an explainer that has none.
  static func treesAlone(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "explain.trees-alone",
      at: position,
      field == "interactions"
        ? "interactions are computed for models of trees alone"
        : "'\(field)' has a meaning for models of trees alone",
      hint: field == "interactions"
        ? "'method: pdp' looks at two columns of any model: 'features: [[a, b]]'" : "leave it out"
    )
  }

  static func interactionsOfPaths(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "explain.trees-alone",
      at: position,
      "interactions are computed along the trees' own paths alone",
      hint: "leave 'background' and 'perturbation' out"
    )
  }

  static func pairOfClasses(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "explain.class",
      at: position,
      "two columns' effect on several classes can't be drawn at once",
      hint: "name one of them in 'class'"
    )
  }
}
