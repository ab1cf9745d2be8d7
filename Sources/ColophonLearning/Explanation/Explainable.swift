package import ColophonEvaluation

/// A model that can say what it is a sum of, so that its explanations are exact.
package protocol Explainable: Model {
  /// The model's margin as a sum over trees or features, in the order of the training's features.
  ///
  /// - Throws: `ExplanationFault` where this very model is no such sum.
  func additiveModel() throws -> AdditiveModel
}

/// Why a model can't be explained so, in a sentence for its author.
package struct ExplanationFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence, without a full stop.
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  package var description: String { message }
}
