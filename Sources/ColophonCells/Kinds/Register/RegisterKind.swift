package import ColophonCore
import ColophonLineage
package import ColophonRegistry

/// Registers a model with its evidence as a version in the model registry.
package struct RegisterKind: CellKind, ActsOnRegistry {
  package static let name = "register"
  package static let summary = "A version in the model registry, with its evidence and its gate."

  let model: Located<String>?
  let group: Located<String>?
  let evaluation: [Located<String>]
  let approveIf: [Condition]
  let rejectIf: [Condition]
  let card: VersionContent.Card
  let alias: Located<String>?
  /// Where the fields stand that advice points at.
  let places: [String: SourcePosition]

  package init(reading fields: inout FieldReader) {
    model = fields.reference(
      "model",
      to: ["model"],
      required: true,
      "The cell whose model becomes a version."
    )
    group = fields.string(
      "group",
      required: true,
      "The group of versions that answer the same question, such as `churn`."
    )
    evaluation = fields.references(
      "evaluation",
      to: [],
      "The cells that judge the model; their values become the version's evidence."
    )
    approveIf = fields.conditions(
      "approve_if",
      words: [RegistryNames.champion],
      "Conditions that all must hold for the version to be approved; without any it waits."
    )
    rejectIf = fields.conditions(
      "reject_if",
      words: [RegistryNames.champion],
      "Conditions of which one that holds rejects the version."
    )
    card = VersionContent.Card(
      description: fields.string("description", "What the model is, in a sentence.")?.value,
      intendedUse: fields.string("intended_use", "What the model is meant for.")?.value,
      limitations: fields.string("limitations", "What the model is not to be used for.")?.value
    )
    alias = fields.string(
      "alias",
      "The alias that the version gets where the gate approves it, such as `champion`."
    )
    places = ["group", "model", "evaluation", "approve_if"].reduce(into: [:]) { places, name in
      if fields.has(name) { places[name] = fields.position(of: name) }
    }
    for (what, name) in [("a group", group), ("an alias", alias)] {
      guard let name, !RegistryNames.isName(name.value) else { continue }
      fields.report(.registryName(what, name))
    }
  }

  package var groupName: String? { group?.value }

  package var values: [PathPattern] {
    [
      "version", "status", "model", "group", "content", "head", "reason", "binding", "held",
      "total", "alias",
      "champion.{version,status,model}", "champion.values.**", "conditions[*].{text,list,holds}",
    ]
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    guard let model, let group else { throw CellFailure("the cell names no model or no group") }
    let judges = evaluation.map { $0.value }
    let lineage = try workshop.lineage(of: [model.value] + judges)
    let content = VersionContent(
      engine: lineage.engine,
      model: model.value,
      evaluation: judges,
      cells: lineage.nodes,
      gate: VersionContent.Gate(
        approveIf: approveIf.map { $0.expression.text },
        rejectIf: rejectIf.map { $0.expression.text }
      ),
      card: card
    )
    if let gap = content.gaps.first {
      throw CellFailure("the lineage is not closed: \(gap.message)", field: gap.field)
    }
    let gate = RegisterGate(approveIf: approveIf, rejectIf: rejectIf)
    let registration: Registration
    do {
      registration = try workshop.registry().register(
        content,
        in: group.value,
        alias: alias?.value,
        reading: gate.championPaths
      ) { champion, mayDecide in
        try gate.decide(champion, mayDecide: mayDecide) { workshop.value(at: $0) }
      }
    } catch let refusal as RegistryRefusal {
      throw CellFailure(refusal.message, hint: refusal.hint, field: "group")
    }
    let report = RegisterReport(registration, of: content)
    return Outcome(values: report.values, exhibits: report.exhibits)
  }
}
