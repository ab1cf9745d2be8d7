package import ColophonCore
import ColophonData
import ColophonRegistry

extension RegisterKind {
  package func check(in survey: Survey) -> [Diagnostic] {
    [oneRun(in: survey), noEvaluation(in: survey)].compactMap { $0 }
  }

  /// An approval that rests on point values alone: they can be luck.
  private func oneRun(in survey: Survey) -> Diagnostic? {
    guard let first = approveIf.first else { return nil }
    let isCareful = approveIf.contains { condition in
      condition.expression.paths.contains { RegisterKind.tellsUncertainty($0.path, survey) }
    }
    // Words alone (a status, a name) are no claim about quality.
    let hasNumbers = approveIf.contains { $0.expression.root.comparesOrder }
    guard !isCareful, hasNumbers else { return nil }
    return Diagnostic(
      .advice,
      "register.one-run",
      at: first.node.position,
      length: first.node.length,
      "the approval compares point values alone, which another draw of the rows would change",
      hint:
        "ask for an interval's end, such as 'final.ci.roc_auc.low > 0.9', or for a test against "
        + "the champion, such as 'duel.significant'"
    )
  }

  /// Whether a value is the end of an interval, the outcome of a test, or a spread over folds.
  private static func tellsUncertainty(_ path: ValuePath, _ survey: Survey) -> Bool {
    let telling: Set<String> = [
      "ci", "low", "high", "p_value", "significant", "verdict", "std", "folds", "non_inferior",
      "non_inferiority_p_value",
    ]
    return path.segments.contains { segment in
      if case .name(let name) = segment { telling.contains(name) } else { false }
    }
  }

  /// A version that nobody has tried on rows that no choice has seen.
  private func noEvaluation(in survey: Survey) -> Diagnostic? {
    let isTested = evaluation.contains { cell in
      guard let kind = survey.recipe(of: cell.value) else { return true }
      guard let evaluate = kind as? EvaluateKind else { return false }
      return evaluate.split == .test || evaluate.isOfFile
    }
    guard !isTested, let place = places["evaluation"] ?? places["model"] else { return nil }
    return Diagnostic(
      .advice,
      "register.no-evaluation",
      at: place,
      evaluation.isEmpty
        ? "the version has no evaluation at all"
        : "no evaluation of the version is on the test split",
      hint: "add an evaluate cell with 'split: test', and name it under 'evaluation'"
    )
  }
}

extension EvaluateKind {
  /// Whether the predictions were made elsewhere, so that their rows have no split here.
  var isOfFile: Bool { if case .file = source { true } else { false } }
}

extension Expression.Term {
  /// Whether some part asks which of two numbers is greater.
  fileprivate var comparesOrder: Bool {
    switch self {
    case .binary(let op, let a, let b, _):
      [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(op) || a.comparesOrder
        || b.comparesOrder
    case .not(let inner), .negate(let inner): inner.comparesOrder
    case .call(_, let arguments, _): arguments.contains { $0.comparesOrder }
    case .literal, .path, .isMissing: false
    }
  }
}

extension Diagnostic {
  static func registryName(_ what: String, _ name: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "register.name",
      at: name.position,
      length: name.value.utf8.count,
      "'\(name.value)' is no name for \(what)",
      hint: "a letter first, then letters, digits, '-' and '_'; at most 63 characters"
    )
  }
}
