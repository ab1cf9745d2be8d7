package import ColophonCore
import ColophonLineage

extension ModelCard {
  /// The card of a version, from its evidence alone.
  ///
  /// Neither the store nor the model's bytes are asked, so the report that registered the version and
  /// a registry that was moved elsewhere tell the same.
  ///
  /// - Parameters:
  ///   - content: The model with its evidence.
  ///   - group: The group that the version belongs to; the card's name.
  ///   - number: The version's number.
  package init(of content: VersionContent, in group: String, number: Int) {
    let evidence = CardEvidence(content)
    self.init(
      evidence.identity(named: group, number: number),
      statement: Statement(
        description: content.card.description,
        intendedUse: content.card.intendedUse,
        limitations: content.card.limitations
      ),
      data: evidence.data,
      training: evidence.training,
      evaluations: evidence.judges.compactMap { node in
        guard node.kind == "evaluate" else { return nil }
        return EvaluationFacts(
          node.name,
          data: evidence.words(for: node),
          values: node.values
        )
      },
      audits: evidence.judges.compactMap { node in
        node.kind == "bias" ? AuditFacts(node.name, values: node.values) : nil
      },
      findings: evidence.judges.compactMap { FindingFacts($0) }
    )
  }
}

/// What the lineage of a version tells of its model and of the data that it learned from.
private struct CardEvidence {
  let content: VersionContent
  let model: LineageNode?
  /// The cell whose rows the model learned from: the nearest one upstream that made a dataset.
  let dataset: LineageNode?
  /// The cell that read those rows from a file; the same where nothing prepared them.
  let source: LineageNode?

  init(_ content: VersionContent) {
    self.content = content
    model = content[cell: content.model]
    dataset = CardEvidence.nearest(from: content.model, in: content) { $0.isDataset }
    source = dataset.flatMap {
      CardEvidence.nearest(from: $0.name, in: content) { $0.kind == "dataset" }
    }
  }

  var judges: [LineageNode] { content.evaluation.compactMap { content[cell: $0] } }

  /// The first cell, breadth first, that a condition holds for; inputs in the order of their names.
  private static func nearest(
    from name: String,
    in content: VersionContent,
    where holds: (LineageNode) -> Bool
  ) -> LineageNode? {
    var seen: Set<String> = []
    var open = [name]
    while !open.isEmpty {
      var next: [String] = []
      for name in open where seen.insert(name).inserted {
        guard let node = content[cell: name] else { continue }
        if holds(node) { return node }
        next += ModelCard.names(node.inputs)
      }
      open = next
    }
    return nil
  }

  /// The configuration of the training: a tuning's template, else the model's own.
  private var configuration: Value {
    guard let own = model?.configuration else { return [:] }
    return own["train"]?["configuration"] ?? own
  }

  func identity(named name: String, number: Int) -> ModelCard.Identity {
    let target = source?.configuration["target"]?.asString
    return ModelCard.Identity(
      name: name,
      digest: content.modelDigest?.description ?? "",
      version: String(number),
      algorithm: configuration["algorithm"]?.asString ?? model?.kind ?? "",
      task: dataset?.values["task"]?.asString ?? source?.values["task"]?.asString ?? "",
      target: target,
      classes: classes,
      parameters: model?.values["parameters"]?.asNumber.flatMap { Int(exactly: $0) }
    )
  }

  /// The labels in the order of Unicode scalars, the positive one last.
  private var classes: [String] {
    let members = (dataset?.values["classes"] ?? source?.values["classes"])?.asObject ?? [:]
    let names = ModelCard.names(members)
    guard let positive = source?.configuration["positive"].map({ NumberFormat.plain($0) }),
      names.contains(positive)
    else { return names }
    return names.filter { $0 != positive } + [positive]
  }

  /// What the training cell states, and what a tuning chose.
  var training: [ModelCard.Setting] {
    let chosen = model?.values["best"]?["hyperparameters"]?.asObject ?? [:]
    var settings = ModelCard.Setting.settings(configuration, leaving: ["data", "algorithm"])
    for name in ModelCard.names(chosen) {
      guard let value = chosen[name] else { continue }
      let path = "hyperparameters.\(name)"
      if let place = settings.firstIndex(where: { $0.name == path }) {
        settings[place].value = value
      } else {
        settings.append(ModelCard.Setting(path, value))
      }
    }
    if let tuned = model, tuned.kind == "tune" {
      for name in ["strategy", "max_jobs", "objective.metric"] {
        let found = name.split(separator: ".").reduce(Optional(tuned.configuration)) {
          value,
          part in
          value?[String(part)]
        }
        if let found { settings.append(ModelCard.Setting("tuning.\(name)", found)) }
      }
    }
    return settings
  }

  var data: ModelCard.DataFacts? {
    guard let dataset, let rows = count(dataset.values["rows"]) else { return nil }
    let parts = ["train", "validation", "test"].compactMap { part -> ModelCard.DataFacts.Part? in
      guard let rows = count(dataset.values["split"]?[part]?["rows"]), rows > 0 else { return nil }
      return ModelCard.DataFacts.Part(part, rows: rows)
    }
    let columns = dataset.values["column"]?.asObject ?? [:]
    return ModelCard.DataFacts(
      name: dataset.name,
      digest: dataset.artifact?.digest.description ?? "",
      rows: rows,
      parts: parts,
      columns: ModelCard.names(columns).map { column($0, columns[$0] ?? .null) }
    )
  }

  private func column(_ name: String, _ profile: Value) -> ModelCard.DataFacts.Column {
    let stated = source?.configuration["columns"]?[name]?.asString
    let type = stated ?? (profile["mean"] == nil ? "category" : "numeric")
    return ModelCard.DataFacts.Column(
      name,
      type: type,
      role: role(of: name, type),
      missing: count(profile["missing"]) ?? 0
    )
  }

  private func role(of name: String, _ type: String) -> String? {
    for role in ["target", "weight", "group", "time"]
    where source?.configuration[role]?.asString == name { return role }
    return type == "ignore" ? nil : "feature"
  }

  /// Which rows an evaluation looked at: "the test part of churn".
  func words(for node: LineageNode) -> String? {
    if let file = node.configuration["predictions"]?["file"]?.asString {
      return "predictions in \(file)"
    }
    let name = node.configuration["data"]?.asString ?? dataset?.name
    guard let name else { return nil }
    let split = node.configuration["split"]?.asString ?? "test"
    return "the \(split) part of \(name)"
  }

  private func count(_ value: Value?) -> Int? { value?.asNumber.flatMap { Int(exactly: $0) } }
}

extension LineageNode {
  fileprivate var isDataset: Bool { artifact?.kind == "dataset" }
}
