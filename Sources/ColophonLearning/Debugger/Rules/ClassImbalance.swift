package import ColophonCore
package import ColophonData

/// Some classes have far fewer training rows than others, or are hardly ever recognised.
///
/// Fires where the largest class has more than `threshold_imbalance` times the rows of the smallest
/// (judged once `samples` labels were seen, each round seeing all rows), and where after the last
/// round more than `threshold_misprediction` of a class's training rows are predicted as another.
/// Names and defaults are SageMaker Debugger's; it judges mispredictions on the way, where the
/// first rounds would always be found wanting.
package struct ClassImbalance: DebuggerRule {
  package static let name = "class_imbalance"
  package static let summary = "Some classes are rare, or hardly ever recognised."
  package static let remedy =
    "weigh the rare classes more, or balance them in a prepare cell"

  package var thresholdImbalance: Double
  package var thresholdMisprediction: Double
  package var samples: Int

  package init(reading fields: inout FieldReader) {
    thresholdImbalance = fields.number(
      "threshold_imbalance",
      in: .atLeast(1),
      default: 10,
      "How many times the rows of the smallest class the largest may have."
    )
    thresholdMisprediction = fields.number(
      "threshold_misprediction",
      in: .closed(0, 1),
      default: 0.7,
      "The share of a class's training rows that may be predicted as another class."
    )
    samples = fields.integer(
      "samples",
      in: 0...Int.max,
      default: 500,
      "Labels that must have been seen before the classes are judged; every round sees all rows."
    )
  }

  package func metrics(for task: Task, classes: [String]) -> [String] {
    switch task {
    case .binary: ["recall", "specificity"]
    case .multiclass, .text: classes.map { "class.\(ValuePath.quoted($0)).recall" }
    default: []
    }
  }

  package func verdict(_ evidence: RuleEvidence) -> RuleVerdict {
    let subject = evidence.subject
    guard subject.classCounts.count > 1 else { return .blind("there are no classes") }
    let seen = subject.rows.multipliedReportingOverflow(by: evidence.round)
    guard seen.overflow || seen.partialValue >= samples || evidence.isLast else { return .clear }
    if let words = imbalance(subject) { return .found(words) }
    return evidence.isLast ? mispredictions(evidence) : .clear
  }

  private func imbalance(_ subject: RuleSubject) -> String? {
    let counts = subject.classCounts
    guard let small = counts.indices.min(by: { counts[$0] < counts[$1] }),
      let large = counts.indices.min(by: { counts[$0] > counts[$1] }),
      Double(counts[large]) > thresholdImbalance * Double(counts[small])
    else { return nil }
    return "'\(subject.classes[large])' has \(counts[large]) training rows and "
      + "'\(subject.classes[small])' \(counts[small]), more than "
      + "\(short(thresholdImbalance)) times as many"
  }

  private func mispredictions(_ evidence: RuleEvidence) -> RuleVerdict {
    let subject = evidence.subject
    let names = metrics(for: subject.task, classes: subject.classes)
    // Of a binary task's classes the positive is the last.
    let order = subject.task == .binary ? [1, 0] : Array(subject.classes.indices)
    var isSeen = false
    for (name, label) in zip(names, order) where subject.classCounts[label] > 0 {
      guard let recall = evidence.history.value(name, on: .train, after: evidence.round)
      else { continue }
      isSeen = true
      if 1 - recall > thresholdMisprediction {
        return .found(
          "\(short(100 * (1 - recall))) % of the training rows of '\(subject.classes[label])' are "
            + "predicted as another class"
        )
      }
    }
    return isSeen ? .clear : .blind("no predicted classes were measured")
  }
}
