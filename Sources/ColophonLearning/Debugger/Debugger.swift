package import ColophonCore
package import ColophonData
package import ColophonEvaluation

/// A rule, and what happens when it fires.
package struct WatchingRule: Sendable {
  package enum Action: String, Hashable, Sendable, CaseIterable {
    /// The report says so.
    case advise
    /// The job ends with the rounds so far.
    case stop
  }

  package var rule: any DebuggerRule
  package var action: Action

  package init(_ rule: any DebuggerRule, action: Action = .advise) {
    self.rule = rule
    self.action = action
  }

  package var name: String { type(of: rule).name }
}

/// How a rule judged a finished job.
package struct RuleReport: Hashable, Sendable {
  /// As SageMaker Debugger spells them.
  package enum Status: String, Hashable, Sendable {
    case noIssuesFound = "NoIssuesFound"
    case issuesFound = "IssuesFound"
    /// There was nothing that the rule could judge.
    case notEvaluated = "NotEvaluated"
  }

  package var rule: String
  /// The advice's code, such as `train.overfit`, and its hint.
  package var code: String
  package var remedy: String
  package var action: WatchingRule.Action
  package var status: Status
  /// The first round at which it fired.
  package var round: Int?
  /// What was found, or why nothing could be.
  package var message: String?
  /// The metric whose curve the finding is about.
  package var metric: String?
}

/// Rules that watch one job: asked after each round, and for their reports in the end.
package struct Debugger: Sendable {
  package var rules: [WatchingRule]
  package var subject: RuleSubject

  package init(_ rules: [WatchingRule], of subject: RuleSubject) {
    self.rules = rules
    self.subject = subject
  }

  /// Whether a rule needs the statistics of tensors.
  package var looksAtTensors: Bool { rules.contains { type(of: $0.rule).needsTensors } }

  /// Whether a rule that may stop the job fires after the history's last round.
  package func stops(
    _ history: MetricHistory,
    tensors: [[TensorStatistics]] = [],
    isLast: Bool
  ) -> Bool {
    rules.contains { watching in
      guard watching.action == .stop else { return false }
      let evidence = RuleEvidence(
        history,
        tensors: tensors,
        round: history.rounds.count,
        isLast: isLast,
        of: subject
      )
      if case .found = watching.rule.verdict(evidence) { return true }
      return false
    }
  }

  /// What each rule says of a finished job, in the rules' order.
  package func reports(_ history: MetricHistory, tensors: [[TensorStatistics]] = []) -> [RuleReport]
  {
    rules.map { report($0, history, tensors) }
  }

  private func report(
    _ watching: WatchingRule,
    _ history: MetricHistory,
    _ tensors: [[TensorStatistics]]
  ) -> RuleReport {
    let rule = watching.rule
    var report = RuleReport(
      rule: watching.name,
      code: type(of: rule).code,
      remedy: type(of: rule).remedy,
      action: watching.action,
      status: .notEvaluated,
      metric: rule.curve(for: subject.task)
    )
    report.message = "the job has no rounds"
    let count = history.rounds.count
    for round in stride(from: 1, through: count, by: 1) {
      let evidence = RuleEvidence(
        history,
        tensors: tensors,
        round: round,
        isLast: round == count,
        of: subject
      )
      switch rule.verdict(evidence) {
      case .found(let message):
        report.status = .issuesFound
        report.round = round
        report.message = message
        return report
      case .clear:
        report.status = .noIssuesFound
        report.message = nil
      case .blind(let reason):
        if report.status == .notEvaluated { report.message = reason }
      }
    }
    return report
  }
}

extension [WatchingRule] {
  /// The metrics that must be measured after each round, each once, in the rules' order.
  package func metrics(for task: Task, classes: [String]) -> [String] {
    var seen: Set<String> = []
    return flatMap { $0.rule.metrics(for: task, classes: classes) }
      .filter { seen.insert($0).inserted }
  }
}
