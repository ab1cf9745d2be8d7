import ColophonCore

/// What a network takes over from elsewhere before it learns.
package struct TransferTerms: Sendable {
  /// Whether the initial model's layers are taken over to another target, and not its whole.
  package var isTransfer = false
  /// Layers whose weights are not changed.
  package var frozen: [String] = []
  /// The file of weights, as the author names it.
  package var file: String?
  /// The weights of that file.
  package var weights: PortableWeights?
  /// Under which name a layer's weights are kept in the file, where that is another.
  package var names: [String: String] = [:]

  package init() {}
}

extension TrainingFault {
  static func frozenUnknown(_ name: String, known: [String]) -> TrainingFault {
    TrainingFault(
      "train.freeze",
      "there is no layer '\(name)' to freeze",
      hint: "the layers are \(known.joined(separator: ", "))",
      field: "freeze"
    )
  }

  static func frozenDrawn(_ name: String, _ reason: String) -> TrainingFault {
    TrainingFault(
      "train.freeze",
      "the layer '\(name)' can't be frozen as it was not taken over: \(reason)",
      hint: "leave it out of 'freeze', or give it the shape that it had",
      field: "freeze"
    )
  }

  static let allFrozen = TrainingFault(
    "train.freeze",
    "every layer with weights is frozen, so there is nothing to learn",
    hint: "leave one out of 'freeze'",
    field: "freeze"
  )

  static let nothingTaken = TrainingFault(
    continuation,
    "no layer could be taken over: none has the name and the shape that it had",
    hint: "give layers the names and sizes of the first network",
    field: "from"
  )
}
