package import ColophonCore
import ColophonData
import ColophonEvaluation

/// Asks whether the rows of now are still like those that a model learned from.
package struct DriftKind: CellKind, UsesDataset {
  package static let name = "drift"
  package static let summary =
    "Whether data, predictions or performance have moved away from a reference."

  let reference: RowsRecipe?
  let current: RowsRecipe?
  /// Empty for all features that both hold.
  let columns: [Located<String>]
  let tests: [DriftTest]
  /// The bounds that differ from the tests' own.
  let bounds: [String: Double]
  let correction: DriftCorrection
  let model: Located<String>?
  let performance: PerformanceRecipe
  /// Where `metric`, `time` and `slices` stand, in this order.
  private let performancePlaces: [(field: String, position: SourcePosition)]

  package init(reading fields: inout FieldReader) {
    reference = RowsRecipe(
      "reference",
      reading: &fields,
      "What the rows of now are compared with: a dataset cell, or `{data: NAME, split: train}`."
    )
    current = RowsRecipe(
      "current",
      reading: &fields,
      "The rows of now: a dataset cell, or `{data: NAME, split: SPLIT}`."
    )
    columns = fields.strings(
      "columns",
      "The columns to compare; by default every feature that both hold as the same type."
    )
    tests = DriftKind.tests(&fields)
    bounds = DriftKind.bounds(&fields, tests)
    let name = fields.choice(
      "correction",
      of: DriftCorrection.allCases.map { $0.rawValue },
      default: DriftCorrection.holm.rawValue,
      "How p-values are corrected over all columns and tests: `holm` for the chance of any false "
        + "alarm, `benjamini_hochberg` for the share of false ones."
    )
    correction = DriftCorrection(rawValue: name) ?? .holm
    model = fields.reference(
      "model",
      to: ["model"],
      "A cell whose model's predictions are compared too, and whose performance is followed where "
        + "the rows of now have labels."
    )
    performance = PerformanceRecipe(reading: &fields)
    performancePlaces = ["metric", "time", "slices"].compactMap { field in
      fields.peek(field).map { (field, $0.position) }
    }
  }

  package var dataCell: String? { current?.cell.value }

  package var values: [PathPattern] {
    let names = tests.map { $0.name }.joined(separator: ",")
    let chances = tests.filter { $0.measure == .chance }.map { $0.name }.joined(separator: ",")
    var patterns: [PathPattern] = [
      "rows.{reference,current}", "drifted", "drifted_columns", "compared_columns",
      PathPattern("*.{\(names),drifted}"),
    ]
    if !chances.isEmpty { patterns.append(PathPattern("*.{p,adjusted}.{\(chances)}")) }
    if model != nil {
      patterns += [
        "performance.{metric,reference,current,fell}", "performance.slices[*].{from,to,rows}",
        "performance.slices[*].{value,low,high}", "performance.slices[*]", "performance.slices",
      ]
    }
    return patterns
  }

  package func check(in survey: Survey) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if model == nil {
      found += performancePlaces.map { .driftNeedsModel($0.field, at: $0.position) }
    }
    guard let reference, let current else { return found }
    if reference.cell.value == current.cell.value, reference.split == current.split {
      found.append(.sameRows(current))
    }
    let before = survey.preview(of: reference.cell.value)
    let after = survey.preview(of: current.cell.value)
    for column in columns { found += DriftKind.problems(column, before, after) }
    if let time = performance.time, let after, !after.mayHave(time.value) {
      found.append(.unknownColumn(time, known: after.columns))
    }
    return found
  }

  private static func problems(
    _ column: Located<String>,
    _ before: DatasetPreview?,
    _ after: DatasetPreview?
  ) -> [Diagnostic] {
    for preview in [before, after].compactMap({ $0 }) where !preview.mayHave(column.value) {
      return [.unknownColumn(column, known: preview.columns)]
    }
    let types = [before, after].map { $0?.types[column.value] }
    for case let type? in types where type == .text || type == .ignore {
      return [.untestable(column, type)]
    }
    guard case (let old?, let new?) = (types[0], types[1]), old != new else { return [] }
    return [.columnOfOneType(column, old, new)]
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    guard let reference, let current else { throw CellFailure("the cell names no rows to compare") }
    let before = try reference.load("reference", in: workshop)
    let after = try current.load("current", in: workshop)
    try workshop.checkCancellation()
    let report = try DriftReport(self, before, after, in: workshop)
    return Outcome(
      values: report.values,
      exhibits: report.exhibits,
      advice: []
    )
  }
}
