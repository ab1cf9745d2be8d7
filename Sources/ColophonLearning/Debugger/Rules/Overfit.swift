package import ColophonCore
package import ColophonData

/// The model knows the training rows better than others.
///
/// With T and V the losses on the training and validation rows after a round, fires where
/// (V - T) / |T| > `ratio_threshold` for `patience` rounds in a row, none before `start_step`.
/// Names and defaults are SageMaker Debugger's.
package struct Overfit: DebuggerRule {
  package static let name = "overfit"
  package static let summary =
    "The loss on the validation rows is far above that on the training rows."
  package static let remedy =
    "regularise more, take fewer rounds or more rows, or add early_stopping"

  package var metric: String?
  package var startStep: Int
  package var patience: Int
  package var ratioThreshold: Double

  package init(reading fields: inout FieldReader) {
    metric = fields.watchedLoss()
    startStep = fields.integer(
      "start_step",
      in: 0...1_000_000,
      default: 0,
      "The first round that is judged."
    )
    patience = fields.integer(
      "patience",
      in: 1...1_000_000,
      default: 1,
      "Rounds in a row that must be above the threshold."
    )
    ratioThreshold = fields.number(
      "ratio_threshold",
      in: .atLeast(0),
      default: 0.1,
      "How far above the training loss the validation loss may be, as a share of the training loss."
    )
  }

  package func curve(for task: Task) -> String? { metric ?? RuleLoss.name(for: task) }

  package func verdict(_ evidence: RuleEvidence) -> RuleVerdict {
    guard let loss = evidence.subject.loss(metric) else { return .blind("there is no loss") }
    let first = evidence.round - patience + 1
    for round in stride(from: evidence.round, through: max(1, first), by: -1) {
      guard let train = evidence.loss(loss, on: .train, after: round)
      else { return evidence.absence(of: loss, on: .train) }
      guard let validation = evidence.loss(loss, on: .validation, after: round)
      else { return evidence.absence(of: loss, on: .validation) }
      guard round >= startStep, validation - train > ratioThreshold * train.magnitude
      else { return .clear }
    }
    return first < 1 ? .clear : .found(words(loss, evidence))
  }

  private func words(_ loss: RuleLoss, _ evidence: RuleEvidence) -> String {
    let train = evidence.loss(loss, on: .train, after: evidence.round) ?? 0
    let validation = evidence.loss(loss, on: .validation, after: evidence.round) ?? 0
    return
      "\(loss.words) is \(short(validation)) on the validation rows and \(short(train)) on the "
      + "training rows, more than \(short(ratioThreshold * 100)) % above"
      + (patience > 1 ? " for \(patience) rounds" : "")
  }
}

/// A number for a message.
func short(_ value: Double) -> String { DecimalText.general(value, digits: 4) }
