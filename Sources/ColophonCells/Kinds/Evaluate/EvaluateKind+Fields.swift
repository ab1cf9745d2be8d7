import ColophonCore
import ColophonData
import ColophonEvaluation

extension EvaluateKind {
  static func split(_ fields: inout FieldReader) -> Split {
    let name = fields.choice(
      "split",
      of: Split.allCases.map { $0.rawValue },
      default: Split.test.rawValue,
      "Which rows of the data are evaluated."
    )
    return Split(rawValue: name) ?? .test
  }

  /// Where what depends on the task stands; a threshold may be any number of a task without one.
  static func places(_ fields: FieldReader) -> [String: SourcePosition] {
    var places: [String: SourcePosition] = [:]
    for name in ["threshold", "confidence", "at"] { places[name] = fields.peek(name)?.position }
    return places
  }

  /// One source and no more.
  static func source(
    _ fields: inout FieldReader,
    model: Located<String>?,
    data: Located<String>?,
    file: PredictionsFile?
  ) -> Source? {
    if fields.isBlank { return nil }
    switch (model, file) {
    case (nil, nil):
      if !fields.has("model"), !fields.has("predictions") {
        fields.report(.noSource(at: fields.position))
      }
      return nil
    case (.some, .some):
      fields.report(.twoSources(at: fields.position(of: "predictions")))
      return nil
    case (.some(let model), nil): return .model(model, data: data)
    case (nil, .some(let file)):
      for field in ["data", "split"] where fields.has(field) {
        fields.report(.onlyWithModel(field, at: fields.position(of: field)))
      }
      return .file(file)
    }
  }

  /// `threshold: X`, `{maximize: METRIC}` or `{cost: {false_positive, false_negative}}`.
  static func threshold(_ fields: inout FieldReader) -> ThresholdRule {
    let standard = ThresholdRule.fixed(0.5)
    guard
      let node = fields.node(
        "threshold",
        thresholdType,
        default: .number(0.5),
        "A binary row counts as predicted positive where its score is at least this: a number; "
          + "`{maximize: METRIC}`; or `{cost: {false_positive: X, false_negative: Y}}`."
      )
    else { return standard }
    if let number = node.value.asNumber, number.isFinite { return .fixed(number) }
    guard let entry = node.entries?.first, node.entries?.count == 1 else {
      fields.report(.thresholdForm(node))
      return standard
    }
    switch entry.key {
    case "maximize": return maximize(entry.value, &fields)
    case "cost": return cost(entry.value, &fields)
    default:
      fields.report(.thresholdForm(node))
      return standard
    }
  }

  private static func maximize(_ node: Node, _ fields: inout FieldReader) -> ThresholdRule {
    let metric = Metric.named(node.text, task: .binary)
    guard metric?.ofCounts != nil, metric?.direction == .maximize else {
      fields.report(.thresholdMetric(node))
      return .fixed(0.5)
    }
    return .maximize(node.text)
  }

  private static func cost(_ node: Node, _ fields: inout FieldReader) -> ThresholdRule {
    guard let entries = node.entries else {
      fields.report(.thresholdForm(node))
      return .fixed(0.5)
    }
    var reader = FieldReader(entries, context: "'cost'", at: node.position)
    let (alarm, miss) = costs(&reader)
    reader.finish()
    fields.absorb(reader)
    guard let alarm, let miss else { return .fixed(0.5) }
    return .cost(falsePositive: alarm, falseNegative: miss)
  }

  private static func costs(_ fields: inout FieldReader) -> (Double?, Double?) {
    let alarm = fields.number(
      "false_positive",
      in: .atLeast(0),
      required: true,
      "What a false alarm costs."
    )
    let miss = fields.number(
      "false_negative",
      in: .atLeast(0),
      required: true,
      "What a missed positive costs."
    )
    return (alarm, miss)
  }

  /// The three forms, described by reading them from nothing.
  private static var thresholdType: FieldType {
    var chosen = FieldReader()
    _ = chosen.string(
      "maximize",
      required: true,
      "A metric of the confusion matrix, such as `f1` or `mcc`."
    )
    var priced = FieldReader()
    _ = priced.section(
      "cost",
      required: true,
      "What wrong predictions cost; the lowest total is chosen."
    ) { costs(&$0) }
    return .union([.number(.finite), .section(chosen.fields), .section(priced.fields)])
  }
}
