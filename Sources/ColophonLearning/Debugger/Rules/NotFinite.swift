package import ColophonCore
package import ColophonData

/// A loss or a tensor is no longer a number.
///
/// Fires where the loss on a split is NaN or infinite, or undefined after it was defined before
/// (predictions that are no numbers have no loss), and where a tensor holds NaN or an infinity. The
/// loss that it watches by itself is defined for any constant, so that it fires in the first round, too.
/// `only_nan` is SageMaker Debugger's name (its rule is ExplodingTensor).
package struct NotFinite: DebuggerRule {
  package static let name = "not_finite"
  package static let summary = "A loss, or a value of a tensor, is NaN or infinite."
  package static let remedy =
    "lower the learning rate, scale the features, or look for infinite values in them"

  package var metric: String?
  package var onlyNaN: Bool

  package init(reading fields: inout FieldReader) {
    metric = fields.watchedLoss()
    onlyNaN = fields.boolean("only_nan", default: false, "Whether infinities are let pass.")
  }

  package func curve(for task: Task) -> String? { metric ?? RuleLoss.name(for: task) }

  package func verdict(_ evidence: RuleEvidence) -> RuleVerdict {
    for tensor in evidence.currentTensors {
      let count = tensor.nans + (onlyNaN ? 0 : tensor.infinities)
      if count > 0 { return .found("\(count) values of '\(tensor.name)' are not finite") }
    }
    guard let loss = evidence.subject.loss(metric) else {
      return evidence.currentTensors.isEmpty ? .blind("there is no loss") : .clear
    }
    var isSeen = !evidence.currentTensors.isEmpty
    for split in evidence.history.splits {
      let value = evidence.loss(loss, on: split, after: evidence.round)
      let before = evidence.loss(loss, on: split, after: evidence.round - 1)
      if let value, value.isNaN || (value.isInfinite && !onlyNaN) {
        return .found("\(loss.words) on the \(split.rawValue) rows is not finite")
      }
      if value == nil, before != nil {
        return .found("\(loss.words) on the \(split.rawValue) rows is no longer defined")
      }
      if value != nil { isSeen = true }
    }
    if metric == nil, evidence.subject.baselines[loss.metric] != nil,
      evidence.history.splits.contains(.train),
      evidence.loss(loss, on: .train, after: evidence.round) == nil
    {
      return .found("\(loss.words) on the train rows is undefined, and a constant has one")
    }
    return isSeen ? .clear : evidence.absence(of: loss, on: .train)
  }
}
