package import ColophonCore
import ColophonData
import ColophonEvaluation

/// Asks whether a group is labelled and treated as the others are.
package struct BiasKind: CellKind, UsesDataset {
  package static let name = "bias"
  package static let summary =
    "Whether a group fares as the others do: SageMaker Clarify's metrics, groups, four fifths."

  /// Where the rows come from.
  enum Source: Sendable {
    /// A cell's model, on the data it was trained on or on other data.
    case model(Located<String>, data: Located<String>?)
    case file(PredictionsFile)
    /// Labels alone.
    case data(Located<String>)
  }

  /// Nil where it was reported.
  let source: Source?
  /// Nil for all rows.
  let split: Split?
  let facet: FacetRecipe?
  let outcome: OutcomeRecipe?
  let group: Located<String>?
  let threshold: Double
  let features: [Located<String>]
  let intervals: BiasIntervals
  let fence: SourcePosition
  /// Where each field that was written stands, nested ones by their path.
  let places: [String: SourcePosition]

  package init(reading fields: inout FieldReader) {
    let model = fields.reference("model", to: ["model"], "The cell whose model is audited.")
    let file = fields.section(
      "predictions",
      "A table of predictions made elsewhere, beside the true labels and the facet."
    ) { PredictionsFile(reading: &$0) }
    let data = fields.reference(
      "data",
      to: ["dataset"],
      "The data to audit on; by default what the model was trained on. Alone, its labels are audited."
    )
    split = BiasKind.split(&fields)
    facet = BiasKind.facet(&fields)
    outcome = OutcomeRecipe(reading: &fields)
    group = fields.string(
      "group",
      "A column within whose values outcomes are compared too (`CDDL`, `CDDPL`), such as the "
        + "department that was applied to."
    )
    threshold = fields.number(
      "threshold",
      in: .finite,
      default: 0.5,
      "A binary row counts as predicted positive where its score is at least this."
    )
    features = fields.strings(
      "features",
      "Columns of numbers that the flip test finds neighbours by; by default a model's own features "
        + "without the facet."
    )
    intervals = fields.section("confidence", defaulted: BiasIntervals.documentation) {
      BiasIntervals(reading: &$0)
    }
    source = BiasKind.source(&fields, model: model, data: data, file: file)
    fence = fields.position
    places = BiasKind.places(fields)
  }

  package var dataCell: String? {
    switch source {
    case .model(let model, let data): (data ?? model).value
    case .data(let data): data.value
    case .file, nil: nil
    }
  }

  package var values: [PathPattern] {
    let stages = BiasMetric.Stage.allCases.filter { stage in
      if stage == .post, case .data = source { return false }
      return true
    }
    var patterns: [PathPattern] = ["rows", "left_out"]
    for stage in stages {
      let names = biasMetrics.members.filter { $0.stage == stage }.map { $0.name }
      let list = "{\(names.joined(separator: ","))}"
      patterns.append(PathPattern("\(stage.rawValue).\(list)"))
      patterns.append(PathPattern("ci.\(stage.rawValue).\(list).{low,high}"))
    }
    let rates = "{\(BiasValues.rates(hasPredictions: stages.count == 2).joined(separator: ","))}"
    patterns.append(PathPattern("group.{disadvantaged,others}.\(rates)"))
    patterns.append(PathPattern("value.*.\(rates)"))
    if stages.count == 2 { patterns.append("four_fifths") }
    return patterns
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    guard let facet else { throw CellFailure("the cell names no facet", field: "facet") }
    let input = try input(in: workshop)
    try workshop.checkCancellation()
    let audit = try BiasAudit(
      input,
      facet: facet,
      outcome: outcome?.selection,
      group: group?.value,
      threshold: threshold,
      intervals: intervals,
      threads: workshop.threads
    ) { workshop.random(for: "bootstrap", index: $0) }
    return Outcome(
      values: BiasValues.values(audit),
      exhibits: BiasExhibits.exhibits(audit),
      advice: BiasAdvice.advice(audit)
    )
  }

  private func input(in workshop: Workshop) throws -> AuditInput {
    let names = features.map { $0.value }
    switch source {
    case .model(let model, let data):
      return try AuditInput(
        model: model.value,
        data: data?.value,
        split: split,
        features: names,
        facet: facet?.column.value,
        in: workshop
      )
    case .data(let data):
      return try AuditInput(data: data.value, split: split, in: workshop)
    case .file(let file): return try AuditInput(file: file, features: names, in: workshop)
    case nil: throw CellFailure("the cell names nothing to audit")
    }
  }
}
