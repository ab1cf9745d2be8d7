import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Testing

@Suite struct AJobThatRulesWatch {
  private func job(_ rules: [WatchingRule], early: EarlyStopping? = nil) throws -> TrainingJob {
    var job = try SampleData("cancer").job(.binary, early: early)
    let rows = try job.trainingRows()
    let metric = try #require(Metric.named("log_loss", task: .binary))
    let subject = RuleSubject(rows, task: .binary, classes: job.classes, metrics: [metric])
    job.debugger = Debugger(rules, of: subject)
    return job
  }

  private func rule(_ action: WatchingRule.Action) throws -> WatchingRule {
    var blank = FieldReader()
    return WatchingRule(
      try #require(debuggerRules["overfit"]).init(reading: &blank),
      action: action
    )
  }

  private func boosted(_ job: TrainingJob) throws -> TrainingResult {
    let (recipe, _, _) = read(XGBoost.self, [("num_round", .integer(40)), ("eta", .number(0.3))])
    return try recipe.fit(job, observer: SilentObserver())
  }

  @Test func isNotChangedByAdvice() throws {
    let plain = try boosted(try job([]))
    let watched = try boosted(try job([try rule(.advise)]))
    #expect(try plain.model.encoded() == watched.model.encoded())
    #expect(watched.rounds == 40 && !watched.stoppedEarly)
  }

  @Test func endsWhereARuleFiresWithTheModelOfThatRound() throws {
    let job = try job([try rule(.stop)])
    let stopped = try boosted(job)
    let report = try #require(job.debugger?.reports(stopped.history).first)
    #expect(stopped.stoppedEarly && stopped.rounds < 40)
    #expect(report.round == stopped.rounds && stopped.keptRound == stopped.rounds)
    // The same as a job that was asked for that many rounds.
    let (short, _, _) = read(
      XGBoost.self,
      [("num_round", .integer(stopped.rounds)), ("eta", .number(0.3))]
    )
    let alone = try short.fit(try self.job([]), observer: SilentObserver())
    #expect(
      try alone.model.predict(job.trainingRows().features)
        == stopped.model.predict(job.trainingRows().features)
    )
  }

  /// Under early stopping the best round is kept, whoever ends the job.
  @Test func keepsTheBestRoundUnderEarlyStopping() throws {
    let early = EarlyStopping(split: .validation, metric: "log_loss", patience: 30)
    let stopped = try boosted(try job([try rule(.stop)], early: early))
    let curve = try #require(stopped.history.curve("log_loss", on: .validation)).compactMap { $0 }
    #expect(curve[stopped.keptRound - 1] == curve.min())
    #expect(stopped.stoppedEarly)
  }
}
