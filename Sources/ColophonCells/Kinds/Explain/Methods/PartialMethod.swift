import ColophonCore
import ColophonEvaluation

/// The mean prediction while a column is set to each of its values.
enum PartialMethod: ExplainMethod {
  static let name = "pdp"
  static let summary = "how the mean prediction follows one column, or two."
  static let fields: Set<String> = ["rows", "sample", "grid", "centred", "class"]
  static let values: [PathPattern] =
    PartialWork.values + [
      "pair.*.*.mean[*][*]", "pair.*.*.{rows,columns}[*]",
    ]

  static func run(
    _ subject: ExplainSubject,
    _ request: ExplainRequest,
    in workshop: Workshop
  ) throws -> Outcome {
    let work = try PartialWork(subject, request)
    let effects = try work.effects(in: workshop, usual: 4)
    let pairs = try work.pairs(in: workshop)
    let report = PartialReport(work: work, effects: effects, pairs: pairs, showsRows: false)
    return Outcome(values: report.values, exhibits: report.exhibits)
  }
}

/// Single rows' predictions while a column is set to each of its values.
enum IndividualMethod: ExplainMethod {
  static let name = "ice"
  static let summary = "how single rows' predictions follow one column."
  static let fields: Set<String> = ["rows", "sample", "grid", "centred", "class"]
  static let values: [PathPattern] = PartialWork.values

  static func run(
    _ subject: ExplainSubject,
    _ request: ExplainRequest,
    in workshop: Workshop
  ) throws -> Outcome {
    let work = try PartialWork(subject, request)
    let effects = try work.effects(in: workshop, usual: 4)
    let report = PartialReport(work: work, effects: effects, pairs: [], showsRows: true)
    return Outcome(values: report.values, exhibits: report.exhibits)
  }
}
