package import ColophonCore
package import ColophonLearning
package import ColophonLineage

/// One kind of cell: a name, a reader of fields, a check, a run.
///
/// `init(reading:)` both parses and describes: read against a blank reader it yields the reference,
/// the schema and the invalid values that tests try. References read there are the plan's edges, so
/// the graph is known before anything runs. The recipe is a value that `run` can't change.
package protocol CellKind: Sendable {
  /// The word after `yaml` in the fence.
  static var name: String { get }
  /// One sentence for the reference, without the name: "A dataset with a schema and fixed splits."
  static var summary: String { get }
  /// The artifact that other cells may refer to; nil where a cell only has values.
  static var produces: (any Artifact.Type)? { get }
  /// The field that a cell written as a bare list fills, as for `require`; nil for all others.
  static var listField: String? { get }

  init(reading fields: inout FieldReader)

  /// Every path that the cell's values will have, so that a wrong one is found before the run.
  var values: [PathPattern] { get }
  /// The weakest promise of the cell itself.
  var reproducibility: Reproducibility { get }
  /// Names and versions of the libraries whose results enter this cell's.
  var libraries: [String: String] { get }
  /// What only the files' heads and the other cells' recipes can tell, before anything runs.
  func check(in survey: Survey) -> [Diagnostic]
  /// Does the work.
  ///
  /// - Throws: `CellFailure` with a sentence for the author, or what a file or library threw.
  func run(in workshop: Workshop) throws -> Outcome
}

extension CellKind {
  package static var produces: (any Artifact.Type)? { nil }
  package static var listField: String? { nil }
  package var reproducibility: Reproducibility { .exact }
  package var libraries: [String: String] { [:] }
  package func check(in survey: Survey) -> [Diagnostic] { [] }
}

/// Why a cell could not do its work, in a sentence for its author.
package struct CellFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package var message: String
  package var hint: String?
  /// The field whose value is to blame, so that the failure can point at it.
  package var field: String?
  /// The code of the table of advice, where the failure stands there.
  package var code: Diagnostic.Code?

  package init(
    _ message: String,
    hint: String? = nil,
    field: String? = nil,
    code: Diagnostic.Code? = nil
  ) {
    self.message = message
    self.hint = hint
    self.field = field
    self.code = code
  }

  package var description: String { message }
}

/// Thrown by `Workshop.checkCancellation` when the run is to end.
package struct Cancelled: TrainingInterruption {
  package init() {}
  /// The run waits for the round's state to be kept.
  package var leavesTime: Bool { true }
}
