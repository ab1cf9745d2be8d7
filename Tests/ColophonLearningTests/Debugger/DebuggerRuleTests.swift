import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Testing

/// A rule with parameters as a cell would write them.
private func rule(_ name: String, _ parameters: [String: Value] = [:]) throws -> any DebuggerRule {
  let place = SourcePosition(path: "a.md", line: 1, column: 1)
  let entries = parameters.sorted { $0.key < $1.key }.map { key, value in
    Node.Entry(
      key: key,
      keyPosition: place,
      value: Node(content(value), text: NumberFormat.plain(value), at: place)
    )
  }
  var fields = FieldReader(entries, context: "a rule", at: place)
  let rule = try #require(debuggerRules[name]).init(reading: &fields)
  fields.finish()
  #expect(fields.diagnostics.isEmpty, "\(fields.diagnostics)")
  return rule
}

private func loss(_ name: String, _ task: Task) -> RuleLoss? {
  Metric.named(name, task: task).flatMap { RuleLoss($0) }
}

/// What is known of a regression that a constant predicts with an error of 10.
private func subject(baseline: Double = 10) -> RuleSubject {
  RuleSubject(
    task: .regression,
    rows: 100,
    losses: [loss("rmse", .regression)].compactMap { $0 },
    baselines: ["rmse": baseline]
  )
}

private func history(_ train: [Double?], _ validation: [Double?]? = nil) -> MetricHistory {
  let splits: [Split] = validation == nil ? [.train] : [.train, .validation]
  var history = MetricHistory(metrics: ["rmse"], splits: splits)
  for round in train.indices {
    history.append([[train[round]]] + (validation.map { [[$0[round]]] } ?? []))
  }
  return history
}

/// The first round at which a rule fires; nil where it never does.
private func fires(
  _ rule: any DebuggerRule,
  _ history: MetricHistory,
  tensors: [[TensorStatistics]] = [],
  of subject: RuleSubject = subject()
) -> Int? {
  Debugger([WatchingRule(rule)], of: subject).reports(history, tensors: tensors).first?.round
}

@Suite struct EveryDebuggerRule {
  @Test(arguments: debuggerRules.names)
  func isNamedLikeItsAdvice(name: String) throws {
    let type = try #require(debuggerRules[name])
    #expect(type.code == "train." + name.split(separator: "_").joined(separator: "-"))
    #expect(type.summary.hasSuffix(".") && type.remedy.count > 10)
  }

  @Test(arguments: [
    "overfit", "underfit", "loss_not_decreasing", "class_imbalance", "not_finite",
    "vanishing_gradient", "exploding_gradient", "dead_relu", "saturated",
  ])
  func isInTheCatalogue(name: String) { #expect(debuggerRules[name] != nil) }

  @Test(arguments: debuggerRules.names)
  func documentsItsParameters(name: String) throws {
    var blank = FieldReader()
    _ = try #require(debuggerRules[name]).init(reading: &blank)
    #expect(!blank.fields.isEmpty && blank.diagnostics.isEmpty)
    for field in blank.fields { #expect(field.documentation.hasSuffix("."), "\(field.name)") }
  }

  /// A rule that is asked again says the same, and one that sees nothing says so.
  @Test(arguments: debuggerRules.names)
  func judgesByTheEvidenceAlone(name: String) throws {
    let rule = try rule(name)
    let history = history([9, 8, 7], [9, 9, 9])
    let debugger = Debugger([WatchingRule(rule)], of: subject())
    #expect(debugger.reports(history) == debugger.reports(history))
    let empty = MetricHistory(metrics: [], splits: [.train])
    #expect(debugger.reports(empty).first?.status == .notEvaluated)
  }

  /// What a rule says of a round is what it said when that round was the last one.
  @Test(arguments: debuggerRules.names)
  func looksAtNoLaterRound(name: String) throws {
    let rule = try rule(name)
    let all = history([9, 8, 7, 7, 7, 7], [9, 9, 9, 12, 13, 14])
    for round in 1...5 {
      var part = MetricHistory(metrics: all.metrics, splits: all.splits)
      for row in all.rounds.prefix(round) { part.append(row) }
      let whole = RuleEvidence(all, round: round, isLast: false, of: subject())
      let cut = RuleEvidence(part, round: round, isLast: false, of: subject())
      #expect(rule.verdict(whole) == rule.verdict(cut))
    }
  }
}

@Suite struct DebuggerRulesByRule {
  /// (V - T) / T is 0.05, 0.2, 0.05, 0.2, 0.3.
  static let gap = history([10, 10, 10, 10, 10], [10.5, 12, 10.5, 12, 13])

  @Test(
    arguments: [
      ([:], 2), (["patience": 2], 5), (["patience": 3], nil), (["ratio_threshold": 0.25], 5),
      (["start_step": 3], 4), (["ratio_threshold": 0.04, "patience": 5], 5),
      (["ratio_threshold": 0.04, "patience": 5, "start_step": 2], nil),
    ] as [([String: Value], Int?)]
  )
  func overfitFiresWhereTheGapIsWide(parameters: [String: Value], round: Int?) throws {
    #expect(fires(try rule("overfit", parameters), Self.gap) == round)
  }

  @Test func overfitNeedsValidationRows() throws {
    let report = Debugger([WatchingRule(try rule("overfit"))], of: subject())
      .reports(history([1, 2])).first
    #expect(report?.status == .notEvaluated)
    #expect(report?.message == "there are no validation rows")
  }

  /// A metric to be maximised is taken from 1: losses 0.1 and 0.2 differ by 100 %.
  @Test func overfitReadsAMetricToBeMaximisedAsALoss() throws {
    var history = MetricHistory(metrics: ["roc_auc"], splits: [.train, .validation])
    history.append([[0.9], [0.89]])
    history.append([[0.9], [0.8]])
    let subject = RuleSubject(
      task: .binary,
      rows: 9,
      losses: [loss("roc_auc", .binary)].compactMap { $0 }
    )
    let rule = try rule("overfit", ["metric": "roc_auc", "ratio_threshold": 0.5])
    #expect(fires(rule, history, of: subject) == 2)
  }

  /// The last optimum by more than delta: round 2 on both.
  @Test(
    arguments: [
      (["patience_train": 2, "patience_validation": 3, "delta": 0.5], 5),
      (["patience_train": 2, "patience_validation": 4, "delta": 0.5], 6),
      (["patience_train": 2, "patience_validation": 3, "delta": 0], nil),
    ] as [([String: Value], Int?)]
  )
  func overtrainingFiresWhereNothingGetsBetter(parameters: [String: Value], round: Int?) throws {
    let history = history([9, 8, 7.9, 7.8, 7.7, 7.6], [9, 8, 8, 8, 8, 8])
    #expect(fires(try rule("overtraining", parameters), history) == round)
  }

  /// A constant's loss is 10; 9.5 after the last round is 5 % below, 8 is 20 % below.
  @Test(
    arguments: [
      ([10, 9.8, 9.5], [:], 3), ([10, 9, 8], [:], nil), ([10, 9.8, 8], ["start_step": 2], 2),
      ([10, 9, 8], ["threshold": 0.3], 3), ([12.0], [:], 1),
    ] as [([Double], [String: Value], Int?)]
  )
  func underfitFiresWhereAConstantIsAsGood(
    train: [Double],
    parameters: [String: Value],
    round: Int?
  ) throws {
    #expect(fires(try rule("underfit", parameters), history(train)) == round)
  }

  /// Compared are rounds 1, 3, 5 (num_steps 2): 10, 9, 9.
  @Test(
    arguments: [
      (["num_steps": 2], 5), (["patience": 2], 5), (["num_steps": 2, "diff_percent": 11], 3),
      (["num_steps": 4], nil), (["num_steps": 3], 4), (["num_steps": 9], nil),
      (["num_steps": 2, "split": "train"], nil),
    ] as [([String: Value], Int?)]
  )
  func lossNotDecreasingComparesEverySoManyRounds(
    parameters: [String: Value],
    round: Int?
  ) throws {
    let history = history([10, 9, 8, 7, 6], [10, 12, 9, 12, 9])
    #expect(fires(try rule("loss_not_decreasing", parameters), history) == round)
  }

  func classes(_ counts: [Int], recalls: [[Double?]]) -> (RuleSubject, MetricHistory) {
    var history = MetricHistory(metrics: ["recall", "specificity"], splits: [.train])
    for recall in recalls { history.append([recall]) }
    let subject = RuleSubject(
      task: .binary,
      classes: ["no", "yes"],
      classCounts: counts,
      rows: counts.reduce(0, +)
    )
    return (subject, history)
  }

  /// 300 rows a round: 500 labels are seen after round 2.
  @Test(
    arguments: [
      ([280, 20], [:], 2), ([270, 30], [:], nil), ([280, 20], ["threshold_imbalance": 20], nil),
      ([280, 20], ["samples": 10], 1),
    ] as [([Int], [String: Value], Int?)]
  )
  func classImbalanceCountsTheRows(
    counts: [Int],
    parameters: [String: Value],
    round: Int?
  ) throws {
    let (subject, history) = classes(counts, recalls: [[0.1, 1], [0.5, 1], [0.8, 0.9]])
    #expect(fires(try rule("class_imbalance", parameters), history, of: subject) == round)
  }

  /// Recall of the rare class is judged after the last round alone.
  @Test(arguments: [([0.2, 1.0], 3), ([0.4, 1.0], nil), ([1.0, 0.1], 3)] as [([Double], Int?)])
  func classImbalanceLooksForClassesThatAreMissed(last: [Double], round: Int?) throws {
    let (subject, history) = classes(
      [200, 100],
      recalls: [[0, 1], [0.1, 1], last.map { $0 }]
    )
    #expect(fires(try rule("class_imbalance"), history, of: subject) == round)
  }

  @Test(
    arguments: [
      ([1, .infinity, 1], [:], 2), ([1, nil, 1], [:], 2), ([1, 2, 3], [:], nil),
      ([1, .infinity, 1], ["only_nan": true], nil),
    ] as [([Double?], [String: Value], Int?)]
  )
  func notFiniteFindsWhatIsNoNumber(
    train: [Double?],
    parameters: [String: Value],
    round: Int?
  ) throws {
    #expect(fires(try rule("not_finite", parameters), history(train)) == round)
  }

  @Test(arguments: [
    ("vanishing_gradient", TensorStatistics("w", .gradient, meanAbsolute: 1e-9), 2),
    ("vanishing_gradient", TensorStatistics("w", .gradient, meanAbsolute: 1e-3), nil),
    ("exploding_gradient", TensorStatistics("w", .gradient, maxAbsolute: 2_000), 2),
    ("exploding_gradient", TensorStatistics("w", .gradient, maxAbsolute: .nan, nans: 1), 2),
    ("dead_relu", TensorStatistics("h", .relu, activity: [0, 0.5, 90]), 2),
    ("dead_relu", TensorStatistics("h", .relu, activity: [0, 50, 90]), nil),
    ("saturated", TensorStatistics("h", .tanh, activity: [0, 0, 90]), 2),
    ("saturated", TensorStatistics("h", .relu, activity: [0, 0, 0]), nil),
    ("not_finite", TensorStatistics("w", .weight, infinities: 3), 2),
  ])
  func tensorsAreLookedAt(name: String, second: TensorStatistics, round: Int?) throws {
    let healthy = TensorStatistics(
      "w",
      second.kind,
      meanAbsolute: 1,
      maxAbsolute: 2,
      activity: [80, 90]
    )
    let found = fires(
      try rule(name),
      history([3, 2, 1]),
      tensors: [[healthy], [second], [healthy]]
    )
    #expect(found == round)
  }

  /// The weighted shares of the classes: 0.25 and 0.75; log_loss is their entropy.
  @Test func baselinesAreOfTheBestConstant() throws {
    let rows = TrainingRows(
      features: FeatureMatrix(names: [], rows: 3, values: []),
      labels: .classes([0, 1, 1]),
      weights: [1, 1, 2]
    )
    let metric = try #require(Metric.named("log_loss", task: .binary))
    let subject = RuleSubject(rows, task: .binary, classes: ["a", "b"], metrics: [metric])
    let entropy = 0.5623351446188083
    #expect(abs(try need(subject.baselines["log_loss"]) - entropy) < 1e-15)
    #expect(subject.classCounts == [1, 2])
  }
}
