package import ColophonCore
package import ColophonData

/// The loss has stopped to fall.
///
/// Every `num_steps` rounds, from round 1 + `num_steps` on, the loss L is compared with that of
/// `num_steps` rounds before, K. Fires where 100 (K - L) / |K| < `diff_percent`, and where L is not
/// below K. Names and defaults are SageMaker Debugger's; `patience` is another name of `num_steps`.
package struct LossNotDecreasing: DebuggerRule {
  package static let name = "loss_not_decreasing"
  package static let summary = "The loss does not fall over a number of rounds."
  package static let needsRounds = true
  package static let remedy =
    "change the learning rate, or stop earlier"

  package var metric: String?
  package var steps: Int
  package var differencePercent: Double
  package var split: Split?

  package init(reading fields: inout FieldReader) {
    metric = fields.watchedLoss()
    let steps = fields.integer(
      "num_steps",
      in: 1...1_000_000,
      default: 10,
      "Rounds between the losses that are compared."
    )
    let patience = fields.integer(
      "patience",
      in: 1...1_000_000,
      "Another name of num_steps."
    )
    if let patience {
      if fields.has("num_steps") {
        fields.report(
          .sameParameterTwice("num_steps", "patience", at: fields.position(of: "patience"))
        )
      }
      fields.resolve("num_steps", to: .integer(patience))
      fields.resolve("patience", to: nil)
    }
    self.steps = patience ?? steps
    differencePercent = fields.number(
      "diff_percent",
      in: .closed(0, 100),
      default: 0,
      "By how many per cent the loss must fall; 0 asks only that it falls."
    )
    split = fields.choice(
      "split",
      of: [Split.validation.rawValue, Split.train.rawValue],
      "Whose loss; by default the validation rows', or the training rows' where there are none."
    ).flatMap { Split(rawValue: $0.value) }
  }

  package func curve(for task: Task) -> String? { metric ?? RuleLoss.name(for: task) }

  package func verdict(_ evidence: RuleEvidence) -> RuleVerdict {
    guard let loss = evidence.subject.loss(metric) else { return .blind("there is no loss") }
    let split = split ?? (evidence.history.splits.contains(.validation) ? .validation : .train)
    guard evidence.round > steps else { return .blind("there are no more than \(steps) rounds") }
    guard (evidence.round - 1) % steps == 0 else { return .clear }
    guard let now = evidence.loss(loss, on: split, after: evidence.round),
      let before = evidence.loss(loss, on: split, after: evidence.round - steps)
    else { return evidence.absence(of: loss, on: split) }
    let fall = before - now
    guard !(fall > 0) || 100 * fall < differencePercent * before.magnitude else { return .clear }
    return .found(
      "\(loss.words) on the \(split.rawValue) rows went from \(short(before)) to \(short(now)) in "
        + "\(steps) rounds"
    )
  }
}
