package import ColophonCore

/// Rectified linear units that are never active.
///
/// Fires where more than `threshold_layer` per cent of a layer's units are active for less than
/// `threshold_inactivity` per cent of the rows; names and defaults are SageMaker Debugger's.
package struct DeadRelu: DebuggerRule {
  package static let name = "dead_relu"
  package static let summary = "Most rectified linear units of a layer are never active."
  package static let needsTensors = true
  package static let remedy = "lower the learning rate, or take leaky_relu"

  package var bounds: IdleBounds

  package init(reading fields: inout FieldReader) { bounds = IdleBounds(reading: &fields) }

  package func verdict(_ evidence: RuleEvidence) -> RuleVerdict {
    bounds.verdict(evidence.currentTensors.filter { $0.kind == .relu }, state: "dead")
  }
}

/// Sigmoid and tanh units whose inputs are so large that their slope is gone.
///
/// Fires where more than `threshold_layer` per cent of a layer's units have inputs within the
/// activation's steep range for less than `threshold_inactivity` per cent of the rows; names and
/// defaults are SageMaker Debugger's (its rule is SaturatedActivation).
package struct Saturated: DebuggerRule {
  package static let name = "saturated"
  package static let summary = "Most sigmoid or tanh units of a layer are saturated."
  package static let needsTensors = true
  package static let remedy = "scale the features, add batch_norm, or take relu"

  package var bounds: IdleBounds

  package init(reading fields: inout FieldReader) { bounds = IdleBounds(reading: &fields) }

  package func verdict(_ evidence: RuleEvidence) -> RuleVerdict {
    let layers = evidence.currentTensors.filter { $0.kind == .tanh || $0.kind == .sigmoid }
    return bounds.verdict(layers, state: "saturated")
  }
}

/// How many units of a layer may idle, and when one does.
package struct IdleBounds: Hashable, Sendable {
  /// Percentages.
  package var inactivity: Double
  package var layer: Double

  init(reading fields: inout FieldReader) {
    inactivity = fields.number(
      "threshold_inactivity",
      in: .closed(0, 100),
      default: 1,
      "The percentage of rows below which a unit counts as idle."
    )
    layer = fields.number(
      "threshold_layer",
      in: .closed(0, 100),
      default: 50,
      "The percentage of a layer's units that may idle."
    )
  }

  func verdict(_ layers: [TensorStatistics], state: String) -> RuleVerdict {
    guard !layers.isEmpty else { return .blind("there are no such activations") }
    guard let tensor = layers.first(where: { $0.idleUnits(below: inactivity) > layer })
    else { return .clear }
    return .found(
      "\(short(tensor.idleUnits(below: inactivity))) % of the units of '\(tensor.name)' are \(state)"
    )
  }
}
