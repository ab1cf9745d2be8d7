package import ColophonCore
package import ColophonData

/// One thing that can go wrong with a job, told from what was measured after each round.
///
/// A rule is a pure function of the evidence: it remembers nothing, so a job that was interrupted
/// and resumed is judged like one that was not, and a finished job can be judged again.
package protocol DebuggerRule: Sendable {
  /// The word after `debugger:`; its advice is `train.NAME` in kebab case.
  static var name: String { get }
  /// What it finds, in one sentence.
  static var summary: String { get }
  /// Whether it compares rounds, so that an algorithm without rounds gives it nothing to see.
  static var needsRounds: Bool { get }
  /// Whether it looks at tensors, which only networks have.
  static var needsTensors: Bool { get }

  /// What may help where it fires, as a hint: "regularise more, or stop early".
  static var remedy: String { get }

  /// Reads the parameters.
  init(reading fields: inout FieldReader)

  /// The metric whose curve shows what the rule finds, where one does.
  func curve(for task: Task) -> String?

  /// The metrics that must be measured after each round for the rule to see.
  func metrics(for task: Task, classes: [String]) -> [String]

  /// What there is to say after `evidence.round`.
  func verdict(_ evidence: RuleEvidence) -> RuleVerdict
}

extension DebuggerRule {
  package static var needsRounds: Bool { false }
  package static var needsTensors: Bool { false }
  package func curve(for task: Task) -> String? { nil }
  package func metrics(for task: Task, classes: [String]) -> [String] {
    [curve(for: task)].compactMap { $0 }
  }

  /// The code of the rule's advice.
  package static var code: String { "train." + name.replacing("_", with: "-") }
}

/// What a rule says of one round.
package enum RuleVerdict: Hashable, Sendable {
  /// Nothing is wrong.
  case clear
  /// What is wrong, as a clause without a subject: "log_loss on … is 12 % above …".
  case found(String)
  /// Why the rule can't tell.
  case blind(String)
}

/// What a rule is shown: all rounds up to one, and what is known of the job.
package struct RuleEvidence: Sendable {
  package var history: MetricHistory
  /// By round, then tensor; empty where the algorithm tells nothing of tensors.
  package var tensors: [[TensorStatistics]]
  /// The round to judge, from 1; later ones must not be looked at.
  package var round: Int
  /// Whether no round follows.
  package var isLast: Bool
  package var subject: RuleSubject

  package init(
    _ history: MetricHistory,
    tensors: [[TensorStatistics]] = [],
    round: Int,
    isLast: Bool,
    of subject: RuleSubject
  ) {
    self.history = history
    self.tensors = tensors
    self.round = round
    self.isLast = isLast
    self.subject = subject
  }

  /// The tensors of the round to judge.
  package var currentTensors: [TensorStatistics] {
    tensors.indices.contains(round - 1) ? tensors[round - 1] : []
  }

  /// A loss on a split after a round: a metric that is to be maximised is taken from its upper
  /// bound; nil where it is undefined.
  package func loss(_ loss: RuleLoss, on split: Split, after round: Int) -> Double? {
    guard round <= self.round else { return nil }
    return history.value(loss.metric, on: split, after: round).map { loss.of($0) }
  }

  /// Why a loss has no value on a split.
  func absence(of loss: RuleLoss, on split: Split) -> RuleVerdict {
    history.splits.contains(split)
      ? .blind("\(loss.metric) is undefined on the \(split.rawValue) rows")
      : .blind("there are no \(split.rawValue) rows")
  }
}
