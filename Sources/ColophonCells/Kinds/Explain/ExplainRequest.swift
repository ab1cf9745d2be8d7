import ColophonCore
import ColophonData
import ColophonEvaluation

/// What an explain cell asks for.
struct ExplainRequest: Sendable {
  /// A column, or two that are looked at together.
  struct Feature: Sendable {
    var names: [Located<String>]
    var position: SourcePosition
  }

  var split: Split
  /// Positions in the split; empty for the method's own choice.
  var rows: [Int]
  var features: [Feature]
  /// How many rows the summary rests on; nil for the method's usual number.
  var sample: Int?
  var explainer: Located<String>?
  /// Whether the values of unknown features are taken from a background.
  var isInterventional: Bool
  var background: Int?
  var samples: Int
  var interactions: Bool
  var label: Located<String>?
  var metric: Located<String>?
  var repeats: Int
  var grid: Int
  var isCentred: Bool

  init(reading fields: inout FieldReader, method: String) {
    let word = fields.choice(
      "split",
      of: Split.allCases.map { $0.rawValue },
      default: Split.test.rawValue,
      "Which rows of the data are explained."
    )
    split = Split(rawValue: word) ?? .test
    rows = ExplainRequest.rows(&fields)
    features = ExplainRequest.features(&fields, method: method)
    sample = fields.integer(
      "sample",
      in: 1...1_000_000,
      "How many rows of the split the summary rests on, evenly spread; by default all up to the "
        + "method's usual number."
    )
    explainer = fields.choice(
      "explainer",
      of: Explainer.all.names,
      "shap: how the values are computed; by default exactly where the model allows it, else "
        + "`kernel`. "
        + Explainer.all.members.map { "`\($0.name)`: \($0.summary)" }
        .joined(separator: " ")
    )
    let perturbation = fields.choice(
      "perturbation",
      of: ["path_dependent", "interventional"],
      "shap of trees: what stands for a feature that is not known; the training rows that took the "
        + "tree's paths (the default), or the rows of a `background` (the default where one is "
        + "given)."
    )?.value
    background = fields.integer(
      "background",
      in: 1...100_000,
      "shap: how many training rows stand for what is not known, evenly spread."
    )
    isInterventional = perturbation.map { $0 == "interventional" } ?? fields.has("background")
    samples = fields.integer(
      "samples",
      in: 16...1_000_000,
      default: 1_024,
      "shap by kernel or permutation: for each row, how many sets of columns are asked for at most."
    )
    interactions = fields.boolean(
      "interactions",
      default: false,
      "shap of trees, path-dependent: whether pairs of features are told apart too."
    )
    label = fields.string(
      "class",
      "Of several classes: the one that is explained; by default all are summed up."
    )
    metric = fields.string(
      "metric",
      "permutation: what gets worse; by default `roc_auc`, `accuracy`, `r2` or `ndcg_10`, as the task "
        + "is."
    )
    repeats = fields.integer(
      "repeats",
      in: 1...1_000,
      default: 10,
      "permutation: how often each column is shuffled."
    )
    grid = fields.integer(
      "grid",
      in: 2...200,
      default: 20,
      "pdp and ice: at how many values of a column the model is asked."
    )
    isCentred = fields.boolean(
      "centred",
      default: false,
      "pdp and ice: whether every curve starts at 0."
    )
    checkFields(&fields, method: method)
  }

  private static func rows(_ fields: inout FieldReader) -> [Int] {
    fields.numbers(
      "rows",
      in: .closed(0, 1e9),
      "Positions in the split, from 0, of rows that are shown one by one."
    ).enumerated().compactMap { index, number in
      if let position = Int(exactly: number) { return position }
      if let node = fields.peek("rows") {
        fields.report(
          .wrongType("rows", expected: "whole numbers", found: node.items?[index] ?? node)
        )
      }
      return nil
    }
  }

  /// `features: [age, [age, income]]`.
  private static func features(_ fields: inout FieldReader, method: String) -> [Feature] {
    guard
      let node = fields.node(
        "features",
        .list(.union([.string, .list(.string)])),
        "Columns that are looked at closely; for `shap`, `pdp` also pairs of them, such as `[age, "
          + "[age, income]]`."
      )
    else { return [] }
    return (node.items ?? [node]).compactMap { item in
      let parts = item.items ?? [item]
      let names = parts.filter { $0.isScalar }.map { Located($0.text, at: $0.position) }
      guard names.count == parts.count, (1...2).contains(names.count) else {
        fields.report(
          .wrongType("features", expected: "names of columns, and pairs of names", found: item)
        )
        return nil
      }
      if names.count == 2, ![ShapMethod.name, PartialMethod.name].contains(method) {
        fields.report(.pairsAlone(method, at: item.position))
        return nil
      }
      return Feature(names: names, position: item.position)
    }
  }

  /// Fields that were written but have no meaning for the method.
  private func checkFields(_ fields: inout FieldReader, method: String) {
    guard let chosen = explainMethods[method], !fields.isBlank else { return }
    let special = explainMethods.members.reduce(into: Set<String>()) { $0.formUnion($1.fields) }
    for field in special.subtracting(chosen.fields).sorted() where fields.has(field) {
      let takers = explainMethods.members.filter { $0.fields.contains(field) }.map { $0.name }
      fields.report(
        .fieldOfOtherMethod(field, method, takers, at: fields.position(of: field))
      )
    }
  }
}
