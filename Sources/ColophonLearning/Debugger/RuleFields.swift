package import ColophonCore

extension FieldReader {
  /// The metric that a rule watches.
  mutating func watchedLoss() -> String? {
    string(
      "metric",
      "The loss to watch, by default log_loss for classes, rmse for numbers, ndcg for rankings; a "
        + "metric that is to be maximised is taken from its upper bound."
    )?.value
  }

  /// The rules of `debugger: [overfit, {rule: loss_not_decreasing, action: stop}]`.
  ///
  /// `isKnown`: Whether a metric of that name exists; `suggest` makes the finding where none does.
  package mutating func debuggerRules(
    isKnown: (String) -> Bool,
    unknown: (Located<String>) -> Diagnostic
  ) -> [WatchingRule] {
    let form = FieldType.union([
      .choice(ColophonLearning.debuggerRules.names), .section(FieldReader.ruleFields),
    ])
    guard
      let node = node(
        "debugger",
        .list(form),
        "Rules that watch the job, each by its name, or as a map with its parameters."
      )
    else { return [] }
    var rules: [WatchingRule] = []
    var values: [Value] = []
    for item in node.items ?? [node] {
      guard let (rule, value) = readRule(item) else { continue }
      if rules.contains(where: { $0.name == rule.name }) {
        report(.ruleTwice(rule.name, at: item))
        continue
      }
      if let metric = item.entries?.first(where: { $0.key == "metric" })?.value, metric.isScalar,
        !isKnown(metric.text)
      {
        report(unknown(Located(metric.text, at: metric.position)))
      }
      rules.append(rule)
      values.append(value)
    }
    resolve("debugger", to: .array(values))
    return rules
  }

  private mutating func readRule(_ item: Node) -> (WatchingRule, Value)? {
    guard item.isScalar || item.entries != nil, item.content != .null else {
      report(.wrongType("debugger", expected: "the name of a rule, or a map", found: item))
      return nil
    }
    var inner = FieldReader(item.entries ?? [], context: "a debugger rule", at: item.position)
    let named = item.isScalar ? item : inner.node("rule", required: true, "The rule's name.")
    guard let named else {
      absorb(inner)
      return nil
    }
    let names = ColophonLearning.debuggerRules.names
    guard named.isScalar, let type = ColophonLearning.debuggerRules[named.text] else {
      inner.report(.unknownChoice("debugger", found: named, among: names, noun: "rule"))
      absorb(inner)
      return nil
    }
    let action = inner.choice(
      "action",
      of: WatchingRule.Action.allCases.map { $0.rawValue },
      default: WatchingRule.Action.advise.rawValue,
      "What happens when it fires: advice, or the job also ends with the rounds so far."
    )
    let rule = type.init(reading: &inner)
    inner.finish()
    absorb(inner)
    inner.resolve("rule", to: .string(type.name))
    let watching = WatchingRule(rule, action: WatchingRule.Action(rawValue: action) ?? .advise)
    return (watching, .object(inner.configuration))
  }

  /// The fields of all rules, each with the rules that take it.
  private static var ruleFields: [FieldDescription] {
    var fields = [
      FieldDescription(
        name: "rule",
        type: .choice(ColophonLearning.debuggerRules.names),
        isRequired: true,
        documentation: "The rule's name."
      ),
      FieldDescription(
        name: "action",
        type: .choice(WatchingRule.Action.allCases.map { $0.rawValue }),
        isRequired: false,
        defaultValue: .string(WatchingRule.Action.advise.rawValue),
        documentation: "What happens when it fires: advice, or the job also ends."
      ),
    ]
    for type in ColophonLearning.debuggerRules.members {
      var blank = FieldReader()
      _ = type.init(reading: &blank)
      for var field in blank.fields {
        let value = field.defaultValue.map { " (\(NumberFormat.plain($0)))" } ?? ""
        if let place = fields.firstIndex(where: { $0.name == field.name }) {
          fields[place].documentation = "\(type.name)\(value), " + fields[place].documentation
        } else {
          field.documentation = "\(type.name)\(value): \(field.documentation)"
          field.defaultValue = nil
          fields.append(field)
        }
      }
    }
    return fields
  }
}

extension Diagnostic {
  static func ruleTwice(_ name: String, at item: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "train.debugger",
      at: item.position,
      length: item.length,
      "the rule '\(name)' stands here twice",
      hint: "leave one out"
    )
  }
}
