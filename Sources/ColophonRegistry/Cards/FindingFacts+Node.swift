package import ColophonCore
import ColophonLineage

extension ModelCard.FindingFacts {
  /// What a cell that judges a model tells beside metrics and audits; nil where it has nothing to add.
  init?(_ node: LineageNode) {
    guard let paths = ModelCard.FindingFacts.telling[node.kind] else { return nil }
    let found = paths(node.values).compactMap { path -> ModelCard.Setting? in
      var value: Value? = node.values
      for part in path { value = value?[part] }
      return value.map { ModelCard.Setting(path.joined(separator: "."), $0) }
    }
    if found.isEmpty { return nil }
    self.init(node.name, kind: node.kind, settings: found)
  }

  /// How many features an explanation names.
  private static let shownFeatures = 10

  /// By cell kind, the paths of what a card tells.
  private static let telling: [String: @Sendable (Value) -> [[String]]] = [
    "compare": { _ in
      ["metric", "test", "baseline", "best", "difference", "low", "high", "p_value", "verdict"]
        .map { [$0] }
    },
    "crossvalidate": { values in
      [["fold_count"]]
        + ModelCard.names(values.asObject ?? [:]).filter { values[$0]?["mean"] != nil }
        .flatMap { [[$0, "mean"], [$0, "std"]] }
    },
    "drift": { _ in [["compared_columns"], ["drifted_columns"], ["drifted"]] },
    "explain": { values in
      let importance = values["importance"]?.asObject ?? [:]
      let sizes = importance.compactMapValues { $0.asNumber?.magnitude }
      return ModelCard.names(sizes).sorted { (sizes[$0] ?? 0) > (sizes[$1] ?? 0) }
        .prefix(shownFeatures).map { ["importance", $0] }
    },
  ]
}
