package import ColophonCore

/// Why some rows can't be learned from with some hyperparameters, in a sentence for the author.
///
/// The algorithm knows nothing of the notebook, so a fault names the field that it is about.
package struct TrainingFault: Error, Hashable, Sendable, CustomStringConvertible {
  package var code: Diagnostic.Code
  /// One sentence, without a full stop.
  package var message: String
  package var hint: String?
  /// The train cell's field, such as `hyperparameters.alpha` or `data`.
  package var field: String

  package init(
    _ code: Diagnostic.Code,
    _ message: String,
    hint: String? = nil,
    field: String = "data"
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.field = field
  }

  package var description: String { hint.map { "\(message) (\($0))" } ?? message }
}
