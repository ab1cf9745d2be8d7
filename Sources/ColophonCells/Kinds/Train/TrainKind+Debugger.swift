import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

extension FieldReader {
  /// The rules of `debugger`, of which some look at what not every algorithm has.
  mutating func watchingRules(of type: (any Algorithm.Type)?) -> [WatchingRule] {
    let rules = debuggerRules(
      isKnown: { TrainMetrics.isKnown($0) },
      unknown: { .unknownMetric($0) }
    )
    guard let type, let node = peek("debugger") else { return rules }
    for rule in rules {
      let kind = Swift.type(of: rule.rule)
      let place = (node.items ?? [node]).first { FieldReader.names($0, kind.name) } ?? node
      if kind.needsTensors, !type.hasTensors {
        report(.ruleWithoutTensors(kind.name, type.name, at: place.position))
      } else if kind.needsRounds, !type.isIterative {
        report(.ruleWithoutRounds(kind.name, type.name, at: place.position))
      }
    }
    return rules
  }

  private static func names(_ item: Node, _ rule: String) -> Bool {
    if item.isScalar { return item.text == rule }
    return item.entries?.first { $0.key == "rule" }?.value.text == rule
  }
}

extension TrainKind {
  /// `debugger.RULE.fired` and `debugger.RULE.round`.
  var watchingValues: [PathPattern] {
    rules.flatMap { rule in ["fired", "round"].map { "debugger.\(rule.name).\($0)" } }
      .map { PathPattern($0) }
  }

  /// Rules that can't tell anything of a task.
  func watchingProblems(_ task: Task) -> [Diagnostic] {
    guard task == .clustering, let first = rules.first(where: { $0.name != NotFinite.name }),
      let place = places["debugger"]
    else { return [] }
    return [.ruleWithoutLabels(first.name, at: place)]
  }

  /// The metrics that the rules must see after each round.
  ///
  /// - Throws: `CellFailure` where a rule names a metric that the task does not have, or one that is
  ///   no loss.
  func watchedMetrics(_ dataset: Dataset) throws -> [Metric] {
    var found: [Metric] = []
    for watching in rules {
      let rule = watching.rule
      let own = rule.curve(for: dataset.task) != RuleLoss.name(for: dataset.task)
      for name in rule.metrics(for: dataset.task, classes: dataset.classes)
      where !found.contains(where: { $0.name == name }) {
        guard let metric = Metric.named(name, task: dataset.task, classes: dataset.classes) else {
          if own, rule.curve(for: dataset.task) == name {
            found += try TrainMetrics.resolve([name], dataset, field: "debugger")
          }
          continue
        }
        if rule.curve(for: dataset.task) == name, RuleLoss(metric) == nil {
          throw CellFailure(
            "\(watching.name) watches '\(name)', which is no loss: it has no best end",
            hint:
              "watch a metric that is to be minimised, such as \(RuleLoss.name(for: dataset.task) ?? "rmse")",
            field: "debugger"
          )
        }
        found.append(metric)
      }
    }
    return found
  }
}

extension Diagnostic {
  static func ruleWithoutTensors(
    _ rule: String,
    _ algorithm: String,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "train.debugger",
      at: position,
      "the rule '\(rule)' looks at the tensors of a network, and \(algorithm) has none",
      hint: "leave it out"
    )
  }

  static func ruleWithoutRounds(
    _ rule: String,
    _ algorithm: String,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "train.debugger",
      at: position,
      "the rule '\(rule)' compares rounds, and \(algorithm) has none",
      hint: "leave it out"
    )
  }

  static func ruleWithoutLabels(_ rule: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.debugger",
      at: position,
      "the rule '\(rule)' compares predictions with labels, which clustering has none of",
      hint: "leave 'debugger' out"
    )
  }
}
