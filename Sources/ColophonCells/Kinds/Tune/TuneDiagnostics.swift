import ColophonCore
import ColophonTuning

/// The wording of what can be wrong with a tune cell.
extension Diagnostic {
  static func noRanges(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.ranges",
      at: position,
      "there is nothing to tune",
      hint: "name at least one hyperparameter, as in 'max_depth: {type: integer, min: 2, max: 10}'"
    )
  }

  static func tooManyRanges(_ count: Int, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.ranges",
      at: position,
      "\(count) hyperparameters are more than the \(SearchSpace.limit) that a tuning may have",
      hint: "give those that matter least a fixed value"
    )
  }

  static func onlyForGrid(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.ranges",
      at: position,
      "'\(field)' of a range of numbers is for 'strategy: Grid' alone",
      hint: "leave it out, or make the range categorical"
    )
  }

  static func notForCategories(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.ranges",
      at: position,
      "'\(field)' means nothing for a categorical range",
      hint: "leave it out, or make the range integer or continuous"
    )
  }

  static func noBound(
    _ name: String,
    in context: String,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(.error, "tune.ranges", at: position, "\(context) needs the field '\(name)'")
  }

  static func emptyRange(_ low: Double, _ high: Double, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.ranges",
      at: position,
      "the range ends at \(shortestText(high)), before it begins at \(shortestText(low))"
    )
  }

  static func scaling(_ fault: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "tune.ranges", at: position, fault)
  }

  static func noCategories(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.ranges",
      at: position,
      "a categorical range needs its values",
      hint: "list them, as in 'values: [gbtree, dart]'"
    )
  }

  static func sameCategory(_ item: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.ranges",
      at: item.position,
      length: item.length,
      "the value '\(item.text)' stands twice"
    )
  }

  static func unaskable(_ range: TuneRange, among ranges: [TuneRange]) -> Diagnostic {
    let name = range.range.condition?.parameter ?? ""
    let others = ranges.filter {
      if case .categorical = $0.range.kind { $0.name.value != range.name.value } else { false }
    }.map { $0.name.value }
    return Diagnostic(
      .error,
      "tune.ranges",
      at: range.places["when"] ?? range.name.position,
      "'\(range.name.value)' can't depend on '\(name)': a condition asks a categorical range for "
        + "values that it has",
      hint: Suggestion.hint(for: name, among: others)
    )
  }

  static func direction(
    _ metric: String,
    _ known: Direction,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.direction",
      at: position,
      length: 8,
      "\(metric) is better the \(known == .maximize ? "greater" : "smaller") it is",
      hint: "write 'type: \(known.rawValue)'"
    )
  }

  static func unknownScriptMetric(_ text: Located<String>, among names: [String]) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.objective",
      at: text.position,
      length: text.value.utf8.count,
      "the script's metric_definitions have no '\(text.value)'",
      hint: Suggestion.hint(for: text.value, among: names)
        ?? "define it: {name: \(text.value), regex: '…([0-9.]+)'}"
    )
  }

  static func objectiveForm(_ text: Located<String>, isFolded: Bool) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.objective",
      at: text.position,
      length: text.value.utf8.count,
      "'\(text.value)' is not of the form \(isFolded ? "folds:METRIC" : "SPLIT:METRIC")",
      hint: isFolded ? "such as folds:roc_auc" : "such as validation:roc_auc"
    )
  }

  static func objectiveOnTest(_ text: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.objective-on-test",
      at: text.position,
      length: text.value.utf8.count,
      "the objective reads the test split, which then no longer tells how the model does on new rows",
      hint:
        "tune on 'validation:\(text.value.dropFirst(5))', and evaluate the best model on the test "
        + "split"
    )
  }

  static func onlyForHyperband(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.hyperband",
      at: position,
      "'hyperband' has no effect on another strategy",
      hint: "leave it out, or take 'strategy: Hyperband'"
    )
  }

  static func resources(_ least: Int, _ most: Int, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.hyperband",
      at: position,
      "max_resource \(most) is not above min_resource \(least)"
    )
  }

  static func spotTemplate(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.spot",
      at: position,
      "the jobs of a tuning run on demand, and the train cell asks for spot capacity",
      hint: "leave 'spot' out of the train cell"
    )
  }

  static func noMetricOnFolds(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "tune.objective",
      at: position,
      "a script can't be trained on folds",
      hint: "name the train cell itself"
    )
  }
}
