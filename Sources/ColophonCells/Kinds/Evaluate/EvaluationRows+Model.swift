import ColophonCore
import ColophonData
import ColophonEvaluation

extension EvaluationRows {
  /// The rows of a split as a cell's model predicts them.
  init(
    model: String,
    data: String?,
    split: Split,
    slices: [String],
    in workshop: Workshop
  ) throws {
    throw CellFailure("models can't be evaluated yet")
  }
}
