package import ColophonCore

/// One step of preparing data: a recipe that fitting can't change.
///
/// `init(reading:)` both parses and describes the step's fields. Faults name a field of the step
/// (`columns`, `columns[1]`, `value`), and the chain puts the step's place before it. What a step
/// learned is another type, so that a step that was never fitted can't be applied.
package protocol Transform: Hashable, Sendable {
  associatedtype Fitted: FittedTransform
  /// The key of the step's map.
  static var name: String { get }
  /// One sentence for the reference.
  static var summary: String { get }

  init(reading fields: inout FieldReader)

  /// What is wrong with the step for such data, before anything is read; brings the preview to the
  /// columns after the step.
  func foresee(_ preview: inout DatasetPreview) -> [DataFault]

  /// Learns from the training rows of weight above 0, and from nothing else.
  ///
  /// A row of weight 2 counts as two rows, unless the member says otherwise.
  ///
  /// - Throws: Faults for the author, each naming a field of the step.
  func fit(_ training: FittingRows) throws(DataFaults) -> Fitted

  /// Repeats or leaves out rows of the data that the step was fitted on, after `apply`.
  ///
  /// Data that comes later keeps its rows.
  func resample(
    _ dataset: Dataset,
    drawing random: inout RandomStream
  ) throws(DataFaults) -> Dataset
}

extension Transform {
  package func resample(
    _ dataset: Dataset,
    drawing random: inout RandomStream
  ) throws(DataFaults) -> Dataset { dataset }

  /// Reads back what a fitted step of this kind wrote.
  package static func decodeFitted(_ value: Value) throws -> any FittedTransform {
    try value.decode(Fitted.self)
  }
}

/// What a step learned: applied to every split, and later to rows that nobody had then.
///
/// Its bytes are the canonical form of what `Codable` writes.
package protocol FittedTransform: Codable, Hashable, Sendable {
  /// The name of the transform that it is of.
  static var name: String { get }
  /// What value paths lead to after `steps[i]`, such as `mean` and then a column's name.
  var learned: [String: Value] { get }

  /// The dataset after the step, of as many rows in the same order.
  ///
  /// - Throws: Faults where a column is missing or of another type, or a value is one that the step
  ///   can't take; each names a field of the step.
  func apply(to dataset: Dataset) throws(DataFaults) -> Dataset

  /// The column that each column it makes stands for a part of, such as `Contract` for
  /// `Contract=Two year`; nothing for those that stand for themselves.
  var origins: [String: String] { get }

  /// What a reader should know of data that the step is about to be applied to.
  func notices(of dataset: Dataset) -> [TransformNotice]
}

extension FittedTransform {
  package func notices(of dataset: Dataset) -> [TransformNotice] { [] }
  package var origins: [String: String] { [:] }

  /// Whether another step learned the same.
  package func isEqual(to other: any FittedTransform) -> Bool { other as? Self == self }
}

/// Something that a step met and that its author may not have expected.
package struct TransformNotice: Hashable, Sendable {
  /// As in the table of advice: `data.new-level`.
  package var code: String
  /// One sentence, without a full stop.
  package var message: String
  package var hint: String?
  /// The field of the step that it is about.
  package var field: String

  package init(_ code: String, _ message: String, hint: String? = nil, field: String = "columns") {
    self.code = code
    self.message = message
    self.hint = hint
    self.field = field
  }
}
