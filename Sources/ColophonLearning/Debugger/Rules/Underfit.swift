package import ColophonCore
package import ColophonData

/// The model hardly knows the training rows better than a constant does.
///
/// With T the training loss and B that of always predicting the classes' shares (or the mean),
/// fires where 1 - T / B < `threshold`: after the last round, or after any from `start_step` on
/// where that is given. SageMaker Debugger has no such rule.
package struct Underfit: DebuggerRule {
  package static let name = "underfit"
  package static let summary = "The training loss is hardly below that of predicting a constant."
  package static let remedy =
    "allow a larger model, regularise less, take more rounds, or give it better features"

  package var metric: String?
  package var threshold: Double
  package var startStep: Int?

  package init(reading fields: inout FieldReader) {
    metric = fields.watchedLoss()
    threshold = fields.number(
      "threshold",
      in: .closed(0, 1),
      default: 0.1,
      "The share of a constant's loss that must be gone."
    )
    startStep = fields.integer(
      "start_step",
      in: 1...1_000_000,
      "The first round that is judged; by default the last alone."
    )
  }

  package func curve(for task: Task) -> String? { metric ?? RuleLoss.name(for: task) }

  package func verdict(_ evidence: RuleEvidence) -> RuleVerdict {
    guard let loss = evidence.subject.loss(metric) else { return .blind("there is no loss") }
    guard let baseline = evidence.subject.baselines[loss.metric], baseline > 0 else {
      return .blind("\(loss.metric) of a constant prediction is undefined or 0")
    }
    guard let train = evidence.loss(loss, on: .train, after: evidence.round)
    else { return evidence.absence(of: loss, on: .train) }
    guard evidence.isLast || startStep.map({ evidence.round >= $0 }) == true,
      baseline - train < threshold * baseline
    else { return .clear }
    return .found(
      "\(loss.words) is \(short(train)) on the training rows, and predicting a constant gives "
        + short(baseline)
    )
  }
}
