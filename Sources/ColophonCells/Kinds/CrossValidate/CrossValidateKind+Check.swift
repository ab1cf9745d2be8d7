package import ColophonCore
import ColophonData
import ColophonLearning

extension CrossValidateKind {
  package func check(in survey: Survey) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if template?.earlyStopping?.split == .test, let place = places["train"] {
      found.append(.stoppingOnHeldOut(at: place))
    }
    guard let preview = data.flatMap({ survey.preview(of: $0.value) }) else { return found }
    let task = preview.task.flatMap { Task(rawValue: $0) }
    if let task { found += TrainMetrics.unknown(metrics, task: task) }
    let hasTime = preview.time != nil || task == .forecasting
    guard let scheme = recipe.scheme, let place = places["scheme"] else {
      // Without a scheme the data's own is taken; only a gap may then be out of place.
      if recipe.gap > 0, !hasTime, let place = places["gap"] {
        found.append(.gapWithoutTime(nil, at: place))
      }
      return found
    }
    let length = scheme.rawValue.utf8.count
    switch scheme {
    case .kfold, .stratified, .leaveOneOut:
      if hasTime {
        found.append(.foldsOverTime(scheme, at: place))
      } else if let group = preview.group {
        found.append(.foldsThroughGroups(scheme, group, at: place))
      }
      if scheme == .stratified, let task, !task.isClassification {
        found.append(.scheme(scheme, needs: "a target of classes", at: place, length))
      }
    case .group where preview.group == nil:
      found.append(.scheme(scheme, needs: "a group column", at: place, length))
    case .timeSeries where preview.time == nil:
      found.append(.scheme(scheme, needs: "a time column", at: place, length))
    default: break
    }
    return found
  }
}

/// The wording of what can be wrong with a crossvalidate cell.
extension Diagnostic {
  static func foldsOverTime(_ scheme: FoldScheme, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "eval.kfold-on-time",
      at: position,
      length: scheme.rawValue.utf8.count,
      "'\(scheme.rawValue)' on rows that have a time lets the model learn from the future",
      hint: "take 'scheme: time_series', or leave 'time' out of the dataset where it plays no part"
    )
  }

  static func foldsThroughGroups(
    _ scheme: FoldScheme,
    _ group: String,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .advice,
      "eval.leakage",
      at: position,
      length: scheme.rawValue.utf8.count,
      "'\(scheme.rawValue)' puts rows of one '\(group)' into several folds, so the model is measured "
        + "on groups that it has seen",
      hint: "take 'scheme: group'"
    )
  }

  static func scheme(
    _ scheme: FoldScheme,
    needs what: String,
    at position: SourcePosition,
    _ length: Int
  ) -> Diagnostic {
    let fault = DataFault.foldScheme(scheme, needs: what)
    return Diagnostic(.error, fault.code, at: position, length: length, fault.message)
  }

  static func foldsOfLeaveOneOut(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "eval.folds",
      at: position,
      "leave-one-out has as many folds as there are training rows",
      hint: "leave 'folds' out, or take 'scheme: kfold'"
    )
  }

  static func gapWithoutTime(_ scheme: String?, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "eval.folds",
      at: position,
      "'gap' has no effect "
        + (scheme.map { "with the scheme '\($0)', whose rows have no order" }
          ?? "on data without a time column, whose rows have no order"),
      hint: scheme == nil
        ? "leave it out, or name the dataset's 'time'"
        : "leave it out, or take 'scheme: time_series'"
    )
  }

  static func stoppingOnHeldOut(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "eval.test-reused",
      at: position,
      "the train cell's early stopping watches the test split, whose place the held-out rows take",
      hint: "watch the validation split"
    )
  }
}
