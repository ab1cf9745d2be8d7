import ColophonCore

/// One way to explain a model: a member of the family that `method` names.
protocol ExplainMethod: Sendable {
  static var name: String { get }
  /// One sentence for the reference.
  static var summary: String { get }
  /// The fields that have a meaning for it, beside those that all methods share.
  static var fields: Set<String> { get }
  /// Every path that its values have.
  static var values: [PathPattern] { get }

  /// Does the work.
  ///
  /// - Throws: `CellFailure` where the model or the data doesn't allow it.
  static func run(
    _ subject: ExplainSubject,
    _ request: ExplainRequest,
    in workshop: Workshop
  ) throws -> Outcome
}

/// The methods of an explain cell, in the order in which the reference lists them.
let explainMethods = Catalogue<any ExplainMethod.Type>(
  "method",
  [
    ShapMethod.self,
    PermutationMethod.self,
    PartialMethod.self,
    IndividualMethod.self,
    GainMethod.self,
  ]
) { $0.name }
