import ColophonCore

extension PageRenderer {
  /// A model card: what is stated, what was measured, and what is missing.
  mutating func card(_ card: ModelCard) -> HTMLNode {
    let identity = card.identity
    var parts: [HTMLNode] = [PageRenderer.facts(PageRenderer.facts(identity, card.statement))]
    if let text = card.statement.description { parts.append(.paragraph(.plain, [.text(text)])) }
    parts += titled("Intended use", text: card.statement.intendedUse)
    parts += titled("Limitations", text: card.statement.limitations)
    if let data = card.data { parts += titled("Data", self.data(data)) }
    if !card.training.isEmpty { parts += titled("Training", [table(settings(card.training))]) }
    for evaluation in card.evaluations {
      parts += titled("Evaluation by \(evaluation.name)", measured(evaluation))
    }
    for audit in card.audits { parts += titled("Bias, by \(audit.name)", audited(audit)) }
    for finding in card.findings {
      let title = PageRenderer.titles[finding.kind] ?? "Findings"
      let settings = settings(finding.settings, caption: title)
      parts += titled("\(title), by \(finding.name)", [table(settings)])
    }
    if !card.gaps.isEmpty {
      let list = card.gaps.joined(separator: ", ")
      parts.append(PageRenderer.notice(.info, [.text("This card lacks \(list).")]))
    }
    // Several versions of a group may stand on one page: the label tells them apart.
    let which = identity.version.map { "version \($0)" } ?? Self.short(identity.digest)
    return .element(
      .section,
      [.label("Model card of \(identity.name), \(which)")],
      [.element(.h3, [], [.text("Model card: \(identity.name)")])] + parts
    )
  }

  private static func facts(
    _ identity: ModelCard.Identity,
    _ statement: ModelCard.Statement
  ) -> [Fact] {
    var facts: [Fact] = []
    if let version = identity.version { facts.append(Fact("version", version)) }
    facts += [Fact("algorithm", identity.algorithm), Fact("task", identity.task)]
    if let target = identity.target {
      let classes = identity.classes.joined(separator: ", ")
      facts.append(Fact("predicts", target, note: classes.isEmpty ? nil : classes))
    }
    if let parameters = identity.parameters {
      facts.append(Fact("parameters", DecimalText.grouped(String(parameters))))
    }
    if let owner = statement.owner { facts.append(Fact("owner", owner)) }
    return facts + [Fact("content", short(identity.digest))]
  }

  private func titled(_ title: String, text: String?) -> [HTMLNode] {
    titled(title, [.paragraph(.plain, [.text(text ?? "Not stated.")])])
  }

  private func titled(_ title: String, _ nodes: [HTMLNode]) -> [HTMLNode] {
    [.element(.h4, [], [.text(title)])] + nodes
  }

  private mutating func data(_ data: ModelCard.DataFacts) -> [HTMLNode] {
    var facts = [Fact("rows", DecimalText.grouped(String(data.rows)))]
    if let name = data.name { facts.insert(Fact("dataset", name), at: 0) }
    facts += data.parts.map { Fact($0.name, DecimalText.grouped(String($0.rows))) }
    facts.append(Fact("content", PageRenderer.short(data.digest)))
    let schema = TableExhibit(
      caption: "Schema",
      columns: [
        TableColumn("column"), TableColumn("type"), TableColumn("used as"),
        TableColumn("missing", .numeric),
      ],
      rows: data.columns.map { column in
        [
          .code(column.name), .text(column.type), .text(column.role ?? "not used"),
          .count(column.missing),
        ]
      },
      visibleRows: 12
    )
    return [PageRenderer.facts(facts)] + (data.columns.isEmpty ? [] : [table(schema)])
  }

  /// What a finding of each kind of cell is called.
  private static let titles = [
    "compare": "Comparison", "crossvalidate": "Crossvalidation", "drift": "Drift",
    "explain": "Importance",
  ]

  private func settings(
    _ settings: [ModelCard.Setting],
    caption: String = "Configuration"
  ) -> TableExhibit {
    TableExhibit(
      caption: caption,
      columns: [
        TableColumn(caption == "Configuration" ? "setting" : "name"), TableColumn("value"),
      ],
      rows: settings.map { [.code($0.name), .text(NumberFormat.standard($0.value))] },
      visibleRows: 12
    )
  }

  private mutating func measured(_ evaluation: ModelCard.EvaluationFacts) -> [HTMLNode] {
    var facts: [Fact] = []
    if let data = evaluation.data { facts.append(Fact("on", data)) }
    if let rows = evaluation.rows { facts.append(Fact("rows", DecimalText.grouped(String(rows)))) }
    if let threshold = evaluation.threshold {
      facts.append(Fact("threshold", DecimalText.general(threshold, digits: 4)))
    }
    var nodes = facts.isEmpty ? [] : [PageRenderer.facts(facts)]
    nodes.append(table(PageRenderer.measures("Metrics", evaluation.measures)))
    if let slices = PageRenderer.slices(evaluation) { nodes.append(table(slices)) }
    return nodes
  }

  private mutating func audited(_ audit: ModelCard.AuditFacts) -> [HTMLNode] {
    var nodes: [HTMLNode] = []
    if let meets = audit.meetsFourFifths {
      nodes.append(
        PageRenderer.notice(
          meets ? .info : .advice,
          [
            .text(
              meets
                ? "The four-fifths rule is met: acceptance rates lie within 0.8 and 1.25 of each other."
                : "The four-fifths rule is not met: one group is accepted less than 0.8 times as often."
            )
          ]
        )
      )
    }
    for (title, measures) in [("Labels", audit.labels), ("Predictions", audit.predictions)]
    where !measures.isEmpty { nodes.append(table(PageRenderer.measures(title, measures))) }
    return nodes
  }

  private static func number(_ value: Double?) -> TableCell {
    value.map { .number($0, .general(4)) } ?? .missing
  }

  private static func measures(_ caption: String, _ measures: [ModelCard.Measure]) -> TableExhibit {
    let hasIntervals = measures.contains { $0.low != nil }
    return TableExhibit(
      caption: caption,
      columns: [TableColumn("metric"), TableColumn("value", .numeric)]
        + (hasIntervals ? [TableColumn("low", .numeric), TableColumn("high", .numeric)] : []),
      rows: measures.map { measure in
        [.code(measure.name), number(measure.value)]
          + (hasIntervals ? [number(measure.low), number(measure.high)] : [])
      },
      visibleRows: 12
    )
  }

  /// A slice's value, with its interval where there is one: "0.81 (0.74 to 0.88)".
  private static func sliced(_ measure: ModelCard.Measure?) -> TableCell {
    guard let value = measure?.value, let low = measure?.low, let high = measure?.high else {
      return number(measure?.value)
    }
    let texts = [value, low, high].map { DecimalText.general($0, digits: 3) }
    return .text("\(texts[0]) (\(texts[1]) to \(texts[2]))")
  }

  /// The slices with up to five of the metrics that all rows have.
  private static func slices(_ evaluation: ModelCard.EvaluationFacts) -> TableExhibit? {
    guard !evaluation.slices.isEmpty else { return nil }
    let names = evaluation.measures.map { $0.name }.filter { name in
      evaluation.slices.contains { slice in slice.measures.contains { $0.name == name } }
    }.prefix(5)
    return TableExhibit(
      caption: "Slices",
      columns: [TableColumn("column"), TableColumn("value"), TableColumn("rows", .numeric)]
        + names.map { TableColumn($0, .numeric) },
      rows: evaluation.slices.map { slice in
        [.code(slice.column), .text(slice.value), slice.rows.map { .count($0) } ?? .missing]
          + names.map { name in sliced(slice.measures.first { $0.name == name }) }
      },
      visibleRows: 12
    )
  }
}
