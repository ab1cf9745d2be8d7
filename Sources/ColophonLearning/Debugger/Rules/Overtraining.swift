package import ColophonCore
package import ColophonData

/// The job goes on though nothing gets better.
///
/// A round is an optimum of a split where its loss is more than `delta` below the optimum so far.
/// Fires where the training loss has had none for `patience_train` rounds and the validation loss
/// none for `patience_validation`. Names and defaults are SageMaker Debugger's.
package struct Overtraining: DebuggerRule {
  package static let name = "overtraining"
  package static let summary = "Neither loss gets better any more, and the job goes on."
  package static let needsRounds = true
  package static let remedy =
    "take fewer rounds, or add early_stopping"

  package var metric: String?
  package var patienceTrain: Int
  package var patienceValidation: Int
  package var delta: Double

  package init(reading fields: inout FieldReader) {
    metric = fields.watchedLoss()
    patienceTrain = fields.integer(
      "patience_train",
      in: 1...1_000_000,
      default: 5,
      "Rounds without a better training loss."
    )
    patienceValidation = fields.integer(
      "patience_validation",
      in: 1...1_000_000,
      default: 10,
      "Rounds without a better validation loss."
    )
    delta = fields.number(
      "delta",
      in: .atLeast(0),
      default: 0.1,
      "What counts as better: more than this, in the loss's own unit."
    )
  }

  package func curve(for task: Task) -> String? { metric ?? RuleLoss.name(for: task) }

  package func verdict(_ evidence: RuleEvidence) -> RuleVerdict {
    guard let loss = evidence.subject.loss(metric) else { return .blind("there is no loss") }
    guard let train = idleRounds(loss, on: .train, evidence)
    else { return evidence.absence(of: loss, on: .train) }
    guard let validation = idleRounds(loss, on: .validation, evidence)
    else { return evidence.absence(of: loss, on: .validation) }
    guard train >= patienceTrain, validation >= patienceValidation else { return .clear }
    return .found(
      "\(loss.words) has not got better by more than \(short(delta)) for \(train) rounds on the "
        + "training rows and \(validation) on the validation rows"
    )
  }

  /// How many rounds ago the last optimum was; nil where a loss is undefined.
  private func idleRounds(_ loss: RuleLoss, on split: Split, _ evidence: RuleEvidence) -> Int? {
    var (best, bestRound) = (Double.infinity, 0)
    for round in stride(from: 1, through: evidence.round, by: 1) {
      guard let value = evidence.loss(loss, on: split, after: round) else { return nil }
      if bestRound == 0 || value < best - delta { (best, bestRound) = (value, round) }
    }
    return evidence.round - bestRound
  }
}
