package import ColophonCore

/// Gradients have become too small to learn from.
///
/// Fires where the mean absolute value of a gradient is below `threshold`; name and default are
/// SageMaker Debugger's.
package struct VanishingGradient: DebuggerRule {
  package static let name = "vanishing_gradient"
  package static let summary = "A gradient is so small that its layer no longer learns."
  package static let needsTensors = true
  package static let remedy = "take relu activations, batch_norm, or fewer layers"

  package var threshold: Double

  package init(reading fields: inout FieldReader) {
    threshold = fields.number(
      "threshold",
      in: .atLeast(0),
      default: 0.0000001,
      "The mean absolute value below which a gradient has vanished."
    )
  }

  package func verdict(_ evidence: RuleEvidence) -> RuleVerdict {
    let gradients = evidence.currentTensors.filter { $0.kind == .gradient }
    guard !gradients.isEmpty else { return .blind("there are no gradients") }
    guard let tensor = gradients.first(where: { $0.meanAbsolute < threshold })
    else { return .clear }
    return .found(
      "the mean absolute gradient of '\(tensor.name)' is \(short(tensor.meanAbsolute))"
    )
  }
}

/// Gradients have become so large that steps overshoot.
///
/// Fires where the largest absolute value of a gradient is above `threshold` or not finite.
/// SageMaker Debugger's ExplodingTensor has no bound and looks for values that are not finite.
package struct ExplodingGradient: DebuggerRule {
  package static let name = "exploding_gradient"
  package static let summary = "A gradient is so large that its layer's steps overshoot."
  package static let needsTensors = true
  package static let remedy = "lower the learning rate, or clip gradients"

  package var threshold: Double

  package init(reading fields: inout FieldReader) {
    threshold = fields.number(
      "threshold",
      in: .above(0),
      default: 1_000,
      "The largest absolute value that a gradient may have."
    )
  }

  package func verdict(_ evidence: RuleEvidence) -> RuleVerdict {
    let gradients = evidence.currentTensors.filter { $0.kind == .gradient }
    guard !gradients.isEmpty else { return .blind("there are no gradients") }
    guard
      let tensor = gradients.first(where: {
        $0.nans + $0.infinities > 0 || !($0.maxAbsolute <= threshold)
      })
    else { return .clear }
    return .found(
      tensor.nans + tensor.infinities > 0
        ? "the gradient of '\(tensor.name)' is not finite"
        : "the gradient of '\(tensor.name)' reaches \(short(tensor.maxAbsolute))"
    )
  }
}
